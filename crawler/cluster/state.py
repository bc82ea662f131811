"""How the cluster is: its workers and its queue, for `newsloom status` and for Prometheus."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from crawler.cluster.queue import SCHEMA
from crawler.health.metrics import labels, metric, write_whole
from items.article import Model

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

FILE = "newsloom-cluster.prom"


class WorkerState(Model):
    """A worker that gives signs of life, or did so lately."""

    name: str
    host: str
    jobs: int
    """How many it takes at once."""
    started: datetime
    quiet: float
    """Seconds since its last sign of life."""
    draining: bool
    running: list[str]
    done: int
    failed: int
    """Of those done: with trouble that another try would not have mended."""
    again: int
    """Ended to be begun again."""


class QueueState(Model):
    """The jobs of one kind in one state."""

    queue: str
    kind: str
    status: str
    """todo, doing, or failed: given up within the last days."""
    jobs: int
    waited: float
    """Seconds for which the oldest of those that may begin has waited; 0 where none does."""


class ClusterState(Model):
    """All of it."""

    workers: list[WorkerState]
    queue: list[QueueState]


_WORKERS = f"""
    SELECT name, host, jobs, started, draining, running, done, failed, again,
        extract(epoch FROM now() - seen)::float AS quiet
    FROM {SCHEMA}.workers ORDER BY name
"""  # noqa: S608  # a constant

_QUEUE = f"""
    SELECT queue_name AS queue, task_name AS kind, status::text AS status, count(*) AS jobs,
        coalesce(max(CASE WHEN status = 'todo' THEN extract(epoch FROM now() - coalesce(scheduled_at, (
            SELECT min(at) FROM {SCHEMA}.procrastinate_events e WHERE e.job_id = j.id
        ))) END), 0)::float AS waited
    FROM {SCHEMA}.procrastinate_jobs j WHERE status IN ('todo', 'doing', 'failed')
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608


def read_state(connection: Connection) -> ClusterState | None:
    """The state of the cluster on an archive; None where no worker was ever at work."""
    if connection.dialect.name != "postgresql":
        return None
    if connection.execute(text(f"SELECT to_regclass('{SCHEMA}.workers')")).scalar() is None:
        return None
    workers = [WorkerState.model_validate(row._asdict()) for row in connection.execute(text(_WORKERS))]
    queue = [QueueState.model_validate(row._asdict()) for row in connection.execute(text(_QUEUE))]
    for each in queue:
        each.waited = max(0.0, each.waited)
    return ClusterState(workers=workers, queue=queue)


def write_metrics(folder: Path, state: ClusterState) -> None:
    """Write the cluster's metrics beside those of the runs; every machine with a worker has the same."""
    of_worker = [(labels(worker=each.name, host=each.host), each) for each in state.workers]
    of_queue = [(labels(queue=each.queue, kind=each.kind, status=each.status), each) for each in state.queue]
    ends = ("done", "failed", "again")
    lines = [
        *metric(
            "newsloom_worker_quiet_seconds",
            "Since a worker's last sign of life.",
            [(label, int(each.quiet)) for label, each in of_worker],
        ),
        *metric(
            "newsloom_worker_running",
            "Jobs that a worker is at.",
            [(label, len(each.running)) for label, each in of_worker],
        ),
        *metric(
            "newsloom_worker_jobs_total",
            "Jobs that a worker has ended, by how.",
            [
                (labels(worker=each.name, host=each.host, end=end), getattr(each, end))
                for _, each in of_worker
                for end in ends
            ],
            kind="counter",
        ),
        *metric("newsloom_queue_jobs", "Jobs by queue, kind and status.", [(label, q.jobs) for label, q in of_queue]),
        *metric(
            "newsloom_queue_waited_seconds",
            "For how long the oldest job that may begin has waited.",
            [(labels(queue=q.queue, kind=q.kind), int(q.waited)) for _, q in of_queue if q.status == "todo"],
        ),
    ]
    write_whole(folder / FILE, "\n".join(lines) + "\n")
