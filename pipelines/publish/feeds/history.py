"""The history of a feed: documents of RFC 5005, section 4, which together with the feed hold all that it ever told.

A document belongs to a month of publication. It is filled in the order of publication until it is full or the first
story of a later month comes; then it is closed, and never changes again. A story that comes too late for its month, and
one that is told anew, go into the document that is being filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pipelines.archive.tables import feed_documents, feed_entries, feed_history, tellings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection

MOST_BYTES = 800_000
"""Text of one document: what readers and validators take with ease once it is escaped."""


def close_documents(connection: Connection, feed: int, page: int, telling: int) -> None:
    """Close the documents of a feed that are full or whose month is over, and begin the next.

    Args:
        connection: a writing transaction.
        feed: its number.
        page: how many entries a document holds.
        telling: the newest.
    """
    last = select(feed_documents).where(feed_documents.c.feed == feed).order_by(feed_documents.c.number.desc())
    open_ = connection.execute(last.limit(1)).first()
    pending = connection.execute(
        select(feed_entries.c.story, feed_entries.c.telling, feed_entries.c.published, tellings.c.size)
        .join(tellings, tellings.c.id == feed_entries.c.telling)
        .where(feed_entries.c.feed == feed, feed_entries.c.pending.is_(True))
        .order_by(feed_entries.c.published, feed_entries.c.story)
    ).all()
    if not pending:
        return
    if open_ is None:
        number, name = 1, pending[0].published[:7]
        connection.execute(insert(feed_documents).values(_document(feed, number, name)))
    else:
        number, name = open_.number, open_.name
    held: list[tuple[object, int]] = []
    size = 0
    for month, entry in sorted(((max(e.published[:7], name[:7]), e) for e in pending), key=lambda pair: pair[0]):
        if month > name[:7] or len(held) == page or (held and size + entry.size > MOST_BYTES):
            _close(connection, feed, number, held, telling)
            number, name = number + 1, _next_name(name, month)
            connection.execute(insert(feed_documents).values(_document(feed, number, name)))
            held, size = [], 0
        held.append((entry.story, entry.telling))
        size += entry.size


def _close(connection: Connection, feed: int, number: int, held: list[tuple[object, int]], telling: int) -> None:
    """Close a document; one whose stories were all told anew or taken away closes empty, so that the chain holds."""
    document = (feed_documents.c.feed == feed, feed_documents.c.number == number)
    connection.execute(update(feed_documents).where(*document).values(changed=telling))
    if held:
        rows = [{"feed": feed, "document": number, "telling": telling} for _, telling in held]
        connection.execute(insert(feed_history), rows)
        told = (feed_entries.c.feed == feed, feed_entries.c.story.in_([story for story, _ in held]))
        connection.execute(update(feed_entries).where(*told).values(pending=False))


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


def _document(feed: int, number: int, name: str) -> dict[str, object]:
    return {"feed": feed, "number": number, "name": name, "changed": 0}


def _next_name(name: str, month: str) -> str:
    if month > name[:7]:
        return month
    part = int(name.removeprefix(month).removeprefix("-part") or 1)
    return f"{month}-part{part + 1}"
