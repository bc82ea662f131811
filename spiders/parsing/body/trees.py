"""Sums of decision trees over rows of numbers: how learned weights are kept in a file and applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Node: TypeAlias = "float | Sequence[Node]"
"""A leaf's value, or (column, threshold, node of the rows that are at most the threshold, node of the others)."""

Judge: TypeAlias = "Callable[[Sequence[float]], float]"
"""What some trees together say of a row."""

ROUND = 10
"""How many trees judge a row before it is seen whether it is settled."""


def judges(trees: Sequence[Node]) -> list[Judge]:
    """The trees as functions of a row, so many in each, in their order.

    They become Python's own conditional expressions: walking through them node by node costs four times as much, and
    they are walked through some ten thousand times a page.
    """
    return [_judge(trees[start : start + ROUND]) for start in range(0, len(trees), ROUND)]


def sums(
    judges: Sequence[Judge], rows: Sequence[Sequence[float]], unsettled: Callable[[list[float], list[int]], list[int]]
) -> list[float]:
    """For each row, the sum of what the trees say of it.

    Args:
        judges: the trees, those that say most first.
        rows: the numbers, one row for each thing that is judged.
        unsettled: given all sums so far and the rows still in play, those of them that later trees may still turn.
    """
    totals = [0.0] * len(rows)
    members = list(range(len(rows)))
    for judge in judges:
        for member in members:
            totals[member] += judge(rows[member])
        members = unsettled(totals, members)
    return totals


def _judge(trees: Sequence[Node]) -> Judge:
    source = "lambda row: " + "+".join(map(_expression, trees))
    return cast("Judge", eval(source))  # noqa: S307  # made of nothing but numbers, here


def _expression(node: Node) -> str:
    if isinstance(node, int | float):
        return repr(float(node))
    column, threshold, low, high = cast("tuple[int, float, Node, Node]", node)
    return f"({_expression(low)} if row[{int(column)}]<={float(threshold)!r} else {_expression(high)})"
