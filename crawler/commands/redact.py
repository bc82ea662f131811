"""`newsloom redact`: articles taken back for legal or privacy reasons, here and in the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.lock import run_lock
from crawler.output import complain, say, say_json
from crawler.publishing import republish
from items.errors import NewsloomError
from pipelines.archive import Archive
from pipelines.archive.redaction import redact

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom redact https://mill.example/news/1.html --reason privacy"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("article", nargs="+", metavar="ARTICLE", help="an article's id, or a URL that led to it")
    parser.add_argument("--reason", required=True, choices=("legal", "privacy"), help="what the tombstone says")


def run(options: argparse.Namespace) -> int:
    """Take all of them back or, if one is unknown, none; then publish."""
    config = load_config(options.config)
    taken = []
    with run_lock(config.data_folder):
        archive = Archive(config.database_url)
        try:
            with archive.writing() as connection:
                for article in options.article:
                    redacted = redact(connection, article, options.reason)
                    if redacted is None:
                        raise NewsloomError(f"{article}: no article has this id or led from this URL; nothing was done")
                    taken.append(redacted)
            erased = config.all_captures.erase({url for redacted in taken for url in redacted.urls})
        finally:
            archive.close()
    published = republish(config)
    if options.json:
        say_json([{"article": str(t.article), "versions": t.versions, "days": t.days} for t in taken])
    elif not options.quiet:
        for redacted in taken:
            days = ", ".join(redacted.days) or "no day"
            say(f"{redacted.article}: {redacted.versions} versions taken back, recorded on {days}")
        say(f"captures: {erased} answers erased")
        say(f"published: {len(published.changed)} files changed in {config.public_folder}")
    for line in published.trouble:
        complain(line)
    return 2 if published.trouble else 0
