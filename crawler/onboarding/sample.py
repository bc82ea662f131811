"""Sample articles of a site, and what is known of them without any rule: what feed, listing and JSON-LD say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spiders.parsing.article import NotAnArticleError, Reading, read_page

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from items.site import Site
    from spiders.discover import Listed
    from spiders.parsing.opened import Opened
    from spiders.parsing.template import Template


@dataclass(slots=True)
class Sample:
    """An article page that was fetched to learn from.

    Attributes:
        url: where it was read.
        body: its bytes.
        content_type: the HTTP header.
        fetched: when.
        listed: the article as a feed or listing names it.
        opened: the page with its blocks.
    """

    url: str
    body: bytes
    content_type: str | None
    fetched: datetime
    listed: Listed
    opened: Opened

    def read(self, site: Site | None = None, template: Template | None = None, *, aided: bool = True) -> Reading | None:
        """The article as it is read by a site's rules; None when there is none.

        Args:
            site: the site.
            template: what recurs on its pages.
            aided: whether the reader is told the day that a listing or the archive names.
        """
        try:
            return read_page(
                self.opened,
                site=site,
                fetched=self.fetched,
                listing_date=self.listed.date if aided and self.listed.published is None else None,
                template=template,
            )
        except NotAnArticleError:
            return None

    def titles(self) -> list[str]:
        """Its title as others than the page's text state it, the most trustworthy first."""
        page = self.opened.page
        stated = [self.listed.title, *(_texts(page.json_ld, "headline")), *page.meta.get("og:title", [])]
        stated += [*page.meta.get("articletitle", []), page.root.findtext(".//title")]
        return [folded for text in stated if text and (folded := fold(text))]


def fold(text: str) -> str:
    """Text as it is compared: one width, white space folded, without bullets and an ellipsis."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"^[\s·•▪■◆►»>|\-–—]+|[\s…|]+$|\.\.\.$", "", text)


def is_same_title(said: str, text: str) -> bool:
    """Whether a text is the title that was said; a listing may cut it short, or put date and summary in its link."""
    whole, text = fold(said), fold(text)
    if not whole or not text:
        return False
    if whole == text:
        return True
    if re.search(r"(?:…|\.\.\.)\s*$", said):
        return len(whole) >= 6 and len(text) < 3 * len(whole) and text.startswith(whole)
    return len(whole) > 1.3 * len(text) and _is_headline(text) and text in whole


def _is_headline(text: str) -> bool:
    """Whether a text is as long as a headline, and no date."""
    letters = [c for c in text if c.isalpha()]
    return sum(2 if ord(c) > 0x2E80 else 1 for c in letters) >= 14 and 2 * len(letters) > len(text)


def text_of(element: HtmlElement) -> str:
    """An element's text, white space folded."""
    return " ".join("".join(map(str, element.itertext())).split())


def _texts(facts: list[dict[str, object]], key: str) -> list[str]:
    return [value for fact in facts if isinstance(value := fact.get(key), str)]
