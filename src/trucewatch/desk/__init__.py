"""The store: facts are added and never changed, in SQLite by default, in PostgreSQL for a team."""

from trucewatch.desk.desk import Desk
from trucewatch.desk.reader import Coding, Run, Versions
from trucewatch.desk.search import ClaimFilter
from trucewatch.desk.writer import Writer

__all__ = ["ClaimFilter", "Coding", "Desk", "Run", "Versions", "Writer"]
