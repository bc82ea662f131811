"""`newsloom pull`: a copy of a release, kept up to date."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.fetch.release import RemoteRelease
from crawler.output import complain, say, say_json
from crawler.pull import pull

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom pull https://news.example/archive/ copy"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("url", metavar="URL", help="the release: its folder, or its index.json")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the copy is, or is to be")
    parser.add_argument("--captures", action="store_true", help="fetch the raw answers too, where they are published")


def run(options: argparse.Namespace) -> int:
    """Pull and report; 5 when the release isn't what it says."""
    config = load_config(options.config)
    pulled = pull(RemoteRelease(options.url, proxy=config.crawl.proxy), options.folder, captures=options.captures)
    for fault in pulled.faults:
        complain(fault)
    if options.json:
        say_json(asdict(pulled))
    elif not options.quiet and not pulled.faults:
        fetched = f"{pulled.files} files, {pulled.bytes} bytes in {pulled.requests} requests"
        say(f"{options.folder}: {pulled.records} records; fetched {fetched}")
        for path in pulled.removed:
            say(f"removed, as the release did: {path}")
    return 5 if pulled.faults else 0
