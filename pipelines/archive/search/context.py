"""A passage of a text around the words that were looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.archive.search.words import units_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.archive.search.question import Phrase

_AROUND = 160
"""Letters of a passage."""

_BEFORE = 40
"""Of them, those before the first word."""

_LONGEST_TEXT = 200_000
"""Letters in which a passage is looked for."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, and where the words stand in it.

    Attributes:
        text: on one line, cut out of a longer one with an ellipsis where it was cut.
        places: start and end of each, in order, none within another.
    """

    text: str
    places: list[tuple[int, int]]


def marked(text: str, phrases: Sequence[Phrase]) -> Marked:
    """The passage of a text that begins shortly before the first place of its densest words."""
    whole = " ".join(text[:_LONGEST_TEXT].split())
    parts = units_in_place(whole)
    places = _apart(sorted(place for phrase in phrases for place in phrase.places(parts)))
    if len(whole) <= _AROUND + _BEFORE:
        return Marked(whole, places)
    start = max(0, _densest(places) - _BEFORE)
    start = whole.find(" ", start, start + _BEFORE) + 1 or start if start else 0
    end = min(len(whole), start + _AROUND)
    before, after = "… " if start else "", " …" if end < len(whole) else ""
    shift = len(before) - start
    inside = [(s + shift, e + shift) for s, e in places if start <= s and e <= end]
    return Marked(before + whole[start:end] + after, inside)


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places, with those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _densest(places: list[tuple[int, int]]) -> int:
    """Where the stretch begins that holds most places; 0 if there is none."""
    best, count, last = 0, 0, 0
    for first, (start, _) in enumerate(places):
        last = max(last, first)
        while last < len(places) and places[last][1] <= start + _AROUND - _BEFORE:
            last += 1
        if last - first > count:
            best, count = start, last - first
    return best
