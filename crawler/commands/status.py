"""`newsloom status`: each site's verdict, since when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.cluster.state import read_state
from crawler.config import load_config
from crawler.output import say, say_json, say_table
from crawler.sites import all_sites
from items.errors import UnknownSiteError
from items.health import TROUBLED, SiteHealth
from pipelines.archive import Archive
from pipelines.archive.health import all_health
from pipelines.archive.ledger import last_run
from pipelines.archive.ways import open_gaps

if TYPE_CHECKING:
    import argparse

    from crawler.cluster.state import ClusterState
    from items.errors import SiteFileError
    from items.run import Run
    from items.way import Gap

EXAMPLE = "newsloom status silkfed"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", nargs="*", help="only these sites, with all their evidence")
    parser.add_argument(
        "--accept",
        metavar="FIELD",
        help="take this field (or `all`) of the named sites as it now is for usual: the next run ends its alarm",
    )


def run(options: argparse.Namespace) -> int:
    """Report; 2 when a site is in trouble."""
    config = load_config(options.config)
    sites, errors = all_sites(config)
    for name in options.site:
        if name not in sites:
            raise UnknownSiteError(f"no site {name!r}; `newsloom sites list` names those there are")
    archive = Archive(config.database_url)
    try:
        if options.accept:
            return _accept(archive, options.site, options.accept)
        with archive.reading() as connection:
            newest = last_run(connection)
            found = [each for each in all_health(connection) if each.site in (options.site or sites)]
            gaps = [gap for gap in open_gaps(connection) if gap.site in (options.site or sites)]
            cluster = read_state(connection)
    finally:
        archive.close()
    if options.json:
        told = {} if cluster is None else cluster.model_dump(mode="json")
        say_json(_as_json(newest, found, gaps, errors) | told)
    else:
        if newest is None:
            say("no run has come to its end yet; `newsloom crawl`")
        else:
            _say(newest, found, gaps, errors, whole=bool(options.site))
        if cluster is not None and not options.site:
            _say_cluster(cluster, config.worker.patience)
    return 2 if errors or any(each.verdict in TROUBLED for each in found) else 0


def _accept(archive: Archive, sites: list[str], field: str) -> int:
    from crawler.health.check import accept  # noqa: PLC0415  # brings all of parsing along: a second

    if not sites:
        raise UnknownSiteError("--accept needs a site: `newsloom status SITE --accept FIELD`")
    for site in sites:
        known = accept(archive, site, None if field == "all" else field)
        say(f"{site}: {'taken for usual from the next run on' if known else 'was not crawled yet'}")
    return 0


def _say_cluster(cluster: ClusterState, patience: float) -> None:
    say("")
    columns = ("worker", "sign of life", "jobs", "done", "with trouble", "again", "at work on")
    rows = [
        (
            each.name,
            f"{each.quiet:.0f} s ago" + (": dead" if each.quiet > patience else ": going" if each.draining else ""),
            *(each.jobs, each.done, each.failed, each.again, ", ".join(each.running)),
        )
        for each in cluster.workers
    ]
    say_table(columns, rows)
    waiting = [(each.queue, each.kind, each.status, each.jobs, f"{each.waited:.0f} s") for each in cluster.queue]
    say_table(("queue", "kind", "status", "jobs", "oldest waits"), waiting)


def _as_json(
    newest: Run | None, found: list[SiteHealth], gaps: list[Gap], errors: list[SiteFileError]
) -> dict[str, object]:
    trouble = {count.site: count.trouble for count in newest.sites} if newest else {}
    return {
        "run": newest.model_dump(mode="json", exclude={"sites"}) if newest else None,
        "sites": [
            each.model_dump(mode="json")
            | {
                "trouble": trouble.get(each.site, []),
                "gaps": [gap.model_dump(mode="json") for gap in gaps if gap.site == each.site],
            }
            for each in found
        ],
        "errors": [str(error) for error in errors],
    }


def _say(newest: Run, found: list[SiteHealth], gaps: list[Gap], errors: list[SiteFileError], *, whole: bool) -> None:
    if newest.finished:
        say(f"run {newest.id}, finished {newest.finished:%Y-%m-%d %H:%M} UTC")
    rows = [
        (each.site, each.verdict.value, f"{each.since:%Y-%m-%d %H:%M}", each.evidence[0].says if each.evidence else "")
        for each in found
    ]
    say_table(("site", "verdict", "since (UTC)", "evidence"), rows)
    for each in found if whole else ():
        _say_evidence(each)
    for gap in gaps:
        say(f"{gap.site}: {'history' if gap.is_history else 'gap'}: {gap}")
    for error in errors:
        say(str(error))


def _say_evidence(found: SiteHealth) -> None:
    for evidence in found.evidence:
        say(f"\n{evidence.what}: {evidence.says}")
        if evidence.before:
            say(f"  before: {evidence.before}")
        if evidence.after:
            say(f"  now:    {evidence.after}")
        if evidence.url:
            say(f"  page:   {evidence.url}")
        if evidence.remedy:
            say(f"  try:    {evidence.remedy}")
