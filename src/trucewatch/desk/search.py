"""What claims and incidents to look for, and the SQL that finds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sql

from trucewatch import codebook
from trucewatch.checked import Checked
from trucewatch.codebook import fold, sources
from trucewatch.codebook.names import says, searchable
from trucewatch.codebook.rows import QUADS
from trucewatch.codebook.within import country_code, within
from trucewatch.desk.schema import claims, codings, incident_claims, incidents, parties, reports
from trucewatch.desk.statements import only
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Claim, Entity, Noun, Place, Status


class Filter(Checked):
    """What to look for; what is None does not matter, and the rest must all hold. Raises WrongCallError for an invalid value."""

    type: str | None = None
    """``ASSAULT``; with a mode also ``ASSAULT/aerial``; or the class of several, ``material conflict``."""
    mode: str | None = None
    actor: str | None = None
    """One who acts or is acted upon: words of a name, another name of the same actor (HTS), a country (Russia, RUS), an id of
    ``actors.csv``."""
    place: str | None = None
    """The name of a country, province, district, named region or town: what lies in it; or words of a place's own name, or
    an id of the gazetteer. See ``codebook.within``."""
    since: dt.date | None = None
    """What has a period that reaches this day or a later one."""
    until: dt.date | None = None
    """What has a period that begins on this day or earlier."""
    status: Status | None = None
    outlet: str | None = None
    """Words of the name of one that tells of it; of a piece that it prints of another, the other does."""
    report: str | None = None
    """An id, which may be cut short: what this report tells of."""
    undated: bool = False
    """Only what has no known time, which ``since`` and ``until`` can never find."""

    def __post_init__(self) -> None:
        super().__post_init__()
        of = None if self.type in QUADS else self.type
        if of or self.mode:
            type_, mode = self._kind((of or "") + (f"/{self.mode}" if self.mode else ""))
            msgspec.structs.force_setattr(self, "type", type_ if of else self.type)
            msgspec.structs.force_setattr(self, "mode", mode)
        if self.undated and (self.since or self.until):
            raise WrongCallError("what has no known day is in no days: ask for days, or for what is undated")

    @staticmethod
    def _kind(written: str) -> tuple[str | None, str | None]:
        book = codebook.load()
        try:
            return book.kind(written)
        except WrongCallError as error:
            is_type = written.partition("/")[0].upper() in ("", *book.types)
            raise WrongCallError(f"{error}" + ("" if is_type else f", nor a class: {', '.join(QUADS)}")) from None


class ClaimFilter(Filter):
    """Which claims to look for."""


class IncidentFilter(Filter):
    """Which incidents to look for."""

    sources: int | None = None
    """At least so many independent ones, one or more."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sources is not None and self.sources < 1:
            raise WrongCallError(f"sources: {self.sources} will not do; it is one or more")


class Near(Noun):
    """Countries and days; an incident whose country or day is not known may be of them."""

    countries: tuple[str, ...]
    """ISO 3166 alpha-3 codes."""
    since: dt.date
    until: dt.date


def current(run: int | None = None) -> sql.ColumnElement[bool]:
    """Whether a coding counts: it is the newest of its report, or was when ``run`` had ended."""
    newer = codings.alias("newer")
    overtaken = sql.exists().where(newer.c.report == codings.c.report, newer.c.number > codings.c.number)
    if run is None:
        return ~overtaken
    return sql.and_(codings.c.run <= run, ~overtaken.where(newer.c.run <= run))


def found(connection: sql.Connection, wanted: ClaimFilter) -> sql.Select[Any]:
    """The current claims that ``wanted`` describes, each with its ``report``: by day, undated ones last."""
    _check("claims", wanted, ClaimFilter)
    conditions = [current(), *_fits(connection, claims, wanted)]
    if wanted.report is not None:
        conditions.append(codings.c.report == _report(connection, wanted.report))
    if wanted.outlet is not None:
        conditions.append(_of_outlet(connection, wanted.outlet))
    if wanted.actor is not None:
        conditions.append(claims.c.number.in_(sql.select(parties.c.claim).where(_is_party(wanted.actor))))
    return (
        sql.select(claims, codings.c.report)
        .join(codings, claims.c.coding == codings.c.number)
        .join(reports, codings.c.report == reports.c.id)
        .where(*conditions)
        .order_by(claims.c.time_start.is_(None), claims.c.time_start)
        .order_by(reports.c.number, claims.c.trigger_start)
    )


def fits(wanted: ClaimFilter, claim: Claim) -> bool:
    """Whether a claim at hand is one that ``wanted`` describes; ``found`` asks the same of the desk, and of the outlet too."""
    time, parties = claim.time, (*claim.actors, *claim.recipients)
    return (
        claim.type in _types(wanted.type, claim.type)
        and wanted.mode in (None, claim.mode)
        and wanted.status in (None, claim.status)
        and claim.report.startswith((wanted.report or "").strip().lower())
        and not (wanted.undated and time)
        and (wanted.since is None or (time is not None and time.end >= wanted.since))
        and (wanted.until is None or (time is not None and time.start <= wanted.until))
        and (wanted.place is None or (claim.place is not None and _is_there(wanted.place, claim.place)))
        and (wanted.actor is None or any(_is_called(wanted.actor, one) for one in parties))
    )


def _types(asked: str | None, every: str) -> tuple[str, ...]:
    """The types that are asked for by the name of one or of their class; without, ``every``."""
    if asked in QUADS:
        return tuple(name for name, row in codebook.load().types.items() if row.quad == asked)
    return ((asked or every).upper(),)


def _is_there(words: str, place: Place) -> bool:
    there = within(words)
    known = place.gazetteer is not None and there.has(place.gazetteer)
    return known or place.country in there.countries or there.says(searchable(place.text, place.name))


def _is_called(words: str, one: Entity) -> bool:
    known = one.actor in _ids(words) or one.country == country_code(words)
    return known or says(searchable(one.text, one.name), words)


def found_incidents(connection: sql.Connection, wanted: IncidentFilter) -> sql.Select[Any]:
    """The contents of the incidents that ``wanted`` describes: by day, undated ones last."""
    _check("incidents", wanted, IncidentFilter)
    conditions = list(_fits(connection, incidents, wanted))
    if wanted.sources is not None:
        conditions.append(incidents.c.sources >= wanted.sources)
    if wanted.outlet is not None:
        conditions.append(incidents.c.id.in_(_told_by(connection, wanted.outlet)))
    if wanted.report is not None:
        its = sql.select(claims.c.id).join(codings).where(codings.c.report == _report(connection, wanted.report))
        conditions.append(
            incidents.c.id.in_(sql.select(incident_claims.c.incident).where(incident_claims.c.claim.in_(its)))
        )
    if wanted.actor is not None:
        codes = {*_ids(wanted.actor), country_code(wanted.actor)} - {""}
        known = (incidents.c.party_ids.contains(f"|{key}|", autoescape=True) for key in codes)
        conditions.append(sql.or_(*known, _says(incidents.c.party_search, fold(wanted.actor))))
    return (
        sql.select(incidents.c.content)
        .where(*conditions)
        .order_by(incidents.c.time_start.is_(None), incidents.c.time_start, incidents.c.id)
    )


def found_near(wanted: Near) -> sql.Select[Any]:
    """The contents of the incidents that may be there and then: by day, undated ones last."""
    place, first, last = incidents.c.place_country, incidents.c.time_start, incidents.c.time_end
    dated = sql.and_(last >= wanted.since, first <= wanted.until)
    return (
        sql.select(incidents.c.content)
        .where(sql.or_(place.in_(wanted.countries), place.is_(None)), sql.or_(dated, first.is_(None)))
        .order_by(first.is_(None), first, incidents.c.id)
    )


def of_countries(column: sql.Column[str], codes: Sequence[str] | None) -> tuple[sql.ColumnElement[bool], ...]:
    """What is of these countries or of none, each a condition with an index range of its own, which "or" has not."""
    return (sql.true(),) if codes is None else (column.in_(codes), column.is_(None))


def number_of(connection: sql.Connection, query: sql.Select[Any]) -> int:
    """How many rows a query would give."""
    rows = query.order_by(None).subquery()
    return int(connection.execute(sql.select(sql.func.count()).select_from(rows)).scalar_one())


def spellings(connection: sql.Connection, outlet: str) -> list[str]:
    """All names under which reports on the desk give one outlet."""
    name, given = sources.outlet(outlet), sql.select(reports.c.outlet).where(reports.c.outlet.is_not(None)).distinct()
    return [each for each in connection.execute(given).scalars() if sources.outlet(each) == name]


def _told_by(connection: sql.Connection, words: str) -> sql.Select[Any]:
    """The incidents of which an outlet so called tells."""
    its = sql.select(incident_claims.c.incident).join(claims, claims.c.id == incident_claims.c.claim).join(codings)
    return its.join(reports).where(_of_outlet(connection, words))


def _of_outlet(connection: sql.Connection, words: str) -> sql.ColumnElement[bool]:
    """Whether a report is of an outlet so called: one whose piece another prints tells of it, and who prints it does not."""
    paper = sql.func.coalesce(reports.c.original_outlet, reports.c.outlet)
    names = connection.execute(sql.select(paper).distinct()).scalars()
    return paper.in_([name for name in names if sources.is_outlet(name, words)])


def _report(connection: sql.Connection, prefix: str) -> str:
    """The one report whose id begins so. Raises DeskError where there is none, or several."""
    return str(only(connection, sql.select(reports.c.id), reports.c.id, prefix)["id"])


def _check(what: str, wanted: Filter, kind: type[Filter]) -> None:
    """Raises WrongCallError for the filter of something else, some of whose fields mean nothing here."""
    if not isinstance(wanted, kind):
        raise WrongCallError(f"{what} are asked for by {kind.__name__}, not by {type(wanted).__name__}")


def _fits(connection: sql.Connection, table: sql.Table, wanted: Filter) -> Iterator[sql.ColumnElement[bool]]:
    """What is asked in the same way of claims and of incidents, whose columns have the same names."""
    its = table.c
    if wanted.type is not None:
        yield its.type.in_(_types(wanted.type, wanted.type))
    if wanted.mode is not None:
        yield its.mode == wanted.mode
    if wanted.status is not None:
        yield its.status == wanted.status.value
    if wanted.since is not None:
        yield its.time_end >= wanted.since
    if wanted.until is not None:
        yield its.time_start <= wanted.until
    if wanted.undated:
        yield its.time_start.is_(None)
    if wanted.place is not None:
        there = within(wanted.place)
        told = connection.execute(sql.select(its.place_gazetteer).distinct()).scalars()
        yield sql.or_(
            its.place_gazetteer.in_(sorted(id_ for id_ in told if id_ is not None and there.has(id_))),
            its.place_country.in_(sorted(there.countries)),
            _says(its.place_search, there.key),
        )


def _ids(actor: str) -> set[str]:
    """The ids of the codebook's actors that have this id or bear this name: "HTS" is also who is called otherwise in a report."""
    return {actor, *codebook.load().actors_named(actor)}


def _is_party(words: str) -> sql.ColumnElement[bool]:
    return sql.or_(
        parties.c.actor.in_(sorted(_ids(words))),
        parties.c.country == country_code(words),
        _says(parties.c.search, fold(words)),
    )


def _says(searched: sql.Column[str], key: str) -> sql.ColumnElement[bool]:
    """Whether folded words occur, the last one perhaps cut short: "aerospace for", but not "oman" in "woman"."""
    return searched.contains(f" {key}", autoescape=True) if key else sql.false()
