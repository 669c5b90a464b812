"""Which machines a calendar's address may lead to: those of the internet, none of the network we are in.

Whoever may name a calendar, or write a link in one, must not thereby reach what only this machine can reach: a router,
a database, a cloud's own address with its secrets. The check is made where the socket is opened, on the very address
it is opened to: no other answer of the name server and no redirect can come between.
"""

import errno
import ipaddress
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

from aiohttp import AddrInfoType

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """The address to connect to is none of the internet's."""

    def __init__(self) -> None:
        # Always the same words: where every address of a host is refused, aiohappyeyeballs raises the first error.
        super().__init__(errno.EACCES, "private address")


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the internet, the IPv4 address inside an IPv6 one looked at as well."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _meant(address))


def anywhere(_: str) -> bool:
    """Any address will do: the council's own calendar may be on this machine."""
    return True


def opener(allows: Callable[[str], bool]) -> Callable[[AddrInfoType], socket.socket]:
    """What gives aiohttp a socket for an address, or raises PrivateAddressError where `allows` does not."""

    def open_socket(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, where = info
        if not allows(str(where[0])):
            raise PrivateAddressError
        return socket.socket(family, kind, protocol)

    return open_socket


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address, or the IPv4 address it stands for (mapped, 6to4, NAT64)."""
    if isinstance(address, IPv4Address):
        return [address]
    inside = address.ipv4_mapped or address.sixtofour
    if inside is None and address in _NAT64:
        inside = IPv4Address(int(address) & 0xFFFFFFFF)
    return [inside] if inside else [address]
