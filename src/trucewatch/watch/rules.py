"""What a host allows: its robots.txt, by protego."""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

_NAME = "trucewatch"
_LONGEST_DELAY = 60.0
"""Seconds between two requests that a robots.txt may ask for; more would be a ban, which it can say in other words."""
_LONGEST = 500_000
"""Characters of a robots.txt that count."""


class Rules:
    """What one host allows us."""

    def __init__(self, robots: str) -> None:
        """``robots``: the text of its robots.txt; "" allows everything."""
        self._rules = Protego.parse(robots[:_LONGEST])

    def allow(self, url: str) -> bool:
        """Whether we may fetch an address of this host."""
        return bool(self._rules.can_fetch(url, _NAME))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for; 0 where it asks for nothing."""
        delay = self._rules.crawl_delay(_NAME) or 0.0
        rate = self._rules.request_rate(_NAME)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return min(float(delay), _LONGEST_DELAY)


def host_of(url: str) -> str:
    """The host of an address, with its port where that is not the usual one; http and https are one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return host if port in (None, 80, 443) else f"{host}:{port}"


def robots_of(url: str) -> str:
    """Where the robots.txt of an address's host stands."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"
