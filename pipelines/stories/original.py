"""The original: of a story's articles the one that wrote it first, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from pipelines.archive.tables import articles, records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True)
class Chosen:
    """The original of a story.

    Attributes:
        article: its id.
        published: where it stands in time, as the archive writes it.
        articles: all of the story that are there, in order of publication.
        reason: why it is the original, in a few words.
    """

    article: UUID
    published: str
    articles: list[UUID]
    reason: str


_MEMBERS = (
    select(
        articles.c.id, articles.c.site, articles.c.published, articles.c.first_seen, articles.c.credited,
        articles.c.credits, records.c.line,
    )
    .join_from(articles, records, articles.c.seq == records.c.seq)
    .where(articles.c.removed.is_(False))
    .order_by(articles.c.published, articles.c.first_seen, articles.c.site, articles.c.id)
)  # fmt: skip


def choose(connection: Connection, story: UUID) -> Chosen | None:
    """The original of a story; None when no article of it is there any more.

    First comes who is credited: an article of a site that others of the story name as their source. Then who credits
    nobody, then who published first, as precisely as that is known, then who was seen first, then the site's id.
    """
    rows = connection.execute(_MEMBERS.where(articles.c.story == story)).all()
    if not rows:
        return None
    row, reason = _choose(rows)
    return Chosen(row.id, row.published, [r.id for r in rows], reason)


def _choose(rows: Sequence[Any]) -> tuple[Row[Any], str]:
    if len(rows) == 1:
        return rows[0], "the only article"
    named = {r.credits for r in rows if r.credits and r.credits != r.site}
    credited = [r for r in rows if r.site in named]
    unbound = [r for r in (credited or rows) if not r.credited]
    pool, why = credited or rows, []
    if credited:
        others = sum(r.credits in {c.site for c in credited} for r in rows)
        why.append(f"{credited[0].site} is named as the source by {others} of {len(rows)}")
    if unbound and len(unbound) < len(pool):
        why.append("it credits nobody")
    pool = unbound or pool
    row = _earliest(pool)
    if len(pool) > 1:
        why.append(f"it was published first, on {row.published[:10]}" if _is_first(row, pool) else "it was seen first")
    return row, ", ".join(why) or "it credits nobody"


def _earliest(rows: Sequence[Row[Any]]) -> Row[Any]:
    """The first to be published; of one day, where a time can't be held against a mere date, the first to be seen."""
    dated = [r for r in rows if _precision(r)] or rows
    day = min(r.published[:10] for r in dated)
    that_day = [r for r in dated if r.published[:10] == day]
    timed = [r for r in that_day if _precision(r) in ("second", "minute")]
    first = min(timed, key=lambda r: (r.published, r.first_seen, r.site, r.id), default=None)
    rest = [r for r in that_day if r not in timed]
    return min([*([first] if first is not None else []), *rest], key=lambda r: (r.first_seen, r.site, r.id))


def _is_first(row: Row[Any], rows: Sequence[Row[Any]]) -> bool:
    return all(row.published < r.published or not _precision(r) for r in rows if r is not row)


def _precision(row: Row[Any]) -> str | None:
    published = orjson.loads(row.line)["published"]
    return published["precision"] if published else None
