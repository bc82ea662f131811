"""The run lock: one run at a time over one data folder, or many that share it by agreement."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from items.errors import NewsloomError, RunLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def run_lock(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of a data folder. The system lets go of it when the process ends, however it ends.

    Args:
        folder: made if it isn't there.
        shared: together with others that share it: the jobs of a worker, which the database keeps apart.

    Raises:
        RunLockedError: another process holds it.
        NewsloomError: the folder can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise NewsloomError(f"{folder}: can't be written to: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise RunLockedError(f"another run is at work here (process {holder}); this one leaves it alone") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
