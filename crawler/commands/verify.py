"""`newsloom verify`: is a release whole and unaltered?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.fetch.release import RemoteRelease
from crawler.output import say, say_json
from items.errors import NewsloomError
from pipelines.publish.release import verify_release

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom verify public/archive"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "release", nargs="?", metavar="DIR-OR-URL", help="the release (default: the one that is published here)"
    )


def run(options: argparse.Namespace) -> int:
    """Check and report; 5 when something is wrong."""
    config = load_config(options.config)
    where = options.release or str(config.public_folder / "archive")
    if "://" in where:
        result = verify_release(RemoteRelease(where, proxy=config.crawl.proxy))
    elif Path(where).is_dir():
        result = verify_release(Path(where))
    else:
        raise NewsloomError(f"{where}: is no folder; name the one that holds index.json")
    if options.json:
        say_json({"partitions": result.partitions, "records": result.records, "faults": result.faults})
    else:
        for fault in result.faults:
            say(fault)
        if not options.quiet:
            held = f"{result.records} records in {result.partitions} partitions"
            say(f"{where}: {held}, {'NOT whole and unaltered' if result.faults else 'whole and unaltered'}")
    return 5 if result.faults else 0
