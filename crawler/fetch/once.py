"""Fetching a few named pages as a crawl would: same robots.txt, same bounds, same User-Agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings
from crawler.fetch.addresses import spelled_out
from spiders.failure import cause_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.config import Config


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


def fetch(urls: Sequence[str], config: Config) -> list[Fetched]:
    """Fetch pages, in the order given. May be called once in a process: Twisted's reactor runs once."""
    found: dict[str, Fetched] = {}
    all_settings = Settings()
    all_settings.setmodule(settings)
    all_settings.setdict(
        settings.settings_for(config, quiet=True) | {"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "NEWSLOOM_CAPTURES": None}
    )
    allowed = {*config.crawl.allow_hosts, *spelled_out(urls)}  # who names an address on the command line means it
    all_settings.set("NEWSLOOM_ALLOW_HOSTS", sorted(allowed))
    process = AsyncCrawlerProcess(all_settings)
    process.crawl(_Fetcher, urls=list(dict.fromkeys(urls)), found=found)
    process.start()
    return [found.get(url) or Fetched(url, url, fault="it was not asked for") for url in urls]


class _Fetcher(scrapy.Spider):
    name = "fetch"

    def __init__(self, *args: Any, urls: list[str], found: dict[str, Fetched], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls, self._found = urls, found

    async def start(self) -> AsyncIterator[Any]:
        for url in self._urls:
            try:
                yield scrapy.Request(url, errback=self.failed, cb_kwargs={"asked": url}, meta={"asked": url})
            except ValueError as error:
                self._found[url] = Fetched(url, url, fault=str(error))

    def parse(self, response: Response, asked: str) -> None:
        header = response.headers.get("Content-Type")
        self._found[asked] = Fetched(
            asked,
            response.url,
            response.body,
            header.decode("latin-1") if isinstance(header, bytes) else None,
            None if response.status == 200 else f"HTTP {response.status}",
        )

    def failed(self, failure: Failure) -> None:
        asked = failure.request.meta["asked"]  # type: ignore[attr-defined]  # Scrapy's engine puts it there
        self._found[asked] = Fetched(asked, asked, fault=cause_of(failure.value)[1])
