"""Sums of decision trees over rows of numbers: how learned weights are kept in a file and applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Node: TypeAlias = "float | Sequence[Node]"
"""A leaf's value, or (column, threshold, node of the rows that are at most the threshold, node of the others)."""

ROUND = 25
"""After how many trees the rows that are settled leave."""


def sums(
    trees: Sequence[Node], rows: Sequence[Sequence[float]], unsettled: Callable[[list[float], list[int]], list[int]]
) -> list[float]:
    """For each row, the sum of what the trees say of it.

    Rows go through a tree together, parted at each node, which is several times faster than one after the other.

    Args:
        trees: the trees, those that say most first.
        rows: the numbers, one row for each thing that is judged.
        unsettled: given all sums so far and the rows still in play, those of them that later trees may still turn.
    """
    totals = [0.0] * len(rows)
    columns = list(zip(*rows, strict=True))
    members = list(range(len(rows)))
    for start in range(0, len(trees), ROUND):
        for tree in trees[start : start + ROUND]:
            _add(tree, columns, members, totals)
        members = unsettled(totals, members)
        if not members:
            break
    return totals


def _add(tree: Node, columns: list[tuple[float, ...]], members: list[int], totals: list[float]) -> None:
    waiting = [(tree, members)]
    while waiting:
        node, members = waiting.pop()
        if isinstance(node, float):
            for member in members:
                totals[member] += node
            continue
        name, threshold, low, high = node  # type: ignore[misc]
        column = columns[name]  # type: ignore[call-overload]
        below = [member for member in members if column[member] <= threshold]
        if below:
            waiting.append((low, below))
        if len(below) < len(members):
            waiting.append((high, [member for member in members if column[member] > threshold] if below else members))
