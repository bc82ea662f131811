"""Removals: when a page that is not found any more is believed to be gone.

One page that answers "not found" may be gone; a site whose pages all do is broken, or moved house. So a miss is only
counted when it is met, and what it means is decided when the run is over and it is known how the site answered
otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from items.run import Cause, Outcome
from pipelines.archive.archive import timestamp
from pipelines.archive.articles import RECHECKS, Kept, remove
from pipelines.archive.clock import tick
from pipelines.archive.tables import addresses, articles, ledger

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

_NOT_FOUND, _GONE = 404, 410

_SURE = 2
"""Looks in a row that must find a page missing before it may count as removed: servers have bad moments."""

_LONG_SURE = 8
"""Looks in a row, a month's at least, after which it counts as removed though most of its site's pages do."""

_WELL = (Outcome.KEPT, Outcome.COPY, Outcome.VERSION, Outcome.UNCHANGED)


def is_missing(status: int | None, cause: Cause | None) -> bool:
    """Whether an answer says that there is no such page."""
    return status in (_NOT_FOUND, _GONE) or cause is Cause.SOFT_404


def miss(connection: Connection, url: str) -> Kept | None:
    """Count that an article's page is missing, and plan another look: `settle` decides what that means.

    Returns:
        What became of it; None when no article that is there has this URL.
    """
    now = tick(connection)
    row = connection.execute(select(articles).join(addresses).where(addresses.c.url == url)).first()
    if row is None or row.removed:
        return None
    again = timestamp(now + RECHECKS[min(row.misses, len(RECHECKS) - 1)])
    counted = {"misses": row.misses + 1, "next_check": again}
    connection.execute(update(articles).where(articles.c.id == row.id).values(counted))
    return Kept(Outcome.UNCHANGED, row.id)


def settle(connection: Connection, run: int) -> None:
    """Remove the articles that a run found missing, as far as that is believed.

    It is when an article was missing twice in a row, or is "gone", and the site answers otherwise: with at least as
    many article pages as are missing, or, for a single one, with a list.

    Args:
        connection: a writing transaction.
        run: the one that is ending; what it met is in the ledger.
    """
    missing = select(ledger.c.site, ledger.c.article, articles.c.misses, func.max(ledger.c.http_status).label("status"))
    missing = missing.join(articles, articles.c.id == ledger.c.article).where(
        ledger.c.run == run,
        ledger.c.kind == "article",
        ledger.c.outcome == Outcome.UNCHANGED,
        articles.c.removed.is_(False),
        articles.c.misses > 0,
        or_(ledger.c.http_status.in_((_NOT_FOUND, _GONE)), ledger.c.cause == Cause.SOFT_404),
    )
    found = connection.execute(missing.group_by(ledger.c.site, ledger.c.article, articles.c.misses)).all()
    by_site: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        by_site[row.site].append(row)
    for site, rows in by_site.items():
        well = _answered_well(connection, run, site)
        few = len(rows) <= well or (len(rows) == 1 and _has_list(connection, run, site))
        for row in rows:
            sure = row.misses >= _SURE or row.status == _GONE
            if (few and sure) or (well and row.misses >= _LONG_SURE):
                _remove(connection, run, row.article)


def _remove(connection: Connection, run: int, article: UUID) -> None:
    remove(connection, article)
    its_rows = (ledger.c.run == run, ledger.c.article == article, ledger.c.outcome == Outcome.UNCHANGED)
    connection.execute(update(ledger).where(*its_rows).values(outcome=Outcome.REMOVED))


def _answered_well(connection: Connection, run: int, site: str) -> int:
    """How many article pages of a site answered in a run as such pages do."""
    pages = select(func.count()).where(ledger.c.run == run, ledger.c.site == site, ledger.c.kind == "article")
    fine = pages.where(ledger.c.outcome.in_(_WELL), or_(ledger.c.cause.is_(None), ledger.c.cause == Cause.NOT_MODIFIED))
    return int(connection.execute(fine).scalar_one())


def _has_list(connection: Connection, run: int, site: str) -> bool:
    """Whether a list of a site was read in a run."""
    lists = select(ledger.c.id).where(ledger.c.run == run, ledger.c.site == site, ledger.c.kind != "article")
    return connection.execute(lists.where(ledger.c.outcome == Outcome.READ).limit(1)).first() is not None
