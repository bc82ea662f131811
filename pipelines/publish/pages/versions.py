"""The difference between two versions of an article, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipelines.publish.pages.search import CJK

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(rf"[{CJK}]|\s+|[^\s{CJK}\w]|[^\W{CJK}]+")
"""What changes as one: a Chinese character, a word, a mark, a space."""

_MOST_LINES = 600
_MOST_WORDS = 1500
"""Bounds on what is compared finely: comparing costs the square of it. Beyond them whole paragraphs change."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that stayed (`same`), went (`gone`) or came (`new`)."""

    kind: str
    text: str


Paragraph = tuple[Piece, ...]


def difference(before: str, after: str) -> list[Paragraph]:
    """The paragraphs that changed, each as its pieces; an unchanged run between two of them is one empty tuple."""
    old, new = before.splitlines()[:_MOST_LINES], after.splitlines()[:_MOST_LINES]
    found: list[Paragraph] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            if found:
                found.append(())
            continue
        paired = min(a2 - a1, b2 - b1)
        found += [_within(old[a1 + n], new[b1 + n]) for n in range(paired)]
        found += [(Piece("gone", line),) for line in old[a1 + paired : a2]]
        found += [(Piece("new", line),) for line in new[b1 + paired : b2]]
    while found and not found[-1]:
        found.pop()
    return found


def _within(before: str, after: str) -> Paragraph:
    """One paragraph's change."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    whole = (Piece("gone", before), Piece("new", after))
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(_pieces(matcher, old, new)) if matcher.ratio() > 0.3 else whole


def _pieces(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a1:a2]))
            continue
        if a2 > a1:
            yield Piece("gone", "".join(old[a1:a2]))
        if b2 > b1:
            yield Piece("new", "".join(new[b1:b2]))
