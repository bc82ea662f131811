"""One walk over a page's tree: its visible text as a flat list of blocks, each with what a reader needs to judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from spiders.parsing.page import Page

BARE = 500
"""Characters: with less visible text a page that hides some is read with it."""
MAX_BLOCKS = 15_000
"""Blocks that are read of a page; the longest honest pages have about five thousand."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCK_TAGS = _words("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre search section
    summary table tbody td tfoot th thead tr ul
""")
"""Elements that a browser sets on lines of their own; every other element but custom ones runs along in its line."""

UNSEEN_TAGS = _words("""
    applet area audio base canvas col colgroup datalist embed frame iframe input link map math meta meter
    noembed noframes noscript object optgroup option output param progress script select style svg template
    textarea title track video
""")
"""Elements whose content is no text of the page."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element, whether it has text of its own or only holds other boxes.

    Attributes:
        parent: the box around it; None for the page's root.
        element: its element.
        tag: lower-case name of the element.
        heading: 1 to 6 in a heading, 0 otherwise.
        depth: how many boxes are around it.
        first: index of the first block in it.
        end: index after the last block in it; equal to `first` when it has none.
    """

    parent: Box | None
    element: HtmlElement
    tag: str
    heading: int
    depth: int
    first: int
    end: int


@dataclass(slots=True, eq=False)
class Block:
    """A run of text that a browser would set as a paragraph, heading, list item, table cell or line.

    Attributes:
        index: its place among the page's blocks.
        element: the nearest block-level element around the text.
        text: its visible text, white space folded, `<br>` ends a block.
        tag: lower-case name of `element`.
        heading: 1 to 6 for headings, 0 otherwise.
        links: (text, absolute href) of the anchors in it, in order; None for what is no web address.
        link_chars: how many characters of `text` lie in anchors.
        box: the box of `element`, and by its parents everything around it.
        pieces: the text nodes that `text` is made of, as they stand: where they part, an inline element begins or ends.
        images: the `<img>` elements between the block before and the end of this one.
    """

    index: int
    element: HtmlElement
    text: str
    tag: str
    heading: int
    links: list[tuple[str, str | None]]
    link_chars: int
    box: Box
    pieces: list[str] = field(default_factory=list)
    images: list[HtmlElement] = field(default_factory=list)


def blocks_of(page: Page) -> list[Block]:
    """The page's blocks in document order; scripts, styles, forms' options, comments and hidden elements left out."""
    walk = _Walk(page)
    blocks = walk.run()
    if walk.hid and sum(len(block.text) for block in blocks) < BARE:
        # a page that shows nothing until its script runs: what it hides is its text
        shown = _Walk(page, hides=False).run()
        return shown if len(shown) > len(blocks) else blocks
    return blocks


class _Walk:
    """The state of one walk: the boxes that are open, and the text, anchors and images of the block that grows."""

    __slots__ = (
        "anchor", "anchor_start", "blocks", "box", "hid", "hides", "images", "link_chars", "links", "page", "pieces"
    )  # fmt: skip

    def __init__(self, page: Page, *, hides: bool = True) -> None:
        self.page = page
        self.hides = hides
        self.hid = False
        self.blocks: list[Block] = []
        self.box = Box(None, page.root, "html", 0, 0, 0, 0)
        self.pieces: list[str] = []
        self.images: list[HtmlElement] = []
        self.links: list[tuple[str, str | None]] = []
        self.link_chars = 0
        self.anchor: HtmlElement | None = None
        self.anchor_start = 0

    def run(self) -> list[Block]:
        walker = iterwalk(self.page.root, events=("start", "end"))
        opening = dict.fromkeys(BLOCK_TAGS, self._open_box) | {
            "a": self._open_link, "br": self._break, "img": self._take_image,
        }  # fmt: skip
        closing = dict.fromkeys(BLOCK_TAGS, self._close_box) | {"a": self._close_link}
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in UNSEEN_TAGS or (tag == "button" and _is_closed(element)):
                    walker.skip_subtree()
                    continue
                style = element.get("style")
                if (style is not None or element.get("hidden") is not None) and self._is_hidden(element, style):
                    walker.skip_subtree()
                    continue
                if tag in opening:
                    opening[tag](element)
                elif "-" in tag:
                    self.flush()
                text = element.text
            else:
                if tag in closing:
                    closing[tag](element)
                text = element.tail
            if text and (self.pieces or not text.isspace()):
                if self.box.tag == "pre":
                    self._take_lines(text)
                else:
                    self.pieces.append(text)
        self.flush()
        return self.blocks

    def _take_lines(self, text: str) -> None:
        """Take text in which a line break is one."""
        *ended, rest = text.split("\n")
        for line in ended:
            self.pieces.append(line)
            self.flush()
        if rest:
            self.pieces.append(rest)

    def _is_hidden(self, element: HtmlElement, style: str | None) -> bool:
        hidden = element.get("hidden") is not None or (style and _HIDING_STYLE.search(style[:500]) is not None)
        if not hidden or not self.hides:
            return False
        self.hid = True
        return True

    def _open_box(self, element: HtmlElement) -> None:
        if self.pieces:
            self.flush()
        parent, tag, here = self.box, element.tag, len(self.blocks)
        self.box = Box(parent, element, tag, _HEADINGS.get(tag) or parent.heading, parent.depth + 1, here, here)

    def _close_box(self, element: HtmlElement) -> None:
        box = self.box
        if box.element is not element:
            return
        if self.pieces:
            self.flush()
        box.end = len(self.blocks)
        if box.parent is not None:
            self.box = box.parent

    def _open_link(self, element: HtmlElement) -> None:
        if element.get("href") is not None or (element.get("name") is None and element.get("id") is None):
            self.anchor = element
            self.anchor_start = len(self.pieces)

    def _close_link(self, element: HtmlElement) -> None:
        if self.anchor is element:
            if self.pieces:
                self._end_link()
            self.anchor = None

    def _break(self, _: HtmlElement) -> None:
        self.flush()

    def _take_image(self, element: HtmlElement) -> None:
        self.images.append(element)

    def _end_link(self) -> None:
        assert self.anchor is not None
        text = _folded(self.pieces[self.anchor_start :])
        if text:
            self.links.append((text, self.page.absolute(self.anchor.get("href"))))
            self.link_chars += len(text)

    def flush(self) -> None:
        """End the block that grows, if it has any text."""
        if not self.pieces:
            return
        if self.anchor is not None:
            self._end_link()
            self.anchor_start = 0
        text = _folded(self.pieces)
        if text and len(self.blocks) < MAX_BLOCKS:
            box = self.box
            self.blocks.append(
                Block(
                    len(self.blocks),
                    box.element,
                    text,
                    box.tag,
                    box.heading,
                    self.links,
                    self.link_chars,
                    box,
                    self.pieces,
                    self.images,
                )
            )
            self.images = []
        self.pieces = []
        self.links = []
        self.link_chars = 0


def _is_closed(button: HtmlElement) -> bool:
    """Whether a button holds no paragraphs: one that is left open swallows the page."""
    return button.find(".//p") is None


def _folded(pieces: list[str]) -> str:
    text = "".join(pieces)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
