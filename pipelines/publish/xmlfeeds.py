"""RSS 2.0 and Atom 1.0 (RFC 4287) through feedgen: the one module that knows it.

What feedgen 1.0.0 writes wrongly is written here instead, in an extension of its own: links of Atom entries lose
everything but `href`, RSS items lose authors without e-mail addresses and every `atom:link` but `self`, `source` lacks
its id and time. Dates, order and generator are always given: feedgen's defaults are the clock's and its own.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from w3lib.url import safe_url_string

from pipelines.publish.entry import article_summary, content_of, link_of
from pipelines.publish.feed import FORMATS, Feed

if TYPE_CHECKING:
    from lxml.etree import _Element

    from items.article import Record
    from pipelines.publish.stories import Story

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GENERATOR = "newsloom"
_MOST_RELATED = 20
_AMBIGUOUS_IN_RSS = re.compile(rb"(<(?:title|category|source)\b[^>]*>)([^<]*&(?:amp|lt);[^<]*)(?=</)")


def atom(feed: Feed) -> bytes:
    """The feed as an Atom 1.0 document in UTF-8."""
    return _finish(_generator(feed, "atom").atom_str())


def rss(feed: Feed) -> bytes:
    """The feed as an RSS 2.0 document in UTF-8."""
    document = _finish(_generator(feed, "rss").rss_str())
    # RSS never said whether titles are text or HTML; numeric references survive readers of either mind.
    return _AMBIGUOUS_IN_RSS.sub(_numeric, document)


def _generator(feed: Feed, ending: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("newsloom", _FeedExtension, None)
    generator.newsloom.feed = feed
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description)
    generator.description(feed.description)
    generator.updated(feed.updated)
    generator.lastBuildDate(feed.updated)
    generator.generator(GENERATOR)
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.author(name=feed.title)
    generator.ttl(feed.minutes)
    if feed.language:
        generator.language(feed.language)
    generator.link(href=feed.url(ending), rel="self", type=FORMATS[ending])
    generator.link(href=feed.base_url, rel="alternate", type="text/html")  # last: RSS takes its link from the last one
    for story in feed.stories:
        generator.add_entry(_entry(feed, story), order="append")
    return generator


def _entry(feed: Feed, story: Story) -> FeedEntry:
    article = story.original
    entry = FeedEntry()
    entry.register_extension("newsloom", _EntryExtension)
    entry.newsloom.feed, entry.newsloom.story = feed, story
    entry.id(story.id.urn)
    entry.guid(story.id.urn, permalink=False)
    entry.title(article.title)
    entry.link(href=_ascii(link_of(article)))
    entry.published(story.published)
    entry.updated(story.updated)
    for name in article.authors:
        entry.author(name=name)
    for tag in article.tags:
        entry.category(term=tag)
    if summary := article_summary(article):
        entry.summary(summary)
        entry.description(escape(summary, quote=False), isSummary=True)
    entry.content(content_of(story, feed.site_names), type="html")
    return entry


class _FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What the head of a feed needs beyond feedgen."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC, "media": _MEDIA}

    def extend_atom(self, root: _Element) -> _Element:
        if self.feed.language:
            root.set(_LANG, self.feed.language)
        return root


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """What an entry needs beyond feedgen."""

    feed: Feed
    story: Story

    def extend_atom(self, entry: _Element) -> _Element:
        article = self.story.original
        if article.language:
            entry.set(_LANG, article.language)
        for attributes in _links(self.story):
            etree.SubElement(entry, "link", attributes)
        if article.site in self.feed.site_homes:
            source = etree.SubElement(entry, "source")
            home = self.feed.site_homes[article.site]
            etree.SubElement(source, "id").text = home
            etree.SubElement(source, "title").text = self.feed.site_names[article.site]
            etree.SubElement(source, "updated").text = self.story.updated.isoformat()
            etree.SubElement(source, "link", {"rel": "alternate", "href": home})
        _add_credit(entry, article)
        _add_images(entry, self.story)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        article = self.story.original
        for wrong in item.findall("author"):
            item.remove(wrong)
        for name in article.authors:
            etree.SubElement(item, f"{{{_DC}}}creator").text = name
        if article.language:
            etree.SubElement(item, f"{{{_DC}}}language").text = article.language
        _add_credit(item, article)
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = self.story.updated.isoformat()
        for attributes in _links(self.story):
            etree.SubElement(item, f"{{{_ATOM}}}link", attributes)
        _add_images(item, self.story)
        return item


def _links(story: Story) -> list[dict[str, str]]:
    """The story's copies (`via` would be where we have it from; they are `related`) and its related reading."""
    links = []
    for copy in story.copies:
        links.append({"rel": "related", "href": _ascii(link_of(copy)), "title": copy.title})
        if copy.language:
            links[-1]["hreflang"] = copy.language
    for related in story.original.related[:_MOST_RELATED]:
        if related.url and all(_ascii(related.url) != link["href"] for link in links):
            links.append({"rel": "related", "href": _ascii(related.url), "title": related.title})
    return links


def _add_credit(parent: _Element, article: Record) -> None:
    """Who the article credits, as Dublin Core's `source`: "a related resource from which it is derived"."""
    if article.source:
        etree.SubElement(parent, f"{{{_DC}}}source").text = article.source.name


def _add_images(parent: _Element, story: Story) -> None:
    if story.original.rights.policy != "full":
        return
    for image in story.original.images[:10]:
        attributes = {"url": _ascii(image.url), "medium": "image"}
        attributes |= {k: str(v) for k, v in (("width", image.width), ("height", image.height)) if v}
        media = etree.SubElement(parent, f"{{{_MEDIA}}}content", attributes)
        if image.caption:
            etree.SubElement(media, f"{{{_MEDIA}}}description", {"type": "plain"}).text = image.caption


def _ascii(url: str) -> str:
    """The URL as RFC 3986 wants it: no raw spaces or letters beyond ASCII."""
    return str(safe_url_string(url))


def _finish(document: bytes) -> bytes:
    return (
        document.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>', 1)
        + b"\n"
    )


def _numeric(match: re.Match[bytes]) -> bytes:
    text: bytes = match[2].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
    return bytes(match[1]) + text


def check_xml(document: bytes) -> Any:
    """Parse a finished feed as a strict reader would.

    Raises:
        lxml.etree.XMLSyntaxError: it isn't well-formed.
    """
    return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
