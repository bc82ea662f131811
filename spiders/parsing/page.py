"""A page opened once: its decoded text, its one lxml tree, its structured data. Every reader starts from it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from spiders.parsing.encoding.charset import as_utf8
from spiders.parsing.jsonld import json_ld_of

if TYPE_CHECKING:
    from items.article import Charset

MAX_BYTES = 4_000_000
"""UTF-8 bytes of a page that are parsed; the longest honest pages have about a million."""
MAX_TAGS = 60_000
"""Tags of a page that are read, so that a page of nothing but tags costs a fraction of a second."""
MAX_ATTRIBUTES = 500
"""Attributes of one tag that are read: the parser's time grows with their square."""
MAX_URL = 4000

_LONG_RUN = 4000
_HEAD = 20_000
_XML_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_NO_HOST = ("", "/", "?", "#", " ")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_STATING = ("meta", "link", "base", "script", "title")
_EMPTY = b"<html><body></body></html>"

# one class for all elements: lxml.html's own lookup runs Python for each of them
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


@dataclass(slots=True)
class Page:
    """One page, ready to be read.

    Attributes:
        url: the address it was read at, or the one that it names itself; None when neither is known.
        root: the root of the only tree that is made of the page; readers never change it.
        charset: how the bytes were decoded.
        meta: values of `<meta>` by lower-case name, property or itemprop, in page order.
        json_ld: every JSON-LD object of the page, `@graph` and lists flattened; broken ones left out.
        html_lang: the `lang` attribute of the root, if any.
        base: the address that relative links start from.
        elements: every element but those of the head that are `stating`, in page order; held so that lxml makes each
            one's Python object only once.
        stating: those of the whole page that tell machines of the page: `meta`, `link`, `base`, `script`, `title`.
        markup: the UTF-8 that was parsed; it tells at a fraction of the tree's cost what no element of the page has.
    """

    url: str | None
    root: HtmlElement
    charset: Charset
    meta: dict[str, list[str]] = field(default_factory=dict)
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    html_lang: str | None = None
    base: str | None = None
    elements: list[HtmlElement] = field(default_factory=list, repr=False)
    stating: list[HtmlElement] = field(default_factory=list, repr=False)
    markup: bytes = field(default=b"", repr=False)
    _roots: tuple[str, str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._roots = _roots(self.base)

    def absolute(self, href: str | None) -> str | None:
        """The absolute http(s) form of a link of this page; None for anything that is no web address."""
        if not href or len(href := href.strip()) > MAX_URL:
            return None
        scheme, origin, folder = self._roots
        if origin and "/." not in href and "//[" not in href:
            # what urljoin would say of the plain forms, at a tenth of its cost
            if href.startswith("/"):
                return (scheme if href.startswith("//") else origin) + href
            if href.startswith("https://") and href[8:9] not in _NO_HOST:
                return href
        if href[:1] in ("", "#") or _OTHER_SCHEME.match(href):
            return None
        if not origin or href[0] in ".?;" or "/." in href or "//[" in href:
            return _join(self.base, href)
        return href if _ABSOLUTE.match(href) else folder + href


def open_page(
    body: bytes, *, url: str | None = None, content_type: str | None = None, encoding: str | None = None
) -> Page:
    """Decode and parse a page. Never raises for bad input: hopeless bytes give an empty page.

    Args:
        body: the response body, not compressed.
        url: where it came from.
        content_type: the HTTP Content-Type header.
        encoding: an encoding that the site file pins; wins over everything but a byte order mark.
    """
    known, charset = as_utf8(body, content_type=content_type, encoding=encoding)
    markup = _bounded(known)
    root = _tree(markup)
    elements = [root]
    for child in root:
        if child.tag == "head":
            # a tenth of the page; where the page has no body tag, some of it is text
            elements += [child, *chain.from_iterable(inner.iter() for inner in child if inner.tag not in _STATING)]
        else:
            elements += child.iter()
    stating = list(root.iter(*_STATING))  # filtered in C: most elements state nothing
    meta = _meta(stating)
    url = url or _own_address(stating, meta)
    base = next((element.get("href") for element in stating if element.tag == "base"), None)
    return Page(
        url,
        root,
        charset,
        meta,
        json_ld_of(stating),
        html_lang=(root.get("lang") or root.get("xml:lang") or "").strip() or None,
        base=(_join(url, base.strip()) if base else None) or url,
        elements=elements,
        stating=stating,
        markup=markup,
    )


def _bounded(body: bytes) -> bytes:
    """The part of the page that is parsed, without what the parser or its time stumbles over."""
    body = body.removeprefix(codecs.BOM_UTF8)[:MAX_BYTES]
    if b"\0" in body:
        body = body.replace(b"\0", b"")
    if (declaration := _XML_DECLARATION.match(body)) is not None:
        body = body[declaration.end() :]
    if len(body) > 6 * MAX_TAGS and body.count(b"<") > MAX_TAGS:
        body = b"<".join(body.split(b"<", MAX_TAGS + 1)[:-1])
    closing = b"</HTML>" if b"<BODY" in body[:_HEAD] else b"</html>"
    if 0 <= body.find(closing) < len(body) - _LONG_RUN:
        # the parser leaves out what follows; pages are put together of files that each end one
        body = body.replace(closing, b"")
    return _without_crowds(body)


def _without_crowds(body: bytes) -> bytes:
    """The page, in which a tag with more attributes than anyone writes has lost them."""
    kept: list[bytes] = []
    done = 0
    for start in range(0, len(body), _LONG_RUN):
        if start < done or body.find(b">", start, start + _LONG_RUN) >= 0:
            continue
        opened = body.rfind(b"<", max(done, start - _LONG_RUN), start + _LONG_RUN)
        closed = body.find(b">", opened) if opened >= 0 else -1
        tag = body[opened : closed if closed >= 0 else len(body)]
        if opened >= 0 and len(tag) > _LONG_RUN and len(tag.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES:
            kept += [body[done:opened], tag.split(None, 1)[0][:40]]
            done = opened + len(tag)
    return b"".join([*kept, body[done:]]) if kept else body


def _tree(body: bytes) -> HtmlElement:
    root = None
    for markup in (body, _EMPTY):
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        parser.set_element_class_lookup(_ELEMENTS)
        try:
            root = etree.fromstring(markup, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            break
    assert isinstance(root, HtmlElement)
    return root


def _meta(elements: list[HtmlElement]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in elements:
        if element.tag != "meta" or not (content := (element.get("content") or "").strip()):
            continue
        names = [name for key in ("name", "property", "itemprop") if (name := element.get(key))]
        for name in dict.fromkeys(name.strip().lower() for name in names):
            found.setdefault(name, []).append(content)
    return found


def _own_address(elements: list[HtmlElement], meta: dict[str, list[str]]) -> str | None:
    for element in elements:
        if element.tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            href = (element.get("href") or "").strip()
            if _ABSOLUTE.match(href):
                return href
    return next((value for value in meta.get("og:url", []) if _ABSOLUTE.match(value)), None)


def _roots(base: str | None) -> tuple[str, str, str]:
    """What stands before a link that starts with two slashes, with one, with none."""
    try:
        parts = urlsplit(base or "")
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "", "", ""
    origin = f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:", origin, f"{origin}{parts.path.rpartition('/')[0]}/"


def _join(base: str | None, href: str) -> str | None:
    if not base and not _ABSOLUTE.match(href):
        return None
    try:
        joined = urljoin(base or "", href)
        host = urlsplit(joined).hostname
    except ValueError:
        return None
    return joined if host and _ABSOLUTE.match(joined) else None
