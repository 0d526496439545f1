"""Step 3, who says so: an outlet, a named source, reports of nobody's, whoever counts or sees it, the speaker of a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.claims import quotation
from trucewatch.claims.each_other import charging
from trucewatch.claims.phrase import listed
from trucewatch.claims.quotation import speaks
from trucewatch.claims.tree import FUTURE, Tree, surely
from trucewatch.nouns import Mention, Role

REPORTS = frozenset({"report", "reports", "reported"})
BY_OUTLET = "rule outlet that reports the sentence"
"""Why a source is one that all of a sentence, and the story that it opens, is taken from."""
BY_WATCHING = "rule who counts or sees it"
"""Why the source is a monitor."""
BY_HEARSAY = "rule reports of nobody's"
"""Why the source is reports that nobody is named with."""
BY_ANSWERING = "rule who says so in a relative clause"
"""Why the source is the body that a clause with "which" is about."""
BY_ACCORDING = "rule according to a body"
"""Why the source is a named body by whose words it is told, though the model sees none."""
BY_ACCUSING = "rule who accuses of it"
"""Why the source is who lays the deed to another."""
BY_EACH = "rule who lays it to each other"
"""Why the source are both sides, each of which says it of the other."""
_SAID = frozenset({"ccomp", "xcomp", "conj"})
_WILL = FUTURE | {"would"}
STATEMENT = 12  # sentences that a statement without quotation marks is held to last
_REPORTS = "(?:reports|reported)"
_OUTLET = r"(?P<outlet>(?:the )?[A-Z][\w&’'-]*(?: (?:of|and|the|[A-Z][\w&’'-]*)){0,5}|[\w-]+\.(?:com|in|net|org))"
_DATE = r"(?: (?:on )?[A-Z][a-z]+(?: \d+)?(?:, \d{4})?)?(?: \(today\))?"
_AT_END = (
    re.compile(rf"[\w,)\]] {_REPORTS} {_OUTLET}{_DATE}\W*$"),
    re.compile(rf", {_OUTLET} {_REPORTS}{_DATE}\W*$"),
)
""" "Two officers were killed in Quetta on Friday, reports *The Express Tribune* on June 4"; "..., *Reuters* reported"."""
_AT_START = re.compile(rf"{_OUTLET}{_DATE} reports that\b")
"""How a digest begins: "*Sify.com* reports that ..."."""
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
"""What is watched: words are heard by those to whom they are said."""
_WATCHED = frozenset({"obj", "ccomp", "nsubj:pass"})
_SHARED = ("xcomp", "conj")
_OF_CLAUSES = ("acl", "advcl", "parataxis")


class Speaker(NamedTuple):
    """Who is given as the source: the head word, or the speaker of a quotation that runs on from another passage."""

    passage: int
    word: int
    because: str
    phrase: tuple[int, int] | None = None
    """First and last word of its name, where the tree is not asked for it."""


def speaker(trees: Sequence[Tree], at: int, mention: Mention) -> Speaker | None:
    """The source of a mention: the outlet that the sentence is taken from, else the model's arc, else reports of nobody's,
    else who has counted or seen it, else the quotation in which the passage stands, else who accuses of it, else a statement.

    No verb of speech above the clause: where the model is silent, one in four of its subjects is the source.
    """
    arcs = [role for role in mention.roles if role.kind == "says"]
    both = charging(trees[at], mention)
    outlet = _outlet(trees[at])
    if outlet and not any(_says_to_outlet(trees[at], role.word) for role in arcs):
        return Speaker(at, outlet[1], BY_OUTLET, outlet)
    if both is not None:
        return Speaker(at, both, BY_EACH)
    if arcs:
        return _by_model(trees[at], at, mention, max(arcs, key=lambda role: role.score))
    if (body := _according(trees[at], mention.word)) is not None:
        return Speaker(at, body, BY_ACCORDING)
    if (heard := _hearsay(trees[at], mention.word)) is not None:
        return Speaker(at, heard, BY_HEARSAY)
    if mention.type in DEEDS and (watching := watcher(trees[at], mention.word)) is not None:
        return Speaker(at, watching, BY_WATCHING)
    if (speaks_it := quotation.speaker(trees, at, mention.word)) is not None:
        return Speaker(*speaks_it, f"rule quotation, speaker of sentence {speaks_it[0] + 1}")
    if (accuser := _accuser(trees[at], mention.word)) is not None:
        return Speaker(at, accuser, BY_ACCUSING)
    return _statement(trees, at)


def _by_model(tree: Tree, at: int, mention: Mention, arc: Role) -> Speaker:
    """The source by the model's best arc: whoever answers, or finds reports true, rather than the reports."""
    if (answers := _answering(tree, mention.word)) is not None:
        return Speaker(at, answers, BY_ANSWERING)
    if (finds := watcher(tree, arc.word)) is not None:  # "*the mission* corroborated reports of shelling"
        return Speaker(at, finds, BY_WATCHING)
    told = tree.hung(arc.word, "of") and _are_nobodys(tree, arc.word)
    return Speaker(at, arc.word, BY_HEARSAY if told else f"model {arc.score:.2f}")


def retold(tree: Tree, speaker: int, mention: Mention) -> bool:
    """Whether the event has a subject of its own, and so is told by the speaker, not done by speaking: "X said *it* opposes Y"; but a
    threat or promise may be made for another: "said that *Israel* was willing to withdraw"."""
    word = mention.word
    while tree.words[word].deprel in _SHARED and tree.child(word, "nsubj") is None:
        word = tree.words[word].head  # "said that *it* will continue to oppose Y"
    return tree.child(word, "nsubj") not in (None, speaker) and not _is_given(tree, mention)


def _is_given(tree: Tree, mention: Mention) -> bool:
    """Whether it is done by saying so; that two "agreed" somebody else may tell."""
    promised = tree.form(mention.word).startswith(tuple(listed("what", "promise")))
    will = bool(tree.helpers(mention.word) & _WILL) and mention.status != "denied"
    return mention.type == "THREATEN" or (mention.type in ("AGREE", "CONCEDE") and (promised or will))


def does_it(tree: Tree, mention: Mention) -> bool:
    """Whether the speaker may do the deed by speaking: who tells of others' trial, demand or threat does not."""
    word = tree.words[mention.word]
    of_others = tree.child(mention.word, "nsubj", "nsubj:pass", "aux:pass") is not None
    active = word.upos in ("VERB", "AUX") and word.deprel not in ("acl", "amod") and not of_others
    return active and mention.mode != "investigate"


def _says_to_outlet(tree: Tree, word: int) -> bool:
    """Whether somebody says it to the outlet that reports it: "*officials* said on Monday, reports Dawn"."""
    head = tree.words[word].head
    return tree.case(word) == "according" or (speaks(tree, head) and tree.form(head) not in REPORTS)


def _answering(tree: Tree, word: int) -> int | None:
    """Which body says it in a clause about itself: "Israel accused *Hezbollah*, which denied firing the rockets"."""
    while tree.words[word].deprel in _SAID:
        word = tree.words[word].head
        if speaks(tree, word):
            subject, about = tree.child(word, "nsubj"), tree.words[word].deprel == "acl:relcl"
            return tree.words[word].head if about and subject is not None and tree.form(subject) == "which" else None
    return None


def _accuser(tree: Tree, word: int) -> int | None:
    """Who lays it to another: "the *bill* accuses Sudan of arming rebels"; who condemns others for it only speaks of it."""
    word = tree.first_joined(word)
    by = tree.words[word].head
    if by < 0 or not {tree.mark(word), tree.case(word)} & {"of", "for"}:
        return None
    laid = (one for one in tree.passage.mentions if one.word == by and one.mode == "allege")
    return next((word for one in laid for word in surely(one, "actor")), None)


def _according(tree: Tree, word: int) -> int | None:
    """The body by whose words an event is told: "... were killed by shelling, according to *Radio Tamazuj*"."""
    above = {word, *tree.ancestors(word)}
    for name in tree.passage.names if "according" in tree.text else ():
        opens = name.first - 1 - (tree.form(name.first - 1) == "the")
        said = name.kind == "ORG" and opens > 0 and [tree.form(opens - 1), tree.form(opens)] == ["according", "to"]
        if said and above & {tree.words[opens - 1].head, tree.words[tree.top(name)].head}:
            return tree.top(name)
    return None


def _hearsay(tree: Tree, word: int) -> int | None:
    """The word by which nobody's reports tell of an event: "was *reportedly* killed", "*reports* of clashes", no "media reports"."""
    beside = tree.children(word, "advmod", "amod")
    found = next((kid for kid in beside if tree.form(kid) in listed("speech", "hearsay")), None)
    head = tree.words[word].head
    if found is not None or not 0 <= head < word or tree.words[word].deprel not in ("acl", "nmod"):
        return found
    return head if _are_nobodys(tree, head) else None


def _are_nobodys(tree: Tree, word: int) -> bool:
    """Whether a word is of reports that nobody is named with: "*reports* of clashes", but "media reports"."""
    owned = tree.child(word, "compound", "det", "nmod:poss") is not None or tree.hung(word, "by")
    return tree.form(word) == "reports" and not owned


def _statement(trees: Sequence[Tree], at: int) -> Speaker | None:
    """A statement printed without quotation marks is its speaker's to the end: "The minister said: I welcome ..."."""
    for near in range(at - 1, max(-1, at - STATEMENT), -1):
        tree = trees[near]
        if quotation.marks(tree.text):
            return None
        for i in range(len(tree.words) - 2) if ":" in tree.text else ():
            if speaks(tree, i) and tree.words[i + 1].text == ":" and tree.words[i + 2].text[:1].isupper():
                subject = next((at for at in (i - 1, i - 2) if tree.is_named(at, "PER")), tree.child(i, "nsubj"))
                return Speaker(near, subject, f"rule statement of sentence {near + 1}") if subject is not None else None
    return None


def _outlet(tree: Tree) -> tuple[int, int] | None:
    """First and last word of the outlet's name."""
    found = next(filter(None, (pattern.search(tree.text) for pattern in _AT_END)), None)
    if found is None and tree.passage.index == 0:
        found = _AT_START.match(tree.text)
    if found is None:
        return None
    start, end = (tree.passage.start + at for at in found.span("outlet"))
    inside = [i for i, word in enumerate(tree.words) if start <= word.start and word.end <= end]
    return (inside[0], inside[-1]) if inside else None


def watcher(tree: Tree, word: int) -> int | None:
    """Who counts or sees what a word tells of: "*monitors* recorded nine violations", "firing was observed by *patrols*"."""
    below = word
    for verb in tree.ancestors(word):
        deprel = tree.words[below].deprel
        if deprel in _WATCHED and tree.form(verb) in listed("speech", "watches"):
            return _named(tree, tree.child(verb, "nsubj")) if deprel != "nsubj:pass" else None
        if deprel.startswith(_OF_CLAUSES) or tree.words[verb].upos == "VERB":
            return None
        below = verb
    return None


def _named(tree: Tree, watches: int | None) -> int | None:
    """Who watches; where that is a pronoun, whoever says so: "*UNIFIL* said it had recorded nine violations"."""
    if watches is None or tree.words[watches].upos != "PRON":
        return watches
    verb = tree.words[tree.words[watches].head]
    says = tree.child(verb.head, "nsubj") if verb.deprel == "ccomp" else None
    return watches if says is None else says
