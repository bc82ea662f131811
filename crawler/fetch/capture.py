"""Every answer goes into the captures before anything reads it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from items.run import Cause
from pipelines.archive.captures import CaptureWriter, Exchange
from pipelines.archive.captures.write import payload_digest
from spiders.failure import RefusedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from items.run import Answer


class CaptureMiddleware:
    """Writes each answer as it came, compressed if it came so, and says where in `request.meta["capture"]`.

    An answer whose body was captured within the last day is written as a revisit. When the captures can't be written,
    as on a full disk, the run is stopped: what can't be captured is not to be read.

    Args:
        crawler: Scrapy's.
        writer: of the captures.
    """

    def __init__(self, crawler: Crawler, writer: CaptureWriter) -> None:
        self._crawler, self._writer = crawler, writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware from `NEWSLOOM_CAPTURES` and `NEWSLOOM_CAPTURE_SIZE`; off without the first."""
        folder = crawler.settings.get("NEWSLOOM_CAPTURES")
        if not folder:
            raise NotConfigured
        middleware = cls(crawler, CaptureWriter(Path(folder), largest=crawler.settings.getint("NEWSLOOM_CAPTURE_SIZE")))
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Capture an answer.

        Raises:
            RefusedError: it could not be written.
        """
        now = request.meta["at"] = datetime.now(UTC).replace(microsecond=0)
        known: Answer | None = request.meta.get("known_answer")
        not_modified = response.status == 304
        digest = known.payload if known and not_modified else payload_digest(response.body)
        same = known is not None and known.captured is not None and known.payload == digest
        listed = request.cb_kwargs.get("listed")
        about = {
            "site": request.meta.get("site", ""),
            "kind": "part" if "begun" in request.cb_kwargs else request.meta.get("kind", ""),
            "listed": request.meta.get("listed_as", ""),
            "date": getattr(listed, "date", None) or "",
        }
        exchange = Exchange(
            url=request.url,
            at=now,
            request=_pairs(request.headers),
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            about=about,
            same_as=known.captured if known and same else None,
            not_modified=not_modified,
        )
        try:
            capture = self._writer.write(exchange)
        except OSError as error:
            self._stop(f"the captures can't be written to: {error.strerror or error}")
            raise RefusedError(Cause.PARSER, "it could not be captured") from None
        request.meta["capture"] = capture
        request.meta["captured"] = (digest, known.captured if known and same else now)
        return response

    def spider_closed(self) -> None:
        """Write the last index."""
        with suppress(OSError):  # it is made anew from the file when it is missing
            self._writer.close()

    def _stop(self, why: str) -> None:
        desk = getattr(self._crawler.spider, "desk", None)
        if desk is not None and desk.failure is None:
            desk.failure = why
            assert self._crawler.engine is not None
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="captures"))


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
