"""Two lists of tokens laid beside each other: what they share in the same order, and what stands in between."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_RUNS = (4, 3, 2, 1)
"""Lengths of the runs by which lists are pinned together; the shorter ones are tried within what is left in between."""

_COARSE, _FINE = 3, 64
"""Runs shorter than this many tokens pin by chance in long gaps: they are tried only in those of fewer tokens."""


class Block(NamedTuple):
    """A run of equal tokens: where it begins in either list, and how long it is."""

    a: int
    b: int
    size: int


class _Gap(NamedTuple):
    """A stretch of either list: from `a0` to `a1`, and from `b0` to `b1`."""

    a0: int
    a1: int
    b0: int
    b1: int


def align(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The blocks that two lists have in common, in order.

    Runs of tokens that stand once in either list pin them together, and the longest rising chain of pins holds (a
    "patience" comparison). It takes time in proportion to the lists, and is not led astray by what is common in them.
    """
    head = tail = 0
    shorter = min(len(a), len(b))
    while head < shorter and a[head] == b[head]:
        head += 1
    while tail < shorter - head and a[-tail - 1] == b[-tail - 1]:
        tail += 1
    blocks = [Block(0, 0, head)] if head else []
    _between(a, b, _Gap(head, len(a) - tail, head, len(b) - tail), 0, blocks)
    if tail:
        blocks.append(Block(len(a) - tail, len(b) - tail, tail))
    return blocks


def _between(a: Sequence[str], b: Sequence[str], gap: _Gap, depth: int, out: list[Block]) -> None:
    """Add the blocks within a gap, pinned by runs of the lengths from `depth` on."""
    a0, a1, b0, b1 = gap
    pins: list[tuple[int, int]] = []
    run = 0
    while not pins:
        if depth == len(_RUNS) or a0 >= a1 or b0 >= b1:
            return
        run = _RUNS[depth]
        if run < _COARSE and max(a1 - a0, b1 - b0) > _FINE:
            return
        pins = _pins(a[a0:a1], b[b0:b1], run)
        depth += 1
    for pin_a, pin_b in pins:
        i, j, size = gap.a0 + pin_a, gap.b0 + pin_b, run
        if i < a0 or j < b0:  # within the block that the pin before it grew to
            continue
        while i + size < a1 and j + size < b1 and a[i + size] == b[j + size]:
            size += 1
        while i > a0 and j > b0 and a[i - 1] == b[j - 1]:
            i, j, size = i - 1, j - 1, size + 1
        _between(a, b, _Gap(a0, i, b0, j), depth, out)
        if out and (out[-1].a + out[-1].size, out[-1].b + out[-1].size) == (i, j):
            out[-1] = out[-1]._replace(size=out[-1].size + size)
        else:
            out.append(Block(i, j, size))
        a0, b0 = i + size, j + size
    _between(a, b, _Gap(a0, a1, b0, b1), depth, out)


def _pins(a: Sequence[str], b: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Where runs begin that stand once in either list: the longest chain that rises in both."""
    there = _once(b, run)
    pairs = [(i, there[gram]) for gram, i in _once(a, run).items() if gram in there]
    # Patience: the piles' tops are searched for where each pair goes; links lead back along the longest chain.
    tops: list[int] = []
    top_pair: list[int] = []
    links: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        links.append(top_pair[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            top_pair.append(number)
        else:
            tops[pile], top_pair[pile] = j, number
    chain = []
    at = top_pair[-1] if top_pair else -1
    while at >= 0:
        chain.append(pairs[at])
        at = links[at]
    return chain[::-1]


def _once(items: Sequence[str], run: int) -> dict[object, int]:
    """Where each run begins that stands exactly once, in order."""
    found: dict[object, int] = {}
    grams = items if run == 1 else zip(*(items[k:] for k in range(run)), strict=False)
    for i, gram in enumerate(grams):
        found[gram] = -1 if gram in found else i
    return {gram: i for gram, i in found.items() if i >= 0}
