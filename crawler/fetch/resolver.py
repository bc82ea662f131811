"""Names to addresses, and of those only the ones that may be connected to."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, Self

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.fetch.addresses import Addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress, IHostResolution

_MOST_REMEMBERED = 1000


@implementer(IHostnameResolver)
class GuardedResolver:
    """Asks the system's resolver and lets through what may be connected to.

    A connection goes to an address that came through here, asked for that very connection: a name that leads somewhere
    else the second time is looked at the second time.

    Args:
        reactor: Twisted's; its own resolver is the one that is asked.
        addresses: decides.
    """

    def __init__(self, reactor: Any, addresses: Addresses) -> None:
        self._reactor, self._asked, self._addresses = reactor, reactor.nameResolver, addresses
        self._refused: dict[tuple[str, int], str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Make the resolver from the settings `NEWSLOOM_ALLOW_HOSTS` and `NEWSLOOM_PROXY`."""
        proxy = crawler.settings.get("NEWSLOOM_PROXY")
        allowed = crawler.settings.getlist("NEWSLOOM_ALLOW_HOSTS")
        return cls(reactor, Addresses([*allowed, *([proxy.partition("://")[2].strip("/")] if proxy else [])]))

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def refused(self, host: str, port: int) -> str | None:
        """The address that a host was last refused for; None if it was not refused."""
        return self._refused.get((host, port))

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name for a connection to a port."""
        receiver = _Sieve(resolutionReceiver, self, hostName, portNumber)
        resolution: IHostResolution = self._asked.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution

    def passes(self, host: str, port: int, address: str) -> bool:
        """Whether an address may be connected to; remembers the last one that may not."""
        if self._addresses.allows(host, port, ipaddress.ip_address(address.partition("%")[0])):
            self._refused.pop((host, port), None)
            return True
        if len(self._refused) >= _MOST_REMEMBERED:
            self._refused.clear()
        self._refused[host, port] = address
        return False


@implementer(IResolutionReceiver)
class _Sieve:
    """Hands on what may be connected to."""

    def __init__(self, receiver: Any, resolver: GuardedResolver, host: str, port: int) -> None:
        self._receiver, self._resolver, self._host, self._port = receiver, resolver, host, port

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._resolver.passes(self._host, self._port, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
