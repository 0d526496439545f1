"""Which mentions a pronoun may stand for by its form alone."""

from __future__ import annotations

from trucewatch.claims.mentions import Reference

FEMALE = frozenset("she her hers herself".split())
MALE = frozenset("he him his himself".split())
THING = frozenset("it its itself".split())
MANY = frozenset("they them their themselves theirs".split())


def kind_of(pronoun: str) -> str:
    """What those are alike in whom a pronoun stands for: ``f``, ``m``, ``it`` or ``they``."""
    return next((name for name, every in (("f", FEMALE), ("m", MALE), ("it", THING)) if pronoun in every), "they")


def agrees(pronoun: str, one: Reference) -> bool:
    """Whether a mention is of the kind, number and sex of a pronoun."""
    if pronoun in FEMALE | MALE:
        return one.kind == "PER" and not one.plural and one.sex in ("", "f" if pronoun in FEMALE else "m")
    if pronoun in THING:
        return one.kind in ("ORG", "LOC", "GROUP", "THING") and not one.plural
    return one.kind in ("PAIR", "ORG", "GROUP") or one.plural


def is_unlikely(pronoun: str, one: Reference) -> bool:
    """Whether a pronoun seldom stands for its like: a place as such, a thing, a body spoken of as many."""
    if pronoun in MANY:
        return one.kind == "THING" or not one.plural
    return one.kind == "THING" or (one.kind == "LOC" and one.relation == "other")
