"""Reads reports of a war and its truce, and keeps a record in which every value is traced to its words."""

from typing import TYPE_CHECKING, Any

from trucewatch.nouns import Claim, Incident, Report

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.run import read

__all__ = ["Claim", "Desk", "Incident", "Report", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported when asked for: the desk brings a database library with it, and reading a language model.
    if name == "Desk":
        from trucewatch.desk import Desk

        return Desk
    if name == "read":
        from trucewatch.run import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
