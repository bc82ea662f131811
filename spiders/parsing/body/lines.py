"""Which blocks in and around the article's box are its text: the numbers that the learned weights judge a block by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from spiders.parsing.body.measures import (
    ASIDE,
    FOOTER,
    TABLE,
    holder,
    lettered,
    notices,
    opens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.body.measures import Measures

AROUND = 8
"""How many blocks before and after the article's box are judged too."""
REACH = 60
"""How many blocks from the article's box its title, and text of the same kind, may stand."""
SHORT = 240
"""Width of the longest line that a notice is looked for in."""
FAR = 30

_KINDS = {"p": 1, "li": 2, "dd": 2, "dt": 2, "td": 3, "th": 3, "blockquote": 1, "pre": 1, "figcaption": 4, "caption": 4}
_ENDINGS = {
    ending: kind
    for kind, endings in enumerate(('.!?。！？”"»」“।;；', "…", ":：", ",，、", ")）】]"), 1)
    for ending in endings
}

LOCAL = [
    "kin", "direct", "inside", "bads", "doubts", "width", "region_prose", "bad", "kind", "holder_links", "nth",
    "ending", "prose_before", "siblings", "holder_blocks", "after_title", "opening", "prose_after", "link", "named",
    "doubled", "table", "images", "heading", "depth", "good", "notice", "aside", "place", "title", "stated", "footer",
    "described", "till_prose",
]  # fmt: skip
BESIDE = ["bads", "width", "kind"]
NAMES = [*LOCAL, *(f"{name}{step}" for step in ("-1", "+1") for name in BESIDE)]
"""What the numbers of a row are: a block's own, then some of those of the blocks before and after it."""

_AT = [LOCAL.index(name) for name in BESIDE]
_NOTHING = [0.0] * len(_AT)


class Lines:
    """The blocks in and around a box, and their numbers.

    Attributes:
        chosen: indices of the blocks that are judged; the rest is out.
    """

    def __init__(self, measures: Measures, box: Box) -> None:
        self.measures = m = measures
        self.box = box
        self.prose = m.prose_to[box.end] - m.prose_to[box.first] + 1.0
        self.log_prose = math.log2(self.prose)
        self.base = m.place(box)
        self.direct: dict[Box, float] = {}
        self.kin: dict[tuple[str, str | None, str | None], float] = {}
        self._kin_of: dict[Box, tuple[str, str | None, str | None]] = {}
        self._held: dict[Box, tuple[float, float, float]] = {}
        for block in m.blocks[box.first : box.end]:
            if wide := m.prose[block.index]:
                around = holder(block)
                self.direct[around] = self.direct.get(around, 0.0) + wide
                relation = self._kin(block.box)
                self.kin[relation] = self.kin.get(relation, 0.0) + wide
        self.chosen = list(self._chosen())

    def _kin(self, box: Box) -> tuple[str, str | None, str | None]:
        """What blocks of one kind on a page have in common: tag, class, class around."""
        if box not in self._kin_of:
            around = box.parent.element.get("class") if box.parent is not None else None
            self._kin_of[box] = box.tag, box.element.get("class"), around
        return self._kin_of[box]

    def _holding(self, box: Box) -> tuple[float, float, float]:
        """What a box says of the lines right in it: its share of the prose, of links, its number of blocks."""
        if box not in self._held:
            m, first, end = self.measures, box.first, box.end
            held = m.width_to[end] - m.width_to[first] + 1.0
            links = 1 - (m.own_to[end] - m.own_to[first]) / held
            self._held[box] = self.direct.get(box, 0.0) / self.prose, links, math.log2(1 + end - first)
        return self._held[box]

    def _chosen(self) -> Iterator[int]:
        """The lines in the box, those next to it, and those further on that are set as most of its text is."""
        m, box = self.measures, self.box
        near = box.first - REACH < m.title_at < box.first
        start = max(0, min(box.first - AROUND, m.title_at if near else box.first))
        for index in range(max(0, box.first - REACH), min(len(m.blocks), box.end + REACH)):
            if box.first <= index < box.end:
                # a line of nothing but links is text at most in the midst of it, and most pages have hundreds
                wanted = m.links[index] < 0.8 or m.widths[index] > 30
            elif start <= index < box.end + AROUND:
                wanted = m.links[index] < 0.8
            else:
                wanted = m.links[index] < 0.5 and self.kin.get(self._kin(m.blocks[index].box), 0.0) > 0.2 * self.prose
            if wanted:
                yield index

    def rows(self) -> list[list[float]]:
        """One row of numbers for each chosen block, in the order of `NAMES`."""
        seen: set[str] = set()
        blocks = self.measures.blocks
        till = self._till()
        local = [self._row(blocks[index], seen, till[at]) for at, index in enumerate(self.chosen)]
        beside = [_NOTHING, *([row[at] for at in _AT] for row in local), _NOTHING]
        return [[*row, *beside[at], *beside[at + 2]] for at, row in enumerate(local)]

    def _till(self) -> list[int]:
        """For each chosen block, how many come before the next prose of the box."""
        found = []
        distance = FAR
        for index in reversed(self.chosen):
            found.append(distance)
            is_prose = self.box.first <= index < self.box.end and self.measures.prose[index]
            distance = 0 if is_prose else min(FAR, distance + 1)
        return found[::-1]

    def _row(self, block: Block, seen: set[str], till: int) -> list[float]:
        m, region = self.measures, self.box
        index, text, box = block.index, block.text, block.box
        wide, size = m.widths[index], box.end - box.first
        named, good, bad, bads, doubts, parts = m.place(box)
        parts &= ~self.base.parts
        direct, holder_links, holder_blocks = self._holding(box.parent if box.parent and size <= 1 else box)
        before = (m.prose_to[index] - m.prose_to[region.first]) / self.prose
        doubled = text in seen
        seen.add(text)
        return [
            self.kin.get(self._kin(box), 0.0) / self.prose,
            direct,
            region.first <= index < region.end,
            bads - self.base.bads,
            doubts - self.base.doubts,
            math.log2(1 + wide),
            self.log_prose,
            bad,
            _KINDS.get(block.tag, 0),
            holder_links,
            index - box.first,
            2.0 if text.endswith("...") else _ENDINGS.get(text[-1], 0),
            before,
            size,
            holder_blocks,
            max(-30, min(60, index - m.title_at)) if m.title_at >= 0 else -40,
            opens(text),
            1 - before - m.prose[index] / self.prose,
            m.links[index],
            named,
            doubled,
            parts & TABLE > 0,
            len(block.images),
            block.heading,
            box.depth - region.depth,
            good,
            notices(text) if 8 < wide < SHORT else 0,
            parts & ASIDE > 0,
            (index - region.first) / (region.end - region.first + 1.0),
            self._titled(text),
            m.agreed(index) if m.stated else -1,
            parts & FOOTER > 0,
            index in m.described,
            till,
        ]

    def _titled(self, text: str) -> float:
        """1 for the title, 0.5 for a part of it or more than it, 0 for other lines."""
        title = self.measures.title
        if not title or not 6 <= len(text) <= 2 * len(title) + 80:
            return 0.0
        if len(text) < len(title) and text.split(None, 1)[0].casefold() not in title:
            return 0.0
        letters = lettered(text)
        return 1.0 if letters == title else 0.5 if letters in title or title in letters else 0.0
