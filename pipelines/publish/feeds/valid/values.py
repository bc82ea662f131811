"""What single values must be like. Each check says what is wrong, or None."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from items.safe import clean_html
from pipelines.publish.feeds.words import language_tag, looks_like_html

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[str], str | None]

_URI_REST = r"[0-9A-Za-z;/?:@&=+$.\-_!~*'()%,#\[\]]*"
_WEB = re.compile(r"https?://[0-9A-Za-z._\[\]:-]+(?:[/?#]" + _URI_REST + ")?")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+(?:; ?[\w-]+=[\w-]+)?")
_BAD_LETTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
)
_ESCAPED = re.compile(r"(?:[^<>&]|&(?:amp|lt|gt);)*")
_FIRST_YEAR = 1990
_RTL = ('<div dir="rtl">', "</div>")


def letters(value: str) -> str | None:
    """No control characters, none that stand for unreadable bytes, none that turn the direction of what is beside."""
    found = _BAD_LETTER.search(value)
    return f"holds the character U+{ord(found[0]):04X}" if found else None


def text(value: str) -> str | None:
    """Something, on one line or more, that is no HTML by mistake."""
    if not value.strip():
        return "is blank"
    if looks_like_html(value):
        return "is plain text that looks like HTML"
    return letters(value)


def words(value: str) -> str | None:
    """Something; whether it looks like HTML doesn't matter here."""
    return letters(value) if value.strip() else "is blank"


@lru_cache(maxsize=256)  # an entry says the same in three formats
def html(value: str) -> str | None:
    """HTML that the sanitiser would leave as it is: allowed elements, absolute links, nothing that runs."""
    if not value.strip():
        return "is blank"
    if value.startswith(_RTL[0]) and value.endswith(_RTL[1]):
        value = value.removeprefix(_RTL[0]).removesuffix(_RTL[1])
    if clean_html(value) != value:
        return "is HTML that is not sanitised"
    return letters(value)


def escaped(value: str) -> str | None:
    """Text written as HTML: no tags, and no references but those that hide them."""
    if not value.strip():
        return "is blank"
    return letters(value) if _ESCAPED.fullmatch(value) else "is text that is not escaped"


def web(value: str) -> str | None:
    """An absolute http or https address in the letters of RFC 3986."""
    if not _WEB.fullmatch(value) or _BAD_PERCENT.search(value):
        return f"{value[:100]!r} is no web address in ASCII"
    return None


def urn(value: str) -> str | None:
    """A UUID as a URN (RFC 9562)."""
    return None if _UUID.fullmatch(value) else f"{value[:100]!r} is no UUID"


def rfc3339(value: str) -> str | None:
    """A moment of RFC 3339 that can be true: since there is a web, and not to come."""
    if not _RFC3339.fullmatch(value):
        return f"{value[:40]!r} is no RFC 3339 time"
    try:
        return _plausible(datetime.fromisoformat(value))
    except ValueError as error:
        return f"{value!r}: {error}"


def rfc822(value: str) -> str | None:
    """A moment of RFC 822 with four digits for the year, on the right day of the week."""
    if not _RFC822.fullmatch(value):
        return f"{value[:40]!r} is no RFC 822 time"
    try:
        moment = parsedate_to_datetime(value)
    except ValueError as error:
        return f"{value!r}: {error}"
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    if value[:3] != days[moment.weekday()]:
        return f"{value!r} names the wrong day of the week"
    return _plausible(moment)


def language(value: str) -> str | None:
    """A BCP 47 tag."""
    return None if language_tag(value) else f"{value[:40]!r} is no language tag"


def mime(value: str) -> str | None:
    """A media type."""
    return None if _MIME.fullmatch(value) else f"{value[:40]!r} is no media type"


def positive(value: str) -> str | None:
    """A whole number above zero."""
    return None if value.isascii() and value.isdigit() and int(value) > 0 else f"{value[:40]!r} is no positive number"


def one_of(*allowed: str) -> Check:
    """Makes a check for one of some words."""
    return lambda value: None if value in allowed else f"{value[:40]!r} is none of {', '.join(allowed)}"


def nothing(value: str) -> str | None:
    """An element without text."""
    return "is not empty" if value.strip() else None


def _plausible(moment: datetime) -> str | None:
    if moment.year < _FIRST_YEAR:
        return f"{moment.isoformat()} was before there were web pages"
    return f"{moment.isoformat()} is yet to come" if moment > datetime.now(UTC) + timedelta(minutes=10) else None
