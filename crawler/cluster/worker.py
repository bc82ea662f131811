"""`newsloom worker`: takes jobs out of the queue until it is told to stop, and sees to it that sites come into it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import procrastinate
import psycopg
import psycopg_pool
from procrastinate import exceptions, retry
from sqlalchemy.exc import InterfaceError, OperationalError

from crawler.cluster import due
from crawler.cluster.child import CRASHED, LOST, Child, warm_up
from crawler.cluster.queue import CRAWLS, DESK, KINDS, app_of, conninfo_of, make_tables, put
from crawler.cluster.tend import Tending
from items.errors import ArchiveError, NewsloomError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from procrastinate.jobs import Job

    from crawler.config import Config

_BEATS = 6
"""Signs of life within the time after which a worker counts as dead."""

_PUT_AWAY = 900.0
"""Seconds between two times that captures are brought into the bucket, and old ones dropped."""

_AGAIN = (5, 60, 300, 1800)
"""Seconds after which a job that failed for a reason that may pass is begun again; then it is given up."""

_PASSING = {3, CRASHED}
_LOCKED = 4

_AWAY = (
    *(psycopg.OperationalError, psycopg.InterfaceError, psycopg_pool.PoolTimeout, exceptions.ConnectorException),
    *(OperationalError, InterfaceError, ArchiveError, OSError),
)
"""What the database's absence looks like."""


class JobFailedError(Exception):
    """A job ended with a status that is no success; its text says why."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


class DrainedError(Exception):
    """A job was ended because its worker is going, or its database went away; it is begun again at once."""


class ByOutcome(retry.BaseRetryStrategy):
    """When a job is begun again: at once, later, or never, by what ended it. Then it lets others of its domain pass.

    Args:
        held: seconds after which one is begun again whose domain or folder another process holds.
    """

    def __init__(self, held: float) -> None:
        self._held = int(held)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> retry.RetryDecision | None:
        """See Procrastinate."""
        if isinstance(exception, DrainedError):
            return retry.RetryDecision(retry_in={"seconds": 0})
        status = getattr(exception, "status", None)
        if status == LOST:
            return retry.RetryDecision(retry_in={"seconds": _AGAIN[0]})
        if status == _LOCKED:
            return retry.RetryDecision(retry_in={"seconds": self._held}, priority=job.priority - 1)
        if status in _PASSING and job.attempts < len(_AGAIN):
            return retry.RetryDecision(retry_in={"seconds": _AGAIN[job.attempts]}, priority=job.priority - 1)
        return None


class Worker:
    """One worker.

    Args:
        config: newsloom.toml.
        file: where that lies, for the processes of the jobs.
        name: by which it is known; no two workers have the same.
        say: told a line for each job that ended, and of trouble.
    """

    def __init__(self, config: Config, file: Path | None, name: str | None, say: Callable[[str], None]) -> None:
        self._config, self._file, self._say = config, file, say
        self.name = name or f"{socket.gethostname()}-{os.getpid()}"
        self._conninfo = conninfo_of(config.database_url)
        self._children: dict[Child, str] = {}
        self._drains = asyncio.Event()

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT, through absences of the database.

        Raises:
            NewsloomError: it could not begin.
        """
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what matters is said here
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        make_tables(self._conninfo)
        await asyncio.to_thread(warm_up, self._file)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._drain)
        loop.set_exception_handler(self._tell_of)
        self._say(f"worker {self.name} begins: {self._config.worker.jobs} jobs at once")
        putting_away = asyncio.create_task(self._put_away_now_and_then())
        while not self._drains.is_set():
            try:
                await self._serve()
            except* _AWAY as group:
                reason = (str(_first(group)).splitlines() or ["no connection"])[0]
                self._say(f"the database went away: {reason}; going on when it is back")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drains.wait(), 1)
        await putting_away
        await self._put_away()
        self._say(f"worker {self.name} has ended")

    async def _put_away_now_and_then(self) -> None:
        while not self._drains.is_set():
            try:
                await asyncio.wait_for(self._drains.wait(), _PUT_AWAY)
            except TimeoutError:
                await self._put_away()

    async def _put_away(self) -> None:
        """Put this machine's captures away: a process of its own, as what speaks with object storage is large."""
        about = self._config.captures
        if about.bucket or about.days:
            done = await (await asyncio.to_thread(Child, "captures", self._file, {})).ended()
            if done.status:
                self._say(f"captures: {done.said}")

    def _tell_of(self, _: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
        """Say in a line what no one waited for, such as a job's end that could not be written down."""
        error = about.get("exception")
        self._say(f"{about['message']}: {type(error).__name__}: {(str(error).strip().splitlines() or [''])[0]}")

    def _drain(self) -> None:
        """Take no more jobs; let crawls finish what they have asked for and go back into the queue."""
        if not self._drains.is_set():
            self._say(f"worker {self.name} is told to stop: {len(self._children)} jobs end")
        self._drains.set()
        self._stop_children()

    def _stop_children(self) -> None:
        for child in self._children:
            if KINDS[child.kind].queue == CRAWLS:
                child.stop()

    async def _serve(self) -> None:
        """Take jobs until told to stop, or the database goes away."""
        app = app_of(self._conninfo, connections=self._config.worker.jobs + 4)
        self._teach(app)
        beat = self._config.worker.patience / _BEATS
        async with app.open_async():
            tending = Tending(app, self._config, self.name, lambda: sorted(self._children.values()))
            await tending.begin()
            lanes = [
                asyncio.create_task(self._lane(app, CRAWLS, self._config.worker.jobs)),
                asyncio.create_task(self._lane(app, DESK, 1)),
            ]
            self._tending = tending
            going = asyncio.create_task(self._drains.wait())
            tended = asyncio.create_task(tending.every(beat))
            try:
                await asyncio.wait([*lanes, tended, going], return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._stop_children()
                for task in lanes:
                    task.cancel()  # it waits for the jobs at work
                still = asyncio.create_task(self._keep_alive(tending, lanes, beat))
                tended.cancel()
                going.cancel()
                ended = await asyncio.gather(*lanes, tended, still, return_exceptions=True)
                with suppress(*_AWAY):
                    await tending.end()
            troubles = [end for end in ended if isinstance(end, Exception)]
            if troubles:
                raise ExceptionGroup("the worker was interrupted", troubles)

    async def _keep_alive(self, tending: Tending, lanes: list[asyncio.Task[None]], beat: float) -> None:
        """Go on giving signs of life while jobs come to their end."""
        while not all(task.done() for task in lanes):
            with suppress(*_AWAY):
                await tending.beat(draining=True)
            await asyncio.wait(lanes, timeout=beat)

    async def _lane(self, app: procrastinate.App, queue: str, jobs: int) -> None:
        patience = self._config.worker.patience
        await app.run_worker_async(
            queues=[queue],
            name=f"{self.name} {queue}",
            concurrency=jobs,
            install_signal_handlers=False,
            listen_notify=False,  # a listener that loses its connection would end the lane
            fetch_job_polling_interval=min(1.0, patience / _BEATS),
            update_heartbeat_interval=patience / _BEATS,
            stalled_worker_timeout=patience,
            delete_jobs="successful",
        )

    def _teach(self, app: procrastinate.App) -> None:
        for kind in KINDS:
            self._teach_kind(app, kind)

    def _teach_kind(self, app: procrastinate.App, kind: str) -> None:
        async def work(context: procrastinate.JobContext, /, **about: Any) -> None:
            try:
                await self._work(app, kind, about)
            except (JobFailedError, DrainedError):
                if not await self._tending.waits(context.job.queueing_lock):
                    raise  # and be begun again; where an equal one waits, that will do

        app.task(name=kind, queue=KINDS[kind].queue, retry=ByOutcome(self._config.worker.patience), pass_context=True)(
            work
        )

    async def _work(self, app: procrastinate.App, kind: str, about: dict[str, Any]) -> None:
        """Do a job in a process of its own.

        Raises:
            JobFailedError: it ended with no success.
            DrainedError: the worker is going.
        """
        name = " ".join([kind, *(str(each) for each in about.values() if isinstance(each, str))])
        began, started = time.monotonic(), datetime.now(UTC)
        child = await asyncio.to_thread(Child, kind, self._file, about)
        self._children[child] = name
        if self._drains.is_set():  # meanwhile
            self._stop_children()
        try:
            done = await child.ended()
        finally:
            del self._children[child]
        took = f"{time.monotonic() - began:.1f} s"
        if done.status not in (0, 2) or child.is_stopped:
            self._tending.count(again=1)
            self._say(f"{name}: {'goes to another worker' if child.is_stopped else done.said} ({took})")
            raise DrainedError if child.is_stopped else JobFailedError(done.status, done.said)
        self._tending.count(done=1, failed=int(done.status == 2))
        self._say(f"{name}: {done.said} ({took})")
        if kind == "crawl":
            await self._tending.visited(about["site"], started)
        if done.changed:
            await put(app, due.PUBLISH, wait=timedelta(seconds=self._config.worker.publish_seconds))
            await put(app, due.HEALTH)


def _first(group: BaseExceptionGroup[Any]) -> BaseException:
    inner: BaseException = group
    while isinstance(inner, BaseExceptionGroup):
        inner = inner.exceptions[0]
    return inner


def work(config: Config, file: Path | None, name: str | None, say: Callable[[str], None]) -> None:
    """Be a worker until told to stop.

    Raises:
        NewsloomError: it could not begin, or all it does has failed in a way that won't pass.
    """
    worker = Worker(config, file, name, say)
    try:
        asyncio.run(worker.run())
    except* _AWAY as group:
        raise NewsloomError(str(_first(group)).splitlines()[0]) from None
