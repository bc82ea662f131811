"""Which of a page's blocks are the article's text."""

from __future__ import annotations

from dataclasses import dataclass, field


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
