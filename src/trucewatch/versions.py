"""What the record hangs on besides the reports: hashes of the tables, the model, and the code that merges."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch import __version__
from trucewatch.codebook.tables import files, own

if TYPE_CHECKING:
    from trucewatch.desk import Versions

TABLES = frozenset({".csv", ".toml", ".geojson"})
"""What the version of the tables is made from."""
CODING = ("reports", "language", "codebook", "claims")
"""Folders whose tables claims hang on."""
BESIDE = ("codebook/truces/", "codebook/monitors/", "codebook/indicators.csv")
"""Tables of the codebook that no claim hangs on."""
MERGING = ("derive.py", "copies.py", "reports/syndication.py", "judgements", "incidents", "codebook")
"""The code that stories and incidents are made by; besides, they hang on the tables of the codebook, as claims do."""
NOT_MERGING = (
    *("judgements/agreement.py", "incidents/evidence.py"),
    *(f"codebook/{name}.py" for name in ("basemap", "checks", "toml", "triggers", "units", "within")),
)
"""What lies beside it and merges nothing: it checks, codes, draws, looks up or explains."""


@functools.cache
def of_claims() -> Versions:
    """What the claims made now hang on."""
    from trucewatch.desk import Versions
    from trucewatch.language import Engine

    return Versions(code=__version__, tables=_hash([*_tables(CODING), *_own()]), model=Engine.version())


@functools.cache
def of_incidents() -> str:
    """What the stories and incidents made now hang on: when it changes, they are made again."""
    package = _package()
    code = (file for file in package.rglob("*.py") if _merges(file.relative_to(package)))
    return _hash([*code, *_tables(("codebook", "incidents")), *_own()])


def of_indicators() -> str:
    """What named indicators mean."""
    return _hash(file for file, _ in files("indicators.csv", own()))


def _tables(folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        for file in (_package() / folder).rglob("*"):
            beside = file.relative_to(_package()).as_posix().startswith(BESIDE)
            if file.suffix in TABLES and not beside:
                yield file


def _own() -> Iterator[Path]:
    """Own tables, beside those of the package."""
    folder = own()
    for file in folder.iterdir() if folder else ():
        if file.suffix in TABLES and file.name != "indicators.csv":
            yield file


def _package() -> Path:
    return Path(str(importlib.resources.files("trucewatch")))


def _merges(file: Path) -> bool:
    path = file.as_posix()
    return path not in NOT_MERGING and (path in MERGING or file.parts[0] in MERGING)


def _hash(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in sorted(files, key=_called):
        found.update(_called(file).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:12]


def _called(file: Path) -> Path:
    """A file by its place in the package; an own table is the same wherever its folder lies."""
    package = _package()
    return file.relative_to(package) if file.is_relative_to(package) else Path("own", file.name)
