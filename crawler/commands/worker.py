"""`newsloom worker`: one of many on an archive in PostgreSQL; or a job put into their queue."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from crawler.cluster import due
from crawler.cluster.queue import app_of, conninfo_of, make_tables, put
from crawler.config import load_config
from crawler.output import complain, say, say_json
from crawler.sites import sites_to_crawl
from items.errors import ConfigError
from pipelines.archive import Archive

if TYPE_CHECKING:
    import argparse

    from crawler.cluster.queue import Job
    from crawler.config import Config

EXAMPLE = "newsloom worker"

_PUT = ("crawl", "backfill", "replay", "publish")

_FIRST = 1000
"""What a person asks for comes before what is due."""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--name", help="by which this worker is known (default: the machine's, and the process)")
    parser.add_argument(
        "--put", choices=_PUT, metavar="JOB", help=f"put jobs into the queue and end: {', '.join(_PUT)}"
    )
    parser.add_argument("site", nargs="*", help="of these sites, with --put")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop, or put jobs into the queue."""
    config = load_config(options.config)
    if options.site and not options.put:
        raise ConfigError(
            "a worker takes the sites that newsloom.toml names; `--put crawl SITE` puts one before others"
        )
    conninfo = conninfo_of(config.database_url)
    Archive(config.database_url).close()  # brings the tables up to date, or says why it can't
    make_tables(conninfo)
    if options.put:
        jobs = _jobs(config, options.put, options.site)
        new = asyncio.run(_put(conninfo, jobs))
        if options.json:
            say_json({"jobs": len(jobs), "new": new})
        elif not options.quiet:
            say(
                f"{new} jobs put into the queue"
                + (f", {len(jobs) - new} wait there already" if new < len(jobs) else "")
            )
        return 0
    from crawler.cluster.worker import work  # noqa: PLC0415  # needs what only workers have

    work(config, options.config, options.name, (lambda _: None) if options.quiet else complain)
    sys.stderr.flush()
    return 0


def _jobs(config: Config, kind: str, named: list[str]) -> list[Job]:
    sites, _ = sites_to_crawl(config, named)
    if kind == "crawl":
        return [due.crawl_of(site, _FIRST) for site in sites]
    if kind == "backfill":
        return [job for site in sites for job in due.backfills_of(site)]
    if kind == "replay":
        return due.replays_of(config.all_captures.names(), [site.id for site in sites] if named else [])
    return [due.PUBLISH]


async def _put(conninfo: str, jobs: list[Job]) -> int:
    app = app_of(conninfo)
    async with app.open_async():
        return sum([await put(app, job) for job in jobs])
