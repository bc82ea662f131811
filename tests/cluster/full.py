"""The whole trial: 40 sites on 20 hosts, 4,000 articles, three workers; once without faults, once with all of them.

python -m tests.cluster.full            the trial: some 8 minutes of two quiet cores
python -m tests.cluster.full 8 4 200    the same with so many sites, hosts and articles
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.cluster.hosts import Hosts
from tests.cluster.trial import Cluster, Report, alone, trial
from tests.postgres import PostgresServer

_DELAY = 0.5
"""Seconds between two requests to a host: 20 hosts then give two cores as much as they can do."""


def run(sites: int, hosts: int, articles: int, *, faults: bool) -> tuple[Report, list[str]]:
    """What a run left, and the addresses that there are."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer() as server,
        Hosts(sites, hosts, articles, delay=_DELAY) as web,
        Cluster(Path(folder), server.url(server.new_database()), web, jobs=8) as cluster,
    ):
        return trial(cluster, server, faults=faults, supervised=True), sorted(web.urls())


def single(sites: int, hosts: int, articles: int) -> set[object]:
    with tempfile.TemporaryDirectory() as folder, Hosts(sites, hosts, articles, delay=0) as web:
        return {*map(paths, alone(Path(folder) / "alone", web))}


def paths(story: tuple[str, tuple[str, ...]]) -> object:
    """A story without the hosts' ports, which differ from run to run."""
    original, members = story
    return path(original), tuple(sorted(map(path, members)))


def path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


class Verdict:
    """Says how each line of what was asked for turned out.

    Attributes:
        is_good: whether all did so far.
    """

    def __init__(self) -> None:
        self.is_good = True
        self._begun = time.monotonic()

    def note(self, said: str) -> None:
        print(f"{time.monotonic() - self._begun:6.0f} s  {said}", flush=True)

    def line(self, said: str, *, good: bool) -> None:
        self.is_good = self.is_good and good
        print(f"  {'yes' if good else 'NO '}  {said}", flush=True)


def main(sites: int = 40, hosts: int = 20, articles: int = 4000) -> int:
    verdict = Verdict()
    verdict.note(f"{sites} sites on {hosts} hosts, {articles} articles, {_DELAY} s between two requests, 3 workers")
    calm, _ = run(sites, hosts, articles, faults=False)
    verdict.note(f"without faults: {calm.seconds:.0f} s, {calm.twice} pages fetched twice")
    rough, urls = run(sites, hosts, articles, faults=True)
    verdict.note(f"one killed, one told to stop, PostgreSQL restarted: {rough.seconds:.0f} s")
    stories = single(sites, hosts, articles)
    verdict.note(f"a single process: {len(stories)} stories")
    short, intervals = rough.short
    versions = ", ".join(map(str, sorted(rough.versions)))
    verdict.line(
        f"kept exactly once: {len(rough.urls)} of {articles} articles, in version {versions}",
        good=rough.urls == urls and rough.versions == {1},
    )
    same = {*map(paths, rough.stories)} == stories and {*map(paths, calm.stories)} == stories
    verdict.line(f"stories equal to those of a single process: {len(rough.stories)} and {len(stories)}", good=same)
    verdict.line(
        f"fetched twice: {rough.twice} pages, {rough.beyond} of them beyond one for each host and death; "
        f"{rough.listed} requests for {sites} listings, at most {rough.most_listed}",
        good=rough.beyond == 0 and rough.listed <= rough.most_listed,
    )
    verdict.line(
        f"intervals too short: {short} of {intervals}, {short / intervals:.2%}, at most 1 %",
        good=short <= intervals * 0.01,
    )
    ratio = rough.seconds / calm.seconds
    verdict.line(f"time: {ratio:.2f} of that without faults, at most 1.5", good=ratio <= 1.5)
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
