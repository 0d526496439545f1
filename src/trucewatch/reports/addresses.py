"""Which network addresses are public: the fetcher connects to no other, however a host name hides them."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Iterator

from trucewatch.errors import FetchError, TryLaterError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# What the standard library of some Python version holds to be global and is not the public internet (IANA's registries
# of special-purpose addresses): protocol assignments, 6to4 and its relays, documentation, segment routing, site-local.
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "64:ff9b:1::/48",
        "fec0::/10",
    )
)
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out to the public."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def is_public(text: str) -> bool:
    """Is a numeric address public, and the IPv4 address too that it may carry?

    Not public are private, shared (CGNAT), loopback, link-local, site-local, multicast, documentation, reserved and
    unspecified ones; IPv6 addresses that map, embed or tunnel to such an IPv4 address; and anything that is none.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_plainly_public(inner) for inner in _within(address))


def is_of_the_link(text: str) -> bool:
    """Is a numeric address, or the IPv4 address that it may carry, link-local? There clouds give out their machines' keys."""
    try:
        return any(inner.is_link_local for inner in _within(ipaddress.ip_address(text.partition("%")[0])))
    except ValueError:
        return False


def _is_plainly_public(address: _Address) -> bool:
    if any(address in network for network in _NEVER):
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _within(address: _Address) -> Iterator[_Address]:
    """What must be public: the address and the IPv4 address in it, or that one alone where it is what is reached."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None or address in _NAT64:
        yield low
        return
    yield address
    if address.sixtofour is not None:
        yield address.sixtofour
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        yield low


def resolve(host: str, port: int, allow_private: bool, seconds: float = 20.0) -> str:
    """One address of a host to connect to, after every one of its addresses was found public, or not link-local at least.

    Raises FetchError, and TryLaterError where no name server answers within ``seconds``.
    """
    addresses = _looked_up(host, port, seconds)
    # One private address among public ones is the mark of a rebinding trick: refuse the host as a whole.
    for address in addresses:
        if is_of_the_link(address) or not (allow_private or is_public(address)):
            raise FetchError(f"refused: {host} is at {address}, which is no public address")
    return addresses[0]


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host; asked for in a thread, for the system's resolver has no deadline."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise TryLaterError(f"no name server told the address of {host}") from None
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        raise TryLaterError(f"no name server told the address of {host}")
    if isinstance(answer, Exception) or not answer:
        raise FetchError(f"no address found for {host}")
    return answer
