"""Step 3, where: which words of a passage tell it: a name, what hangs on the trigger, who hosts it, what heads the passage."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trucewatch.claims.phrase import listed
from trucewatch.claims.placewords import KIND_WORDS, WORDS
from trucewatch.claims.quotation import speaks
from trucewatch.claims.role_reversal import FROM_AFAR
from trucewatch.claims.tree import CERTAIN, Tree, words_of
from trucewatch.nouns import Mention, Name, Role

_HOSTS = frozenset("host hosts hosted hosting".split())
STRUCK = frozenset("on at against".split())
WHERE = frozenset("in at near around outside inside across along".split())
_BREATH = 3  # steps in the tree within which a place is told in one breath with a deed
_APART = frozenset("ccomp xcomp parataxis appos obl nmod".split())
_TALKS = frozenset({"AGREE", "CONSULT", "SUPPORT"})
_VENUE = frozenset({"in", "at", "from"})
VISITED = _VENUE | {"to"}
"""What stands before where talks are held, and before where somebody goes for them."""
_TIMES = frozenset("after amid before despite following since under until".split())
_MEANWHILE = frozenset("as when while".split())
_TELLS = frozenset({"told", "tells", "informed"})
_WORDS = frozenset("REQUEST ACCUSE REJECT THREATEN AGREE SUPPORT CONCEDE CONSULT".split())
LEFT = WHERE | {"from"}
"""The same of what is left, or taken away: who flees *from Mosul* does so there."""


def is_spot(tree: Tree, word: int) -> bool:
    """Whether a word is a place's name or says what one is: "*Ariha*", "the *countryside* of Hama"."""
    kind = tree.form(word) in KIND_WORDS
    return tree.is_named(word, "LOC") or (kind and any(tree.is_named(at, "LOC") for at in tree.under(word)))


def is_venue(tree: Tree, word: int, where: Collection[str] = _VENUE) -> bool:
    """Whether a place is only where something was talked over or agreed: "a truce brokered *in Astana*", "after talks *in Cairo*"."""
    word = tree.first_joined(word)
    at = tree.words[word].head
    if at < 0 or tree.case(word) not in where:
        return False
    return _is_settled(tree, at) or any(one.word == at for one in tree.events(*_TALKS, least=CERTAIN))


def venues(tree: Tree) -> Iterator[Name]:
    """The names of places where no more is told than talks and words, and of countries that bring others together."""
    for name in tree.passage.names:
        word = tree.top(name)
        if name.kind == "LOC" and (is_venue(tree, word) or is_afar(tree, word) or _is_broker(tree, word)):
            yield name


def _is_broker(tree: Tree, word: int) -> bool:
    """Whether it is a country that does no more than mediate: "*Qatar* brokered a deal between the government and the rebels"."""
    brokers = tree.words[word].deprel == "nsubj" or tree.case(word) == "by"
    return brokers and tree.form(tree.words[word].head) in listed("what", "brokered")


def is_settled_at(tree: Tree, trigger: int, word: int) -> bool:
    """Whether a place is a venue of something else than an event (of what was agreed, or of talks before, after or meanwhile), or a
    government at whose will it was done: "left at the request of *Washington*"."""
    at = tree.words[tree.first_joined(word)].head
    if at >= 0 and tree.case(word) in ("of", "from") and tree.form(at) in WORDS["will"]:
        return True
    if at in (-1, trigger) or not is_venue(tree, word):
        return False
    others = tree.child(at, "nsubj")  # "shot as *he* met elders in Kunduz"
    meanwhile = tree.mark(at) in _MEANWHILE and others is not None and tree.words[others].upos != "PRON"
    apart = {tree.case(at), tree.mark(at), tree.mark(tree.words[at].head)} & _TIMES
    return meanwhile or bool(apart) or _is_settled(tree, at)


def _is_settled(tree: Tree, verb: int) -> bool:
    """Whether a verb says that something was agreed: "*signed*", "the truce *reached*", but not "rebels reached"."""
    if tree.form(verb) in WORDS["agreed"]:
        return True
    what = tree.children(verb, "obj", "nsubj", "nsubj:pass", "compound")
    if tree.words[verb].deprel == "acl":
        what.append(tree.words[verb].head)
    return tree.form(verb) in WORDS["reached"] and any(tree.form(at) in listed("things", "pacts") for at in what)


def is_afar(tree: Tree, word: int) -> bool:
    """Whether something is only said there: "in *London*, the minister said", "told reporters in *Geneva*", "by phone from *Paris*",
    "in a statement issued in *Havana*"."""
    case = tree.child(word, "case")
    if case is None or tree.form(case) not in _VENUE:
        return False
    said = case - 2 if tree.form(case - 1) in WORDS["issued"] else case - 1
    verb = tree.words[word].head
    if tree.form(tree.words[verb].head) in _TELLS:
        verb = tree.words[verb].head
    return tree.form(said) in WORDS["afar"] or tree.form(verb) in listed("speech", "tells")


def is_whence(tree: Tree, mention: Mention, word: int) -> bool:
    """Whether something was shot from there, and struck elsewhere: "fired *from Hodeidah* at a ship", "gunners *in Fuzuli* shelled"."""
    if mention.mode not in FROM_AFAR:
        return False
    shot = word in tree.hung(mention.word, "from")
    return shot or not words_of(mention, "actor").isdisjoint(tree.ancestors(word))


def places_of(tree: Tree, word: int, where: Collection[str] = WHERE) -> list[Role]:
    """Where a word stands by the phrases that hang on it: "clashes *near Ayn Issa*"."""
    return [
        Role(kind="place", word=kid, score=0.0)
        for kid in tree.children(word, "nmod", "obl")
        if tree.case(kid) in where and is_spot(tree, kid)
    ]


def places_within(tree: Tree, word: int) -> list[Role]:
    """The same where they hang on what is struck, or done at: "strikes on a market and a clinic *in the port of Hudaydah*", "denied
    passage at a checkpoint of the group *near Olenivka*"."""
    done = (at for at in tree.children(word, "obj", "xcomp") if tree.words[at].upos == "NOUN")
    todo = [at for one in (word, *done) for at in tree.hung(one, *STRUCK)]
    found = []
    while todo:
        at = todo.pop()
        todo += tree.children(at, "nmod", "conj")
        found += places_of(tree, at)
    return found


def host_of(tree: Tree, word: int) -> list[Role]:
    """Where talks are held, by who hosts them: "*Moscow* hosted the talks", "talks hosted by *Qatar*"."""
    around = (word, *tree.ancestors(word)[:2], *tree.kids[word])  # "hosted a *round* of talks"
    verbs = [at for at in around if tree.form(at) in _HOSTS]
    return [
        Role(kind="place", word=kid, score=0.0)
        for verb in verbs
        for kid in tree.kids[verb]
        if tree.is_named(kid, "LOC") and (tree.words[kid].deprel == "nsubj" or tree.case(kid) == "by")
    ]


def of_land(tree: Tree, mention: Mention) -> int | None:
    """What a state closes or opens that is its whole land's: "closed its *airspace*"; neither another's nor its border with another."""
    what = tree.child(mention.word, "obj", "nsubj:pass") if mention.type in ("COERCE", "RETREAT") else None
    if what is None or tree.form(what) not in WORDS["of_land"] or tree.hung(what, "with", "of"):
        return None
    owner = tree.child(what, "nmod:poss")
    return what if owner is None or tree.words[owner].upos == "PRON" else None


def beside(tree: Tree, mention: Mention) -> str | None:
    """The type of what somebody is met or comes beside: talks "on the *sidelines*", an attack "at the *site* of the blast"."""
    inside = tree.under(mention.word)
    if any(tree.form(word) in WORDS["margins"] for word in inside):
        return "CONSULT"
    struck = {one.word for one in tree.events("ASSAULT")}
    scenes = [word for word in inside if tree.form(word) in WORDS["scene"]]
    of = [kid for scene in scenes for kid in tree.hung(scene, "of")]
    return "ASSAULT" if mention.type == "CONSULT" and scenes and struck.issuperset(of) else None


def heading(tree: Tree) -> list[Role]:
    """The place under which a bulletin tells what follows: "*Marib*: Clashes left nine dead"."""
    first = next((name for name in tree.passage.names if name.first == 0 and name.kind == "LOC"), None)
    headed = first is not None and [word.text for word in tree.words[first.last + 1 : first.last + 2]] == [":"]
    return [Role(kind="place", word=tree.top(first), score=0.0)] if first and headed else []


def place_beside(tree: Tree, word: int) -> list[Role]:
    """Where what is told in the same sentence happened, and not what is only said: "was taken to the front *in Zgharta* and shot"."""
    words = {mention.word for mention in tree.passage.mentions if mention.type in _WORDS}
    found = [
        (tree.steps(kid, word), kid)
        for verb in _together(tree, word)
        if tree.words[verb].upos == "VERB" and verb not in words and not speaks(tree, verb)
        for kid in tree.children(verb, "obl")
        if tree.case(kid) in WHERE and is_spot(tree, kid)
    ]
    return [Role(kind="place", word=kid, score=0.0) for steps, kid in sorted(found)[:1] if steps <= _BREATH]


def _together(tree: Tree, word: int) -> Iterator[int]:
    """What hangs on a word and what it hangs on, no further than to who somebody is, who says so and what it was part of."""
    todo = [word]
    while todo:
        at = todo.pop()
        yield at
        todo += [kid for kid in tree.kids[at] if tree.words[kid].deprel != "acl:relcl"]
    while tree.words[word].deprel not in _APART and tree.words[word].head >= 0:
        word = tree.words[word].head
        yield word
