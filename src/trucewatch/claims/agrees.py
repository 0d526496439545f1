"""Which mentions a pronoun may refer to by its form, and what speaks for each of them."""

from __future__ import annotations

import math

from trucewatch.claims.mentions import Reference

FEMALE = frozenset("she her hers herself".split())
MALE = frozenset("he him his himself".split())
THING = frozenset("it its itself".split())
MANY = frozenset("they them their themselves theirs".split())
PERSON = FEMALE | MALE
THIRD = PERSON | THING | MANY
"""All that refer to whom or what is spoken of."""

# Weights of what speaks for a mention, chosen on GUM's training part; a person stays in view for longer than a thing.
_PERSON_DISTANCE = -1.0  # for every sentence between it and the pronoun
_DISTANCE = -1.8  # the same for a thing
_PERSON_AGAIN = 2.0  # the last pronoun of the kind referred to it
_AGAIN = 0.8  # the same for a thing
_SUBJECT = 1.6  # it is the subject of its verb
_OBJECT = 0.8  # it is the object
_NAMED = 0.2  # it is a name
_OFTEN = 0.15  # times the logarithm of how often it was spoken of
_UNLIKELY = -0.8  # it agrees, but pronouns of the kind seldom refer to its like


def kind_of(pronoun: str) -> str:
    """What a pronoun says of whom it refers to: ``f``, ``m``, ``it`` or ``they``."""
    return next((name for name, every in (("f", FEMALE), ("m", MALE), ("it", THING)) if pronoun in every), "they")


def agrees(pronoun: str, one: Reference) -> bool:
    """Whether a mention is of the kind, number and sex of a pronoun."""
    if pronoun in PERSON:
        return one.kind == "PER" and not one.plural and one.sex in ("", "f" if pronoun in FEMALE else "m")
    if pronoun in THING:
        return one.kind in ("ORG", "LOC", "GROUP", "THING") and not one.plural
    return one.kind in ("PAIR", "ORG", "GROUP") or one.plural


def weight(pronoun: str, one: Reference, back: int, often: int, again: bool) -> float:
    """What speaks for a mention so many sentences back that was spoken of so often; `again`: the last such pronoun referred to it."""
    person = pronoun in PERSON
    found = (_PERSON_DISTANCE if person else _DISTANCE) * back
    found += {"subject": _SUBJECT, "object": _OBJECT, "other": 0.0}[one.relation]
    found += _NAMED * one.named + _OFTEN * math.log(often)
    found += (_PERSON_AGAIN if person else _AGAIN) * again
    return found + _UNLIKELY * _is_unlikely(pronoun, one)


def _is_unlikely(pronoun: str, one: Reference) -> bool:
    """Whether a pronoun seldom refers to its like: a place as such, a thing, a body spoken of as many."""
    if pronoun in MANY:
        return one.kind == "THING" or not one.plural
    return one.kind == "THING" or (one.kind == "LOC" and one.relation == "other")
