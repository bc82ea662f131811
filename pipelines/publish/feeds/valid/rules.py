"""The vocabularies of RSS, Atom and OPML as data: which elements and attributes, how often, with what in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.publish.feeds.valid import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.publish.feeds.valid.values import Check

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ONE, MAYBE, MANY = (1, 1), (0, 1), (0, 10**9)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute, what it holds, and whether it must be there."""

    check: Check
    required: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """An element: what its text, attributes and children must be like.

    Attributes:
        text: None where it has children only.
        children: by name, each with how often it stands there at least and at most.
    """

    text: Check | None = values.nothing
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    children: Mapping[str, tuple[Element, tuple[int, int]]] = field(default_factory=dict)


def _required(check: Check) -> Attribute:
    return Attribute(check, required=True)


_TEXT = Element(values.text)
_ID = Element(values.urn)
_TIME = Element(values.rfc3339)
_PERSON = Element(None, children={f"{ATOM}name": (_TEXT, ONE)})
_ATOM_TEXT = Element(values.words, {"type": Attribute(values.one_of("text", "html"))})

_FEED_RELATIONS = ("self", "alternate", "hub", "license", "current", "prev-archive", "next-archive")
_ENTRY_RELATIONS = ("alternate", "related", "via", "enclosure", "license", "self")
_LINK = {
    "href": _required(values.web),
    "type": Attribute(values.mime),
    "title": Attribute(values.text),
    "hreflang": Attribute(values.language),
}
FEED_LINK = Element(attributes=_LINK | {"rel": _required(values.one_of(*_FEED_RELATIONS))})
ENTRY_LINK = Element(attributes=_LINK | {"rel": Attribute(values.one_of(*_ENTRY_RELATIONS))})

_DUBLIN_CORE = {
    f"{DC}source": (Element(values.words), MAYBE),
    f"{DC}publisher": (Element(values.words), MAYBE),
    f"{DC}creator": (Element(values.words), MANY),
    f"{DC}language": (Element(values.language), MAYBE),
}
_DESCRIPTION = Element(values.text, {"type": Attribute(values.one_of("plain"))})
_SIZE = {"width": Attribute(values.positive), "height": Attribute(values.positive)}
_MEDIA_CONTENT = Element(
    None,
    {"url": _required(values.web), "medium": _required(values.one_of("image"))} | _SIZE,
    {f"{MEDIA}description": (_DESCRIPTION, MAYBE)},
)
_IMAGES = {
    f"{MEDIA}content": (_MEDIA_CONTENT, MANY),
    f"{MEDIA}thumbnail": (Element(attributes={"url": _required(values.web)} | _SIZE), MAYBE),
}

_ATOM_SOURCE = Element(
    None,
    children={
        f"{ATOM}id": (_ID, ONE),
        f"{ATOM}title": (_TEXT, ONE),
        f"{ATOM}updated": (_TIME, ONE),
        f"{ATOM}link": (FEED_LINK, MANY),
    },
)
_CATEGORY = {"term": _required(values.text), "scheme": Attribute(values.words), "label": Attribute(values.text)}
ATOM_ENTRY = Element(
    None,
    {LANG: Attribute(values.language)},
    {
        f"{ATOM}id": (_ID, ONE),
        f"{ATOM}title": (_ATOM_TEXT, ONE),
        f"{ATOM}updated": (_TIME, ONE),
        f"{ATOM}published": (_TIME, MAYBE),
        f"{ATOM}author": (_PERSON, MANY),
        f"{ATOM}link": (ENTRY_LINK, MANY),
        f"{ATOM}category": (Element(attributes=_CATEGORY), MANY),
        f"{ATOM}summary": (_ATOM_TEXT, ONE),
        f"{ATOM}content": (Element(values.html, {"type": _required(values.one_of("html"))}), ONE),
        f"{ATOM}source": (_ATOM_SOURCE, MAYBE),
    }
    | _DUBLIN_CORE
    | _IMAGES,
)
_GONE = Element(attributes={"ref": _required(values.urn), "when": _required(values.rfc3339)})
ATOM_FEED = Element(
    None,
    {LANG: _required(values.language)},
    {
        f"{ATOM}id": (_ID, ONE),
        f"{ATOM}title": (_ATOM_TEXT, ONE),
        f"{ATOM}subtitle": (_ATOM_TEXT, MAYBE),
        f"{ATOM}updated": (_TIME, ONE),
        f"{ATOM}author": (_PERSON, (1, 10**9)),
        f"{ATOM}generator": (_TEXT, MAYBE),
        f"{ATOM}rights": (_ATOM_TEXT, MAYBE),
        f"{ATOM}link": (FEED_LINK, MANY),
        f"{HISTORY}archive": (Element(), MAYBE),
        f"{TOMBSTONES}deleted-entry": (_GONE, MANY),
        f"{ATOM}entry": (ATOM_ENTRY, MANY),
    },
)

_GUID = Element(values.urn, {"isPermaLink": _required(values.one_of("false"))})
RSS_ITEM = Element(
    None,
    children={
        "title": (Element(values.words), ONE),
        "link": (Element(values.web), MAYBE),
        "guid": (_GUID, ONE),
        "pubDate": (Element(values.rfc822), MAYBE),
        "description": (Element(values.escaped), ONE),
        f"{CONTENT}encoded": (Element(values.html), ONE),
        "category": (Element(values.words, {"domain": Attribute(values.words)}), MANY),
        f"{ATOM}updated": (_TIME, MAYBE),
        f"{ATOM}link": (ENTRY_LINK, MANY),
    }
    | _DUBLIN_CORE
    | _IMAGES,
)
RSS_CHANNEL = Element(
    None,
    children={
        "title": (Element(values.words), ONE),
        "link": (Element(values.web), ONE),
        "description": (Element(values.words), ONE),
        "language": (Element(values.language), MAYBE),
        "copyright": (Element(values.words), MAYBE),
        "docs": (Element(values.web), MAYBE),
        "generator": (_TEXT, MAYBE),
        "lastBuildDate": (Element(values.rfc822), ONE),
        "ttl": (Element(values.positive), MAYBE),
        f"{ATOM}link": (FEED_LINK, MANY),
        f"{HISTORY}archive": (Element(), MAYBE),
        "item": (RSS_ITEM, MANY),
    },
)
RSS = Element(None, {"version": _required(values.one_of("2.0"))}, {"channel": (RSS_CHANNEL, ONE)})

_OUTLINE_WORDS = {"text": _required(values.text)}
_FEED_OUTLINE = Element(
    attributes=_OUTLINE_WORDS
    | {
        "type": _required(values.one_of("rss")),
        "title": _required(values.text),
        "xmlUrl": _required(values.web),
        "htmlUrl": Attribute(values.web),
        "language": Attribute(values.language),
    }
)
OPML_FEED, OPML_GROUP = _FEED_OUTLINE, Element(None, _OUTLINE_WORDS, {"outline": (_FEED_OUTLINE, (1, 10**9))})
