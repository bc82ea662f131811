"""`newsloom publish`: feeds and release from the archive, no crawling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.output import say, say_json
from crawler.publishing import republish

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom publish"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: it has none of its own."""


def run(options: argparse.Namespace) -> int:
    """Publish and report."""
    config = load_config(options.config)
    published = republish(config)
    if options.json:
        say_json({"feeds": published.feeds, "changed": published.changed, "trouble": published.trouble})
    else:
        for line in published.trouble:
            say(line)
        if not options.quiet:
            say(f"{published.feeds} feeds, {len(published.changed)} files changed in {config.public_folder}")
    if published.trouble:
        return 2 if published.feeds else 3
    return 0
