"""Asks for what is known already only if it has changed."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy.responsetypes import responsetypes

from items.run import Answer

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from items.run import Desk

_OURS = ("If-None-Match", "If-Modified-Since")
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
_TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>")
_LONGEST_HEADER = 1000


class ConditionalMiddleware:
    """Sends the validators of the last answer (RFC 9110, 13), and puts that answer's body where "not modified" came.

    So the spider reads a list that has not changed as it read it before, and what a killed run had listed and not yet
    fetched is found again, at the price of an empty answer. Nothing is ever taken from the archive unasked: there is no
    freshness by guess. An article that has not changed reaches the spider as 304.

    What the next request needs to know goes to the spider in `response.meta["answer"]`, to be kept in the transaction
    of what became of this one.

    Args:
        crawler: Scrapy's; its spider has the desk.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Make a request conditional, if its URL's last answer is known."""
        for name in _OURS:  # of the request that redirected to this one
            request.headers.pop(name, None)
        request.meta.pop("known_answer", None)
        desk: Desk | None = getattr(self._crawler.spider, "desk", None)
        known = desk.recall(request.url) if desk and "kind" in request.meta else None
        if known is None:
            return
        request.meta["known_answer"] = known
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.modified:
            request.headers["If-Modified-Since"] = known.modified

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the validators; give a list that has not changed its body back."""
        if "kind" not in request.meta:
            return response
        is_article = request.meta["kind"] == "article"
        payload, captured = request.meta.pop("captured", (None, None))
        known: Answer | None = request.meta.pop("known_answer", None)
        if response.status == 304 and known is not None:
            known.not_modified = True
            known.fresh_for = fresh_for(response.headers, b"" if is_article else known.body or b"")
            request.meta["answer"] = known
            return response if is_article or known.body is None else _as_before(response, known)
        if response.status == 200:
            answer = request.meta["answer"] = _answer(response, keep_body=not is_article)
            answer.payload, answer.captured = payload, captured
        return response


def fresh_for(headers: Headers, body: bytes = b"") -> int:
    """Seconds for which nothing will change: the largest of Cache-Control, Expires and a feed's own `ttl` (minutes)."""
    control = _header(headers, "Cache-Control") or ""
    if "no-cache" in control or "no-store" in control:
        return 0
    said = [int(found[1]) for found in [_MAX_AGE.search(control)] if found]
    if not said and (expires := _header(headers, "Expires")):
        said.append(_seconds_until(expires))
    if ttl := _TTL.search(body, 0, 10_000):
        said.append(int(ttl[1]) * 60)
    return max(0, *said) if said else 0


def _seconds_until(expires: str) -> int:
    try:
        return int((parsedate_to_datetime(expires) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # "0" and its like: expired
        return 0


def _answer(response: Response, *, keep_body: bool) -> Answer:
    etag, modified = _header(response.headers, "ETag"), _header(response.headers, "Last-Modified")
    if (_header(response.headers, "Expires") or "").strip() == "0":  # such servers make their validators up
        etag = modified = None
    return Answer(
        response.url,
        etag,
        modified,
        _header(response.headers, "Content-Type"),
        response.body if keep_body and (etag or modified) else None,
        digest=hashlib.blake2b(response.body, digest_size=16).hexdigest(),
        fresh_for=fresh_for(response.headers, response.body if keep_body else b""),
    )


def _header(headers: Headers, name: str) -> str | None:
    value: Any = headers.get(name)
    text = value.decode("latin-1").strip() if isinstance(value, bytes) else ""
    return text if 0 < len(text) <= _LONGEST_HEADER and text.isprintable() else None


def _as_before(response: Response, known: Answer) -> Response:
    headers = response.headers.copy()
    if known.content_type:
        headers["Content-Type"] = known.content_type
    body = known.body or b""
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, status=200, headers=headers, body=body, flags=["not modified"])
