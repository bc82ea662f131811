"""`newsloom sites rules ID`: the field rules of a site whose layout changed, learned from articles that are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from typing import TYPE_CHECKING

from crawler.fetch.once import errand
from crawler.onboarding.add import agrees
from crawler.onboarding.guess import is_loopback
from crawler.onboarding.learn import learn
from crawler.onboarding.proposal import Proposal
from crawler.onboarding.sample import Sample
from crawler.onboarding.show import as_json, show
from crawler.onboarding.toml import site_toml
from crawler.output import complain, say, say_json
from crawler.sites import sites_to_crawl
from items.errors import NewsloomError
from items.site import Layout
from pipelines.archive import Archive
from pipelines.archive.account import newest_articles
from spiders.discover import Listed
from spiders.parsing.opened import open_with_blocks

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from crawler.config import Config
    from crawler.fetch.once import Fetch
    from items.site import FieldRule, Site

_SAMPLES = 6
_TRIED = 12
"""Articles that are asked for: some may be gone."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", metavar="ID")
    parser.add_argument("--yes", action="store_true", help="write without asking")


def run(options: argparse.Namespace, config: Config) -> int:
    """Learn, show the difference, ask, write; 2 when a field is unsure or a difference was not written."""
    (site,), _ = sites_to_crawl(config, [options.site])
    archive = Archive(config.database_url)
    with archive.reading() as connection:
        known = [
            Listed(record.url, title=record.title, date=record.published.at[:10] if record.published else None)
            for record in newest_articles(connection, site.id, _TRIED)
        ]
    archive.close()
    if len(known) < 2:
        raise NewsloomError(f"the archive has fewer than two articles of {site.id!r}; `newsloom crawl {site.id}` first")

    async def work(fetch: Fetch) -> list[Sample]:
        return await _samples(known, fetch, site)

    samples = errand(work, config, sites=[site], delay=0 if is_loopback(site.home) else site.politeness.delay)
    if len(samples) < 2:
        raise NewsloomError(f"fewer than two of the newest {len(known)} articles of {site.id!r} could be fetched")
    learned = learn(samples, site)
    proposal = Proposal(relaid(site, learned.fields), learned, samples)
    difference = [*unified_diff(site_toml(site).splitlines(), site_toml(proposal.site).splitlines(), lineterm="", n=1)][
        2:
    ]
    if not options.json:
        show(proposal)
        say("\n".join(["", *(difference or ["the rules stay as they are"])]))
    folder = config.home / config.sites
    if not difference or not (options.yes or agrees(f"write {folder / site.id}.toml?")):
        return 2 if difference else proposal.exit_status
    file, fixtures = proposal.write(folder)
    if options.json:
        say_json(as_json(proposal) | {"file": str(file), "fixtures": fixtures, "difference": difference})
    else:
        say(f"wrote {file} and {fixtures} fixtures")
    for line in proposal.unsure:
        complain(f"unsure: {line}")
    return proposal.exit_status


def relaid(site: Site, fields: Mapping[str, FieldRule]) -> Site:
    """The site with new rules from today on; the old ones become a layout that ended yesterday."""
    today = datetime.now(UTC).date()
    layouts = [*site.layouts]
    ended = max((layout.until for layout in layouts), default=None)
    if site.fields and site.fields != fields and (ended is None or ended < today - timedelta(days=1)):
        since = ended + timedelta(days=1) if ended else None
        layouts.append(Layout(since=since, until=today - timedelta(days=1), fields=site.fields))
    checked = f"{today} live, by `newsloom sites rules`"
    return site.model_copy(update={"fields": fields, "layouts": layouts, "checked": checked})


async def _samples(known: Sequence[Listed], fetch: Fetch, site: Site) -> list[Sample]:
    samples: list[Sample] = []
    for link in known:
        answer = await fetch(link.url)
        if answer.fault is None and len(samples) < _SAMPLES:
            opened = open_with_blocks(
                answer.body, url=answer.final_url, content_type=answer.content_type, encoding=site.charset
            )
            samples.append(Sample(answer.final_url, answer.body, answer.content_type, datetime.now(UTC), link, opened))
    return samples
