"""Whom "the two", "both presidents" and "each side" stand for: the last two of their kind that one sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trucewatch.claims.known import STANDS_FOR_GOVERNMENT
from trucewatch.claims.mentions import Mention
from trucewatch.claims.phrase import listed
from trucewatch.claims.who import Cast, Identified, identify

NEAR = 5
"""Sentences in which bodies and countries are looked for, that of the words included."""
FAR = 12
"""The same for those whom an office tells ("both presidents")."""
ALONE = frozenset(("the two", "both", "the pair"))
"""Words that say only how many."""
_PERSONS = listed("both", "persons")
_STATES = listed("both", "states")
_SIDES = listed("both", "sides")
_EACH = listed("both", "each")
_OPPOSED = listed("both", "opposed")
_BODIES = ("ORG", "LOC", "GROUP", "NORP")
_ABOVE = frozenset({"UNO", "EUR", "IGO", "NGO"})
"""Who mediates between sides, and is none."""
_FIGHT_OR_TALK = frozenset("GOV MIL COP REB UAF PRM PTY OPP SPY".split())
"""Sectors of those who are called sides."""
_OF_STATE = frozenset("GOV MIL COP SPY".split())
"""Sectors of those who are on one side: a government and its army."""


def is_both(words: str) -> bool:
    """Whether the words, in lower case, stand for two who were named before: not "two men", who are new."""
    return words in ALONE or words.startswith(("the two ", "both ")) or _are_opposed(words)


def _are_opposed(words: str) -> bool:
    """ "each side", "the warring parties"."""
    *before, noun = words.split()
    match before:
        case [each]:
            return each in _EACH and f"{noun}s" in _SIDES
        case ["the", opposed]:
            return opposed in _OPPOSED and noun in _SIDES
    return False


def pair(mentions: Sequence[Mention], at: int, start: int, words: str, cast: Cast, text: str) -> Iterator[Mention]:
    """The two; nobody where no sentence near by has two of the kind that the noun says."""
    alone, noun = words in ALONE, words.split()[-1]
    noun += "s" * (words.split()[0] in _EACH)
    kinds = [kind for kind in (_PERSONS, _STATES, _SIDES) if (kind is not _STATES if alone else noun in kind)]
    for kind in kinds:
        for back in range(FAR if kind is _PERSONS and not alone else NEAR):
            told = (one for one in mentions if one.passage == at - back and one.end <= start)
            found = _of_kind(told, kind, cast, text)
            if len(found) >= 2:
                yield from found[:2]
                return


def _of_kind(told: Iterable[Mention], kind: frozenset[str], cast: Cast, text: str) -> list[Mention]:
    """Those of a kind, each once: a state by its country, and so whoever is on its side, others by name."""
    found: dict[str | None, Mention] = {}
    told = list(told)
    titles = {word for one in told for word in _title(one, cast)}
    for one in told:
        if text[one.start : one.end] in titles:
            continue  # "the US Secretary of *State*" is one of nobody's sides
        known = identify(text[one.start : one.end], cast)
        if _fits(one, known, kind):
            of_state = kind is _STATES or (kind is _SIDES and known.entity.sector in _OF_STATE)
            found.setdefault(known.entity.country if of_state else known.entity.name, one)
    return list(found.values())


def _title(one: Mention, cast: Cast) -> list[str]:
    """The words by which the report says who a person is."""
    person = cast.people.get(one.key) if one.kind == "PER" else None
    return person.title.split() if person else []


def _fits(one: Mention, known: Identified, kind: frozenset[str]) -> bool:
    """Whether somebody may be one of two such."""
    if kind is _PERSONS:
        return one.kind == "PER"
    if kind is _STATES:
        return one.named and one.kind != "PER" and ("sector", STANDS_FOR_GOVERNMENT) in known.because
    entity = known.entity
    return one.kind in _BODIES and entity.sector in _FIGHT_OR_TALK and entity.country not in _ABOVE
