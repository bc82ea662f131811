"""The article's blocks as HTML: paragraphs, headings, lists, tables, quotes, images, with absolute links."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.page import Page

_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup", "code": "code"}
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-echo", "data-url", "src")


def article_html(page: Page, blocks: Sequence[Block], left: Mapping[int, str]) -> str:
    """HTML of the blocks that are left to the article, in order.

    Args:
        page: makes links absolute.
        blocks: all blocks of the page.
        left: index → text of the article's blocks.
    """
    parts = []
    for wrapper, run in groupby(left.items(), key=lambda item: _wrapper(blocks[item[0]].box)):
        inside = [_block(page, blocks[index], text, wrapper) for index, text in run]
        parts.append("".join(inside) if wrapper == "" else f"<{wrapper}>{''.join(inside)}</{wrapper}>")
    return "\n".join(parts)


def _wrapper(box: Box | None) -> str:
    """The list or quotation around a block, if there is one."""
    for _ in range(3):
        if box is None:
            break
        if box.tag in ("ul", "ol", "blockquote"):
            return box.tag
        box = box.parent
    return ""


def _block(page: Page, block: Block, text: str, wrapper: str) -> str:
    images = "".join(_image(page, image) for image in block.images)
    inner = _inline(page, block) if text == block.text else escape(text)
    tag = f"h{max(2, block.heading)}" if block.heading else "li" if wrapper in ("ul", "ol") else "p"
    return f"{images}<{tag}>{inner}</{tag}>"


def _inline(page: Page, block: Block) -> str:
    """A block's text with the links and emphasis in it, where the block is all that its element holds."""
    if block.box.end - block.box.first != 1:
        return escape(block.text)
    parts: list[str] = []
    closing: list[tuple[HtmlElement, str]] = []
    for element in block.element.iter():
        while closing and closing[-1][0] not in set(element.iterancestors()):
            parts.append(_end(closing.pop()))
        if element is not block.element:
            tag = _INLINE.get(element.tag, "")
            href = page.absolute(element.get("href")) if element.tag == "a" else None
            if href:
                parts.append(f'<a href="{escape(href)}">')
                tag = "a"
            elif tag:
                parts.append(f"<{tag}>")
            closing.append((element, tag))
        parts.append(escape(element.text or ""))
    while closing:
        parts.append(_end(closing.pop()))
    return " ".join("".join(parts).split())


def _end(opened: tuple[HtmlElement, str]) -> str:
    element, tag = opened
    return (f"</{tag}>" if tag else "") + escape(element.tail or "")


def _image(page: Page, image: HtmlElement) -> str:
    for name in _LAZY:
        if url := page.absolute(image.get(name)):
            return f'<img src="{escape(url)}" alt="{escape(image.get("alt") or "")}">'
    return ""
