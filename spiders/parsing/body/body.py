"""Which of a page's blocks are the article's text.

Two learned judgements, one after the other: which box of the page is the article's, then which blocks in and around
that box are its text. The weights are in `body_weights.json`: `bench/train_body.py` learns them from known pages.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

import orjson

from spiders.parsing.body import trees
from spiders.parsing.body.lines import REACH, Lines
from spiders.parsing.body.measures import Measures, lettered
from spiders.parsing.body.regions import Regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spiders.parsing.blocks import Block
    from spiders.parsing.page import Page

LEAST, MOST = 0.2, 0.5
"""Bounds of the probability from which a block is kept."""
LEADERS = 5
"""How many boxes are judged to the end."""
DECIDED = 2.0
"""Sum (log odds) from which a line is judged no further."""
UNSURE = 0.75
"""Expected F1 of the choice below which it is doubted; far below the headline it is then none, but comments."""


class Recurring(Protocol):
    """What knows which blocks recur on a site's pages."""

    def is_template(self, block: Block) -> bool:
        """Whether the block is the site's, not the article's."""
        ...


@dataclass(slots=True)
class Body:
    """The article's own blocks.

    Attributes:
        kept: indices of the article's blocks, in order.
        rule: what chose them.
        doubts: what spoke against the choice.
    """

    kept: list[int]
    rule: str = "generic"
    doubts: list[str] = field(default_factory=list)


def read_body(page: Page, blocks: Sequence[Block], *, title: str | None, template: Recurring | None) -> Body:
    """Choose the blocks that a person would call the article.

    Args:
        page: the page.
        blocks: all its blocks.
        title: the headline, if known: the text follows it and does not repeat it.
        template: what recurs on the site's pages; its blocks are never the article's.
    """
    own = [template is None or not template.is_template(block) for block in blocks]
    measures = Measures(page, blocks, title, own)
    regions = Regions(measures)
    if not regions.boxes:
        return Body([], doubts=["no text found"])
    weights = _weights()
    ranks = trees.sums(weights["regions"], [regions.row(box) for box in regions.boxes], _leaders)
    best = regions.boxes[max(range(len(ranks)), key=ranks.__getitem__)]
    lines = Lines(measures, regions.whole(best))
    chances = [_chance(total) for total in trees.sums(weights["lines"], lines.rows(), _undecided)]
    cut, expected = _cut(chances, [measures.widths[index] for index in lines.chosen])
    kept = [
        index
        for index, chance in zip(lines.chosen, chances, strict=True)
        if chance >= cut and own[index] and blocks[index].tag != "figcaption"
    ]
    if kept and expected < UNSURE and 0 <= measures.title_at < kept[0] - REACH:
        return Body([], doubts=["nothing below the headline looks like a text"])
    return Body(
        _without_headline(kept, measures),
        doubts=["it is not clear which lines are the text"] if expected < UNSURE else [],
    )


def _without_headline(kept: list[int], measures: Measures) -> list[int]:
    """The lines of the text, which begins below its headline even where both stand in one box."""
    for place, index in enumerate(kept):
        if measures.title and lettered(measures.blocks[index].text) == measures.title:
            return kept[:place] + kept[place + 1 :]
        if measures.prose[index]:
            break
    return kept


def _leaders(totals: list[float], members: list[int]) -> list[int]:
    """The boxes that may still come out first."""
    return sorted(members, key=totals.__getitem__, reverse=True)[: max(LEADERS, len(members) // 3)]


def _undecided(totals: list[float], members: list[int]) -> list[int]:
    """The lines that may still turn."""
    return [member for member in members if abs(totals[member]) < DECIDED]


@cache
def _weights() -> dict[str, list[trees.Judge]]:
    found: dict[str, list[trees.Node]] = orjson.loads(files(__package__).joinpath("body_weights.json").read_bytes())
    return {name: trees.judges(nodes) for name, nodes in found.items()}


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _cut(chances: Sequence[float], sizes: Sequence[float]) -> tuple[float, float]:
    """The probability from which to keep blocks so that F1 is likely to be highest, and that F1."""
    ranked = sorted(zip(chances, sizes, strict=True), reverse=True)
    likely = sum(chance * size for chance, size in ranked)
    hits = taken = best = 0.0
    cut = MOST
    for chance, size in ranked:
        hits += chance * size
        taken += size
        if 2 * hits / (taken + likely) > best:
            best = 2 * hits / (taken + likely)
            cut = chance
    return min(MOST, max(LEAST, cut)), best
