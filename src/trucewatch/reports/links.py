"""Web addresses as pages write them, among them such as are none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(base: str | None, link: str) -> str:
    """The link against its page's address; as it stands where it is no address ("http://[")."""
    try:
        return urljoin(base or "", link.strip())
    except ValueError:
        return link.strip()


def host(url: str | None) -> str:
    """The host of an address without "www."; "" where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path(url: str | None) -> str:
    """The path of an address; "" where there is none."""
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""
