"""The declared status of a truce: what those who may speak for it say of it, voice by voice.

A truce is suspended, left, ended, extended or resumed by the word of a party, a guarantor or a mediator; of nobody else, and
never by deeds: those are the observed status (status.py). Where two of them say different things, both stand.
"""

from __future__ import annotations

import csv
import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import msgspec

from trucewatch.codebook.rows import TriggerRow
from trucewatch.codebook.triggers import Matcher, split_words
from trucewatch.day_counts import DAY
from trucewatch.errors import TableError
from trucewatch.nouns import REAL, Account, Claim, Entity, Noun, Place, Status
from trucewatch.truces import prolonged
from trucewatch.truces.days import Days
from trucewatch.truces.prolonged import Lasting, Length
from trucewatch.truces.terms import ACTS, Act, Capacity

TABLE = Path(__file__).with_name("announcements.csv")

SENTENCES = 65536
"""That are remembered: each is asked about for every claim in it, and for every truce."""
MEDIATOR = "mediator"
SPEAKERS = frozenset({Capacity.SIGNATORY, Capacity.GUARANTOR, Capacity.CLAIMED_BOUND, MEDIATOR})
"""Capacities in which one's word counts."""
CEASEFIRE = "ceasefire"
"""The mode of claims that tell what becomes of a truce; their place is where it holds."""
_NO_WORD = frozenset({"ASSAULT", "ACCUSE"})
_MEANT = frozenset({*REAL, Status.EXPECTED})


class State(enum.StrEnum):
    """What a truce is by what is said of it."""

    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    LEFT = "left by a party"
    ENDED = "declared over"
    EXTENDED = "extended"
    EXPIRED = "run out"


_STATES: dict[Act, State] = {
    "suspension": State.SUSPENDED,
    "withdrawal": State.LEFT,
    "end": State.ENDED,
    "extension": State.EXTENDED,
    "resumption": State.IN_FORCE,
}


_GOES_ON = (State.IN_FORCE, State.EXTENDED)


class Announcement(Noun):
    """One voice says something of a truce."""

    day: dt.date
    act: Act
    by: str
    """Name of who says it."""
    capacity: str | None
    """``signatory``, ``guarantor``, ``claimed bound``, ``excluded`` or ``mediator``; None for a stranger to the truce."""
    claim: str | None = None
    """Id of the claim that it rests on; None where it comes from the truce's own table."""
    until: dt.date | None = None
    """Of an extension: the new last day, where it is said ..."""
    by_length: Length | None = None
    """... or how much longer it is."""
    row: str | None = None
    """The row of announcements.csv by which it was told."""
    place: Place | None = None
    """Of the truce that a claim names."""

    @property
    def state(self) -> State:
        """What the truce is by this word alone."""
        return _STATES[self.act]


class Agreed(Noun):
    """From when and until when a truce was agreed."""

    effective: dt.date
    last: dt.date | None = None
    """The last day that was agreed on beforehand; None for a truce without an end."""


class Declared(Noun):
    """A day on which the declared status became another, or another voice was heard."""

    day: dt.date
    state: State
    by: str | None = None
    """None where time alone did it."""
    capacity: str | None = None
    claim: str | None = None
    until: dt.date | None = None
    """The last day that is agreed on by then; of an extension the new one."""
    contested: bool = False
    """Whether the last words of any two who may speak differ: one says over, the other extended."""
    voices: tuple[Announcement, ...] = ()
    """The last word of each."""

    @property
    def otherwise(self) -> tuple[Announcement, ...]:
        """The last words, however old, of those who say otherwise, the newest first."""
        goes_on = self.state in _GOES_ON
        others = [one for one in self.voices if self.contested and (one.state in _GOES_ON) is not goes_on]
        return tuple(sorted(others, key=_order, reverse=True))


Who = Callable[[Entity, dt.date], tuple[str, str] | None]
"""Name and capacity of one who acts, on a day; None for a stranger to the truce."""


def declared(announcements: Iterable[Announcement], term: Agreed, until: dt.date) -> tuple[Declared, ...]:
    """The declared status from the effective day to ``until``: one row for each day and voice that changed it,
    however many reports tell of its word.

    Announcements by others than ``SPEAKERS`` change nothing. An extension never makes a truce shorter, and a truce without
    an agreed end does not run out. What was said before the truce took effect is for the caller to leave out.
    """
    heard = sorted((one for one in announcements if one.capacity in SPEAKERS and one.day <= until), key=_order)
    found: list[Declared] = []
    voices: dict[str, Announcement] = {}
    lasting = Lasting(term.last)
    if term.effective <= until:
        found.append(Declared(day=term.effective, state=State.IN_FORCE, until=term.last))
    for one in heard:
        if lasting.last is not None and one.day > lasting.last:
            found.append(_expired(lasting.last, voices))
            lasting.end()
        voices[one.by] = one
        if one.act == "extension":
            lasting.extend(one.day, one.until, one.by_length)
        elif one.act in ("end", "withdrawal"):
            lasting.end()
        row = Declared(
            day=one.day,
            state=_STATES[one.act],
            by=one.by,
            capacity=one.capacity,
            claim=one.claim,
            until=(lasting.last or one.until) if one.act in ("extension", "resumption") else one.until,
            contested=len({one.state in _GOES_ON for one in voices.values()}) > 1,
            voices=tuple(voices.values()),
        )
        before = found[-1] if found else None
        if before and (before.day, before.by, before.state) == (row.day, row.by, row.state):
            found[-1] = msgspec.structs.replace(row, claim=before.claim or row.claim)
        elif (at := _first_said(found, row)) is not None:
            found[at] = msgspec.structs.replace(found[at], claim=found[at].claim or row.claim)
        else:
            found.append(row)
    if lasting.last is not None and lasting.last < until:
        found.append(_expired(lasting.last, voices))
    return tuple(found)


def lapsed(rows: Iterable[Declared], until: dt.date) -> tuple[Days, ...]:
    """The days up to ``until`` on which the truce had run out, and nobody had brought it back yet."""
    found: list[Days] = []
    since: dt.date | None = None
    for row in rows:
        if since is not None and row.state in _GOES_ON:
            found.append(Days(first=since, last=row.day - DAY))
            since = None
        elif since is None and row.state is State.EXPIRED:
            since = row.day
    return (*found, Days(first=since, last=until)) if since is not None else tuple(found)


def announcements(accounts: Iterable[Account], who: Who, days: Days) -> tuple[Announcement, ...]:
    """What claims say of a truce between these days, one for each report, voice and act, in order of their days.

    Read from the sentence that a claim stands in, by the rows of announcements.csv. The voice is whom the claim is
    attributed to and whoever acts in it, as far as they have a standing to the truce. Who attacks or accuses has
    announced nothing, nor does one party for another. Claims that deny it or hold it for possible are no announcement.
    The day is that of the claim, else of the report; without either it is left out.
    """
    found: dict[tuple[str, str, Act], Announcement] = {}
    for account in accounts:
        for one in _announced(account, who):
            if one.day in days:
                found.setdefault((account.claim.report, one.by, one.act), one)
    return tuple(sorted(found.values(), key=_order))


@lru_cache(maxsize=SENTENCES)
def read(sentence: str) -> tuple[Act, str] | None:
    """What a sentence says of a truce, and the row that tells; None where it says nothing of the kind."""
    hits = [hit for hit in _matcher().match(split_words(sentence)) if hit.row.effect != "forbid"]
    return (cast(Act, hits[0].row.type), hits[0].row.id) if hits else None


def _announced(account: Account, who: Who) -> Iterator[Announcement]:
    told, day = _told(account), _day(account)
    if told is None or day is None:
        return
    longer, claim = told[0] == "extension", account.claim
    for name, capacity in _voices(claim, day, who):
        yield Announcement(
            day=day,
            act=told[0],
            by=name,
            capacity=capacity,
            claim=claim.id,
            until=prolonged.until(account.sentence, day) if longer else None,
            by_length=prolonged.length(account.sentence) if longer else None,
            row=told[1],
            place=claim.place if claim.mode == CEASEFIRE else None,
        )


def _told(account: Account) -> tuple[Act, str] | None:
    """What a claim announces; that a ceasefire is no more is said of its end alone, and who rejects prolongs nothing."""
    claim = account.claim
    over = (claim.mode, claim.status) == (CEASEFIRE, Status.DENIED)
    may = claim.type not in _NO_WORD and (over or claim.status in _MEANT)
    told = read(account.sentence) if may else None
    if told is None or (claim.type == "REJECT" and _STATES[told[0]] in _GOES_ON):
        return None
    return told if claim.status in _MEANT or told[0] == "end" else None


def _voices(claim: Claim, day: dt.date, who: Who) -> list[tuple[str, str]]:
    """Whom a claim is attributed to and who acts in it, with their capacities; nobody where one party says it of another."""
    said = claim.attributed_to
    source = who(Entity(text=said, name=said), day) if said else None
    acting = [standing for entity in claim.actors if (standing := who(entity, day))]
    if source and acting and source not in acting and source[1] != MEDIATOR:
        return []
    return list(dict.fromkeys([*([source] if source else []), *acting]))


def _day(account: Account) -> dt.date | None:
    time = account.claim.time
    return time.start if time and time.start == time.end else account.published


def _order(one: Announcement) -> tuple[dt.date, str, str, str]:
    return one.day, one.by, one.act, one.claim or ""


def _first_said(found: Sequence[Declared], row: Declared) -> int | None:
    """Where a voice's word stands that it only says again: nothing else has been said since."""
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if (one.state, one.until) != (row.state, row.until):
            return None
        if one.by == row.by:
            return at
    return None


def _expired(last: dt.date, voices: dict[str, Announcement]) -> Declared:
    """The day after the last: whoever had said that the truce goes on, said it until then, and is heard no more."""
    for name in [name for name, one in voices.items() if one.state in _GOES_ON]:
        del voices[name]
    return Declared(day=last + DAY, state=State.EXPIRED, voices=tuple(voices.values()))


@cache
def _matcher() -> Matcher:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [
            TriggerRow(where=f"{TABLE.name}:{number}", type=row.pop("act") or None, **row)
            for number, row in enumerate(csv.DictReader(lines), start=2)
        ]
    for row in rows:
        if row.effect == "add" and row.type not in ACTS:
            raise TableError(f"{row.where}: {row.type!r} is no act; one of {', '.join(ACTS)}")
        alone = Matcher([row])
        if not alone.match(split_words(row.example)):
            raise TableError(f"{row.where}: {row.id} does not match its own example")
        if alone.match(split_words(row.counterexample)):
            raise TableError(f"{row.where}: {row.id} matches its counterexample")
    return Matcher(rows)
