"""A site file's field rules, applied to one page: what they select, as text, as links, or as blocks of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from items.article import RelatedLink
from items.site import xpath_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from items.site import FieldRule
    from spiders.parsing.blocks import Block
    from spiders.parsing.page import Page


def texts_of(page: Page, rule: FieldRule) -> list[str]:
    """The text of everything the rule selects, white space folded, cut down by its regular expression."""
    dropped = _dropped(page, rule)
    texts = (_text(found, dropped) for found in _select(page, rule.select))
    return [text for text in (_matched(rule, text) for text in texts) if text]


def links_of(page: Page, rule: FieldRule) -> list[RelatedLink]:
    """The anchors the rule selects, or those inside of what it selects, each once."""
    dropped = _dropped(page, rule)
    links: dict[str, RelatedLink] = {}
    for found in _select(page, rule.select):
        if not isinstance(found, HtmlElement):
            continue
        for anchor in found.iter("a"):
            url = page.absolute(anchor.get("href"))
            title = _matched(rule, _text(anchor, dropped))
            if url and title and anchor not in dropped:
                links.setdefault(url, RelatedLink(title=title, url=url))
    return list(links.values())


def blocks_in(page: Page, blocks: Sequence[Block], rule: FieldRule) -> list[int]:
    """Indices of the blocks inside of what the rule selects."""
    dropped = _dropped(page, rule)
    inside = {e for found in _select(page, rule.select) if isinstance(found, HtmlElement) for e in found.iter()}
    inside -= dropped
    return [block.index for block in blocks if block.element in inside]


def _select(page: Page, selector: str) -> list[Any]:
    found = xpath_of(selector)(page.root)
    if isinstance(found, list):
        return found
    return [str(found)] if isinstance(found, str) and found else []


def _dropped(page: Page, rule: FieldRule) -> set[HtmlElement]:
    """Every element that the rule takes out, with all that is in it."""
    return {
        inner
        for selector in rule.drop
        for found in _select(page, selector)
        if isinstance(found, HtmlElement)
        for inner in found.iter()
    }


def _text(found: Any, dropped: set[HtmlElement]) -> str:
    if not isinstance(found, HtmlElement):
        return " ".join(str(found).split())
    parts = []
    for element in found.iter():
        if element.text and element not in dropped:
            parts.append(element.text)
        if element.tail and element is not found and element.getparent() not in dropped:
            parts.append(element.tail)
    return " ".join("".join(parts).split())


def _matched(rule: FieldRule, text: str) -> str | None:
    if rule.regex is None:
        return text or None
    match = re.search(rule.regex, text)
    if match is None:
        return None
    return (match[1] if match.lastindex else match[0]) or None
