"""What all connections share, and the server's life: listen, look after the waiting, stop with good grace."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING

from crawler.server.answer import Clock
from crawler.server.connection import Connection
from crawler.server.log import AccessLog
from crawler.server.metrics import Metrics
from crawler.server.shelf import Shelf
from items.errors import NewsloomError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from crawler.server.shelf import File, Representation

PATIENCE = {"slow-request": 10.0, "idle": 60.0, "slow-reader": 30.0}
"""Seconds: for a request's head to be whole, between two requests, for any byte of an answer to be taken."""

_GRACE = 10.0
"""Seconds that answers under way have when the server is told to stop."""

_MOST_CONNECTIONS = 8_000
_SPARE_FILES = 128
"""Descriptors for the files being read, the log and the listener."""


class House:
    """Serves one published folder.

    Args:
        root: the folder.
        feed_seconds: how long a feed reader may wait before it asks again.
        access_log: where requests are noted; None for standard output.
        patience: seconds by reason; see `PATIENCE`.
        most: how many connections are held at once.
        open_metrics: show them to others than this machine.
        run_metrics: a file of what runs and sites measured, shown with them.

    Attributes:
        connections: those that are open, the oldest first.
    """

    def __init__(
        self,
        root: Path,
        *,
        feed_seconds: int,
        access_log: Path | None = None,
        patience: dict[str, float] = PATIENCE,
        most: int = _MOST_CONNECTIONS,
        open_metrics: bool = False,
        run_metrics: Path | None = None,
    ) -> None:
        self.shelf = Shelf(root, feed_seconds)
        self.metrics = Metrics()
        self.clock = Clock()
        self.patience = patience
        self.stopping = False
        self._stop = asyncio.Event()
        self.log = AccessLog(access_log)
        self.now: Callable[[], float] = asyncio.get_running_loop().time
        self._open_metrics, self._run_metrics = open_metrics, run_metrics
        self._most = min(most, _raise_file_limit() - _SPARE_FILES)
        self.connections: dict[Connection, None] = {}
        self._loading: dict[tuple[str, str], asyncio.Task[tuple[File, Representation] | None]] = {}
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="disk")
        self._tasks: set[asyncio.Task[None]] = set()

    # For connections

    def arrived(self, connection: Connection) -> None:
        """Take a connection in. When the house is full, the one that has made us wait longest leaves."""
        if len(self.connections) >= self._most:
            crowd = (c for c in self.connections if c.idle)
            longest = next(crowd, None) or next(iter(self.connections))
            del self.connections[longest]
            longest.drop("crowded-out")
        self.connections[connection] = None
        self.metrics.connections = len(self.connections)

    def left(self, connection: Connection) -> None:
        """A connection ended."""
        self.connections.pop(connection, None)
        self.metrics.connections = len(self.connections)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something that must wait."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def load(self, path: str, encoding: str) -> tuple[File, Representation] | None:
        """Read a file from the disk; a crowd that wants the same file has it read once."""
        key = (path, encoding)
        if key not in self._loading:
            self._loading[key] = asyncio.get_running_loop().create_task(self._load(path, encoding))
            self._loading[key].add_done_callback(lambda _: self._loading.pop(key, None))
        return await asyncio.shield(self._loading[key])

    async def _load(self, path: str, encoding: str) -> tuple[File, Representation] | None:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self.shelf.load, path, encoding)
        if found is not None:
            self.shelf.keep(found[0])
        return found

    async def reopen(self, file: File) -> int | None:
        """A descriptor of a file, if it is still the one that was digested."""

        def same() -> int | None:
            try:
                handle = self.shelf.open(file.path)
            except OSError:
                return None
            status = os.fstat(handle)
            if (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns) == file.identity:
                return handle
            os.close(handle)
            return None

        return await asyncio.get_running_loop().run_in_executor(self._threads, same)

    async def read(self, handle: int, size: int, at: int) -> bytes:
        """A chunk of an open file."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, os.pread, handle, size, at)

    def may_see_metrics(self, address: str) -> bool:
        """Only this machine may, unless the operator opened them."""
        try:
            return self._open_metrics or ip_address(address).is_loopback
        except ValueError:
            return False

    def metrics_page(self) -> bytes:
        """The server's own metrics, and those of the last run."""
        try:
            of_run = self._run_metrics.read_bytes() if self._run_metrics is not None else b""
        except OSError:  # no run has written any
            of_run = b""
        return self.metrics.render(self.shelf) + of_run

    # Its life

    async def serve(self, host: str, port: int, ready: Callable[[str], None]) -> None:
        """Answer until told to stop (SIGTERM, SIGINT).

        Args:
            host: address to listen at.
            port: 0 for any free one.
            ready: told the address once it answers.

        Raises:
            NewsloomError: the address can't be had.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self.log.reopen)
        try:
            server = await loop.create_server(partial(Connection, self), host, port, backlog=2048, reuse_address=True)
        except OSError as error:
            raise NewsloomError(f"{host} port {port}: can't be listened at: {error.strerror or error}") from None
        where = server.sockets[0].getsockname()
        ready(f"http://{f'[{where[0]}]' if ':' in where[0] else where[0]}:{where[1]}/")
        sweep = loop.create_task(self._sweep())
        await self._stop.wait()
        self.stopping = True
        server.close()
        sweep.cancel()
        await self._empty()
        self.log.flush()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """Tell it to stop."""
        self._stop.set()

    async def _sweep(self) -> None:
        """Once a second: hang up on who makes us wait too long, and write the log."""
        while True:
            await asyncio.sleep(min(1.0, *self.patience.values()))
            for connection in list(self.connections):
                if connection.overdue():
                    connection.drop(connection.reason)
            self.log.flush()

    async def _empty(self) -> None:
        """Let what is under way end, for a while."""
        until = self.now() + _GRACE
        for connection in list(self.connections):
            connection.stop()
        while self.connections and self.now() < until:
            await asyncio.sleep(0.02)
            for connection in list(self.connections):
                connection.stop()
        for connection in list(self.connections):
            connection.drop("stopped")
        await asyncio.sleep(0)


def _raise_file_limit() -> int:
    """Allow this process as many descriptors as the system lets it, and say how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard if hard != resource.RLIM_INFINITY else 65_536, 65_536)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)
