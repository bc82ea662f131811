"""The history of a feed: documents of RFC 5005, section 4, which together with the feed hold all that it ever told.

A document belongs to a month of publication. It is filled in the order of publication until it is full or the first
story of a later month comes; then it is closed, and never changes again. A story that comes too late for its month, and
one that is told anew, go into the document that is being filled.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from pipelines.archive.tables import IS_PENDING, feed_documents, feed_entries, feed_history, feeds, tellings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection

MOST_BYTES = 800_000
"""Text of one document: what readers and validators take with ease once it is escaped."""

_AT_ONCE = 200
"""Feeds of which all that is pending is in memory together."""


def close_documents(connection: Connection, touched: Sequence[int], page: int, telling: int) -> None:
    """Close the documents of some feeds that are full or whose month is over, and begin the next.

    Args:
        connection: a writing transaction.
        touched: numbers of the feeds.
        page: how many entries a document holds.
        telling: the newest.
    """
    for start in range(0, len(touched), _AT_ONCE):
        some = touched[start : start + _AT_ONCE]
        filling, closing = _being_filled(connection, some), _Closing(telling)
        for feed, pending in groupby(_pending(connection, some), key=lambda entry: entry.feed):
            closing.fill(feed, filling.get(feed), list(pending), page)
        closing.write(connection)


def _being_filled(connection: Connection, some: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Number and name of the document that is being filled, for each feed that has one."""
    of_feed = feed_documents.alias()
    last = select(func.max(of_feed.c.number)).where(of_feed.c.feed == feeds.c.id).scalar_subquery()
    there = and_(feed_documents.c.feed == feeds.c.id, feed_documents.c.number == last)
    rows = select(feeds.c.id, feed_documents.c.number, feed_documents.c.name)
    rows = rows.join_from(feeds, feed_documents, there)
    return {row.id: (row.number, row.name) for row in connection.execute(rows.where(feeds.c.id.in_(some)))}


def _pending(connection: Connection, some: Sequence[int]) -> Sequence[Any]:
    """What no closed document holds yet, feed by feed, in the order of publication."""
    rows = select(feed_entries.c.feed, feed_entries.c.story, feed_entries.c.published, tellings.c.size)
    rows = rows.add_columns(feed_entries.c.telling).join(tellings, tellings.c.id == feed_entries.c.telling)
    found = connection.execute(rows.where(feed_entries.c.feed.in_(some), IS_PENDING))
    return sorted(found, key=lambda entry: (entry.feed, entry.published, entry.story))


class _Closing:
    """What is to be written when the documents of some feeds close, written together."""

    def __init__(self, telling: int) -> None:
        self._telling = telling
        self._begun: list[dict[str, object]] = []
        self._closed: list[dict[str, object]] = []
        self._held: list[dict[str, object]] = []

    def fill(self, feed: int, filling: tuple[int, str] | None, pending: Sequence[Any], page: int) -> None:
        """Put what is pending into the document that is being filled, and into further ones as each is full."""
        number, name = filling or self._begin(feed, 1, pending[0].published[:7])
        held: list[Any] = []
        size = 0
        for month, entry in sorted(((max(e.published[:7], name[:7]), e) for e in pending), key=lambda pair: pair[0]):
            if month > name[:7] or len(held) == page or (held and size + entry.size > MOST_BYTES):
                self._close(feed, number, held)
                number, name = self._begin(feed, number + 1, _next_name(name, month))
                held, size = [], 0
            held.append(entry)
            size += entry.size

    def _begin(self, feed: int, number: int, name: str) -> tuple[int, str]:
        self._begun.append({"feed": feed, "number": number, "name": name, "changed": 0})
        return number, name

    def _close(self, feed: int, number: int, held: Sequence[Any]) -> None:
        """Close a document; one whose stories were all told anew or taken away closes empty, so the chain holds."""
        self._closed.append({"f": feed, "n": number})
        self._held += [{"feed": feed, "document": number, "telling": e.telling, "s": e.story} for e in held]

    def write(self, connection: Connection) -> None:
        """Write it."""
        document = (feed_documents.c.feed == bindparam("f"), feed_documents.c.number == bindparam("n"))
        entry = (feed_entries.c.feed == bindparam("f"), feed_entries.c.story == bindparam("s"))
        for statement, rows in (
            (insert(feed_documents), self._begun),
            (update(feed_documents).where(*document).values(changed=self._telling), self._closed),
            (insert(feed_history), [{k: row[k] for k in ("feed", "document", "telling")} for row in self._held]),
            (
                update(feed_entries).where(*entry).values(pending=False),
                [{"f": row["feed"], "s": row["s"]} for row in self._held],
            ),
        ):
            if rows:
                connection.execute(statement, rows)


def reopen(connection: Connection, stories: Sequence[UUID], telling: int) -> set[int]:
    """Let closed documents be written anew that hold a story of which something was taken back for legal reasons.

    Args:
        connection: a writing transaction.
        stories: of which something was taken back.
        telling: the newest.

    Returns:
        The feeds that have such a document.
    """
    theirs = select(tellings.c.id).where(tellings.c.story.in_(stories))
    held = select(feed_history.c.feed, feed_history.c.document).where(feed_history.c.telling.in_(theirs)).distinct()
    documents = connection.execute(held).all()
    for feed, number in documents:
        there = (feed_documents.c.feed == feed, feed_documents.c.number == number)
        connection.execute(update(feed_documents).where(*there).values(changed=telling))
    return {feed for feed, _ in documents}


def _next_name(name: str, month: str) -> str:
    if month > name[:7]:
        return month
    part = int(name.removeprefix(month).removeprefix("-part") or 1)
    return f"{month}-part{part + 1}"
