"""What claims to look for, and the SQL that finds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sql

from trucewatch import codebook
from trucewatch.codebook import fold
from trucewatch.desk.schema import claims, codings, parties, reports
from trucewatch.nouns import Noun, Status


class ClaimFilter(Noun):
    """Which claims to look for; what is None does not matter, and the rest must all hold."""

    type: str | None = None
    mode: str | None = None
    actor: str | None = None
    """One who acts or is acted upon: words of a name, a country (Russia, RUS), an id of ``actors.csv``."""
    place: str | None = None
    """Words of a place's name, a country, or an id of the gazetteer."""
    since: dt.date | None = None
    """Claims whose period reaches this day or a later one."""
    until: dt.date | None = None
    """Claims whose period begins on this day or earlier."""
    status: Status | None = None
    report: str | None = None
    """A report's whole id."""
    undated: bool = False
    """Only claims whose time is unknown, which ``since`` and ``until`` can never find."""


def current() -> sql.Select[tuple[int]]:
    """The numbers of the codings that count: the newest of each report."""
    return sql.select(sql.func.max(codings.c.number)).group_by(codings.c.report)


def found(wanted: ClaimFilter) -> sql.Select[tuple[object, ...]]:
    """The current claims that ``wanted`` describes, each with its ``report``: by day, undated ones last."""
    return (
        sql.select(claims, codings.c.report)
        .join(codings, claims.c.coding == codings.c.number)
        .join(reports, codings.c.report == reports.c.id)
        .where(claims.c.coding.in_(current()), *_conditions(wanted))
        .order_by(claims.c.time_start.is_(None), claims.c.time_start)
        .order_by(reports.c.number, claims.c.trigger_start)
    )


def _conditions(wanted: ClaimFilter) -> Iterator[sql.ColumnElement[bool]]:
    if wanted.type is not None:
        yield claims.c.type == wanted.type.upper()
    if wanted.mode is not None:
        yield claims.c.mode == wanted.mode
    if wanted.status is not None:
        yield claims.c.status == wanted.status.value
    if wanted.report is not None:
        yield codings.c.report == wanted.report
    if wanted.since is not None:
        yield claims.c.time_end >= wanted.since
    if wanted.until is not None:
        yield claims.c.time_start <= wanted.until
    if wanted.undated:
        yield claims.c.time_start.is_(None)
    if wanted.actor is not None:
        yield claims.c.number.in_(sql.select(parties.c.claim).where(_is_party(wanted.actor)))
    if wanted.place is not None:
        yield _is_place(wanted.place)


def _is_party(words: str) -> sql.ColumnElement[bool]:
    return sql.or_(
        parties.c.actor == words,
        parties.c.country == _country(words),
        _says(parties.c.search, words),
    )


def _is_place(words: str) -> sql.ColumnElement[bool]:
    return sql.or_(
        claims.c.place_gazetteer == words,
        claims.c.place_country == _country(words),
        _says(claims.c.place_search, words),
    )


def _says(searched: sql.Column[str], words: str) -> sql.ColumnElement[bool]:
    """Whether the words stand there, the last perhaps cut short: "aerospace for", not "oman" in "woman"."""
    key = fold(words)
    return searched.contains(f" {key}", autoescape=True) if key else sql.false()


def _country(words: str) -> str:
    """The code of a country that is called by its name; anything else as it stands, for it may be a code."""
    named = codebook.load().find_country(words)
    return named.country if named is not None and named.kind == "name" else words.upper()
