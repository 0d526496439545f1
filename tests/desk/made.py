"""Reports and claims for the desk's tests: some by hand, others by hypothesis."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools

import sqlalchemy as sql
from hypothesis import strategies as st

from trucewatch.desk import Versions
from trucewatch.desk.opening import connect
from trucewatch.desk.schema import DERIVED, FACTS
from trucewatch.judgements import About, made
from trucewatch.nouns import (
    Claim,
    Count,
    Entity,
    Evidence,
    Judgement,
    Period,
    Place,
    Report,
    Ruling,
    Span,
    Status,
)

V1 = Versions(code="1", tables="aaa", model="mmm")
V2 = Versions(code="1", tables="bbb", model="mmm")
_JUDGEMENTS = itertools.count()


def report(text: str = "Shells fell on the town on Tuesday.", **fields: object) -> Report:
    """A report with an id of its own text."""
    return Report(**{"id": hashlib.sha256(text.encode()).hexdigest()[:16], "text": text} | fields)  # type: ignore[arg-type]


def claim(of: Report, number: int = 0, **fields: object) -> Claim:
    """A claim of a report; different numbers, different ids."""
    made = {
        "id": f"{of.id}.{number:06x}",
        "report": of.id,
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "status": Status.HAPPENED,
        "trigger": Span(start=number, end=number + 6),
        "mentions": (Span(start=0, end=35),),
    }
    return Claim(**made | fields)  # type: ignore[arg-type]


def judgement(*claims: Claim, ruling: Ruling = Ruling.ACCEPT, **fields: str) -> Judgement:
    """A judgement on claims; each is of another minute."""
    at = dt.datetime(2021, 10, 3, 12, tzinfo=dt.UTC) + dt.timedelta(minutes=next(_JUDGEMENTS))
    about = About(claims=tuple(claim.id for claim in claims), **fields)
    return made(ruling, "A. Analyst", at, "checked", about)


def entity(name: str, country: str | None = None, actor: str | None = None) -> Entity:
    """One who acts, under a name."""
    return Entity(text=f"the {name}", name=name, country=country, sector="MIL", actor=actor)


def day(year: int, month: int, of_month: int) -> Period:
    """A single day."""
    date = dt.date(year, month, of_month)
    return Period(start=date, end=date, precision="day")


def dump(where: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a desk, by table; order does not matter to what is derived."""
    engine = connect(where, create=False)
    with engine.connect() as connection:
        facts = {table.name: connection.execute(sql.select(table)).all() for table in FACTS}
        rest = {table.name: sorted(map(tuple, connection.execute(sql.select(table))), key=str) for table in DERIVED}
    engine.dispose()
    return {name: [tuple(row) for row in found] for name, found in (facts | rest).items()}


# A NUL is taken out when a report is read, and PostgreSQL keeps none.
_characters = st.characters(codec="utf-8", exclude_characters="\0")
_text = st.text(_characters, max_size=30)
_maybe = st.none() | _text
_texts = st.lists(_text, max_size=3).map(tuple)
_offsets = st.integers(0, 10**9)
_spans = st.builds(Span, start=_offsets, end=_offsets)
_degrees = st.none() | st.floats(-180, 180)
_people = st.none() | st.builds(Count, low=st.integers(0, 10**6), high=st.integers(0, 10**6))
_entities = st.lists(
    st.builds(Entity, text=_text, name=_text, country=_maybe, sector=_maybe, actor=_maybe), max_size=3
).map(tuple)

reports = st.builds(
    Report,
    id=st.binary(min_size=8, max_size=8).map(bytes.hex),
    text=st.text(_characters, max_size=200),
    title=_maybe,
    byline=_maybe,
    outlet=_maybe,
    original_outlet=_maybe,
    published=st.none() | st.dates(),
    original_published=st.none() | st.dates(),
    language=_text,
    url=_maybe,
    regions=_texts,
    themes=_texts,
    series=_texts,
    media=_texts,
    licence=_maybe,
    boilerplate=_texts,
    source=_maybe,
    notes=_texts,
)
"""Any report."""


def claims(of: Report) -> st.SearchStrategy[tuple[Claim, ...]]:
    """Any claims of a report."""
    one = st.builds(
        Claim,
        id=st.binary(min_size=3, max_size=3).map(lambda made: f"{of.id}.{made.hex()}"),
        report=st.just(of.id),
        type=_text,
        mode=_maybe,
        status=st.sampled_from(Status),
        trigger=_spans,
        mentions=st.lists(_spans, max_size=3).map(tuple),
        actors=_entities,
        recipients=_entities,
        place=st.none()
        | st.builds(
            Place,
            text=_text,
            name=_text,
            country=_maybe,
            lat=_degrees,
            lon=_degrees,
            precision=_maybe,
            gazetteer=_maybe,
        ),
        time=st.none() | st.builds(Period, start=st.dates(), end=st.dates(), precision=_text),
        attributed_to=_maybe,
        killed=_people,
        injured=_people,
        evidence=st.lists(
            st.builds(Evidence, field=_text, because=_text, start=st.none() | _offsets, end=st.none() | _offsets),
            max_size=4,
        ).map(tuple),
    )
    return st.lists(one, max_size=4, unique_by=lambda made: made.id).map(tuple)
