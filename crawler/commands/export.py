"""`newsloom export`: facts out of the archive, from a cursor on."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.filters import add_filters, filters_of
from crawler.output import complain, say, say_json
from items.errors import NewsloomError
from pipelines.archive import Archive
from pipelines.export.facts import Selection, facts, newest_cursor
from pipelines.export.formats import WRITERS, write_jsonl_gz

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import BinaryIO

EXAMPLE = "newsloom export --cursor seen --language zh --output new.jsonl.gz"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    since = parser.add_mutually_exclusive_group()
    since.add_argument(
        "--since", metavar="CURSOR", help="go on after this cursor, or from this day or time of recording"
    )
    since.add_argument(
        "--cursor", type=Path, metavar="FILE", help="go on after the cursor in this file, and leave the new one there"
    )
    add_filters(parser)
    parser.add_argument("--current", action="store_true", help="only the newest version of each article")
    parser.add_argument("--public", action="store_true", help="only what each article's rights let be published")
    parser.add_argument("--format", choices=sorted(WRITERS), default="jsonl", help="(jsonl)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="(standard output); .jsonl.gz is gzipped")


def run(options: argparse.Namespace) -> int:
    """Export, and say the cursor: on standard output, or on standard error when the facts go there."""
    config = load_config(options.config)
    selection = Selection(_since(options), filters_of(options), options.current, options.public)
    if options.format == "parquet" and options.output is None:
        raise NewsloomError("Parquet is no text: name a file with --output")
    write = WRITERS[options.format]
    if options.format == "jsonl" and options.output is not None and options.output.suffix == ".gz":
        write = write_jsonl_gz
    archive = Archive(config.database_url)
    try:
        with archive.reading() as connection, _opened(options.output) as file:
            cursor = newest_cursor(connection)
            count = write(facts(connection, selection), file)
    finally:
        archive.close()
    if options.cursor is not None:
        with _opened(options.cursor) as file:
            file.write(f"{cursor}\n".encode())
    if options.output is None:
        if not options.quiet:
            complain(f"{count} records; the cursor is now {cursor}")
    elif options.json:
        say_json({"records": count, "cursor": cursor})
    elif not options.quiet:
        say(f"{options.output}: {count} records; the cursor is now {cursor}")
    return 0


def _since(options: argparse.Namespace) -> str | None:
    if options.cursor is None:
        said: str | None = options.since
        return said
    try:
        return options.cursor.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None  # the first time
    except (OSError, UnicodeDecodeError) as error:
        raise NewsloomError(f"{options.cursor}: can't be read: {error}") from None


@contextmanager
def _opened(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise NewsloomError(f"{path}: can't be written: {error.strerror}") from None
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise NewsloomError(f"{path}: can't be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
