"""A URL to bytes: http and https only, public addresses only (checked where the connection is made), capped and timed."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore2

from trucewatch.errors import FetchError
from trucewatch.nouns import Noun
from trucewatch.reports.addresses import resolve
from trucewatch.reports.assemble import ReadOptions

_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_HEADERS = (
    (b"User-Agent", b"trucewatch (reads reports for a ceasefire record)"),
    (
        b"Accept",
        b"text/html,application/xhtml+xml,text/plain,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5",
    ),
    (b"Accept-Encoding", b"gzip"),  # no brotli: its bombs are a thousand times worse
    (b"Connection", b"close"),
)


class Fetched(Noun):
    """What a server gave."""

    url: str
    """Where the redirects ended."""
    content: bytes
    kind: str = ""
    """Media type, lower case."""
    charset: str | None = None


def fetch(url: str, options: ReadOptions) -> Fetched:
    """The content behind `url`. Raises FetchError with one line for every refusal and failure."""
    deadline = time.monotonic() + options.fetch_seconds
    backend = _Guarded(deadline, options.allow_private)
    try:
        with httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool:
            for _ in range(_REDIRECTS + 1):
                _check(url)
                answer = _get(pool, url, options)
                if isinstance(answer, Fetched):
                    return answer
                url = answer
    except httpcore2.TimeoutException as error:
        raise FetchError(f"no answer within {options.fetch_seconds:g} seconds") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as error:
        raise FetchError(f"cannot be fetched: {str(error) or type(error).__name__}") from error
    raise FetchError(f"more than {_REDIRECTS} redirects")


def _check(url: str) -> None:
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


def _get(pool: httpcore2.ConnectionPool, url: str, options: ReadOptions) -> Fetched | str:
    """One request: what was fetched, or where the server sends us instead."""
    seconds = dict.fromkeys(("connect", "read", "write", "pool"), options.fetch_seconds)
    try:
        target = _ascii(url)
    except UnicodeError:
        raise FetchError(f"no valid address: {url[:200]}") from None
    headers = [(b"Host", _host(target)), *_HEADERS]
    with pool.stream("GET", target, headers=headers, extensions={"timeout": seconds}) as response:
        found = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
        if response.status in _MOVED and "location" in found:
            return urljoin(url, found["location"])
        if response.status != 200:
            raise FetchError(f"the server answered {response.status}")
        content = _body(response.iter_stream(), found, options.max_bytes)
    kind, _, rest = found.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return Fetched(url=url, content=content, kind=kind.strip().lower(), charset=charset[1] if charset else None)


def _ascii(url: str) -> str:
    """The URL with its host in IDNA and other characters percent-encoded."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return f"{parts.scheme}://{host}{port}{path}{query}"


def _host(url: str) -> bytes:
    return urlsplit(url).netloc.encode("ascii")


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
    return bytes(body)


class _Guarded(httpcore2.NetworkBackend):
    """Connects to an address that was checked, not to a name that may resolve anew; keeps one deadline for everything."""

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
        address = resolve(host, port, self._allow_private)
        stream = self._inner.connect_tcp(address, port, _left(self._deadline, timeout), local_address, socket_options)
        return _Timed(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchError("refused: a socket of this machine")


class _Timed(httpcore2.NetworkStream):
    """A connection whose every read and write ends at one deadline, so that a slow drip can't hold us."""

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
