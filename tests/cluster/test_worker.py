"""`newsloom worker`: it crawls what is due, publishes, and says how it is; jobs may be put in by hand."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.cluster.due import backfills_of, crawl_of, freshness
from items.run import Answer
from items.site import load_site
from pipelines.archive import Archive
from pipelines.archive.answers import remember
from pipelines.archive.hold import hold
from tests import forked
from tests.cluster.hosts import Hosts
from tests.cluster.trial import Cluster, bare

if TYPE_CHECKING:
    import subprocess

JOBS = "SELECT count(*) FROM newsloom_jobs.procrastinate_jobs WHERE task_name = %s AND status <> 'failed'"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, postgres):
    """One worker that has crawled two sites and published them."""
    folder = tmp_path_factory.mktemp("cluster")
    address = postgres.url(postgres.new_database())
    with Hosts(2, 2, 8, delay=0.01) as hosts, Cluster(folder, address, hosts, publish_seconds=0) as cluster:
        cluster.begin("one")
        cluster.wait(lambda: cluster.is_done)
        cluster.wait(lambda: not cluster.one(JOBS, "publish"))
        yield cluster
    postgres.drop(address)


def call(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess[str]:
    return forked.run([*arguments], cwd=cluster.folder, env=bare(cluster.folder))


def test_what_it_crawled_is_published(cluster) -> None:
    feed = json.loads((cluster.folder / "public" / "feeds" / "all.json").read_bytes())
    assert len(feed["items"]) == 8
    assert call(cluster, "verify").returncode == 0


def test_status_shows_workers_and_queue(cluster) -> None:
    said = json.loads(call(cluster, "status", "--json").stdout)
    (worker,) = said["workers"]
    assert (worker["name"], worker["jobs"], worker["running"], worker["failed"]) == ("one", 4, [], 0)
    assert worker["done"] >= 3
    assert worker["quiet"] < 30
    assert said["queue"] == []
    assert {site["site"] for site in said["sites"]} == {"site0", "site1"}
    assert "sign of life" in call(cluster, "status").stdout


def test_metrics_tell_of_workers_and_queue(cluster) -> None:
    metrics = (cluster.folder / "data" / "newsloom-cluster.prom").read_text()
    assert 'newsloom_worker_jobs_total{worker="one"' in metrics
    assert "# TYPE newsloom_queue_jobs gauge" in metrics


@pytest.mark.parametrize("kind", ["backfill", "replay"])
def test_a_job_is_put_into_the_queue_by_hand_and_done(cluster, kind) -> None:
    before = cluster.one("SELECT done FROM newsloom_jobs.workers")
    done = call(cluster, "worker", "--put", kind, "site0", "site1")
    assert done.returncode == 0, done.stderr
    assert "put into the queue" in done.stdout
    cluster.wait(lambda: cluster.one("SELECT done FROM newsloom_jobs.workers") > before)
    cluster.wait(lambda: not cluster.one(JOBS, kind))
    assert f"{kind} " in (cluster.folder / "one.log").read_text()
    assert cluster.one("SELECT count(*) FROM records WHERE type = 'article'") == 8


def test_a_crawl_by_hand_leaves_a_domain_alone_that_a_worker_is_at(cluster) -> None:
    archive = Archive(cluster.address)
    with hold(archive, "127.0.0.2", shared=True):
        for arguments in (("crawl", "site0"), ("crawl",)):
            done = call(cluster, *arguments)
            assert done.returncode == 4
            assert "another process is at work on this archive" in done.stderr
    archive.close()


def test_without_postgresql_it_says_what_to_do(newsloom) -> None:
    done = newsloom("worker")
    assert done.returncode == 1
    assert done.stderr.startswith("newsloom: `newsloom worker` needs PostgreSQL: `newsloom move --to")
    assert done.stderr.count("\n") == 1


def test_a_worker_that_is_killed_leaves_no_process_behind(cluster) -> None:
    """Last of the cluster's tests: it ends the worker that the others use."""
    cluster.hosts.gate.clear()
    call(cluster, "worker", "--put", "crawl", "site0")
    cluster.wait(lambda: cluster.hosts.asked[-1][1].startswith("/site0/") and cluster.crawls_of("one"))
    group = Path(f"/proc/{cluster.workers['one'].pid}/stat").read_text().rpartition(")")[2].split()[2]
    assert len(processes_of(group)) > 2
    cluster.workers.pop("one").kill()
    cluster.wait(lambda: not processes_of(group))
    cluster.hosts.gate.set()


def processes_of(group: str) -> list[str]:
    """The processes of a group, the dead that nobody has asked after apart."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its, *_ = stat.read_text().rpartition(")")[2].split()
            if its == group and state != "Z":
                found.append(stat.parent.name)
    return found


@pytest.fixture
def site(tmp_path):
    (tmp_path / "mill.toml").write_text("""
id = "mill"
languages = ["en"]
zone = "UTC"
home = "https://news.mill.example/"
articles = '/news/'
checked = "never"
[name]
en = "mill"
[[listings]]
url = "https://news.mill.example/all"
links = "css:li a"
[[feeds]]
url = "https://news.mill.example/feed"
""")
    return load_site(tmp_path / "mill.toml")


def test_jobs_of_one_domain_exclude_each_other(site) -> None:
    jobs = [crawl_of(site), *backfills_of(site)]
    assert {job.lock for job in jobs} == {"mill.example"}
    assert len({job.once for job in jobs}) == 3


def test_the_fresher_a_site_the_sooner_its_turn(archive, site) -> None:
    now = datetime.now(UTC)
    with archive.writing() as connection:
        unknown = freshness(connection, [site])["mill"]
        remember(connection, Answer("https://news.mill.example/feed", digest="x"))
        priorities = [
            freshness(connection, [site], now + timedelta(hours=hours))["mill"] for hours in (0, 2, 20, 100, 999)
        ]
    assert priorities == sorted(priorities, reverse=True)
    assert len(set(priorities)) == 5
    assert priorities[2] < unknown < priorities[1]
