"""A page opened once: its decoded text, its one lxml tree, its structured data. Every reader of a field starts from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from items.article import Charset


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
    """

    url: str | None
    root: HtmlElement
    charset: Charset
    meta: dict[str, list[str]] = field(default_factory=dict)
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    html_lang: str | None = None

    def absolute(self, href: str | None) -> str | None:
        """The absolute http(s) form of a link of this page; None for anything that is no web address."""
        raise NotImplementedError


def open_page(
    body: bytes, *, url: str | None = None, content_type: str | None = None, encoding: str | None = None
) -> Page:
    """Decode and parse a page. Never raises for bad input: hopeless bytes give an empty page.

    Args:
        body: the response body, not compressed.
        url: where it came from.
        content_type: the HTTP Content-Type header.
        encoding: an encoding that the site file pins; wins over everything.
    """
    raise NotImplementedError
