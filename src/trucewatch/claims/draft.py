"""Of all steps: a claim in the making, which is one mention of an event with its values, before mentions are merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from trucewatch.claims.known import BY_TITLE, IN_FULL
from trucewatch.claims.tree import CERTAIN, HYPHENS, Tree
from trucewatch.nouns import Count, Entity, Evidence, Mention, Period, Place

BY_PLACE = "rule country of the place"
"""Why a party is of a country that its words do not tell, once it is known where the event was."""

TOTAL = "rule toll so far"
"""Why so many were killed, where a toll rose to it: what is told beside it is less."""
LEAST = "rule toll at least"
"""Why so many were killed, where there may be more: "*at least* 20", "dozens"."""


@dataclass(frozen=True)
class Party:
    """An actor or recipient with the words and reasons behind it."""

    entity: Entity
    start: int
    end: int
    because: tuple[tuple[str, str], ...]
    is_thing: bool = False
    """Whether it is civilian property without a name ("a restaurant"), which takes part only where nobody else is told of."""
    score: float = 1.0
    """How sure the model is that it takes part; 1 where a rule says so."""

    def reasons_with(self, field_: str, why: str) -> tuple[tuple[str, str], ...]:
        """A reason for a field, in place of what it rested on, and those for the others."""
        return ((field_, why), *(pair for pair in self.because if pair[0] != field_))

    @property
    def is_sure(self) -> bool:
        """Whether the model is sure that it takes part, or a rule says so."""
        return self.score >= CERTAIN

    @property
    def is_of_guessed_country(self) -> bool:
        """Whether nothing but where the report plays, or the event, says of what country it is: "*aircraft* struck"."""
        return any(field_ == "country" and (why.startswith("scene") or why == BY_PLACE) for field_, why in self.because)

    @property
    def is_person(self) -> bool:
        """Whether it is somebody known by name: an office-holder of the tables, or one whom the report names with a title."""
        return any(
            field_ == "name" and (why.startswith("leaders.csv:") or why in (BY_TITLE, IN_FULL))
            for field_, why in self.because
        )

    @property
    def is_named(self) -> bool:
        """Whether a name says who it is, if only whose people: "Israeli civilians"."""
        return self.entity.actor is not None or self.entity.name[:1].isupper()


@dataclass(frozen=True)
class Sourced:
    """The words and the reason behind a draft's place, time, source or toll."""

    start: int | None
    end: int | None
    because: str
    own: bool = True
    """Whether the mention's own words say so; False of what is carried from elsewhere, or taken from tense."""


@dataclass
class Draft:
    """One mention, resolved; `reasons` maps a field to what it rests on."""

    tree: Tree
    mention: Mention
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    unlikely: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    """Who may be on a side, ``actor`` or ``recipient``, where no mention of the event tells of anybody."""
    place: Place | None = None
    time: Period | None = None
    attributed_to: str | None = None
    killed: Count | None = None
    injured: Count | None = None
    reasons: dict[str, Sourced] = field(default_factory=dict)

    @property
    def index(self) -> int:
        """The passage's number in the report."""
        return self.tree.passage.index

    def tells(self, field_: str) -> bool:
        """Whether its own words give the value of a field."""
        return field_ in self.reasons and self.reasons[field_].own

    def toll(self, kind: Literal["killed", "injured"]) -> tuple[Count, str] | None:
        """How many were killed or injured, and why."""
        count = self.killed if kind == "killed" else self.injured
        return (count, self.reasons[kind].because) if count else None

    def attribute(self, to: str, span: tuple[int, int], because: str) -> None:
        """Give it its source, named in the characters of a span."""
        self.attributed_to, self.reasons["attributed_to"] = to, Sourced(*span, because)

    @property
    def parties(self) -> tuple[Party, ...]:
        """All who take part, on either side."""
        return self.actors + self.recipients

    @property
    def is_to_come(self) -> bool:
        """Whether its words say that what goes on will go on: it is told of once more, and ahead."""
        return "status" in self.reasons and self.reasons["status"].because == "rule to come"

    @property
    def form(self) -> str:
        """Its trigger word in lower case."""
        return self.tree.form(self.mention.word)

    @property
    def is_noun(self) -> bool:
        """Whether its trigger is a noun."""
        return self.tree.words[self.mention.word].upos in ("NOUN", "PROPN")

    @property
    def number(self) -> str:
        """How many of them its noun tells of, as it is written: "17 strikes", "a strike" (one); nothing where it tells none."""
        if not self.is_noun:
            return ""
        kids = [self.tree.words[kid] for kid in self.tree.kids[self.mention.word]]
        counts = [kid.text.lower() for kid in kids if kid.deprel == "nummod"]
        return counts[0] if counts else "one" if any(kid.text.lower() in ("a", "an") for kid in kids) else ""

    @property
    def trigger(self) -> tuple[int, int]:
        """Character offsets of the trigger: its head word with particle or compound."""
        words, at = self.tree.words, self.mention.word
        first = last = at
        while first > 0 and words[first - 1].head == at and words[first - 1].deprel == "compound":
            first -= 1
        if 1 < first < at and words[first - 1].text in HYPHENS:
            first -= 2  # the "car-bomb attack" whole
        if last + 1 < len(words) and words[last + 1].head == at and words[last + 1].deprel == "compound:prt":
            last += 1
        return words[first].start, words[last].end


def party_evidence(kind: str, parties: tuple[Party, ...]) -> list[Evidence]:
    """``actors[0]``, ``actors[0].country`` ... with the words and reasons of each."""
    return [
        Evidence(field=f"{kind}[{i}].{field_}" if field_ else f"{kind}[{i}]", because=why, start=p.start, end=p.end)
        for i, p in enumerate(parties)
        for field_, why in p.because
    ]
