"""WARC files as such: how they are called, who holds one, which are old."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from pipelines.archive.captures.index import SUFFIX, Indexed, index_of, index_path, scan, write_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "newsloom-"
_MOMENT = "%Y%m%d%H%M%S%f"


def new_name() -> str:
    """A name that no machine has given to another file; names stand in the order in which files were begun."""
    return f"{_NAME}{datetime.now(UTC).strftime(_MOMENT)}-{token_hex(3)}{SUFFIX}"


def begun(name: str) -> datetime:
    """When a file of this name was begun; in no time that comes, where it isn't one of ours."""
    try:
        digits = name.removeprefix(_NAME)[: len("YYYYMMDDhhmmssffffff")]
        return datetime.strptime(digits, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


@contextmanager
def close(path: Path) -> Iterator[list[Indexed] | None]:
    """Hold a file that is whole and has its index, and is written to by nobody; its records, or None if that can't be.

    Raises:
        OSError: the file can't be read or written to.
    """
    file = locked(path)
    if file is None:
        yield None
        return
    with file:
        records = cut(file, path)
        write_index(path, (one.line() for one in records))
        yield records


def locked(path: Path) -> BinaryIO | None:
    """A file that nobody else holds; None if somebody does, or has removed it."""
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    if not os.fstat(file.fileno()).st_nlink:
        file.close()
        return None
    return file


def cut(file: BinaryIO, path: Path) -> list[Indexed]:
    """Cut a file to its last whole record, and stand there; what it holds."""
    records = index_of(path)
    end = max((one.offset + one.length for one in records), default=0)
    for _, whole in scan(path, end):
        end = whole
    file.seek(end)
    file.truncate()
    return records


def drop_old(folder: Path, days: int) -> list[Path]:
    """Remove the files into which nothing was written for so many days, and their indexes; which they were."""
    limit = time.time() - timedelta(days=days).total_seconds()
    old = [path for path in folder.glob(f"*{SUFFIX}") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink()
        index_path(path).unlink(missing_ok=True)
    return old
