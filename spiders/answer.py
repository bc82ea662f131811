"""What a server answered: whether it can be read, and opening it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scrapy.http import Response, TextResponse

from items.domain import registrable_domain
from items.run import Cause
from spiders.disguise import challenge_of, soft_404_of
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.wishes import wishes_of_headers

if TYPE_CHECKING:
    from spiders.parsing.opened import Opened
    from spiders.parsing.wishes import Wishes

GONE = frozenset({404, 410})
"""HTTP statuses that say that there is nothing at an address."""

_PROLOGUE = 100_000
"""Bytes in which an XML document declares its entities."""

_BOMB = re.compile(rb"""<!ENTITY\s+(?!\w+\s+(["'])(?:&#\w+;|[^&%<"']{0,100})\1\s*>)""")
"""An entity that is more than a few plain characters."""


class Fault(NamedTuple):
    """Why an answer can't be read: for programs, and in a few words."""

    cause: Cause
    reason: str


NOT_MODIFIED = Fault(Cause.NOT_MODIFIED, "not modified")
NO_LINK = Fault(Cause.EMPTY, "holds no link to an article")


def fault_of(response: Response, *, is_page: bool = True) -> Fault | None:
    """Why a response can't be read; None when it can. Feeds and sitemaps come under any type."""
    return _fault_of_answer(response) or (_fault_of_page(response) if is_page else _fault_of_xml(response))


def _fault_of_answer(response: Response) -> Fault | None:
    """What is wrong whatever was asked for."""
    if response.meta["kind"] != "article" and (elsewhere := _moved_to(response)):
        return Fault(Cause.MOVED, f"sends the crawler on to {elsewhere}")
    if challenge := challenge_of(response.body, _headers(response)):
        return Fault(Cause.CHALLENGE, challenge)
    if response.status == 304:
        return NOT_MODIFIED
    if response.status != 200:
        return Fault(Cause.STATUS, f"HTTP {response.status}" + (": not there" if response.status in GONE else ""))
    return None if response.body.strip() else Fault(Cause.EMPTY, "the answer is empty")


def content_type(response: Response) -> str | None:
    """The Content-Type header."""
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if isinstance(value, bytes) else None


def wishes_of(response: Response) -> Wishes:
    """What the HTTP headers ask of robots."""
    return wishes_of_headers(_headers(response))


def opened(response: Response, charset: str | None) -> Opened:
    """An article page, decoded and parsed; `charset` is the encoding that the site file pins."""
    return open_with_blocks(response.body, url=response.url, content_type=content_type(response), encoding=charset)


def _fault_of_page(response: Response) -> Fault | None:
    if not isinstance(response, TextResponse):
        return Fault(Cause.WRONG_TYPE, f"is no page but {content_type(response) or 'something unknown'}")
    error_page = soft_404_of(response.body, response.meta["listed_as"], response.url)
    return Fault(Cause.SOFT_404, error_page) if error_page else None


def _fault_of_xml(response: Response) -> Fault | None:
    if _BOMB.search(response.body, 0, _PROLOGUE):
        return Fault(Cause.TOO_LARGE, "declares XML entities that may grow without end, or lie elsewhere")
    return None


def _moved_to(response: Response) -> str | None:
    """The registrable domain that a list was redirected to, if it is another."""
    asked, landed = registrable_domain(response.meta["listed_as"]), registrable_domain(response.url)
    return landed if landed != asked else None


def _headers(response: Response) -> dict[str, str]:
    """The headers, names in lower case."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
