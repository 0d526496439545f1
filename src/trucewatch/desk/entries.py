"""Others' datasets as facts: imports of files, the rows that could be read, and those that could not.

The newest row of a dataset and an id counts; older ones stay. A dataset is what was imported under one name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.schema import Moment, metadata, nested, now, number
from trucewatch.desk.search import of_countries
from trucewatch.desk.statements import Queries, chunks, insert_one
from trucewatch.errors import DeskError
from trucewatch.nouns import Entry, Noun, Period, Place, Toll

_PLACE = ("text", "country", "lat", "lon", "precision")
_DEATHS = ("low", "best", "high")

imports = sql.Table(
    "imports",
    metadata,
    number(),
    sql.Column("at", Moment, nullable=False),
    sql.Column("dataset", sql.String, nullable=False, index=True),
    sql.Column("form", sql.String, nullable=False),
    sql.Column("source", sql.Text, nullable=False),
    sql.Column("digest", sql.String(64), nullable=False),
)

# An import without a row here was killed, or is at work; its rows count all the same.
import_ends = sql.Table(
    "import_ends",
    metadata,
    sql.Column("imported", sql.Integer, sql.ForeignKey("imports.number"), primary_key=True, autoincrement=False),
    sql.Column("finished", Moment, nullable=False),
    sql.Column("added", sql.Integer, nullable=False),
    sql.Column("same", sql.Integer, nullable=False),
    sql.Column("bad", sql.Integer, nullable=False),
    sql.Column("first", sql.Date),
    sql.Column("last", sql.Date),
    sql.Column("countries", nested(), nullable=False),
)

entry_faults = sql.Table(
    "entry_faults",
    metadata,
    number(),
    sql.Column("imported", sql.Integer, sql.ForeignKey("imports.number"), nullable=False),
    sql.Column("line", sql.Integer, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
)

entries = sql.Table(
    "entries",
    metadata,
    number(),
    sql.Column("imported", sql.Integer, sql.ForeignKey("imports.number"), nullable=False),
    sql.Column("dataset", sql.String, nullable=False),
    sql.Column("id", sql.String, nullable=False),
    sql.Column("digest", sql.String(16), nullable=False),
    # The row of the same id that no longer counts.
    sql.Column("replaces", sql.Integer, sql.ForeignKey("entries.number")),
    sql.Column("type", sql.String, nullable=False),
    sql.Column("subtype", sql.String),
    sql.Column("place_text", sql.Text),
    sql.Column("place_country", sql.String),
    sql.Column("place_lat", sql.Double),
    sql.Column("place_lon", sql.Double),
    sql.Column("place_precision", sql.String),
    sql.Column("admin1", sql.Text),
    sql.Column("admin2", sql.Text),
    sql.Column("time_start", sql.Date, nullable=False),
    sql.Column("time_end", sql.Date, nullable=False),
    sql.Column("time_precision", sql.String, nullable=False),
    sql.Column("deaths_low", sql.Integer),
    sql.Column("deaths_best", sql.Integer),
    sql.Column("deaths_high", sql.Integer),
    sql.Column("reports", sql.Integer),
    sql.Column("content", nested(), nullable=False),
    sql.Index("ix_entries_id", "id"),
    sql.Index("ix_entries_replaces", "dataset", "replaces"),
    sql.Index("ix_entries_near", "dataset", "place_country", "admin1", "time_start"),
)


class ImportCounts(Noun):
    """What a whole file held."""

    added: int
    """Rows that were new, or other than before."""
    same: int
    """Rows that the desk had as they are."""
    bad: int
    first: dt.date | None
    last: dt.date | None
    """The days between which those rows lie whose days are known."""
    countries: tuple[str, ...]
    """ISO 3166 alpha-3 codes."""


class Import(Noun):
    """One taking in of one file."""

    number: int
    at: dt.datetime
    dataset: str
    form: str
    """``ged`` or ``acled``."""
    source: str
    digest: str
    """SHA-256 of the file, in hex."""
    counted: ImportCounts | None = None
    """None where it was stopped, or is still at work."""


class EntryFilter(Noun):
    """Which rows of a dataset to look for; what is None does not matter."""

    dataset: str
    types: tuple[str, ...]
    """Types or subtypes, any of which will do."""
    countries: tuple[str, ...] | None = None
    """ISO 3166 alpha-3 codes; rows of an unknown country are found too."""
    elsewhere: tuple[str, ...] = ()
    """Provinces, as the dataset calls them, whose rows are not wanted."""
    since: dt.date | None = None
    until: dt.date | None = None
    known: dt.date | None = None
    """As the dataset was at the end of this day (UTC)."""


class Entries(Queries):
    """Imports and their rows, through one connection."""

    def imports(self, dataset: str | None = None) -> list[Import]:
        """All imports, or those of a dataset, the oldest first."""
        query = sql.select(imports, import_ends).outerjoin(import_ends).order_by(imports.c.number)
        if dataset is not None:
            query = query.where(imports.c.dataset == dataset)
        return [_import(row) for row in self._rows(query)]

    def begin(self, dataset: str, form: str, source: str, digest: str) -> int:
        """Note that a file is being taken in; the import's number.

        Raises DeskError where the dataset was begun with files of another form.
        """
        for known in self.imports(dataset)[:1]:
            if known.form != form:
                raise DeskError(
                    f"the dataset {dataset!r} here has the form {known.form}, not {form}; give another name"
                )
        row = {"at": now(), "dataset": dataset, "form": form, "source": rows.text(source), "digest": digest}
        return insert_one(self._connection, imports, row)

    def add(self, imported: int, dataset: str, told: Sequence[Entry]) -> int:
        """Keep rows that are new or other than those of the same id; how many."""
        made = {entry.id: _row(entry) | {"imported": imported, "dataset": dataset, "replaces": None} for entry in told}
        for id_, last, digest in self._kept(dataset, made):
            made[id_]["replaces"], made[id_]["same"] = last, digest == made[id_]["digest"]
        new = [row for row in made.values() if not row.pop("same", False)]
        if new:
            self._connection.execute(sql.insert(entries), new)
        return len(new)

    def fail(self, imported: int, faults: Iterable[tuple[int, str]]) -> None:
        """Keep rows that could not be read: the line of each, and the reason."""
        made = [{"imported": imported, "line": line, "reason": rows.text(reason)} for line, reason in faults]
        if made:
            self._connection.execute(sql.insert(entry_faults), made)

    def end(self, imported: int, counted: ImportCounts) -> None:
        """Note that the whole file has been taken in."""
        row = {"imported": imported, "finished": now(), **rows.plain(counted)}
        self._connection.execute(sql.insert(import_ends), row)

    def faults(self, imported: int) -> list[tuple[int, str]]:
        """The rows of an import that could not be read: the line of each, and the reason."""
        query = sql.select(entry_faults.c.line, entry_faults.c.reason).where(entry_faults.c.imported == imported)
        return [(line, reason) for line, reason in self._connection.execute(query.order_by(entry_faults.c.line))]

    def entry(self, dataset: str, id_: str) -> Entry:
        """The row of a dataset that counts for an id, whole. Raises DeskError where there is none."""
        query = sql.select(entries).where(entries.c.dataset == dataset, entries.c.id == id_)
        row = self._connection.execute(query.order_by(entries.c.number.desc()).limit(1)).mappings().first()
        if row is None:
            raise DeskError(f"the dataset {dataset!r} here has no row with the id {id_!r}")
        return msgspec.structs.replace(_entry(row), content=row["content"])

    def contents(self, dataset: str, ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """The cells of the rows of a dataset that count for these ids."""
        query = sql.select(entries.c.id, entries.c.content).where(entries.c.dataset == dataset, entries.c.id.in_(ids))
        return dict(self._connection.execute(query.order_by(entries.c.number)).all())

    def entries(self, wanted: EntryFilter) -> Iterator[Entry]:
        """The rows that fit and count, without their content, in no order."""
        columns = [column for column in entries.c if column.name != "content"]
        for country in of_countries(entries.c.place_country, wanted.countries):
            query = sql.select(*columns).where(country, *_conditions(wanted))
            yield from map(_entry, self._rows(query, 5000))

    def provinces(self, dataset: str, countries: Sequence[str]) -> list[tuple[str, str]]:
        """The provinces that rows of these countries name, each after its country's code."""
        columns = entries.c.place_country, entries.c.admin1
        named = sql.select(*columns).distinct().where(entries.c.dataset == dataset, columns[0].in_(countries))
        return [(country, name) for country, name in self._connection.execute(named) if name is not None]

    def _kept(self, dataset: str, ids: Iterable[str]) -> Iterator[tuple[str, int, str]]:
        """Of these ids those that are here: the number and the digest of every row, the newest of an id last."""
        # Asked for by id alone, or PostgreSQL, before it has counted its rows, walks through the whole dataset.
        columns = entries.c.id, entries.c.number, entries.c.digest, entries.c.dataset
        for some in chunks(list(ids)):
            found = self._connection.execute(sql.select(*columns).where(entries.c.id.in_(some)))
            for id_, number_, digest, of in sorted(found, key=lambda row: int(row[1])):
                if of == dataset:
                    yield id_, number_, digest


def _conditions(wanted: EntryFilter) -> Iterator[sql.ColumnElement[bool]]:
    replaced = sql.select(entries.c.replaces).where(
        entries.c.dataset == wanted.dataset, entries.c.replaces.is_not(None)
    )
    if wanted.known is not None:
        end = dt.datetime.combine(wanted.known, dt.time.max, dt.UTC)
        by_then = sql.select(imports.c.number).where(imports.c.at <= end)
        replaced = replaced.where(entries.c.imported.in_(by_then))
        yield entries.c.imported.in_(by_then)
    yield entries.c.dataset == wanted.dataset
    yield entries.c.number.not_in(replaced)
    yield sql.or_(entries.c.type.in_(wanted.types), entries.c.subtype.in_(wanted.types))
    if wanted.elsewhere:
        yield sql.or_(entries.c.admin1.is_(None), entries.c.admin1.not_in(wanted.elsewhere))
    if wanted.since is not None:
        yield entries.c.time_end >= wanted.since
    if wanted.until is not None:
        yield entries.c.time_start <= wanted.until


def _row(entry: Entry) -> rows.Row:
    return {
        "id": entry.id,
        "digest": hashlib.sha256(msgspec.json.encode(entry.content)).hexdigest()[:16],
        "type": entry.type,
        "subtype": entry.subtype,
        "admin1": entry.admin1,
        "admin2": entry.admin2,
        "reports": entry.reports,
        "content": entry.content,
        **rows.flat("place", _PLACE, entry.place),
        **rows.flat("time", rows.TIME, entry.time),
        **rows.flat("deaths", _DEATHS, entry.deaths),
    }


def _entry(row: sql.RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        type=row["type"],
        subtype=row["subtype"],
        place=Place(name=row["place_text"], **{field: row[f"place_{field}"] for field in _PLACE}),
        admin1=row["admin1"],
        admin2=row["admin2"],
        time=Period(**{field: row[f"time_{field}"] for field in rows.TIME}),
        deaths=rows.part(Toll, "deaths", _DEATHS, row),
        reports=row["reports"],
    )


def _import(row: sql.RowMapping) -> Import:
    whole = None if row["finished"] is None else rows.record(ImportCounts, row)
    told = {name: row[name] for name in Import.__struct_fields__ if name != "counted"}
    return Import(**told, counted=whole)
