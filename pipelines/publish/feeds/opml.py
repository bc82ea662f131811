"""OPML 2.0: every feed in one file, to subscribe to them all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.publish.feeds.shelves import kind_of
from pipelines.publish.feeds.words import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.publish.feeds.feed import Feed
    from pipelines.publish.publication import Publication

_GROUPS = {
    "own": "Our own selections",
    "topic": "Topics",
    "site": "Sites",
    "language": "Languages",
    "country": "Countries",
    "source": "Credited sources",
}


def opml(publication: Publication, feeds: Sequence[Feed]) -> bytes:
    """An outline of the feeds in Atom: all stories first, then a group for each kind of feed."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = label(publication.title)
    body = etree.SubElement(root, "body")
    order = ["all", *_GROUPS]
    for kind, group in groupby(sorted(feeds, key=lambda f: (order.index(kind_of(f.path)), f.path)), _kind):
        parent = etree.SubElement(body, "outline", text=_GROUPS[kind]) if kind in _GROUPS else body
        for feed in group:
            title = label(feed.title)
            about = {"type": "rss", "text": title, "title": title, "htmlUrl": f"{publication.base_url}{feed.page}"}
            language = {"language": feed.language} if feed.language else {}
            etree.SubElement(parent, "outline", about | language | {"xmlUrl": _address(publication, feed)})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _kind(feed: Feed) -> str:
    return kind_of(feed.path)


def _address(publication: Publication, feed: Feed) -> str:
    return f"{publication.base_url}feeds/{feed.path}.atom"
