"""Taking an article back for legal or privacy reasons: the one way in which what was recorded is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import orjson
from sqlalchemy import delete, or_, select, update

from items.article import Redaction, Tombstone
from pipelines.archive.clock import tick
from pipelines.archive.differences import forget_differences
from pipelines.archive.facts import append_fact
from pipelines.archive.search.index import forget
from pipelines.archive.tables import addresses, articles, held, records
from pipelines.archive.untold import touch
from pipelines.stories.decide import erase_sketch
from pipelines.stories.story import choose_original, unlink

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was taken back.

    Attributes:
        article: its id.
        versions: how many versions of it lost what they said.
        days: the UTC days on which these were recorded: a release writes their partitions anew.
        urls: every address that led to it.
    """

    article: UUID
    versions: int
    days: list[str]
    urls: list[str]


def redact(
    connection: Connection, article: str, reason: Literal["legal", "privacy"], *, now: datetime | None = None
) -> Redacted | None:
    """Take back everything that is kept of an article. Its id, its versions' numbers and their times remain.

    Args:
        connection: a writing transaction of the archive.
        article: its id, or any URL that led to it.
        reason: what the tombstone says.
        now: the time of writing (default: the clock's).

    Returns:
        What was taken back; None when there is no such article.
    """
    moment = _moment(connection, now)
    row = connection.execute(select(articles).where(_is(article))).first()
    if row is None:
        return None
    days = []
    of_article = (records.c.subject == row.id, records.c.type == "article")
    versions = (
        select(records.c.seq, records.c.recorded, records.c.version, records.c.line)
        .where(*of_article)
        .order_by(records.c.seq)
    )
    for version in connection.execute(versions).all():
        fact = Redaction(
            id=row.id,
            version=version.version,
            recorded=datetime.fromisoformat(version.recorded),
            redacted=moment,
            reason=reason,
        )
        forget(connection, version.seq, version.line)
        erase_sketch(connection, version.seq)
        instead = {"type": fact.type, "line": fact.json_line()}
        connection.execute(update(records).where(records.c.seq == version.seq).values(instead))
        days.append(version.recorded[:10])
    tombstone = Tombstone(id=row.id, version=row.version + 1, recorded=moment, reason=reason)
    gone = {
        "removed": True,
        "next_check": None,
        "body_key": None,  # no copy of it may find it
        "version": tombstone.version,
        "seq": append_fact(connection, tombstone),
    }
    connection.execute(update(articles).where(articles.c.id == row.id).values(gone))
    forget_differences(connection, row.id)
    unlink(connection, row.id)  # links quote it
    choose_original(connection, row.story, moment)
    touch(connection, row.story)
    urls = [*connection.execute(select(addresses.c.url).where(addresses.c.article == row.id)).scalars()]
    connection.execute(delete(held).where(or_(held.c.listed.in_(urls), held.c.asked.in_(urls))))
    return Redacted(row.id, len(days), sorted(set(days)), urls)


def _is(article: str) -> ColumnElement[bool]:
    led_to_it = select(addresses.c.article).where(addresses.c.url == article)
    try:
        return articles.c.id == UUID(article)
    except ValueError:
        return or_(articles.c.id.in_(led_to_it), articles.c.canonical_url == article)


def _moment(connection: Connection, now: datetime | None) -> datetime:
    """Now, but later than every redaction before: so that each of them gives a partition a revision of its own."""
    before = connection.execute(select(records.c.line).where(records.c.type == "redaction")).scalars()
    last = max((orjson.loads(line)["redacted"] for line in before), default=None)
    moment = tick(connection, now)
    return moment if last is None else tick(connection, max(moment, datetime.fromisoformat(last) + _SECOND))
