"""`newsloom status`: what the last run found of each site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.output import say, say_json, say_table
from crawler.sites import all_sites
from items.run import Outcome, SiteCount
from pipelines.archive import Archive
from pipelines.archive.ledger import last_run
from pipelines.archive.ways import open_gaps

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom status --json"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: it has none of its own."""


def run(options: argparse.Namespace) -> int:
    """Report; 2 when a site is in trouble."""
    config = load_config(options.config)
    archive = Archive(config.database_url)
    with archive.reading() as connection:
        newest = last_run(connection)
        gaps = open_gaps(connection)
    archive.close()
    if newest is None:
        say_json({"run": None, "sites": []}) if options.json else say(
            "no run has come to its end yet; `newsloom crawl`"
        )
        return 0
    sites, errors = all_sites(config)
    counts = {count.site: count for count in newest.sites}
    verdicts = {site: _verdict(counts.get(site)) for site in sites}
    if options.json:
        found = [
            {
                "site": site,
                "verdict": verdict,
                "evidence": evidence,
                "trouble": counts[site].trouble if site in counts else [],
                "gaps": [gap.model_dump(mode="json") for gap in gaps if gap.site == site],
            }
            for site, (verdict, evidence) in verdicts.items()
        ]
        say_json({"run": newest.model_dump(mode="json", exclude={"sites"}), "sites": found})
    else:
        finished = f", finished {newest.finished:%Y-%m-%d %H:%M} UTC" if newest.finished else ""
        say(f"run {newest.id}{finished}")
        say_table(("site", "verdict", "evidence"), [(site, *verdict) for site, verdict in verdicts.items()])
        for gap in gaps:
            say(f"{gap.site}: {'history' if gap.is_history else 'gap'}: {gap}")
        for error in errors:
            say(str(error))
    return 2 if errors or any(verdict in ("broken", "unreachable") for verdict, _ in verdicts.values()) else 0


def _verdict(count: SiteCount | None) -> tuple[str, str]:
    """A verdict from one run, and the evidence for it."""
    if count is None:
        return "new", "not crawled yet"
    fetched = f"{count.listed} listed, {count.fetched} fetched"
    if count.resting and not (count.listed or count.trouble):
        return "quiet", count.resting[0]
    if not count.listed:
        return ("unreachable" if count.trouble else "broken"), (count.trouble or ["nothing was listed"])[0]
    if count.trouble:
        return "broken", f"{fetched}; {count.trouble[0]}"
    if count.outcomes.get(Outcome.KNOWN, 0) == count.listed:
        return "quiet", f"{count.listed} listed, all known"
    return "healthy", fetched
