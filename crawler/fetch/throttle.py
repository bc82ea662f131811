"""Slower where a server is slow, never faster than its site file allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class SiteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, which knows one smallest delay for all sites, with each site's own instead."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        slots = self.crawler.settings.getdict("DOWNLOAD_SLOTS")
        asked = slots.get(str(request.meta.get("download_slot")), {})
        self.mindelay = float(asked.get("delay", self._min_delay()))
        super()._response_downloaded(response, request, spider)
