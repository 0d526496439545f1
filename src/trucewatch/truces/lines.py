"""On which line of a truce's file a value stands: what a TOML reader does not tell.

The files are flat: keys, then arrays of tables (``[[clause]]``) with keys of their own.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Where a value is: ``("clause", 2, "deadline")``; numbers count from 0."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z_-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([A-Za-z_-]+)\s*=")
_STEP = re.compile(r"\.([A-Za-z_-]+)|\[(\d+)\]")


class Lines:
    """The keys and tables of one file with their lines."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {}
        counts: dict[str, int] = {}
        here: Path = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                name = header[1]
                here = (name, counts.get(name, 0))
                counts[name] = counts.get(name, 0) + 1
                self._at[here] = number
            elif key := _KEY.match(line):
                self._at.setdefault((*here, key[1]), number)

    def of(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it; 1 where nothing is near."""
        while path:
            if path in self._at:
                return self._at[path]
            path = path[:-1]
        return 1


def path_of(said: str) -> Path:
    """The path in a validation error (``$.clause[2].kind``)."""
    return tuple(name or int(number) for name, number in _STEP.findall(said))
