"""A shelled town told of by several reports, and a desk's life at random, for the tests of what is derived."""

from __future__ import annotations

import datetime as dt
import random

import msgspec

from tests.desk import made
from tests.desk.made import V1
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.desk.schema import DERIVED
from trucewatch.nouns import Claim, Count, Judgement, Place, Report, Ruling, Span, Status

TOWNS = [
    Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision="town", gazetteer=f"town:{name}")
    for name, lat, lon in (("Saraqib", 35.86, 36.80), ("Afrin", 36.51, 36.87), ("Homs", 34.73, 36.71))
]
LINES = (
    "Rebels shelled an army post near the town on that day and three soldiers died, the army said in the evening.",
    "A monitor counted at least four dead after shells hit the post, and said that the shooting went on for hours.",
    "Residents left for the north with what they could carry while the road to the border was closed for a day.",
    "The two sides accused each other of having broken the truce that had held in the province since March.",
)
OTHERS = [
    made.entity("army", "SYR", "sy-saa"),
    made.entity("rebels", "SYR"),
    made.entity("gunmen"),
    msgspec.structs.replace(made.entity("it"), sector="UNK"),
]


def report(number: int, words: str = LINES[0], **fields: object) -> Report:
    """A report of the war's third day, from an outlet of its own."""
    known = {"outlet": f"Outlet {number}", "published": dt.date(2021, 9, 3), "title": f"Day {number}"}
    return made.report(f"{words} Dispatch {number}.", **known | fields)


def shelling(of: Report, number: int = 0, town: int = 0, day: int = 2, dead: int | None = 3) -> Claim:
    """A claim that a town was shelled on a day."""
    return made.claim(
        of,
        number,
        trigger=Span(start=7, end=14),
        actors=(made.entity("rebels", "SYR"),),
        recipients=(made.entity("army", "SYR", "sy-saa"),),
        place=TOWNS[town],
        time=made.day(2021, 9, day),
        killed=None if dead is None else Count(low=dead, high=dead),
    )


def store(desk: Desk, of: Report, *claims: Claim) -> None:
    """A report and its claims, taken in at once."""
    with desk.writer(V1) as writer:
        writer.store(of, claims)
    derive.catch_up(desk)


def groups(desk: Desk) -> set[frozenset[str]]:
    """The claims of each incident."""
    return {frozenset(incident.claims) for incident in desk.incidents()}


def derived(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the derived tables."""
    rows = made.dump(desk.where)
    return {table.name: rows[table.name] for table in DERIVED}


class History:
    """A desk's life at random: reports, copies and late ones among them, new codings, judgements, and their ends."""

    def __init__(self, choices: random.Random) -> None:
        self._random = choices
        self._reports: list[Report] = []
        self._claims: list[Claim] = []
        self._judgements: list[Judgement] = []

    def step(self, desk: Desk) -> None:
        """One more thing happens; what is derived is brought up to date now and then."""
        deed = self._random.random()
        if deed < 0.6 or not self._claims:
            self._report(desk)
        elif deed < 0.72:
            of = self._random.choice(self._reports)
            with desk.writer(made.Versions(code=str(deed), tables="t", model="m")) as writer:
                writer.store(of, self._told(of), again=True)
        else:
            self._judge(desk)
        if self._random.random() < 0.7:
            derive.catch_up(desk)

    def _report(self, desk: Desk) -> None:
        number = len(self._reports)
        words = " ".join(self._random.sample(LINES, self._random.randint(2, 4)))
        published = dt.date(2021, 9, self._random.randint(2, 8))
        of = report(number, words, outlet=f"Outlet {number % 3}", published=published)
        self._reports.append(of)
        with desk.writer(V1) as writer:
            writer.store(of, self._told(of))

    def _told(self, of: Report) -> tuple[Claim, ...]:
        numbers = self._random.sample(range(6), self._random.randint(0, 3))
        claims = [
            shelling(
                of,
                number,
                town=self._random.choice((0, 0, 0, 1, 2)),
                day=self._random.randint(1, 3),
                dead=self._random.choice((None, 3, 3, 4)),
            )
            for number in numbers
        ]
        for at, claim in enumerate(claims):
            if self._random.random() < 0.3:
                actors = tuple(self._random.sample(OTHERS, self._random.randint(0, 1)))
                claims[at] = msgspec.structs.replace(claim, actors=actors, recipients=())
        if claims and self._random.random() < 0.3:
            claims[0] = msgspec.structs.replace(claims[0], time=None, status=self._random.choice(list(Status)))
        if self._random.random() < 0.4:  # nothing in it to be found by but its words
            claims.append(made.claim(of, 7, type="CONSULT", mode=None, trigger=Span(start=7, end=14)))
        self._claims += claims
        return tuple(claims)

    def _judge(self, desk: Desk) -> None:
        one, other = self._random.choice(self._claims), self._random.choice(self._claims)
        deed = self._random.random()
        if deed < 0.4 and one.id != other.id:
            ruling = self._random.choice((Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE))
            judgement = made.judgement(one, other, ruling=ruling)
        elif deed < 0.55:
            judgement = made.judgement(one, ruling=Ruling.REJECT)
        elif deed < 0.7 or not self._judgements:
            value = msgspec.json.encode(self._random.choice(TOWNS)).decode()
            judgement = made.judgement(one, ruling=Ruling.CORRECT, field="place", value=value)
        else:
            judgement = made.judgement(ruling=Ruling.UNDO, undoes=self._random.choice(self._judgements).id)
        self._judgements.append(judgement)
        desk.judge([judgement])
