"""A verb that is told once and meant twice: "killed a judge in Herat *and two policemen in Farah*", "one side backs the army *and
the other the rebels*". What follows becomes an event of its own, of the same kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from trucewatch.claims import when
from trucewatch.claims.arcs import is_weapon
from trucewatch.claims.numbers import Toll, tolls
from trucewatch.claims.tree import Tree
from trucewatch.claims.what import SURE
from trucewatch.codebook import Codebook
from trucewatch.nouns import Mention, Name, Passage, Role, Word

ORPHAN = "orphan"
"""What Universal Dependencies call a word whose verb is left out."""
_HEADS = frozenset({"NOUN", "PROPN", "NUM"})
_LISTED = frozenset({"conj", "appos", "parataxis"})
_PHRASE = _HEADS | {"ADJ", "DET"}
_ENDS = frozenset({"AUX", "CCONJ", "PRON", "PUNCT", "SCONJ", "VERB"})
_AT = frozenset({"at", "in", "near", "outside"})
_SHORT = 6
"""Words of a phrase of place from its preposition to the name."""
_LEAST = 0.2
"""Score of a mention below which it is not told twice."""


class Half(NamedTuple):
    """The words behind the verb up to "and", or from there on; and the first place and time that they name."""

    words: range
    place: Name | None
    time: Name | None


class Gap(NamedTuple):
    """Words of which the verb is left out: the word on which they hang, and who does it if it is another."""

    verb: int
    word: int
    before: Half
    after: Half
    doer: int | None = None


def with_gaps(text: str, passage: Passage, codebook: Codebook) -> Passage:
    """A passage in which what is told without its verb is a mention, and hangs on the verb as its orphan."""
    tree = Tree(passage, text)
    listed = [at for at, one in enumerate(passage.words) if one.deprel in _LISTED and one.upos in _HEADS]
    for word in reversed(listed):
        mention = None if tree.is_time(word) else _told(tree, word)
        if mention and (gap := _gap(tree, word, codebook)):
            tree = Tree(_parted(tree, mention, gap), text)
    return tree.passage


def is_orphan(tree: Tree, word: int) -> bool:
    """Whether the verb of a mention is left out."""
    return tree.words[word].deprel == ORPHAN


def own_tolls(tree: Tree, mention: Mention, mentions: Sequence[Mention]) -> list[Toll]:
    """The tolls of a passage without what belongs to the other half of a verb."""
    text, base = tree.text, tree.passage.start
    begins, ends = 0, len(text)

    def without(first: int, stop: int) -> str:
        start, end = tree.words[first].start - base, tree.words[stop - 1].end - base
        return text[:start] + " " * (end - start) + text[end:] if first < stop else text

    for orphan in (one.word for one in mentions if is_orphan(tree, one.word)):
        verb = tree.words[orphan].head
        after = _halves(tree, verb, orphan)[1].words
        if mention.word != orphan:
            text = without(after.start, after.stop)
            continue
        doer = tree.child(orphan, "nsubj")
        opens = after.start if doer is None else doer + 1
        text = without(0, verb)
        text = without(verb + 1 + (tree.words[verb + 1].upos == "ADJ"), opens)  # "shot *dead*"
        begins, ends = tree.words[opens].start - base, tree.words[after.stop - 1].end - base
    return [toll for toll in tolls(text) if begins <= toll.end <= ends]


def _verb(tree: Tree, word: int) -> int | None:
    """The verb above a word, or the noun that tells of a deed: "*attacks* on X and Y"."""
    deeds = {one.word for one in tree.passage.mentions if one.type_score >= SURE and one.type != "PROTEST"}
    return next(
        (at for at in tree.ancestors(word) if at < word and (tree.words[at].upos == "VERB" or at in deeds)), None
    )


def _told(tree: Tree, word: int) -> Mention | None:
    """What the verb above a word tells, itself or by what does it ("*bombings* killed"); None where the word is an event itself."""
    verb = _verb(tree, word)
    found = [one for one in tree.passage.mentions if one.type_score >= _LEAST]
    if verb is None or any(one.word == word for one in found):
        return None
    its = [one for one in found if one.word == verb or (tree.words[one.word].head == verb and one.word < verb)]
    return max(its, key=lambda one: one.type_score, default=None)


def _gap(tree: Tree, word: int, codebook: Codebook) -> Gap | None:
    """The gap at a listed word, if it has one; before a comma only in a list that goes on with one: "a judge in Herat, *a teacher
    in Farah* and two policemen in Kabul"."""
    verb = _verb(tree, word)
    if verb is None:
        return None
    before, after = _halves(tree, verb, word)
    orphans = [at for at, one in enumerate(tree.words) if one.deprel == ORPHAN and one.head == verb]
    goes_on = any(_halves(tree, verb, at)[1].words.start == after.words.stop + 1 for at in orphans)
    if any(at in after.words for at in (*orphans, *tree.ancestors(verb))) or not (
        tree.words[word].deprel == "conj" or goes_on
    ):
        return None
    gap = Gap(verb, word, before, after)
    return _with_doer(tree, gap, codebook) or (gap if _are_two(tree, gap) else None)


def _halves(tree: Tree, verb: int, word: int) -> tuple[Half, Half]:
    """What is told behind a verb up to the last "and" or comma before a word, and from there to the end of its phrase."""
    joints = (at for at in range(word - 1, verb, -1) if tree.words[at].upos == "CCONJ" or tree.form(at) == ",")
    joint = next(joints, verb)
    ends = (at for at in range(word, len(tree.words)) if tree.words[at].upos in _ENDS and tree.form(at) != "-")
    return _half(tree, range(verb + 1, joint + 1)), _half(tree, range(joint + 1, next(ends, len(tree.words))))


def _half(tree: Tree, words: range) -> Half:
    names = [name for name in tree.passage.names if name.first in words and name.last in words]
    place = next((name for name in names if name.kind == "LOC" and _is_at(tree, words, tree.top(name))), None)
    return Half(words, place, next((name for name in names if name.kind == "TIME"), None))


def _is_at(tree: Tree, words: range, word: int) -> bool:
    """Whether a preposition says that something of a half was there: "in the northern town of *Ariha*", not "in solidarity with
    the marchers in *Washington*"."""
    while tree.case(word) not in _AT and tree.words[word].head in words:
        word = tree.words[word].head
    above = tree.words[word].head
    return tree.case(word) in _AT and not (above in words and tree.case(above) and tree.case(above) not in _AT)


def _are_two(tree: Tree, gap: Gap) -> bool:
    """Whether each half has a place of its own, or a time."""
    times, places = (gap.before.time, gap.after.time), (gap.before.place, gap.after.place)
    pairs = (times,) if _is_town(tree, gap.word) else (times, places)  # a list of towns alone is one event
    return any(one and other and _said(tree, one) != _said(tree, other) for one, other in pairs)


def _is_town(tree: Tree, word: int) -> bool:
    """Whether a listed word is another place where it was: "at *Ariha*", "and *Ariha*" behind one."""
    listed = word in tree.name_at and tree.case(tree.words[word].head) in _AT
    return listed or tree.case(word) in _AT


def _said(tree: Tree, name: Name) -> list[str]:
    return [tree.form(at) for at in range(name.first, name.last + 1)]


def _with_doer(tree: Tree, gap: Gap, codebook: Codebook) -> Gap | None:
    """The gap where the words behind "and" name who does it and, right behind, to whom, as those at the verb do: "... *and Turkey
    the government*"; not where these do so too: "called one a liar and the other a thief"."""
    pair, subject, done_to = _pair(tree, gap.after), tree.child(gap.verb, "nsubj"), tree.child(gap.verb, "obj")
    if pair is None or subject is None or done_to is None or done_to not in gap.before.words or _pair(tree, gap.before):
        return None
    if any(tree.form(at) == "," for at in gap.before.words):
        return None  # the last of a list
    doer, word = pair
    role = codebook.find_role(tree.words[doer].text)
    is_somebody = doer in tree.name_at or (role is not None and role.is_people)
    return gap._replace(word=word, doer=doer) if is_somebody else None


def _pair(tree: Tree, half: Half) -> tuple[int, int] | None:
    """The heads of two phrases that stand side by side and are neither joined nor a name or a time."""
    words = tree.words
    stop = next((at for at in half.words if words[at].upos not in _PHRASE), half.words.stop)
    start = next((at for at in range(half.words.start + 1, stop) if _opens(tree, at)), stop)
    heads = [at for at in range(start, stop) if words[at].upos in _HEADS]
    base = tree.passage.start
    if not heads or when.find(tree.text[words[start].start - base : words[heads[-1]].end - base]):
        return None
    return start - 1, heads[-1]


def _opens(tree: Tree, at: int) -> bool:
    """Whether another phrase begins behind a noun."""
    one, word = tree.words[at - 1], tree.words[at]
    in_name = at in tree.name_at and tree.name_at[at] == tree.name_at.get(at - 1)
    counts = word.upos == "NUM" and (word.deprel != "nummod" or word.head > at or one.upos == "NOUN")
    return one.upos in ("NOUN", "PROPN") and not in_name and (word.upos == "DET" or counts)


def _parted(tree: Tree, mention: Mention, gap: Gap) -> Passage:
    """A passage with a mention for each half."""
    words = tuple(_hung(tree, at, gap) for at in range(len(tree.words)))
    mentions = [_without(one, gap) if one.word < gap.after.words.start else one for one in tree.passage.mentions]
    mentions.append(replace(mention, word=gap.word, roles=tuple(_roles(tree, mention, gap))))
    return replace(tree.passage, words=words, mentions=tuple(sorted(mentions, key=lambda one: one.word)))


def _roles(tree: Tree, mention: Mention, gap: Gap) -> Iterator[Role]:
    """Who takes part in the second half: those in it, and of all else that it does not tell those of the first."""
    after, doer = gap.after, gap.doer
    fired = is_weapon(tree, gap.verb if (thing := tree.child(gap.verb, "obj")) is None else thing)
    is_somebody = tree.words[gap.word].upos != "NUM" and not fired and tree.case(gap.word) not in _AT
    suffer = {role.word: role for role in mention.roles if role.kind == "recipient" and role.word in after.words}
    suffer.setdefault(gap.word, Role(kind="recipient", word=gap.word, score=0.0))
    suffer = {at: role for at, role in suffer.items() if at != doer and (is_somebody or at != gap.word)}
    yield from suffer.values()
    if doer is not None:
        yield Role(kind="actor", word=doer, score=1.0)
    place = after.place or _went_to(tree, mention, gap)
    for kind, name in (("place", place), ("time", after.time)):
        if name is not None:
            yield Role(kind=kind, word=tree.top(name), score=0.0)
    told = {"actor": doer, "recipient": suffer or fired, "place": doer or place, "time": after.time}
    yield from (role for role in mention.roles if role.word not in after.words and not told.get(role.kind))


def _went_to(tree: Tree, mention: Mention, gap: Gap) -> Name | None:
    """The place that the orphan is, where the verb has one that nothing stands before: "visited Kherson on Monday and *Mykolaiv* on
    Tuesday"."""
    words = gap.before.words
    if not any(one.kind == "place" and one.word in words and not tree.case(one.word) for one in mention.roles):
        return None
    names = (one for one in tree.passage.names if one.first <= gap.word <= one.last)
    return next((one for one in names if one.kind == "LOC"), None)


def _hung(tree: Tree, at: int, gap: Gap) -> Word:
    """A word as it hangs in the tree of two halves: the second all on its orphan, but for its time, which hangs on the verb."""
    word = tree.words[at]
    if at == gap.word:
        return replace(word, head=gap.verb, deprel=ORPHAN)
    if at == gap.doer:
        return replace(word, head=gap.word, deprel="nsubj")
    if at not in gap.after.words:
        return word
    if tree.is_time(at) and not tree.is_time(word.head):
        return replace(word, head=gap.verb, deprel="obl")
    return word if word.head in gap.after.words and word.head != gap.doer else replace(word, head=gap.word)


def _without(mention: Mention, gap: Gap) -> Mention:
    """A mention without those of the second half; a time that the first lacks is of both."""
    time = not gap.before.time and gap.doer is None
    kept = [role for role in mention.roles if role.word not in gap.after.words or (role.kind == "time" and time)]
    return replace(mention, roles=tuple(kept))
