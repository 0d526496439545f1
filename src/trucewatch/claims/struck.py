"""Towns that the model takes for people, or cuts in two, where they are struck: "jets bombed *Khan Younis*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trucewatch.claims.arcs import FROM_AFAR
from trucewatch.claims.phrase import listed
from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Mention, Name, Passage

_SIDES = ("recipient", "place")
_KINDS = ("PER", "LOC", "ORG")


def with_towns(text: str, passage: Passage, codebook: Codebook, gazetteer: Gazetteer) -> Passage:
    """A passage in which what is struck from afar is a place's name as a whole, if the gazetteer has it and nobody is known
    to be called so."""
    names = passage.names
    for word in {word for mention in passage.mentions for word in _struck(passage, mention)}:
        group = _beside(names, word)
        if any(name.kind == "PER" for name in group):
            whole = Name(kind="LOC", first=group[0].first, last=group[-1].last)
            said = text[passage.words[whole.first].start : passage.words[whole.last].end]
            if gazetteer.find(said) and not codebook.find_leader(said):
                names = tuple(whole if name is group[0] else name for name in names if name not in group[1:])
    return replace(passage, names=names) if names is not passage.names else passage


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
