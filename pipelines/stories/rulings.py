"""What an operator ruled of two articles: it stands above every other decision, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, insert, or_, select

from pipelines.archive.archive import timestamp
from pipelines.archive.tables import rulings

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection


def rule(connection: Connection, one: UUID, other: UUID, *, same: bool, now: datetime) -> None:
    """Write down whether two articles are of one story, in the place of what was ruled before."""
    low, high = sorted((one, other))
    connection.execute(delete(rulings).where(rulings.c.article == low, rulings.c.other == high))
    connection.execute(insert(rulings).values(article=low, other=high, same=same, at=timestamp(now)))


def held(connection: Connection, article: UUID) -> set[UUID]:
    """The articles that an operator joined an article with."""
    either = or_(rulings.c.article == article, rulings.c.other == article)
    rows = connection.execute(select(rulings).where(either, rulings.c.same.is_(True)))
    return {r.other if r.article == article else r.article for r in rows}


def apart(connection: Connection, some: Collection[UUID], others: Collection[UUID]) -> bool:
    """Whether an operator parted any of some articles from any of others."""
    across = or_(
        and_(rulings.c.article.in_(some), rulings.c.other.in_(others)),
        and_(rulings.c.article.in_(others), rulings.c.other.in_(some)),
    )
    return connection.execute(select(rulings.c.same).where(rulings.c.same.is_(False), across)).first() is not None


def lift(connection: Connection, among: Collection[UUID]) -> None:
    """Let go of what parted any of these articles from another of them."""
    within = and_(rulings.c.article.in_(among), rulings.c.other.in_(among), rulings.c.same.is_(False))
    connection.execute(delete(rulings).where(within))
