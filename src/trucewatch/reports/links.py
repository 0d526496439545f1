"""Web addresses as pages write them, among them such as are none."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_COPY = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/(https?://\S+)$")
_SAVED = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,9}\)|Page saved with SingleFile\s{1,9}url: )(https?://[^\s<>]{1,2000})"
)
_HEAD = 4000


def absolute(base: str | None, link: str) -> str:
    """The link against its page's address; as it stands where it is no address ("http://[")."""
    try:
        return urljoin(base or "", link.strip())
    except ValueError:
        return link.strip()


def original(url: str | None) -> str | None:
    """The address of a page of which a web archive has a copy at this address; any other as it stands."""
    found = _COPY.match(url or "")
    return found[1] if found else url


def saved_from(html: str) -> str | None:
    """The address that a browser, or SingleFile, wrote into the head of a page when it was saved."""
    found = _SAVED.search(html[:_HEAD])
    return found[1] if found else None


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
