"""Links to articles out of a listing page, an RSS or Atom feed, a sitemap."""

from __future__ import annotations

import calendar
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import feedparser
from lxml import etree

from items.domain import registrable_domain
from items.rule import xpath_of
from spiders.parsing.page import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from time import struct_time

    from items.site import Feed, Listing, Site
    from spiders.parsing.page import Page

_LARGEST_SITEMAP = 60 << 20
"""Bytes; the protocol allows 50 MB uncompressed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One article as a listing names it.

    Attributes:
        url: absolute.
        title: as the listing has it.
        date: the words beside the link.
        published: the moment that these words are, where a feed or news sitemap says it so that a machine can tell.
        modified: when the feed or sitemap says that it last changed.
    """

    url: str
    title: str | None = None
    date: str | None = None
    published: datetime | None = None
    modified: datetime | None = None

    @property
    def moment(self) -> datetime | None:
        """What it is ordered by."""
        return self.published or self.modified


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What a feed holds: articles, newest first, and the page that follows (RFC 5005)."""

    links: list[Listed]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """What a sitemap holds: further sitemaps with the time of their last change, or pages."""

    sitemaps: list[Listed]
    pages: list[Listed]


def links_of_listing(page: Page, listing: Listing) -> list[Listed]:
    """The articles that a listing page links to, in its order."""
    found = []
    for item in _select(page.root, listing.item) if listing.item else [page.root]:
        date = _text_of(_select(item, listing.date)) if listing.date else None
        for anchor in _select(item, listing.links):
            href = anchor if isinstance(anchor, str) else anchor.get("href")
            if url := page.absolute(href):
                title = None if isinstance(anchor, str) else anchor.get("title") or _text_of([anchor])
                found.append(Listed(url, title=title, date=date))
    return found


def next_page_of(page: Page, listing: Listing, number: int) -> str | None:
    """The address of the page that follows a listing's page: by its pattern, or by the link that its rule finds.

    Args:
        page: the page.
        listing: the rules.
        number: the page's number, counted from 1.
    """
    if listing.page is not None:
        return _nth(listing, number + 1)
    if listing.next is None:
        return None
    for anchor in _select(page.root, listing.next):
        href = anchor if isinstance(anchor, str) else anchor.get("href")
        if (url := page.absolute(href)) and url != page.url:
            return url
    return None


def read_feed_page(body: bytes, url: str, content_type: str | None, feed: Feed, number: int) -> FeedPage:
    """The articles of an RSS or Atom feed; none if it is no feed.

    A feed whose every entry has a date is put in order: some list the oldest first.
    """
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    links = [
        Listed(
            entry.link,
            title=entry.get("title"),
            date=entry.get("published") or dict.get(entry, "updated"),
            published=_moment(entry.get("published_parsed")),
            modified=_moment(dict.get(entry, "updated_parsed")),  # asked of the entry itself, it would be the former
        )
        for entry in parsed.entries
        if entry.get("link", "").startswith(("http://", "https://"))
    ]
    moments = [moment for link in links if (moment := link.moment)]
    if len(moments) == len(links):
        links.sort(key=lambda link: link.moment or datetime.min.replace(tzinfo=UTC), reverse=True)
    if feed.page is not None:
        return FeedPage(links, _nth(feed, number + 1))
    steps = {link.get("rel"): link.get("href") for link in reversed(parsed.feed.get("links", []))}
    step = steps.get("next") or steps.get("prev-archive") or ""
    return FeedPage(links, step if step.startswith(("http://", "https://")) and step != url else None)


def _nth(way: Listing | Feed, number: int) -> str:
    assert way.page is not None
    return way.page.replace("{n}", str(way.page_from + number - 2))


def links_of_sitemap(body: bytes) -> SitemapPage:
    """What a sitemap or a sitemap index holds (https://www.sitemaps.org/protocol.html), news extension included.

    Broken XML gives what stands before the break; entities are never expanded and nothing is fetched.
    """
    result = SitemapPage([], [])
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        parser.feed(_decompressed(body))
        for _, element in parser.read_events():
            if isinstance(element, etree._Element):
                _take(element, result)
    except etree.XMLSyntaxError:
        pass  # what was read before the break stands
    return result


def of_this_site(links: Iterable[Listed], site: Site) -> Iterator[Listed]:
    """The links that are articles of the site: by its pattern, or without one by its domain."""
    for link in links:
        if len(link.url) > MAX_URL:
            continue
        if site.is_article(link.url) if site.articles else registrable_domain(link.url) == site.domain:
            yield link


def _take(element: etree._Element, result: SitemapPage) -> None:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name not in ("url", "sitemap"):
        return
    texts = {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element.iter()
        if isinstance(child.tag, str)
    }
    url = texts.get("loc", "")
    if url.startswith(("http://", "https://")):
        if name == "sitemap":
            result.sitemaps.append(Listed(url, modified=_w3c(texts.get("lastmod"))))
        else:
            date = texts.get("publication_date") or None
            result.pages.append(Listed(url, texts.get("title"), date, _w3c(date), _w3c(texts.get("lastmod"))))
    element.clear()


def _moment(parsed: struct_time | None) -> datetime | None:
    """The time that feedparser gives, which is UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _w3c(text: str | None) -> datetime | None:
    """A W3C date, as sitemaps have it; a day is taken to its end, for whatever changed on it changed by then."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if text and len(text) <= len("2024-12-23"):
        moment += timedelta(days=1)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _decompressed(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body[:_LARGEST_SITEMAP]
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _LARGEST_SITEMAP)
    except zlib.error:
        return b""


def _select(element: etree._Element, rule: str) -> list[Any]:
    """What a rule selects: elements, or strings for rules that end in `::text`, `::attr(…)` or `/@…`."""
    found = xpath_of(rule)(element)
    return found if isinstance(found, list) else []


def _text_of(found: list[Any]) -> str | None:
    for element in found:
        text = element if isinstance(element, str) else "".join(map(str, element.itertext()))
        if folded := " ".join(text.split()):
            return folded
    return None
