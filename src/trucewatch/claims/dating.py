"""Which words of time date a mention, and what dates one that has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from trucewatch.claims import when
from trucewatch.claims.draft import Draft, Sourced
from trucewatch.nouns import Period, Report, Status

_BY_TENSE = ("rule words of the news", "rule under way")
_NO_NEWS = frozenset("has have had will 'll ’ll would may might could can should must".split())
"""With these, what is said is no news of the day: "had accused", "could accuse"."""


@dataclass
class Dating:
    """A report's times, told in the order of its text."""

    report: Report
    told: tuple[int, Period, Sourced] | None = None
    """The passage, the period and the words of the time last told."""

    def date(self, draft: Draft, material: bool) -> None:
        """Give a draft its time and the reason for it, where either words or tense tell; ``material``: it is a deed."""
        tree, word = draft.tree, draft.mention.word
        written, told = self.report.written, self.told
        tense = "future" if draft.mention.status == "expected" else tree.tense(word)
        for start, end in _time_words(draft):
            words = self.report.text[start:end]
            resolved = when.resolve(words, written, tense, told[1] if told else None)
            if resolved:
                draft.time = _so_far(resolved.period, Status(draft.mention.status), written)
                draft.reasons["time"] = Sourced(start, end, f"rule {resolved.rule}")
                self.told = (draft.index, draft.time, draft.reasons["time"])
                return
        if any(role.kind == "time" for role in draft.mention.roles):
            return
        if told and draft.index - told[0] <= when.CARRIED_SENTENCES and self._carry(draft, told):
            return
        by_tense = _by_tense(draft, material)
        if by_tense and written:
            draft.time = when.by_tense(by_tense, written)
            draft.reasons["time"] = Sourced(*draft.trigger, f"rule {by_tense}")

    def _carry(self, draft: Draft, told: tuple[int, Period, Sourced]) -> bool:
        """Give a draft the time last told, if it is what happened there; whether it was."""
        tense: when.Tense | None = "past" if draft.tree.simple_past(draft.mention.word) else None
        carried = when.default_period(Status(draft.mention.status), tense, self.report.written, told[1])
        if carried is None:
            return False
        draft.time = carried.period
        why = f"rule {carried.rule} from sentence {told[0] + 1}"
        draft.reasons["time"] = Sourced(told[2].start, told[2].end, why)
        return True


def best_dated(drafts: Sequence[Draft]) -> Draft | None:
    """The mention whose time counts for the event: the first that words date; else the first that tense dates, or the
    scene. Finer words that lie within go before: "last Friday" before "last week"."""
    dated = [(draft, draft.time) for draft in drafts if draft.time]
    if not dated:
        return None
    first, period = min(dated, key=lambda pair: _indirection(pair[0]))
    worded = [(draft, time) for draft, time in dated if not _indirection(draft)]
    finer = [(draft, time) for draft, time in worded if period.start <= time.start and time.end <= period.end]
    return min(finer, key=lambda pair: pair[1].end - pair[1].start, default=(first, period))[0]


def _indirection(draft: Draft) -> int:
    """0 for a time by words, 1 by tense, 2 by the scene."""
    because = draft.reasons["time"].because
    return 2 if because.startswith("rule carried") else int(because in _BY_TENSE)


def _time_words(draft: Draft) -> Iterator[tuple[int, int]]:
    """Character spans of the words that may date a mention: at the model's arcs, the surest first; without an arc, the
    expressions that hang on the trigger or on the verb above it."""
    tree, word = draft.tree, draft.mention.word
    base = tree.passage.start
    found = [(base + e.start, base + e.end) for e in when.find(tree.text)]
    arcs = sorted((role for role in draft.mention.roles if role.kind == "time"), key=lambda role: -role.score)
    for arc in arcs:
        at = tree.words[arc.word]
        covering = [span for span in found if span[0] < at.end and span[1] > at.start]
        yield covering[0] if covering else tree.span(*tree.phrase(arc.word))
    governors = {word, tree.words[word].head}
    for start, end in found if not arcs else ():
        inside = [i for i, w in enumerate(tree.words) if w.start < end and w.end > start]
        if any(tree.words[i].head in governors and i not in governors for i in inside):
            yield start, end


def _by_tense(draft: Draft, material: bool) -> Literal["words of the news", "under way"] | None:
    """What dates a mention without words of time: that it is words that the report is there to tell, said neither once
    ("had accused") nor perhaps; or that its verb says that it goes on."""
    tree, word, status = draft.tree, draft.mention.word, draft.mention.status
    told = tree.is_told(word) and not tree.helpers(word) & _NO_NEWS
    if told and not material and status in (Status.HAPPENED, Status.ONGOING):
        return "words of the news"
    if status == Status.ONGOING and (told or draft.reasons["status"].because.startswith("rule")):
        return "under way"
    return None


def _so_far(period: Period, status: Status, written: dt.date | None) -> Period:
    """What has happened "this week" has happened by the day of writing."""
    begun = written is not None and period.start <= written < period.end
    if begun and written is not None and status in (Status.HAPPENED, Status.ONGOING):
        return msgspec.structs.replace(period, end=written)
    return period
