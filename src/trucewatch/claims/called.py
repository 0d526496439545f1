"""What bodies are called by: "the group", "the Islamist movement", "the bloc", and of what sector or country each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.claims.phrase import listed, words
from trucewatch.nouns import Entity

GROUPS = listed("described", "groups")
OF_ANY = listed("described", "of_any")
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "JRN"})
"""What is called an agency or a body, but neither a group nor a movement."""
_SECTORS: Mapping[str, Sequence[str]] = words()["described"]["sectors"]
_ABOVE: Mapping[str, Sequence[str]] = words()["described"]["above"]
OF_STATES = frozenset({"UNO", "EUR", "IGO"})
"""Countries of those who stand above states."""
ARMED = frozenset({"REB", "UAF", "PRM"})
"""Sectors of those who are armed and no state's."""


def can_be_called(noun: str, sector: str | None, body: Entity) -> bool:
    """Whether a body may be called by a noun: an army is a state's, a ministry is no movement. ``sector`` is what the
    words before the noun say: "the militant *group*" is no ministry either."""
    if sector == "REB" and body.sector not in ARMED:
        return False
    if noun in _ABOVE:
        return body.country in _ABOVE[noun]
    if noun in _SECTORS:
        return body.sector in _SECTORS[noun]
    return noun in OF_ANY or body.sector not in _OF_STATE
