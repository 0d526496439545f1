"""Reading the codebook's tables: CSV and GeoJSON into rows, errors as ``file:line: what is wrong``."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import os
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from trucewatch.codebook import rows
from trucewatch.codebook.dates import period
from trucewatch.codebook.rows import Actor, Area, Row
from trucewatch.errors import TableError

HERE = Path(__file__).parent
OWN = "TRUCEWATCH_CODEBOOK"
"""The environment variable that names a folder of own tables, which stand beside those of the package."""

ROW_OF: Mapping[str, type[Row]] = {
    "types.csv": rows.EventType,
    "modes.csv": rows.Mode,
    "triggers.csv": rows.TriggerRow,
    "roles.csv": rows.RoleRow,
    "countries.csv": rows.Country,
    "leaders.csv": rows.Leader,
    "actors.csv": Actor,
    "aliases.csv": rows.Alias,
    "outlets.csv": rows.Outlet,
    "places.csv": rows.PlaceRow,
    "indicators.csv": rows.Indicator,
}
"""Every CSV table and the record of its rows; the columns are the record's fields, in any order."""

AREAS = "areas.geojson"

Cell = str | float | dt.date | tuple[str, ...] | None
Table = dict[str, Row]


class Column(msgspec.Struct, frozen=True):
    """How one column is read."""

    name: str
    read: Callable[[str], Cell]
    required: bool


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for raw in cell.split("|") if (part := raw.strip()))


@functools.cache
def columns(row: type[Row]) -> tuple[Column, ...]:
    """The columns of a table, from the fields of its record."""
    hints = typing.get_type_hints(row)
    out = []
    for field in msgspec.structs.fields(row):
        if field.name == "where":
            continue
        hint = hints[field.name]
        kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        read: Callable[[str], Cell] = str
        if dt.date in kinds:
            read = (lambda cell: period(cell).end) if field.name == "until" else (lambda cell: period(cell).start)
        elif float in kinds:
            read = float
        elif typing.get_origin(hint) is tuple:
            read = _list
        out.append(Column(field.name, read, required=field.required))
    return tuple(out)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every record of a CSV file, blank lines left out."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TableError(f"{path.name}:{line}: not UTF-8") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"{path.name}:{reader.line_num}: {error}") from error


def own() -> Path | None:
    """The folder of own tables, where the environment names one. Raises TableError where it is none."""
    named = os.environ.get(OWN)
    if named and not os.path.isdir(named):
        raise TableError(f"{OWN}: {named} is no folder of codebook tables")
    return Path(named) if named else None


def files(name: str, extra: Path | None) -> Iterator[tuple[Path, str]]:
    """The files of a table, each with what errors call it: the package's own, then that of the folder ``extra``."""
    for folder in (HERE, extra):
        if folder and (folder / name).exists():
            yield folder / name, name if folder is HERE else str(folder / name)


def read_table(path: Path, label: str | None = None) -> Table:
    """The rows of one CSV table by id; ``label`` stands for the file in ``where`` and in errors.

    Raises TableError for wrong columns, an empty required cell, a cell that cannot be read, an id used twice.
    """
    row_type, label = ROW_OF[path.name], label or path.name
    wanted = columns(row_type)
    records = _records(path)
    _, header = next(records, (1, []))
    if sorted(header) != sorted(column.name for column in wanted):
        expected = ",".join(column.name for column in wanted)
        raise TableError(f"{label}:1: columns are {','.join(header)}; expected {expected}")
    order = [next(column for column in wanted if column.name == name) for name in header]
    table: Table = {}
    for line, cells in records:
        row = _row(row_type, order, cells, f"{label}:{line}")
        key: str = row.id  # type: ignore[attr-defined]
        if key in table:
            raise TableError(f"{row.where}: id {key!r} is already used at {table[key].where}")
        table[key] = row
    return table


def _row(row_type: type[Row], order: list[Column], cells: list[str], where: str) -> Row:
    if len(cells) != len(order):
        raise TableError(f"{where}: {len(cells)} cells, expected {len(order)}")
    values: dict[str, Cell] = {}
    for column, cell in zip(order, cells, strict=True):
        cell = cell.strip()
        if not cell:
            if column.required:
                raise TableError(f"{where}: column {column.name!r} is empty")
            continue
        try:
            values[column.name] = column.read(cell)
        except ValueError as error:
            raise TableError(f"{where}: column {column.name!r} cannot be read: {cell!r}") from error
    return row_type(where=where, **values)


def read_areas(path: Path, label: str | None = None) -> dict[str, Area]:
    """The named regions of a GeoJSON file by id; ``where`` counts features, not lines, from 1."""
    label = label or path.name
    try:
        features = msgspec.json.decode(path.read_bytes())["features"]
    except (msgspec.DecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise TableError(f"{label}:1: not a GeoJSON feature collection ({error})") from error
    areas: dict[str, Area] = {}
    for number, feature in enumerate(features, 1):
        area = _area(feature, f"{label}:{number}")
        if area.id in areas:
            raise TableError(f"{area.where}: id {area.id!r} is already used at {areas[area.id].where}")
        areas[area.id] = area
    return areas


def _area(feature: dict[str, typing.Any], where: str) -> Area:
    try:
        about, shape = feature["properties"], feature["geometry"]
        aliases = about.get("aliases") or ()
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        return msgspec.convert(
            {
                "where": where,
                "id": about["id"],
                "name": about["name"],
                "aliases": _list(aliases) if isinstance(aliases, str) else tuple(aliases),
                "country": about.get("country") or None,
                "note": about.get("note") or None,
                "source": about.get("source") or None,
                "polygons": polygons,
            },
            Area,
        )
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise TableError(f"{where}: not a region with id, name and polygons ({error})") from error


def read_all(extra: Path | None = None) -> dict[str, Table]:
    """Every CSV table by file name: the package's own rows, then those of the folder ``extra``.

    A row of ``extra`` adds, or replaces the row of the same id.
    A table without a file is empty. Raises TableError for a file of ``extra`` that is no table.
    """
    if extra is not None and not extra.is_dir():
        raise TableError(f"{extra}:1: no such folder of codebook tables")
    for path in sorted(extra.glob("*.csv")) if extra else ():
        if path.name not in ROW_OF:
            raise TableError(f"{path}:1: no codebook table has this name; there are {', '.join(ROW_OF)}")
    return {name: read_both(name, extra) for name in ROW_OF}


def read_both(name: str, extra: Path | None) -> Table:
    """One CSV table: the package's own rows, then those of the folder ``extra``. Raises TableError."""
    table: Table = {}
    for file, label in files(name, extra):
        table |= read_table(file, label)
    return table
