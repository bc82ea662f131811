"""`newsloom demo`: the bundled sample sites, served on loopback, crawled and published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import FILE, load_config
from crawler.output import say, say_run
from crawler.run import crawl
from items.errors import NewsloomError
from pipelines.publish.release import verify_release

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom demo"

_CONFIG = """\
# The demo: while it crawls, newsloom itself serves the bundled sample sites on loopback.
[crawl]
samples = true
contact = "demo@newsloom.example"

[publish]
title = "newsloom demo"
base_url = "http://localhost:8000/"
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, default=Path("demo"), metavar="DIR", help="where (./demo)")


def run(options: argparse.Namespace) -> int:
    """Crawl the samples, publish, verify, and say where everything is."""
    folder: Path = options.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(_CONFIG, encoding="utf-8")
    except OSError as error:
        raise NewsloomError(f"{folder}: can't be written to: {error.strerror}") from None
    config = load_config(folder / FILE)
    report = crawl(config, quiet=options.quiet)
    release = config.public_folder / "archive"
    verified = verify_release(release)
    say_run(report, quiet=options.quiet)
    for fault in verified.faults:
        say(f"release: {fault}")
    if not options.quiet:
        public = folder / config.public
        state = "NOT whole" if verified.faults else "verified"
        say(f"pages:   {public}/index.html; `newsloom serve {public}` shows them at http://127.0.0.1:8000/")
        say(f"feeds:   {public}/feeds/all.atom (.rss, .json); beside it one for each site and language")
        say(f"release: {public}/archive, {verified.records} records, {state}")
        say(f"again:   cd {folder} && newsloom crawl")
    return 5 if verified.faults else report.exit_status
