"""Step 3, when: which words of time in a passage date a mention; without any, whether it is news or goes on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from trucewatch.claims import datelines, when
from trucewatch.claims.draft import Draft
from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree, words_of
from trucewatch.codebook.rows import HARMS
from trucewatch.nouns import Status

_COUNTS = re.compile(r"(?:since|until|by|before|after)\s+", re.IGNORECASE)
_LENGTH_OF = re.compile(r"(?P<after>(?:after|following) )?.*\bof", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:first|only|worst|most(?! of\b)|(?:dead|bloodi|fierc|heavi|high|low|larg|bigg|strong|great|long|seri)[a-z]*est)\b"
    r"(?! (?:possible )?terms)",
    re.IGNORECASE,
)
_BLOODIEST = re.compile(r"\b(?:worst|(?:dead|bloodi|fierc|heavi)[a-z]*est)\b", re.IGNORECASE)
_BREAK = re.compile(r"[.,;:]")
_IN_SIGHT = 200  # characters in which a superlative stands before what it is measured by
_SO_FAR_BACK = ("in so long", "vague")
"""Of "in a decade" and "in years"."""
_DURING = ("in", "during", "throughout")
_WHEN = re.compile(r",? when\b")
_MEANWHILE = frozenset({"when", "as", "while"})
_NAMELY = re.compile(r", ?(?:on |in )?")
_STAMP = re.compile(
    r"\W?\d{1,2}(?::\d\d|[.:]\d\d ?(?:[ap]\.?m\b\.?|[AP]M\b))(?: ?(?:[ap]\.?m\.?|[AP]M|GMT|UTC))?\W{1,3}(?=[A-Z])"
)
"""The hour at which an entry of a running report was written: "10:20 Shelling has resumed"."""
_LOOSE = ("so long after", "vague", "ago", "recent", "calendar unit", "next or previous")
"""Rules of words that a day may follow which says the same more closely: "eight weeks later, on 26 September"."""
_CLOSE = ("date", "days of a month", "weekday", "time of")

Words = tuple[int, int]
"""Where words of time stand in the report."""
SURE = 0.6  # score from which what is told as ongoing goes on; that of a rule is higher
TO_BE = frozenset("will 'll ’ll would may might could can should must".split())
"""Of what is still to be: the day on which that was said is not its own."""
_NO_NEWS = TO_BE | {"had"}
"""With these, what is said is no news of the day: "had accused", "could accuse"."""
_PLACED = ("nmod", "obl")
_JUDGES = frozenset({"ACCUSE", "SANCTION", "COERCE", "CONCEDE", "PROTEST"})
"""Types of what answers a deed: that somebody is charged, tried, arrested, or pardoned for it, or that it is condemned."""
_FOR_WHAT = frozenset("after following of for over with against about into".split())
_ASIDE = frozenset({"acl", "acl:relcl", "amod"})
_OBJECTS = frozenset({"obj", "obl", "ccomp", "nsubj:pass"})
_TILL_NOW = frozenset("has have 've ’ve is are do does".split())
"""With these, what is denied has not come about, or does not, as the report is written."""
_FOR_LATER = frozenset({"AGREE", "CONCEDE", "REQUEST"})
"""Types of what is said of something that is to be done ..."""
_FROM_THEN = frozenset({"from", "by", "until", "till"})
"""... from a day on or by a day."""
_OFTEN = listed("tense", "often")
_UTTER = listed("tense", "utter")


def expressions(tree: Tree) -> list[Words]:
    """All words of time of a passage, but for the hour at which it was written, and for how long something was: "a *two-hour* talk"."""
    base, stamp = tree.passage.start, _STAMP.match(tree.text)
    after = stamp.end() if stamp else 0
    found = (one for one in when.find(tree.text) if one.start >= after and one.rule != "duration")
    return [(base + one.start, base + one.end) for one in found]


def time_words(draft: Draft) -> Iterator[Words]:
    """The words that may date a mention: at the model's arcs, else those that hang on the trigger or on the verb above it."""
    tree, found = draft.tree, expressions(draft.tree)
    arcs = sorted((role for role in draft.mention.roles if role.kind == "time"), key=lambda role: -role.score)
    its = [words for arc in arcs for words in _at_arc(draft, arc.word, found)]
    # "the truce that Qatar mediated *in November* expired on Friday"
    if not its or all(_is_of_another_clause(draft, arc.word) for arc in arcs):
        its = [*_hanging(draft, found), *its]
    # "was seized on 3 March and freed *a day later*"
    own = [words for words in found if _is_later(tree, words) and draft.mention.word in heads(tree, *words)]
    its = [words for words in dict.fromkeys([*own, *its]) if not _is_for_then(draft, words)]
    yield from its
    often = [one for one in its if _rule(tree, one[0]) == "recurring"]
    yield from (words for one in often for words in found if words not in its and _is_within(tree, words, one))


def _is_for_then(draft: Draft, words: Words) -> bool:
    """Whether words of time tell from or by when that is to be which is asked for, agreed or announced, and not when this was said:
    "declared a truce *from Friday*", "called for a truce *beginning on Friday*"."""
    tree = draft.tree
    if draft.mention.type not in _FOR_LATER:
        return False
    inside = {*tree.within(*words)}
    tops = [at for at in inside if tree.words[at].head not in inside]
    below = tree.under(draft.mention.word) - {draft.mention.word}
    heads_ = {tree.words[at].head for at in tops} & below
    starts = any(tree.form(head) in listed("truce", "is_to_begin") for head in heads_)
    return starts or any(not _FROM_THEN.isdisjoint((tree.case(at), tree.form(min(inside) - 1))) for at in tops)


def _is_later(tree: Tree, words: Words) -> bool:
    """Whether words of time count from what was told before: "two days *later*"."""
    return tree.said(*words).endswith(" later")


def _rule(tree: Tree, start: int) -> str | None:
    """The rule that knows the words of time that begin there."""
    base = tree.passage.start
    return next((found.rule for found in when.find(tree.text) if base + found.start == start), None)


def _is_within(tree: Tree, words: Words, others: Words) -> bool:
    """Whether words of time hang on others: "every Friday *for ten weeks*"."""
    return not heads(tree, *words).isdisjoint(tree.within(*others))


def _at_arc(draft: Draft, word: int, found: Sequence[Words]) -> Iterator[Words]:
    """The words of time at a word to which the model draws an arc."""
    tree, at, stamp = draft.tree, draft.tree.words[word], _STAMP.match(draft.tree.text)
    if (stamp and at.start < tree.passage.start + stamp.end()) or _is_of_relative(tree, draft.mention.word, word):
        return
    namely = [tree.words[kid] for kid in tree.children(word, "appos")]
    covering = [span for one in (at, *namely) for span in found if span[0] < one.end and span[1] > one.start]
    start, end = covering[0] if covering else tree.span(*tree.phrase(word))
    if not _date_another(draft, start, end):
        yield from _closer(tree, start, end)
        yield _own(draft, start, end)


def heads(tree: Tree, start: int, end: int) -> set[int]:
    """What the words between two characters of the report hang on; also one of them, where there are several."""
    return {tree.words[i].head for i in tree.within(start, end)}


def _hanging(draft: Draft, found: Sequence[Words]) -> Iterator[Words]:
    """The expressions that hang on the trigger or on the verb above it."""
    tree, word = draft.tree, draft.mention.word
    for start, end in found:
        above = heads(tree, start, end)
        below = word in above and not _are_of_one_below(draft, tree.within(start, end))
        its = below or tree.words[word].head in above
        if its and not _date_another(draft, start, end):
            yield from _closer(tree, start, end)
            yield _own(draft, start, end)


def words_below(draft: Draft) -> Iterator[Words]:
    """The words of time of what a mention says to be done: "invited them to *rejoin* the talks two weeks ago"."""
    tree = draft.tree
    return _words_of(draft, lambda kid: tree.words[kid].deprel == "xcomp" and tree.mark(kid) == "to")


def words_meanwhile(draft: Draft) -> Iterator[Words]:
    """The words of time of when it was: "suspended the talks when he *took* office in 2018"."""
    tree = draft.tree
    return _words_of(
        draft,
        lambda kid: (
            tree.words[kid].deprel == "advcl"
            and tree.tense(kid) == "past"
            and any(tree.form(at) in _MEANWHILE for at in tree.kids[kid] if at < kid)
        ),
    )


def _words_of(draft: Draft, wanted: Callable[[int], bool]) -> Iterator[Words]:
    """The words of time of the wanted verbs that hang on a mention."""
    tree = draft.tree
    verbs = {kid for kid in tree.kids[draft.mention.word] if wanted(kid)}
    return (words for words in expressions(tree) if heads(tree, *words) & verbs)


def main_words(tree: Tree) -> Iterator[Words]:
    """The words of time of what a passage tells in the simple past, and not of when somebody says it."""
    said = tree.child(tree.root, "ccomp", "parataxis") is not None
    if said or not tree.simple_past(tree.root) or datelines.pictured(tree.text) is not None:
        return
    yield from (words for words in expressions(tree) if tree.root in heads(tree, *words))


def is_to_be_done(draft: Draft) -> bool:
    """Whether a mention is what another says to be done, or hangs on that: "*invited* them to *rejoin* the *talks*"."""
    tree, word = draft.tree, draft.mention.word
    told = {mention.word for mention in tree.passage.mentions}
    above = (word, tree.words[word].head)
    return any(tree.words[at].head in told and tree.mark(at) == "to" for at in above if at >= 0)


def _closer(tree: Tree, start: int, end: int) -> Iterator[Words]:
    """The days that say more closely what loose words of time within some others do."""
    return (day for loose, day in _said_twice(tree) if start <= loose[0] < end)


def loose_before(tree: Tree, start: int) -> Words | None:
    """The loose words of time right before a day that says the same more closely: "*last week*, on Tuesday"."""
    return next((loose for loose, day in _said_twice(tree) if day[0] == start), None)


def _said_twice(tree: Tree) -> Iterator[tuple[Words, Words]]:
    """Loose words of time and the day right behind them, each time that a passage has both."""
    for loose, day in itertools.pairwise(when.find(tree.text)):
        namely = _NAMELY.fullmatch(tree.text[loose.end : day.start])
        if namely and loose.rule in _LOOSE and day.rule in _CLOSE:
            base = tree.passage.start
            yield (base + loose.start, base + loose.end), (base + day.start, base + day.end)


def is_measured_by(tree: Tree, word: int) -> bool:
    """Whether a word tells of that by which violence is measured: "the deadliest attack since the 2003 *bombing*"."""
    before = tree.text[: tree.words[word].start - tree.passage.start]
    measured, _, by = before.rpartition("since ")
    return "," not in by and _ends_with(_BLOODIEST, measured)


def is_aside(draft: Draft, start: int | None, end: int | None) -> bool:
    """Whether words stand in a relative clause of which a mention is no part: "rejects the truce that began *on 3 May*, and *said*"."""
    tree, own = draft.tree, draft.tree.path(draft.mention.word)
    inside = [] if start is None or end is None else tree.within(start, end)
    return any(tree.words[at].deprel == "acl:relcl" for i in inside for at in tree.ancestors(i) if at not in own)


def _is_of_another_clause(draft: Draft, word: int) -> bool:
    """Whether a word stands in a relative clause with its own subject: "the truce that *Qatar* mediated in November"."""
    tree, own = draft.tree, {*draft.tree.path(draft.mention.word)}
    verb = next((at for at in tree.ancestors(word) if tree.words[at].deprel == "acl:relcl"), None)
    subject = None if verb is None or verb in own else tree.child(verb, "nsubj")
    return subject is not None and not _is_relative(tree, subject)


def _is_relative(tree: Tree, word: int) -> bool:
    """Whether a word is a relative pronoun."""
    return tree.words[word].upos == "PRON" and tree.form(word) in ("that", "which", "who")


def _is_of_relative(tree: Tree, trigger: int, word: int) -> bool:
    """Whether a word dates a relative clause that tells no event: "bombed the airport, where a plane had landed on *Saturday*"."""
    above = tree.path(trigger)
    mentions = tree.passage.mentions
    events = {*above, *(mention.word for mention in mentions)}
    above += [mention.word for mention in mentions if mention.type == "CONSULT" and mention.type_score >= SURE]
    clauses = [at for at in tree.path(word) if tree.words[at].deprel == "acl:relcl"]
    return any(
        at not in above
        and tree.words[at].head not in events
        and all(one.text != "," for one in tree.words[min(at, word) : max(at, word)])
        for at in clauses
    )


def _date_another(draft: Draft, start: int, end: int) -> bool:
    """Whether words date something else: "the deadliest attack *since 2015*", "after *three years of* siege", "*the Iraq war*"."""
    tree, base = draft.tree, draft.tree.passage.start
    trigger = tree.words[draft.mention.word].start
    if counts := _LENGTH_OF.fullmatch(tree.text[start - base : end - base]):
        inside = tree.within(start, end)
        of_it = any(at in inside for at in tree.ancestors(draft.mention.word))
        went_before = counts["after"] is not None
        return not of_it and (went_before or all(draft.mention.word not in tree.ancestors(i) for i in inside))
    if start <= trigger < end or _name_it(draft, start, end) or _WHEN.match(tree.text[end - base : trigger - base]):
        return False  # "the deadliest attack since 2003, when rebels *bombed* the port"
    rule = _rule(tree, start)
    if rule == "era":
        its = draft.is_noun and draft.mention.word in heads(tree, start, end)  # "the 7/7 *bombings*"
        return not its and not any(tree.case(i) in _DURING for i in tree.within(start, end))
    back = tree.text[start - base :].lower().startswith("since ") or rule in _SO_FAR_BACK
    return back and _ends_with(_SUPERLATIVE, tree.text[: start - base][-_IN_SIGHT:])


def _name_it(draft: Draft, start: int, end: int) -> bool:
    """Whether words are part of what a deed is called: "since the *2003* bombing"."""
    tree, word = draft.tree, draft.mention.word
    return draft.is_noun and end <= tree.words[word].start and word in heads(tree, start, end)


def _ends_with(superlative: re.Pattern[str], text: str) -> bool:
    """Whether a superlative stands in the last clause of a text."""
    return superlative.search(_BREAK.split(text)[-1]) is not None


def _are_of_one_below(draft: Draft, inside: Sequence[int]) -> bool:
    """Whether the model gives words that hang on this event to one told of under it: "condemned the *killing* of four on 17 May"."""
    tree, word = draft.tree, draft.mention.word
    if tree.form(inside[0]) == "since":
        return False
    below = [m for m in tree.passage.mentions if m.word > word and word in tree.ancestors(m.word)]
    return any(not words_of(mention, "time").isdisjoint(inside) for mention in below)


def _own(draft: Draft, start: int, end: int) -> Words:
    """Of words that count from an event, those that date this event itself: "since protests *broke out* in 2011"."""
    tree, base = draft.tree, draft.tree.passage.start
    trigger = tree.words[draft.mention.word]
    within = start <= trigger.start < end
    counts = _COUNTS.match(tree.text[start - base :])
    counted = counts and (_name_it(draft, start, end) or _WHEN.match(tree.text[end - base : trigger.start - base]))
    if draft.mention.status == "ongoing" or not (within or counted):
        return start, end  # "since the fighting *began* in December" it has gone on
    if counts and not within:
        return start + counts.end(), end
    inside = when.find(tree.text[trigger.end - base : end - base])
    return (trigger.end + inside[0].start if inside else start), end


def is_told_then(draft: Draft, start: int, end: int) -> bool:
    """Whether words say when it was told and not when it is: "told reporters *Wednesday* that they are leaving"."""
    tree, word = draft.tree, draft.mention.word
    if _rule(tree, start) == "coming span":
        return False  # "said that strikes were likely *in the next few days*"
    inside = tree.within(start, end)
    hung = (i for i in inside if tree.words[i].deprel != "obj")  # "set *1 May* as the date for talks"
    verbs = {_above(tree, i, {*inside, word}) for i in hung} - {*inside, word}
    if draft.mention.status == "expected" and start > tree.words[word].start and words_of(draft.mention, "time"):
        verbs = {verb for verb in verbs if verb > word}  # "called for *protests* on Sunday", to come
    told = (verb for verb in verbs if tree.mark(verb) != "to")  # "*withdrawal* was due to begin on 1 May"
    return any(verb in tree.ancestors(word) and tree.tense(verb) == "past" for verb in told)


def is_when_judged(draft: Draft, start: int | None, end: int | None) -> bool:
    """Whether words say when somebody answers for a deed and not when it was done: "was convicted *in May* of the killing"."""
    tree, word = draft.tree, draft.mention.word
    above = tree.path(word)
    judges = {m.word for m in tree.passage.mentions if m.type in _JUDGES}
    verb, below = next(((at, below) for below, at in itertools.pairwise(above) if at in judges), (-1, -1))
    done = draft.mention.type in HARMS and draft.mention.status == Status.HAPPENED
    if not done or start is None or end is None or verb < 0 or not _is_answered_for(tree, below):
        return False
    under, inside = tree.under(below), {*tree.within(start, end)}
    passive = tree.words[below].deprel == "nsubj:pass"
    return bool(inside) and not inside & under and (passive or max(inside) < min(under))


def is_when_pictured(draft: Draft, start: int) -> bool:
    """Whether words are the day of a picture that shows what came of a deed: "bury a boy *killed* in a raid, Gaza, June 2, 2016"."""
    tree, base = draft.tree, draft.tree.passage.start
    if datelines.pictured(tree.text) is None or start < base + when.find(tree.text)[-1].start:
        return False
    path = (at for at in tree.path(draft.mention.word) if not tree.form(at).endswith("ing"))
    return any(tree.words[at].deprel in _ASIDE for at in path)


def _is_answered_for(tree: Tree, word: int) -> bool:
    """Whether a deed is what somebody is charged with, or what is condemned: "of the *killing*", "over a *raid*", not "in a *raid*"."""
    by = tree.case(word) or tree.mark(word)
    return by in _FOR_WHAT or tree.form(word) == "connection" or (not by and tree.words[word].deprel in _OBJECTS)


def _above(tree: Tree, word: int, stop: set[int]) -> int:
    """What words of time hang on, if through a place: "*In the capital Tuesday*, he said"."""
    head = tree.words[word].head
    while head >= 0 and head not in stop and tree.words[head].deprel in _PLACED:
        head = tree.words[head].head
    return head


def by_tense(draft: Draft, material: bool, opens: bool) -> when.ByTense | None:
    """What dates a mention without words of time: that it is news ("said"), not background ("had said"), or goes on; a deed is news
    only where the report ``opens`` with it."""
    tree, word, status = draft.tree, draft.mention.word, draft.mention.status
    said = word if material else _saying(tree, word)
    told = tree.is_told(said) or (status == Status.HAPPENED and _is_offered(tree, said))
    told = told and not (tree.helpers(said) - {tree.form(word)}) & _NO_NEWS
    often = any(tree.form(kid) in _OFTEN and not tree.case(kid) for kid in tree.kids[said])  # but "at once"
    once = told and not often
    is_news = opens and _is_past_deed(draft) if material else status in (Status.HAPPENED, Status.ONGOING)
    if once and is_news:
        return "words of the news"
    if status == Status.HAPPENED:  # "snipers *fire* on the post"
        is_under_way = once and tree.tense(word) is None and tree.child(word, "det") is None
    elif status == Status.DENIED:  # "have not entered the town": nor have they on the day of the report
        is_under_way = material and bool(tree.helpers(word) & _TILL_NOW)
    else:
        is_under_way = status == Status.ONGOING and (told or draft.mention.status_score >= SURE)
    return "under way" if is_under_way else None


def _is_past_deed(draft: Draft) -> bool:
    """Whether a verb says that a deed has happened, not what that was for."""
    tree, word = draft.tree, draft.mention.word
    return draft.mention.status == Status.HAPPENED and tree.tense(word) == "past" and tree.mark(word) != "to"


def _saying(tree: Tree, word: int) -> int:
    """The verb by which something is said: "*issued* an urgent appeal", "*expresses* its support"; that of "*should*"."""
    above = tree.words[word].deprel == "aux" or tree.hangs(word, _UTTER, "obj", "nsubj:pass")
    return tree.words[word].head if above else word


def _is_offered(tree: Tree, word: int) -> bool:
    """Whether an adjective is what is told, or said: "said that they are *ready* to talk"."""
    at, head = tree.words[word], tree.words[word].head
    said = at.deprel == "ccomp" and tree.is_told(head) and "had" not in tree.helpers(head)
    return at.upos == "ADJ" and tree.child(word, "cop") is not None and (said or head < 0)
