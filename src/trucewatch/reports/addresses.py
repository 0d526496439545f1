"""Which network addresses are public: the fetcher connects to no other, however a host name hides them."""

from __future__ import annotations

import ipaddress
import socket

from trucewatch.errors import FetchError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOW_IPV6 = ipaddress.ip_network("::/96")


def is_public(text: str) -> bool:
    """Is a numeric address public: neither private, loopback, link-local, multicast, reserved, nor one that embeds such?"""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(inner.is_global and not inner.is_multicast and not inner.is_reserved for inner in _within(address))


def _within(address: _Address) -> tuple[_Address, ...]:
    """An address with the IPv4 address that it carries (mapped, compatible, 6to4, Teredo, NAT64), if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64:
        return (low,)
    if address in _LOW_IPV6:
        return (address, low)
    if address.sixtofour is not None:
        return (address, address.sixtofour)
    if address.teredo is not None:
        return (address, *address.teredo)
    return (address,)


def resolve(host: str, port: int, allow_private: bool) -> str:
    """One address of a host to connect to, after every one of its addresses was found public. Raises FetchError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no address found for {host}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        # One private address among public ones is the mark of a rebinding trick: refuse the host as a whole.
        for address in addresses:
            if not is_public(address):
                raise FetchError(f"refused: {host} is at {address}, which is no public address")
    return addresses[0]
