"""What a request's conditions, ranges and encodings mean (RFC 9110). Pure functions on header fields."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(r'\s*(W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')
_RANGE = re.compile(r"(\d*)-(\d*)")
_ENCODING = re.compile(r"\s*([a-z*-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?", re.IGNORECASE)
_MOST_RANGES = 16
"""More pieces than any honest client asks for; such a request gets the whole file, which RFC 9110 allows."""

Span = tuple[int, int]
"""First and last byte, both included."""


class UnsatisfiableError(Exception):
    """No range that was asked for lies within the file."""


def matches(field: str, etag: str, *, weakly: bool) -> bool:
    """Whether a list of entity tags (or `*`) names this one. A list that can't be read names nothing."""
    if field.strip() == "*":
        return True
    at = 0
    while found := _TAG.match(field, at):
        if found[2] == etag and (weakly or not found[1]):
            return True
        if found.end() == at:
            return False
        at = found.end()
    return False


@lru_cache(maxsize=4096)
def http_date(field: str) -> int | None:
    """A date of HTTP in seconds since 1970; None if it is none."""
    try:
        moment = parsedate_to_datetime(field)
        return int(moment.timestamp()) if moment.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        return None


def condition(fields: dict[bytes, str], etag: str, modified: int) -> int | None:
    """What a request's conditions come to, in the order of RFC 9110, 13.2.2: 412, 304, or None to go on.

    Args:
        fields: the request's, by lower-case name.
        etag: of the representation that would be sent.
        modified: when the file last changed, in seconds since 1970.
    """
    if (wanted := fields.get(b"if-match")) is not None:
        if not matches(wanted, etag, weakly=False):
            return 412
    elif (field := fields.get(b"if-unmodified-since")) is not None:
        since = http_date(field)
        if since is not None and modified > since:
            return 412
    if (known := fields.get(b"if-none-match")) is not None:
        return 304 if matches(known, etag, weakly=True) else None
    if (field := fields.get(b"if-modified-since")) is not None:
        since = http_date(field)
        if since is not None and modified <= since:
            return 304
    return None


def spans(fields: dict[bytes, str], size: int, etag: str, modified: int) -> list[Span]:
    """The pieces of the file that are asked for and may be sent; empty for the whole.

    Raises:
        UnsatisfiableError: none of them lies within the file.
    """
    wanted = fields.get(b"range")
    if wanted is None or not _range_holds(fields.get(b"if-range"), etag, modified):
        return []
    unit, _, listed = wanted.partition("=")
    pieces = [piece.strip() for piece in listed.split(",") if piece.strip()]
    if unit.strip().lower() != "bytes" or not pieces or len(pieces) > _MOST_RANGES:
        return []
    found: list[Span] = []
    for piece in pieces:
        read = _RANGE.fullmatch(piece)
        if read is None or len(piece) > 40 or piece == "-":
            return []
        first, last = read.groups()
        if first and last and int(first) > int(last):
            return []
        span = (int(first), min(int(last or size - 1), size - 1)) if first else (max(0, size - int(last)), size - 1)
        if span[0] < size and span[0] <= span[1]:
            found.append(span)
    if not found:
        raise UnsatisfiableError
    if len(found) > 1 and sum(last - first + 1 for first, last in found) > size:
        return []  # overlapping pieces only make the answer larger than the file
    return found


def _range_holds(field: str | None, etag: str, modified: int) -> bool:
    """Whether the piece that a client has (If-Range) is of the file as it is now: by a strong tag or the exact date."""
    if field is None:
        return True
    field = field.strip()
    return field == etag if field.startswith(('"', "W/")) else http_date(field) == modified


@lru_cache(maxsize=1024)
def encodings(field: str) -> tuple[str, ...]:
    """The codings of ours that an Accept-Encoding likes at least as well as none: best first."""
    weights: dict[str, float] = {}
    for part in field.split(","):
        if found := _ENCODING.fullmatch(part):
            weights[found[1].lower()] = float(found[2] or 1)
    weights["gzip"] = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0)))
    weights["br"] = weights.get("br", weights.get("*", 0))
    plain = weights.get("identity", 0)
    return tuple(
        sorted(
            (name for name in ("br", "gzip") if weights[name] > 0 and weights[name] >= plain), key=lambda n: -weights[n]
        )
    )
