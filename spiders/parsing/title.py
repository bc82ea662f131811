"""The headline of a page, whole and without the site's name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from spiders.parsing.found import Found

if TYPE_CHECKING:
    from spiders.parsing.blocks import Block
    from spiders.parsing.page import Page

_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+|[_|｜]")
_NEWS_TYPES = {"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "WebPage"}


def read_title(page: Page, blocks: list[Block]) -> Found[str] | None:
    """The headline: a heading that the title element confirms, else what the page declares, else the title's best part."""
    document = _document_title(page)
    headings = [block.text for block in blocks if block.heading in (1, 2)]
    for heading in headings:
        if len(heading) > 3 and _fold(heading) in _fold(document):
            return Found(heading, "h1")
    for headline in (thing.get("headline") for thing in page.json_ld if thing.get("@type") in _NEWS_TYPES):
        if isinstance(headline, str) and headline.strip():
            return Found(" ".join(headline.split()), "json-ld")
    for name in ("og:title", "twitter:title"):
        if declared := next((v for v in page.meta.get(name, []) if v.strip()), None):
            return Found(_without_site(declared), f"meta:{name}")
    if document:
        return Found(_without_site(document), "title")
    return Found(headings[0], "h1") if headings else None


def _document_title(page: Page) -> str:
    element = next(page.root.iter("title"), None)
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _without_site(text: str) -> str:
    """The longest part of a title that is set together of headline, section and site."""
    return max((part.strip() for part in _SEPARATOR.split(text)), key=len)


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
