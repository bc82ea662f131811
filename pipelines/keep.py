"""The last pipeline: what was visited goes into the archive, in one transaction with its row of the ledger."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem
from sqlalchemy.exc import SQLAlchemyError

from pipelines.archive.desk import Desk

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from items.run import Visit


class KeepPipeline:
    """Hands every visit to the run's desk.

    Args:
        desk: the archive's side of the run.
        crawler: Scrapy's; stopped when the archive can't be written to, as on a full disk.
    """

    def __init__(self, desk: Desk, crawler: Crawler) -> None:
        self._desk, self._crawler = desk, crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline with the desk that the spider was given."""
        desk = getattr(crawler.spider, "desk", None)
        assert isinstance(desk, Desk), "the run's desk is set before the pipelines are made"
        return cls(desk, crawler)

    async def process_item(self, item: Visit) -> Visit:
        """Keep a visit."""
        if self._desk.failure is not None:
            raise DropItem(self._desk.failure)
        try:
            self._desk.keep(item)
        except SQLAlchemyError as error:
            failure = self._desk.fail(error)
            assert self._crawler.engine is not None
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive"))
            raise DropItem(failure) from None
        return item
