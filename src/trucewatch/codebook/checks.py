"""What must hold between the codebook's rows: each fault as ``file:line: what is wrong``."""

from __future__ import annotations

import datetime as dt
import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from trucewatch.codebook import rows
from trucewatch.codebook.areas import are_on_globe
from trucewatch.codebook.names import fold, is_acronym, is_slug
from trucewatch.codebook.rows import BODIES, SECTORS, Actor, Area, Row
from trucewatch.codebook.tables import AREAS, ROW_OF, Table, files, own, read_areas, read_table
from trucewatch.codebook.triggers import Matcher, read_patterns, split_words
from trucewatch.errors import TableError
from trucewatch.nouns import Status

UPOS = frozenset({"ADJ", "ADP", "ADV", "AUX", "INTJ", "NOUN", "NUM", "PRON", "PROPN", "VERB"})
"""Parts of speech that an event word may have."""
_CODE = re.compile(r"[A-Z]{3}")

Tables = Mapping[str, Table]


def check(extra: Path | None = None) -> tuple[TableError, ...]:
    """Every fault of the package's tables and those of the folder ``extra``, as for ``load``; empty where all hold.

    A table that cannot be read gives one fault and counts as empty for the others.
    """
    extra = extra or own()
    faults: list[TableError] = []
    tables: dict[str, Table] = {name: {} for name in ROW_OF}
    areas: dict[str, Area] = {}
    for name in (*ROW_OF, AREAS):
        for file, label in files(name, extra):
            try:
                if name == AREAS:
                    areas |= read_areas(file, label)
                else:
                    tables[name] |= read_table(file, label)
            except TableError as error:
                faults.append(error)
    return (*faults, *map(TableError, faults_between(tables, areas)))


def faults_between(tables: Tables, areas: Mapping[str, Area]) -> Iterator[str]:
    """Every fault of tables that could be read."""
    yield from links(tables)
    yield from _slow(tables, areas)


def links(tables: Tables) -> Iterator[str]:
    """Faults that are found quickly, so that loading looks for them too: unknown ids and words, dates, numbers."""
    countries = set(tables["countries.csv"])
    for name, look in _QUICK.items():
        for row in tables[name].values():
            for fault in look(row, tables):
                yield f"{row.where}: {fault}"
    if countries:
        known = countries | BODIES
        for name in ("leaders.csv", "actors.csv", "outlets.csv", "places.csv"):
            for row in tables[name].values():
                country: str | None = row.country  # type: ignore[attr-defined]
                if country and country not in known:
                    yield f"{row.where}: no country has the code {country!r}"


def _slow(tables: Tables, areas: Mapping[str, Area]) -> Iterator[str]:
    for row in tables["triggers.csv"].values():
        yield from _examples(cast(rows.TriggerRow, row))
    yield from _doubled("word", _words(tables["roles.csv"], lambda row: row.words))
    for kind in get_args(rows.CountryWordKind):
        yield from _doubled(kind, _words(tables["countries.csv"], operator.methodcaller("words", kind)))
    yield from _doubled("name", _words(tables["outlets.csv"], lambda row: (row.name, *row.aliases)))
    yield from _doubled("domain", _words(tables["outlets.csv"], lambda row: row.domain, str.lower))
    yield from _overlapping(list(_actor_names(tables)))
    yield from _terms(tables["leaders.csv"])
    for area in areas.values():
        known = tables["countries.csv"]
        if area.country and known and area.country not in known and area.country not in BODIES:
            yield f"{area.where}: no country has the code {area.country!r}"
        points = (point for polygon in area.polygons for ring in polygon for point in ring)
        if not are_on_globe(points):
            yield f"{area.where}: a point lies outside longitude -180..180, latitude -90..90"


# ---------------------------------------------------------------- quick: one row at a time


def _type(row: rows.EventType, tables: Tables) -> Iterator[str]:
    if row.quad not in rows.QUADS:
        yield f"no quad class is called {row.quad!r}; there are {', '.join(rows.QUADS)}"
    elif not -10 <= row.score <= 10 or (row.score > 0) != row.quad.endswith("cooperation"):
        yield f"score {row.score:g} does not fit {row.quad!r}: within -10..10, conflict below 0"


def _mode(row: rows.Mode, tables: Tables) -> Iterator[str]:
    if row.type not in tables["types.csv"]:
        yield f"no event type is called {row.type!r}"


def _trigger(row: rows.TriggerRow, tables: Tables) -> Iterator[str]:
    if row.effect not in rows.EFFECTS:
        yield f"no effect is called {row.effect!r}; there are {', '.join(rows.EFFECTS)}"
    if row.effect == "forbid" and (row.type or row.mode or row.status):
        yield "a row that forbids has no type, mode or status"
    if row.effect in ("add", "opinion") and not row.type:
        yield "a row that adds needs a type"
    if row.type and row.type not in tables["types.csv"]:
        yield f"no event type is called {row.type!r}"
    elif row.mode and f"{row.type}/{row.mode}" not in tables["modes.csv"]:
        yield f"{row.type or 'no type'} has no mode {row.mode!r}"
    if row.status and row.status not in set(Status):
        yield f"no status is called {row.status!r}"
    if row.pos and not UPOS.issuperset(row.pos.split("|")):
        yield f"no part of speech is called {row.pos!r}"


def _role(row: rows.RoleRow, tables: Tables) -> Iterator[str]:
    yield from _sector(row.sector)
    if row.kind not in rows.ROLE_KINDS:
        yield f"no kind of role is called {row.kind!r}; there are {', '.join(rows.ROLE_KINDS)}"


def _country(row: rows.Country, tables: Tables) -> Iterator[str]:
    if not _CODE.fullmatch(row.code) or row.code in BODIES:
        yield f"{row.code!r} is no ISO 3166 alpha-3 code"


def _leader(row: rows.Leader, tables: Tables) -> Iterator[str]:
    yield from _sector(row.sector)
    yield from _dates(row.since, row.until)


def _actor(row: Actor, tables: Tables) -> Iterator[str]:
    yield from _sector(row.sector)
    yield from _dates(row.since, row.until)
    yield from _slug("kind", row.kind)
    if row.patron and row.patron not in tables["actors.csv"] and row.patron not in tables["countries.csv"]:
        yield f"no actor or country has the id {row.patron!r} (patron)"
    if row.patron == row.id:
        yield "an actor cannot be its own patron"


def _alias(row: rows.Alias, tables: Tables) -> Iterator[str]:
    yield from _dates(row.since, row.until)
    if row.actor not in tables["actors.csv"]:
        yield f"no actor has the id {row.actor!r}"
    if not fold(row.alias):
        yield f"nothing of {row.alias!r} can be compared"


def _outlet(row: rows.Outlet, tables: Tables) -> Iterator[str]:
    yield from _slug("affiliation", row.affiliation)


def _place(row: rows.PlaceRow, tables: Tables) -> Iterator[str]:
    if (row.lat is None) != (row.lon is None):
        yield "latitude and longitude come together"
    if row.lat is not None and row.lon is not None and not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
        yield f"{row.lat:g}, {row.lon:g} lies outside latitude -90..90, longitude -180..180"
    if row.precision and row.precision not in rows.PRECISIONS:
        yield f"no precision is called {row.precision!r}"


def _indicator(row: rows.Indicator, tables: Tables) -> Iterator[str]:
    yield from _slug("id", row.id)
    if row.unit not in rows.UNITS:
        yield f"no unit is called {row.unit!r}; there are {', '.join(rows.UNITS)}"
    for told in row.types:
        kind, _, mode = told.partition("/")
        if kind not in tables["types.csv"]:
            yield f"no event type is called {kind!r}"
        elif mode not in ("", rows.NONE) and told not in tables["modes.csv"]:
            yield f"{kind} has no mode {mode!r}"
    for sector in row.recipients:
        yield from _sector(sector if sector != rows.NONE else None)
    for violence in row.ucdp:
        if violence not in rows.UCDP_VIOLENCE:
            yield f"UCDP has no type of violence {violence!r}; there are {', '.join(rows.UCDP_VIOLENCE)}"
    for event in row.acled:
        if event not in rows.ACLED_EVENTS and not any(event in subs for subs in rows.ACLED_EVENTS.values()):
            yield f"ACLED has no event or sub-event type {event!r}"


_QUICK: Mapping[str, Callable[[Any, Tables], Iterator[str]]] = {
    "types.csv": _type,
    "modes.csv": _mode,
    "triggers.csv": _trigger,
    "roles.csv": _role,
    "countries.csv": _country,
    "leaders.csv": _leader,
    "actors.csv": _actor,
    "aliases.csv": _alias,
    "outlets.csv": _outlet,
    "places.csv": _place,
    "indicators.csv": _indicator,
}


def _sector(sector: str | None) -> Iterator[str]:
    if sector and sector not in SECTORS:
        yield f"no sector is called {sector!r}"


def _dates(since: dt.date | None, until: dt.date | None) -> Iterator[str]:
    if since and until and until < since:
        yield f"ends on {until}, before it begins on {since}"


def _slug(column: str, value: str) -> Iterator[str]:
    if not is_slug(value):
        yield f"{column} {value!r} is not lower-case words joined by hyphens"


# ---------------------------------------------------------------- slow: rows against rows


def _examples(row: rows.TriggerRow) -> Iterator[str]:
    try:
        read_patterns(row.words, row.where)
    except TableError as error:
        yield str(error)
        return
    matcher = Matcher([row])
    if not matcher.match(split_words(row.example)):
        yield f"{row.where}: {row.id!r} does not match its own example {row.example!r}"
    if matcher.match(split_words(row.counterexample)):
        yield f"{row.where}: {row.id!r} matches its counterexample {row.counterexample!r}"


def _words(
    table: Table, of: Callable[[Any], Iterable[str]], key: Callable[[str], str] = fold
) -> Iterator[tuple[str, str, Row]]:
    """Of each row its words: the key of each, the spelling it stands for, and the row."""
    return ((key(word), word, row) for row in table.values() for word in of(row))


def _doubled(what: str, words: Iterable[tuple[str, str, Row]]) -> Iterator[str]:
    """Words that two rows claim; twice in one row does no harm."""
    first: dict[str, Row] = {}
    for key, spelling, row in words:
        if not key:
            yield f"{row.where}: nothing of the {what} {spelling!r} can be compared"
        elif first.setdefault(key, row) is not row:
            yield f"{row.where}: {what} {spelling!r} is already used at {first[key].where}"


class _Use(NamedTuple):
    """An actor's name with the days on which it means that actor."""

    spelling: str
    actor: str
    since: dt.date
    until: dt.date
    dated: bool
    country: str | None
    row: Row


def _actor_names(tables: Tables) -> Iterator[_Use]:
    actors = cast(Mapping[str, Actor], tables["actors.csv"])
    for actor in actors.values():
        since, until = actor.since or dt.date.min, actor.until or dt.date.max
        yield _Use(actor.name, actor.id, since, until, False, actor.country, actor)
    for row in cast(Iterable[rows.Alias], tables["aliases.csv"].values()):
        if owner := actors.get(row.actor):
            since = row.since or owner.since or dt.date.min
            until = row.until or owner.until or dt.date.max
            yield _Use(row.alias, row.actor, since, until, bool(row.since or row.until), owner.country, row)


def _overlapping(uses: list[_Use]) -> Iterator[str]:
    """Names that mean two actors on one day, equally well dated, so that ``find_actor`` could not choose, wherever the
    report plays: groups of two countries may bear one name."""
    by_key: dict[tuple[str, bool], list[_Use]] = defaultdict(list)
    for use in uses:
        by_key[fold(use.spelling), use.dated].append(use)
    for same in by_key.values():
        for later, use in enumerate(same):
            for other in same[:later]:
                apart = use.until < other.since or other.until < use.since
                abroad = None not in (use.country, other.country) and use.country != other.country
                differently_spelled = is_acronym(use.spelling) != is_acronym(other.spelling)
                if use.actor != other.actor and not (apart or abroad or differently_spelled):
                    yield (
                        f"{use.row.where}: {use.spelling!r} means {other.actor!r} as well on some days "
                        f"({other.row.where})"
                    )
                    break


def _terms(table: Table) -> Iterator[str]:
    """Terms of one person in one office that overlap."""
    by_office: dict[tuple[str, str, str], list[rows.Leader]] = defaultdict(list)
    for row in cast(Iterable[rows.Leader], table.values()):
        by_office[fold(row.name), row.country, row.office].append(row)
    for terms in by_office.values():
        terms.sort(key=lambda term: term.since or dt.date.min)
        for earlier, later in itertools.pairwise(terms):
            if (earlier.until or dt.date.max) > (later.since or dt.date.min):
                yield f"{later.where}: this term of {later.name} overlaps that at {earlier.where}"
