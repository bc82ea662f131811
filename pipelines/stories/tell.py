"""A story told to a person: its articles, why each is in it, and what it is linked with."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from sqlalchemy import or_, select

from items.article import Model
from pipelines.archive.tables import articles, links, records, rulings, stories

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Member(Model):
    """An article of a story."""

    article: UUID
    site: str
    url: str
    title: str
    published: str
    """Where it stands in time, UTC."""
    removed: bool
    joined: str | None = None
    """What it was joined by: what was seen between it and another article of the story, or an operator's ruling."""


class StoryLink(Model):
    """An article that is shown beside the story, and not in it."""

    kind: str
    article: UUID
    url: str
    story: UUID
    certainty: float
    reason: str


class Told(Model):
    """A story and all that is known of how it came about."""

    story: UUID
    original: UUID
    original_url: str | None
    reason: str
    articles: list[Member]
    links: list[StoryLink]


def tell(connection: Connection, article: UUID) -> Told:
    """The story that an article is in."""
    story = select(articles.c.story).where(articles.c.id == article).scalar_subquery()
    about = connection.execute(select(stories).where(stories.c.id == story)).one()
    rows = connection.execute(
        select(articles, records.c.line)
        .join_from(articles, records, articles.c.seq == records.c.seq)
        .where(articles.c.story == about.id)
        .order_by(articles.c.published, articles.c.first_seen, articles.c.site, articles.c.id)
    ).all()
    within = {row.id: row for row in rows}
    either = or_(links.c.article.in_(within), links.c.other.in_(within))
    found = connection.execute(select(links).where(either).order_by(links.c.certainty.desc())).all()
    joined: dict[UUID, str] = {}
    for link in found:
        if link.kind == "copy" and link.article in within and link.other in within:
            joined.setdefault(link.article, f"{within[link.other].site}, {link.certainty:.2f}: {link.reason}")
    by_hand = select(rulings).where(
        rulings.c.same.is_(True), rulings.c.article.in_(within), rulings.c.other.in_(within)
    )
    for ruling in connection.execute(by_hand):
        joined[ruling.article] = joined[ruling.other] = "joined by an operator"
    beside = [(link, link.other if link.article in within else link.article) for link in found]
    shown = [(link, other) for link, other in beside if link.kind != "copy" and other not in within]
    known = select(articles.c.id, articles.c.canonical_url, articles.c.story)
    others = {r.id: r for r in connection.execute(known.where(articles.c.id.in_({other for _, other in shown})))}
    return Told(
        story=about.id,
        original=about.original,
        original_url=within[about.original].canonical_url if about.original in within else None,
        reason=about.reason,
        articles=[
            Member(
                article=row.id,
                site=row.site,
                url=row.canonical_url,
                title=orjson.loads(row.line).get("title") or "(removed)",
                published=row.published,
                removed=row.removed,
                joined=joined.get(row.id),
            )
            for row in rows
        ],
        links=[
            StoryLink(
                kind=link.kind,
                article=other,
                url=others[other].canonical_url,
                story=others[other].story,
                certainty=link.certainty,
                reason=link.reason,
            )
            for link, other in shown
        ],
    )
