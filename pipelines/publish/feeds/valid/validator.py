"""Holding a whole document against the rules, and remembering which entries have passed already."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import orjson
from lxml import etree

from pipelines.publish.feeds.valid import rules, values
from pipelines.publish.feeds.valid.jsonfeed import json_faults, json_item_faults
from pipelines.publish.feeds.valid.rules import ATOM, DC, HISTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from lxml.etree import _Element

    from pipelines.publish.feeds.valid.rules import Element

_MOST_BYTES = 5_000_000
"""What validators and careful readers take."""

_MOST_PASSED = 50_000
_MOST_FAULTS = 20
_DECLARATION = re.compile(rb"""<\?xml version=["']1\.0["'] encoding=["']UTF-8["'] ?\?>\n?""")
_NAMED_REFERENCE_IN_RSS = re.compile(rb"<(?:title|category)\b[^>]*>[^<]*&(?:amp|lt);")
_ARCHIVE_RELATIONS = {"current", "prev-archive", "next-archive"}


class Validator:
    """Judges documents; an entry that passed once, in any of them, is not judged again."""

    def __init__(self) -> None:
        self._passed: OrderedDict[bytes, None] = OrderedDict()

    def faults(self, ending: str, document: bytes) -> list[str]:
        """What is wrong with a document, at most twenty lines; nothing if it is valid.

        Args:
            ending: what it should be: `atom`, `rss`, `json` or `opml`.
            document: the whole file.
        """
        judges: dict[str, Callable[[bytes], Iterator[str]]] = {
            "atom": self._atom,
            "rss": self._rss,
            "json": self._json,
            "opml": self._opml,
        }
        found: list[str] = []
        for fault in judges[ending](document):
            found.append(fault)
            if len(found) == _MOST_FAULTS:
                break
        return found

    def _atom(self, document: bytes) -> Iterator[str]:
        feed = yield from _parsed(document)
        if feed is None:
            return
        if feed.tag != f"{ATOM}feed":
            yield f"the root is {feed.tag}, not an Atom feed"
            return
        entries = feed.findall(f"{ATOM}entry")
        yield from _element_faults(feed, rules.ATOM_FEED, skip=f"{ATOM}entry")
        yield from _link_faults(feed, feed.findall(f"{ATOM}link"))
        yield from _order_faults(feed, f"{ATOM}entry")
        yield from self._entry_faults(entries, _atom_entry_faults)
        yield from _twice("id", [entry.findtext(f"{ATOM}id") for entry in entries])

    def _rss(self, document: bytes) -> Iterator[str]:
        rss = yield from _parsed(document)
        if rss is None:
            return
        if rss.tag != "rss" or len(rss) != 1 or rss[0].tag != "channel":
            yield "the root is no rss element with one channel"
            return
        channel = rss[0]
        items = channel.findall("item")
        yield from _element_faults(rss, rules.RSS, skip="channel")
        yield from _element_faults(channel, rules.RSS_CHANNEL, skip="item")
        yield from _link_faults(channel, channel.findall(f"{ATOM}link"))
        yield from _order_faults(channel, "item")
        yield from self._entry_faults(items, _rss_item_faults)
        yield from _twice("guid", [item.findtext("guid") for item in items])
        if found := _NAMED_REFERENCE_IN_RSS.search(document):
            yield f"{found[0][:80]!r}: a title that readers may unescape twice"

    def _json(self, document: bytes) -> Iterator[str]:
        try:
            feed = orjson.loads(document)
        except ValueError as error:
            yield f"is no JSON: {error}"
            return
        items = feed.get("items") if isinstance(feed, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            yield "is no object with a list of items"
            return
        yield from json_faults(feed)
        for number, item in enumerate(items, 1):
            key = hashlib.sha256(orjson.dumps(item)).digest()
            yield from self._judged(key, f"item {number}: ", json_item_faults(item))
        yield from _twice("id", [str(item.get("id")) for item in items])

    def _opml(self, document: bytes) -> Iterator[str]:
        root = yield from _parsed(document)
        if root is None:
            return
        if root.tag != "opml" or root.get("version") != "2.0" or [child.tag for child in root] != ["head", "body"]:
            yield "the root is no opml element of version 2.0 with a head and a body"
            return
        for outline in root[1]:
            rule = rules.OPML_FEED if outline.get("type") else rules.OPML_GROUP
            yield from _element_faults(outline, rule)
        yield from _twice("xmlUrl", [o.get("xmlUrl") for o in root.iter("outline") if o.get("type")])
        if not len(root[1]):
            yield "body: has no outline"

    def _entry_faults(self, entries: list[_Element], judge: Callable[[_Element], Iterator[str]]) -> Iterator[str]:
        for number, entry in enumerate(entries, 1):
            key = hashlib.sha256(etree.tostring(entry, with_tail=False)).digest()
            yield from self._judged(key, f"entry {number}: ", judge(entry))

    def _judged(self, key: bytes, where: str, faults: Iterator[str]) -> Iterator[str]:
        if key in self._passed:
            self._passed.move_to_end(key)
            return
        found = [where + fault for fault in faults]
        yield from found
        if not found:
            self._passed[key] = None
            if len(self._passed) > _MOST_PASSED:
                self._passed.popitem(last=False)


def _parsed(document: bytes) -> Generator[str, None, Any]:
    """The root, as a strict reader would parse it, after the faults of the whole."""
    if not _DECLARATION.match(document):
        yield "does not begin with an XML declaration of UTF-8"
    if len(document) > _MOST_BYTES:
        yield f"is larger than {_MOST_BYTES} bytes"
    try:
        return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        yield f"is no XML: {error}"
        return None


def _element_faults(element: _Element, rule: Element, skip: str | None = None) -> Iterator[str]:
    """What is wrong with an element and all in it, but for children of the name `skip`."""
    name = etree.QName(element).localname
    if rule.text is None:
        if (element.text or "").strip():
            yield f"{name}: has text beside its children"
    elif fault := rule.text(element.text or ""):
        yield f"{name}: {fault}"
    said = {str(key): str(value) for key, value in element.attrib.items()}
    for key, value in said.items():
        attribute = rule.attributes.get(key)
        if fault := attribute.check(value) if attribute else "is no attribute that belongs here":
            yield f"{name} {key}: {fault}"
    yield from (f"{name}: lacks {key}" for key, a in rule.attributes.items() if a.required and key not in said)
    yield from _child_faults(element, rule, name, skip)


def _child_faults(element: _Element, rule: Element, name: str, skip: str | None) -> Iterator[str]:
    counts: dict[str, int] = {}
    for child in element:
        tag = str(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        if tag not in rule.children:
            yield f"{name}: {tag} does not belong here"
        elif tag != skip:
            yield from _element_faults(child, rule.children[tag][0])
    for tag, (_, (least, most)) in rule.children.items():
        if not least <= counts.get(tag, 0) <= most:
            yield f"{name}: has {counts.get(tag, 0)} of {etree.QName(tag).localname}"


def _link_faults(parent: _Element, links: list[_Element]) -> Iterator[str]:
    """What is wrong with how a feed's links stand together (RFC 4287, 4.1.1; RFC 5005, 4)."""
    relations = [link.get("rel") for link in links]
    if relations.count("self") != 1:
        yield "there is not one link to the feed itself"
    alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
    if len(set(alternates)) != len(alternates):
        yield "two alternate links have the same type and language"
    if parent.find(f"{HISTORY}archive") is not None:
        if "current" not in relations:
            yield "an archive does not link to the current feed"
        if not {"prev-archive", "next-archive"} & set(relations):
            yield "an archive links to no other"


def _order_faults(parent: _Element, entry: str) -> Iterator[str]:
    names = [child.tag for child in parent]
    first = names.index(entry) if entry in names else len(names)
    if any(name != entry for name in names[first:]):
        yield "what is said of the feed stands among its entries"


def _atom_entry_faults(entry: _Element) -> Iterator[str]:
    yield from _element_faults(entry, rules.ATOM_ENTRY)
    links = entry.findall(f"{ATOM}link")
    if len([link for link in links if link.get("rel", "alternate") == "alternate"]) > 1:
        yield "has two alternate links"
    for name in ("title", "summary"):
        part = entry.find(f"{ATOM}{name}")
        if part is not None:
            check = values.escaped if part.get("type") == "html" else values.text
            if fault := check(part.text or ""):
                yield f"{name}: {fault}"
    names = [child.tag for child in entry]
    if f"{DC}source" in names[names.index(f"{ATOM}source") if f"{ATOM}source" in names else len(names) :]:
        yield "dc:source stands after source, and is taken for the same"


def _rss_item_faults(item: _Element) -> Iterator[str]:
    yield from _element_faults(item, rules.RSS_ITEM)
    names = [child.tag for child in item]
    if "source" in names and f"{DC}source" in names:
        yield "source and dc:source are taken for the same"
    encoded = f"{rules.CONTENT}encoded"
    if encoded in names and "description" in names and names.index(encoded) < names.index("description"):
        yield "content stands before the description"


def _twice(what: str, said: list[str | None]) -> Iterator[str]:
    seen = set()
    for value in said:
        if value in seen:
            yield f"{what} {value} stands there twice"
        seen.add(value)
