"""`newsloom crawl`: one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.output import say_json, say_run
from crawler.run import crawl

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom crawl --quiet"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", nargs="*", help="crawl only these sites")
    parser.add_argument("--recheck", action="store_true", help="look again at every known article, due or not")
    parser.add_argument(
        "--backfill", action="store_true", help="walk on through what earlier runs left unread; stop it when you like"
    )


def run(options: argparse.Namespace) -> int:
    """Crawl, publish, report."""
    config = load_config(options.config)
    wishes = {"recheck": options.recheck, "backfill": options.backfill, "quiet": options.quiet}
    report = crawl(config, options.site, **wishes)
    if options.json:
        run_json = report.run.model_dump(mode="json")
        published = {"feeds": report.published.feeds, "changed": report.published.changed}
        trouble = [*map(str, report.site_errors), *report.published.trouble]
        say_json({"run": run_json, "published": published, "trouble": trouble, "exit_status": report.exit_status})
    else:
        say_run(report, quiet=options.quiet)
    return report.exit_status
