"""What the addresses of a site's articles have in common: a pattern learned from examples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]{4}")
_NUMBERED = re.compile(r"(\d+-)?(.*?)(-(?!(?:19|20)\d\d$)\d{3,})?")
_LONG = 14
"""Characters from which two words of an address are a headline."""

_SLUG, _LONG_SLUG = "[^/?#]+", "[^/?#-]+(?:-[^/?#-]+){2,}"
"""What a headline is in an address: anything; or, where menus have such addresses too, three words and more."""

_NOT_ARTICLES = re.compile(
    r"/(?:tags?|category|categories|author|user|search|login|register|page|about|contact|kontakt|impressum|datenschutz"
    r"|privacy|feed|rss|wp-content|wp-admin|attachment|cart|shop|events?)(?:/|\.|$)"
    r"|\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|zip|rar|mp4|css|js|xml)$|^mailto:|^javascript:",
    re.IGNORECASE,
)


def may_be_article(url: str) -> bool:
    """Whether an address is none that only menus, files and archives have."""
    return not _NOT_ARTICLES.search(urlsplit(url).path)


def shape_of(url: str) -> str:
    """An address without what tells it from its neighbours: `/news/#/t#_#.html`, `/View.asp?id=#`, `/news/~`."""
    parts = urlsplit(url)
    segments = [_shape_of_segment(segment) for segment in unquote(parts.path).split("/")]
    query = "&".join(f"{key}={_shape_of_segment(value)}" for key, value in parse_qsl(parts.query))
    return "/".join(segments) + (f"?{query}" if query else "")


def _shape_of_segment(segment: str) -> str:
    name, dot, ending = segment.rpartition(".")
    if dot and ending.isalpha() and len(ending) <= 5:
        return f"{_shape_of_segment(name)}.{ending}"
    numbered = _NUMBERED.fullmatch(segment)
    assert numbered is not None
    words = len(_WORD.findall(numbered[2]))
    if words >= 3 or (words == 2 and len(numbered[2]) >= _LONG) or _OTHER_SCRIPT.search(numbered[2]):
        return f"{'#-' if numbered[1] else ''}~{'-#' if numbered[3] else ''}"
    return re.sub(r"\d+", "#", segment)


def promising(shape: str) -> float:
    """How much a shape looks like that of articles: numbers and long names do, plain words don't."""
    last = shape.rpartition("/")[2]
    return 2.0 * ("~" in last) + 1.5 * ("#" in last) + 0.5 * shape.count("#")


def pattern_of(articles: Sequence[str], others: Iterable[str] = (), *, every: bool = False) -> str | None:
    """A regular expression that finds in the addresses of articles, and in none of the site's other addresses.

    Args:
        articles: addresses of articles.
        others: addresses of the site that are none.
        every: whether it must find in each of them, as in those that a feed lists; else in most.

    Returns:
        the pattern, from its first to its last distinguishing part; None when none tells them apart.
    """
    by_shape: dict[str, list[str]] = defaultdict(list)
    for url in articles:
        by_shape[shape_of(url)].append(url)
    counts = Counter({shape: len(urls) for shape, urls in by_shape.items()})
    shapes = [shape for shape, count in counts.most_common(6) if every or count * 5 >= len(articles) or count >= 3]
    wrong = [url for url in others if url not in set(articles)]
    if len(shapes) > 1 and (common := _generalised(shapes)):
        shapes = [common]
    for slug in (_SLUG, _LONG_SLUG):
        patterns = [_written(shape, slug) for shape in shapes]
        pattern = patterns[0] if len(patterns) == 1 else "|".join(f"(?:{one})" for one in patterns)
        found = sum(bool(re.search(pattern, url)) for url in articles)
        if (
            pattern
            and found * 10 >= len(articles) * (10 if every else 8)
            and not any(re.search(pattern, url) for url in wrong)
        ):
            return pattern
    return None


def _generalised(shapes: list[str]) -> str | None:
    """One shape for several that differ in one segment: `/a/#.html` and `/b/#.html`, `/news/~` and `/news/~-#`."""
    rows = [shape.split("/") for shape in shapes]
    if len({len(row) for row in rows}) != 1:
        return None
    differing = [index for index in range(len(rows[0])) if len({row[index] for row in rows}) > 1]
    if len(differing) != 1:
        return None
    at = differing[0]
    is_last = at == len(rows[0]) - 1
    if is_last and sum("~" in row[at] for row in rows) * 2 < len(rows):
        return None
    return "/".join([*rows[0][:at], "~" if is_last else "*", *rows[0][at + 1 :]])


def _written(shape: str, slug: str) -> str:
    """A shape as a regular expression."""
    path, _, query = shape.partition("?")
    out = "/".join(_part_written(part, slug) for part in path.split("/"))
    if query:
        return out + r"\?(?:.*&)?" + "&".join(_query_written(pair, slug) for pair in query.split("&"))
    if path.strip("/") == "~":
        return r"^https?://[^/]+" + out + "$"
    return out + "$"


def _part_written(part: str, slug: str) -> str:
    name, dot, ending = part.rpartition(".")
    if dot and ending.isalpha():
        tail = {"htm": r"\.html?", "html": r"\.html?", "shtml": r"\.s?html?"}.get(ending, rf"\.{ending}")
        return _part_written(name, slug) + tail
    if part == "*":
        return "[^/]+"
    pieces = {"~": slug, "#": r"\d+"}
    return "".join(
        pieces.get(piece, re.escape(piece).replace(r"\-", "-")) for piece in re.split("([~#])", part) if piece
    )


def _query_written(pair: str, slug: str) -> str:
    key, _, value = pair.partition("=")
    return f"{re.escape(key)}={_part_written(value, slug)}"
