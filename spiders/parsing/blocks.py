"""One walk over a page's tree: its visible text as a flat list of blocks, each with what a reader needs to judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

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
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_INVISIBLE = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")

_INLINE: Final = 0
_BOX: Final = 1
_UNSEEN: Final = 2
_LINK: Final = 3
_BREAK: Final = 4
_IMAGE: Final = 5
_BUTTON: Final = 6


class _Kinds(dict[str, int]):
    """What the walk does at an element, by its tag; custom elements break a line, the others run along in it."""

    def __missing__(self, tag: str) -> int:
        return _BREAK if "-" in tag else _INLINE


_KINDS: Final = _Kinds(
    dict.fromkeys(BLOCK_TAGS, _BOX)
    | dict.fromkeys(UNSEEN_TAGS, _UNSEEN)
    | {"a": _LINK, "br": _BREAK, "img": _IMAGE, "button": _BUTTON}
)


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
        "anchor", "anchor_start", "blocks", "boxes", "hid", "hides", "holders", "href", "images", "link_chars", "links",
        "page", "pieces", "whole",
    )  # fmt: skip

    def __init__(self, page: Page, *, hides: bool = True) -> None:
        self.page = page
        self.hides = hides
        self.hid = False
        self.blocks: list[Block] = []
        self.holders: list[HtmlElement] = [page.root]
        # a box is made for its first block: half of a page's elements never hold any
        self.boxes: list[Box | None] = [Box(None, page.root, "html", 0, 0, 0, 0)]
        self.pieces: list[str] = []
        self.images: list[HtmlElement] = []
        self.links: list[tuple[str, str | None]] = []
        self.link_chars = 0
        self.whole = -1
        self.anchor: HtmlElement | None = None
        self.href: str | None = None
        self.anchor_start = 0

    def run(self) -> list[Block]:  # noqa: C901, PLR0912, PLR0915  # a call for each element would cost as much again
        """Take the elements in page order; the parent of each tells which of those before it have ended."""
        pieces, holders, boxes, kinds = self.pieces, self.holders, self.boxes, _KINDS
        hides = self.hides
        around: list[tuple[HtmlElement | None, int]] = []
        latest: HtmlElement | None = None
        kind = _INLINE
        unseen: HtmlElement | None = None
        lines = False
        for element in (*self.page.elements, None):
            parent = None if element is None else element.getparent()
            if parent is latest:
                around.append((latest, kind))
            else:
                while latest is not None:
                    if unseen is None or latest is unseen:
                        if unseen is not None:
                            unseen = None
                        elif kind is _BOX:
                            if pieces:
                                self.flush()
                            holders.pop()
                            box = boxes.pop()
                            if box is not None:
                                box.end = len(self.blocks)
                        elif kind is _LINK and self.anchor is latest:
                            if pieces:
                                self._end_link()
                            self.anchor = None
                        text = latest.tail
                        if text and (pieces or not text.isspace()):
                            if lines and holders[-1].tag == "pre":
                                self._take_lines(text)
                            else:
                                pieces.append(text)
                    if around[-1][0] is parent:
                        break
                    latest, kind = around.pop()
            if element is None:
                break
            tag = element.tag
            kind = kinds[tag]
            latest = element
            if unseen is not None:
                continue
            if kind is _UNSEEN or (kind is _BUTTON and _is_closed(element)):
                unseen = element
                continue
            # the names together cost no more than asking for one of them
            names = element.keys()
            if names and hides and ("style" in names or "hidden" in names) and _is_hidden(element):
                self.hid = True
                unseen = element
                continue
            if kind is _BOX:
                if pieces:
                    self.flush()
                holders.append(element)
                boxes.append(None)
                lines = lines or tag == "pre"
            elif kind is _LINK:
                self._open_link(element)
            elif kind is _IMAGE:
                self.images.append(element)
            elif kind is _BREAK:
                self.flush()
            text = element.text
            if text and (pieces or not text.isspace()):
                if lines and holders[-1].tag == "pre":
                    self._take_lines(text)
                else:
                    pieces.append(text)
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

    def _box(self) -> Box:
        """The innermost of the boxes that are open, made with those around it."""
        boxes, here = self.boxes, len(self.blocks)
        depth = len(boxes) - 1
        while (box := boxes[depth]) is None:
            depth -= 1
        for inner in range(depth + 1, len(boxes)):
            element = self.holders[inner]
            tag = element.tag
            box = boxes[inner] = Box(box, element, tag, _HEADINGS.get(tag) or box.heading, inner, here, here)
        return box

    def _open_link(self, element: HtmlElement) -> None:
        href = element.get("href")
        if href is not None or (element.get("name") is None and element.get("id") is None):
            self.anchor = element
            self.href = href
            self.anchor_start = len(self.pieces)

    def _end_link(self) -> None:
        pieces, start = self.pieces, self.anchor_start
        text = _folded(pieces[start:] if start else pieces)
        if text:
            self.links.append((text, self.page.absolute(self.href)))
            self.link_chars += len(text)
            self.whole = len(pieces) if not start else -1

    def flush(self) -> None:
        """End the block that grows, if it has any text."""
        pieces = self.pieces
        if not pieces:
            return
        if self.anchor is not None:
            self._end_link()
            self.anchor_start = 0
        links, blocks = self.links, self.blocks
        # most blocks are one link
        text = links[0][0] if self.whole == len(pieces) and len(links) == 1 else _folded(pieces)
        if text and len(blocks) < MAX_BLOCKS:
            box = self.boxes[-1] or self._box()
            block = Block(
                len(blocks),
                box.element,
                text,
                box.tag,
                box.heading,
                links,
                self.link_chars,
                box,
                pieces[:],
                self.images,
            )
            blocks.append(block)
            self.images = []
        pieces.clear()
        self.links = []
        self.link_chars = 0
        self.whole = -1


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or _hides(element.get("style") or "")


def _hides(style: str) -> bool:
    style = style[:500].lower()
    # the words first: they are found at a twentieth of the pattern's cost
    return ("none" in style or "hidden" in style) and _HIDING_STYLE.search(style) is not None


def _is_closed(button: HtmlElement) -> bool:
    """Whether a button holds no paragraphs: one that is left open swallows the page."""
    return button.find(".//p") is None


def _folded(pieces: list[str]) -> str:
    text = " ".join((pieces[0] if len(pieces) == 1 else "".join(pieces)).split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())
