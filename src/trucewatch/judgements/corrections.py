"""Judged claims as rows to train on: ten fields a line, beside the sentences that they are of.

A sentence is given where all there is in it was judged: every claim that it tells of has its trigger in it and
a verdict. A sentence whose claims were all rejected is given too, without a line: it teaches that nothing is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.language.words import sentences
from trucewatch.nouns import Claim, Count, Entity, Noun, Report, Span, Status

_LETTERS = {Status.HAPPENED: "H", Status.ONGOING: "O", Status.EXPECTED: "E", Status.POSSIBLE: "P", Status.DENIED: "D"}


class Rows(Noun):
    """The sentences and coded lines of one report."""

    sentences: tuple[str, ...]
    """``## ID``, then ``ID.N``, a tab and the sentence for each; empty where nothing is wholly judged."""
    lines: tuple[str, ...]
    """``ID.N``, trigger, ``TYPE/mode``, status, actors, recipients, place, time, says, num; tabs between."""


def rows(report: Report, claims: Sequence[Claim], verdicts: Mapping[str, Claim | None]) -> Rows:
    """The rows of a report's current claims; ``verdicts`` gives the judged ones by id, None for a rejected one."""
    texts, lines = [], []
    for number, (start, end) in enumerate(sentences(report.text)):
        sentence = Span(start=start, end=end)
        here = [claim for claim in claims if any(_meet(mention, sentence) for mention in claim.mentions)]
        if not here or not all(claim.id in verdicts and _within(claim.trigger, sentence) for claim in here):
            continue
        name = f"{report.id}.{number}"
        texts.append(f"{name}\t{_flat(report.text[start:end])}")
        kept = (verdicts[claim.id] for claim in here)
        lines += [_Line(report, sentence).of(claim, name) for claim in kept if claim is not None]
    return Rows(sentences=(f"## {report.id}", *texts) if texts else (), lines=tuple(lines))


class _Line:
    """Lines of the claims of one sentence."""

    def __init__(self, report: Report, sentence: Span) -> None:
        self._text = report.text
        self._sentence = sentence
        self._words = _flat(report.text[sentence.start : sentence.end])

    def of(self, claim: Claim, name: str) -> str:
        """The ten fields. A value whose words stand in another sentence, or in none, is left out."""
        fields = (
            name,
            _flat(self._text[claim.trigger.start : claim.trigger.end]),
            f"{claim.type}/{claim.mode}" if claim.mode else claim.type,
            _LETTERS[claim.status],
            self._parties(claim, "actors"),
            self._parties(claim, "recipients"),
            self._quoted(claim, "place", claim.place.text if claim.place else None),
            self._quoted(claim, "time", "" if claim.time else None),
            self._quoted(claim, "attributed_to", claim.attributed_to),
            _toll(claim),
        )
        return "\t".join(field or "-" for field in fields)

    def _parties(self, claim: Claim, field: str) -> str:
        parties: Sequence[Entity] = getattr(claim, field)
        quoted = (self._quoted(claim, f"{field}[{i}]", party.text) for i, party in enumerate(parties))
        return " ; ".join(dict.fromkeys(words for words in quoted if words))

    def _quoted(self, claim: Claim, field: str, said: str | None) -> str:
        """The words of a value: as said, else those that its evidence points at."""
        if said is None:
            return ""
        behind = [
            _flat(self._text[line.start : line.end])
            for line in claim.evidence
            if line.field == field and line.start is not None and line.end is not None
        ]
        return next((words for words in (_flat(said), *behind) if words and words in self._words), "")


def _toll(claim: Claim) -> str:
    def told(letter: str, count: Count | None) -> str:
        return f"{letter}={count.low}-{count.high}" if count else ""

    return ",".join(filter(None, (told("k", claim.killed), told("i", claim.injured))))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _flat(text: str) -> str:
    return " ".join(text.split())
