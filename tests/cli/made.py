"""A record made by hand: every kind of value, known and unknown, said once and twice, here and elsewhere."""

from __future__ import annotations

import datetime as dt

from trucewatch.nouns import (
    Claim,
    Count,
    Entity,
    Evidence,
    Period,
    Place,
    Record,
    Report,
    Span,
    Status,
)

SENTENCES = (
    "Fighters will go on shelling both the Northern Army and villagers, while the Air Wing will go on with "
    "its strikes on the Free Column.",
    "On Tuesday the two presidents met in Aden.",
    "They agreed on nothing, a diplomat said.",
    "Three to five people died in the strikes, according to medics.",
)
TEXT = "\n\n".join([f"{SENTENCES[0]} {SENTENCES[1]}", *SENTENCES[2:]])
REPORT = Report(
    id="00112233445566aa",
    text=TEXT,
    title="A summit without an outcome",
    byline="A. Writer",
    outlet="Second Page",
    original_outlet="First Page",
    published=dt.date(2021, 10, 1),
    original_published=dt.date(2021, 9, 30),
    language="en",
    regions=("Middle East", "Europe"),
    themes=("Diplomacy",),
    media=("https://example.org/summit.mp4",),
    boilerplate=("Share this", "Donate", "All rights reserved"),
    source="reports/summit.txt",
    notes=("charset guessed: windows-1252",),
)
_LAST = TEXT.rindex("strikes")
FIGHTERS = Entity(text="Fighters", name="fighters", sector="REB")
ARMY = Entity(text="the Northern Army", name="Northern Army", country="YEM", sector="MIL", actor="ye-north")
VILLAGERS = Entity(text="villagers", name="villagers", sector="CVL")
WING = Entity(text="the Air Wing", name="Air Wing", country="RUS", sector="MIL")
COLUMN = Entity(text="the Free Column", name="Free Column", country="SYR", sector="REB")
PRESIDENTS = (
    Entity(text="the two presidents", name="President One", country="YEM", sector="GOV"),
    Entity(text="the two presidents", name="President Two", country="RUS", sector="GOV"),
)
ADEN = Place(
    text="Aden",
    name="Aden",
    country="YEM",
    lat=12.7794,
    lon=45.0367,
    precision="town",
    gazetteer="415189",
)
TUESDAY = Period(start=dt.date(2021, 9, 28), end=dt.date(2021, 9, 28), precision="day")


def span(words: str) -> Span:
    """Where words stand in the report."""
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def because(field: str, words: str, reason: str = "model 0.90") -> Evidence:
    """A reason with its words."""
    at = span(words)
    return Evidence(field=field, because=reason, start=at.start, end=at.end)


def _claim(number: int, trigger: str, told: tuple[int, ...], **fields: object) -> Claim:
    base: dict[str, object] = {
        "id": f"{REPORT.id}.{number:06x}",
        "report": REPORT.id,
        "mode": None,
        "trigger": span(trigger),
        "mentions": tuple(span(SENTENCES[at]) for at in told),
    }
    return Claim(**base | fields)  # type: ignore[arg-type]


SHELLING = _claim(
    1,
    "shelling",
    (0,),
    type="ASSAULT",
    mode="heavy-weapons",
    status=Status.EXPECTED,
    actors=(FIGHTERS,),
    recipients=(ARMY, VILLAGERS),
    evidence=(
        because("type", "shelling"),
        because("actors[0]", "Fighters"),
        because("recipients[0]", "the Northern Army"),
        because("recipients[0].country", "the Northern Army", "actors.csv:ye-north"),
        because("recipients[1]", "villagers"),
    ),
)
STRIKES = _claim(
    2,
    "strikes",
    (0, 3),
    type="ASSAULT",
    mode="aerial",
    status=Status.ONGOING,
    actors=(WING,),
    recipients=(COLUMN,),
    attributed_to="medics",
    killed=Count(low=3, high=5),
    evidence=(
        because("type", "strikes"),
        because("actors[0]", "the Air Wing"),
        because("recipients[0]", "the Free Column"),
        because("attributed_to", "medics"),
        because("killed", "Three to five people died", "rule toll"),
        Evidence(field="mentions[1]", because="same 0.93", start=_LAST, end=_LAST + 7),
    ),
)
MEETING = _claim(
    3,
    "met",
    (1,),
    type="CONSULT",
    mode="visit",
    status=Status.HAPPENED,
    actors=PRESIDENTS,
    place=ADEN,
    time=TUESDAY,
    evidence=(
        because("actors[0]", "the two presidents"),
        because("actors[1]", "the two presidents"),
        because("place", "Aden", "model 0.91; gazetteer 415189"),
        because("time", "On Tuesday", "rule weekday"),
    ),
)
NOTHING = _claim(
    4,
    "agreed",
    (2,),
    type="AGREE",
    status=Status.DENIED,
    actors=PRESIDENTS,
    place=Place(text="the place", name="the place"),
    attributed_to="a diplomat",
    evidence=(
        because("actors[0]", "the two presidents", "rule pronoun"),
        because("actors[1]", "the two presidents", "rule pronoun"),
        because("attributed_to", "a diplomat"),
        Evidence(field="status", because="trigger no-agreement"),
    ),
)
RECORD = Record(report=REPORT, claims=(NOTHING, SHELLING, STRIKES, MEETING))
"""Its claims are not in the order of the text."""
