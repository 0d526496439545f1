"""Reads reports of a war and its truce, and keeps a record in which every value is traced to its words.

Where to start reading: ``run`` takes files to ``reports``, which gives texts, ``language``, which parses them, ``claims``, which
says who did what to whom, and ``desk``, which keeps it. ``derive`` has ``incidents`` made of the claims; ``ledger`` holds them
against ``truces``; ``outlooks`` counts them for ``outlook``; ``cli``, ``web``, ``brief`` and ``export`` show
what came of it. The records that they hand to each other are in ``nouns``, the tables of words and names in ``codebook``. All of
the modules, layer by layer: docs/development.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trucewatch.nouns import Claim, Incident, Record, Report

if TYPE_CHECKING:
    from trucewatch.desk import ClaimFilter, Desk, IncidentFilter
    from trucewatch.run import Options, Outcome, keep, read

__all__ = [
    "Claim",
    "ClaimFilter",
    "Desk",
    "Incident",
    "IncidentFilter",
    "Options",
    "Outcome",
    "Record",
    "Report",
    "keep",
    "read",
]
__version__ = "0.1.0"

# Imported when asked for: the desk brings a database library with it, and reading a language model.
_LATER = dict.fromkeys(("ClaimFilter", "Desk", "IncidentFilter"), "desk") | dict.fromkeys(
    ("Options", "Outcome", "keep", "read"), "run"
)


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *_LATER]
