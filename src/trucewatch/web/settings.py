"""How a desk is served."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from trucewatch.nouns import Noun

LOCAL = ("127.0.0.1", "localhost", "::1")


class OpenId(Noun):
    """A provider of OpenID Connect that vouches for people."""

    issuer: str
    client: str
    """What the provider calls this desk."""
    secret: str = ""
    """What this desk shows the provider; empty for a public client."""
    label: str = "OpenID"
    """What the button says."""


class Settings(Noun):
    """How a desk is served; a copy of it is in every ``View``."""

    desk: str
    """The desk's path or the URL of its database."""
    url: str = ""
    """By which browsers reach it, where it is not this machine alone; where it begins with https, cookies are sent by nothing else."""
    team: bool = False
    """Whether people sign in with accounts; otherwise one person comes in by a link that works once."""
    owner: str = "analyst"
    """Name of the one person of a desk without a team, in whose name judgements are made."""
    link: str | None = None
    """What the link that works once carries; None where nobody may come in by one."""
    lasting: bool = False
    """Whether the link works again and again: for a test, or an automatic browser."""
    openid: OpenId | None = None
    truces: Path | None = None
    """A folder of truces beside those that ship, and of scenarios in its folder ``scenarios``."""
    hooks_to_private: bool = False
    """Whether hooks may send to a private network, or to this machine."""
    upload: int = 20_000_000
    """Bytes of an upload, at most."""

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by https alone."""
        return self.url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Names that a browser may call this server by; any other may be a rebound one."""
        named = urlsplit(self.url).hostname
        return frozenset((*LOCAL, named) if named else LOCAL)
