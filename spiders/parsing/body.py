"""Which of a page's blocks are the article's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.page import Page
    from spiders.parsing.template import Template


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


def read_body(page: Page, blocks: Sequence[Block], *, title: str | None, template: Template | None) -> Body:
    """Choose the box whose paragraphs hold the most text of their own, and of it the blocks that are no links."""
    scores: dict[Box, float] = {}
    for block in blocks:
        own = len(block.text) - 2 * block.link_chars
        if own < 20 or (template is not None and template.is_template(block)):
            continue
        box: Box | None = block.box if block.box.end - block.box.first > 1 else block.box.parent
        for share in (1.0, 0.6, 0.3):
            if box is not None:
                scores[box] = scores.get(box, 0.0) + own * share
                box = box.parent
    if not scores:
        return Body([])
    best = max(scores, key=lambda box: scores[box])
    kept = [
        block.index
        for block in blocks[best.first : best.end]
        if block.link_chars * 2 <= len(block.text) and block.text != title
    ]
    return Body(kept)
