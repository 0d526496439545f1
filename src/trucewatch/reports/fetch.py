"""A URL to bytes: http and https only, public addresses only (checked where the connection is made), capped and timed."""

from __future__ import annotations

import email.utils
import re
import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpcore2

from trucewatch.errors import FetchError, TryLaterError
from trucewatch.nouns import Noun
from trucewatch.reports.addresses import resolve
from trucewatch.reports.assemble import ReadOptions

_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 1 << 16
AGENT = "trucewatch (reads reports for a ceasefire record)"
_HEADERS = (
    (b"Accept", b"text/html,application/xhtml+xml,text/plain,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5"),
    (b"Accept-Encoding", b"gzip"),  # no brotli: its bombs are a thousand times worse
    (b"Connection", b"close"),
)


class Ask(Noun):
    """How a server is asked."""

    agent: str = AGENT
    """How we call ourselves."""
    etag: str | None = None
    """The ETag of what we have; where it is still the same, the server sends nothing."""
    modified: str | None = None
    """When that was last modified, in the server's words."""
    follow: bool = True
    """Whether redirects are followed; else ``Fetched.moved`` says where they lead."""


class Fetched(Noun):
    """What a server gave."""

    url: str
    """Where the redirects ended."""
    content: bytes = b""
    kind: str = ""
    """Media type, lower case."""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    """It is as it was when we got ``Ask.etag`` and ``Ask.modified``; there is no content."""
    moved: str | None = None
    """Where the server sends us, if that is not followed; there is no content."""


_PLAIN = Ask()


def fetch(url: str, options: ReadOptions, ask: Ask = _PLAIN) -> Fetched:
    """The content behind `url`. Raises FetchError with one line for every refusal, TryLaterError for what may pass."""
    deadline = time.monotonic() + options.fetch_seconds
    backend = Guarded(deadline, options.allow_private)
    try:
        with httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool:
            for _ in range(_REDIRECTS + 1):
                check(url)
                answer = _get(pool, url, options, ask)
                if answer.moved is None or not ask.follow:
                    return answer
                url = answer.moved
    except httpcore2.TimeoutException as error:
        raise TryLaterError(f"no answer within {options.fetch_seconds:g} seconds") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as error:
        raise TryLaterError(f"cannot be fetched: {str(error) or type(error).__name__}") from error
    raise FetchError(f"more than {_REDIRECTS} redirects")


def check(url: str) -> None:
    """Raise FetchError for what is no address that may be asked."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise FetchError(f"no valid address: {url[:200]}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            f"refused: only http and https are fetched, not {parts.scheme or 'an address without a scheme'}"
        )
    if not host:
        raise FetchError(f"no host in the address {url[:200]}")
    if parts.username is not None or parts.password is not None:
        raise FetchError("refused: an address with a user name or password in it")


def _get(pool: httpcore2.ConnectionPool, url: str, options: ReadOptions, ask: Ask) -> Fetched:
    """One request."""
    seconds = dict.fromkeys(("connect", "read", "write", "pool"), options.fetch_seconds)
    try:
        target = _ascii(url)
    except UnicodeError:
        raise FetchError(f"no valid address: {url[:200]}") from None
    headers = [(b"Host", urlsplit(target).netloc.encode("ascii")), *_headers(ask)]
    with pool.stream("GET", target, headers=headers, extensions={"timeout": seconds}) as response:
        found = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
        if response.status in _MOVED and "location" in found:
            return Fetched(url=url, moved=_joined(url, found["location"]))
        if response.status == 304 and (ask.etag or ask.modified):
            return Fetched(url=url, unchanged=True, etag=ask.etag, modified=ask.modified)
        if response.status in _BUSY:
            raise TryLaterError(f"the server answered {response.status}", _after(found))
        if response.status != 200:
            raise FetchError(f"the server answered {response.status}")
        content = _body(response.iter_stream(), found, options.max_bytes)
    kind, _, rest = found.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return Fetched(
        url=url,
        content=content,
        kind=kind.strip().lower(),
        charset=charset[1] if charset else None,
        etag=found.get("etag"),
        modified=found.get("last-modified"),
    )


def _headers(ask: Ask) -> Iterator[tuple[bytes, bytes]]:
    said = {"User-Agent": ask.agent, "If-None-Match": ask.etag, "If-Modified-Since": ask.modified}
    for name, value in said.items():
        if value is not None:
            yield name.encode("ascii"), value.encode("latin-1", "replace")
    yield from _HEADERS


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise FetchError(f"no valid address: {location[:200]}") from None


def _after(headers: dict[str, str]) -> float | None:
    """Seconds of a ``Retry-After``; one that is a date counts from the server's own clock."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        then = email.utils.parsedate_to_datetime(said)
        return max((then - email.utils.parsedate_to_datetime(headers.get("date", ""))).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError):
        return None


def _ascii(url: str) -> str:
    """The URL with its host in IDNA and other characters percent-encoded."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return f"{parts.scheme}://{host}{port}{path}{query}"


def _body(chunks: Iterable[bytes], headers: dict[str, str], max_bytes: int) -> bytes:
    """The body, unpacked; refused as soon as it grows beyond the limit, packed or unpacked."""
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"refused: the server packs its answer as {packing}")
    if headers.get("content-length", "").isdigit() and int(headers["content-length"]) > max_bytes:
        raise FetchError(f"larger than {max_bytes:,} bytes")
    unpack = zlib.decompressobj(47) if packing not in ("identity", "") else None
    body = bytearray()
    try:
        for chunk in chunks:
            body += unpack.decompress(chunk, max_bytes + 1 - len(body)) if unpack else chunk
            if len(body) > max_bytes:
                raise FetchError(f"larger than {max_bytes:,} bytes")
    except zlib.error as error:
        raise FetchError("the server's answer could not be unpacked") from error
    if unpack is not None and not unpack.eof:
        raise TryLaterError("cut off: the server's answer ends in the midst")
    return bytes(body)


class Guarded(httpcore2.NetworkBackend):
    """Connects to an address that was checked, not to a name that may resolve again; keeps one deadline for everything."""

    def __init__(self, deadline: float, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = resolve(host, port, self._allow_private, _left(self._deadline, timeout))
        stream = self._inner.connect_tcp(address, port, _left(self._deadline, timeout), local_address, socket_options)
        return _Timed(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchError("refused: a socket of this machine")


class _Timed(httpcore2.NetworkStream):
    """A connection with one deadline for all reads and writes, so that a server that drips bytes cannot hold us."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(min(max_bytes, _CHUNK), _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(left, timeout)
