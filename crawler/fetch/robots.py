"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from items.run import Cause
from spiders.failure import RefusedError, cause_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from items.run import Desk

PRODUCT = "newsloom"
"""The product token that a robots.txt names us by."""

_FIRST = 1000
"""Priority of a robots.txt over all else."""

_READ = 500 << 10
"""Bytes of a robots.txt that are read; the standard asks for no fewer, and the rest is left unread."""

_UNPACKED = 4 << 20
"""Bytes that those may unpack to."""


class RobotsMiddleware:
    """Sends no request that the host's robots.txt forbids, and tells Scrapy's `robots_parsed` signal what was read.

    A robots.txt that is not there (4xx) allows everything. One that can't be read (5xx, no answer) forbids everything,
    unless it was read within the last 30 days: then what it said holds on. It is asked for once a day at most; in
    between the archive remembers it.

    Args:
        crawler: Scrapy's.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.bytes_received, signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Refuse a request that robots.txt forbids.

        Raises:
            RefusedError: it does, or it can't be read.
        """
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._learn(origin, request))
        rules = await asyncio.shield(self._rules[origin])
        if not rules.allowed(request.url, PRODUCT):
            raise RefusedError(Cause.ROBOTS, "robots.txt forbids it")

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Leave a robots.txt unread where it grows too long."""
        if not request.meta.get("robots"):
            return
        request.meta["download_maxsize"] = _UNPACKED
        request.meta["robots_read"] = request.meta.get("robots_read", 0) + len(data)
        if request.meta["robots_read"] >= _READ:
            raise StopDownload(fail=False)

    async def _learn(self, origin: str, asked_for: Request) -> ProtegoRobotParser:
        """What an origin's robots.txt says, from the archive where that is fresh."""
        desk: Desk | None = getattr(self._crawler.spider, "desk", None)
        body = desk.robots(origin) if desk else None
        if body is None:
            body = await self._fetch(origin, desk)
        rules = ProtegoRobotParser.from_crawler(self._crawler, body)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=asked_for
        )
        return rules

    async def _fetch(self, origin: str, desk: Desk | None) -> bytes:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=_FIRST,
            dont_filter=True,
            meta={"robots": True, "download_maxsize": 1 << 62},  # `bytes_received` sees to its size
        )
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
            fault = _fault(response)
        except Exception as error:  # noqa: BLE001  # whatever keeps it from being read
            fault = RefusedError(*cause_of(error))
        if fault is None:
            body = response.body[:_UNPACKED] if response.status == 200 else b""
            if desk:
                desk.keep_robots(origin, body)
            return body
        held = desk.robots(origin, though_old=True) if desk else None
        if held is None:
            raise fault
        return held


def _fault(response: Response) -> RefusedError | None:
    """Why an answer says nothing of what is allowed; None for one that does, be it that there are no rules."""
    if 200 <= response.status < 300 or (400 <= response.status < 500 and response.status != 429):
        return None
    return RefusedError(Cause.STATUS, f"robots.txt can't be read: HTTP {response.status}")
