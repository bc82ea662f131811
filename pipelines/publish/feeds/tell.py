"""Telling the feeds: sorts stories that changed into the feeds they stand in. It writes tables only, no file.

What is told is kept: a *telling* says from which records a story was told and when it was published and updated. So
every document, of today or of years ago, can be written anew with the same bytes from the archive alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update

from items.topics import vocabulary
from pipelines.archive.clock import tick
from pipelines.archive.tables import (
    articles,
    feed_entries,
    feed_removals,
    feeds,
    records,
    sorting,
    stories,
    tellings,
    untold,
)
from pipelines.archive.untold import touch_all
from pipelines.publish.feeds.history import close_documents, reopen
from pipelines.publish.feeds.shelves import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from pipelines.archive import Archive
    from pipelines.publish.feeds.shelves import Shelves

_AT_ONCE = 500
"""Stories of one transaction; also within every database's limit of parameters."""


class Telling(NamedTuple):
    """A row of the tellings, without its number."""

    story: UUID
    parts: str
    topics: str
    published: str
    updated: str
    size: int


def tell(archive: Archive, shelves: Shelves, *, base_url: str, page: int) -> None:
    """Tell the feeds of every story that changed, oldest first, in transactions of some hundred stories.

    Args:
        archive: where the stories are.
        shelves: which feeds a story stands in.
        base_url: names a feed that is new: its id is made of its first address, and kept.
        page: how many entries a history document holds.
    """
    with archive.writing() as connection:
        tick(connection)  # one teller at a time
        _look_again_if_rules_changed(connection, shelves.rules)
    with archive.reading() as connection:
        newest = connection.execute(select(func.max(untold.c.id))).scalar()
        waiting = select(untold.c.story, func.max(stories.c.published)).where(untold.c.id <= (newest or 0))
        waiting = waiting.outerjoin(stories, stories.c.id == untold.c.story).group_by(untold.c.story)
        rows = connection.execute(waiting).all()
    for some in _parts([story for story, _ in sorted(rows, key=lambda row: (row[1] or "", row[0]))]):
        with archive.writing() as connection:
            tick(connection)
            _Teller(connection, shelves, base_url).tell(some, page)
            connection.execute(delete(untold).where(untold.c.id <= newest, untold.c.story.in_(some)))


def _look_again_if_rules_changed(connection: Connection, rules: str) -> None:
    before = connection.execute(select(sorting.c.rules)).scalar()
    if before == rules:
        return
    if before is not None:  # at first every story is untold anyway
        touch_all(connection)
    connection.execute(delete(sorting))
    connection.execute(insert(sorting).values(rules=rules))


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


class _Teller:
    """Tells some stories within one transaction."""

    def __init__(self, connection: Connection, shelves: Shelves, base_url: str) -> None:
        self._connection, self._shelves, self._base_url = connection, shelves, base_url
        self._feeds: dict[str, int] = {}
        self._touched: dict[int, int] = {}
        """Feeds whose entries changed, each with the newest telling that changed them."""
        self._entries: list[dict[str, object]] = []
        """Entries that are new, to be written together."""

    def tell(self, ids: Sequence[UUID], page: int) -> None:
        members = self._members(ids)
        former = self._former(ids)
        held = self._held(ids)
        for story in ids:
            self._tell(story, members.get(story, []), former.get(story), held.get(story, {}))
        if self._entries:
            self._connection.execute(insert(feed_entries), self._entries)
        self._take_back(ids)
        if self._touched:
            newest = max(self._touched.values())
            for feed in sorted(self._touched):
                close_documents(self._connection, feed, page, newest)
            change = update(feeds).where(feeds.c.id == bindparam("feed")).values(told=bindparam("telling"))
            self._connection.execute(change, [{"feed": f, "telling": t} for f, t in self._touched.items()])

    def _take_back(self, ids: Sequence[UUID]) -> None:
        """What was taken back for legal reasons leaves closed documents too."""
        of_these = select(articles.c.id).where(articles.c.story.in_(ids))
        redacted = select(records.c.subject).where(records.c.type == "redaction", records.c.subject.in_(of_these))
        stories_of = select(articles.c.story).where(articles.c.id.in_(redacted)).distinct()
        if found := self._connection.execute(stories_of).scalars().all():
            newest = self._connection.execute(select(func.max(tellings.c.id))).scalar_one()
            for feed in reopen(self._connection, found, newest):
                self._touched[feed] = newest

    def _members(self, ids: Sequence[UUID]) -> dict[UUID, list[Row[Any]]]:
        """The articles of each story, in the order of publication."""
        rows = self._connection.execute(
            select(articles.c.story, articles.c.id, articles.c.seq, records.c.line)
            .add_columns(stories.c.original, stories.c.published, stories.c.updated)
            .join_from(articles, records, articles.c.seq == records.c.seq)
            .join(stories, stories.c.id == articles.c.story)
            .where(articles.c.story.in_(ids), articles.c.removed.is_(False))
            .order_by(articles.c.published, articles.c.first_seen, articles.c.site, articles.c.id)
        )
        found: dict[UUID, list[Row[Any]]] = {}
        for row in rows:
            found.setdefault(row.story, []).append(row)
        return found

    def _former(self, ids: Sequence[UUID]) -> dict[UUID, Row[Any]]:
        """What was last told of each story."""
        newest = select(func.max(tellings.c.id)).where(tellings.c.story.in_(ids)).group_by(tellings.c.story)
        return {row.story: row for row in self._connection.execute(select(tellings).where(tellings.c.id.in_(newest)))}

    def _held(self, ids: Sequence[UUID]) -> dict[UUID, dict[str, Row[Any]]]:
        """The entries of each story, by the path of their feed."""
        rows = self._connection.execute(
            select(feeds.c.path, feed_entries).join(feeds).where(feed_entries.c.story.in_(ids))
        )
        found: dict[UUID, dict[str, Row[Any]]] = {}
        for row in rows:
            found.setdefault(row.story, {})[row.path] = row
        return found

    def _tell(
        self, story: UUID, members: list[Row[Any]], former: Row[Any] | None, held: Mapping[str, Row[Any]]
    ) -> None:
        if not members:
            if former is not None and former.parts:
                self._take_away(story, former, held)
            return
        telling, told = _telling(story, members)
        paths = self._shelves.of_story(told)
        same = former is not None and (former.parts, former.published, former.updated) == (
            (telling.parts, telling.published, telling.updated)
        )
        if same and paths.keys() == held.keys():
            return
        number = self._append(telling)
        if former is not None and not former.parts:  # it comes back
            self._connection.execute(delete(feed_removals).where(feed_removals.c.story == story))
        for path in sorted(paths.keys() - held.keys()):
            self._put(path, paths[path], number, telling)
        for path in sorted(held.keys() - paths.keys()):
            self._drop(held[path].feed, story, number)
        for path in sorted(paths.keys() & held.keys()):
            if not same:
                self._retell(held[path].feed, number, telling)

    def _append(self, telling: Telling) -> int:
        row = insert(tellings).values(telling._asdict()).returning(tellings.c.id)
        return int(self._connection.execute(row).scalar_one())

    def _put(self, path: str, name: str | None, number: int, telling: Telling) -> None:
        feed = self._feed(path, name, number)
        entry = {"feed": feed, "story": telling.story, "telling": number, "published": telling.published}
        self._entries.append(entry | {"pending": True})
        self._touched[feed] = number

    def _retell(self, feed: int, number: int, telling: Telling) -> None:
        there = (feed_entries.c.feed == feed, feed_entries.c.story == telling.story)
        anew = {"telling": number, "published": telling.published, "pending": True}
        self._connection.execute(update(feed_entries).where(*there).values(anew))
        self._touched[feed] = number

    def _drop(self, feed: int, story: UUID, number: int) -> None:
        there = (feed_entries.c.feed == feed, feed_entries.c.story == story)
        self._connection.execute(delete(feed_entries).where(*there))
        self._touched[feed] = number

    def _take_away(self, story: UUID, former: Row[Any], held: Mapping[str, Row[Any]]) -> None:
        """A story is no more: it leaves every feed, and each remembers when."""
        removed = self._removed(story)
        number = self._append(Telling(story, "", "", former.published, former.updated, 0))
        for row in held.values():
            self._drop(row.feed, story, number)
            gone = {"feed": row.feed, "story": story, "removed": removed}
            self._connection.execute(insert(feed_removals).values(gone))

    def _removed(self, story: UUID) -> str:
        """When the archive wrote down that the story's last article went, or that the story was joined to another."""
        of_story = select(articles.c.id).where(articles.c.story == story)
        last = select(func.max(records.c.recorded)).where(records.c.subject.in_(of_story))
        newest = select(records.c.recorded).order_by(records.c.seq.desc()).limit(1)
        return str(self._connection.execute(last).scalar() or self._connection.execute(newest).scalar_one())

    def _feed(self, path: str, name: str | None, number: int) -> int:
        if not self._feeds:
            self._feeds = {row.path: row.id for row in self._connection.execute(select(feeds.c.path, feeds.c.id))}
        if path not in self._feeds:
            identity = uuid5(NAMESPACE_URL, f"{self._base_url}feeds/{path}")
            row = insert(feeds).values(path=path, uuid=identity, name=name, told=number).returning(feeds.c.id)
            self._feeds[path] = self._connection.execute(row).scalar_one()
        return self._feeds[path]


def _telling(story: UUID, members: list[Row[Any]]) -> tuple[Telling, Told]:
    """What is told of a story, and what decides where it stands."""
    original = next((m for m in members if m.id == m.original), members[0])
    copies = [m for m in members if m is not original]
    said = [orjson.loads(m.line) for m in (original, *copies)]
    first = said[0]
    topics = vocabulary().topics_of(first["title"], first["text"])
    full = first["rights"]["policy"] == "full"
    telling = Telling(
        story=story,
        parts=" ".join(str(m.seq) for m in (original, *copies)),
        topics=" ".join(topics),
        published=original.published,
        updated=max(original.updated, original.published),
        size=len((first["html"] or first["text"] or "").encode()) if full else 0,
    )
    told = Told(
        sites=[one["site"] for one in said],
        sources=[one["source"]["name"] for one in said if one["source"]],
        language=first["language"],
        topics=topics,
        words=f"{first['title']}\n{first['text'] or ''}",
    )
    return telling, told
