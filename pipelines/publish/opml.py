"""OPML 2.0: every feed in one file, to subscribe to them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.publish.feed import Feed


def opml(title: str, feeds: Sequence[Feed]) -> bytes:
    """An outline of the feeds in Atom, in the order given."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        attributes = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url("atom")}
        etree.SubElement(body, "outline", attributes | {"htmlUrl": feed.base_url})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
