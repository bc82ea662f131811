"""How sure it is that two texts tell one story: learned weights over what was found between them."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.stories.compare import Difference

Node: TypeAlias = "float | Sequence[Node]"
"""A leaf's value, or (what is asked, threshold, node of the rows that are at most that, node of the others)."""


@lru_cache(maxsize=1)
def _trees() -> list[Node]:
    """The trees of `weights.json`, which `bench/train_stories.py` writes."""
    found: list[Node] = json.loads((Path(__file__).parent / "weights.json").read_bytes())
    return found


def certainty(difference: Difference) -> float:
    """From 0, surely two stories, to 1, surely one."""
    row, total = difference.row, 0.0
    for tree in _trees():
        node = tree
        while not isinstance(node, float | int):
            asked, threshold, low, high = cast("tuple[str, float, Node, Node]", node)
            node = low if row[asked] <= threshold else high
        total += node
    return 1 / (1 + math.exp(-total))
