"""Stories as they are published: the original, its copies, and when it was published and last changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import func, select

from items.article import Record
from pipelines.archive.tables import feed_entries, feeds, records, tellings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import Connection

_AT_ONCE = 500
"""Within every database's limit of parameters."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was told: one entry of a feed.

    Attributes:
        id: for ever.
        telling: number of the telling; a story that changed is told anew under another.
        original: the article that it is told by.
        copies: the other articles of the story, in the order in which they were published.
        possible: articles of other stories that may be copies of it.
        translations: articles of other stories that tell the same in another language.
        topics: ids of what it is about.
        published: the original's moment, as feeds are ordered by; a day stands at its noon.
        updated: when title or text of the original last changed.
    """

    id: UUID
    telling: int
    original: Record
    copies: tuple[Record, ...]
    possible: tuple[Record, ...]
    translations: tuple[Record, ...]
    topics: tuple[str, ...]
    published: datetime
    updated: datetime


def latest(connection: Connection, count: int, *, feed: str = "all") -> list[int]:
    """The newest tellings that a feed holds, newest first by publication.

    Args:
        connection: a reading transaction.
        count: how many at most.
        feed: its path: `all`, `site/ctei`, `topic/cotton`, …
    """
    newest = select(feed_entries.c.telling).join(feeds).where(feeds.c.path == feed)
    newest = newest.order_by(feed_entries.c.published.desc(), feed_entries.c.story.desc()).limit(count)
    return list(connection.execute(newest).scalars())


def told(connection: Connection, stories: Iterable[UUID]) -> dict[UUID, int]:
    """The newest telling of each of these stories; one that is no more has none."""
    wanted = list(stories)
    found: dict[UUID, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        of_these = tellings.c.story.in_(wanted[start : start + _AT_ONCE])
        newest = select(func.max(tellings.c.id)).where(of_these).group_by(tellings.c.story)
        rows = select(tellings.c.story, tellings.c.id).where(tellings.c.id.in_(newest), tellings.c.parts != "")
        found.update((row.story, row.id) for row in connection.execute(rows))
    return found


def load(connection: Connection, numbers: Iterable[int]) -> dict[int, Story]:
    """The stories as they were told under these numbers, without what was taken back since for legal reasons."""
    wanted, found = list(numbers), dict[int, Story]()
    for start in range(0, len(wanted), _AT_ONCE):
        of_these = tellings.c.id.in_(wanted[start : start + _AT_ONCE])
        rows = connection.execute(select(tellings).where(of_these, tellings.c.parts != "")).all()
        parts = {row.id: [int(part) for part in row.parts.split()] for row in rows}
        beside = {row.id: [_number(named) for named in row.beside.split()] for row in rows}
        wanted_records = {number for each in parts.values() for number in each}
        wanted_records |= {number for each in beside.values() for _, number in each}
        kept = _records(connection, sorted(wanted_records))
        for row in rows:
            original, *copies = (kept.get(number) for number in parts[row.id])
            if original is None:
                continue
            found[row.id] = Story(
                id=row.story,
                telling=row.id,
                original=original,
                copies=tuple(copy for copy in copies if copy is not None),
                possible=tuple(kept[n] for kind, n in beside[row.id] if kind == "possible" and n in kept),
                translations=tuple(kept[n] for kind, n in beside[row.id] if kind == "translation" and n in kept),
                topics=tuple(row.topics.split()),
                published=datetime.fromisoformat(row.published),
                updated=datetime.fromisoformat(row.updated),
            )
    return found


def _number(named: str) -> tuple[str, int]:
    """Kind and record of what a telling names beside its story: `possible:17`."""
    kind, _, number = named.partition(":")
    return kind, int(number)


def _records(connection: Connection, numbers: list[int]) -> dict[int, Record]:
    found = {}
    for start in range(0, len(numbers), _AT_ONCE):
        of_these = records.c.seq.in_(numbers[start : start + _AT_ONCE])
        rows = select(records.c.seq, records.c.line).where(of_these, records.c.type == "article")
        for row in connection.execute(rows):
            found[row.seq] = Record.model_validate(orjson.loads(row.line))
    return found
