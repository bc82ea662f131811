"""All requests to one registrable domain stand in one line, draw on one budget, and wait when its server asks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import DownloadCancelledError

from items.domain import registrable_domain
from items.run import Cause
from spiders.failure import RefusedError, StoppedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from items.run import Desk

_BUSY = frozenset({429, 503})
_LONGEST_WAIT = 60.0
"""Seconds that a run waits where a server asks for a pause; a longer one ends the run for that domain."""

_LONGEST_PAUSE = timedelta(days=1)
"""No server keeps us away for longer with one answer."""

_WITHOUT_WORD = 30.0
"""Seconds to wait after "too many requests" that doesn't say how long."""


@dataclass(slots=True)
class _Domain:
    """What is left of a domain's budget, and until when its server wants to be left alone."""

    requests: int
    size: int
    until: datetime | None = None


class DomainMiddleware:
    """Gives each request the slot of its registrable domain, counts it, and heeds Retry-After.

    Args:
        crawler: Scrapy's.
        budgets: requests and bytes by domain, for one run.
        budget: those of every other domain.
    """

    def __init__(self, crawler: Crawler, budgets: dict[str, tuple[int, int]], budget: tuple[int, int]) -> None:
        self._crawler, self._budgets, self._budget = crawler, budgets, budget
        self._domains: dict[str, _Domain] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware from the settings `NEWSLOOM_BUDGETS` and `NEWSLOOM_BUDGET`."""
        budgets, budget = crawler.settings.getdict("NEWSLOOM_BUDGETS"), crawler.settings["NEWSLOOM_BUDGET"]
        middleware = cls(crawler, budgets, budget)
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Put a request in its line.

        Raises:
            RefusedError: the domain's budget is spent, or its server asked for a pause that outlasts the run.
        """
        request.meta["download_slot"] = registrable_domain(request.url)
        self._check(request)

    def admit(self, request: Request) -> None:
        """Count a request whose turn has come.

        Raises:
            RefusedError: as above; things may have changed while it waited.
            StoppedError: the run is at its end.
        """
        name = request.meta["download_slot"]
        if self._is_ending and "kind" in request.meta and "begun" not in request.cb_kwargs:
            if slot := self._slot(name):
                slot.delay = 0.0  # those behind it need not wait to be told the same
            raise StoppedError
        self._check(request)
        self._domain(request.meta["download_slot"]).requests -= not request.meta.get("robots")

    def _check(self, request: Request) -> None:
        domain = self._domain(request.meta["download_slot"])
        if domain.until is not None and domain.until > datetime.now(UTC):
            until = f"{domain.until:%Y-%m-%d %H:%M} UTC"
            raise RefusedError(Cause.PAUSED, f"the server asked to be left alone until {until}")
        if (domain.requests <= 0 or domain.size <= 0) and not request.meta.get("robots"):
            raise RefusedError(Cause.BUDGET, "the site's budget of this run is spent; the next run goes on")

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Count an answer's bytes; wait, if it says so: before the next in line is sent."""
        domain = self._domain(name := request.meta["download_slot"])
        domain.size -= len(response.body)
        if response.status in _BUSY and (wait := _asked_to_wait(response)):
            if wait <= _LONGEST_WAIT:
                self._hold(name, wait)
            else:
                domain.until = datetime.now(UTC) + min(timedelta(seconds=wait), _LONGEST_PAUSE)
                request.meta["dont_retry"] = True
                if desk := self._desk:
                    desk.pause(name, domain.until)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what was received of an answer that was too large."""
        if isinstance(exception, DownloadCancelledError):
            largest = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
            self._domain(request.meta["download_slot"]).size -= largest

    def _domain(self, name: str) -> _Domain:
        domain = self._domains.get(name)
        if domain is None:
            until = self._desk.paused(name) if self._desk else None
            domain = self._domains[name] = _Domain(*self._budgets.get(name, self._budget), until)
        return domain

    @property
    def _desk(self) -> Desk | None:
        return getattr(self._crawler.spider, "desk", None)

    @property
    def _is_ending(self) -> bool:
        """Whether what is asked for now could not be kept, or would only hold up the end."""
        assert self._crawler.engine is not None
        return not self._crawler.engine.running or (self._desk is not None and self._desk.failure is not None)

    def _slot(self, name: str) -> Any:
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader.slots.get(name)

    def _hold(self, name: str, seconds: float) -> None:
        """Let a domain's line rest."""
        if slot := self._slot(name):
            slot.delay = max(slot.delay, 0.01)  # Scrapy looks at the clock only where there is a delay
            slot.lastseen = max(slot.lastseen, time.monotonic() + seconds - slot.delay)


def _asked_to_wait(response: Response) -> float:
    """Seconds that a busy server asks us to wait (RFC 9110, 10.2.3); 0 where it asks for nothing."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(min(int(value), 10**9))
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _WITHOUT_WORD if response.status == 429 else 0.0
