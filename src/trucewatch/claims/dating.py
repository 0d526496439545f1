"""Step 3, when: by a mention's words of time, by an event from which they count, by the scene, or by its tense."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from trucewatch.claims import datelines, lengths, periods, time_arguments, when
from trucewatch.claims.chronology import Dated
from trucewatch.claims.draft import Draft, Sourced
from trucewatch.claims.phrase import listed
from trucewatch.claims.time_arguments import (
    TO_BE,
    Words,
    expressions,
    is_aside,
    is_to_be_done,
    is_told_then,
    is_when_judged,
    is_when_pictured,
    loose_before,
    main_words,
    time_words,
    words_below,
    words_meanwhile,
)
from trucewatch.claims.timegrammar import Tense
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Period, Report, Status

ARRANGED_DAYS = 31
"""How far ahead a day may lie that is told of as if it had come, or back one since which something has been."""
MONTHS_AHEAD = 244
"""How far ahead a day hardly lies by which something was to be: farther, it is one that has passed."""
YEAR_AHEAD = 334
"""How far ahead no day lies whose year is not told: "would begin on 18 March", told on 21 March."""
FRESH_DAYS = 7  # days from a scene to the report for which what is said there is no news of the day
ONE_TIME_SENTENCES = 6  # how far the time of a report that has told of no other is carried
SAID_SENTENCES = 2  # how far a time is carried to what is said
_LASTS = ("rule for", "rule in so long", "rule since", "rule since a part", "rule since an event of", "rule since then")
"""Say how long an event has gone on: a day within is that of one of its mentions alone."""
_BY_TENSE = ("rule words of the news", "rule under way")
_BEGUN = (Status.HAPPENED, Status.ONGOING)
_FROM_NOW = (
    "calendar unit",
    "next or previous",
    "so long after",
    "weekday",
    "weekday next or previous",
    "weekend",
    "time of day",
)
"""Name no date: a time to come that they seem to mean is none of what has begun."""
_SEEN_FROM = {"after": "earlier", "before": "later"}
"""How far an event lies from another one, seen from that other one."""
_COUNTED_ON = {"after": "later", "before": "earlier"}
"""How far the event itself lies from the other one."""
_TO_COME = frozenset({"is", "are", "am"})
_CLAUSE_END = re.compile(r"[,.;]")
_HOURS = re.compile(r"\bhours?$", re.IGNORECASE)


@dataclass
class Dating:
    """A report's times, told in the order of its text."""

    report: Report
    headings: Mapping[int, Dated] = field(default_factory=dict)
    """The dates that stand alone over passages, by the number of their own."""
    heading: Dated | None = None
    """The one over what is being read."""
    told: Dated | None = None
    """The time last told."""
    told_in: int = -1
    """The passage that told it."""
    times: set[Period] = field(default_factory=set)
    """All that words have told."""
    before: dict[int, Period | None] = field(default_factory=dict)
    """The time last told before the words that begin there: "*the day before*" counts from it for every mention."""
    left: Tree | None = None
    """The passage read last."""
    beside: Dated | None = None
    """The day that the sentence before tells, where it tells no event."""
    begun: dict[str, Period] = field(default_factory=dict)
    """Days on which something began, by what it is called: "the *truce* took effect on 27 November"."""

    def enter(self, tree: Tree) -> None:
        """Go on to a passage; below a date alone in its line all is told as of that day."""
        untold = self.left if self.left and self.told_in != self.left.passage.index else None
        self.beside = self._seen(untold) if untold else None
        self.left, at = tree, tree.passage.index
        if heading := self.headings.get(at):
            self.heading = self.told = heading
            self.told_in, self.times = at, {heading.period}
            self.report = msgspec.structs.replace(self.report, original_published=heading.period.end)

    def _seen(self, tree: Tree) -> Dated | None:
        """The day on which something was that is no event: "*On Sunday* police found rifles in a barn. They arrested two men"."""
        for start, end in main_words(tree):
            told = self.before.setdefault(start, self.told.period if self.told else None)
            seen = when.resolve(self.report.text[start:end], self.report.written, "past", told)
            if seen and seen.rule not in datelines.NO_SCENE and seen.period.precision == "day":
                return Dated(seen.period, Sourced(start, end, f"rule {seen.rule}"))
        return None

    def date(self, draft: Draft, material: bool) -> None:
        """Give a draft its time and the reason for it, where either words or tense tell; ``material``: it is a deed."""
        words = self._words(draft)
        found = (
            self._counted(draft)
            or self._by_words(draft, words, material)
            or self._counted_on(draft)
            or self._after(draft)
            or (lengths.lasting(self.report, draft) if material else None)
            or self._without_words(draft, material, bool(words))
        )
        if found:
            draft.time, draft.reasons["time"] = found
            if draft.tells("time") and found.period.precision == "day" and draft.mention.status in _BEGUN:
                self.begun[datelines.called(draft.form)] = found.period

    def _words(self, draft: Draft) -> list[Words]:
        """The words that date a draft; not those that say how long it is to last or when it was judged."""
        words = [one for one in time_words(draft) if not (lengths.is_end(draft, *one) or is_when_judged(draft, *one))]
        if draft.mention.status in ("expected", "possible") and is_to_be_done(draft):
            return [one for one in words if not self._is_past(*one)]
        if not words and draft.tree.tense(draft.mention.word) == "past":
            return [*words_meanwhile(draft), *(one for one in words_below(draft) if self._is_past(*one))]
        return words

    def _without_words(self, draft: Draft, material: bool, worded: bool) -> Dated | None:
        """The time by the scene or by tense; of what has words of time ("previously", "two days after the vote") another that cannot be
        told, unless it is under way."""
        by_tense = time_arguments.by_tense(draft, material, self._opens(draft))
        if worded:
            return self._by_tense(draft, by_tense) if by_tense == "under way" else None
        return self._carried(draft, by_tense, material) or self._by_tense(draft, by_tense)

    def _by_words(self, draft: Draft, words: Sequence[Words], material: bool) -> Dated | None:
        """The period that the first words mean that mean one; what is told after it is told of that time."""
        status, written = Status(draft.mention.status), self.report.written
        for start, end in words:
            told_then = is_told_then(draft, start, end)
            seen, beside = self._meant(draft, (start, end), told_then)
            if seen is None:
                continue
            is_era = seen.rule == "era"
            if is_era and written and seen.period.end < written:
                _tell_as_over(draft, start, end)
            why = f"rule {seen.rule}" + (f" beside {beside}" if beside else "")
            period = _so_far(seen.period, status, written, told_then or is_era)
            found = Dated(period, Sourced(start, end, why, not is_when_pictured(draft, start)))
            pictured = seen.period.start == datelines.pictured(draft.tree.text)
            moves = not self._is_bygone(draft) and not self._is_around(found.period)
            if seen.rule not in datelines.NO_SCENE and not pictured and moves:
                self.told, self.told_in = found, draft.index
                self.times.add(found.period)
            return None if told_then and _is_to_be(draft, material) else found
        return None

    def _opens(self, draft: Draft) -> bool:
        """Whether the report opens with it, and with no words of time."""
        return draft.index <= 1 and not self.told and not when.find(self.report.text[: draft.tree.passage.end])

    def _is_bygone(self, draft: Draft) -> bool:
        """Whether it is only what the news of its sentence is counted from: "the first raid on Tuesday since they *met* last week"."""
        tree, word = draft.tree, draft.mention.word
        since = any(tree.form(at) == "since" for at in tree.under(word) if at < word)
        return self.told_in == draft.index and (since or any(tree.mark(at) == "since" for at in tree.path(word)))

    def _is_around(self, period: Period) -> bool:
        """Whether months or years only hold the day last told: "the third raid *this year*", told after that of Monday."""
        told = self.told.period if self.told else None
        wide = period.precision in ("month", "year")
        return wide and told is not None and period.start <= told.start and told.end <= period.end

    def _meant(self, draft: Draft, words: Words, told_then: bool) -> tuple[when.Resolved | None, dt.date | None]:
        """What words of time mean, if they date the draft, and the day that the text gives beside which they mean it."""
        tree, mention, written = draft.tree, draft.mention, self.report.written
        to_come = mention.status == "expected" or _is_arranged(tree, mention.word)
        tense: Tense | None = "past" if told_then else "future" if to_come else tree.tense(mention.word)
        said = self.report.text[slice(*words)]
        told = self.before.setdefault(words[0], self.told.period if self.told else None)
        seen, beside = self._near(tree, said, tense)
        seen = seen or self._day_within(tree, words, told) or when.resolve(said, written, tense, told)
        seen = seen or datelines.since_begun(said, written, self.begun)
        if seen is None or seen.rule in when.COUNTED_ON:
            begin = (self.told.source.end if self.told else None) or 0
            mentioned = datelines.mentioned(self.report, begin, words[0])
            if mentioned and (seen is None or mentioned.precision == "day"):
                seen = when.resolve(said, written, tense, mentioned)
        if seen and _is_gone(seen, written, tree, mention.word):
            seen = when.resolve(said, written, "past", told)
        if seen and seen.rule == "for":
            seen = lengths.lasted(self.report, draft, words, tense)
        elif seen and _days_ahead(seen.period, written) > 0 and mention.status in _BEGUN and not to_come:
            seen = _begun(seen, said, written, told)
        return seen, beside

    def _day_within(self, tree: Tree, words: Words, told: Period | None) -> when.Resolved | None:
        """The day within a period that loose words before it tell: "*last week*, on Tuesday"."""
        loose = loose_before(tree, words[0])
        around = when.resolve(self.report.text[slice(*loose)], self.report.written, "past", told) if loose else None
        return when.resolve(self.report.text[slice(*words)], around.period.end, "past") if around else None

    def _near(self, tree: Tree, said: str, tense: Tense | None) -> tuple[when.Resolved | None, dt.date | None]:
        """What words mean beside a day that the text itself gives: its picture's, or in a report without a date its own."""
        day, last = datelines.pictured(tree.text), None
        if day is None and self.report.written is None:
            day = datelines.opening(self.report.text)
            last = self.told.period.start if self.told and self.told.period.precision == "day" else None
        return datelines.near(said, day, last, tense) or (None, None)

    def _is_past(self, start: int, end: int) -> bool:
        """Whether words can mean the past alone: "two weeks ago", but not "on Monday"."""
        written = self.report.written
        ahead = when.resolve(self.report.text[start:end], written, "future")
        return ahead is not None and written is not None and ahead.period.end < written

    def _counted(self, draft: Draft) -> Dated | None:
        """The time of an event from which another's is counted: "was freed on Wednesday, a day after he *was seized*"."""
        text, found = self.report.text, expressions(draft.tree)
        for start, end in found:
            length, _, order = text[start:end].rpartition(" ")
            if order not in _SEEN_FROM or not lengths.in_clause(draft, end):
                continue
            own = [(first, last) for first, last in found if first >= end and "," not in text[end:first]]
            if self._counted_from(draft, own, end):
                continue  # the clause has a day of its own
            anchor = self._counted_from(draft, [(a, b) for a, b in found if b <= start or "," in text[end:a]], start)
            anchor = anchor or self._going_on(draft)
            seen = when.resolve(f"{length} {_SEEN_FROM[order]}", self.report.written, "past", anchor)
            if not anchor or not seen:
                return None
            hours = _HOURS.search(length)  # "hours after a summit": it was on that day or the day before
            period = periods.some_hours(seen.period, earlier=order == "after") if hours else seen.period
            return Dated(period, Sourced(start, end, f"rule {seen.rule}"))
        return None

    def _counted_on(self, draft: Draft) -> Dated | None:
        """The time of an event that is counted from another's: "*were arrested* two days after the attack on Monday"."""
        text, found = self.report.text, expressions(draft.tree)
        for start, end in found:
            length, _, order = text[start:end].lower().rpartition(" ")
            clause = end + len(_CLAUSE_END.split(text[end : draft.tree.passage.end])[0])
            if order not in _COUNTED_ON or not lengths.is_counted(draft, (start, end), clause):
                continue
            own = [(first, last) for first, last in found if end <= first < clause]
            anchor = self._counted_from(draft, own, start) or datelines.begun_in(text[end:clause], self.begun)
            seen = when.resolve(f"{length} {_COUNTED_ON[order]}", self.report.written, "past", anchor)
            if anchor and seen:
                period = periods.some_hours(anchor, earlier=order == "before") if _HOURS.search(length) else seen.period
                return Dated(period, Sourced(start, end, f"rule {seen.rule}"))
        return None

    def _after(self, draft: Draft) -> Dated | None:
        """All the time since what went before: "have been arrested following the coup *on Friday*"."""
        tree, word, written = draft.tree, draft.mention.word, self.report.written
        if draft.mention.status != Status.HAPPENED or tree.helpers(word).isdisjoint(("has", "have")):
            return None
        behind = [tree.words[max(tree.under(kid))].end for kid in tree.hung(word, "after", "following")]
        for start, end in expressions(tree):
            seen = when.resolve(self.report.text[start:end], written, "past")
            near = seen is not None and written is not None and 0 <= (written - seen.period.end).days <= ARRANGED_DAYS
            its = any(last >= end or self.report.text[last:start] in (" ", " on ", " in ") for last in behind)
            if seen and written and near and its:
                return Dated(periods.span(seen.period.start, written), Sourced(start, end, "rule since"))
        return None

    def _going_on(self, draft: Draft) -> Period | None:
        """The day just told, of which a sentence goes on: "They reached the stadium a day after they *had seized* ..."."""
        if self.told is None or draft.index - self.told_in > 1 or "had" not in draft.tree.helpers(draft.mention.word):
            return None
        return self.told.period if self.told.period.precision == "day" else None

    def _counted_from(self, draft: Draft, others: Sequence[Words], at: int) -> Period | None:
        """The time of the other event, which stands nearest before or else after its clause."""
        tense = draft.tree.tense(draft.mention.word)
        for start, end in sorted(others, key=lambda words: (words[0] > at, abs(words[0] - at))):
            anchor = when.resolve(self.report.text[start:end], self.report.written, tense)
            if anchor and anchor.period.precision != "span":
                return anchor.period
        return None

    def _carried(self, draft: Draft, by_tense: when.ByTense | None, material: bool) -> Dated | None:
        """The time last told, if the draft is of what happened there."""
        told, told_in = (self.beside, draft.index - 1) if self.beside else (self.told, self.told_in)
        if told is None:
            return None
        # a report that knows one time alone stays there longer, but what is said in it is news
        longer = len(self.times) == 1 and by_tense is None
        reach = ONE_TIME_SENTENCES if longer else when.CARRIED_SENTENCES if material else SAID_SENTENCES
        if draft.index - told_in > reach:
            if self.heading is None:
                return None
            told = self.heading
        period, source = told
        written = self.report.written
        stale = by_tense == "words of the news" and written and (written - period.end).days > FRESH_DAYS
        if stale or is_aside(draft, source.start, source.end) or is_when_judged(draft, source.start, source.end):
            return None
        tense: Tense | None = "past" if draft.tree.simple_past(draft.mention.word) else None
        carried = when.default_period(Status(draft.mention.status), tense, written, period)
        own = told is self.heading
        why = source.because if own else f"rule carried from sentence {told_in + 1}"
        return Dated(carried.period, Sourced(source.start, source.end, why, own)) if carried else None

    def _by_tense(self, draft: Draft, rule: when.ByTense | None) -> Dated | None:
        """The day of the report, or that and the one before, by the rule that tense tells."""
        told = when.by_tense(rule, self.report.written) if rule and self.report.written else None
        return Dated(told, Sourced(*draft.trigger, f"rule {rule}", own=False)) if told else None


def best_dated(drafts: Sequence[Draft]) -> Draft | None:
    """The mention that dates the event: the first that words date, or finer words within those, else tense, else the scene."""
    dated = [(draft, draft.time) for draft in drafts if draft.time]
    if not dated:
        return None
    first, period = min(dated, key=lambda pair: _indirection(pair[0]))
    if not _indirection(first) and (first.mention.status == "ongoing" or first.reasons["time"].because in _LASTS):
        return first  # what began one day has gone on since
    worded = [(draft, time) for draft, time in dated if not _indirection(draft)]
    finer = [(draft, time) for draft, time in worded if period.start <= time.start and time.end <= period.end]
    return min(finer, key=lambda pair: pair[1].end - pair[1].start, default=(first, period))[0]


def _indirection(draft: Draft) -> int:
    """0 for a time by words, 1 by tense, 2 by the scene."""
    by_tense = draft.reasons["time"].because in _BY_TENSE
    return 0 if draft.tells("time") else 1 if by_tense else 2


def _is_to_be(draft: Draft, material: bool) -> bool:
    """Whether it was still to be when it was told."""
    tree, word, status = draft.tree, draft.mention.word, draft.mention.status
    ahead = _is_arranged(tree, word) or not TO_BE.isdisjoint(tree.helpers(word))
    return status in ("expected", "possible") and (ahead or (material and status == "expected"))


def _is_gone(seen: when.Resolved, written: dt.date | None, tree: Tree, word: int) -> bool:
    """Whether a day that seems to lie far ahead has passed, as one without a year, or one by which something was to be."""
    ahead = (seen.period.end - written).days if written else 0
    return (seen.rule == "date" and ahead > YEAR_AHEAD) or (ahead > MONTHS_AHEAD and _was_to_be(tree, word))


def _was_to_be(tree: Tree, word: int) -> bool:
    """ "was to *leave* by 7 January", "*disarmament* was supposed to begin on 15 May": that day may have passed."""
    verb = tree.words[word].head if tree.words[word].deprel.startswith("nsubj") else word
    to = tree.child(verb, "mark") or verb
    planned = tree.mark(verb) == "to" or tree.form(verb) in listed("tense", "supposed")
    # "was due" may hang beside "to begin"
    return planned and bool((tree.helpers(verb) | tree.helpers(to - 1)) & {"was", "were"})


def _is_arranged(tree: Tree, word: int) -> bool:
    """ "is testifying on Thursday", "is to vote on *sanctions*": such a present has no day of its own but one to come."""
    over = tree.words[word].head
    verb = over if over >= 0 and tree.words[word].upos != "VERB" else word
    going_on = verb == word and tree.form(verb).endswith("ing")
    return (going_on or tree.mark(verb) == "to") and not _TO_COME.isdisjoint(tree.helpers(verb))


def _begun(seen: when.Resolved, said: str, written: dt.date | None, told: Period | None) -> when.Resolved | None:
    """The past reading of words that seem to mean the future, for what has begun; a near date of something arranged stays."""
    if seen.rule not in _FROM_NOW and _days_ahead(seen.period, written) <= ARRANGED_DAYS:
        return seen
    past = when.resolve(said, written, "past", told, over=True)
    return past if past and (seen.rule not in _FROM_NOW or _days_ahead(past.period, written) <= 0) else None


def _days_ahead(period: Period, written: dt.date | None) -> int:
    """How far after the report a period begins."""
    return (period.start - written).days if written else 0


def _tell_as_over(draft: Draft, start: int, end: int) -> None:
    """A war that has ended does not go on, whatever is said of it: "the lessons of *the Gulf War*"."""
    if draft.mention.status == Status.ONGOING:
        draft.mention = msgspec.structs.replace(draft.mention, status=Status.HAPPENED.value)
        draft.reasons["status"] = Sourced(start, end, "rule over")


def _so_far(period: Period, status: Status, written: dt.date | None, over: bool) -> Period:
    """A period cut at the day of writing for what has happened or goes on, or lasting until it for what goes on without an end."""
    if written is None or period.start > written:
        return period
    if period.end > written and status in (Status.HAPPENED, Status.ONGOING):
        return msgspec.structs.replace(period, end=written)
    if period.end < written and status == Status.ONGOING and not over:
        return periods.span(period.start, written)
    return period
