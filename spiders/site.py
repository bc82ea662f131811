"""The spider: from a site's listings, feeds and sitemaps to its article pages, and from those to articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from scrapy.http import Request, Response, TextResponse

from items.domain import registrable_domain
from items.run import Entry, Outcome, Visit
from spiders.discover import (
    Listed,
    SitemapPage,
    links_of_feed,
    links_of_listing,
    links_of_sitemap,
    next_page_of,
    of_this_site,
)
from spiders.failure import reason_of, was_not_asked
from spiders.parsing.article import NotAnArticleError, joined, read_page
from spiders.parsing.opened import Opened, open_with_blocks
from spiders.parsing.page import open_page
from spiders.parsing.template import Template, learn_template

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from items.run import Desk, Kind
    from items.site import Listing, Site

_LISTS_FIRST = 10
"""Priority of listings over articles: the sooner they are read, the less can slip off their end."""

_MOST_SITEMAPS = 200
"""Sitemaps of one index that are read in a run."""

_PAGES_TO_LEARN_FROM = 4
"""Article pages of a site that are compared before the first of them is read."""

_MOST_PARTS = 30
"""Pages of one article that are joined."""

_GONE = frozenset({404, 410})


@dataclass(slots=True)
class _Fetched:
    """An article page that was fetched and not yet read."""

    visit: Visit
    opened: Opened
    listing_date: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class _Begun:
    """An article of which some pages were read, and the number of the next one."""

    visit: Visit
    number: int

    def ended(self, reason: str) -> Visit:
        """The article as far as it was read."""
        self.visit.entry.reason = reason
        return self.visit


@dataclass(slots=True)
class _Waiting:
    """Of one site: what recurs on its pages, the pages that wait for that to be known, the requests still out."""

    template: Template | None = None
    pages: list[_Fetched] = field(default_factory=list)
    asked: int = 0


class SiteSpider(scrapy.Spider):
    """Crawls sites, each as its site file says, and yields a `Visit` for every URL that it asked for.

    A listing is walked page by page until a page holds nothing new: then nothing can have been missed.

    Attributes:
        sites: what to crawl.
        desk: the archive's side of the run; whoever starts the crawl puts it here.
    """

    name = "newsloom"
    sites: Sequence[Site] = ()
    desk: Desk

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *args: Any, sites: Sequence[Site] | None = None, desk: Desk | None = None, **kwargs: Any
    ) -> Self:
        """Make the spider with the sites and the desk that `crawl` was given."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if sites is not None:
            spider.sites = sites
        if desk is not None:
            spider.desk = desk
        crawler.signals.connect(spider.crashed, signals.spider_error)
        return spider

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen: set[tuple[str, str]] = set()
        self._waiting: dict[str, _Waiting] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for what leads to articles, and for the known articles that are due for another look."""
        for site in self.sites:
            self._waiting[site.id] = _Waiting(_known_template(self.desk.template(site.id)))
            for feed in site.feeds:
                yield self._request(site, feed.url, "feed", self.read_feed)
            for sitemap in site.sitemaps:
                yield self._request(site, sitemap.url, "sitemap", self.read_sitemap)
            for listing in site.listings:
                yield self._request(site, listing.url, "listing", self.read_listing, listing=listing, number=1)
            due = [Listed(url) for url in self.desk.due(site.id) if self._first_sight(site, url)]
            self.desk.listed(site.id, new=len(due), known=0)
            for link in due:
                yield self._article_request(site, link)

    def read_listing(self, response: Response, site: Site, listing: Listing, number: int) -> Iterator[Request | Visit]:
        """Follow a listing page's articles, and the next page as long as there is something new."""
        if fault := _fault(response):
            yield self._visit(site, response, "listing", Outcome.FAILED, fault)
            return
        page = open_page(response.body, url=response.url, content_type=_content_type(response), encoding=site.charset)
        links = list(of_this_site(links_of_listing(page, listing), site))
        if not links:
            rule = f"{listing.links!r} finds no link to an article"
            yield self._visit(site, response, "listing", Outcome.EMPTY, rule)
            return
        yield self._visit(site, response, "listing", Outcome.READ)
        new = list(self._new_articles(site, links))
        yield from new
        further = next_page_of(page, listing)
        if new and further and number < listing.pages and self._first_sight(site, further):
            yield self._request(site, further, "listing", self.read_listing, listing=listing, number=number + 1)

    def read_feed(self, response: Response, site: Site) -> Iterator[Request | Visit]:
        """Follow a feed's articles."""
        if fault := _fault(response):
            yield self._visit(site, response, "feed", Outcome.FAILED, fault)
            return
        links = list(of_this_site(links_of_feed(response.body, response.url, _content_type(response)), site))
        outcome, reason = (Outcome.READ, None) if links else (Outcome.EMPTY, "holds no link to an article")
        yield self._visit(site, response, "feed", outcome, reason)
        yield from self._new_articles(site, links)

    def read_sitemap(self, response: Response, site: Site, *, part: bool = False) -> Iterator[Request | Visit]:
        """Follow a sitemap's articles, or an index's sitemaps. A part of an index may well hold no article."""
        if fault := _fault(response):
            yield self._visit(site, response, "sitemap", Outcome.FAILED, fault)
            return
        found: SitemapPage = links_of_sitemap(response.body)
        links = list(of_this_site(found.pages, site))
        empty = not (links or found.sitemaps or part)
        reason = "holds no link to an article" if empty else None
        yield self._visit(site, response, "sitemap", Outcome.EMPTY if empty else Outcome.READ, reason)
        for url in found.sitemaps[:_MOST_SITEMAPS]:
            if self._first_sight(site, url):
                yield self._request(site, url, "sitemap", self.read_sitemap, part=True)
        yield from self._new_articles(site, links)

    def read_article_page(self, response: Response, site: Site, listed: Listed) -> Iterator[Request | Visit]:
        """Parse an article page, once there are enough of the site's pages to know what recurs on them."""
        if fault := _fault(response):
            yield self._visit(site, response, "article", Outcome.FAILED, fault)
        else:
            visit = self._visit(site, response, "article", Outcome.KEPT)
            self._waiting[site.id].pages.append(_Fetched(visit, _open(response, site), listed.date, datetime.now(UTC)))
        yield from self._answered(site)

    def read_further_page(self, response: Response, site: Site, begun: _Begun) -> Iterator[Request | Visit]:
        """Join the next page of an article that is split over several."""
        if fault := _fault(response):
            yield begun.ended(f"its page {begun.number} could not be read: {fault}")
            return
        yield from self._read(site, _Fetched(begun.visit, _open(response, site), None, datetime.now(UTC)), begun)

    def _answered(self, site: Site) -> Iterator[Request | Visit]:
        """Count an article request as answered, and read the pages that need wait no longer."""
        waiting = self._waiting[site.id]
        waiting.asked -= 1
        if waiting.template is None and waiting.asked and len(waiting.pages) < _PAGES_TO_LEARN_FROM:
            return
        if waiting.template is None and len(waiting.pages) > 1:
            waiting.template = learn_template([fetched.opened for fetched in waiting.pages])
            self.desk.learned(site.id, waiting.template.to_json())
        ready, waiting.pages = waiting.pages, []
        for fetched in ready:
            yield from self._read(site, fetched, None)

    def _read(self, site: Site, fetched: _Fetched, begun: _Begun | None) -> Iterator[Request | Visit]:
        """Read an opened page, as an article or as a further part of one that was begun, and ask for the next part."""
        visit, number = fetched.visit, begun.number if begun else 1
        try:
            reading = read_page(
                fetched.opened,
                site=site,
                fetched=fetched.at,
                listing_date=fetched.listing_date,
                template=self._waiting[site.id].template,
            )
            visit.article = joined(visit.article, reading.article) if visit.article else reading.article
            further = reading.next_page
            if further and number < _MOST_PARTS and self._first_sight(site, further):
                after = _Begun(visit, number + 1)
                yield self._request(site, further, "article", self.read_further_page, begun=after)
                return
        except NotAnArticleError as error:
            visit.entry.reason = str(error)
            if visit.article is None:
                visit.entry.outcome = Outcome.REJECTED
        except Exception as error:  # noqa: BLE001  # one page that breaks the parser must not take the waiting ones along
            fault = f"newsloom failed on it: {type(error).__name__}: {error}".splitlines()[0]
            visit.entry.outcome, visit.entry.reason = Outcome.FAILED, fault
        yield visit

    def failed(self, failure: Failure) -> Iterator[Request | Visit]:
        """Turn a request that got no answer into a row of the ledger."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy's engine puts it there
        begun: _Begun | None = request.cb_kwargs.get("begun")
        if begun is not None:
            yield begun.ended(f"its page {begun.number} could not be read: {reason_of(failure)}")
            return
        outcome = Outcome.SKIPPED if was_not_asked(failure) else Outcome.FAILED
        kind: Kind = request.meta["kind"]
        url = request.meta["listed_as"]
        entry = Entry(site=request.meta["site"], url=url, kind=kind, outcome=outcome, reason=reason_of(failure))
        yield Visit(entry, addresses={url})
        if kind == "article":
            yield from self._answered(request.cb_kwargs["site"])

    def crashed(self, failure: Failure, response: Response) -> None:
        """Write down a page that our own code failed on; the run goes on."""
        meta = response.meta
        reason = f"newsloom failed on it: {failure.type.__name__ if failure.type else ''}: {failure.getErrorMessage()}"
        self.desk.keep(
            Visit(
                Entry(
                    site=meta["site"],
                    url=meta["listed_as"],
                    kind=meta["kind"],
                    outcome=Outcome.FAILED,
                    reason=reason,
                    http_status=response.status,
                )
            )
        )

    def _new_articles(self, site: Site, links: Iterable[Listed]) -> Iterator[Request]:
        """Requests for the articles among the links that the archive doesn't know and this run has not asked for."""
        unseen = [link for link in links if self._first_sight(site, link.url)]
        known = self.desk.known(link.url for link in unseen)
        self.desk.listed(site.id, new=len(unseen) - len(known), known=len(known))
        for link in unseen:
            if link.url not in known:
                yield self._article_request(site, link)

    def _first_sight(self, site: Site, url: str) -> bool:
        if (site.id, url) in self._seen:
            return False
        self._seen.add((site.id, url))
        return True

    def _article_request(self, site: Site, link: Listed) -> Request:
        self._waiting[site.id].asked += 1
        return self._request(site, link.url, "article", self.read_article_page, listed=link)

    def _request(self, site: Site, url: str, kind: Kind, callback: Any, **about: Any) -> Request:
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs={"site": site, **about},
            meta={"kind": kind, "site": site.id, "listed_as": url, "download_slot": registrable_domain(url)},
            priority=0 if kind == "article" else _LISTS_FIRST,
            dont_filter=True,  # `_seen` tells by site, and knows what a redirect was listed as
        )

    def _visit(self, site: Site, response: Response, kind: Kind, outcome: Outcome, reason: str | None = None) -> Visit:
        url = response.meta["listed_as"]
        entry = Entry(site=site.id, url=url, kind=kind, outcome=outcome, reason=reason, http_status=response.status)
        return Visit(entry, addresses={url, response.url})


def _open(response: Response, site: Site) -> Opened:
    return open_with_blocks(
        response.body, url=response.url, content_type=_content_type(response), encoding=site.charset
    )


def _known_template(text: str | None) -> Template | None:
    try:
        return Template.from_json(text) if text else None
    except ValueError:  # of another version: it is learned anew
        return None


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if isinstance(value, bytes) else None


def _fault(response: Response) -> str | None:
    """Why a response can't be read, in a few words; None when it can."""
    if response.status in _GONE:
        return f"HTTP {response.status}: not there"
    if response.status != 200:
        return f"HTTP {response.status}"
    if not response.body.strip():
        return "the answer is empty"
    if not isinstance(response, TextResponse):
        return f"is no page but {_content_type(response) or 'something unknown'}"
    return None
