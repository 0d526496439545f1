"""Step 3, when: how long something went on, counted from the day on which it began or back from its end, and what counts from what."""

from __future__ import annotations

import re

from trucewatch.claims import periods, when
from trucewatch.claims.chronology import Dated
from trucewatch.claims.draft import Draft, Sourced
from trucewatch.claims.phrase import listed
from trucewatch.claims.time_arguments import Words, expressions, heads
from trucewatch.claims.timegrammar import Tense
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Period, Report, Status

AHEAD = frozenset({"AGREE", "CONCEDE", "REQUEST", "THREATEN"})
"""A length of time beside these is of what is agreed on: "a truce for two months"."""
_BEFORE_NOUN = re.compile(r"\b(?P<number>\w+)-(?P<unit>week|month|year|decade)(?:-(?:old|long))?,? (?:[\w-]+ ){0,2}$")
_UNTIL, _TO = re.compile(r"(?:until|till?)\b", re.IGNORECASE), re.compile(r"\bto (?:the )?$")
_PROLONGED = listed("truce", "prolonged")


def is_end(draft: Draft, start: int, end: int) -> bool:
    """Whether words say how long what is agreed on is to last: "extended the truce *until 3 August*", or *to the end of May*."""
    tree, base = draft.tree, draft.tree.passage.start
    if _TO.search(tree.text[: start - base]) and any(tree.form(head) in _PROLONGED for head in heads(tree, start, end)):
        return True
    return draft.mention.type in AHEAD and _UNTIL.match(tree.text, start - base, end - base) is not None


def lasted(report: Report, draft: Draft, words: Words, tense: Tense | None) -> when.Resolved | None:
    """For how long it has gone on, or will; nothing for what is agreed or feared: "a truce for two months", "could last"."""
    if draft.mention.type in AHEAD or (draft.mention.status == "possible" and tense != "past"):
        return None
    return _counted(report, draft, words, report.text[slice(*words)], tense)


def lasting(report: Report, draft: Draft) -> Dated | None:
    """How long a deed has gone on, told before its noun: "a four-month battle", "the seven-year-old war"."""
    if draft.mention.status not in (Status.HAPPENED, Status.ONGOING) or not draft.is_noun:
        return None  # "the 40-year-old commander was *shot*"
    base = draft.tree.passage.start
    told = _BEFORE_NOUN.search(draft.tree.text[: draft.tree.words[draft.mention.word].start - base])
    if told is None:
        return None
    start, end = base + told.start(), base + told.end("unit")
    seen = _counted(report, draft, (start, end), f"for {told['number']} {told['unit']}", None)
    return Dated(seen.period, Sourced(start, end, f"rule {seen.rule}")) if seen else None


def _counted(report: Report, draft: Draft, at: Words, length: str, tense: Tense | None) -> when.Resolved | None:
    """A length of time, to the end of what bounds it. Of a longer time no more is known than that it was in it: "four days of
    clashes *in 2016*"."""
    bound = _bound(report, draft, at)
    if bound is None:
        return when.resolve(length, report.written, tense)
    day, is_first = bound
    seen = when.resolve(length, day.end, tense)
    if seen is None:
        return None
    if is_first:
        period = periods.span(day.start, day.start + (seen.period.end - seen.period.start))
        return when.Resolved(period=period, rule=seen.rule)
    within = day.precision in ("month", "year") and seen.period.start > day.start
    return when.Resolved(period=day, rule=seen.rule) if within else seen


def _bound(report: Report, draft: Draft, at: Words) -> tuple[Period, bool] | None:
    """The time to which a length is counted back ("was ousted *in April* after months of protests"), or from which it is counted
    on ("two days of attacks that began *on Monday*"); none for what goes on until the report."""
    tree, written = draft.tree, report.written
    if draft.mention.status != "happened" or written is None:
        return None
    counted = {*tree.within(*at)}
    above = {*tree.path(draft.mention.word), *counted}
    for first, last in expressions(tree):
        hang_on = heads(tree, first, last).difference(tree.within(first, last))
        clause = next((verb for verb in hang_on if _is_of(tree, verb, at)), None)
        if (hang_on & above or clause is not None) and (last <= at[0] or first >= at[1]):
            told = when.resolve(report.text[first:last], written, "past")
            if told and told.period.end < written:
                return told.period, clause is not None and tree.form(clause) in listed("tense", "begin")
    return None


def _is_of(tree: Tree, verb: int, length: Words) -> bool:
    """Whether a clause says of a length of time when it began or ended, or of what lasted so long: "two days of attacks that *began* on
    Monday"."""
    noun, counted = tree.words[verb].head, {*tree.within(*length)}
    if tree.words[verb].deprel not in ("acl", "acl:relcl"):
        return False
    of_what = heads(tree, *length) - counted  # "two days of *attacks*", by some parses
    return noun in of_what or not counted.isdisjoint(tree.path(noun))


def is_counted(draft: Draft, words: Words, until: int) -> bool:
    """Whether words that count from an event count to this one: they hang on it, or head the sentence of which it is the main verb."""
    tree, word = draft.tree, draft.mention.word
    trigger = tree.words[word].start
    if tree.within(*words)[0] <= 1:  # "Just days before ..."
        return tree.is_told(word) and "," in tree.text[until - words[0] : max(0, trigger - words[0])]
    above = {word, tree.words[word].head} if tree.words[word].deprel.startswith("nsubj") else {word}
    over = heads(tree, *words)
    over |= {tree.words[at].head for at in over if at >= 0 and tree.words[at].deprel == "advcl"}
    return trigger < words[0] and bool(over & above)


def in_clause(draft: Draft, begin: int) -> bool:
    """Whether a mention stands in the clause that begins there, after "after" or "before"."""
    tree, word = draft.tree, draft.mention.word
    trigger = tree.words[word]
    # "Two days after the attack police arrested ...": without a comma only the tree tells where the clause ends
    return trigger.start >= begin and trigger.head >= 0 and "," not in tree.said(begin, trigger.start)
