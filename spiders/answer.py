"""What a server answered: whether it can be read, and opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import Response, TextResponse

from spiders.parsing.opened import open_with_blocks

if TYPE_CHECKING:
    from spiders.parsing.opened import Opened

GONE = frozenset({404, 410})
"""HTTP statuses that say that there is nothing at an address."""


def fault_of(response: Response, *, is_page: bool = True) -> str | None:
    """Why a response can't be read, in a few words; None when it can. Feeds and sitemaps come under any type."""
    if response.status in GONE:
        return f"HTTP {response.status}: not there"
    if response.status != 200:
        return f"HTTP {response.status}"
    if not response.body.strip():
        return "the answer is empty"
    if is_page and not isinstance(response, TextResponse):
        return f"is no page but {content_type(response) or 'something unknown'}"
    return None


def content_type(response: Response) -> str | None:
    """The Content-Type header."""
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if isinstance(value, bytes) else None


def opened(response: Response, charset: str | None) -> Opened:
    """An article page, decoded and parsed; `charset` is the encoding that the site file pins."""
    return open_with_blocks(response.body, url=response.url, content_type=content_type(response), encoding=charset)
