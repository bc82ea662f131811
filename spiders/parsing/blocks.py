"""One walk over a page's tree: its visible text as a flat list of blocks, each with what a reader needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from spiders.parsing.page import Page


@dataclass(slots=True)
class Block:
    """A run of text that a browser would set as a paragraph, heading, list item, table cell or line.

    Attributes:
        index: its place among the page's blocks.
        element: the nearest block-level element around the text.
        text: its visible text, white space folded, `<br>` ends a block.
        tag: lower-case name of `element`.
        heading: 1 to 6 for headings, 0 otherwise.
        links: (text, absolute href) of the anchors in it, in order.
        link_chars: how many characters of `text` lie in anchors.
    """

    index: int
    element: HtmlElement
    text: str
    tag: str
    heading: int
    links: list[tuple[str, str | None]]
    link_chars: int


def blocks_of(page: Page) -> list[Block]:
    """The page's blocks in document order; scripts, styles, forms' options, comments and hidden elements left out."""
    raise NotImplementedError
