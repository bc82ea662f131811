"""A cluster put to the test: workers that are killed, told to stop and begun again, a database that is restarted."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cluster.hosts import Hosts
    from tests.postgres import PostgresServer

NEWSLOOM = Path(sys.executable).with_name("newsloom")
Story = tuple[str, tuple[str, ...]]
"""The original's address, and those of all."""


@dataclass
class Cluster:
    """Workers on one archive.

    Attributes:
        deaths: how often crawls were cut off with what was on its way: by a kill, by the database's end.
        cut_off: how many crawls may have been at work then, or when a worker was told to stop.
    """

    folder: Path
    address: str
    hosts: Hosts
    jobs: int = 4
    publish_seconds: int = 3600
    bucket: str | None = None
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    deaths: int = 0
    cut_off: int = 0

    def __post_init__(self) -> None:
        self.hosts.write_sites(self.folder / "sites")
        more = f"[worker]\njobs = {self.jobs}\npatience = 4\npublish_seconds = {self.publish_seconds}\n"
        if self.bucket:
            more += f'[captures]\nbucket = "{self.bucket}"\n'
        write_config(self.folder, self.hosts, self.address, more)

    def begin(self, name: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.workers[name] = subprocess.Popen(
            [NEWSLOOM, "worker", "--name", name],
            cwd=self.folder,
            env=bare(self.folder),
            stderr=log,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """End a worker as a power cut would; its processes must end by themselves."""
        self.deaths += 1
        self.cut_off += self.jobs
        worker = self.workers.pop(name)
        worker.kill()
        worker.wait()

    def stop(self, name: str) -> None:
        self.cut_off += self.jobs
        worker = self.workers.pop(name)
        worker.terminate()
        assert worker.wait(60) == 0

    def restart(self, server: PostgresServer) -> None:
        self.deaths += 1
        self.cut_off += min(self.jobs * len(self.workers), self.hosts.hosts)
        server.stop("fast")
        server.start()

    def crawls_of(self, name: str) -> int:
        return self.one("SELECT cardinality(running) FROM newsloom_jobs.workers WHERE name = %s", name) or 0

    def one(self, query: str, *about: object) -> Any:
        with psycopg.connect(self.address) as connection:
            row = connection.execute(query, about).fetchone()  # type: ignore[arg-type]
            return row and row[0]

    def wait(self, until: Callable[[], object], patience: float = 120) -> None:
        """Wait until something is so; fail when a worker ends by itself, or it never comes."""
        end = time.monotonic() + patience
        while not until():
            assert time.monotonic() < end, f"waited in vain; {self.logs()}"
            gone = {name: worker.poll() for name, worker in self.workers.items() if worker.poll() is not None}
            assert not gone, f"{gone}; {self.logs()}"
            time.sleep(0.05)

    def logs(self) -> str:
        return "".join(f"\n{log.name}:\n{log.read_text()[-3000:]}" for log in self.folder.glob("*.log"))

    @property
    def is_done(self) -> bool:
        """Whether every article is kept and no crawl is to be done."""
        if self.hosts.fetched < self.hosts.articles:
            return False
        open_jobs = "SELECT count(*) FROM newsloom_jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')"
        try:
            kept = self.one("SELECT count(*) FROM articles") == self.hosts.articles
            return kept and not self.one(f"{open_jobs} AND task_name = 'crawl'")
        except psycopg.Error:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers.values():
            worker.send_signal(signal.SIGTERM)
        for worker in self.workers.values():
            try:
                worker.wait(60)
            except subprocess.TimeoutExpired:
                worker.kill()


@dataclass
class Report:
    """What a run left in the archive and on the hosts.

    Attributes:
        twice: requests for articles that had been asked for before.
        beyond: those of them that were not on their way when something died: of each host one is, at most.
        listed: requests for listings.
        most_listed: those that the sites and the crawls that were cut off account for.
    """

    seconds: float
    urls: list[str]
    versions: set[int]
    stories: set[Story]
    short: tuple[int, int]
    twice: int
    beyond: int
    listed: int
    most_listed: int


def write_config(folder: Path, hosts: Hosts, database: str, more: str = "") -> None:
    only = ", ".join(f'"{hosts.name(number)}"' for number in range(hosts.sites))
    (folder / "newsloom.toml").write_text(f'database = "{database}"\n[crawl]\nonly = [{only}]\n{more}')


def bare(folder: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(folder)}


def alone(folder: Path, hosts: Hosts) -> set[Story]:
    """The stories that one process makes of the same input, on SQLite."""
    folder.mkdir()
    hosts.write_sites(folder / "sites")
    write_config(folder, hosts, "sqlite:///data/newsloom.db")
    done = subprocess.run(
        [NEWSLOOM, "crawl", "--quiet"], cwd=folder, env=bare(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return stories_of(f"sqlite:///{folder}/data/newsloom.db")


def stories_of(database: str) -> set[Story]:
    from sqlalchemy import select

    from pipelines.archive import Archive
    from pipelines.archive.tables import articles, stories

    archive = Archive(database)
    with archive.reading() as connection:
        rows = connection.execute(select(articles.c.story, articles.c.canonical_url, articles.c.id)).all()
        originals = dict(connection.execute(select(stories.c.id, stories.c.original)).all())  # type: ignore[arg-type]
    archive.close()
    url_of = {row.id: row.canonical_url for row in rows}
    members: dict[object, list[str]] = {}
    for row in rows:
        members.setdefault(row.story, []).append(row.canonical_url)
    return {(url_of[originals[story]], tuple(sorted(urls))) for story, urls in members.items()}


def trial(cluster: Cluster, server: PostgresServer, *, faults: bool, supervised: bool = False) -> Report:
    """Three workers crawl everything; with faults one is killed, one told to stop, the database restarted on the way.

    A supervised worker that has ended is begun again, as its machine would; without that the others do its work.
    """
    hosts, begun = cluster.hosts, time.monotonic()
    for name in ("one", "two", "three"):
        cluster.begin(name)
    if faults:
        cluster.wait(lambda: hosts.fetched > hosts.articles * 0.2)
        cluster.kill("one")
        if supervised:
            cluster.begin("one")
        cluster.wait(lambda: hosts.fetched > hosts.articles * 0.4)
        cluster.stop("two")
        if supervised:
            cluster.begin("two")
        cluster.wait(lambda: hosts.fetched > hosts.articles * 0.6)
        cluster.restart(server)
    cluster.wait(lambda: cluster.is_done, 600)
    seconds = time.monotonic() - begun
    with psycopg.connect(cluster.address) as connection:
        kept = connection.execute("SELECT canonical_url FROM articles").fetchall()
        versions = connection.execute("SELECT DISTINCT version FROM records WHERE type = 'article'").fetchall()
    return Report(
        seconds,
        sorted(url for (url,) in kept),
        {version for (version,) in versions},
        stories_of(cluster.address),
        hosts.short(),
        hosts.twice().total(),
        sum(max(0, again - cluster.deaths) for again in hosts.twice().values()),
        hosts.listed,
        hosts.sites + cluster.cut_off,
    )
