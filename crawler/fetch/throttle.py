"""Slower where a server is slow or its robots.txt asks for it, never faster than its site file allows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.extensions.throttle import AutoThrottle

from crawler.fetch.robots import PRODUCT
from items.domain import registrable_domain

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

_LONGEST_DELAY = 60.0
"""Seconds between two requests that a robots.txt may ask for."""


DELAYS = "newsloom/delays"
"""The statistic that tells, by domain, how far apart requests were in the end."""


class SiteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, which knows one smallest delay for all sites, with each domain's own instead.

    A domain's own delay is the largest of those that its site files and robots.txt (Crawl-delay) ask for. It is
    counted from the end of an answer, so that no server ever sees two requests closer together.

    Args:
        crawler: Scrapy's.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._delays = {n: float(s["delay"]) for n, s in crawler.settings.getdict("DOWNLOAD_SLOTS").items()}
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Heed a Crawl-delay."""
        asked = robotparser.crawl_delay(PRODUCT)
        if asked is None or not asked > 0:
            return
        name = registrable_domain(request.url)
        delay = self._delays[name] = max(self._delay_of(name), min(asked, _LONGEST_DELAY))
        downloader: Any = self.crawler.engine.downloader
        downloader.per_slot_settings[name] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(name):
            slot.delay = max(slot.delay, delay)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        name, slot = self._get_slot(request, spider)
        if name is None or slot is None:
            return
        self.mindelay = self._delay_of(name)
        super()._response_downloaded(response, request, spider)
        slot.lastseen = max(slot.lastseen, time.monotonic())
        assert self.crawler.stats is not None
        self.crawler.stats.get_stats().setdefault(DELAYS, {})[name] = slot.delay

    def _delay_of(self, name: str) -> float:
        return self._delays.get(name, self._min_delay())
