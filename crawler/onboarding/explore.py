"""Finding what leads to a site's articles: feeds, sitemaps, listing pages; and some articles to learn from."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.onboarding.addresses import may_be_article, pattern_of, promising, shape_of
from crawler.onboarding.listings import FoundListing, read_listing_page
from crawler.onboarding.sample import Sample, text_of
from items.domain import registrable_domain
from items.site import Feed, Sitemap
from spiders.discover import Listed, links_of_sitemap, read_feed_page
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.page import Page, open_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.fetch.once import Fetch, Fetched

SAMPLES = 6
"""Articles that are opened to learn from."""

_MOST_FEEDS = 6
_MOST_LISTINGS = 4
_MOST_GROUPS = 3
"""Groups of alike links whose first two are opened to see whether they are articles."""

_LEAST_TEXT = 60
"""Characters of text below which a page is no article to learn from."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_FEED_PLACES = ("feed/", "rss.xml", "feed", "atom.xml", "rss/allArticle.xml", "index.xml", "rss")
_NEWS = re.compile(
    r"news|press|media|aktuell|meldung|presse|nachricht|actualit|noticia|notizie|aktualno|haber|blog|insight|article|artikel"
    r"|新闻|资讯|动态|要闻|新聞|資訊|消息|行业|报道|ニュース|お知らせ|뉴스|기사|소식|tin-?tuc|tin tức|новост",
    re.IGNORECASE,
)
_POSTS = re.compile(r"post|news|article|press|blog|aktuell", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What was found of a site.

    Attributes:
        url: where the search began, after redirects.
        home: its home page.
        feeds, sitemaps, listings: what leads to its articles.
        articles: pattern of their addresses.
        samples: some of them.
        name: what the site calls itself.
        doubts: what a person should look at.
    """

    url: str
    home: str
    feeds: list[Feed] = field(default_factory=list)
    sitemaps: list[Sitemap] = field(default_factory=list)
    listings: list[FoundListing] = field(default_factory=list)
    articles: str | None = None
    samples: list[Sample] = field(default_factory=list)
    name: str | None = None
    doubts: list[str] = field(default_factory=list)


class UnexplorableError(Exception):
    """Nothing can be learned of the site; the text is one line that says why."""


async def explore(url: str, fetch: Fetch) -> Found:
    """Explore a site.

    Args:
        url: its home page, or a page that lists its news.
        fetch: asks for a page.

    Raises:
        UnexplorableError: the page can't be fetched, or no article was found from it.
    """
    explorer = _Explorer(fetch)
    await explorer.run(url)
    return explorer.found


class _Explorer:
    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._pages: dict[str, Page] = {}
        self._from_feeds: dict[str, Listed] = {}
        self._anchors: dict[str, str] = {}
        self.found: Found

    async def run(self, url: str) -> None:
        start = await self._fetch(url)
        if start.fault:
            raise UnexplorableError(f"{url}: {start.fault}")
        home = urljoin(start.final_url, "/")
        self.found = Found(start.final_url, home)
        page = self._open(start)
        if home != start.final_url:
            answer = await self._fetch(home)
            if not answer.fault:
                self._open(answer)
        self.found.name = _name_of(page, self._pages.get(home))
        await self._find_feeds()
        await self._find_listings()
        if not (self.found.articles or self.found.feeds):
            raise UnexplorableError(f"{url}: no page with a list of articles was found; name one that has such a list")
        await self._find_sitemaps()
        await self._take_samples()

    def _open(self, answer: Fetched) -> Page:
        page = open_page(answer.body, url=answer.final_url, content_type=answer.content_type)
        self._pages[answer.final_url] = page
        for element in page.elements:
            if element.tag == "a" and (url := page.absolute(element.get("href"))) and self._is_here(url):
                url = url.partition("#")[0]
                text = text_of(element) or element.get("title") or ""
                if len(text) > len(self._anchors.get(url, "")) or url not in self._anchors:
                    self._anchors[url] = text
        return page

    def _is_here(self, url: str) -> bool:
        return registrable_domain(url) == registrable_domain(self.found.home)

    async def _find_feeds(self) -> None:
        """The feeds that pages name; where there are none, those at the places where systems put them."""
        named = [
            url
            for page in self._pages.values()
            for element in page.elements
            if element.tag == "link" and (element.get("type") or "").lower() in _FEED_TYPES
            if (url := page.absolute(element.get("href")))
        ]
        named += [
            url for url in self._anchors if re.search(r"(?:/|\b)(?:rss|feed|atom)(?:\.xml|\.php|/)?$", url.lower())
        ]
        named = [url for url in dict.fromkeys(named) if "comment" not in url.lower()]
        guessed = [] if named else [urljoin(self.found.home, place) for place in _FEED_PLACES]
        for url in [*named, *guessed][: _MOST_FEEDS + len(guessed)]:
            answer = await self._fetch(url)
            if answer.fault:
                continue
            page = read_feed_page(answer.body, answer.final_url, answer.content_type, Feed(url=url), 1)
            links = [link for link in page.links if self._is_here(link.url)]
            new = [link for link in links if link.url not in self._from_feeds]
            if new:
                self.found.feeds.append(Feed(url=answer.final_url))
                self._from_feeds.update({link.url: link for link in new})
            if guessed and new:
                break

    async def _find_listings(self) -> None:
        """The pages on which most articles are listed: the page that was named, the news pages that it leads to."""
        await self._open_news_pages()
        urls = [*self._from_feeds] or await self._likely_articles()
        shapes = {*map(shape_of, urls)}
        others = [url for url in self._anchors if url not in urls and shape_of(url) not in shapes]
        every = bool(self._from_feeds)
        self.found.articles = pattern_of(urls, others, every=every) if urls else None
        if self.found.articles is None and urls and not every:
            self.found.articles = pattern_of(urls)
            self.found.doubts.append("articles: no pattern tells the addresses of articles from others; look at it")
        if self.found.articles is None:
            return
        wanted = re.compile(self.found.articles)
        tried = []
        for url, page in self._pages.items():
            listing = read_listing_page(page, wanted)
            if listing is not None:
                tried.append((not listing.leads_on, -len(listing.links), url, listing))
        seen: set[str] = set()
        for _, _, _, listing in sorted(tried, key=lambda one: one[:3]):
            new = {link.url for link in listing.links} - seen
            if len(new) * 2 > len(listing.links) and len(self.found.listings) < _MOST_LISTINGS:
                seen |= new
                self.found.listings.append(listing)
        if self.found.feeds:
            self.found.listings = [one for one in self.found.listings if one.leads_on][:1]
        elif any(listing.leads_on for listing in self.found.listings):
            self.found.listings = [listing for listing in self.found.listings if listing.leads_on]
        await self._follow_paging()

    async def _open_news_pages(self) -> None:
        named = [
            (len(urlsplit(url).path), url)
            for url, text in self._anchors.items()
            if url not in self._pages and len(text) < 30 and (_NEWS.search(text) or _NEWS.search(urlsplit(url).path))
            if may_be_article(url) or "category" in url
            if promising(shape_of(url)) < 2.5
        ]
        for _, url in sorted(named)[:_MOST_LISTINGS]:
            answer = await self._fetch(url)
            if not answer.fault:
                self._open(answer)

    async def _likely_articles(self) -> list[str]:
        """Without a feed: the largest group of links of one shape that have headlines and lead to texts."""
        groups: dict[str, list[str]] = defaultdict(list)
        for url, text in self._anchors.items():
            if may_be_article(url) and _is_headline(text):
                groups[shape_of(url)].append(url)
        ranked = sorted(groups.items(), key=lambda one: -min(len(one[1]), 12) * (0.3 + promising(one[0])))
        for _, urls in ranked[:_MOST_GROUPS]:
            if len(urls) >= 2 and all([await self._sample(Listed(url)) for url in urls[:2]]):
                return urls
        return []

    async def _sample(self, link: Listed) -> Sample | None:
        """The article that a link leads to; None when it leads to none."""
        answer = await self._fetch(link.url)
        if answer.fault:
            return None
        opened = open_with_blocks(answer.body, url=answer.final_url, content_type=answer.content_type)
        sample = Sample(answer.final_url, answer.body, answer.content_type, datetime.now(UTC), link, opened)
        reading = sample.read()
        return sample if reading is not None and len(reading.article.text or "") >= _LEAST_TEXT else None

    async def _follow_paging(self) -> None:
        """See whether each listing's next page holds other articles; else it leads nowhere."""
        assert self.found.articles is not None
        wanted = re.compile(self.found.articles)
        for listing in self.found.listings:
            if listing.next_url is None:
                continue
            answer = await self._fetch(listing.next_url)
            further = None if answer.fault else read_listing_page(self._open(answer), wanted)
            here = {link.url for link in listing.links}
            if further is None or not {link.url for link in further.links} - here:
                listing.stay()
                self.found.doubts.append(f"listings: {listing.rules.url}: its next page could not be read")

    async def _find_sitemaps(self) -> None:
        """The sitemaps that robots.txt names, or the one at the usual place, if they hold articles."""
        if self.found.articles is None:
            return
        robots = await self._fetch(urljoin(self.found.home, "/robots.txt"))
        text = "" if robots.fault else robots.body[:100_000].decode("utf-8", "replace")
        named = re.findall(r"(?im)^\s*sitemap\s*:\s*(https?://\S+)", text)[:3]
        for url in named or [urljoin(self.found.home, "/sitemap.xml")]:
            answer = await self._fetch(url)
            if answer.fault:
                continue
            found = links_of_sitemap(answer.body)
            parts = [part.url for part in found.sitemaps]
            pages = [page.url for page in found.pages]
            only = None
            if parts:
                posts = [part for part in parts if _POSTS.search(urlsplit(part).path)]
                only = "post" if posts and all("post" in part for part in posts) and len(posts) < len(parts) else None
                part = await self._fetch((posts or parts)[0])
                pages = [] if part.fault else [page.url for page in links_of_sitemap(part.body).pages]
            if sum(bool(re.search(self.found.articles, page)) for page in pages) >= 2:
                self.found.sitemaps.append(Sitemap(url=answer.final_url, only=only))

    async def _take_samples(self) -> None:
        """Open some articles: those that feed and listing say most of, spread over the time they cover."""
        listed: dict[str, Listed] = dict(self._from_feeds)
        for listing in self.found.listings:
            for link in listing.links:
                listed.setdefault(link.url, link)
        if not listed:
            wanted = re.compile(self.found.articles or "")
            listed = {url: Listed(url, title=text) for url, text in self._anchors.items() if wanted.search(url)}
        waiting = _spread([*listed.values()], 2 * SAMPLES)
        for link in waiting:
            if len(self.found.samples) == SAMPLES:
                break
            if (sample := await self._sample(link)) is not None:
                self.found.samples.append(sample)
        if len(self.found.samples) < 2:
            raise UnexplorableError(f"{self.found.url}: fewer than two articles with a text were found")


def _spread(links: Sequence[Listed], number: int) -> list[Listed]:
    """Some of the links from all over the list, the first and newest among them."""
    if len(links) <= number:
        return [*links]
    return [links[round(index * (len(links) - 1) / (number - 1))] for index in range(number)]


def _is_headline(text: str) -> bool:
    wide = sum(2 if ord(c) > 0x2E80 else 1 for c in text)
    return wide >= 14


def _name_of(*pages: Page | None) -> str | None:
    """What the site calls itself: its pages say so for other programs, or in the title of its home page."""
    for page in filter(None, pages):
        for name in page.meta.get("og:site_name", []):
            return name
    title: Iterable[str | None] = (page.root.findtext(".//title") for page in reversed(pages) if page)
    for text in title:
        if text and text.strip():
            return re.split(r"\s[|–—-]\s|[_|]", " ".join(text.split()))[0][:80]
    return None
