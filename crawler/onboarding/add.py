"""`newsloom sites add URL`: a new site, from its address to its file, fixtures and baseline."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from crawler.fetch.once import errand
from crawler.onboarding.explore import UnexplorableError
from crawler.onboarding.guess import is_loopback
from crawler.onboarding.proposal import propose
from crawler.onboarding.show import as_json, show
from crawler.output import complain, say, say_json
from crawler.sites import all_sites
from items.domain import registrable_domain
from items.errors import NewsloomError

if TYPE_CHECKING:
    import argparse

    from crawler.config import Config
    from crawler.fetch.once import Fetch
    from crawler.onboarding.proposal import Proposal


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("url", help="the site's home page, or a page that lists its news")
    parser.add_argument("--id", help="the id to give it (default: from its address)")
    parser.add_argument("--zone", help="its time zone, such as Europe/London (default: guessed)")
    parser.add_argument("--yes", action="store_true", help="write without asking")


def run(options: argparse.Namespace, config: Config) -> int:
    """Look, propose, ask, write; 2 when a field is unsure or nothing was written."""
    sites, _ = all_sites(config)
    if options.id in sites:
        raise NewsloomError(
            f"there is a site {options.id!r} already; `newsloom sites rules {options.id}` learns it anew"
        )

    for site in sites.values():
        if site.domain == registrable_domain(options.url):
            complain(f"note: {site.id} describes {site.domain} already; `newsloom sites show {site.id}` shows it")

    async def work(fetch: Fetch) -> Proposal:
        return await propose(options.url, fetch, taken=sites, identity=options.id, zone=options.zone)

    try:
        proposal = errand(work, config, named=[options.url], delay=0 if is_loopback(options.url) else None)
    except UnexplorableError as error:
        raise NewsloomError(str(error)) from None
    if not options.json:
        show(proposal)
    if not (options.yes or agrees(f"write {config.home / config.sites / proposal.site.id}.toml?")):
        return 2
    file, fixtures = proposal.write(config.home / config.sites)
    if options.json:
        say_json(as_json(proposal) | {"file": str(file), "fixtures": fixtures})
    else:
        say(f"wrote {file} and {fixtures} fixtures; `newsloom crawl {proposal.site.id}` crawls it")
    for line in proposal.unsure:
        complain(f"unsure: {line}")
    return proposal.exit_status


def agrees(question: str) -> bool:
    """Whether the user says yes; without anybody to ask, no."""
    if not sys.stdin.isatty():
        complain("nothing was written; call it with --yes to write without asking")
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "j", "ja", "是")
