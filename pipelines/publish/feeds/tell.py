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
from pipelines.publish.feeds.beside import beside_of, linked_with, stories_that_named
from pipelines.publish.feeds.history import close_documents, reopen
from pipelines.publish.feeds.shelves import Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    beside: str


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
        when = func.coalesce(stories.c.published, "")
        rows = select(untold.c.id, untold.c.story).outerjoin(stories, stories.c.id == untold.c.story)
        notes = connection.execute(rows.order_by(when, untold.c.story, untold.c.id)).all()
    waiting = {note.story for note in notes}
    for start in range(0, len(notes), _AT_ONCE):
        some = notes[start : start + _AT_ONCE]
        ids = list(dict.fromkeys(note.story for note in some))
        with archive.writing() as connection:
            tick(connection)
            beside = sorted(linked_with(connection, ids) - waiting)  # they name those that changed
            _Teller(connection, shelves, base_url).tell([*ids, *beside], page)
            connection.execute(delete(untold).where(untold.c.id.in_([note.id for note in some])))


def _look_again_if_rules_changed(connection: Connection, rules: str) -> None:
    before = connection.execute(select(sorting.c.rules)).scalar()
    if before == rules:
        return
    if before is not None:  # at first every story is untold anyway
        touch_all(connection)
    connection.execute(delete(sorting))
    connection.execute(insert(sorting).values(rules=rules))


class _Change(NamedTuple):
    """What is to be told of a story, and in which feeds."""

    telling: Telling
    former: Row[Any] | None
    put: Mapping[str, str | None]
    """Feeds that it now comes into, each with the name by which it brings them there."""
    again: Sequence[int]
    """Feeds that it stays in, and says something new in."""
    drop: Sequence[int]


class _Teller:
    """Tells some stories within one transaction: it reads all that they need, then writes all that they changed."""

    def __init__(self, connection: Connection, shelves: Shelves, base_url: str) -> None:
        self._connection, self._shelves, self._base_url = connection, shelves, base_url
        self._feeds: dict[str, int] = {}

    def tell(self, ids: Sequence[UUID], page: int) -> None:
        members, former, held = self._members(ids), self._former(ids), self._held(ids)
        beside = beside_of(self._connection, ids)
        found = (self._change(s, members.get(s, []), former.get(s), held.get(s, {}), beside.get(s, "")) for s in ids)
        changes = [change for change in found if change is not None]
        touched = self._write(changes) if changes else {}
        touched |= self._taken_back(ids)
        if touched:
            close_documents(self._connection, sorted(touched), page, max(touched.values()))
            change = update(feeds).where(feeds.c.id == bindparam("feed")).values(told=bindparam("telling"))
            self._connection.execute(change, [{"feed": f, "telling": t} for f, t in touched.items()])

    def _taken_back(self, ids: Sequence[UUID]) -> dict[int, int]:
        """What was taken back for legal reasons leaves closed documents too: the feeds that have such a document."""
        of_these = select(articles.c.id).where(articles.c.story.in_(ids))
        redacted = select(records.c.subject).where(records.c.type == "redaction", records.c.subject.in_(of_these))
        stories_of = select(articles.c.story).where(articles.c.id.in_(redacted)).distinct()
        found = self._connection.execute(stories_of).scalars().all()
        if not found:
            return {}
        taken = select(records.c.seq).where(records.c.type == "redaction", records.c.subject.in_(of_these))
        numbers = self._connection.execute(taken).scalars().all()
        found = [*found, *stories_that_named(self._connection, numbers)]
        newest = self._connection.execute(select(func.max(tellings.c.id))).scalar_one()
        return dict.fromkeys(reopen(self._connection, found, newest), newest)

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

    def _held(self, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
        """The feeds that each story stands in, by their paths."""
        entries = select(feeds.c.path, feed_entries.c.feed, feed_entries.c.story).join(feeds)
        found: dict[UUID, dict[str, int]] = {}
        for row in self._connection.execute(entries.where(feed_entries.c.story.in_(ids))):
            found.setdefault(row.story, {})[row.path] = row.feed
        return found

    def _change(
        self,
        story: UUID,
        members: list[Row[Any]],
        former: Row[Any] | None,
        held: Mapping[str, int],
        beside: str,
    ) -> _Change | None:
        if not members:
            if former is None or not former.parts:
                return None
            gone = Telling(story, "", "", former.published, former.updated, 0, "")
            return _Change(gone, former, {}, [], list(held.values()))
        telling, told = _telling(story, members, beside)
        paths = self._shelves.of_story(told)
        same = former is not None and _shown(former) == _shown(telling)
        if same and paths.keys() == held.keys():
            return None
        return _Change(
            telling,
            former,
            put={path: paths[path] for path in sorted(paths.keys() - held.keys())},
            again=[] if same else [feed for path, feed in held.items() if path in paths],
            drop=[feed for path, feed in held.items() if path not in paths],
        )

    def _write(self, changes: Sequence[_Change]) -> dict[int, int]:
        """Write the changes: the feeds that they touch, each with the newest telling that changed what it holds."""
        append = insert(tellings).returning(tellings.c.id, sort_by_parameter_order=True)
        numbers = self._connection.execute(append, [change.telling._asdict() for change in changes]).scalars().all()
        touched: dict[int, int] = {}
        put, again, drop = [], [], []
        removals, back = [], []
        for change, number in zip(changes, numbers, strict=True):
            story, published = change.telling.story, change.telling.published
            into = [self._feed(path, name, number) for path, name in change.put.items()]
            put += [{"feed": f, "story": story, "telling": number, "published": published} for f in into]
            again += [{"f": f, "s": story, "telling": number, "published": published} for f in change.again]
            drop += [{"f": f, "s": story} for f in change.drop]
            if not change.telling.parts:
                gone = self._removed(story)
                removals += [{"feed": f, "story": story, "removed": gone} for f in change.drop]
            elif change.former is not None and not change.former.parts:
                back.append(story)
            touched |= dict.fromkeys([*into, *change.again, *change.drop], number)
        there = (feed_entries.c.feed == bindparam("f"), feed_entries.c.story == bindparam("s"))
        anew = {"telling": bindparam("telling"), "published": bindparam("published"), "pending": True}
        for statement, rows in (
            (delete(feed_removals).where(feed_removals.c.story == bindparam("s")), [{"s": story} for story in back]),
            (insert(feed_removals), removals),
            (delete(feed_entries).where(*there), drop),
            (update(feed_entries).where(*there).values(anew), again),
            (insert(feed_entries).values(pending=True), put),
        ):
            if rows:
                self._connection.execute(statement, rows)
        return touched

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


def _shown(telling: Telling | Row[Any]) -> tuple[str, ...]:
    """What of a telling a reader can see."""
    return (telling.parts, telling.published, telling.updated, telling.beside)


def _telling(story: UUID, members: list[Row[Any]], beside: str) -> tuple[Telling, Told]:
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
        beside=beside,
    )
    told = Told(
        sites=[one["site"] for one in said],
        sources=[one["source"]["name"] for one in said if one["source"]],
        language=first["language"],
        topics=topics,
        words=f"{first['title']}\n{first['text'] or ''}",
    )
    return telling, told
