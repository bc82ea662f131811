"""`newsloom replay`: the captured pages, read again by the rules of today."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.lock import run_lock
from crawler.output import say, say_json, say_table
from crawler.replaying import apply, read_again
from crawler.sites import all_sites, sites_to_crawl
from items.errors import NewsloomError
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.stories.credit import names_of

if TYPE_CHECKING:
    import argparse

    from crawler.replaying import ReadAgain

EXAMPLE = "newsloom replay silkfed --since 2024-12-01 --diff"

_SHOWN = 200
"""Characters of a value that `--diff` shows."""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", nargs="*", help="read only the pages of these sites")
    parser.add_argument("--since", metavar="DATE", help="only pages captured on this day (UTC) or later, YYYY-MM-DD")
    parser.add_argument("--diff", action="store_true", help="show what differs from the archive, field by field")
    parser.add_argument("--apply", action="store_true", help="keep what differs, as new versions, and what is new")


def run(options: argparse.Namespace) -> int:
    """Read again and report; with `--json` every article as a line. 2 when a page could not be read."""
    config = load_config(options.config)
    sites, _ = sites_to_crawl(config, options.site)
    since = _day(options.since) if options.since else None
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    fields: Counter[str] = Counter()
    names = names_of(all_sites(config)[0].values())
    archive = Archive(config.database_url)
    try:
        with run_lock(config.data_folder):
            for read in read_again(archive, config.all_captures, sites, since=since):
                counts[read.visit.entry.site][_became(read)] += 1
                fields.update(list(read.changes or ()))
                if options.json and read.visit.article:
                    say_json(read.visit.article.model_dump(mode="json", by_alias=True))
                if options.diff and not options.json:
                    _show(read)
                if options.apply:
                    apply(archive, read, names)
    finally:
        archive.close()
    if not options.json and not options.quiet:
        ends = ("same", "changed", "new", "removed", "rejected", "failed")
        rows = [(site, sum(count.values()), *(count[end] for end in ends)) for site, count in sorted(counts.items())]
        say_table(("site", "pages", *ends), rows)
        if options.diff:
            say_table(("field", "articles that differ"), fields.most_common())
    return 2 if any(count["failed"] for count in counts.values()) else 0


def _became(read: ReadAgain) -> str:
    if read.removed:
        return "removed"
    if read.visit.article is None:
        return "failed" if read.visit.entry.outcome is Outcome.FAILED else "rejected"
    if read.changes is None:
        return "new"
    return "changed" if read.changes else "same"


def _show(read: ReadAgain) -> None:
    if read.changes:
        say(read.visit.entry.url)
        for name, (before, now) in read.changes.items():
            say(f"  {name}: {str(before)[:_SHOWN]!r} -> {str(now)[:_SHOWN]!r}")
    elif read.visit.article is None:
        say(f"{read.visit.entry.url}: {read.visit.entry.reason}")


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise NewsloomError(f"--since {text!r} is no day: write it as YYYY-MM-DD") from None
