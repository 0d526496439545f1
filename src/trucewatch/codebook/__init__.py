"""The tables that an analyst may edit, and the code that loads, checks and looks them up."""

from trucewatch.codebook.checks import check
from trucewatch.codebook.lookup import Codebook, load
from trucewatch.codebook.names import fold
from trucewatch.codebook.rows import (
    ACLED_EVENTS,
    UCDP_VIOLENCE,
    Actor,
    CountryWord,
    Indicator,
    Leader,
    RoleRow,
)
from trucewatch.codebook.triggers import TriggerHit

__all__ = [
    "ACLED_EVENTS",
    "UCDP_VIOLENCE",
    "Actor",
    "Codebook",
    "CountryWord",
    "Indicator",
    "Leader",
    "RoleRow",
    "TriggerHit",
    "check",
    "fold",
    "load",
]
