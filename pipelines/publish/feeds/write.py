"""Writing the feeds that changed, each in every format, with the documents of their history."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from items.errors import PublishError
from items.topics import vocabulary
from pipelines.archive.tables import (
    IS_PENDING,
    feed_documents,
    feed_entries,
    feed_history,
    feed_removals,
    feeds,
    tellings,
)
from pipelines.publish.feeds.feed import FORMATS, Document, Feed
from pipelines.publish.feeds.history import MOST_BYTES
from pipelines.publish.feeds.jsonfeed import json_feed
from pipelines.publish.feeds.names import country_name, language_name
from pipelines.publish.feeds.opml import opml
from pipelines.publish.feeds.press import Press
from pipelines.publish.feeds.shelves import kind_of
from pipelines.publish.feeds.valid import Validator
from pipelines.publish.feeds.xmlfeeds import atom, rss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Row

    from pipelines.publish.changes import Changes
    from pipelines.publish.files import PublicFolder
    from pipelines.publish.publication import Publication

WRITERS = {"atom": atom, "rss": rss, "json": json_feed}
_MOST_GONE = 100
"""Stories taken away that a feed tells of."""


class FeedWriter:
    """Writes the feeds of one publication.

    Args:
        connection: a reading transaction of the archive.
        folder: the published folder.
        publication: what is published where.
        changes: what the folder has yet to be told.

    Attributes:
        trouble: one line for each file that could not be brought up to date; its former state stays.
        renewed: addresses of the feeds that say something new.
    """

    def __init__(
        self, connection: Connection, folder: PublicFolder, publication: Publication, changes: Changes
    ) -> None:
        self._connection, self._folder = connection, folder
        self._publication, self._changes = publication, changes
        self._press = Press(connection, publication)
        self._validator = Validator()
        self._unsettled = False
        self.trouble: list[str] = []
        self.renewed: list[str] = []

    def write(self) -> list[Feed]:
        """Write what changed, and return every feed that there is."""
        rows = self._connection.execute(select(feeds).order_by(feeds.c.path)).all()
        every = [feed for row in rows if (feed := self._feed(row)) is not None]
        for path in {row.path for row in rows} - {feed.path for feed in every}:
            self._withdraw(path)
        there = self._published()
        owed = set(self._changes.owed)
        self._changes.owed.clear()
        for feed in every:
            lost = any(f"{feed.path}.{ending}" not in there for ending in FORMATS)
            if self._changes.everything or lost or feed.told > self._changes.since or feed.path in owed:
                self._write_feed(feed)
        if every:
            self._put("feeds.opml", opml(self._publication, every))
        if self._unsettled:
            self._folder.settle()
        return every

    def _published(self) -> set[str]:
        """Paths below `feeds/` of the files that readers subscribe to."""
        root = self._folder.root / "feeds"
        folders = [root, *(child for child in (root.iterdir() if root.is_dir() else ()) if child.is_dir())]
        return {
            os.path.relpath(file.path, root) for folder in folders if folder.is_dir() for file in os.scandir(folder)
        }

    def _withdraw(self, path: str) -> None:
        """Take away a feed that the operator defines no more."""
        root = self._folder.root
        history = (root / f"feeds/{path}/history").glob("*")
        for file in [*(root / f"feeds/{path}.{ending}" for ending in FORMATS), *history]:
            self._folder.remove(str(file.relative_to(root)))

    def _feed(self, row: Row[Any]) -> Feed | None:
        """A feed with its words; None for an operator's feed that is defined no more."""
        kind, name = kind_of(row.path), row.name
        title = self._publication.title
        language = None
        if kind == "all":
            description = "Every story, from every site"
        elif kind == "own":
            own = next((own for own in self._publication.own if own.name == name), None)
            if own is None:
                return None
            title, description = own.title, own.description or own.title
        else:
            title, description, language = self._words(kind, name)
            title = f"{self._publication.title}: {title}"
        return Feed(row.id, row.path, row.uuid.urn, title, description, language, row.told)

    def _words(self, kind: str, name: str) -> tuple[str, str, str | None]:
        """Title, description and language of a feed of stories that have something in common."""
        if kind == "site":
            site = self._publication.sites.get(name)
            title = self._publication.site_title(name)
            language = site.languages[0] if site is not None and len(site.languages) == 1 else None
            return title, f"Stories that {(site and site.organisation) or title} published", language
        if kind == "language":
            return language_name(name), f"Stories in the language {name}", name
        if kind == "topic":
            title = vocabulary().name_of(name, "en") if name in vocabulary().names else name
            return title, f"Stories about this topic: {title}", None
        if kind == "country":
            return country_name(name), f"Stories from sites of {country_name(name)}", None
        return name, f"Stories that credit {name}", None

    def _write_feed(self, feed: Feed) -> None:
        names = select(feed_documents).where(feed_documents.c.feed == feed.number).order_by(feed_documents.c.number)
        history = self._connection.execute(names).all()
        paths = [f"feeds/{feed.path}/history/{row.name}" for row in history]
        fine = all([*self._write_history(feed, history, paths)])
        previous = paths[-2] if len(paths) > 1 else None
        document = self._document(feed, f"feeds/{feed.path}", self._shown(feed), previous=previous, gone=True)
        for ending in FORMATS:
            written = self._write(document, ending)
            fine = fine and written is not None
            if written:
                self.renewed.append(document.url(ending))
        if not fine:
            self._changes.owed.append(feed.path)

    def _write_history(self, feed: Feed, history: Sequence[Row[Any]], paths: list[str]) -> Iterator[bool]:
        """Write the documents of a feed's history that are not there, and the one that is being filled."""
        folder = self._folder.root / f"feeds/{feed.path}/history"
        there = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        for place, row in enumerate(history):
            closed = place < len(history) - 1
            anew = not closed or self._changes.moved or row.changed > self._changes.since
            endings = [ending for ending in FORMATS if anew or f"{row.name}.{ending}" not in there]
            if not endings:
                continue
            document = self._document(
                feed,
                paths[place],
                self._held(feed, row.number) if closed else self._pending(feed),
                previous=paths[place - 1] if place else None,
                next=paths[place + 1] if closed else None,
                closed=closed,
            )
            for ending in endings:
                yield self._write(document, ending) is not None

    def _shown(self, feed: Feed) -> list[int]:
        """Tellings that a feed shows: the newest, and those that no closed document holds yet; newest first."""
        newest = self._of(feed).order_by(feed_entries.c.published.desc(), feed_entries.c.story.desc())
        shown: dict[int, Any] = {}
        size = 0
        for row in self._connection.execute(newest.limit(self._publication.entries)):
            size += row.size
            if shown and size > MOST_BYTES:
                break
            shown[row.telling] = row
        shown |= {row.telling: row for row in self._connection.execute(self._of(feed).where(IS_PENDING))}
        return _newest_first(shown.values())

    def _pending(self, feed: Feed) -> list[int]:
        return _newest_first(self._connection.execute(self._of(feed).where(IS_PENDING)))

    def _held(self, feed: Feed, number: int) -> list[int]:
        """Tellings that a closed document holds, newest first."""
        held = select(feed_history.c.telling).join(tellings, tellings.c.id == feed_history.c.telling)
        held = held.where(feed_history.c.feed == feed.number, feed_history.c.document == number)
        ordered = held.order_by(tellings.c.published.desc(), tellings.c.story.desc())
        return list(self._connection.execute(ordered).scalars())

    def _of(self, feed: Feed) -> Any:
        entries = select(feed_entries.c.telling, feed_entries.c.published, feed_entries.c.story, tellings.c.size)
        entries = entries.join(tellings, tellings.c.id == feed_entries.c.telling)
        return entries.where(feed_entries.c.feed == feed.number)

    def _document(
        self,
        feed: Feed,
        path: str,
        numbers: Sequence[int],
        *,
        previous: str | None,
        next: str | None = None,  # noqa: A002  # the relation's name
        closed: bool = False,
        gone: bool = False,
    ) -> Document:
        entries = self._press.entries(numbers)
        removals = self._gone(feed) if gone and self._publication.tombstones else []
        moments = [entry.updated for entry in entries] + [when for _, when in removals]
        updated = max(moments) if moments else self._emptied(feed)
        return Document(feed, self._publication, path, entries, updated, previous, next, closed, removals)

    def _gone(self, feed: Feed) -> list[tuple[str, datetime]]:
        """Stories that a feed held and that were taken away, the latest first."""
        rows = select(feed_removals).where(feed_removals.c.feed == feed.number)
        latest = rows.order_by(feed_removals.c.removed.desc(), feed_removals.c.story).limit(_MOST_GONE)
        return [(row.story.urn, datetime.fromisoformat(row.removed)) for row in self._connection.execute(latest)]

    def _emptied(self, feed: Feed) -> datetime:
        """When a feed without entries last changed."""
        gone = self._gone(feed)
        if gone:
            return gone[0][1]
        last = self._connection.execute(select(tellings.c.updated).where(tellings.c.id == feed.told)).scalar_one()
        return datetime.fromisoformat(last)

    def _write(self, document: Document, ending: str) -> bool | None:
        """Write a document in one format: whether that changed it; None if it could not be."""
        path, content = f"{document.path}.{ending}", WRITERS[ending](document)
        if document.is_current:
            return self._put(path, content)
        # A first publication writes history by the thousand, few ever ask for it: not packed, and settled at the end.
        self._unsettled = True
        return self._put(path, content, packed=False, lasting=False)

    def _put(self, path: str, content: bytes, *, packed: bool = True, lasting: bool = True) -> bool | None:
        """Publish a valid file: whether that changed it; None, and a line of trouble, if it could not be."""
        try:
            if faults := self._validator.faults(path.rsplit(".", 1)[1], content):
                more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
                aside = self._folder.set_aside(path, content)
                self.trouble.append(f"{path}: {faults[0]}{more}; kept as {aside}, the former file stays")
                return None
            return self._folder.write(path, content, packed=packed, lasting=lasting)
        except PublishError as error:
            self.trouble.append(str(error))
            return None


def _newest_first(rows: Iterable[Row[Any]]) -> list[int]:
    """The tellings of a feed's entries in the order in which it shows them."""
    return [row.telling for row in sorted(rows, key=lambda row: (row.published, row.story), reverse=True)]
