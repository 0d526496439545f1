"""Truces: what they say and whom they bind, and what incidents are to their clauses."""

from trucewatch.truces.breach import Breach, Ledger
from trucewatch.truces.performance import Performance, Performed, performances
from trucewatch.truces.tables import drafts, faults, load
from trucewatch.truces.terms import Truce
from trucewatch.truces.verdicts import Verdict

__all__ = [
    "Breach",
    "Ledger",
    "Performance",
    "Performed",
    "Truce",
    "Verdict",
    "drafts",
    "faults",
    "load",
    "performances",
]
