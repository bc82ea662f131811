"""Pages that say nothing without JavaScript: opened in Chromium, which gets its every byte through newsloom."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from playwright.async_api import Error as BrowserError
from scrapy import Request, signals
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import HtmlResponse
from scrapy.http.request import NO_CALLBACK
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from items.domain import registrable_domain
from items.run import Cause
from spiders.failure import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, Route
    from playwright.async_api import Request as Asked
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_PAGES_AT_ONCE = 2

_WANTED = frozenset({"script", "xhr", "fetch"})
"""What a page needs to show its text. Images, fonts, media, styles, frames, pings and sockets it does not get."""

_MOST_ASKED = 60
"""Requests of one page."""

_MOST_MOVES = 3
"""How often a page may send the browser on, within its domain."""

_QUIET = 0.5
"""Seconds without a request or an answer after which a page has come to rest."""

_STAY = "aborted"
"""Of the ways not to answer the one that leaves the page where it is."""

_REMEMBERED = 32 << 20
"""Bytes of scripts that are kept for the run's other pages."""

_OURS = ("host", "connection", "cookie", "user-agent", "accept-encoding", "content-length", "range")
"""Headers that are not the page's to set."""


class BrowserMiddleware:
    """Answers requests with `meta["browser"]` by the page as a browser shows it once its scripts have run.

    The page itself and whatever its scripts ask for (scripts and data, by GET) are fetched by Scrapy, through every
    other middleware: guard, robots.txt, budget, delay, bounds, captures. Chromium has no network: see `chromium.py`.
    An answer that is no HTML page with status 200 is handed on as it came. Each page has a profile of its own.

    A page has `crawl.timeout` seconds; after half of them it is read as it is.

    Args:
        crawler: Scrapy's.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._chromium = _Chromium(crawler)
        self._free = asyncio.Semaphore(_PAGES_AT_ONCE)
        self._scripts: OrderedDict[str, Response] = OrderedDict()
        self._names = map(str, count())
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; `settings_for` turns it on where a site asks for it."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> Response | None:
        """Open a page, if the request asks for that.

        Raises:
            RefusedError: the browser failed.
            DownloadTimeoutError: the page hangs.
            DownloadCancelledError: it grew too large.
        """
        if not request.meta.get("browser"):
            return None
        async with self._free:
            first = await self._fetch(request, request.url)
            if first.status == 200 and isinstance(first, HtmlResponse):
                first = await self._shown(request, first)
        return first.replace(request=request)

    async def spider_closed(self) -> None:
        """Close the browser."""
        with suppress(BrowserError):
            await self._chromium.close()

    async def _shown(self, request: Request, first: Response) -> Response:
        """A page as the browser shows it."""
        name = next(self._names)
        self._chromium.opened[name] = _Opened(first, lambda asked: self._answer(request, asked), self._timeout / 2)
        about = {
            "playwright": True,
            "playwright_context": name,
            "playwright_context_kwargs": {
                "accept_downloads": False,
                "service_workers": "block",
                "user_agent": self._crawler.settings["USER_AGENT"],
            },
            "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": 0},
        }
        try:
            await self._chromium._maybe_launch_browser()  # not on the page's time
            async with asyncio.timeout(self._timeout):
                shown = await self._chromium.download_request(Request(first.url, meta=about))
        except TimeoutError:
            raise DownloadTimeoutError("the page hangs") from None
        except BrowserError as error:
            raise RefusedError(Cause.BROKEN, f"the browser failed: {error.message.splitlines()[0]}") from None
        finally:
            await self._chromium.forget(name)
        headers = first.headers.copy()
        for validator in ("ETag", "Last-Modified"):  # of the page as it came, not as it is shown
            headers.pop(validator, None)
        headers["Content-Type"] = f"text/html; charset={getattr(shown, 'encoding', 'utf-8')}"
        headers["Newsloom-Shown-By"] = "Chromium"
        return HtmlResponse(shown.url, headers=headers, body=shown.body)

    async def _answer(self, request: Request, asked: Asked) -> Response:
        """What a page asked for; scripts from memory where another page had them already."""
        if (held := self._scripts.get(asked.url)) is not None:
            return held
        named = {name: value for name, value in asked.headers.items() if not name.startswith(("sec-", "if-", *_OURS))}
        response = await self._fetch(request, asked.url, named)
        if asked.resource_type == "script" and response.status == 200:
            self._scripts[asked.url] = response
            while sum(len(script.body) for script in self._scripts.values()) > _REMEMBERED:
                self._scripts.popitem(last=False)
        return response

    async def _fetch(self, request: Request, url: str, headers: dict[str, str] | None = None) -> Response:
        assert self._crawler.engine is not None
        about = {"site": request.meta.get("site", ""), "dont_retry": True}  # the page as a whole is tried again
        asked = Request(url, callback=NO_CALLBACK, headers=headers, meta=about, dont_filter=True)
        return await self._crawler.engine.download_async(asked)


class _Opened:
    """One page that is open, and what it asked for.

    Args:
        first: the page itself, as it came.
        fetch: gets what else it asks for.
        longest: seconds for which it is waited for; then it is read as it is.
    """

    def __init__(self, first: Response, fetch: Callable[[Asked], Awaitable[Response]], longest: float) -> None:
        self._first: Response | None = first
        self._fetch, self._longest = fetch, longest
        self._domain = registrable_domain(first.url)
        self._asked = self._moves = self._waiting = 0
        self._moved, self._done = asyncio.Event(), asyncio.Event()

    async def answer(self, route: Route, asked: Asked) -> None:
        """Give the page what it asked for, or nothing."""
        with suppress(BrowserError):  # it was closed meanwhile
            if self._first is not None and asked.is_navigation_request():
                first, self._first = self._first, None
                await _fulfil(route, first)
            elif self._done.is_set() or not self._may_ask(asked):
                await route.abort(_STAY)
            else:
                await self._pass_on(route, asked)

    def _may_ask(self, asked: Asked) -> bool:
        if asked.method != "GET" or not asked.url.startswith(("http://", "https://")) or self._asked >= _MOST_ASKED:
            return False
        if asked.resource_type in _WANTED:
            return True
        moves = asked.is_navigation_request() and asked.frame.parent_frame is None
        return moves and self._moves < _MOST_MOVES and registrable_domain(asked.url) == self._domain

    async def _pass_on(self, route: Route, asked: Asked) -> None:
        self._asked += 1
        self._moves += asked.is_navigation_request()
        self._waiting += 1
        self._moved.set()
        fetching = asyncio.ensure_future(self._fetch(asked))
        ending = asyncio.ensure_future(self._done.wait())
        try:
            await asyncio.wait({fetching, ending}, return_when=asyncio.FIRST_COMPLETED)
            if fetching.done() and fetching.exception() is None:
                await _fulfil(route, fetching.result())
            else:
                await route.abort(_STAY)
        finally:
            fetching.cancel()
            ending.cancel()
            self._waiting -= 1
            self._moved.set()

    async def _moves_on(self) -> bool:
        self._moved.clear()
        try:
            return await asyncio.wait_for(self._moved.wait(), _QUIET)
        except TimeoutError:
            return False

    async def settle(self, page: Page) -> None:
        """Wait until the page has come to rest, or long enough; from then on it gets nothing more."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._longest):
                await page.wait_for_load_state("domcontentloaded", timeout=0)
                while await self._moves_on() or self._waiting:
                    pass
        self._done.set()


class _Chromium(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it has no types
    """scrapy-playwright's browser, whose pages ask us instead of the network.

    Attributes:
        opened: the open pages, by the name of their profile.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.opened: dict[str, _Opened] = {}

    def _make_request_handler(self, context_name: str, **_: Any) -> Callable[[Route, Asked], Awaitable[None]]:
        return self.opened[context_name].answer

    async def _apply_page_methods(self, page: Page, request: Request, spider: Any) -> None:  # noqa: ARG002
        """Wait until the page may be read; scrapy-playwright itself would wait for all that it will never get."""
        await self.opened[request.meta["playwright_context"]].settle(page)
        largest = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
        if await page.evaluate("document.documentElement.outerHTML.length") > largest:
            raise DownloadCancelledError(f"the page grew larger than {largest} characters")

    async def forget(self, name: str) -> None:
        """Close a page with its profile."""
        self.opened.pop(name, None)
        if wrapper := self.context_wrappers.get(name):
            with suppress(BrowserError, TimeoutError):
                async with asyncio.timeout(_QUIET * 10):
                    await wrapper.context.close()


async def _fulfil(route: Route, response: Response) -> None:
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.lower() == b"content-type" or name.lower().startswith(b"access-control-")
    }
    await route.fulfill(status=response.status, headers=headers, body=response.body)
