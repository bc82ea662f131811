"""Stories as groups: articles join and part, one of them is the original, and every change is a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import delete, insert, or_, select, update

from items.article import Merge
from items.url import normalise_url
from pipelines.archive.archive import timestamp
from pipelines.archive.facts import append_fact
from pipelines.archive.tables import articles, links, related, stories
from pipelines.archive.untold import touch
from pipelines.stories import rulings
from pipelines.stories.original import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from items.article import Record
    from pipelines.stories.decide import Decision


def story_of(article: UUID) -> UUID:
    """The id of the story that an article begins."""
    return uuid5(NAMESPACE_URL, f"newsloom:story:{article}")


def begin(connection: Connection, story: UUID, article: UUID, published: str) -> None:
    """Begin a story with its first article."""
    row = {"id": story, "original": article, "published": published, "updated": published, "reason": "the only article"}
    connection.execute(insert(stories), row)


def link(connection: Connection, article: UUID, decision: Decision) -> None:
    """Remember what an article was found to match, in the place of what was remembered before."""
    _touch_beside(connection, links.c.article == article)
    connection.execute(delete(links).where(links.c.article == article))
    kinds = [("copy" if match.sure else "possible", match) for match in decision.matches]
    kinds += [("translation", match) for match in decision.translations]
    rows = [
        {
            "article": article,
            "other": match.article,
            "kind": kind,
            "certainty": round(match.certainty, 4),
            "reason": match.reason,
        }
        for kind, match in kinds
    ]
    if rows:
        connection.execute(insert(links), rows)


def unlink(connection: Connection, article: UUID) -> None:
    """Forget every link from and to an article."""
    either = or_(links.c.article == article, links.c.other == article)
    _touch_beside(connection, either)
    connection.execute(delete(links).where(either))


def _touch_beside(connection: Connection, which: ColumnElement[bool]) -> None:
    """Note that the stories at both ends of some links are no longer shown beside each other."""
    rows = connection.execute(select(links.c.article, links.c.other).where(which, links.c.kind != "copy"))
    if ends := {end for row in rows for end in row}:
        found = select(articles.c.story).where(articles.c.id.in_(ends)).distinct()
        touch(connection, *connection.execute(found).scalars())


def relate(connection: Connection, record: Record) -> None:
    """Remember the related reading of an article as edges; they never make a story."""
    connection.execute(delete(related).where(related.c.article == record.id))
    urls = {normalise_url(link.url) for link in record.related if link.url}
    if urls:
        connection.execute(insert(related), [{"article": record.id, "url": url} for url in sorted(urls)])


def unite(connection: Connection, found: Sequence[UUID], now: datetime, reason: str) -> UUID:
    """Make one story of several, the one that was there first, unless an operator ruled some of their articles apart.

    Args:
        connection: a writing transaction.
        found: stories, surest first; the first of them is united with whichever of the others may be.
        now: when.
        reason: for the record.

    Returns:
        The story that they are now.
    """
    kept = found[0]
    for other in dict.fromkeys(found):
        if other != kept and not rulings.apart(connection, members(connection, kept), members(connection, other)):
            kept = merge(connection, kept, other, now, reason)
    return kept


def merge(connection: Connection, one: UUID, other: UUID, now: datetime, reason: str) -> UUID:
    """Make one story of two: the one that was there first, which is returned."""
    kept, gone = sorted((one, other), key=lambda story: _first(connection, story))
    connection.execute(update(articles).where(articles.c.story == gone).values(story=kept))
    connection.execute(delete(stories).where(stories.c.id == gone))
    choose_original(connection, kept, now, because=reason, members_changed=True)
    touch(connection, kept, gone)
    return kept


def place(connection: Connection, article: UUID, decision: Decision, now: datetime) -> None:
    """Put an article whose text changed where its new text belongs: into further stories, or out of its own."""
    row = connection.execute(select(articles).where(articles.c.id == article)).one()
    others = [m for m in members(connection, row.story) if m != article]
    if others and row.story not in {m.story for m in decision.matches}:
        held = rulings.held(connection, article)
        told_by_it = select(links.c.article).where(links.c.other == article, links.c.article.in_(others))
        if not held & set(others) and not connection.execute(told_by_it).first():
            row_story = part(connection, article, now, "its text is another now")
            unite(connection, [row_story, *decision.stories], now, "an article whose new text is a copy of both")
            return
    unite(connection, [row.story, *decision.stories], now, "an article whose new text is a copy of both")
    choose_original(connection, row.story, now)


def part(connection: Connection, article: UUID, now: datetime, reason: str) -> UUID:
    """Take an article out of its story into one of its own, and return that; the others keep the story."""
    row = connection.execute(select(articles).where(articles.c.id == article)).one()
    if members(connection, row.story) == [article]:
        return row.story  # type: ignore[no-any-return]
    new, number = story_of(article), row.version
    while connection.execute(select(stories.c.id).where(stories.c.id == new)).first():
        new, number = uuid5(NAMESPACE_URL, f"newsloom:story:{article}:{number}"), number + 1
    begin(connection, new, article, row.published)
    connection.execute(update(articles).where(articles.c.id == article).values(story=new))
    for story in (row.story, new):
        choose_original(connection, story, now, because=reason, members_changed=True)
    touch(connection, row.story, new)
    return new


def members(connection: Connection, story: UUID) -> list[UUID]:
    """The articles of a story, removed ones too."""
    rows = select(articles.c.id).where(articles.c.story == story).order_by(articles.c.first_seen, articles.c.id)
    return list(connection.execute(rows).scalars())


def choose_original(
    connection: Connection,
    story: UUID,
    now: datetime,
    *,
    because: str = "better original",
    members_changed: bool = False,
) -> None:
    """Choose a story's original among the articles that are there. A change is recorded, with its reason.

    Args:
        connection: a writing transaction.
        story: its id, which stays.
        now: when.
        because: what led to it, for the record.
        members_changed: record it even if the original stays.
    """
    chosen = choose(connection, story)
    if chosen is None:
        return
    before = connection.execute(select(stories.c.original).where(stories.c.id == story)).scalar_one()
    told = {"original": chosen.article, "published": chosen.published, "reason": chosen.reason}
    connection.execute(update(stories).where(stories.c.id == story).values(told))
    if chosen.article != before or members_changed:
        fact = Merge(id=story, recorded=now, original=chosen.article, articles=chosen.articles, reason=because)
        append_fact(connection, fact)
        if chosen.article != before:
            connection.execute(update(stories).where(stories.c.id == story).values(updated=timestamp(now)))


def _first(connection: Connection, story: UUID) -> tuple[Any, ...]:
    """What stories are ordered by: which one was there first."""
    first = select(articles.c.first_seen, articles.c.published, articles.c.id).where(articles.c.story == story)
    row = connection.execute(first.order_by(articles.c.first_seen, articles.c.published, articles.c.id).limit(1)).one()
    return (row.first_seen, row.published, row.id)
