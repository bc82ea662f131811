"""What every worker does beside its jobs: signs of life, sites whose turn has come, jobs that the dead left behind."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from procrastinate import exceptions
from procrastinate.jobs import Status

from crawler.cluster import due
from crawler.cluster.queue import put
from crawler.cluster.state import read_state, write_metrics
from crawler.sites import sites_to_crawl
from pipelines.archive import Archive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from procrastinate import App

    from crawler.config import Config
    from items.site import Site

_AT_ONCE = 500
"""Sites that are put into the queue in one go."""

_SITES_HOLD = 60.0
"""Seconds for which the site files are taken to be as they were."""


class Tending:
    """One worker's share of keeping the cluster going.

    Args:
        app: the queue, open.
        config: newsloom.toml.
        name: of the worker.
        running: names the jobs that it is at.
    """

    def __init__(self, app: App, config: Config, name: str, running: Callable[[], list[str]]) -> None:
        self._app, self._config, self._name, self._running = app, config, name, running
        self._counts = {"done": 0, "failed": 0, "again": 0}
        self._archive = Archive(config.database_url)
        self._known: list[Site] = []
        self._read = float("-inf")

    def count(self, **more: int) -> None:
        """Count jobs that ended: done, of those with trouble, and those that are begun again."""
        for name, number in more.items():
            self._counts[name] += number

    async def begin(self) -> None:
        """Enter the list of workers."""
        says = """
            INSERT INTO workers (name, host, pid, jobs) VALUES (%(name)s, %(host)s, %(pid)s, %(jobs)s)
            ON CONFLICT (name) DO UPDATE SET host = excluded.host, pid = excluded.pid, jobs = excluded.jobs,
                seen = now(), draining = false
        """
        about = {"host": socket.gethostname(), "pid": os.getpid(), "jobs": self._config.worker.jobs}
        await self._execute(says, name=self._name, **about)

    async def end(self) -> None:
        """Leave it."""
        self._archive.close()
        await self._execute("DELETE FROM workers WHERE name = %(name)s", name=self._name)

    async def every(self, seconds: float) -> None:
        """Tend the cluster again and again."""
        while True:
            await self.beat()
            async with self._alone() as is_alone:
                if is_alone:
                    await self._reap()
                    await self._put_due()
                    await self._forget()
            await asyncio.to_thread(self._tell)
            await asyncio.sleep(seconds)

    async def beat(self, *, draining: bool = False) -> None:
        """Give a sign of life."""
        says = """
            UPDATE workers SET seen = now(), draining = %(draining)s, running = %(running)s,
                done = %(done)s, failed = %(failed)s, again = %(again)s
            WHERE name = %(name)s
        """
        await self._execute(says, name=self._name, draining=draining, running=self._running(), **self._counts)

    async def visited(self, site: str, at: datetime) -> None:
        """Note when a site's crawl began: its next one is counted from there."""
        says = """
            INSERT INTO visits (site, at) VALUES (%(site)s, %(at)s) ON CONFLICT (site) DO UPDATE SET at = excluded.at
        """
        await self._execute(says, site=site, at=at)

    async def waits(self, once: str | None) -> bool:
        """Whether a job that is told by this waits in the queue."""
        says = "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE queueing_lock = %(once)s AND status = 'todo'"
        connector: Any = self._app.connector
        return bool((await connector.execute_query_one_async(says, once=once))["jobs"])

    async def _reap(self) -> None:
        """Put jobs back whose workers are dead."""
        patience = self._config.worker.patience
        for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=patience):
            try:
                await self._app.job_manager.retry_job(job)
            except exceptions.UniqueViolation:  # an equal one waits already
                await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)

    async def _put_due(self) -> None:
        """Put the crawls of sites whose turn has come into the queue, the freshest first."""
        says = """
            SELECT site FROM visits WHERE at > now() - make_interval(mins => %(minutes)s)
            UNION SELECT args->>'site' FROM procrastinate_jobs
            WHERE task_name = 'crawl' AND status IN ('todo', 'doing')
        """
        connector: Any = self._app.connector
        rows = await connector.execute_query_all_async(says, minutes=self._config.worker.minutes)
        known = {row["site"] for row in rows}
        waiting = [site for site in await self._sites() if site.id not in known][:_AT_ONCE]
        if waiting:
            priorities = await asyncio.to_thread(self._freshness, waiting)
            for site in waiting:
                await put(self._app, due.crawl_of(site, priorities[site.id]))

    async def _sites(self) -> list[Site]:
        if time.monotonic() - self._read > _SITES_HOLD:
            self._known, _ = await asyncio.to_thread(sites_to_crawl, self._config, ())
            self._read = time.monotonic()
        return self._known

    def _freshness(self, sites: list[Site]) -> dict[str, int]:
        with self._archive.reading() as connection:
            return due.freshness(connection, sites)

    async def _forget(self) -> None:
        """Drop workers that are long dead, and jobs that were given up long ago."""
        await self._execute("DELETE FROM workers WHERE seen < now() - interval '1 day'")
        says = """
            DELETE FROM procrastinate_jobs j WHERE status IN ('failed', 'aborted', 'cancelled')
                AND NOT EXISTS (SELECT 1 FROM procrastinate_events e
                    WHERE e.job_id = j.id AND e.at > now() - interval '7 days')
        """
        await self._execute(says)

    def _tell(self) -> None:
        with self._archive.reading() as connection:
            state = read_state(connection)
        if state is not None:
            with suppress(OSError):  # a full disk is the jobs' to tell
                write_metrics(self._config.data_folder, state)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[bool]:
        """Whether no other worker tends the queue meanwhile: two would put the same job in, or back, twice."""
        connector: Any = self._app.connector
        async with connector.pool.connection() as connection:
            asked = await connection.execute("SELECT pg_try_advisory_xact_lock(hashtext('newsloom tending'))")
            yield (await asked.fetchone())[0]

    async def _execute(self, says: str, **about: Any) -> None:
        connector: Any = self._app.connector
        await connector.execute_query_async(says, **about)
