"""What each kind of job does, in the process that is its own. Each may be begun anew: nothing is doubled."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crawler.fetch import chromium
from crawler.health.check import check_sites
from crawler.health.notify import notify
from crawler.lock import run_lock
from crawler.publishing import publish_all
from crawler.replaying import apply, read_file_again
from crawler.run import crawl_sites, put_away
from crawler.sites import all_sites, fixtures_folder, sites_to_crawl
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.archive.hold import hold
from pipelines.stories.credit import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.exc import SQLAlchemyError

    from crawler.config import Config
    from items.site import Site
    from pipelines.archive.desk import Desk

_NEWS = (Outcome.KEPT, Outcome.COPY, Outcome.VERSION, Outcome.REMOVED)


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ended.

    Attributes:
        status: as the command line's: 0 all well, 2 with trouble that another try now would not mend; or `child.LOST`.
        said: one line.
        changed: whether there may be something new to publish.
    """

    status: int
    said: str
    changed: bool = False


def crawl(config: Config, site: str) -> Done:
    """Crawl one site and judge it."""
    return _crawl(config, sites_to_crawl(config, [site])[0][0], backfill=False)


def backfill(config: Config, site: str, part: str) -> Done:
    """Walk on through what no run has read of one way: `part` is its address."""
    whole = sites_to_crawl(config, [site])[0][0]
    ways = {
        kind: [way for way in getattr(whole, kind) if way.url == part] for kind in ("feeds", "sitemaps", "listings")
    }
    if not any(ways.values()):
        return Done(2, f"{site} has no way {part} any more")
    return _crawl(config, whole.model_copy(update=ways), backfill=True)


def _crawl(config: Config, site: Site, *, backfill: bool) -> Done:
    if site.javascript and (lacks := chromium.lacks()):
        return Done(2, lacks)
    desks: list[Desk] = []

    def lost(error: SQLAlchemyError) -> None:
        """End the crawl: the database is away, and with it the right to be the only one at this domain."""
        for desk in desks:
            desk.fail(error)
        os.kill(os.getpid(), signal.SIGTERM)

    with _archive(config) as archive, hold(archive, site.domain, shared=True, lost=lost):
        crawled = crawl_sites(config, archive, [site], backfill=backfill, given=desks.append)
        until = time.monotonic() + crawled.delays.get(site.domain, 0.0)
        if not backfill:  # which sees one way of several, and would call the others lost
            check_sites(archive, crawled.run.id, [site], partial(fixtures_folder, config))
        time.sleep(max(0.0, until - time.monotonic()))  # whoever has the domain next asks it no sooner
    count = next((each for each in crawled.run.sites if each.site == site.id), None)
    outcomes = count.outcomes if count else {}
    news = sum(outcomes.get(outcome, 0) for outcome in _NEWS)
    failed = outcomes.get(Outcome.FAILED, 0)
    said = f"{count.listed if count else 0} listed, {news} new or changed" + (f", {failed} failed" if failed else "")
    return Done(2 if count and count.failed else 0, said, changed=True)


def replay(config: Config, part: str, sites: list[str]) -> Done:
    """Read one file of captures again by the rules of today, and keep what differs: `part` is its name."""
    chosen, _ = sites_to_crawl(config, sites)
    names = names_of(all_sites(config)[0].values())
    changed = pages = 0
    with _archive(config) as archive:
        for read in read_file_again(archive, config.all_captures, part, chosen):
            pages += 1
            changed += apply(archive, read, names)
    return Done(0, f"{pages} pages, {changed} differ", changed=bool(changed))


def publish(config: Config) -> Done:
    """Publish what the archive holds."""
    with _archive(config) as archive:
        published = publish_all(config, archive)
    trouble = f"; {published.trouble[0]}" if published.trouble else ""
    said = f"{published.feeds} feeds, {len(published.changed)} files changed{trouble}"
    return Done((2 if published.feeds else 3) if published.trouble else 0, said)


def health(config: Config) -> Done:
    """Tell people of verdicts that changed."""
    with _archive(config) as archive:
        failures = notify(archive, config.notify)
    return Done(2 if failures else 0, "; ".join(failures) or "told")


def captures(config: Config) -> Done:
    """Put this machine's captures away; a job of each worker's own, in no queue."""
    troubles = put_away(config)
    return Done(2 if troubles else 0, "; ".join(troubles))


JOBS: dict[str, Callable[..., Done]] = {
    "crawl": crawl,
    "backfill": backfill,
    "replay": replay,
    "publish": publish,
    "health": health,
    "captures": captures,
}


@contextmanager
def _archive(config: Config) -> Iterator[Archive]:
    with run_lock(config.data_folder, shared=True):
        archive = Archive(config.database_url)
        try:
            yield archive
        finally:
            archive.close()
