"""CSS selectors for an element, from those that outlive a redesign to those that hang on its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from items.rule import xpath_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_HASHED = re.compile(r"^([A-Za-z][\w-]*?[A-Za-z])_{1,2}(?=[\w-]*\d|[\w-]*[a-z][\w-]*[A-Z])[\w-]{4,8}$")
_VARIES = re.compile(r"\d{2,}")
_UTILITIES = frozenset(
    {
        *("active", "block", "bold", "box", "center", "cl", "clear", "clearfix", "col", "container", "even", "fixed"),
        *("fl", "fr", "inner", "item", "left", "main-content", "none", "odd", "one", "right", "row", "section"),
        *("small", "text", "text-center", "top", "two", "wrap", "wrapper"),
    }
)
"""Class names that say how a thing looks, not what it is."""

_UNIQUE_TAGS = frozenset({"h1", "article", "main", "time", "figcaption"})
_ATTRIBUTES = ("itemprop", "property", "role", "align", "size", "color", "style", "width", "bgcolor")
_MOST_ANCESTORS = 6
_LONGEST_LABEL = 20
"""Characters of a label."""


def selectors_of(element: HtmlElement) -> Iterator[tuple[float, str]]:
    """Selectors that may find the element, each with its weight: the lighter, the more robust."""
    yield from _own(element)
    for steps, ancestor in zip(range(_MOST_ANCESTORS), element.iterancestors(), strict=False):
        for weight, above in _named(ancestor):
            for own_weight, own in (*_own(element), (2.0, _tag(element))):
                yield weight + own_weight + 1 + steps * 0.3, f"{above} {own}"
            yield weight + 5 + steps * 2, f"{above} > {_path(element, ancestor)}"
    root = element.getroottree().getroot()
    body = next((child for child in root if child.tag == "body"), None)
    if body is not None and body is not element and body in element.iterancestors():
        yield 30, f"body > {_path(element, body)}"


def select(root: HtmlElement, rule: str) -> list[HtmlElement]:
    """The elements that a CSS selector, or a rule that begins with `xpath:`, finds under a page's root."""
    found = xpath_of(ruled(rule))(root)
    return [element for element in found if hasattr(element, "tag")] if isinstance(found, list) else []


def ruled(css: str) -> str:
    """A selector as a site file has it."""
    return css if css.startswith("xpath:") else f"css:{css}"


def behind_label(element: HtmlElement) -> str | None:
    """A rule for an element by the words of the one before it: `<dt>Source</dt><dd>…`; None where those are long."""
    label = element.getprevious()
    words = " ".join("".join(map(str, label.itertext())).split()) if label is not None else ""
    if label is None or not isinstance(label.tag, str) or not 0 < len(words) <= _LONGEST_LABEL or '"' in words:
        return None
    return f'xpath://{label.tag}[normalize-space(.)="{words}"]/following-sibling::{element.tag}[1]'


def _own(element: HtmlElement) -> Iterator[tuple[float, str]]:
    yield from _named(element)
    tag = _tag(element)
    if tag in _UNIQUE_TAGS:
        yield 0.9, tag
    for number, name in enumerate(_ATTRIBUTES):
        value = element.get(name)
        if value and len(value) < 60 and '"' not in value and "\\" not in value and not _VARIES.search(value):
            yield 1.1 + number * 0.4, f'{tag}[{name}="{value}"]'


def _named(element: HtmlElement) -> Iterator[tuple[float, str]]:
    """By id and classes: what its author called it."""
    tag = _tag(element)
    name = element.get("id") or ""
    if _NAME.fullmatch(name):
        yield 0.5 + _price(name), f"#{name}"
    classes = (element.get("class") or "").split()
    for number, word in enumerate(classes[:6]):
        if hashed := _HASHED.match(word):
            yield 1.4 + number * 0.1, f'{tag}[class*="{hashed[1]}_"]'
        elif _NAME.fullmatch(word):
            yield 0.7 + number * 0.1 + _price(word), f"{tag}.{word}"


def _price(name: str) -> float:
    """What a name costs that may be an article's own, for its number, or anything's."""
    if name in _UTILITIES:
        return 2.5
    return 1.5 if _VARIES.search(name) else 0.0


def _tag(element: HtmlElement) -> str:
    return str(element.tag)


def _path(element: HtmlElement, ancestor: HtmlElement) -> str:
    """The way down from an ancestor, by tags and by which of its kind each element is."""
    steps: list[str] = []
    node = element
    while node is not ancestor:
        parent = node.getparent()
        assert parent is not None
        same = [child for child in parent if child.tag == node.tag]
        steps.append(_tag(node) if len(same) == 1 else f"{_tag(node)}:nth-of-type({same.index(node) + 1})")
        node = parent
    return " > ".join(reversed(steps))
