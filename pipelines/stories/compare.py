"""What differs between two texts: the facts from which is judged whether they tell one story."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.stories.align import Block, align
from pipelines.stories.fold import fold, is_ideographic, letters, tokens
from pipelines.stories.turns import DATES, PLACE, ends, turned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LONGEST_TEXT, _LONGEST = 20_000, 3000
"""Characters and tokens of a text that are looked at: a story is known by its first pages."""

_SHORT = 8
"""Tokens: a difference that is no longer on either side is a word in another's place; a longer one is other text."""

_DIGEST = re.compile(
    r"\b(?:digest|round-?up|in brief|headlines|briefs?|at a glance|wrap-?up|highlights|bulletin|diary|week in review)\b"
    r"|快 ?讯|要 ?闻|简 ?讯|汇 ?总|一 ?览|早 ?报|晚 ?报|日 ?报|周 ?报|盘 ?点|集 ?锦|速 ?览|综 ?述|动 ?态"
)
_LEAD = {False: 30, True: 60}
"""Tokens that tell what a text is about: in words, and in ideographs."""


class Text:
    """One article's text, made ready to be compared.

    Attributes:
        letters: of the text, folded: what sketches and exact copies are known by.
        day: when it was published; None if that is unknown.
    """

    __slots__ = ("day", "ideographic", "letters", "lower", "title", "title_raw", "words")

    def __init__(self, title: str, text: str, day: date | None = None) -> None:
        folded = fold(text[:_LONGEST_TEXT])
        self.letters = letters(folded)
        self.ideographic = is_ideographic(self.letters or letters(fold(title)))
        self.words = tokens(folded)[:_LONGEST]
        self.lower = [w.casefold() for w in self.words]
        self.title_raw = tokens(fold(title))
        self.title = [w.casefold() for w in self.title_raw]
        self.day = day


@dataclass(slots=True)
class Difference:
    """What was found between two texts.

    Attributes:
        contained: share of the shorter text that stands in the longer one, in order.
        covered: share of the longer text that stands in the shorter one.
        days: between their days of publication; None where one is unknown.
        numbers: numbers that stand in the place of others: (a's, b's).
        names: names in the place of others.
        turns: words that exclude each other, in one place or in the titles: (axis, a's, b's).
        words: other words in each other's place.
        row: the numbers that the weights judge, by name.
    """

    contained: float
    covered: float
    days: int | None
    numbers: list[tuple[str, str]]
    names: list[tuple[str, str]]
    turns: list[tuple[str, str, str]]
    words: list[tuple[str, str]]
    row: dict[str, float]


def compare(a: Text, b: Text) -> Difference:
    """Lay two texts beside each other. The order of the two does not matter."""
    if (len(b.words), b.lower) < (len(a.words), a.lower):
        a, b = b, a
    blocks = align(a.lower, b.lower)
    return _Comparison(a, b, blocks).difference()


class _Comparison:
    """One laying beside each other; `a` is the shorter text."""

    def __init__(self, a: Text, b: Text, blocks: list[Block]) -> None:
        self.a, self.b, self.blocks = a, b, blocks
        self.numbers: list[tuple[str, str]] = []
        self.names: list[tuple[str, str]] = []
        self.turns: list[tuple[str, str, str]] = []
        self.words: list[tuple[str, str]] = []
        self.long_a = self.long_b = 0
        self.small = set(a.words) | set(b.words)
        at_a = at_b = 0
        for block in [*blocks, Block(len(a.words), len(b.words), 0)]:
            if at_a or at_b or not block.size:
                self._gap(at_a, block.a, at_b, block.b)
            else:
                self._gap(0, block.a, 0, block.b)
            at_a, at_b = block.a + block.size, block.b + block.size

    def _gap(self, a0: int, a1: int, b0: int, b1: int) -> None:
        long_a, long_b = a1 - a0 > _SHORT, b1 - b0 > _SHORT
        self.long_a += (a1 - a0) * long_a
        self.long_b += (b1 - b0) * long_b
        if a0 == a1 or b0 == b1 or long_a or long_b:
            return
        in_a, in_b = self.a.words[a0:a1], self.b.words[b0:b1]
        found = self._sort(in_a, in_b)
        turns = turned(self._ends(self.a, a0, a1), self._ends(self.b, b0, b1))
        self.turns += turns
        if not found and not turns:
            glue = "" if self.a.ideographic else " "
            self.words.append((glue.join(in_a).casefold(), glue.join(in_b).casefold()))

    def _sort(self, in_a: Sequence[str], in_b: Sequence[str]) -> bool:
        """File what stands in each other's place under numbers and names; whether it was any."""
        digits_a, digits_b = _digits(in_a), _digits(in_b)
        if digits_a and digits_b:
            if digits_a != digits_b:
                self.numbers.append((" ".join(digits_a), " ".join(digits_b)))
            return True
        name_a, name_b = self._name(in_a), self._name(in_b)
        if name_a and name_b and name_a.casefold() != name_b.casefold():
            self.names.append((name_a, name_b))
            return True
        return False

    def _name(self, words: Sequence[str]) -> str:
        """The words that are written as names are: capitals, and nowhere in these texts without."""
        return " ".join(w for w in words if w[:1].isupper() and w.casefold() not in self.small)

    @staticmethod
    def _ends(text: Text, start: int, stop: int) -> set[tuple[str, int, str]]:
        if text.ideographic:
            # A word may reach over the edge: of 开幕 and 闭幕 only one sign differs.
            return ends((), "".join(text.lower[max(0, start - 1) : stop + 1]))
        return ends(text.lower[start:stop])

    def difference(self) -> Difference:
        """The whole of it."""
        a, b = self.a, self.b
        aligned = sum(block.size for block in self.blocks)
        shorter, longer = max(1, len(a.words)), max(1, len(b.words))
        contained = aligned / shorter
        title_a, title_b = Counter(a.title), Counter(b.title)
        title_shared = sum((title_a & title_b).values())
        numbers_a, numbers_b = Counter(filter(_is_number, a.lower)), Counter(filter(_is_number, b.lower))
        title_turns = self._title_turns()
        title_numbers = _digits(a.title), _digits(b.title)
        kept = sum(sum(map(_is_number, a.lower[k.a : k.a + k.size])) for k in self.blocks)
        dates = [t for t in self.turns if t[0] in DATES]
        others = [t for t in self.turns if t[0] not in DATES]
        pairs, name_pairs, turn_pairs = Counter(self.words), Counter(self.names), Counter(others)
        swaps = len(self.numbers) + len(self.names) + len(self.turns) + len(self.words)
        lead = _LEAD[a.ideographic]
        days = abs((a.day - b.day).days) if a.day and b.day else None
        row = {
            "contained": contained,
            "covered": aligned / longer,
            "length": math.log(shorter),
            "lead_short": self._lead(0, lead),
            "lead_long": self._lead(1, lead),
            "start_short": self._start(0) / shorter,
            "start_long": self._start(1) / longer,
            "title_shared": title_shared / max(1, min(len(a.title), len(b.title))),
            "title_jaccard": title_shared / max(1, (title_a | title_b).total()),
            "title_equal": float(a.title == b.title),
            "title_numbers": float(len(set(title_numbers[0]) ^ set(title_numbers[1]))) if all(title_numbers) else 0.0,
            "title_turns": float(len(title_turns)),
            "numbers_kept": math.log1p(kept),
            "numbers_changed": math.log1p(len(self.numbers)),
            "numbers_share": len(self.numbers) / max(1, kept + len(self.numbers)),
            "numbers_bag": (numbers_a & numbers_b).total() / max(1, min(numbers_a.total(), numbers_b.total())),
            "dates_changed": math.log1p(len(dates)),
            "names_changed": math.log1p(len(self.names)),
            "names_pairs": float(len(name_pairs)),
            "names_repeated": float(max(name_pairs.values(), default=0)),
            "turns_phase": float(len(turn_pairs)),
            "turns_repeated": float(max(turn_pairs.values(), default=0)),
            "turns_share": len(others) / max(1, swaps),
            "words_pairs": math.log1p(len(pairs)),
            "words_rate": len(self.words) / max(1, aligned) * 100,
            "words_repeated": float(max(pairs.values(), default=0)),
            "blocks_rate": len(self.blocks) / max(1, aligned) * 100,
            "long_gaps_short": self.long_a / shorter,
            "long_gaps_long": self.long_b / longer,
            "largest_block": max((k.size for k in self.blocks), default=0) / shorter,
            "gap_days": math.log1p(days or 0),
            "gap_known": float(days is not None),
            "title_in_text": self._title_in_text(),
            "title_digest": float(sum(_DIGEST.search(" ".join(t)) is not None for t in (a.title, b.title))),
            "title_swaps": self._title_swaps(),
            "numbers_new": math.log1p((numbers_b - numbers_a).total()),
            "turns_place": float(len({t for t in others if t[0] == PLACE})),
            "ideographic": float(a.ideographic),
            "length_ratio": shorter / longer,
            "swaps_per_word": swaps / max(1, aligned) * 100,
        }
        turns = list(dict.fromkeys([*title_turns, *self.turns]))
        return Difference(contained, aligned / longer, days, self.numbers, self.names, turns, self.words, row)

    def _lead(self, side: int, length: int) -> float:
        """Share of a text's first tokens that the other has too, in its place in the order."""
        length = max(1, min(length, len((self.a, self.b)[side].words)))
        return sum(max(0, min(k[side] + k.size, length) - k[side]) for k in self.blocks if k[side] < length) / length

    def _start(self, side: int) -> int:
        return self.blocks[0][side] if self.blocks else len((self.a, self.b)[side].words)

    def _title_in_text(self) -> float:
        """Whether the title of the one is read within the text of the other and not in its own: a digest's sign."""
        return float(self._holds(self.a, self.b)) + 2 * float(self._holds(self.b, self.a))

    @staticmethod
    def _holds(one: Text, other: Text) -> bool:
        title = "".join(one.title)
        elsewhere = (one.letters, "".join(other.title))
        return len(title) > 8 and title in other.letters and not any(title in text for text in elsewhere)

    def _title_swaps(self) -> float:
        """How many short differences there are between two titles that are alike otherwise."""
        blocks = align(self.a.title, self.b.title)
        swaps = at_a = at_b = 0
        for block in [*blocks, Block(len(self.a.title), len(self.b.title), 0)]:
            swaps += 0 < block.a - at_a <= 3 and 0 < block.b - at_b <= 3
            at_a, at_b = block.a + block.size, block.b + block.size
        same = sum(k.size for k in blocks)
        return float(swaps) if same * 2 >= max(len(self.a.title), len(self.b.title)) else 0.0

    def _title_turns(self) -> list[tuple[str, str, str]]:
        found = []
        for text, other in ((self.a, self.b), (self.b, self.a)):
            if text.ideographic:
                found.append(ends((), "".join(text.title)))
            else:
                mine = set(text.title)
                found.append(ends(mine - set(other.title)))
        if self.a.ideographic:
            common = found[0] & found[1]
            found = [found[0] - common, found[1] - common]
        return turned(found[0], found[1])


def _is_number(token: str) -> bool:
    return token[0].isdigit()


def _digits(words: Sequence[str]) -> list[str]:
    return [w for w in words if w[0].isdigit()]
