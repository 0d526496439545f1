"""TOML files of the codebook, read with the line on which each value stands: what a TOML reader does not tell.

The files are flat: keys, then arrays of tables (``[[clause]]``) with keys of their own.
"""

from __future__ import annotations

import pathlib
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from trucewatch.errors import TableError

Path = tuple[str | int, ...]
"""Where a value is: ``("clause", 2, "deadline")``; numbers count from 0."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z_-]+)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?([A-Za-z_-]+)[\"']?\s*=")
_STEP = re.compile(r"\.([A-Za-z_-]+)|\[(\d+)\]")
_UNKNOWN_KEY = re.compile(r"unknown field `(\w+)`")
_MISSING_KEY = re.compile(r"missing required field `(\w+)`")
_WRONG_KIND = re.compile(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`")
_KINDS = {
    "array": "a list",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a table",
}
_PLACE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


class Fault(Exception):
    """What is wrong, where, and the mend."""

    def __init__(self, path: Path, what: str, mend: str) -> None:
        super().__init__(what)
        self.path = path
        self.what = what
        self.mend = mend


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

    def error(self, label: str, fault: Fault, names: Mapping[str, str] | None = None) -> TableError:
        """A fault as ``file:line: what is wrong; the mend``; ``names`` as in ``unfit``."""
        head, *rest = fault.path or ("",)
        line = self.of(((names or {}).get(str(head), head), *rest))
        return TableError(f"{label}:{line}: {fault.what}; {fault.mend}")


def path_of(said: str) -> Path:
    """The path in a validation error (``$.clause[2].kind``)."""
    return tuple(name or int(number) for name, number in _STEP.findall(said))


def parse(path: pathlib.Path, label: str) -> tuple[dict[str, Any], Lines]:
    """The values of a file and their lines. Raises TableError for what is no TOML, with ``label`` for the file."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), Lines(text)
    except OSError as error:
        raise TableError(f"{label}:1: cannot be read ({error.strerror}); give the path of a .toml file") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{label}:1: not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = place[1] if place and place[1] else max(1, text.count("\n"))
        what = _PLACE.sub("", str(error))
        raise TableError(f"{label}:{line}: no TOML: {what}; mend what stands there") from error


def unfit(
    message: str, page: str, names: Mapping[str, str] | None = None, mends: Mapping[str, str] | None = None
) -> Fault:
    """A validation error of msgspec as a fault.

    ``page`` of the documentation says what may stand where; ``names`` are what the file calls fields that have another
    name, and ``mends`` what is to be done about the value of a key.
    """
    what, _, where = message.partition(" - at `")
    path = path_of(where)
    if unknown := _UNKNOWN_KEY.search(what):
        return Fault((*path, unknown[1]), f"no key is called {unknown[1]!r}", "take it out or mend its name")
    if missing := _MISSING_KEY.search(what):
        name = (names or {}).get(missing[1], missing[1])
        return Fault(path, f"{name!r} is missing", f"add {name} = ...")
    kinds = _WRONG_KIND.match(what)
    if kinds and path and isinstance(path[-1], str):
        asked, given = (_KINDS.get(kind, kind) for kind in kinds.groups())
        how = "write it in brackets: [...]" if kinds[1] == "array" else f"see {page} for what may stand here"
        return Fault(path, f"{path[-1]!r} is {given}, and {asked} is asked for", how)
    what = what[:1].lower() + what[1:].replace("`", "'")
    mend = (mends or {}).get(str(path[-1])) if path else None
    return Fault(path, what, mend or f"see {page} for what may stand here")
