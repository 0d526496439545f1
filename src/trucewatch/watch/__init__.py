"""Feeds, sitemaps and lists of addresses, looked at again and again: what is new in them goes to the desk.

``watchlist.load`` reads SOURCES.toml; ``Watch.sources`` gives what one look at all of them brings.
"""

from trucewatch.watch.frontier import Frontier
from trucewatch.watch.pace import Pace
from trucewatch.watch.rounds import Watch
from trucewatch.watch.watchlist import Watched, Watchlist, load

__all__ = ["Frontier", "Pace", "Watch", "Watched", "Watchlist", "load"]
