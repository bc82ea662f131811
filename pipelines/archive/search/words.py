"""What a text's words are, for searching: folded, and in pairs of letters where a script writes no spaces.

Folded is without case, width and accents, and in simplified Chinese: either script finds what the other wrote.

Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into single letters; a *phrase* is a row of such letters
and of words. The index holds each word, and of each run of letters every pair and the last letter. So every phrase can
be looked up by tokens that must all be there, and what the tokens leave open is decided by the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipelines.stories.fold import TO_SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_WORD = 40
"""Letters of a word that count."""

_MOST_BYTES = 1_000_000
"""Of an article's tokens: PostgreSQL takes no more. The longest articles have a hundredth of this."""

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = rf"[^\W_{_DENSE}]+"
_RUN = re.compile(rf"[{_DENSE}]+|{_WORD}")
_UNIT = re.compile(rf"[{_DENSE}]|{_WORD}")
_IS_DENSE = re.compile(f"[{_DENSE}]")

_MARKS = frozenset([*range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x64B, 0x653)])
"""Accents and vowel signs that may be left out in writing."""

_LAST_OF_EUROPE = 0x530
"""Letters below this (Latin, Greek, Cyrillic) are read without their accents."""


class _Folding(dict[int, str]):
    """What each letter is folded to, learned as letters are met."""

    def __missing__(self, code: int) -> str:
        wide = unicodedata.normalize("NFKC", chr(code)).casefold()
        folded = "".join(self._plain(c) for c in wide)
        self[code] = folded
        return folded

    @staticmethod
    def _plain(letter: str) -> str:
        if ord(letter) in _MARKS:
            return ""
        letter = letter.translate(TO_SIMPLIFIED)
        base = unicodedata.normalize("NFD", letter)[0]
        return base if ord(base) < _LAST_OF_EUROPE else letter


_FOLDING = _Folding()


class Unit(NamedTuple):
    """A word or a single letter of a text, folded, and where it stands in the text as printed."""

    text: str
    start: int
    end: int


def units(text: str) -> list[str]:
    """The words and single letters of a text, in order."""
    return [unit[:_LONGEST_WORD] for unit in _UNIT.findall(text.translate(_FOLDING))]


def units_in_place(text: str) -> list[Unit]:
    """The same with their places."""
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for part in _FOLDING[ord(letter)]:
            folded.append(part)
            origin.append(place)
    return [
        Unit(match[0][:_LONGEST_WORD], origin[match.start()], origin[match.end() - 1] + 1)
        for match in _UNIT.finditer("".join(folded))
    ]


def tokens(texts: Iterable[str]) -> list[str]:
    """What the index holds of an article's texts, each token once."""
    found: dict[str, None] = {}
    for text in texts:
        for run in runs(text):
            if _IS_DENSE.match(run):
                found.update(dict.fromkeys(map("".join, pairwise(run))))
                found[run[-1]] = None
            else:
                found[run] = None
    kept, size = [], 0
    for token in found:
        size += len(token.encode("utf-8", "replace"))
        if size > _MOST_BYTES:
            break
        kept.append(token)
    return kept


class Token(NamedTuple):
    """Something that the index is asked for: a token, or all that begin with it."""

    text: str
    begins: bool


def runs(text: str) -> list[str]:
    """The words of a text, and its runs of letters of scripts without spaces, folded."""
    return [run if _IS_DENSE.match(run) else run[:_LONGEST_WORD] for run in _RUN.findall(text.translate(_FOLDING))]


def tokens_of_run(run: str, *, begins: bool) -> list[Token]:
    """What an article must have in the index to hold a run.

    Args:
        run: as `runs` gives it.
        begins: whether words that only begin so will do.
    """
    if not _IS_DENSE.match(run):
        return [Token(run, begins)]
    if len(run) == 1:
        return [Token(run, begins=True)]  # it begins a pair, or ends a run
    return [Token(first + second, begins=False) for first, second in pairwise(run)]
