"""The whole trial: 40 sites on 20 hosts, 4,000 articles, three workers; once without faults, once with all of them.

python -m tests.cluster.full            the trial, some minutes long
python -m tests.cluster.full 8 4 200    the same with so many sites, hosts and articles
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.cluster.hosts import Hosts
from tests.cluster.trial import IN_FLIGHT, Cluster, Report, alone, trial
from tests.postgres import PostgresServer


def run(sites: int, hosts: int, articles: int, *, delay: float, faults: bool) -> Report:
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer() as server,
        Hosts(sites, hosts, articles, delay=delay) as web,
        Cluster(Path(folder), server.url(server.new_database()), web, jobs=8) as cluster,
    ):
        report = trial(cluster, server, faults=faults)
        assert report.urls == sorted(web.urls()), "articles are missing, or doubled"
        assert report.versions == {1}
        return report


def single(sites: int, hosts: int, articles: int) -> set[object]:
    with tempfile.TemporaryDirectory() as folder, Hosts(sites, hosts, articles, delay=0) as web:
        return {*map(paths, alone(Path(folder) / "alone", web))}


def paths(story: tuple[str, tuple[str, ...]]) -> object:
    """A story without the hosts' ports, which differ from run to run."""
    original, members = story
    return path(original), tuple(sorted(map(path, members)))


def path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def main(sites: int = 40, hosts: int = 20, articles: int = 4000, delay: float = 0.5) -> None:
    print(f"{sites} sites on {hosts} hosts, {articles} articles, {delay} s between two requests, 3 workers", flush=True)
    calm = run(sites, hosts, articles, delay=delay, faults=False)
    say("without faults", calm)
    rough = run(sites, hosts, articles, delay=delay, faults=True)
    say("one killed, one told to stop, PostgreSQL restarted", rough)
    ratio = rough.seconds / calm.seconds
    print(
        f"time with faults: {ratio:.2f} of that without; crawls at work when something died: {rough.lost}", flush=True
    )
    stories = single(sites, hosts, articles)
    same = {*map(paths, rough.stories)} == stories and {*map(paths, calm.stories)} == stories
    print(f"stories: {len(stories)} by a single process; {'the same' if same else 'others'} by the cluster")
    short, intervals = rough.short
    assert same
    assert rough.twice <= rough.lost * IN_FLIGHT
    assert short <= intervals * 0.01
    assert ratio <= 1.5


def say(what: str, report: Report) -> None:
    short, intervals = report.short
    print(
        f"{what}: {report.seconds:.0f} s; {len(report.urls)} articles, each once; {report.twice} pages fetched twice; "
        f"{short} of {intervals} intervals too short ({short / intervals:.2%})",
        flush=True,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
