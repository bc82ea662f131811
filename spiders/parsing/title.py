"""The headline of a page, whole and without the site's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from spiders.parsing.found import Found
from spiders.parsing.jsonld import is_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spiders.parsing.blocks import Block
    from spiders.parsing.page import Page

MAX_TITLE = 400
"""Characters; what is longer is no headline."""
MAX_HEADINGS = 200
"""Headings that are looked at."""
CONFIRMED = 0.3
"""How much of a statement a heading must make up, summed over the statements, to be the one they speak of."""
CONFIRMED_LINE = 0.6
"""The same for lines that are no headings."""
MAX_LINES = 400
"""Lines that are looked at, and in `MIN_LINE` how wide each must be, in Latin letters."""
MIN_LINE = 12
CONFIRMED_LOW = 0.9
"""The same for headings below h1, which are mostly other things'."""

_SEPARATOR = re.compile(
    r"\s+[|–—·»•:~/-]+\s+|\s*[_|｜»]+\s*|\s*(?:--|——)\s*|(?<=[^\x00-\x7f])\s?[-–—]\s?(?=[^\x00-\x7f])"
)
_ABOVE = 5
_HEADLINE_CLASS = re.compile(r"title|headline|(?:^|[\s_-])(?:tit|bt|biaoti|subject)(?:$|[\s_-])", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
_WIDE = re.compile("[\u2e81-\U0010ffff]")
_CUT = re.compile(r"\s*(?:\.{2,}|…+)$")
_STATED = ("og:title", "twitter:title", "dc.title", "headline", "title", "articletitle")


def read_title(page: Page, blocks: list[Block]) -> Found[str] | None:
    """The headline: the heading that the page's own statements of it confirm, else the best of those statements.

    Args:
        page: its title element, meta elements and JSON-LD are the statements.
        blocks: its blocks; the headings among them are the candidates.

    Returns:
        The headline with the rule `h1` … `h6`, `visible`, `json-ld`, `meta:NAME` or `title`; None for a page without
        any. A doubt says when nothing that the page shows says the same.
    """
    stated = list(_statements(page))
    folded = [_fold(_CUT.sub("", text)) for _, text in stated]
    site = {_fold(name) for key in ("og:site_name", "application-name") for name in page.meta.get(key, [])}
    headings = [(rule, text) for rule, text in _headings(blocks) if _fold(text) not in site]
    best = max(((_confirmation(_fold(text), folded), rule, text) for rule, text in headings), default=None, key=_first)
    if best is not None and best[0] > (CONFIRMED if best[1] == "h1" else CONFIRMED_LOW):
        return Found(best[2], best[1])
    stating = [text for text in _lines(blocks) if any(_fold(text) in statement for statement in folded)]
    line = max(((_confirmation(_fold(text), folded), text) for text in stating), default=None)
    if line is not None and line[0] > CONFIRMED_LINE:
        return Found(line[1], "visible")
    doubts = ["nothing that the page shows says the same"]
    alone = [text for rule, text in headings if rule == "h1"]
    if len(alone) == 1 and len(_fold(alone[0])) > 5 and not any(rule == "json-ld" for rule, _ in stated):
        return Found(alone[0], "h1", ["no other part of the page confirms it"])
    for rule, text in stated:
        if headline := _without_site(text, site, folded):
            return Found(headline, rule, doubts)
    return Found(headings[0][1], headings[0][0], ["no other part of the page confirms it"]) if headings else None


def title_block(blocks: list[Block], first: int, title: str | None) -> int | None:
    """The block of the title that is nearest above the article's text, a heading before any other.

    Args:
        blocks: the page's blocks.
        first: index of the first block of the text.
        title: the headline.
    """
    wanted = _fold(title or "")
    if not wanted:
        return None
    best: tuple[float, int] | None = None
    title = title or ""
    lead, most = title[:3], 4 * len(title) + 40
    for block in blocks[: first + 12]:
        if len(block.text) > most or not (block.heading or lead in block.text or block.text[:3] in title):
            continue
        if not block.heading and len(block.text) > 400:
            continue
        seen = _fold(block.text)
        if len(seen) < 4 and seen != wanted:
            continue
        if seen == wanted:
            likeness = 3.0
        elif wanted in seen or (len(seen) > 0.6 * len(wanted) and seen in wanted):
            likeness = 2.0
        else:
            continue
        score = (
            likeness + (2 if block.heading in (1, 2) else 1 if block.heading else 0) - abs(first - block.index) / 200
        )
        if block.index > first:
            score -= 1
        if best is None or score > best[0]:
            best = (score, block.index)
    return best[1] if best else None


def headline_above(blocks: list[Block], first: int) -> Found[str] | None:
    """The line right above the article's text that is set as its headline, for pages whose title tells of the site.

    Args:
        blocks: the page's blocks.
        first: index of the first block of the article's text.
    """
    for block in reversed(blocks[max(0, first - _ABOVE) : first]):
        named = f"{block.element.get('class') or ''} {block.element.get('id') or ''}"
        if (
            (block.heading or _HEADLINE_CLASS.search(named))
            and MIN_LINE <= _wide(block.text) <= MAX_TITLE
            and 2 * block.link_chars < len(block.text)
        ):
            rule = f"h{block.heading}" if block.heading else "visible"
            return Found(block.text, rule, ["the page's own title tells of something else"])
    return None


def _lines(blocks: list[Block]) -> Iterator[str]:
    """Lines that may be a headline though they are no heading."""
    for block in blocks[:MAX_LINES]:
        size = len(block.text)
        if (
            not block.heading
            and 2 * block.link_chars < size <= MAX_TITLE
            and MIN_LINE <= _wide(block.text) <= MAX_TITLE
        ):
            yield block.text


def _first(item: tuple[float, str, str]) -> float:
    return item[0]


def _statements(page: Page) -> Iterator[tuple[str, str]]:
    """What the page itself says its headline is, with the rule that says it, the most exact first."""
    for thing in page.json_ld:
        headline = thing.get("headline")
        if isinstance(headline, str) and is_article(thing):
            yield from _clean("json-ld", headline)
    for name in _STATED:
        for value in page.meta.get(name, [])[:2]:
            yield from _clean(f"meta:{name}", value)
    element = next((element for element in page.stating if element.tag == "title"), None)
    if element is not None:
        yield from _clean("title", "".join(map(str, element.itertext())))


def _clean(rule: str, text: str) -> Iterator[tuple[str, str]]:
    text = " ".join(unescape(text[: 2 * MAX_TITLE]).split())
    if text and len(text) <= MAX_TITLE:
        yield rule, text


def _headings(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """The page's headings, whole where a line break parts them, and in pieces where an inline element ends them."""
    seen = 0
    before = None
    for block in blocks:
        if not block.heading or len(block.text) > MAX_TITLE:
            continue
        rule = f"h{block.heading}"
        yield rule, block.text
        if len(block.pieces) > 1:
            # a badge may be set before a headline, and a note behind it
            for part in (block.pieces[0], "".join(block.pieces[1:])):
                if 0 < len(alone := " ".join(part.split())) < len(block.text):
                    yield rule, alone
        if before is not None and before.box is block.box:
            yield rule, f"{before.text} {block.text}"
        before = block
        seen += 1
        if seen >= MAX_HEADINGS:
            break


def _confirmation(heading: str, stated: list[str]) -> float:
    """How well the folded statements agree with a folded heading: the share of each that it makes up, summed."""
    if len(heading) < 3:
        return 0.0
    found = 0.0
    for statement in stated:
        if heading in statement:
            found += len(heading) / len(statement) + 0.3 * statement.startswith(heading)
        elif len(statement) > 5 and statement in heading:
            # a statement that was cut short, or less than a heading glued to something else
            found += 0.9 * len(statement) / len(heading) + 0.3 * heading.startswith(statement)
    return found


def _without_site(text: str, site: set[str], stated: list[str]) -> str:
    """A statement without the names of site and section that are set before or after the headline."""
    whole = _fold(text)
    if whole in site:
        return ""
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    start, end = 0, len(text)
    for cut, following in reversed(cuts):
        kept, dropped = text[start:cut], text[following:end]
        if _fold(kept) in stated or _fold(dropped) in site or (_wide(dropped) <= 34 and _wide(dropped) < _wide(kept)):
            end = cut
    for cut, following in cuts:
        if following < end and _fold(text[start:cut]) in site:
            start = following
    return _CUT.sub("…", text[start:end].strip())


def _wide(text: str) -> int:
    """How wide a text is set, in Latin letters."""
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))


@lru_cache(maxsize=512)
def _fold(text: str) -> str:
    if text.isascii():
        return _SIGNS.sub("", text.lower())
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())
