"""What one who takes part is, as far as its sector and country tell: a state, an armed group, or people without arms."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import FIGHTERS, OF_STATES
from trucewatch.nouns import Entity

CIVIL = frozenset({"AGR", "BUS", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "REL", "SOC"})
STATE = OF_STATES - {"PRM"}
GROUP = frozenset({"CRM", "PRM", "REB"})
ARMED = FIGHTERS | {"CRM"}


class Kind(enum.StrEnum):
    """Kinds of sides that datasets of armed violence tell apart."""

    STATE = "state"
    GROUP = "group"
    CIVILIANS = "civilians"


def kind(one: Entity, book: Codebook) -> Kind | None:
    """Its kind; None where nobody says enough, and for bodies of many states."""
    if one.sector in CIVIL:
        return Kind.CIVILIANS
    if one.sector in GROUP:
        return Kind.GROUP
    return Kind.STATE if one.sector in STATE and one.country in book.countries else None


def kinds(side: Sequence[Entity], book: Codebook) -> set[Kind | None]:
    """The kinds on one side; empty where nobody is named on it."""
    return {kind(one, book) for one in side}


def is_armed(side: Sequence[Entity]) -> bool:
    """Whether somebody is named, and all of them bear arms."""
    return bool(side) and all(one.sector in ARMED for one in side)


def is_civil(side: Sequence[Entity]) -> bool:
    """Whether somebody is named, and none of them bears arms."""
    return bool(side) and all(one.sector in CIVIL for one in side)
