"""Scrapy's HTTP/1.1 handler, with a last look before a request is sent, and a bound on what comes before a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.web._newclient import HEADER, STATUS

from crawler.fetch.domain import DomainMiddleware

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_LONGEST_HEAD = 256 << 10
"""Bytes of status line and headers; browsers take no more either."""


class BoundedHandler(HTTP11DownloadHandler):
    """Asks the domain's line once more when a request's turn has come; hangs up on headers without end.

    Requests wait here in their domain's line, and what they wait for may change what is allowed. Twisted itself would
    go on collecting headers.

    Args:
        crawler: Scrapy's.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory

    async def download_request(self, request: Request) -> Response:
        """Send a request whose turn has come.

        Raises:
            RefusedError: it may not be sent any more.
        """
        if domains := self._crawler.get_downloader_middleware(DomainMiddleware):
            domains.admit(request)
        return await super().download_request(request)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > _LONGEST_HEAD:
                assert self.transport is not None
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: ARG002, N802
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
