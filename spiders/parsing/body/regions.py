"""Which box of a page is the article's: the numbers that the learned weights judge a box by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from spiders.parsing.body.measures import ARTICLE, ASIDE, FOOTER, FORM, HEADER, LIST, MAIN, NAV, TABLE, holder, notices

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
    "share", "direct", "direct_below", "density", "links", "width", "page_prose", "blocks", "prose_blocks",
    "prose_width", "title_in", "after_title", "prose_since_title", "prose_before", "named", "good", "bad", "bads",
    "doubts", "article", "main", "aside", "nav", "footer", "header", "form", "table", "list", "is_article",
    "described", "of_parent", "h1", "headings", "largest_child", "children", "twins", "depth", "paragraphs",
    "since_prose", "linked_blocks", "linked_headings", "stops", "notices",
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
        self._noticed: dict[int, int] = {}

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

    def _notices(self, index: int) -> int:
        """How many words of legal notes and invitations the first prose of a box has: cookie notes are known by it."""
        if index not in self._noticed:
            self._noticed[index] = notices(self.measures.blocks[index].text[:600])
        return self._noticed[index]

    def row(self, box: Box) -> list[float]:
        """The numbers of a box, in the order of `NAMES`."""
        m = self.measures
        first, end = box.first, box.end
        page = m.prose_to[-1] + 1.0
        prose = m.prose_to[end] - m.prose_to[first]
        size = end - first + 1.0
        width = m.width_to[end] - m.width_to[first] + 1.0
        count = m.count_to[end] - m.count_to[first]
        children = self.below.get(box, ())
        child = [m.prose_to[one.end] - m.prose_to[one.first] for one in children]
        place = m.place(box)
        parts = place.parts
        parent = box.parent or box
        around = m.prose_to[parent.end] - m.prose_to[parent.first]
        title = m.title_at
        inside = first <= title < end
        start = max(title, first) if inside else first
        lead = next((index for index in range(start, end) if m.prose[index]), first)
        name = box.element.get("class")
        twins = sum(one.tag == box.tag and one.element.get("class") == name for one in self.below.get(parent, ()))
        described = float(any(first <= at < end for at in m.described)) if m.description else -1.0
        return [
            prose / page,
            self.direct.get(box, 0.0) / page,
            sum(self.direct.get(one, 0.0) for one in children) / page,
            prose / width,
            1 - (m.own_to[end] - m.own_to[first]) / width,
            math.log2(width),
            math.log2(page),
            math.log2(1 + end - first),
            math.log2(1 + count),
            math.log2(1 + prose / max(1, count)),
            float(inside),
            _bent(lead - title) if title >= 0 else -20.0,
            (m.prose_to[lead] - m.prose_to[title]) / page if 0 <= title <= lead else -1.0,
            m.prose_to[first] / page,
            place.named,
            place.good,
            place.bad,
            place.bads,
            place.doubts,
            float(parts & ARTICLE > 0),
            float(parts & MAIN > 0),
            float(parts & ASIDE > 0),
            float(parts & NAV > 0),
            float(parts & FOOTER > 0),
            float(parts & HEADER > 0),
            float(parts & FORM > 0),
            float(parts & TABLE > 0),
            float(parts & LIST > 0),
            float(box.tag == "article"),
            described,
            prose / (around + 1.0),
            m.h1_to[end] - m.h1_to[first],
            (m.headings_to[end] - m.headings_to[first]) / size,
            max(child, default=0.0) / (prose + 1.0),
            math.log2(1 + len(child)),
            math.log2(1 + twins),
            box.depth,
            (self.paragraphs.get(box, 0.0) + sum(self.paragraphs.get(one, 0.0) for one in children)) / (prose + 1.0),
            _bent(lead - first),
            (m.linked_to[end] - m.linked_to[first]) / size,
            (m.linked_headings_to[end] - m.linked_headings_to[first]) / (count + 1.0),
            100.0 * (m.stops_to[end] - m.stops_to[first]) / width,
            self._notices(lead),
        ]


def _bent(distance: int) -> float:
    """A distance in blocks, long ones drawn together."""
    return math.copysign(math.log2(1 + abs(distance)), distance)
