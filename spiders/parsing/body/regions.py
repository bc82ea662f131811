"""Which box of a page is the article's: the numbers that the learned weights judge a box by."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from spiders.parsing.body.measures import ARTICLE, MAIN, holder

if TYPE_CHECKING:
    from spiders.parsing.blocks import Box
    from spiders.parsing.body.measures import Measures

LEVELS = 5
"""How many boxes up from a paragraph the article's own box is looked for."""
LARGE = 24
"""How many of the boxes with the most prose are looked at."""
NEAR_TITLE = 12
"""How many of the boxes that first follow the title are looked at."""
NEAR_NAME = 2
"""How many boxes around the chosen one may stand the one that is named as the article's text."""

NAMES = [
    "share", "prose_since_title", "paragraphs", "named", "linked_blocks", "after_title", "links", "prose_width",
    "prose_blocks", "density", "width", "direct", "of_parent", "good", "bad", "article", "prose_before", "described",
    "since_prose", "main", "twins", "largest_child", "bads", "page_prose",
]  # fmt: skip
"""What the numbers of a row are."""


_HOLDERS = frozenset({"div", "section", "article", "td", "main"})
"""Elements that may hold an article by themselves, be it of a single line."""


class Regions:
    """The boxes of a page that may be its article's, and their numbers."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.direct: dict[Box, float] = {}
        self.paragraphs: dict[Box, float] = {}
        self.below: dict[Box, set[Box]] = {}
        self._kinds: dict[Box, Counter[tuple[str, str | None]]] = {}
        candidates: dict[Box, None] = {}
        for block, wide in zip(measures.blocks, measures.prose, strict=True):
            if not wide:
                continue
            box: Box | None = block.box if block.tag in _HOLDERS else holder(block)
            assert box is not None
            known = box in self.direct
            self.direct[box] = self.direct.get(box, 0.0) + wide
            if block.tag == "p":
                self.paragraphs[box] = self.paragraphs.get(box, 0.0) + wide
            if known:
                continue
            level = 0
            while box is not None and box.parent is not None:
                if level < LEVELS:
                    candidates[box] = None
                children = self.below.setdefault(box.parent, set())
                if box in children and level >= LEVELS:
                    break
                children.add(box)
                box = box.parent
                level += 1
        sums = measures.prose_to
        near = [box for box in candidates if measures.title_at < box.first][:NEAR_TITLE]
        large = sorted(candidates, key=lambda box: sums[box.first] - sums[box.end])[:LARGE]
        self.boxes = list(dict.fromkeys([*near, *large]))

    def whole(self, box: Box) -> Box:
        """The box near around a box that is named as an article's text and nothing else; the box itself without one."""
        around: Box | None = box
        for _ in range(NEAR_NAME + 1):
            if around is None:
                break
            if self.measures.place(around).named == 0:
                return around
            around = around.parent
        return box

    def row(self, box: Box) -> list[float]:
        """The numbers of a box, in the order of `NAMES`."""
        m = self.measures
        first, end, title = box.first, box.end, m.title_at
        page = m.prose_to[-1] + 1.0
        before = m.prose_to[first]
        prose = m.prose_to[end] - before
        width = m.width_to[end] - m.width_to[first] + 1.0
        count = m.count_to[end] - m.count_to[first]
        place = m.place(box)
        parent = box.parent or box
        lead = max(title, first) if title < end else first
        while lead < end and not m.prose[lead]:
            lead += 1
        lead = lead if lead < end else first
        paragraphs = self.paragraphs.get(box, 0.0)
        largest = 0.0
        for below in self.below.get(box, ()):
            paragraphs += self.paragraphs.get(below, 0.0)
            largest = max(largest, m.prose_to[below.end] - m.prose_to[below.first])
        return [
            prose / page,
            (m.prose_to[lead] - m.prose_to[title]) / page if 0 <= title <= lead else -1.0,
            paragraphs / (prose + 1.0),
            place.named,
            (m.linked_to[end] - m.linked_to[first]) / (end - first + 1.0),
            _bent(lead - title) if title >= 0 else -20.0,
            1 - (m.own_to[end] - m.own_to[first]) / width,
            math.log2(1 + prose / max(1, count)),
            math.log2(1 + count),
            prose / width,
            math.log2(width),
            self.direct.get(box, 0.0) / page,
            prose / (m.prose_to[parent.end] - m.prose_to[parent.first] + 1.0),
            place.good,
            place.bad,
            place.parts & ARTICLE > 0,
            before / page,
            any(first <= at < end for at in m.described) if m.description else -1.0,
            _bent(lead - first),
            place.parts & MAIN > 0,
            math.log2(1 + self._twins(box)),
            largest / (prose + 1.0),
            place.bads,
            math.log2(page),
        ]

    def _twins(self, box: Box) -> int:
        """How many boxes with prose stand beside a box that are of its tag and class, itself counted."""
        parent = box.parent or box
        if parent not in self._kinds:
            self._kinds[parent] = Counter((one.tag, one.element.get("class")) for one in self.below.get(parent, ()))
        return self._kinds[parent][box.tag, box.element.get("class")]


def _bent(distance: int) -> float:
    """A distance in blocks, long ones drawn together."""
    return math.copysign(math.log2(1 + abs(distance)), distance)
