"""The queue of jobs: Procrastinate's tables in a PostgreSQL schema of their own, beside the archive's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import make_url

from items.errors import ArchiveError, ConfigError

if TYPE_CHECKING:
    from datetime import timedelta

    from procrastinate import App

SCHEMA = "newsloom_jobs"
"""Nothing of it is worth keeping: sites become due again, and what is lost is put in again by hand."""

CRAWLS, DESK = "crawls", "desk"
"""The queues: what asks servers and reads captures, and what must never wait behind that."""

_TABLES = """
CREATE TABLE about (digest text NOT NULL);
CREATE TABLE visits (site text PRIMARY KEY, at timestamptz NOT NULL);
CREATE TABLE workers (
    name text PRIMARY KEY, host text NOT NULL, pid integer NOT NULL, jobs integer NOT NULL,
    started timestamptz NOT NULL DEFAULT now(), seen timestamptz NOT NULL DEFAULT now(),
    draining boolean NOT NULL DEFAULT false, running text[] NOT NULL DEFAULT '{}',
    done bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, again bigint NOT NULL DEFAULT 0
);
"""
"""Beside Procrastinate's: when each site was last crawled, and who is at work."""


class Kind(NamedTuple):
    """A kind of job: where it waits, and before whom."""

    queue: str
    priority: int


KINDS = {
    "crawl": Kind(CRAWLS, 0),
    "backfill": Kind(CRAWLS, -100),
    "replay": Kind(CRAWLS, -200),
    "publish": Kind(DESK, 0),
    "health": Kind(DESK, 10),
}


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be put into the queue.

    Attributes:
        kind: one of `KINDS`.
        about: what it is told: `{"site": "silkfed"}`.
        lock: of jobs with an equal one no two run at the same time, anywhere.
        once: of jobs with an equal one no two wait at the same time.
        priority: added to its kind's; a larger one comes first.
    """

    kind: str
    about: dict[str, Any]
    lock: str
    once: str
    priority: int = 0


def conninfo_of(database: str) -> str:
    """The address of an archive as PostgreSQL's own library takes it.

    Raises:
        ConfigError: it is no PostgreSQL database, or the extra isn't installed.
    """
    url = make_url(database)
    if url.get_backend_name() != "postgresql":
        raise ConfigError("`newsloom worker` needs PostgreSQL: `newsloom move --to postgresql://…` carries the archive")
    try:
        import procrastinate  # noqa: F401, PLC0415
    except ImportError:
        raise ConfigError("`newsloom worker` needs `pip install 'newsloom[postgresql]'`") from None
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def make_tables(conninfo: str) -> None:
    """Make the schema where it is missing; anew where another version of Procrastinate made it and nobody uses it.

    Raises:
        ArchiveError: workers of that other version are at work, or the database refuses.
    """
    import psycopg  # noqa: PLC0415
    from procrastinate.schema import SchemaManager  # noqa: PLC0415

    says = SchemaManager.get_schema()
    digest = hashlib.sha256(f"{says}{_TABLES}".encode()).hexdigest()
    try:
        with psycopg.connect(conninfo, options=f"-c search_path={SCHEMA}") as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))
            there = connection.execute("SELECT to_regclass('about')").fetchone()
            if there and there[0] is not None:
                made = connection.execute("SELECT digest FROM about").fetchone()
                if made == (digest,):
                    return
                if connection.execute("SELECT 1 FROM workers WHERE seen > now() - interval '2 minutes'").fetchone():
                    raise ArchiveError("workers of another version are at work on this archive; stop them first")
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            connection.execute(f"CREATE SCHEMA {SCHEMA}")
            connection.execute(says)
            connection.execute(_TABLES)
            connection.execute("INSERT INTO about VALUES (%s)", (digest,))
    except psycopg.Error as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ArchiveError(f"the queue can't be made: {reason}") from None


def app_of(conninfo: str, *, connections: int = 4) -> App:
    """Procrastinate's application on the queue; it knows no task yet."""
    import procrastinate  # noqa: PLC0415

    connector = procrastinate.PsycopgConnector(
        conninfo=conninfo,
        kwargs={"options": f"-c search_path={SCHEMA}"},
        min_size=1,
        max_size=connections,
    )
    return procrastinate.App(connector=connector)


async def put(app: App, job: Job, *, wait: timedelta | None = None) -> bool:
    """Put a job into its queue, to be begun after a while; False when an equal one waits there already."""
    from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415

    kind = KINDS[job.kind]
    about = {
        "queue": kind.queue,
        "priority": kind.priority + job.priority,
        "lock": job.lock,
        "queueing_lock": job.once,
    }
    when = {"schedule_in": {"seconds": int(wait.total_seconds())}} if wait else {}
    try:
        await app.configure_task(job.kind, **about, **when).defer_async(**job.about)  # type: ignore[arg-type]
    except AlreadyEnqueued:
        return False
    return True
