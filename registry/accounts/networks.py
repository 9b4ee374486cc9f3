"""Networks of addresses: by which tries are counted, and what is kept of where somebody was."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# who has an IPv6 address has the 2^64 beside it as well
_COUNTED_BITS: Final = {4: 32, 6: 64}
# enough to tell home from elsewhere
_SHOWN_BITS: Final = {4: 24, 6: 48}


def counted_place(address: str) -> str:
    """The network that tries are counted for: an address, of IPv6 the half that a household or office is given."""
    found = _address(address)
    return "" if found is None else _network(found, _COUNTED_BITS[found.version])


def shown_network(address: str) -> str:
    """The network of an address as far as it is kept with a session."""
    found = _address(address)
    return "" if found is None else _network(found, _SHOWN_BITS[found.version])


def _address(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except (AddressValueError, ValueError):
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _network(address: IPv4Address | IPv6Address, bits: int) -> str:
    return str(ip_network((address, bits), strict=False))
