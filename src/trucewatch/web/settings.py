"""How a desk is served."""

from __future__ import annotations

from pathlib import Path

from trucewatch.nouns import Noun

LOCAL = ("127.0.0.1", "localhost", "::1")


class Settings(Noun):
    """How a desk is served; a copy of it is in every ``View``."""

    desk: str
    """The desk's path or the URL of its database."""
    hosts: tuple[str, ...] = LOCAL
    """Names that the browser may call this server by; any other is refused, for it may be a rebound one."""
    team: bool = False
    """Whether people sign in with accounts; otherwise one person comes in by a link that works once."""
    owner: str = "analyst"
    """Name of the one person of a desk without a team, in whose name judgements are made."""
    link: str | None = None
    """What the link that works once carries; None where nobody may come in by one."""
    lasting: bool = False
    """Whether the link works again and again: for a test, or an automatic browser."""
    secure: bool = False
    """Whether browsers reach it by https alone: then cookies are sent by nothing else."""
    truces: Path | None = None
    """A folder of truces beside those that ship."""
    upload: int = 20_000_000
    """Bytes of an upload, at most."""
