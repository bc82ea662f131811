"""`newsloom import`: article records from elsewhere into the archive, as if crawled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from crawler.collector import relax_collector
from crawler.config import load_config
from crawler.output import complain, say, say_json
from crawler.sites import all_sites
from items.errors import NewsloomError
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.intake import Intake

if TYPE_CHECKING:
    import argparse
    from io import BufferedReader

EXAMPLE = "newsloom import articles.jsonl.gz"

_STDIN = "-"
_WORDS = {
    Outcome.KEPT: "new",
    Outcome.COPY: "copies",
    Outcome.VERSION: "changed",
    Outcome.UNCHANGED: "unchanged",
    Outcome.REJECTED: "refused",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "file", nargs="+", metavar="FILE", help="article records as JSON Lines, plain or gzipped; - is standard input"
    )


def run(options: argparse.Namespace) -> int:
    """Import and count; 2 when some lines or files could not be taken."""
    config = load_config(options.config)
    missing = next((name for name in options.file if name != _STDIN and not Path(name).is_file()), None)
    if missing is not None:
        raise NewsloomError(f"{missing}: is no file")
    sites, errors = all_sites(config)
    for error in errors:
        complain(str(error))
    archive = Archive(config.database_url)
    intake = Intake(archive, sites, complain)
    relax_collector()
    failed = False
    try:
        for name in options.file:
            try:
                _take(intake, name)
            except OSError as error:
                failed = True
                complain(f"{name}: can't be read: {error.strerror or error}")
    finally:
        archive.close()
    if options.json:
        say_json({outcome.value: intake.counts[outcome] for outcome in _WORDS})
    elif not options.quiet:
        say(", ".join(f"{intake.counts[outcome]} {word}" for outcome, word in _WORDS.items()))
    return 2 if failed or intake.counts[Outcome.REJECTED] else 0


def _take(intake: Intake, name: str) -> None:
    if name == _STDIN:
        intake.take_stream(cast("BufferedReader", sys.stdin.buffer), "standard input")
    else:
        intake.take(Path(name), name)
