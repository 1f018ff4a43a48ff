"""Addresses of clients: which one a request came from, and who counts as one client.

The server puts the address that a trusted proxy names (WINNOW_TRUSTED_PROXIES) in place
of the proxy's own. Nothing here reads a header to learn an address.
"""

import ipaddress
from collections.abc import Sequence

from starlette.types import Scope

from app.settings import split_networks

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOUSEHOLD_BITS = 64  # of an IPv6 address that one household shares
_LONGEST = 64  # characters of what is no address
_INDIRECT = (  # how names of headers begin that proxies add, and browsers for other sites
    b"x-forwarded-",
    b"x-original-",
    b"x-real-ip",
    b"x-client-ip",
    b"true-client-ip",
    b"cf-connecting-ip",
    b"forwarded",
    b"via",
    b"origin",
)


def find_client(scope: Scope) -> str:
    """Return what stands for the client that a request came from; see `find_household`."""
    return find_household(_read_host(scope))


def find_household(host: str) -> str:
    """Return an IPv4 address, the /64 of an IPv6 address, or a text that is neither."""
    address = _parse(host)
    if address is None:
        return host[:_LONGEST]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((int(address), _HOUSEHOLD_BITS), strict=False))


def is_direct_from(scope: Scope, networks: Sequence[Network]) -> bool:
    """Tell whether a request came from one of the networks, and through nobody else.

    What was forwarded came through a machine whose address says nothing of the client's,
    and what a browser asks for another site was asked for by that site.
    """
    address = _parse(_read_host(scope))
    if address is None or not any(address in network for network in networks):
        return False
    return not any(name.startswith(_INDIRECT) for name, _ in scope["headers"])


def parse_networks(text: str) -> list[Network]:
    """Return the addresses and networks of a setting. Raises ValueError."""
    return [ipaddress.ip_network(part, strict=False) for part in split_networks(text)]


def _read_host(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _parse(host: str) -> _Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
