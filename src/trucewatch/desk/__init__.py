"""The store: facts are added and never changed, in SQLite by default, in PostgreSQL for a team."""

from trucewatch.desk.bulletins import Bulletin, Kept
from trucewatch.desk.deeds import TellFilter, Telling, Told
from trucewatch.desk.derived import Derived, Mark
from trucewatch.desk.desk import Desk
from trucewatch.desk.entries import Entries, EntryFilter, Import, ImportCounts
from trucewatch.desk.forecasts import Forecast
from trucewatch.desk.news import News
from trucewatch.desk.outlets import Published
from trucewatch.desk.people import Act, People, Person, Role, Session
from trucewatch.desk.reader import Coding, Run, Versions
from trucewatch.desk.search import ClaimFilter, IncidentFilter, Near
from trucewatch.desk.shares import Share, ShareKind, Shares, Try, TryOutcome
from trucewatch.desk.writer import Writer

__all__ = [
    "Act",
    "Bulletin",
    "ClaimFilter",
    "Coding",
    "Derived",
    "Desk",
    "Entries",
    "EntryFilter",
    "Forecast",
    "Import",
    "ImportCounts",
    "IncidentFilter",
    "Kept",
    "Mark",
    "Near",
    "News",
    "People",
    "Person",
    "Published",
    "Role",
    "Run",
    "Session",
    "Share",
    "ShareKind",
    "Shares",
    "TellFilter",
    "Telling",
    "Told",
    "Try",
    "TryOutcome",
    "Versions",
    "Writer",
]
