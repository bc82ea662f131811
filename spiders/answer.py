"""What a server answered: whether it can be read, and opening it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scrapy.http import Headers, Request, Response, TextResponse
from scrapy.responsetypes import responsetypes

from items.domain import domain_of_owner
from items.run import Cause
from spiders.disguise import challenge_of, soft_404_of
from spiders.made import made
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.wishes import wishes_of_headers

if TYPE_CHECKING:
    from items.site import Site
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
    fault = _fault_of_answer(response) or (_fault_of_page(response) if is_page else _fault_of_xml(response))
    elsewhere = moved_to(response.meta["listed_as"], response.url) if fault and fault is not NOT_MODIFIED else None
    if fault and elsewhere and fault.cause is not Cause.MOVED:
        return Fault(Cause.MOVED, f"{sends_on(elsewhere)}: {fault.reason}")
    return fault


def _fault_of_answer(response: Response) -> Fault | None:
    """What is wrong whatever was asked for."""
    if response.meta["kind"] != "article" and (elsewhere := moved_to(response.meta["listed_as"], response.url)):
        return Fault(Cause.MOVED, sends_on(elsewhere))
    if challenge := challenge_of(response.body, _headers(response)):
        return Fault(Cause.CHALLENGE, challenge)
    if response.status == 304:
        return NOT_MODIFIED
    if response.status != 200:
        return Fault(Cause.STATUS, f"HTTP {response.status}" + (": not there" if response.status in GONE else ""))
    return None if response.body.strip() else Fault(Cause.EMPTY, "the answer is empty")


def response_of(request: Request, url: str, status: int, headers: list[tuple[str, str]], body: bytes) -> Response:
    """The answer to a request, made of what is kept of it; `headers` are those of the decompressed body."""
    named = Headers()
    for name, value in headers:
        named.appendlist(name, value)
    kind = responsetypes.from_args(headers=named, url=url, body=body)
    return kind(url, status=status, headers=named, body=body, request=request)


def content_type(response: Response) -> str | None:
    """The Content-Type header."""
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if isinstance(value, bytes) else None


def wishes_of(response: Response) -> Wishes:
    """What the HTTP headers ask of robots."""
    return wishes_of_headers(_headers(response))


def opened(response: Response, site: Site) -> Opened:
    """An article page of a site, decoded and parsed."""
    body = made(site, response.body, response.url)
    return open_with_blocks(body, url=response.url, content_type=content_type(response), encoding=site.charset)


def _fault_of_page(response: Response) -> Fault | None:
    if not isinstance(response, TextResponse):
        return Fault(Cause.WRONG_TYPE, f"is no page but {content_type(response) or 'something unknown'}")
    error_page = soft_404_of(response.body, response.meta["listed_as"], response.url)
    return Fault(Cause.SOFT_404, error_page) if error_page else None


def _fault_of_xml(response: Response) -> Fault | None:
    if _BOMB.search(response.body, 0, _PROLOGUE):
        return Fault(Cause.TOO_LARGE, "declares XML entities that may grow without end, or lie elsewhere")
    return None


def moved_to(asked: str, landed: str) -> str | None:
    """The domain that a request was redirected to, if it is another owner's."""
    before, after = domain_of_owner(asked), domain_of_owner(landed)
    return after if after != before else None


def sends_on(domain: str) -> str:
    """That a server sends the crawler to another domain, in a few words."""
    return f"sends the crawler on to {domain}"


def _headers(response: Response) -> dict[str, str]:
    """The headers, names in lower case."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
