"""RSS 2.0 and Atom 1.0 (RFC 4287) through feedgen: the one module that knows it.

What feedgen 1.0.0 writes wrongly is written here instead, in an extension of its own: links of Atom entries lose
everything but `href`, RSS items lose authors without e-mail addresses, every `atom:link` but `self` is lost in RSS.
Dates, order and generator are always given: feedgen's defaults are the clock's and its own. An entry is made once and
joined into every document that holds it, so what feedgen costs is paid once an entry, not once an entry and feed.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from pipelines.publish.feeds.feed import FORMATS, GENERATOR
from pipelines.publish.feeds.words import label, looks_like_html, untagged

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element

    from pipelines.publish.feeds.feed import Document
    from pipelines.publish.feeds.reading import Reading

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RSS_SPECIFICATION = "https://www.rssboard.org/rss-specification"
_DECLARED = b"<?xml version='1.0' encoding='UTF-8'?>"
_AMBIGUOUS_IN_RSS = re.compile(rb"(<(?:title|category|source)\b[^>]*>)([^<]*&(?:amp|lt);[^<]*)(?=</)")


def atom_entry(reading: Reading) -> bytes:
    """An `entry` element of Atom, to be joined into documents."""
    return _cut(_with_entry(reading).atom_str(), b"entry")


def rss_item(reading: Reading) -> bytes:
    """An `item` element of RSS, to be joined into documents."""
    return _plain_in_rss(_cut(_with_entry(reading).rss_str(), b"item"))


def atom(document: Document) -> bytes:
    """A document of a feed in Atom 1.0."""
    return _join(_head(document, "atom").atom_str(), [entry.atom for entry in document.entries], b"</feed>")


def rss(document: Document) -> bytes:
    """A document of a feed in RSS 2.0."""
    head = _plain_in_rss(_head(document, "rss").rss_str())
    return _join(head, [entry.rss for entry in document.entries], b"</channel></rss>")


def _head(document: Document, ending: str) -> FeedGenerator:
    feed, publication = document.feed, document.publication
    generator = _generator()
    generator.newsloom.document, generator.newsloom.ending = document, ending
    generator.id(feed.id)
    generator.title(label(feed.title))
    generator.subtitle(label(feed.description))
    generator.description(label(feed.description))
    generator.updated(document.updated)
    generator.lastBuildDate(document.updated)
    generator.generator(GENERATOR)
    generator.docs(_RSS_SPECIFICATION)
    generator.author(name=label(publication.title))
    generator.ttl(publication.minutes)
    if feed.language:
        generator.language(feed.language)
    generator.link(href=document.url(ending), rel="self", type=FORMATS[ending])
    for other in (other for other in FORMATS if other != ending):
        generator.link(href=document.url(other), rel="alternate", type=FORMATS[other])
    generator.link(
        href=f"{publication.base_url}{feed.page}", rel="alternate", type="text/html"
    )  # RSS takes its link from the last
    return generator


def _generator() -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("newsloom", _FeedExtension, None)
    return generator


def _with_entry(reading: Reading) -> FeedGenerator:
    generator = _generator()
    generator.newsloom.document = None
    generator.id("urn:x")
    generator.title("x")
    generator.description("x")
    generator.updated(reading.updated)
    generator.link(href="http://x/", rel="alternate")
    generator.add_entry(_entry(reading), order="append")
    return generator


def _entry(reading: Reading) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("newsloom", _EntryExtension)
    entry.newsloom.reading = reading
    entry.id(reading.id)
    entry.guid(reading.id, permalink=False)
    entry.title(reading.title)
    if reading.link:
        entry.link(href=reading.link)
    if reading.published:
        entry.published(reading.published)
    entry.updated(reading.updated)
    for name in reading.authors:
        entry.author(name=name)
    for category in reading.categories:
        entry.category(term=category.term, scheme=category.scheme, label=category.label)
    summary = reading.summary or reading.title
    entry.summary(summary)
    entry.description(escape(summary, quote=False), isSummary=True)
    entry.content(reading.content, type="html")
    return entry


class _FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What the head of a document needs beyond feedgen."""

    document: Document | None
    ending: str

    def extend_ns(self) -> dict[str, str]:
        spaces = {"dc": _DC, "media": _MEDIA, "fh": _HISTORY}
        return spaces | ({"at": _TOMBSTONES} if self.document and self.document.gone else {})

    def extend_atom(self, root: _Element) -> _Element:
        if (document := self.document) is None:
            return root
        root.set(_LANG, document.feed.language or "en")
        self._add_links(root, "link")
        etree.SubElement(root, "rights").text = _RIGHTS
        if document.closed:
            etree.SubElement(root, f"{{{_HISTORY}}}archive")
        for gone, when in document.gone:
            etree.SubElement(root, f"{{{_TOMBSTONES}}}deleted-entry", {"ref": gone, "when": _rfc3339(when)})
        return root

    def extend_rss(self, root: _Element) -> _Element:
        if (document := self.document) is None:
            return root
        channel = root[0]
        self._add_links(channel, f"{{{_ATOM}}}link")
        etree.SubElement(channel, "copyright").text = _RIGHTS
        if document.closed:
            etree.SubElement(channel, f"{{{_HISTORY}}}archive")
        return root

    def _add_links(self, parent: _Element, tag: str) -> None:
        assert self.document is not None
        for rel, href in self.document.archive_links(self.ending):
            etree.SubElement(parent, tag, {"rel": rel, "href": href, "type": FORMATS[self.ending]})
        if self.document.is_current:
            for hub in self.document.publication.hubs:
                etree.SubElement(parent, tag, {"rel": "hub", "href": hub})


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """What an entry needs beyond feedgen."""

    reading: Reading

    def extend_atom(self, entry: _Element) -> _Element:
        reading = self.reading
        if reading.language:
            entry.set(_LANG, reading.language)
        title = entry.find("title")
        if title is not None and looks_like_html(reading.title):
            title.set("type", "html")
            title.text = escape(reading.title, quote=False)
        summary = entry.find("summary")
        if summary is not None and looks_like_html(summary.text or ""):
            summary.set("type", "html")
            summary.text = escape(summary.text or "", quote=False)
        for attributes in reading.links:
            etree.SubElement(entry, "link", attributes)
        self._add_credits(entry)  # before `source`: a validator takes the two for one when they come the other way
        source = etree.SubElement(entry, "source")
        etree.SubElement(source, "id").text = reading.site_feed.id
        etree.SubElement(source, "title").text = reading.site_title
        etree.SubElement(source, "updated").text = _rfc3339(reading.updated)
        etree.SubElement(source, "link", {"rel": "self", "href": reading.site_feed.url})
        if reading.site_home:
            etree.SubElement(source, "link", {"rel": "alternate", "href": reading.site_home})
        self._add_images(entry)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        reading = self.reading
        for wrong in item.findall("author"):
            item.remove(wrong)
        title = item.find("title")
        if title is not None:
            title.text = untagged(reading.title)
        for name in reading.authors:
            etree.SubElement(item, f"{{{_DC}}}creator").text = name
        if reading.language:
            etree.SubElement(item, f"{{{_DC}}}language").text = reading.language
        self._add_credits(item)
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = _rfc3339(reading.updated)
        for attributes in reading.links:
            etree.SubElement(item, f"{{{_ATOM}}}link", attributes)
        self._add_images(item)
        return item

    def _add_credits(self, parent: _Element) -> None:
        """Dublin Core's `source`, who the article credits, and `publisher`, whose site it stands on."""
        if self.reading.source:
            etree.SubElement(parent, f"{{{_DC}}}source").text = self.reading.source
        etree.SubElement(parent, f"{{{_DC}}}publisher").text = self.reading.site_title

    def _add_images(self, parent: _Element) -> None:
        for number, image in enumerate(self.reading.images):
            size = {k: str(v) for k, v in (("width", image.width), ("height", image.height)) if v}
            media = etree.SubElement(parent, f"{{{_MEDIA}}}content", {"url": image.url, "medium": "image"} | size)
            if image.caption:
                etree.SubElement(media, f"{{{_MEDIA}}}description", {"type": "plain"}).text = image.caption
            if number == 0:
                etree.SubElement(parent, f"{{{_MEDIA}}}thumbnail", {"url": image.url})


_RIGHTS = "Each article belongs to its publisher, to whose page its link leads."


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _cut(document: bytes, tag: bytes) -> bytes:
    """The one element of that tag in a document."""
    start = re.search(rb"<%b[ >]" % tag, document)
    assert start is not None
    return document[start.start() : document.rindex(b"</%b>" % tag) + len(tag) + 3]


def _join(head: bytes, entries: list[bytes], end: bytes) -> bytes:
    """A whole document: entries, a line each, between a head and its end."""
    head = head.replace(_DECLARED, b'<?xml version="1.0" encoding="UTF-8"?>', 1).strip()
    assert head.endswith(end)
    return b"\n".join([head.removesuffix(end), *entries, end, b""])


def _plain_in_rss(document: bytes) -> bytes:
    """RSS never said whether titles are text or HTML; numeric references survive readers of either mind."""
    return _AMBIGUOUS_IN_RSS.sub(_numeric, document)


def _numeric(match: re.Match[bytes]) -> bytes:
    text: bytes = match[2].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
    return bytes(match[1]) + text
