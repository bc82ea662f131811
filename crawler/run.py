"""One run from start to ledger: lock, crawl, publish."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings
from crawler.collector import relax_collector
from crawler.fetch import chromium
from crawler.fetch.throttle import DELAYS
from crawler.health.check import check_sites
from crawler.health.metrics import write_metrics
from crawler.health.notify import notify
from crawler.lock import run_lock
from crawler.publishing import publish_all
from crawler.samples_server import SampleSites
from crawler.sites import all_sites, fixtures_folder, sites_to_crawl
from items.errors import ArchiveError, SiteFileError
from items.health import TROUBLED
from items.site import load_sites
from pipelines.archive import Archive
from pipelines.archive.desk import Desk
from pipelines.archive.health import all_health
from pipelines.archive.hold import EVERY_SITE, hold
from pipelines.stories.credit import names_of
from spiders.site import SiteSpider

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrapy.crawler import Crawler

    from crawler.config import Config
    from items.health import SiteHealth
    from items.run import Run
    from items.site import Site
    from pipelines.publish.publish import Published


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went.

    Attributes:
        run: the ledger.
        published: what publishing changed.
        site_errors: site files that could not be read.
        health: the verdict of every site that was crawled.
        untold: ways of notifying that failed, a line each.
    """

    run: Run
    published: Published
    site_errors: list[SiteFileError]
    health: list[SiteHealth]
    untold: list[str]

    @property
    def exit_status(self) -> int:
        """0 all well, 2 some sites are in trouble, 3 nothing could be crawled or published."""
        if self.published.trouble and not self.published.feeds:
            return 3
        troubled = self.site_errors or self.published.trouble or any(site.verdict in TROUBLED for site in self.health)
        if not any(site.listed or site.resting for site in self.run.sites):
            return 3
        return 2 if troubled else 0


class DeskExtension:
    """Gives a spider that Scrapy's own command started the desk that `newsloom crawl` would have given it.

    Args:
        crawler: Scrapy's.
    """

    def __init__(self, crawler: Crawler) -> None:
        if getattr(crawler.spider, "desk", None) is None:
            archive = Archive(crawler.settings["NEWSLOOM_DATABASE"])
            sites, _ = load_sites(map(Path, crawler.settings.getlist("NEWSLOOM_SITES")))
            desk = crawler.spider.desk = Desk(archive, names=names_of(sites.values()))  # type: ignore[union-attr]
            crawler.signals.connect(desk.close, signals.spider_closed, weak=False)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension."""
        return cls(crawler)


def crawl(
    config: Config,
    named: Sequence[str] = (),
    *,
    recheck: bool = False,
    backfill: bool = False,
    quiet: bool = False,
) -> RunReport:
    """Crawl the sites, then publish.

    Args:
        config: newsloom.toml.
        named: ids of the sites, whose lists are then looked at though they rest; none means those that the
            configuration says.
        recheck: look again at every known article.
        backfill: walk on through everything that earlier runs left unread.
        quiet: show no progress, even on a terminal.

    Raises:
        NewsloomError: the run could not begin or publish at all; its text says why.
    """
    sites, errors = sites_to_crawl(config, named)
    if lacks := chromium.lacks():
        errors += [SiteFileError(f"{site.id}: {lacks}") for site in sites if site.javascript]
        sites = [site for site in sites if not site.javascript]
    with run_lock(config.data_folder):
        archive = Archive(config.database_url)
        try:
            with hold(archive, *({site.domain for site in sites} if named else {EVERY_SITE}), shared=bool(named)):
                crawled = crawl_sites(
                    config, archive, sites, recheck=recheck, backfill=backfill, wakes=bool(named), quiet=quiet
                )
                run = crawled.run
                health = check_sites(archive, run.id, sites, partial(fixtures_folder, config))
            published = publish_all(config, archive)
            published.trouble += put_away(config)
            with archive.reading() as connection:
                write_metrics(config.data_folder, run, all_health(connection))
            return RunReport(run, published, errors, health, notify(archive, config.notify))
        finally:
            archive.close()


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl leaves.

    Attributes:
        run: the ledger.
        delays: seconds that each registrable domain was left between two requests, in the end.
    """

    run: Run
    delays: dict[str, float]


def crawl_sites(
    config: Config,
    archive: Archive,
    sites: list[Site],
    *,
    recheck: bool = False,
    backfill: bool = False,
    wakes: bool = False,
    quiet: bool = True,
    given: Callable[[Desk], None] = lambda _: None,
) -> Crawled:
    """Crawl sites into an archive, in this process, which can do so once.

    Args:
        config: newsloom.toml.
        archive: where everything is kept.
        sites: what to crawl.
        recheck: look again at every known article.
        backfill: walk on through everything that earlier runs left unread.
        wakes: look at lists though they rest.
        quiet: show no progress, even on a terminal.
        given: told of the desk before the crawl begins.

    Raises:
        ArchiveError: the archive could not be written to; what was kept before stays.
    """
    own = {site.id: site.recheck for site in sites if "recheck" in site.model_fields_set}
    names = names_of(all_sites(config)[0].values())
    rest = timedelta(hours=config.crawl.rest)
    desk = Desk(archive, names=names, recheck=recheck, rechecks=own, wakes=wakes, rest=rest)
    given(desk)
    with SampleSites() if config.crawl.samples else nullcontext() as samples:
        all_settings = Settings()
        all_settings.setmodule(settings)
        all_settings.setdict(settings.settings_for(config, sites, quiet=quiet))
        if samples is not None:
            all_settings.set("NEWSLOOM_PROXY", samples.proxy_url)
        process = AsyncCrawlerProcess(all_settings)
        crawler = process.create_crawler(SiteSpider)
        process.crawl(crawler, sites=sites, desk=desk, backfill=backfill)
        relax_collector()
        process.start()
    if desk.failure is not None:
        raise ArchiveError(f"{desk.failure}; the run was stopped, what was kept before stays") from desk.error
    assert crawler.stats is not None
    return Crawled(desk.close(), crawler.stats.get_value(DELAYS, {}))


def put_away(config: Config) -> list[str]:
    """Bring captures into the bucket, and drop old ones; what went wrong, a line each."""
    captures = config.all_captures
    try:
        captures.bring_up()
        if config.captures.days:
            captures.drop_old(config.captures.days)
    except (ArchiveError, OSError) as error:
        return [str(error)]
    return []
