"""The store: facts are added and never changed, in SQLite by default, in PostgreSQL for a team."""

from trucewatch.desk.bulletins import Bulletin, Kept
from trucewatch.desk.derived import Derived, Mark
from trucewatch.desk.desk import Desk
from trucewatch.desk.near import Near
from trucewatch.desk.reader import Coding, Run, Versions
from trucewatch.desk.search import ClaimFilter, IncidentFilter
from trucewatch.desk.writer import Writer

__all__ = [
    "Bulletin",
    "ClaimFilter",
    "Coding",
    "Derived",
    "Desk",
    "IncidentFilter",
    "Kept",
    "Mark",
    "Near",
    "Run",
    "Versions",
    "Writer",
]
