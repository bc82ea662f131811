"""Sends every request through the operator's proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class ProxyMiddleware:
    """Sets the proxy of every request, robots.txt included. Off without `crawl.proxy`.

    Args:
        proxy: its URL.
    """

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware from the setting `NEWSLOOM_PROXY`."""
        proxy = crawler.settings.get("NEWSLOOM_PROXY")
        if not proxy:
            raise NotConfigured
        return cls(proxy)

    def process_request(self, request: Request) -> None:
        """Set the proxy."""
        request.meta["proxy"] = self._proxy
