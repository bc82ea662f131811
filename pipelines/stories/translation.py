"""Across languages: an article and its translation have the same numbers, days, names and places.

The words can't be compared, the facts can. A link is made only where enough of them agree and none of them speaks
against it: a translation is shown beside the story and never merged, and a wrong one is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.stories.fold import fold, is_ideographic, letters, tokens
from pipelines.stories.turns import ends, turned

if TYPE_CHECKING:
    from datetime import date

CERTAIN = 0.75
"""The certainty from which a translation is linked."""

_KEYS = 4
"""Facts by which an article is found by its translation."""

_LEAST = 3
"""Facts that must be the same."""

_MOST_DAYS = 10
"""Days between an article and its translation at most."""

_LONGEST = 8_000
"""Characters that are looked at."""

_OPENING = 1_000
"""Characters that show which script an article is written in."""

_SCALES = {
    "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
    "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "trillion": 1e12,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*"
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?({_SCALE})?[多余]?\s?(%|percent|per cent)?",
    re.IGNORECASE,
)
_DAY_ZH = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_DAY_EN = re.compile(
    rf"\b{_MONTH}\.? (\d{{1,2}})(?![\d,.]*\d)|\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*")


def _gazetteer() -> dict[str, str]:
    lines = (Path(__file__).parent / "places.txt").read_text(encoding="utf-8").splitlines()
    pairs = [entry.split("=") for line in lines if not line.startswith("#") for entry in line.split(", ")]
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1}


_PLACES = _gazetteer()
_FIND_PLACE = re.compile("|".join(sorted(map(re.escape, _PLACES), key=len, reverse=True)))
_FIND_ENGLISH = re.compile(
    rf"\b(?=[A-Z])(?:{'|'.join(sorted({re.escape(p) for p in _PLACES.values()}, key=len, reverse=True))})\b"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says that is the same in every language.

    Attributes:
        chinese: whether its words are Chinese.
        said: numbers in full, days, names in Latin capitals.
        places: by their English names.
        turns: what its title says of phase, stage and the like; see `turns`.
        day: of publication; None if unknown.
        credits: the site that it credits, if that is known.
    """

    chinese: bool
    said: frozenset[str]
    places: frozenset[str]
    turns: frozenset[tuple[str, int, str]]
    day: date | None
    credits: str | None = None

    @property
    def keys(self) -> list[int]:
        """By which it is found: a few of its facts, the same few as another with these facts has."""
        hashed = (blake2b(f"fact {one}".encode(), digest_size=8).digest() for one in self.said)
        return [int.from_bytes(h, "big", signed=True) for h in sorted(hashed)[:_KEYS]]


def facts_of(title: str, text: str, day: date | None, credits: str | None = None) -> Facts:  # noqa: A002
    """The facts of an article."""
    words = fold(f"{title}\n{text[:_LONGEST]}")
    chinese = is_ideographic(letters(words[:_OPENING]))
    said = set()
    for month, number in _days(words, chinese=chinese):
        said.add(f"day {month}-{number}")
    rest = (_DAY_ZH if chinese else _DAY_EN).sub(" ", words)
    for digits, scale, percent in _NUMBER.findall(rest):
        value = float(digits.replace(",", "")) * _SCALES.get(scale.lower(), 1)
        if percent or value >= 13 or "." in digits:
            if not percent and not scale and _YEAR.fullmatch(digits):
                continue
            said.add(f"{value:.6g}{'%' if percent else ''}")
    said.update(name.casefold() for name in _LATIN_NAME.findall(words))
    folded = fold(title)
    turns = ends((), folded) if chinese else ends({w.casefold() for w in tokens(folded)})
    places = {_PLACES[p] for p in _FIND_PLACE.findall(words)} if chinese else set(_FIND_ENGLISH.findall(words))
    return Facts(chinese, frozenset(said), frozenset(places), frozenset(turns), day, credits)


def _days(words: str, *, chinese: bool) -> list[tuple[int, int]]:
    if chinese:
        return [(int(m), int(d)) for m, d in _DAY_ZH.findall(words)]
    found = []
    for month, day, day_first, month_last in _DAY_EN.findall(words):
        name = (month or month_last).lower()
        if name in _MONTHS:
            found.append((_MONTHS.index(name) + 1, int(day or day_first)))
    return found


def agreement(one: Facts, other: Facts) -> tuple[float, str]:
    """How sure it is that one is the other's translation, from 0 to 1, and what that is seen by."""
    if one.chinese == other.chinese:
        return 0.0, "written in the same language"
    days = abs((one.day - other.day).days) if one.day and other.day else 0
    if days > _MOST_DAYS:
        return 0.0, f"{days} days apart"
    if one.credits and other.credits and one.credits != other.credits:
        return 0.0, f"one credits {one.credits}, the other {other.credits}"
    against = [t for t in turned(set(one.turns), set(other.turns)) if t[0] != "when"]
    if against:
        return 0.0, "; ".join(f"{a} against {b}" for _, a, b in against)
    same = one.said & other.said
    if len(same) < _LEAST:
        return 0.0, f"{len(same)} numbers, days and names are the same"
    shared = len(same) / min(len(one.said), len(other.said))
    of_all = len(same) / len(one.said | other.said)
    both = one.places & other.places
    fewer = min(len(one.places), len(other.places))
    places = len(both) / fewer if fewer else 0.75
    certainty = (0.5 * shared + 0.2 * min(1.0, of_all * 1.5) + 0.3 * places) * (1.0 if places >= 0.5 else 0.6)
    seen = f"the same numbers, days and names: {', '.join(sorted(same)[:6])}"
    if both:
        seen += f"; the same places: {', '.join(sorted(both)[:4])}"
    return certainty, seen
