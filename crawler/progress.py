"""What a run is doing, on one line of a terminal; silent where nobody watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from items.run import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from items.run import Visit

_PAUSE = 0.1
"""Seconds between two drawings of the line."""

_FOUND = {Outcome.KEPT, Outcome.COPY, Outcome.VERSION}


class Progress:
    """Counts visits and draws a line on standard error. Off when that is no terminal."""

    def __init__(self) -> None:
        self._pages = self._found = self._trouble = 0
        self._drawn = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; needs a terminal."""
        if not sys.stderr.isatty() or crawler.settings.getbool("NEWSLOOM_QUIET"):
            raise NotConfigured
        progress = cls()
        crawler.signals.connect(progress.item_scraped, signals.item_scraped)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def item_scraped(self, item: Visit) -> None:
        """Count a visit."""
        self._pages += 1
        self._found += item.entry.outcome in _FOUND
        self._trouble += item.entry.outcome in (Outcome.FAILED, Outcome.REJECTED, Outcome.EMPTY)
        if time.monotonic() - self._drawn > _PAUSE:
            self._drawn = time.monotonic()
            line = f"{self._pages} pages, {self._found} articles, {self._trouble} in trouble · {item.entry.url}"
            sys.stderr.write(f"\r\x1b[K{line[:100]}")
            sys.stderr.flush()

    def spider_closed(self) -> None:
        """Wipe the line."""
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
