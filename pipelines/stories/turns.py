"""Words that turn one report into another: opened and ended, rose and fell, semi-final and final, Monday and Friday."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACE = "place"
"""The axis of places, for Chinese texts: no capitals show there what is a name."""

DATES = frozenset({"weekday", "month", "season", "half", "ten days"})
"""Axes that say when."""


def _read() -> dict[str, list[list[str]]]:
    axes: dict[str, list[list[str]]] = {}
    axis = ""
    for line in (Path(__file__).parent / "turns.txt").read_text(encoding="utf-8").splitlines():
        if line.endswith(":"):
            axis = line[:-1]
            axes[axis] = []
        elif line and not line.startswith("#"):
            axes[axis] += [[place] for place in line.split()] if axis == PLACE else [line.split()]
    return axes


AXES = _read()
"""By axis, its ends; an end is a list of words in one case. A word may stand on several axes."""

_ENDS: dict[str, list[tuple[str, int]]] = {}
for _axis, _ends in AXES.items():
    for _number, _words in enumerate(_ends):
        for _word in _words:
            _ENDS.setdefault(_word, []).append((_axis, _number))

_UNSPACED = sorted((w for w in _ENDS if w[0] >= "\u3400"), key=len, reverse=True)
_FIND = re.compile("|".join(map(re.escape, _UNSPACED)))


def ends(words: Iterable[str], unspaced: str = "") -> set[tuple[str, int, str]]:
    """The ends of axes that words stand for: (axis, end, word).

    Args:
        words: in one case.
        unspaced: text of a script without spaces, in which words are searched for.
    """
    found = {(axis, end, word) for word in words for axis, end in _ENDS.get(word, ())}
    if unspaced:
        found.update((axis, end, word) for word in _FIND.findall(unspaced) for axis, end in _ENDS[word])
    return found


def turned(a: set[tuple[str, int, str]], b: set[tuple[str, int, str]]) -> list[tuple[str, str, str]]:
    """The axes on which two sets of ends exclude each other: (axis, a's word, b's word)."""
    said: dict[str, tuple[dict[int, str], dict[int, str]]] = {}
    for side, found in enumerate((a, b)):
        for axis, end, word in sorted(found):
            said.setdefault(axis, ({}, {}))[side].setdefault(end, word)
    return [
        (axis, next(iter(in_a.values())), next(iter(in_b.values())))
        for axis, (in_a, in_b) in said.items()
        if in_a and in_b and not in_a.keys() & in_b.keys()
    ]
