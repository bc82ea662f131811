"""What each version of an article changed: worked out once, when it is kept, and kept beside its record.

It is no part of the record: two versions say it, and it goes with either of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from sqlalchemy import delete, insert, select

from pipelines.archive.tables import differences, records
from pipelines.stories.fold import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

_WORD = re.compile(rf"[{UNSPACED}]|\s+|[^\s{UNSPACED}\w]|[^\W{UNSPACED}]+")
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


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changed.

    Attributes:
        version: its number.
        recorded: when it was kept, as the archive writes times.
        title: the title, if that changed.
        text: the paragraphs that changed; an unchanged run between two of them is one empty tuple.
    """

    version: int
    recorded: str
    title: list[Paragraph]
    text: list[Paragraph]


def keep_difference(connection: Connection, seq: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Keep what a version changed.

    Args:
        connection: a writing transaction.
        seq: number of its record.
        before: the version before it, as its record says it.
        after: the version.
    """
    parts = [compare(before[name] or "", after[name] or "") for name in ("title", "text")]
    said = [[[[piece.kind, piece.text] for piece in paragraph] for paragraph in part] for part in parts]
    row = {"seq": seq, "article": UUID(after["id"]), "said": orjson.dumps(said)}
    connection.execute(insert(differences).values(row))


def differences_of(connection: Connection, article: UUID, most: int | None = None) -> list[Difference]:
    """What the versions of an article changed, the newest first; the first version changed nothing."""
    rows = (
        select(records.c.version, records.c.recorded, differences.c.said)
        .join_from(differences, records, records.c.seq == differences.c.seq)
        .where(differences.c.article == article, records.c.type == "article")
    )
    found = connection.execute(rows.order_by(records.c.seq.desc()).limit(most))
    return [Difference(row.version, row.recorded, *map(_paragraphs, orjson.loads(row.said))) for row in found]


def forget_differences(connection: Connection, article: UUID) -> None:
    """Forget what the versions of an article changed: it was taken back."""
    connection.execute(delete(differences).where(differences.c.article == article))


def _paragraphs(part: Iterable[Any]) -> list[Paragraph]:
    return [tuple(Piece(*piece) for piece in paragraph) for paragraph in part]


def compare(before: str, after: str) -> list[Paragraph]:
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
