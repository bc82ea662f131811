"""Stories as they are published: the original, its copies, and when it was published and last changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Select, select

from items.article import Record
from pipelines.archive.tables import articles, records, stories

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a feed.

    Attributes:
        id: for ever.
        original: the article that it is told by.
        copies: the other articles of the story, in the order in which they were published.
        published: the original's moment, as feeds are ordered by; a day stands at its noon.
        updated: when title or text of the original last changed.
    """

    id: UUID
    original: Record
    copies: tuple[Record, ...]
    published: datetime
    updated: datetime


def latest(connection: Connection, count: int, *, site: str | None = None, language: str | None = None) -> list[UUID]:
    """Ids of the newest stories, newest first: of all, or of those with an article of a site or in a language."""
    there = select(articles.c.id).where(articles.c.story == stories.c.id, articles.c.removed.is_(False))
    if site is not None:
        there = there.where(articles.c.site == site)
    if language is not None:
        there = there.where(articles.c.language == language)
    query: Select[Any] = select(stories.c.id).where(there.exists())
    newest = query.order_by(stories.c.published.desc(), stories.c.id).limit(count)
    return list(connection.execute(newest).scalars())


def load(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Story]:
    """The stories of these ids that still have an article."""
    found = {}
    for story in ids:
        rows = connection.execute(
            select(articles.c.id, records.c.line, stories.c.original, stories.c.published, stories.c.updated)
            .join_from(articles, records, articles.c.seq == records.c.seq)
            .join(stories, articles.c.story == stories.c.id)
            .where(articles.c.story == story, articles.c.removed.is_(False))
            .order_by(articles.c.published, articles.c.first_seen, articles.c.site)
        ).all()
        originals = [Record.model_validate(orjson.loads(r.line)) for r in rows if r.id == r.original]
        if originals:
            found[story] = Story(
                id=story,
                original=originals[0],
                copies=tuple(Record.model_validate(orjson.loads(r.line)) for r in rows if r.id != r.original),
                published=datetime.fromisoformat(rows[0].published),
                updated=datetime.fromisoformat(rows[0].updated),
            )
    return found


def languages(connection: Connection) -> list[str]:
    """The languages that there are articles in."""
    rows = select(articles.c.language).where(articles.c.language.is_not(None), articles.c.removed.is_(False))
    return sorted(connection.execute(rows.distinct()).scalars())
