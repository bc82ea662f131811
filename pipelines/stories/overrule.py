"""What an operator decides: articles joined or parted for good, whatever the texts say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from pipelines.archive.clock import tick
from pipelines.archive.tables import addresses, articles
from pipelines.stories import rulings
from pipelines.stories import story as stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


def find(connection: Connection, named: str) -> UUID | None:
    """The id of the article that is named by its id, or by any URL that led to it; None when there is none."""
    try:
        wanted = articles.c.id == UUID(named)
    except ValueError:
        led_to_it = select(addresses.c.article).where(addresses.c.url == named)
        wanted = or_(articles.c.canonical_url == named, articles.c.id.in_(led_to_it))
    return connection.execute(select(articles.c.id).where(wanted)).scalar()


def join(connection: Connection, named: Sequence[UUID]) -> UUID:
    """Put articles into one story, with all that are in theirs. What was ruled before between them no longer holds.

    Returns:
        The story.
    """
    now = tick(connection)
    found = [_story(connection, article) for article in named]
    everyone = {m for one in set(found) for m in stories.members(connection, one)}
    rulings.lift(connection, everyone)
    for one, other in combinations(sorted(set(named)), 2):
        rulings.rule(connection, one, other, same=True, now=now)
    kept, *others = dict.fromkeys(found)
    for other_story in others:
        kept = stories.merge(connection, kept, other_story, now, "joined by an operator")
    return kept


def part(connection: Connection, article: UUID) -> UUID:
    """Put an article into a story of its own, for good: it never again joins those that it was with.

    Returns:
        Its story now; the one that it was in, if it was alone there.
    """
    now = tick(connection)
    for other in stories.members(connection, _story(connection, article)):
        if other != article:
            rulings.rule(connection, article, other, same=False, now=now)
    return stories.part(connection, article, now, "parted by an operator")


def _story(connection: Connection, article: UUID) -> UUID:
    found: UUID = connection.execute(select(articles.c.story).where(articles.c.id == article)).scalar_one()
    return found
