"""What a searcher typed, understood: phrases that must be there, and phrases that must not.

cotton prices          both words
"cotton prices"        the words in this order, side by side
纺织品出口              these letters side by side; with a space between them: both, anywhere
cotton -waste          one but not the other
spinn*                 words that begin so
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from items.errors import NewsloomError
from pipelines.archive.search.words import runs, tokens_of_run, units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.archive.search.words import Token, Unit

_TERM = re.compile(r'(-?)(?:["“”]([^"“”]*)["“”]?|(\S+))')
_MOST_TERMS = 64


class EmptyQuestionError(NewsloomError):
    """There is no word in the question that could be found."""


@dataclass(frozen=True)
class Phrase:
    """Units that stand side by side; the last may be only the beginning of a word."""

    runs: tuple[str, ...]
    begins: bool = False

    @cached_property
    def units(self) -> list[str]:
        """Its words and single letters."""
        return [unit for run in self.runs for unit in units(run)]

    @property
    def tokens(self) -> list[Token]:
        """What the index must have of an article that holds it."""
        last = len(self.runs) - 1
        needed = (tokens_of_run(run, begins=self.begins and at == last) for at, run in enumerate(self.runs))
        return list(chain.from_iterable(needed))

    @property
    def certain(self) -> bool:
        """Whether the index alone tells that an article holds it."""
        return len(self.tokens) == 1

    def within(self, flat: str) -> bool:
        """Whether a flat text (see `flat`) holds it."""
        wanted = " " + " ".join(self.units)
        return (wanted if self.begins else wanted + " ") in flat

    def places(self, text: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        """Where a text holds it: start and end in the text as printed."""
        length = len(self.units)
        for at in range(len(text) - length + 1):
            here = text[at : at + length]
            if all(self._is(place, unit.text) for place, unit in enumerate(here)):
                yield here[0].start, here[-1].end

    def _is(self, place: int, unit: str) -> bool:
        wanted = self.units[place]
        return unit.startswith(wanted) if self.begins and place + 1 == len(self.units) else unit == wanted


@dataclass(frozen=True, slots=True)
class Question:
    """Phrases that must all be there, and phrases of which none may be."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...] = ()


def understand(typed: str) -> Question:
    """Read a question.

    Raises:
        EmptyQuestionError: it holds nothing to look for.
    """
    wanted: list[Phrase] = []
    unwanted: list[Phrase] = []
    for match in list(_TERM.finditer(typed))[:_MOST_TERMS]:
        words = match[2] if match[2] is not None else match[3]
        parts = tuple(runs(words))
        if parts:
            (unwanted if match[1] else wanted).append(Phrase(parts, words.endswith("*")))
    if not wanted:
        raise EmptyQuestionError(f"{typed!r} holds no word to look for")
    return Question(tuple(wanted), tuple(unwanted))


def flat(text: str) -> str:
    """A text's units with spaces between and around them, in which phrases are looked up."""
    return f" {' '.join(units(text))} "
