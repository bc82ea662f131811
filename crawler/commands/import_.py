"""`newsloom import`: article records from elsewhere into the archive as if crawled, or a whole release as it is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from crawler.collector import relax_collector
from crawler.config import load_config
from crawler.fetch.release import RemoteRelease
from crawler.lock import run_lock
from crawler.output import complain, say, say_json
from crawler.pull import pull
from crawler.sites import all_sites
from items.errors import NewsloomError
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.archive.restore import Restore
from pipelines.intake import Intake
from pipelines.publish.release import verify_release
from pipelines.publish.release.layout import FACT_TYPES
from pipelines.publish.release.reading import lines_of, partitions_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from io import BufferedReader

    from crawler.config import Config

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
        "source",
        nargs="+",
        metavar="FILE",
        help="article records as JSON Lines, plain or gzipped (- is standard input); or one release: its folder or URL",
    )


def run(options: argparse.Namespace) -> int:
    """Import and count; 2 when some lines or files could not be taken, 5 when a release isn't whole."""
    config = load_config(options.config)
    releases = [name for name in options.source if "://" in name or Path(name).is_dir()]
    if releases and len(options.source) > 1:
        raise NewsloomError("a release is imported alone: name one folder or URL")
    if releases:
        return _import_release(config, releases[0], options)
    missing = next((name for name in options.source if name != _STDIN and not Path(name).is_file()), None)
    if missing is not None:
        raise NewsloomError(f"{missing}: is no file")
    return _import_records(config, options)


def _import_release(config: Config, name: str, options: argparse.Namespace) -> int:
    """Take a release as it is, once it was found whole."""
    with run_lock(config.data_folder), _release_folder(config, name) as folder:
        faults = verify_release(folder).faults
        for fault in faults:
            complain(fault)
        if faults:
            complain(f"newsloom: {name}: is not whole and unaltered; nothing was imported")
            return 5
        archive = Archive(config.database_url)
        relax_collector()
        try:
            restore = Restore(archive, complain)
            for partition in partitions_of(folder):
                restore.take(lines_of(folder, partition), partition.path)
        finally:
            archive.close()
    counts = {word: restore.counts[word] for word in (*FACT_TYPES, "known", "altered", "refused")}
    if options.json:
        say_json(counts)
    elif not options.quiet:
        say(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 2 if restore.counts["refused"] else 0


@contextmanager
def _release_folder(config: Config, name: str) -> Iterator[Path]:
    """The folder of a release; of one that is served elsewhere, a copy for as long as it is needed."""
    if "://" not in name:
        yield Path(name)
        return
    with TemporaryDirectory(dir=config.data_folder, prefix="release-") as folder:
        pulled = pull(RemoteRelease(name, proxy=config.crawl.proxy), Path(folder))
        for fault in pulled.faults:
            complain(fault)
        yield Path(folder)


def _import_records(config: Config, options: argparse.Namespace) -> int:
    """Take article records as if they had been crawled."""
    sites, errors = all_sites(config)
    for error in errors:
        complain(str(error))
    archive = Archive(config.database_url)
    intake = Intake(archive, sites, complain)
    relax_collector()
    failed = False
    try:
        for name in options.source:
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
