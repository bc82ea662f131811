"""The article's blocks as HTML: paragraphs, headings, lists, tables, quotations, figures, with absolute links.

What leaves here is still to be sanitised; the record's own type does that (`items.safe`).
"""

from __future__ import annotations

from bisect import bisect_left
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from spiders.parsing.images import image_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from items.article import Image
    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.page import Page

_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup", "code": "code"}
_WRAPPERS = ("ul", "ol", "blockquote", "tr")
_CELLS = ("td", "th")
_NEAREST = 4
"""Boxes around a block in which a list, a quotation or a table's row is looked for."""
_ABOVE = 30
"""Blocks above the text among which the page's own picture of the article is looked for."""


def article_html(page: Page, blocks: Sequence[Block], left: Mapping[int, str], images: Sequence[Image]) -> str:
    """HTML of the blocks that are left to the article, in order.

    Args:
        page: makes links absolute.
        blocks: all blocks of the page.
        left: index → text of the article's blocks.
        images: the article's images, with their captions; others are left out.
    """
    figures = _figures(page, blocks, sorted(left), images)
    parts: list[str] = []
    rows: list[str] = []
    for wrapper, run in groupby(left.items(), key=lambda item: _wrapper(blocks[item[0]].box)):
        inside = [(figures.get(index, ""), _block(page, blocks[index], text, wrapper)) for index, text in run]
        if wrapper is not None and wrapper.tag == "tr":
            rows.append(f"<tr>{''.join(cell for _, cell in inside)}</tr>")
            continue
        parts += _table(rows)
        rows = []
        if wrapper is None:
            parts += [figure + block for figure, block in inside]
        else:
            parts += [figure for figure, _ in inside if figure]
            parts.append(f"<{wrapper.tag}>{''.join(block for _, block in inside)}</{wrapper.tag}>")
    return "\n".join([*parts, *_table(rows)])


def _table(rows: list[str]) -> list[str]:
    return [f"<table>{''.join(rows)}</table>"] if rows else []


def _wrapper(box: Box | None) -> Box | None:
    """The list, quotation or row of a table around a block, if there is one."""
    for _ in range(_NEAREST):
        if box is None:
            break
        if box.tag in _WRAPPERS:
            return box
        box = box.parent
    return None


def _block(page: Page, block: Block, text: str, wrapper: Box | None) -> str:
    inner = _inline(page, block) if text == block.text else escape(text, quote=False)
    if wrapper is not None and wrapper.tag == "tr":
        return f"<{_cell(block)}>{inner}</{_cell(block)}>"
    tag = f"h{max(2, block.heading)}" if block.heading else "li" if wrapper and wrapper.tag in ("ul", "ol") else "p"
    return f"<{tag}>{inner}</{tag}>"


def _cell(block: Block) -> str:
    return block.tag if block.tag in _CELLS else "td"


def _inline(page: Page, block: Block) -> str:
    """A block's text with the links and emphasis in it, where the block is all that its element holds."""
    if block.box.end - block.box.first != 1 or not len(block.element):
        return escape(block.text, quote=False)
    parts: list[str] = []
    opened: list[tuple[HtmlElement, str]] = []
    for element in block.element.iter():
        parent = element.getparent()
        while opened and opened[-1][0] is not parent:
            parts.append(_close(*opened.pop()))
        if element is not block.element:
            tag = _INLINE.get(element.tag, "")
            if element.tag == "a" and (href := page.absolute(element.get("href"))):
                tag = "a"
                parts.append(f'<a href="{escape(href)}">')
            elif tag:
                parts.append(f"<{tag}>")
            opened.append((element, tag))
        parts.append(escape(element.text or "", quote=False))
    while opened:
        parts.append(_close(*opened.pop()))
    return " ".join("".join(parts).split())


def _close(element: HtmlElement, tag: str) -> str:
    return (f"</{tag}>" if tag else "") + escape(element.tail or "", quote=False)


def _figures(page: Page, blocks: Sequence[Block], indices: Sequence[int], images: Sequence[Image]) -> dict[int, str]:
    """The article's images by the block of its text that they stand before; what follows it, before its last."""
    wanted = {image.url: image for image in images}
    found: dict[int, str] = {}
    first, last = (indices[0], indices[-1]) if indices else (0, -1)
    for block in blocks[max(0, first - _ABOVE) : last + 3]:
        if not wanted:
            break
        for element in block.images:
            image = wanted.pop(image_address(page, element) or "", None)
            if image is not None:
                place = indices[min(bisect_left(indices, block.index), len(indices) - 1)]
                found[place] = found.get(place, "") + _figure(element, image)
    return found


def _figure(element: HtmlElement, image: Image) -> str:
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value)
    shown = f'<img src="{escape(image.url)}" alt="{escape(element.get("alt") or "")}"{size}>'
    caption = image.caption or image.credit
    return f"<figure>{shown}<figcaption>{escape(caption)}</figcaption></figure>" if caption else f"<p>{shown}</p>"
