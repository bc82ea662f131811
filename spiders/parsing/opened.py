"""A page with its blocks: what every reader starts from. Markup that swallows the page is mended by BeautifulSoup."""

from __future__ import annotations

import warnings
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from spiders.parsing.blocks import Block, blocks_of
from spiders.parsing.encoding.charset import decode
from spiders.parsing.page import Page, open_page
from spiders.parsing.undisturbed import undisturbed

_BARE = 300
"""Characters of text below which a page of some size is suspected of broken markup."""

_SMALLEST, _LARGEST = 1_000, 600_000
"""Bytes of a page that is worth mending, and of one that is mended within a second."""


class Opened(NamedTuple):
    """An opened page and its blocks."""

    page: Page
    blocks: list[Block]


def open_with_blocks(
    body: bytes, *, url: str | None = None, content_type: str | None = None, encoding: str | None = None
) -> Opened:
    """Open a page and walk its text. Takes what `open_page` takes, and never raises for bad input either.

    A quote or an element that is never closed makes lxml swallow what follows. A page of some size that shows next to
    no text is therefore read a second time by a parser that gives up later, at ten times the cost.
    """
    with undisturbed():
        page = open_page(body, url=url, content_type=content_type, encoding=encoding)
        opened = Opened(page, blocks_of(page))
    if not _SMALLEST < len(body) < _LARGEST or _text_size(opened.blocks) >= _BARE:
        return opened
    text, _ = decode(body, content_type=content_type, encoding=encoding)
    try:
        with warnings.catch_warnings(action="ignore"):  # its guesses at what kind of markup this is
            mended = BeautifulSoup(text, "html.parser").encode("utf-8")
    except (ParserRejectedMarkup, RecursionError):
        return opened
    again = open_page(mended, url=url, encoding="utf-8")
    again.charset = page.charset
    reopened = Opened(again, blocks_of(again))
    return reopened if _text_size(reopened.blocks) > 2 * _text_size(opened.blocks) + _BARE else opened


def _text_size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)
