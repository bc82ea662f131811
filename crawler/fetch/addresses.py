"""Which network addresses may be connected to: the public web, and what the operator allows besides."""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from items.site import Site

    IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LOOPBACK = ipaddress.ip_address("127.0.0.1")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_TUNNELS = (ipaddress.ip_network("2001::/23"), ipaddress.ip_network("2002::/16"))
"""Teredo, 6to4 and their like lead to IPv4 addresses behind the back of whoever checks."""

_PROTOCOLS = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("192.88.99.0/24"))
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
"""Public by its number, and yet a cloud's own service: what it tells is for the machine alone."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public web; one that stands for an IPv4 address is as public as that one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        return address.is_global and address in _GLOBAL_UNICAST and not any(address in net for net in _TUNNELS)
    if address in _METADATA or any(address in net for net in _PROTOCOLS):
        return False
    return address.is_global and not address.is_multicast


def literal(host: str) -> IPAddress | None:
    """The address that a host spells out: `127.0.0.1`, `0x7f000001`, `[::1]`, `localhost`; None for other names."""
    name = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return _LOOPBACK
    try:
        return ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(name)) if name[:1].isdigit() else None
    except (OSError, ValueError):
        return None


def origin_of(url: str) -> tuple[str, int]:
    """Host and port of a URL; `("", 0)` of what is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip("."), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", 0


def own_addresses(sites: Iterable[Site]) -> set[str]:
    """What site files allow: an address that a file itself spells out (`http://10.0.0.5:8080/`), with its port."""
    urls = [site.home for site in sites]
    for site in sites:
        urls += [*(f.url for f in site.feeds), *(s.url for s in site.sitemaps), *(w.url for w in site.listings)]
    return spelled_out(urls)


def spelled_out(urls: Iterable[str]) -> set[str]:
    """`HOST:PORT` of those URLs that spell out an address instead of naming a host."""
    return {_joined(host, port) for host, port in map(origin_of, urls) if host and literal(host) is not None}


class Addresses:
    """Decides what may be connected to.

    Args:
        allowed: hosts that may be anywhere: `intranet.example`, `10.0.0.5`, `[fd00::5]`; with a port (`10.0.0.5:8080`)
            only that port.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = set(map(_host_and_port, allowed))

    def allow(self, host: str, port: int) -> bool:
        """Whether the operator allows this host wherever it may be."""
        return (host.lower(), port) in self._allowed or (host.lower(), None) in self._allowed

    def allows(self, host: str, port: int, address: IPAddress) -> bool:
        """Whether a host may be connected to at an address."""
        return is_public(address) or self.allow(host, port)


def _joined(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _host_and_port(entry: str) -> tuple[str, int | None]:
    if entry.count(":") > 1 and not entry.startswith("["):  # an IPv6 address without brackets
        return entry.lower(), None
    parts = urlsplit(f"//{entry}")
    return (parts.hostname or "").rstrip("."), parts.port
