"""What text, HTML and links of a fetched page may hold: the one gate, built into the record's types.

Text that passes is valid XML 1.0 and UTF-8; HTML that passes holds no script, style, handler, frame or form; a link
that passes is http or https. So neither a feed nor a page nor a release can be made to carry anything else.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or discourages: controls, lone surrogates, non-characters."""

_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:[/?#][!-~]*)?")
"""An address that needs no closer look, as most are: it is known at a tenth of the cost."""

_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""C1 controls as the windows-1252 characters that were meant by whoever wrote them."""

_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_TAGS = {
    *("p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption", "img"),
    *("a", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code", "q", "cite", "abbr", "mark", "small"),
}
_DROPPED_WHOLE = {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "textarea"}


def _absolute_only(_: str, attribute: str, value: str) -> str | None:
    return web_url(value) if attribute in ("href", "src") else value


def _cleaner(tags: set[str], link_rel: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED_WHOLE,
        url_schemes={"http", "https"},
        link_rel=link_rel,
        attribute_filter=_absolute_only,
    )


_ARTICLE = _cleaner(_TAGS, None)
_TEXT = _cleaner(_TAGS - {"img"}, "noopener nofollow external")


def clean_text(text: str) -> str:
    """Text without characters that XML or UTF-8 can't carry; stray C1 controls read as windows-1252."""
    if _FORBIDDEN.search(text) is None:
        return text
    return _FORBIDDEN.sub("", text.translate(_C1))


def clean_html(html: str) -> str:
    """HTML reduced to the elements and attributes of an article's text; links and images on the web only."""
    return _ARTICLE.clean(clean_text(html))


def text_html(html: str) -> str:
    """The same without images, which a browser would fetch from elsewhere; links say that they lead outside."""
    return _TEXT.clean(html)


def web_url(url: str) -> str | None:
    """The URL, if it is an absolute http or https one with a host; else None."""
    if _PLAIN_URL.fullmatch(url):
        return url
    url = clean_text(url).strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # such as "http://[": no URL at all
        return None
    return url if usable else None
