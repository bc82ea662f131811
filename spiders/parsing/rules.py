"""A site file's field rules, applied to one page: what they select, as text, as links, or as blocks of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from lxml.html import HtmlElement

from items.article import RelatedLink, Source
from items.rule import xpath_of
from spiders.parsing.body.body import Body
from spiders.parsing.credits.credit_line import read_line
from spiders.parsing.credits.people import split_names
from spiders.parsing.found import Found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from items.site import FieldRule, Site
    from spiders.parsing.blocks import Block
    from spiders.parsing.page import Page

T = TypeVar("T")


class SiteRules:
    """The rules of a site's file over one page. A field without a rule, or whose rule finds nothing, is None or empty.

    Args:
        page: the page.
        blocks: its blocks.
        site: the site file; None for a page of no known site.

    Attributes:
        used: per field that a rule filled, the rule as provenance has it.
    """

    def __init__(self, page: Page, blocks: Sequence[Block], site: Site | None) -> None:
        self._page, self._blocks = page, blocks
        self._rules: Mapping[str, FieldRule] = site.fields if site else {}  # type: ignore[assignment]
        self.used: dict[str, str] = {}

    def text(self, name: str) -> Found[str] | None:
        """What a field's rule selects first."""
        texts = self.texts(name)
        return Found(texts[0], self.used[name]) if texts else None

    def texts(self, name: str) -> list[str]:
        """Everything that a field's rule selects."""
        rule = self._rules.get(name)
        return self._note(name, texts_of(self._page, rule)) if rule else []

    def people(self, name: str) -> list[str]:
        """The names in what a field's rule selects."""
        names = [name for text in self.texts(name) for name in split_names(text)]
        return list(dict.fromkeys(names))

    def links(self, name: str) -> list[RelatedLink]:
        """The links that a field's rule selects."""
        rule = self._rules.get(name)
        return self._note(name, links_of(self._page, rule)) if rule else []

    def body(self) -> Body | None:
        """The blocks that the rule for the text selects."""
        rule = self._rules.get("body")
        kept = blocks_in(self._page, self._blocks, rule) if rule else []
        return Body(kept, _named(rule)) if rule and kept else None

    def source(self, language: str | None) -> Source | None:
        """Who the selected words credit: the name in a labelled line, else all of it."""
        found = self.text("source")
        if found is None:
            return None
        labelled = read_line(found.value, language=language).source
        return labelled or Source(name=found.value, raw=found.value, kind="site")

    def _note(self, name: str, found: list[T]) -> list[T]:
        if found:
            self.used[name] = _named(self._rules[name])
        return found


def _named(rule: FieldRule) -> str:
    """The rule as provenance has it: `site:h1.title`."""
    return f"site:{rule.select.partition(':')[2].strip()}"


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
