"""Names that only one process at a time may hold, wherever it runs: advisory locks of PostgreSQL.

On SQLite the lock of the data folder does this, for every process of the machine, and nothing is held here.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from items.errors import RunLockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from pipelines.archive.archive import Archive

EVERY_SITE = "every site"
"""Held whole by a run over all sites, and shared by those that crawl a few."""

PUBLISHING = "publishing"

_LOOK = 1.0
"""Seconds between two looks whether the database still knows us."""


@contextmanager
def hold(
    archive: Archive, *names: str, shared: bool = False, lost: Callable[[SQLAlchemyError], None] | None = None
) -> Iterator[None]:
    """Hold names while the block lasts. The database lets go of them when the process ends, however it ends.

    Args:
        archive: whose other users are kept off.
        names: what is held, such as a registrable domain.
        shared: hold `EVERY_SITE` together with others that do so, besides.
        lost: called, on a thread of its own, when the database went away and the names with it; told how that showed.

    Raises:
        RunLockedError: another process holds one of them.
    """
    if archive.engine.dialect.name == "sqlite":
        yield
        return
    with archive.engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(connection, over, lost), daemon=True)
        try:
            if shared:
                _take(connection, "pg_try_advisory_lock_shared", EVERY_SITE)
            for name in sorted(set(names)):
                _take(connection, "pg_try_advisory_lock", name)
            if lost is not None:
                watcher.start()
            yield
        finally:
            over.set()
            if watcher.is_alive():
                watcher.join()
            with suppress(SQLAlchemyError):
                connection.execute(text("SELECT pg_advisory_unlock_all()"))


def _take(connection: Connection, function: str, name: str) -> None:
    number = int.from_bytes(hashlib.sha256(f"newsloom {name}".encode()).digest()[:8], signed=True)
    if not connection.execute(text(f"SELECT {function}(:number)"), {"number": number}).scalar():
        raise RunLockedError(f"another process is at work on this archive: {name}; this one leaves it alone")


def _watch(connection: Connection, over: threading.Event, lost: Callable[[SQLAlchemyError], None] | None) -> None:
    while not over.wait(_LOOK):
        try:
            connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            if lost is not None:
                lost(error)
            return
