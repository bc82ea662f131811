"""The ledger: each run, and how every URL of it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select, update

from items.run import TROUBLE, Entry, Outcome, Run, SiteCount
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import ledger, run_sites, runs
from pipelines.archive.ways import open_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


_SEEN = select(ledger.c.id).where(
    ledger.c.run == bindparam("run"), ledger.c.site == bindparam("site"), ledger.c.url == bindparam("url")
)


def start_run(connection: Connection) -> int:
    """Begin a run and return its number."""
    return int(connection.execute(insert(runs).values(started=timestamp()).returning(runs.c.id)).scalar_one())


def note(connection: Connection, run: int, entry: Entry) -> None:
    """Write how a URL ended. A URL has one end in a run: what is said first holds."""
    row = entry.model_dump(include={"site", "url", "kind", "outcome", "cause", "reason", "http_status", "article"})
    if connection.execute(_SEEN, {"run": run, "site": entry.site, "url": entry.url}).first() is None:
        connection.execute(insert(ledger), row | {"run": run})


def note_listed(connection: Connection, run: int, counts: Iterable[tuple[str, int, int]]) -> None:
    """Write, per site, how many articles were listed and how many of them were known."""
    rows = [{"run": run, "site": site, "listed": listed, "known": known} for site, listed, known in counts]
    if rows:
        connection.execute(insert(run_sites), rows)


def finish_run(connection: Connection, run: int) -> None:
    """Say that a run came to its end."""
    connection.execute(update(runs).where(runs.c.id == run).values(finished=timestamp()))


def read_run(connection: Connection, run: int) -> Run:
    """A run with its count for each site."""
    row = connection.execute(select(runs).where(runs.c.id == run)).one()
    sites = {
        r.site: SiteCount(site=r.site, listed=r.listed, outcomes={Outcome.KNOWN: r.known} if r.known else {})
        for r in connection.execute(select(run_sites).where(run_sites.c.run == run).order_by(run_sites.c.site))
    }
    of_articles = (
        select(ledger.c.site, ledger.c.outcome, func.count().label("n"))
        .where(ledger.c.run == run, ledger.c.kind == "article")
        .group_by(ledger.c.site, ledger.c.outcome)
    )
    for r in connection.execute(of_articles):
        sites.setdefault(r.site, SiteCount(site=r.site)).outcomes[Outcome(r.outcome)] = r.n
    troubled = select(ledger).where(ledger.c.run == run, ledger.c.outcome.in_(TROUBLE)).order_by(ledger.c.id)
    for r in connection.execute(troubled):
        sites.setdefault(r.site, SiteCount(site=r.site)).trouble.append(f"{r.url}: {r.reason or r.outcome}")
    skipped = (ledger.c.kind != "article", ledger.c.outcome == Outcome.SKIPPED)
    for r in connection.execute(select(ledger).where(ledger.c.run == run, *skipped).order_by(ledger.c.id)):
        sites.setdefault(r.site, SiteCount(site=r.site)).resting.append(f"{r.url}: {r.reason}")
    for gap in open_gaps(connection):
        if gap.site in sites:
            sites[gap.site].gaps.append(gap)
    return Run(id=run, started=row.started, finished=row.finished, sites=list(sites.values()))


def last_run(connection: Connection) -> Run | None:
    """The newest run that came to its end; None before the first."""
    newest = connection.execute(select(func.max(runs.c.id)).where(runs.c.finished.is_not(None))).scalar()
    return None if newest is None else read_run(connection, newest)
