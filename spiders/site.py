"""The spider: from a site's listings, feeds and sitemaps to its article pages, and from those to articles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response

from items.domain import registrable_domain
from items.run import Cause, Entry, Outcome, Visit
from items.site import Feed, Listing
from spiders.answer import (
    GONE,
    NO_LINK,
    NOT_MODIFIED,
    Fault,
    content_type,
    fault_of,
    moved_to,
    opened,
    response_of,
    sends_on,
    wishes_of,
)
from spiders.discover import (
    Listed,
    links_of_listing,
    links_of_sitemap,
    next_page_of,
    of_this_site,
    read_feed_page,
)
from spiders.failure import StoppedError, cause_of, was_not_asked
from spiders.made import made
from spiders.parsing.page import open_page
from spiders.reading import Begun, Fetched, Read, SiteReading, failed_on
from spiders.sitemap import SitemapReading
from spiders.walk import Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from items.run import Desk, Held, Kind
    from items.site import Site, Sitemap
    from items.way import Way

_LISTS_FIRST = 10
"""Priority of listings over articles: the sooner they are read, the less can slip off their end."""

_MOST_SITEMAPS = 1000
"""Sitemaps of one index that are read in a run."""

_AT_ONCE = 16
"""Requests for a site's articles that Scrapy holds at once: one that waits there takes twenty times a link's memory."""

_IN_BROWSER = 2
"""The same of a site whose pages a browser opens: those that wait for it keep Scrapy from other sites."""


class SiteSpider(scrapy.Spider):
    """Crawls sites, each as its site file says, and yields a `Visit` for every URL that it asked for.

    A listing or feed is walked page by page until it meets what the run before knew: then nothing can have been missed.
    What a walk did not reach is a gap. Gaps are walked when nothing else is left to do, one page at a time, and each
    is moved only when the articles of the page before are in the archive, so that a run may be stopped at any time.

    Attributes:
        sites: what to crawl.
        desk: the archive's side of the run; whoever starts the crawl puts it here.
        backfill: walk on, without a limit, through everything that earlier runs left unread.
    """

    name = "newsloom"
    sites: Sequence[Site] = ()
    desk: Desk
    backfill = False

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        *args: Any,
        sites: Sequence[Site] | None = None,
        desk: Desk | None = None,
        backfill: bool = False,
        **kwargs: Any,
    ) -> Self:
        """Make the spider with the sites and the desk that `crawl` was given."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if sites is not None:
            spider.sites = sites
        if desk is not None:
            spider.desk = desk
        spider.backfill = backfill
        crawler.signals.connect(spider.crashed, signals.spider_error)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen: set[tuple[str, str]] = set()
        self._reading: dict[str, SiteReading] = {}
        self._walks: list[Walk] = []
        self._sitemaps: list[SitemapReading] = []
        self._when_idle: list[tuple[Walk, Request]] = []
        self._held: dict[tuple[str, str], Held] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for what leads to articles, and for the known articles that are due for another look."""
        for site in self.sites:
            self.begin(site)
            self._held.update({(site.id, page.asked): page for page in self.desk.held(site.id)})
            for begun in self._start_walks(site):
                yield begun
            for sitemap in site.sitemaps:
                way = self.desk.way(site.id, sitemap.url)
                if at_rest := self._at_rest(way, "sitemap"):
                    yield at_rest
                    continue
                reading = SitemapReading(sitemap, way, backfill=self.backfill)
                self._sitemaps.append(reading)
                about = {"rules": sitemap, "reading": reading}
                yield self._request(site, sitemap.url, "sitemap", self.read_sitemap, **about)
            for request in self._new_articles(site, map(Listed, self.desk.due(site.id)), set()):
                yield request

    def begin(self, site: Site) -> None:
        """Make ready to read a site's article pages."""
        self._reading[site.id] = SiteReading(site, self.desk)

    def _start_walks(self, site: Site) -> Iterator[Request | Visit]:
        """The walks from the top at once; those that close gaps when there is nothing else to do."""
        ways: list[Feed | Listing] = [*site.feeds, *site.listings]
        for rules in ways:
            way = self.desk.way(site.id, rules.url)
            walk = Walk(way, rules)
            if at_rest := self._at_rest(way, walk.kind):
                yield at_rest
                continue
            self._walks.append(walk)
            yield self._page_request(site, walk, rules.url)
            for gap in way.gaps:
                if gap is not walk.gap and (self.backfill or not gap.is_history):
                    walk_on = Walk(way, rules, gap)
                    self._walks.append(walk_on)
                    self._when_idle.append((walk_on, self._page_request(site, walk_on, gap.resume)))

    def _at_rest(self, way: Way, kind: Kind) -> Visit | None:
        """The end of a way's turn that is best left alone for now; never while anything that it listed is to be had."""
        until = None if self.backfill or not way.is_settled else self.desk.rests(way.url)
        return _resting(way.site, way.url, kind, until) if until else None

    def read_listing(self, response: Response, site: Site, walk: Walk) -> Iterator[Request | Visit]:
        """Follow a listing page's articles, and go on to the next page until nothing can have been missed."""
        if fault := fault_of(response):
            yield self._visit(site, response, "listing", *self._stopped(walk, response, fault))
            return
        rules = walk.rules
        assert isinstance(rules, Listing)
        body = made(site, response.body, response.url)
        page = open_page(body, url=response.url, content_type=content_type(response), encoding=site.charset)
        links = list(of_this_site(links_of_listing(page, rules), site))
        if not links:
            fault = Fault(Cause.EMPTY, f"{rules.links!r} finds no link to an article")
            yield self._visit(site, response, "listing", *self._stopped(walk, response, fault, empty=True))
            return
        yield self._visit(site, response, "listing", Outcome.READ)
        yield from self._walk_on(site, walk, links, response, next_page_of(page, rules, walk.number + 1))

    def read_feed(self, response: Response, site: Site, walk: Walk) -> Iterator[Request | Visit]:
        """Follow a feed's articles, and go on to its next page as with a listing."""
        if fault := fault_of(response, is_page=False):
            yield self._visit(site, response, "feed", *self._stopped(walk, response, fault))
            return
        assert isinstance(walk.rules, Feed)
        found = read_feed_page(response.body, response.url, content_type(response), walk.rules, walk.number + 1)
        links = list(of_this_site(found.links, site))
        if not links:
            yield self._visit(site, response, "feed", *self._stopped(walk, response, NO_LINK, empty=True))
            return
        yield self._visit(site, response, "feed", Outcome.READ)
        yield from self._walk_on(site, walk, links, response, found.next)

    def _walk_on(
        self, site: Site, walk: Walk, links: list[Listed], response: Response, further: str | None
    ) -> Iterator[Request | Visit]:
        """Ask for a page's new articles; then for the next page, unless the walk is at its end."""
        known = self.desk.look(site.id, [link.url for link in links])
        goes_on = walk.read(response.meta["listed_as"], links, known)
        yield from self._new_articles(site, links, {url for url, found in known.items() if found.seen})
        if not goes_on:
            return
        if further is None:
            walk.reached_end()
        elif walk.pages >= walk.rules.pages and (walk.from_top or not self.backfill):
            walk.broke_off(further, f"a run walks {walk.rules.pages} page{'s' if walk.rules.pages > 1 else ''} of it")
        elif walk.from_top:
            yield self._page_request(site, walk, further)
        else:
            self._when_idle.append((walk, self._page_request(site, walk, further)))

    def _stopped(
        self, walk: Walk, response: Response, fault: Fault, *, empty: bool = False
    ) -> tuple[Outcome, Fault | None]:
        """End a walk at a page that can't be read, or that holds nothing; how that page's turn ended."""
        if walk.pages and (empty or response.status in GONE):
            walk.reached_end()
            if walk.rules.page is not None:  # numbers go on after the last page that there is
                return Outcome.READ, fault._replace(reason="the page after the last")
        elif walk.pages:
            walk.broke_off(response.meta["listed_as"], fault.reason)
        elif not walk.from_top and (empty or response.status in GONE):
            walk.lost_its_place()
        return (Outcome.EMPTY if empty else Outcome.FAILED), fault

    def read_sitemap(
        self, response: Response, site: Site, rules: Sitemap, reading: SitemapReading, *, part: bool = False
    ) -> Iterator[Request | Visit]:
        """Follow a sitemap's articles, or an index's sitemaps. A part of an index may well hold no article."""
        if fault := fault_of(response, is_page=False):
            yield self._visit(site, response, "sitemap", Outcome.FAILED, fault)
            yield from self._part_read(site, reading, whole=False)
            return
        found = links_of_sitemap(response.body)
        links = list(of_this_site(found.pages, site))
        empty = not (links or found.sitemaps or part)
        yield self._visit(site, response, "sitemap", *((Outcome.EMPTY, NO_LINK) if empty else (Outcome.READ, None)))
        parts = [listed for listed in found.sitemaps if rules.reads(listed.url) and reading.needs(listed)]
        for listed in parts[:_MOST_SITEMAPS]:
            if self._first_sight(site, listed.url):
                reading.parts += 1
                about = {"rules": rules, "reading": reading, "part": True}
                yield self._request(site, listed.url, "sitemap", self.read_sitemap, **about)
        known = self.desk.look(site.id, [link.url for link in links])
        changed = set(reading.take(links, known))
        articles = {url for url, found in known.items() if found.seen}
        yield from self._new_articles(site, [link for link in links if link.url in articles], articles - changed)
        yield from self._part_read(site, reading, whole=not empty and len(parts) <= _MOST_SITEMAPS)

    def _part_read(self, site: Site, reading: SitemapReading, *, whole: bool) -> Iterator[Request | Visit]:
        """Count a sitemap as read; ask for the articles once all were."""
        reading.parts -= 1
        reading.is_whole = reading.is_whole and whole
        if not reading.parts:
            yield from self._new_articles(site, reading.ended(), set())

    def read_article_page(
        self, response: Response, site: Site, listed: Listed, steps: int = 0
    ) -> Iterator[Request | Visit]:
        """Take an article page; it is read once there are enough of the site's pages to know what recurs on them."""
        fetched, visit = None, self._visit(site, response, "article", Outcome.KEPT)
        try:
            if fault := fault_of(response):
                outcome = Outcome.UNCHANGED if fault is NOT_MODIFIED else Outcome.FAILED
                visit = self._visit(site, response, "article", outcome, fault)
            else:
                fetched = Fetched(visit, response, opened(response, site), listed.date, _moment(response), steps)
                fetched.wishes = wishes_of(response)
        except Exception as error:  # noqa: BLE001  # one page that breaks us must not hold up those that wait for it
            failed_on(visit, error)
        if fetched is None:
            yield visit
        yield from self._answered(site, fetched)

    def read_further_page(self, response: Response, site: Site, begun: Begun) -> Iterator[Request | Visit]:
        """Join the next page of an article that is split over several."""
        if fault := fault_of(response):
            yield begun.ended(fault.reason)
            return
        page = Fetched(
            begun.visit, response, opened(response, site), None, _moment(response), begun.steps, begun.number
        )
        yield from self._after(site, self._reading[site.id].read(page))

    def _answered(self, site: Site, fetched: Fetched | None) -> Iterator[Request | Visit]:
        for read in self._reading[site.id].answered(fetched):
            yield from self._after(site, read)
        yield from self._next_articles(site)

    def _after(self, site: Site, read: Read | Begun) -> Iterator[Request | Visit]:
        """Hand over what was read, and follow it: to the article's next page, or to the articles that it relates to."""
        if isinstance(read, Begun):
            if self._first_sight(site, read.url):
                yield from self._ask(self._request(site, read.url, "article", self.read_further_page, begun=read))
                return
            read = Read(read.visit, read.steps)
        yield read.visit
        if read.visit.article is not None and read.steps < site.follow_related:
            related = [Listed(link.url, link.title) for link in read.visit.article.related if link.url]
            links = list(of_this_site(related, site))
            known = self.desk.look(site.id, [link.url for link in links])
            yield from self._new_articles(site, links, {*known}, steps=read.steps + 1)

    def failed(self, failure: Failure) -> Iterator[Request | Visit]:
        """Turn a request that got no answer into a row of the ledger."""
        if isinstance(failure.value, StoppedError):
            return
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy's engine puts it there
        about, (cause, reason) = request.cb_kwargs, cause_of(failure.value)
        if isinstance(begun := about.get("begun"), Begun):
            yield begun.ended(reason)
            return
        outcome = Outcome.SKIPPED if was_not_asked(failure.value) else Outcome.FAILED
        kind: Kind = request.meta["kind"]
        url = request.meta["listed_as"]
        if outcome is Outcome.FAILED and cause is not Cause.ADDRESS and (elsewhere := moved_to(url, request.url)):
            cause, reason = Cause.MOVED, f"{sends_on(elsewhere)}: {reason}"
        entry = Entry(site=request.meta["site"], url=url, kind=kind, outcome=outcome, cause=cause, reason=reason)
        yield Visit(entry, addresses={url})
        if kind == "article":
            yield from self._answered(about["site"], None)
        elif kind == "sitemap":
            yield from self._part_read(about["site"], about["reading"], whole=False)
        elif about["walk"].pages:
            about["walk"].broke_off(url, reason)

    def crashed(self, failure: Failure, response: Response) -> None:
        """Write down a page that our own code failed on; the run goes on."""
        meta = response.meta
        reason = f"newsloom failed on it: {failure.type.__name__ if failure.type else ''}: {failure.getErrorMessage()}"
        entry = Entry(
            site=meta["site"],
            url=meta["listed_as"],
            kind=meta["kind"],
            outcome=Outcome.FAILED,
            cause=Cause.PARSER,
            reason=reason,
            http_status=response.status,
        )
        self.desk.keep(Visit(entry))

    def idle(self) -> None:
        """Walk on through the gaps, one page of each, now that everything before is in the archive."""
        steps, self._when_idle = self._when_idle, []
        for walk, request in steps:
            if walk.pages:
                self.desk.passed(walk.move_gap(request.url))
        further = [request for _, request in steps]
        for reading in self._reading.values():
            reading.asked = 0  # whatever ended without a word must not hold up the others
            further += self._next_requests(reading.site)
        for request in further:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(request)
        if further:
            raise DontCloseSpider

    def closed(self, reason: str) -> None:
        """Note how far each way was read, unless the run was stopped: then it proves nothing."""
        if reason != "finished":
            return
        whole = [reading for reading in self._sitemaps if reading.is_whole and not reading.parts]
        listed_all = {reading.way.site for reading in whole if not reading.way.gaps}
        for walk in self._walks:
            if walk.kind == "feed" and walk.way.site in listed_all:
                walk.way.gaps.clear()
            if walk.pages or walk.has_ended:
                self.desk.walked(walk.way, newest=walk.newest if walk.from_top else None)
        for reading in whole:
            self.desk.walked(reading.way, newest=reading.newest)

    def _new_articles(
        self, site: Site, links: Iterable[Listed], known: set[str], *, steps: int = 0
    ) -> Iterator[Request | Visit]:
        """Requests for the articles among the links that are not known and that this run has not asked for."""
        unseen = [link for link in links if self._first_sight(site, link.url)]
        new = [link for link in unseen if link.url not in known]
        self.desk.listed(site.id, [link.url for link in new], known=len(unseen) - len(new))
        waits = self.desk.put_off(site.id, [link.url for link in new]) if new else {}
        for url, until in waits.items():
            yield _resting(site.id, url, "article", until)
        self._reading[site.id].listed.extend((link, steps) for link in new if link.url not in waits)
        yield from self._next_articles(site)

    def _next_articles(self, site: Site) -> Iterator[Request | Visit]:
        for request in self._next_requests(site):
            yield from self._ask(request)

    def _ask(self, request: Request) -> Iterator[Request | Visit]:
        """Ask for an article's page, unless an earlier run has got it and could not keep its article."""
        held = self._held.pop((request.meta["site"], request.meta["listed_as"]), None)
        if held is None:
            yield request
            return
        callback: Any = request.callback
        yield from callback(_as_held(request, held), **request.cb_kwargs)

    def _next_requests(self, site: Site) -> Iterator[Request]:
        """Requests for the articles that are next, as many as may be asked for at once."""
        reading, most = self._reading[site.id], _IN_BROWSER if site.javascript else _AT_ONCE
        while reading.listed and reading.asked < most:
            link, steps = reading.listed.popleft()
            yield self.article_request(site, link, steps)

    def _first_sight(self, site: Site, url: str) -> bool:
        if (site.id, url) in self._seen:
            return False
        self._seen.add((site.id, url))
        return True

    def _page_request(self, site: Site, walk: Walk, url: str) -> Request:
        read = self.read_feed if walk.kind == "feed" else self.read_listing
        return self._request(site, url, walk.kind, read, walk=walk)

    def article_request(self, site: Site, link: Listed, steps: int = 0) -> Request:
        """A request for an article's page, whose callback reads it."""
        self._reading[site.id].asked += 1
        return self._request(site, link.url, "article", self.read_article_page, listed=link, steps=steps)

    def _request(self, site: Site, url: str, kind: Kind, callback: Any, **about: Any) -> Request:
        meta: dict[str, Any] = {
            "kind": kind,
            "site": site.id,
            "listed_as": url,
            "download_slot": registrable_domain(url),
        }
        if site.javascript and kind in ("listing", "article"):
            meta["browser"] = True
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs={"site": site, **about},
            meta=meta,
            priority=0 if kind == "article" else _LISTS_FIRST,
            dont_filter=True,  # `_seen` tells by site, and knows what a redirect was listed as
        )

    def _visit(self, site: Site, response: Response, kind: Kind, outcome: Outcome, fault: Fault | None = None) -> Visit:
        url = response.meta["listed_as"]
        entry = Entry(site=site.id, url=url, kind=kind, outcome=outcome, http_status=response.status)
        if fault:
            entry.cause, entry.reason = fault
        about = response.meta
        return Visit(entry, addresses={url, response.url}, answer=about.get("answer"), capture=about.get("capture"))


def _resting(site: str, url: str, kind: Kind, until: datetime) -> Visit:
    """The end of the turn of a URL that is left alone for now."""
    reason = f"at rest until {until:%Y-%m-%d %H:%M} UTC"
    return Visit(Entry(site=site, url=url, kind=kind, outcome=Outcome.SKIPPED, cause=Cause.RESTS, reason=reason))


def _as_held(request: Request, held: Held) -> Response:
    """An answer as it came to an earlier run."""
    response = response_of(request, held.url, held.status, held.headers, held.body)
    request.meta.update(at=held.at, answer=held.answer, capture=held.capture)
    return response


def _moment(response: Response) -> datetime:
    """When an answer came, as its capture has it."""
    at = response.meta.get("at")
    return at if isinstance(at, datetime) else datetime.now(UTC)
