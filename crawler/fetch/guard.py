"""Keeps every request, whoever wrote its address, on the public web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import CannotResolveHostError

from crawler.fetch.addresses import Addresses, literal, origin_of
from crawler.fetch.resolver import GuardedResolver
from items.run import Cause
from spiders.failure import RefusedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class GuardMiddleware:
    """Refuses what is not http or https, and what spells out an address that is not on the public web.

    Names are looked at when they are connected to (`GuardedResolver`). Behind a proxy it is the proxy that resolves
    them, so there only what spells out an address is refused here: the proxy must guard its own network.

    Args:
        addresses: decides.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware from the setting `NEWSLOOM_ALLOW_HOSTS`."""
        return cls(Addresses(crawler.settings.getlist("NEWSLOOM_ALLOW_HOSTS")))

    def process_request(self, request: Request) -> None:
        """Refuse a request by its URL.

        Raises:
            RefusedError: it may not be sent.
        """
        if not request.url.startswith(("http://", "https://")):
            raise RefusedError(Cause.ADDRESS, "is no web address")
        host, port = origin_of(request.url)
        address = literal(host)
        if address is not None and not self._addresses.allows(host, port, address):
            raise _refused(str(address))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a host that was refused from one that has no address.

        Raises:
            RefusedError: its name leads off the public web.
        """
        if isinstance(exception, CannotResolveHostError):
            from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one

            resolver = getattr(reactor, "nameResolver", None)
            if isinstance(resolver, GuardedResolver) and (address := resolver.refused(*origin_of(request.url))):
                raise _refused(address) from exception


def _refused(address: str) -> RefusedError:
    return RefusedError(Cause.ADDRESS, f"leads to {address}, which is not on the public web")
