"""Steps 3 and 4, how many: which event a toll is of: that which those who are counted suffer, the nearest, the attack last told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trucewatch.claims.draft import LEAST, TOTAL, Draft, Sourced
from trucewatch.claims.event_pairs import TOWNS, outdoes
from trucewatch.claims.geometry import one_place
from trucewatch.claims.joined_events import suffers_answer
from trucewatch.claims.phrase import listed
from trucewatch.claims.placing import Placing
from trucewatch.claims.tolls import Kind, Toll, tolls
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Count, Mention, Place, Status

REAL = frozenset({Status.HAPPENED, Status.ONGOING, Status.POSSIBLE})
"""Of what is only planned or denied nobody has died."""
_FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST"})
"""A sentence that tells of these tells of what is no other attack's; bodies, though, are recovered with arms."""
TOLL_AFTER = 2  # sentences after an attack in which a toll without an attack of its own is its toll
_FAR = 4  # steps in the tree from which two words have no more to do with each other than any two
_WHOLE = "rule toll"
_LAST = frozenset({"besides", "so far"})
"""What is told beside a toll, and not instead of it."""
_SURELY = 0.8, 0.9  # scores from which somebody surely suffers a deed, and no other more surely
_EARLIER = frozenset("after before over since".split())


def is_deadly(mention: Mention) -> bool:
    """Whether people die of it: of violence and of riots; whoever was killed at a protest was killed by some violence."""
    return mention.type == "ASSAULT" or mention.mode == "riot"


def tolls_of(tree: Tree, mention: Mention, all_: Sequence[Mention], counted: Iterable[Toll]) -> list[Toll]:
    """The tolls of a mention: those that tell it, or whose victims it has more surely than others of the violent ones of its
    passage, or to which it is the nearest in the tree; the first in this order."""
    violent = [m for m in all_ if is_deadly(m)]
    if mention not in violent:
        return []

    def gap(other: Mention, toll: Toll) -> tuple[int, int, int]:
        """How far a toll is from a mention: how surely its victims suffer it, steps in the tree, characters; the least is the
        nearest."""
        at = tree.passage.start + toll.at
        steps = min(_FAR, tree.steps(tree.word_at(at), other.word))
        surely = 2 if steps == 0 else _suffered(tree, toll, other)
        return -surely, steps, abs(tree.words[other.word].start - at)

    near = [toll for toll in counted if min(violent, key=lambda m: gap(m, toll)) is mention]
    its = [toll for toll in near if not _is_earlier(tree, toll, violent)]
    return sorted(its, key=lambda toll: (toll.how in _LAST, gap(mention, toll)))


def _suffered(tree: Tree, toll: Toll, mention: Mention) -> int:
    """How surely those who are counted suffer it, 0 where that is not sure: "a day after an *attack* there killed *three*"."""
    start = tree.passage.start
    counted = {*tree.within(start + toll.start, start + toll.end)}
    its = [role for role in mention.roles if role.kind == "recipient" and role.word in counted]
    scores = [role.score for role in its if not suffers_answer(tree, role, mention.word)]
    return sum(max(scores, default=0.0) >= level for level in _SURELY)


def _is_earlier(tree: Tree, toll: Toll, violent: Sequence[Mention]) -> bool:
    """Whether a noun tells of a death that came before, in no violence that is told: "shots were fired *after the death* of a boy"."""
    word = tree.word_at(tree.passage.start + toll.at)
    under = tree.under(word)
    return tree.case(word) in _EARLIER and not any(mention.word in under for mention in violent)


def give(draft: Draft, toll: Toll, tree: Tree, own: bool = True) -> None:
    """A draft its toll, with the words of a passage that tell it; the first of a kind stays, unless more died or it is outdone."""
    before, start = draft.toll(toll.kind), tree.passage.start
    count = Count(low=toll.low, high=toll.high)
    why = {"so far": TOTAL, "at least": LEAST}.get(toll.how, _WHOLE)
    source = Sourced(start + toll.start, start + toll.end, why, own)
    here = before is not None and start <= (draft.reasons[toll.kind].start or 0)
    if before and here and toll.how == "besides":
        count = Count(low=before[0].low + count.low, high=before[0].high + count.high)
        source = replace(source, start=draft.reasons[toll.kind].start)
    elif before and ((here and why == TOTAL) or not outdoes((count, why), before)):
        return
    if toll.kind == "killed":
        draft.killed = count
    else:
        draft.injured = count
    draft.reasons[toll.kind] = source


def of_event(cluster: Sequence[Draft], kind: Kind) -> Draft | None:
    """The mention of an event that gives its toll: the first that tells one which no other outdoes, and rather of several dead than
    of one alone: "a strike killed *the commander*. The strike killed *five*"."""
    best: Draft | None = None
    for draft in cluster:
        told, before = draft.toll(kind), best.toll(kind) if best else None
        of_one = before is not None and before[0].high == 1 and kind == "killed"
        if told and (before is None or outdoes(told, before) or (of_one and told[0].low > 1)):
            best = draft
    return best


def carry(drafts: Sequence[Draft], trees: Sequence[Tree], placing: Placing) -> None:
    """The toll of a sentence without violence ("No casualties were reported") is that of the attack last told, but for one in
    another town."""
    told = {draft.index for draft in drafts if draft.mention.type in _FORCE and draft.mention.mode != "seize"}
    attacks = [draft for draft in drafts if draft.mention.type == "ASSAULT"]
    for tree in trees:
        at = tree.passage.index
        counted = tolls(tree.text) if at not in told else []
        near = [draft for draft in attacks if 0 < at - draft.index <= TOLL_AFTER] if counted else []
        near.sort(key=_may_have_killed)
        if near and near[-1].mention.status in REAL and not _is_elsewhere(near[-1].place, placing.named(tree)):
            for toll in counted:
                give(near[-1], toll, tree, own=False)


def _is_elsewhere(place: Place | None, named: Sequence[Place]) -> bool:
    """Whether a sentence names towns, and all far from where an attack was."""
    towns = [one for one in named if one.precision in TOWNS]
    return bool(towns) and all(one_place(place, town) is False for town in towns)


def _may_have_killed(draft: Draft) -> tuple[bool, bool, int, int]:
    """The later the likelier, but for what was destroyed, and violations that were only counted."""
    counted = draft.form in listed("again", "counted")
    return draft.mention.mode != "destroy", not counted, draft.index, draft.mention.word
