"""Whose a page's `<time>` elements are: the article's by where they stand, or those of other articles in lists."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from spiders.parsing.times.moments import find_moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from spiders.parsing.times.machine_times import Evidence
    from spiders.parsing.times.visible_times import Scene

    _Rows = dict[tuple[HtmlElement | None, object], dict[HtmlElement, None]]
    """By parent and tag: its children that hold a time, in page order."""

_LEVELS: Final = 6
_CLOSE: Final = 3
_NAMING: Final = 14
_TELLING: Final = 60
_ITEMS: Final = frozenset({"a", "li", "article", "aside", "nav"})
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})


def own_times(found: list[Evidence], scene: Scene) -> tuple[list[Evidence], frozenset[int]]:
    """Weigh `<time>` elements by where they stand; those of teasers and comments are left out.

    Args:
        found: what the elements say, in page order.
        scene: where the article stands.

    Returns:
        The times that may be the article's, and the blocks that hold a time of something else.
    """
    if not found:
        return [], frozenset()
    own = _own_elements(scene)
    climbs = [(item, list(_climb(item.element, own))) for item in found]
    rows: _Rows = defaultdict(dict)
    for _, climb in climbs:
        for element in climb:
            if (parent := element.getparent()) is not None:
                rows[parent, element.tag][element] = None
    start = scene.anchor
    stop = min(len(scene.blocks), max(scene.first, start) + 4, start + 40)
    near = {block.element: block.index for block in scene.blocks[max(0, start - 6) : stop]}
    mine: list[tuple[Evidence, int | None]] = []
    others: set[HtmlElement] = set()
    for item, climb in climbs:
        place = _place(item.element, near)
        end = _end_of_item(climb, rows, near=place is not None)
        if end is not None:
            others.update(climb[: end + 1])
        else:
            mine.append((item, place))
    for item, place in mine:
        if place is None:
            item.weight -= 20 if len(mine) == 1 else 34
        else:
            item.weight += 20 - min(20, 0.6 * abs(place - start)) - (6 if place < start else 0)
    blocks = (block.index for block in scene.blocks if block.element in others) if others else ()
    return [item for item, _ in mine], frozenset(blocks)


def _own_elements(scene: Scene) -> frozenset[HtmlElement]:
    """The elements around the title and around the article's first and last lines."""
    own: set[HtmlElement] = set()
    for index in {scene.title, scene.first, scene.last}:
        if index is not None and 0 <= index < len(scene.blocks):
            element: HtmlElement | None = scene.blocks[index].element
            while element is not None and element not in own:
                own.add(element)
                element = element.getparent()
    return frozenset(own)


def _climb(element: HtmlElement | None, own: frozenset[HtmlElement]) -> Iterator[HtmlElement]:
    """An element and those around it, as far as they do not hold the article."""
    for _ in range(_LEVELS):
        if element is None or element in own:
            return
        yield element
        element = element.getparent()


def _place(element: HtmlElement | None, near: dict[HtmlElement, int]) -> int | None:
    """The block beside the title that an element stands in, if any."""
    for _ in range(5):
        if element is None:
            return None
        if element in near:
            return near[element]
        element = element.getparent()
    return None


def _end_of_item(climb: list[HtmlElement], rows: _Rows, *, near: bool) -> int | None:
    """Which of the elements around a time is the item of something else that it dates; None if none is.

    Away from the title a link beside the time is enough, else only a list of such items or a link around it.
    """
    for level, element in enumerate(climb):
        row = rows.get((element.getparent(), element.tag), ())
        if len(row) > 1 and all(_names_other(one, near=near) for one in islice(row, 2)):
            return level
        if element.tag == "a" and _link_names(element):
            return level
        if not near and (level < _CLOSE or element.tag in _ITEMS) and _holds_link(element):
            return level
    return None


def _names_other(element: HtmlElement, *, near: bool) -> bool:
    """Whether one of several neighbours with a time tells of something of its own: a link, a heading, a comment."""
    if _holds_link(element) or next(element.iter(*_HEADINGS), None) is not None:
        return True
    return not near and len(_words(element)) > _TELLING


def _holds_link(element: HtmlElement) -> bool:
    return any(_link_names(link) for link in islice(element.iter("a"), 6))


def _link_names(link: HtmlElement) -> bool:
    """Whether a link's words tell of more than a time, a name or a button does."""
    if not link.get("href"):
        return False
    words = _words(link)
    if len(words) <= _NAMING:
        return False
    return len(words) - sum(moment.end - moment.label_start for moment in find_moments(words, limit=4)) > _NAMING


def _words(element: HtmlElement) -> str:
    return " ".join("".join(islice(element.itertext(), 40)).split())[:200]
