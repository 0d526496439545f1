"""What people and bodies are called by: "the group", "the Islamist movement", "the bloc", and of what sector or country each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.claims.cast import Cast
from trucewatch.claims.known import ARMED
from trucewatch.claims.mentions import Reference
from trucewatch.claims.phrase import listed, words
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Entity

GROUPS = listed("described", "groups")
OF_ANY = listed("described", "of_any")
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "JRN"})
"""What is called an agency or a body, but neither a group nor a movement."""
_BELOW = listed("described", "below")
"""What no body of the United Nations is called."""
_SECTORS: Mapping[str, Sequence[str]] = words()["described"]["sectors"]
_ABOVE: Mapping[str, Sequence[str]] = words()["described"]["above"]



def can_be_called(noun: str, sector: str | None, body: Entity) -> bool:
    """Whether a body may be called by a noun: an army is a state's, a ministry is no movement. ``sector`` is what the
    words before the noun say: "the militant *group*" is no ministry either."""
    if sector == "REB" and body.sector not in ARMED:
        return False
    if noun in _ABOVE:
        return body.country in _ABOVE[noun]
    if noun in _SECTORS:
        return body.sector in _SECTORS[noun]
    above = body.country == "UNO" and noun in _BELOW
    return noun in OF_ANY or (body.sector not in _OF_STATE and not above)


def noun_beside_name(one: Reference, tree: Tree) -> str | None:
    """The noun that somebody is called by with a name beside it: "the Syrian *army*"; None without one."""
    start = tree.passage.start
    said = tree.text[one.start - start : one.end - start].split()
    if one.kind == "PAIR" or not any(word[:1].isupper() for word in said[1:]):  # "the rebels and the *government*"
        return None
    return _head(said) if one.named else tree.words[one.word].text


def _head(name: Sequence[str]) -> str:
    """The word that says what the bearer of a name is: "*Government* of National Accord"."""
    of = next((at for at, word in enumerate(name) if at and word in ("of", "for")), len(name))
    return name[of - 1]


def titles(one: Reference, tree: Tree, cast: Cast) -> str:
    """All that tells what somebody who is named is, in small letters: by the tables, beside the name and elsewhere."""
    start = tree.passage.start
    leader = cast.codebook.find_leader(tree.text[one.start - start : one.end - start], cast.on)
    first, last = tree.span(*tree.phrase(one.word))
    told = cast.people.get(one.key)
    around = tree.text[first - start : last - start]
    return f"{leader.office if leader else ''} {around} {told.title if told else ''}".lower()
