"""Fetching a few named pages as a crawl would: same robots.txt, same bounds, same User-Agent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings
from crawler.fetch.addresses import own_addresses, spelled_out
from spiders.failure import cause_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from crawler.config import Config
    from items.site import Site

T = TypeVar("T")


@dataclass(slots=True)
class Fetched:
    """A page, or why there is none.

    Attributes:
        url: as it was asked for.
        final_url: after redirects.
        body: not compressed.
        content_type: the HTTP header.
        fault: why it could not be fetched; None when it could.
    """

    url: str
    final_url: str
    body: bytes = b""
    content_type: str | None = None
    fault: str | None = None


Fetch = Callable[[str], Awaitable[Fetched]]
"""Asks for a page. Never raises: what went wrong stands in the answer."""


def errand(
    work: Callable[[Fetch], Awaitable[T]],
    config: Config,
    *,
    named: Sequence[str] = (),
    sites: Sequence[Site] = (),
    delay: float | None = None,
) -> T:
    """Let a piece of work ask for pages one by one, and return what it returns.

    May be called once in a process: Twisted's reactor runs once.

    Args:
        work: gets a function that fetches a page.
        config: newsloom.toml.
        named: addresses that the user named: who spells one out means it, wherever it leads.
        sites: sites that may be asked, each by its own wishes.
        delay: seconds between two requests; as a crawl's by default.

    Raises:
        Exception: what the work raised.
    """
    outcome: list[T | Exception] = []
    all_settings = Settings()
    all_settings.setmodule(settings)
    all_settings.setdict(
        settings.settings_for(config, sites, quiet=True)
        | {"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "NEWSLOOM_CAPTURES": None}
    )
    allowed = {*config.crawl.allow_hosts, *own_addresses(sites), *spelled_out(named)}
    all_settings.set("NEWSLOOM_ALLOW_HOSTS", sorted(allowed))
    if delay is not None:
        all_settings.set("DOWNLOAD_DELAY", delay)
    process = AsyncCrawlerProcess(all_settings)
    process.crawl(_Errand, work=work, outcome=outcome)
    process.start()
    if not outcome:
        raise KeyboardInterrupt
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def fetch(urls: Sequence[str], config: Config) -> list[Fetched]:
    """Fetch pages, in the order given. May be called once in a process."""

    async def work(ask: Fetch) -> list[Fetched]:
        return [*await asyncio.gather(*map(ask, urls))]

    return errand(work, config, named=urls)


class _Errand(scrapy.Spider):
    name = "errand"

    def __init__(self, *args: Any, work: Callable[[Fetch], Awaitable[Any]], outcome: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._work, self._outcome = work, outcome
        self._answers: dict[str, asyncio.Task[Fetched]] = {}

    async def start(self) -> AsyncIterator[Any]:
        try:
            self._outcome.append(await self._work(self._ask))
        except Exception as error:  # noqa: BLE001  # raised again where the reactor has come to rest
            self._outcome.append(error)
        return
        yield

    async def _ask(self, url: str) -> Fetched:
        """A page; each is asked for once."""
        if url not in self._answers:
            self._answers[url] = asyncio.ensure_future(self._download(url))
        return await self._answers[url]

    async def _download(self, url: str) -> Fetched:
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(scrapy.Request(url, dont_filter=True))
        except Exception as error:  # noqa: BLE001  # whatever it was, it is the answer
            return Fetched(url, url, fault=cause_of(error)[1])
        header = response.headers.get("Content-Type")
        return Fetched(
            url,
            response.url,
            response.body,
            header.decode("latin-1") if isinstance(header, bytes) else None,
            None if response.status == 200 else f"HTTP {response.status}",
        )
