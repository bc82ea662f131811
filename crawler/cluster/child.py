"""A job in a process of its own: Scrapy's reactor runs once a process, and heavy pages must not keep others waiting."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from crawler.config import load_config
from items.errors import NewsloomError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from crawler.cluster.jobs import Done

CRASHED = 70
"""Status of a job whose process ended without a word."""

LOST = 75
"""Status of a job whose database went away under it: no fault of its own."""

_processes = multiprocessing.get_context("forkserver")


def warm_up(config: Path | None) -> None:
    """Let a helper process load what jobs need, once: each job then begins in a few hundredths of a second."""
    os.environ["NEWSLOOM_WARM"] = str(config or "")
    _processes.set_forkserver_preload(["crawler.cluster.warm"])
    first = _processes.Process(target=int)
    first.start()
    first.join()


class Child:
    """A job at work.

    Attributes:
        is_stopped: whether it was told to come to an end.

    Args:
        kind: one of `JOBS`.
        config: newsloom.toml; None for the one that is found here.
        about: what the job is told.
    """

    def __init__(self, kind: str, config: Path | None, about: dict[str, Any]) -> None:
        self.kind = kind
        self.is_stopped = False
        self._pipe, theirs = _processes.Pipe()
        self._process = _processes.Process(target=_work, args=(theirs, kind, config, about), name=f"newsloom {kind}")
        self._process.start()
        theirs.close()

    async def ended(self) -> Done:
        """Wait until it has ended, and say how."""
        from crawler.cluster.jobs import Done  # noqa: PLC0415  # the worker itself needs no Scrapy

        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        try:
            said = self._pipe.recv() if self._pipe.poll() else None
        except (EOFError, OSError):
            said = None
        self._pipe.close()
        return said or Done(CRASHED, f"ended without a word ({self._process.exitcode})")

    def stop(self) -> None:
        """Let it come to an end soon: a crawl finishes what it has asked for."""
        self.is_stopped = True
        self._process.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _work(pipe: Connection, kind: str, config: Path | None, about: dict[str, Any]) -> None:
    from crawler.cluster.away import went_away  # noqa: PLC0415
    from crawler.cluster.jobs import JOBS, Done  # noqa: PLC0415

    threading.Thread(target=_end_with_the_worker, args=(pipe,), daemon=True).start()
    try:
        done = JOBS[kind](load_config(config), **about)
    except NewsloomError as error:
        done = Done(LOST if went_away(error) else error.exit_status, str(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, the worker tells of it and tries again
        said = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
        done = Done(LOST if went_away(error) else CRASHED, said)
    pipe.send(done)
    sys.stderr.flush()
    os._exit(0)  # Twisted's threads may take their time


def _end_with_the_worker(pipe: Connection) -> None:
    """A worker that was killed must not leave a crawl behind: its job is about to be begun by another one."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGKILL)
