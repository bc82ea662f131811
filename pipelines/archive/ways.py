"""How far each way was read: what a run may take as known, and the gaps until a later run closes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, delete, func, insert, select, update

from items.run import Cause, Outcome
from items.way import Gap, Known, Way
from pipelines.archive.archive import timestamp
from pipelines.archive.clock import tick
from pipelines.archive.tables import addresses, articles, gaps, ledger, runs, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row

_AT_ONCE = 500
"""URLs in one query: within every database's limit of parameters."""

_TRIES_FOR = timedelta(days=7)
_MOST_TRIES = 5
"""An article that failed is asked for again in later runs, this long and this often, though no list names it."""

_PATIENCE = tuple(timedelta(hours=hours) for hours in (0, 0, 1, 4, 12, 24, 72, 168))
"""How long an address is left alone of which nothing came never, once, twice, ... in a row; the last holds on."""

_VAIN = frozenset({Outcome.FAILED, Outcome.REJECTED})


def look(connection: Connection, site: str, urls: Iterable[str]) -> dict[str, Known]:
    """What is known of the URLs: since when, and when an article of it was last seen."""
    found: dict[str, Known] = {}
    for part in _parts(urls):
        tried = (
            select(ledger.c.url, func.min(runs.c.started).label("since"))
            .join(runs, runs.c.id == ledger.c.run)
            .where(ledger.c.site == site, ledger.c.kind == "article", ledger.c.url.in_(part))
            .where(ledger.c.outcome != Outcome.SKIPPED)
            .group_by(ledger.c.url)
        )
        found.update({row.url: Known(_moment(row.since)) for row in connection.execute(tried)})
        kept = (
            select(addresses.c.url, articles.c.first_seen, articles.c.last_seen)
            .join(articles, articles.c.id == addresses.c.article)
            .where(addresses.c.url.in_(part))
        )
        found.update(
            {row.url: Known(_moment(row.first_seen), _moment(row.last_seen)) for row in connection.execute(kept)}
        )
    return found


def failed_urls(connection: Connection, site: str) -> list[str]:
    """Article URLs of a site that failed lately or were not asked for, were never read, and are worth another try."""
    since = timestamp(datetime.now(UTC) - _TRIES_FOR)
    put_off = ledger.c.cause.in_((Cause.BUDGET, Cause.PAUSED, Cause.STOPPED))
    failed = ledger.c.outcome == Outcome.FAILED
    good = func.sum(case((failed | put_off, 0), else_=1))
    rows = (
        select(ledger.c.url)
        .join(runs, runs.c.id == ledger.c.run)
        .where(ledger.c.site == site, ledger.c.kind == "article", runs.c.started >= since)
        .where(ledger.c.url.not_in(select(addresses.c.url)))
        .group_by(ledger.c.url)
        .having(good == 0, func.sum(case((failed, 1), else_=0)) < _MOST_TRIES)
        .order_by(func.min(ledger.c.id))
    )
    return list(connection.execute(rows).scalars())


def put_off(connection: Connection, site: str, urls: Iterable[str]) -> dict[str, datetime]:
    """Until when addresses of articles are best left alone, of which again and again nothing came."""
    now, vain = datetime.now(UTC), dict[str, list[str]]()
    ended = set[str]()
    for part in _parts(urls):
        rows = (
            select(ledger.c.url, ledger.c.outcome, runs.c.started)
            .join(runs, runs.c.id == ledger.c.run)
            .where(ledger.c.site == site, ledger.c.kind == "article", ledger.c.url.in_(part))
            .where(ledger.c.outcome != Outcome.SKIPPED)
            .order_by(ledger.c.id.desc())
        )
        for url, outcome, started in connection.execute(rows):
            if outcome not in _VAIN:
                ended.add(url)
            elif url not in ended:
                vain.setdefault(url, []).append(started)
    until = {url: _moment(tries[0]) + _PATIENCE[min(len(tries), len(_PATIENCE) - 1)] for url, tries in vain.items()}
    return {url: moment for url, moment in until.items() if moment > now}


def read_way(connection: Connection, site: str, url: str) -> Way:
    """How far a way was read; nothing of it when no run has come to its end yet."""
    row = connection.execute(select(ways).where(ways.c.site == site, ways.c.url == url)).first()
    open_here = [gap for gap in open_gaps(connection, site) if gap.way == url]
    return Way(
        site=site,
        url=url,
        walked=_moment(row.walked) if row else None,
        newest=row.newest if row else None,
        gaps=open_here,
    )


def open_gaps(connection: Connection, site: str | None = None) -> list[Gap]:
    """The gaps that no run has closed, newest first; of one site or of all."""
    rows = select(gaps).where(gaps.c.closed.is_(None)).order_by(gaps.c.site, gaps.c.opened.desc(), gaps.c.id.desc())
    return [_gap(row) for row in connection.execute(rows if site is None else rows.where(gaps.c.site == site))]


def keep_gap(connection: Connection, gap: Gap) -> int:
    """Write a gap as it is now, and return its number."""
    row = {**gap.model_dump(mode="json", exclude={"id"}), "closed": None}
    if gap.id is None:
        return int(connection.execute(insert(gaps).values(row).returning(gaps.c.id)).scalar_one())
    connection.execute(update(gaps).where(gaps.c.id == gap.id).values(row))
    return gap.id


def keep_way(connection: Connection, way: Way, *, newest: str | None) -> None:
    """Write what gaps a way has now, closing those that it has no longer.

    Args:
        connection: a writing transaction.
        way: as the run leaves it.
        newest: the article at its top, when the run read it from its top.
    """
    still = [keep_gap(connection, gap) for gap in way.gaps]
    gone = update(gaps).where(gaps.c.site == way.site, gaps.c.way == way.url, gaps.c.closed.is_(None))
    connection.execute(gone.where(gaps.c.id.not_in(still)).values(closed=timestamp()))
    if newest is not None:
        now = timestamp(tick(connection))  # the clock that articles were first seen by
        connection.execute(delete(ways).where(ways.c.site == way.site, ways.c.url == way.url))
        row = {"site": way.site, "url": way.url, "walked": now, "newest": newest}
        connection.execute(insert(ways).values(row))


def _gap(row: Row[Any]) -> Gap:
    return Gap.model_validate({name: value for name, value in row._asdict().items() if name != "closed"})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _parts(urls: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(urls))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
