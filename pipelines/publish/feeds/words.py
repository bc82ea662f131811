"""Text, addresses and language tags as every reader of feeds takes them, and every validator.

What the record's own types let through is already valid XML; what is done here keeps it from being mistaken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import html5
from urllib.parse import quote, urlsplit

from items.safe import web_url

_MISTAKABLE = {0x85: "…", 0xFFFD: "□", **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
"""U+0085 as windows-1252 meant it; what replaced unreadable bytes as a box, since U+FFFD reads as our own fault; and
no overrides of direction, which turn round what stands beside them."""

_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>|</\w+>")
_CLOSING = re.compile(r"</\w+>")
_REFERENCE = re.compile(r"&(#?\w+)")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_URI = "%:/?#@!$&'()*+,;=~"

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_ISO_639 = frozenset(_CODES.split())
_SUBTAGS = re.compile(r"[a-z]{2}(-[A-Za-z0-9]{2,8}){0,3}")


def plain(text: str) -> str:
    """Text that says the same in every format."""
    return text.translate(_MISTAKABLE)


def untagged(text: str) -> str:
    """Text on one line, for where none can say if it is text or HTML: tags are taken out if it holds a closing one."""
    text = plain(text)
    while _CLOSING.search(text):
        text = _TAG.sub("", text)
    return " ".join(text.split()) or "…"


def label(text: str) -> str:
    """Untagged text for attributes and names, where a character reference would be doubted too."""
    text = untagged(text)
    if not looks_like_html(text):
        return text
    text = untagged(unescape(text))
    return _REFERENCE.sub(r"＆\1", text) if looks_like_html(text) else text


def looks_like_html(text: str) -> bool:
    """Whether a reader could take some of a plain text for HTML: a closing tag, or a character reference."""
    references = (found[1] for found in _REFERENCE.finditer(text))
    return _CLOSING.search(text) is not None or any(not r.isalpha() or f"{r};" in html5 for r in references)


@lru_cache(maxsize=4096)
def uri(url: str | None) -> str | None:
    """A web address in the letters of RFC 3986, its host in ASCII; None of what is no web address."""
    url = web_url(_BARE_PERCENT.sub("%25", url or ""))
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii") if not url.isascii() else parts.hostname or ""
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return None
    if ":" in host:
        host = f"[{host}]"
    if not re.fullmatch(r"[A-Za-z0-9._\[\]:-]+", host):
        return None
    rest = quote(parts.path or "/", safe=_IN_URI) + (f"?{quote(parts.query, safe=_IN_URI)}" if parts.query else "")
    fragment = f"#{quote(parts.fragment, safe=_IN_URI.replace('#', ''))}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{rest.replace('#', '%23')}{fragment}"


def language_tag(language: str | None) -> str | None:
    """A BCP 47 tag whose language ISO 639-1 knows; None of any other."""
    known = language is not None and _SUBTAGS.fullmatch(language) and language[:2] in _ISO_639
    return language if known else None
