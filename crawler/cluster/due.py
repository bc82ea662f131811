"""Which jobs there are to do: sites whose turn has come, the freshest first; what a person asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from crawler.cluster.queue import Job
from pipelines.archive.tables import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from items.site import Feed, Listing, Site, Sitemap

_FRESH = ((timedelta(hours=1), 40), (timedelta(hours=6), 30), (timedelta(days=1), 20), (timedelta(days=7), 10))
"""How lately a list of a site must have changed for the site to be crawled before others."""

_UNKNOWN = 25
"""A site that was never crawled comes between those that have news each day and those that don't."""

PUBLISH = Job("publish", {}, lock="publish", once="publish")
HEALTH = Job("health", {}, lock="health", once="health")


def crawl_of(site: Site, priority: int = 0) -> Job:
    """A site's crawl. Sites of one domain wait for each other, so that its server is asked by one process at a time."""
    return Job("crawl", {"site": site.id}, lock=site.domain, once=f"crawl {site.id}", priority=priority)


def backfills_of(site: Site) -> list[Job]:
    """What no run has read of a site's past, a job for each way that leads there."""
    return [
        Job("backfill", {"site": site.id, "part": url}, lock=site.domain, once=f"backfill {url}")
        for url in ways_of(site)
    ]


def replays_of(names: Iterable[str], sites: Sequence[str]) -> list[Job]:
    """The captures read again, a job for each of these files."""
    return [
        Job("replay", {"part": name, "sites": list(sites)}, lock=f"replay {name}", once=f"replay {name}")
        for name in names
    ]


def ways_of(site: Site) -> list[str]:
    """The addresses of its feeds, sitemaps and listings."""
    ways: tuple[Feed | Sitemap | Listing, ...] = (*site.feeds, *site.sitemaps, *site.listings)
    return [way.url for way in ways]


def freshness(connection: Connection, sites: Sequence[Site], now: datetime | None = None) -> dict[str, int]:
    """The priority of each site's crawl: the later one of its lists changed, the higher."""
    moment = now or datetime.now(UTC)
    of_site = {url: site.id for site in sites for url in ways_of(site)}
    changed: dict[str, str] = {}
    urls = list(of_site)
    for start in range(0, len(urls), 500):
        rows = select(answers.c.url, answers.c.changed).where(answers.c.url.in_(urls[start : start + 500]))
        for row in connection.execute(rows):
            site = of_site[row.url]
            changed[site] = max(changed.get(site, ""), row.changed)
    return {site.id: _priority(changed.get(site.id), moment) for site in sites}


def _priority(changed: str | None, now: datetime) -> int:
    if changed is None:
        return _UNKNOWN
    ago = now - datetime.fromisoformat(changed)
    return next((priority for span, priority in _FRESH if ago <= span), 0)
