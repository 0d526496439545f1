"""Step 1, the report: towns that the model takes for people or bodies, or cuts in two, where they are struck; and, for step 3, the
places named so far, to which "the area" and "the city" may point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trucewatch.claims.phrase import listed
from trucewatch.claims.place_arguments import VISITED, WHERE, is_afar, is_venue
from trucewatch.claims.placewords import COMPASS, KIND_WORDS
from trucewatch.claims.role_reversal import FROM_AFAR
from trucewatch.claims.tree import Tree
from trucewatch.claims.where import Scene, locate
from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Mention, Name, Passage, Place, Word

_SIDES = ("recipient", "place")
_KINDS = ("PER", "LOC", "ORG")
_ACTS = frozenset({"nsubj", "obj", "iobj"})
_LONGEST = 14  # words of a body's name, hyphens among them
_LINKS = frozenset({"ADP", "CCONJ", "DET", "PART", "PUNCT"})
"""What a body's name may hold in small letters; and words below a length, as of Arabic: "al", "wal", "fi"."""
_SHORT = 4


def with_towns(text: str, passage: Passage, codebook: Codebook, gazetteer: Gazetteer) -> Passage:
    """A passage in which what is struck from afar is a place's name as a whole, if only the gazetteer has it."""
    names = passage.names
    for word in {word for mention in passage.mentions for word in _struck(passage, mention)}:
        group = _beside(names, word)
        if any(name.kind != "LOC" for name in group):
            whole = Name(kind="LOC", first=group[0].first, last=group[-1].last)
            said = _said(text, passage, whole)
            if gazetteer.find(said) and not codebook.find_leader(said) and not codebook.find_actor(said):
                names = tuple(whole if name is group[0] else name for name in names if name not in group[1:])
    return replace(passage, names=names) if names is not passage.names else passage


def with_bodies(text: str, passage: Passage, codebook: Codebook) -> Passage:
    """A passage in which a listed body's name is one, though the model cuts or misses it: "Islamic State in the | Greater Sahara",
    "*Save the Children*"; a place that is called so stays one, and a capital is nobody: "*Addis Ababa* said"."""
    names = [_as_land(text, passage, name, codebook) for name in passage.names]
    for whole in _bodies(text, passage, codebook):
        parts = [name for name in names if name.first <= whole.last and name.last >= whole.first]
        inside = all(whole.first <= name.first and name.last <= whole.last for name in parts)
        if inside and not any((name.first, name.last) == (whole.first, whole.last) for name in parts):
            names = [name for name in names if name not in parts] + [whole]
    if names == list(passage.names):
        return passage
    return replace(passage, names=tuple(sorted(names, key=lambda name: name.first)))


def _as_land(text: str, passage: Passage, name: Name, codebook: Codebook) -> Name:
    """A name of several words that the model takes for a person's, and that is a country's or its capital's."""
    alike = name.kind == "PER" and name.last > name.first and codebook.find_country(_said(text, passage, name))
    return replace(name, kind="LOC") if alike else name


def _bodies(text: str, passage: Passage, codebook: Codebook) -> Iterator[Name]:
    """The names of several words that actors and outlets of the tables bear, the longest first, none inside another."""
    words, end = passage.words, 0
    begins = {name.first: name.kind for name in passage.names}
    ends = {name.last for name in passage.names}
    for first, word in enumerate(words):
        if first < end or not (first in begins or word.text[:1].isupper()) or not codebook.begins_body(word.text):
            continue
        for last in range(min(len(words), first + _LONGEST) - 1, first, -1):
            whole = Name(kind="ORG", first=first, last=last)
            joins = begins.get(first) == "ORG" and last in ends  # "*UN* envoy to *Yemen*"
            large, said = joins or _is_written_large(words[first : last + 1]), _said(text, passage, whole)
            kind = _kind(said, codebook) if large else None
            if kind:
                end = last + 1
                yield replace(whole, kind=kind)
                break


def _kind(name: str, codebook: Codebook) -> str | None:
    """Of what kind a listed name is: an actor's or outlet's, or the long name of a country: "the *Republic of the Congo*"."""
    if codebook.actors_named(name) or codebook.find_outlet(name):
        return "ORG"
    country = codebook.find_country(name) if " of " in name else None
    return "LOC" if country is not None and country.kind == "name" else None


def _is_written_large(words: Sequence[Word]) -> bool:
    """Whether words are written as a name is: "Forces *for the* Defence *of* Democracy", "government*-in-exile*", "Antiwar*.com*", but
    not "Syrian army"."""
    hyphens = [at for at, word in enumerate(words) if word.text in "-."]
    small = [at for at, word in enumerate(words) if word.text[:1].islower()]
    bound = {at for hyphen in hyphens for at in (hyphen - 1, hyphen + 1)}
    ends = words[-1].upos != "PUNCT" and len(words) - 1 not in {*small} - bound
    return ends and all(at in bound or words[at].upos in _LINKS or len(words[at].text) < _SHORT for at in small)


def _said(text: str, passage: Passage, name: Name) -> str:
    """The words of a name."""
    return text[passage.words[name.first].start : passage.words[name.last].end]


def _struck(passage: Passage, mention: Mention) -> Iterator[int]:
    """What is struck from afar, by a verb whose object need not be people: "an air strike killed *Abu Hasan*"."""
    if mention.type != "ASSAULT" or mention.mode not in FROM_AFAR:
        return
    words = passage.words
    for role in mention.roles:
        at = role.word
        while words[at].deprel in ("flat", "compound"):
            at = words[at].head
        verb = words[at].head
        its = verb >= 0 and (mention.word in (verb, words[verb].head) or verb == words[mention.word].head)
        if role.kind in _SIDES and its and words[verb].text.lower() not in listed("struck", "people"):
            yield role.word


def _beside(names: Sequence[Name], word: int) -> list[Name]:
    """The name that holds a word, with the names that follow or go before without a break."""
    at = next((i for i, name in enumerate(names) if name.first <= word <= name.last), None)
    if at is None or names[at].kind not in _KINDS:
        return []
    first = last = at
    while first > 0 and names[first - 1].last + 1 == names[first].first and names[first - 1].kind in _KINDS:
        first -= 1
    while last + 1 < len(names) and names[last].last + 1 == names[last + 1].first and names[last + 1].kind in _KINDS:
        last += 1
    return list(names[first : last + 1])


def named_places(text: str, trees: Sequence[Tree], scene: Scene, gazetteer: Gazetteer) -> list[tuple[int, Place]]:
    """Where each name of a place begins, and the place; not those of governments and outlets, nor where somebody only speaks."""
    found = []
    for tree in trees:
        for name in tree.passage.names:
            if name.kind != "LOC" or is_afar(tree, tree.top(name)) or _stands_for(tree, name, scene):
                continue
            last = name.last + (name.last + 1 < len(tree.words) and tree.words[name.last + 1].text in KIND_WORDS)
            start, end = tree.span(name.first, last)
            located = locate(text[start:end], scene, gazetteer)
            if located and located.place.precision:
                found.append((start, located.place))
    return found


def aside(tree: Tree) -> Iterator[int]:
    """Where names begin that are no scene of deeds if others are: of talks ("agreed in *Minsk*"), and around another place."""
    for name in tree.passage.names:
        if name.kind == "LOC" and (is_venue(tree, tree.top(name), VISITED) or _is_around(tree, name)):
            yield tree.words[name.first].start


def _is_around(tree: Tree, name: Name) -> bool:
    """Whether a name only says where the place named before it lies, or from where a way leads to it: "south of *Idlib*"."""
    lead = [tree.form(at) for at in range(max(0, name.first - 2), name.first)]
    before = any(
        other.kind == "LOC" and other.last == name.first - 2 and tree.words[other.first - 1].upos != "NUM"  # an address
        for other in tree.passage.names
    )
    return (before and lead[-1] in ("in", "near", ",")) or (lead[-1:] == ["of"] and lead[0] in COMPASS)


def _stands_for(tree: Tree, name: Name, scene: Scene) -> bool:
    """Whether a capital or country is its government, as subject or object ("informed *Khartoum*"), or an outlet ("told *Xinhua*")."""
    words = tree.words[name.first : name.last + 1]
    text = " ".join(word.text for word in words)
    country = scene.codebook.find_country(text)
    if country is None:
        return tree.case(tree.top(name)) not in WHERE and scene.codebook.find_outlet(text) is not None
    return country.kind in ("capital", "name") and any(word.deprel.split(":")[0] in _ACTS for word in words)
