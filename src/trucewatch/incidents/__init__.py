"""Claims of one event, merged: which accounts are compared, how each pair is scored, what is held to have happened."""

from trucewatch.incidents.blocking import keys
from trucewatch.incidents.evidence import Link, Why, why
from trucewatch.incidents.figures import by_teller
from trucewatch.incidents.links import Watched
from trucewatch.incidents.merge import Merged, merge, touched

__all__ = ["Link", "Merged", "Watched", "Why", "by_teller", "keys", "merge", "touched", "why"]
