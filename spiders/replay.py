"""The spider, fed from captures instead of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from items.run import Visit
from spiders.answer import response_of
from spiders.discover import Listed
from spiders.site import SiteSpider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from scrapy.http import Request

    from items.run import Held
    from items.site import Site


@dataclass(frozen=True, slots=True)
class Replayed:
    """An article page as it once came.

    Attributes:
        url: that answered, after redirects.
        listed: the URL as it was listed.
        date: the words beside that link.
        at: when the answer came; UTC.
        status: the HTTP status.
        headers: names and values.
        body: decompressed.
    """

    url: str
    listed: str
    date: str | None
    at: datetime
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def replay(
    site: Site, pages: Iterable[Replayed], template: str | None, further: Callable[[str], Replayed | None]
) -> Iterator[Visit]:
    """Read article pages as a crawl would have read them at their time: one visit for each, in their order.

    Args:
        site: whose pages they are; its rules are those of today.
        pages: the article pages.
        template: what recurs on the site's pages.
        further: finds a further page of an article by its URL; None when it was not captured.
    """
    spider = SiteSpider(sites=(site,), desk=_ReplayDesk(template))
    spider.begin(site)
    for page in pages:
        request = spider.article_request(site, Listed(page.listed, date=page.date))
        yield from _read(request, page, further)


def _read(request: Request, page: Replayed, further: Callable[[str], Replayed | None]) -> Iterator[Visit]:
    callback: Any = request.callback
    request.meta["at"] = page.at
    response = response_of(request, page.url, page.status, page.headers, page.body)
    for got in callback(response, **request.cb_kwargs):
        if isinstance(got, Visit):
            yield got
        elif begun := got.cb_kwargs.get("begun"):
            after = further(got.url)
            if after is None:
                yield begun.ended("it was not captured")
            else:
                yield from _read(got, after, further)


class _ReplayDesk:
    """Knows what recurs on a site's pages, and nothing else: a replay asks for no page and keeps none."""

    def __init__(self, template: str | None) -> None:
        self._template = template

    def template(self, site: str) -> str | None:  # noqa: ARG002
        return self._template

    def learned(self, site: str, template: str) -> None: ...

    def hold(self, page: Held) -> None: ...

    def look(self, site: str, urls: Iterable[str]) -> dict[str, Any]:  # noqa: ARG002
        return dict.fromkeys(urls)  # all known: nothing is followed

    def listed(self, site: str, asked: Iterable[str], *, known: int = 0) -> None: ...
