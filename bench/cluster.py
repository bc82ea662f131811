"""Throughput of 1, 2 and 4 workers over sites that are waited for, and what a job costs beside its pages.

python -m bench.cluster                 articles a second, against one worker
python -m bench.cluster 16 8 480        the same with so many sites, hosts and articles
python -m bench.cluster writers         articles a second that 1, 2 and 4 processes can keep in PostgreSQL
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from tests.cluster.hosts import Hosts
from tests.cluster.trial import Cluster
from tests.postgres import PostgresServer

_DELAY = 1.0
"""Seconds between two requests to a host: what most sites are given."""


def crawl(workers: int, sites: int, hosts: int, articles: int) -> tuple[float, float]:
    """Seconds from the first to the last request, and in all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer() as server,
        Hosts(sites, hosts, articles, delay=_DELAY) as web,
        Cluster(Path(folder), server.url(server.new_database()), web, jobs=2) as cluster,
    ):
        begun = time.monotonic()
        for number in range(workers):
            cluster.begin(f"w{number}")
        cluster.wait(lambda: cluster.is_done, 3600)
        times = [when for _, _, when in web.asked]
        return max(times) - min(times), time.monotonic() - begun


def throughput(sites: int = 16, hosts: int = 8, articles: int = 320) -> None:
    """The same sites with 1, 2 and 4 workers of two jobs each."""
    print(f"{sites} sites on {hosts} hosts, {articles} articles, {_DELAY} s apart, 2 jobs a worker")
    print(f"{'workers':>8} {'seconds':>8} {'articles/s':>11} {'against 1':>10}")
    base = 0.0
    for workers in (1, 2, 4):
        asked, _ = crawl(workers, sites, hosts, articles)
        rate = articles / asked
        base = base or rate
        print(f"{workers:>8} {asked:>8.0f} {rate:>11.2f} {rate / base:>10.2f}", flush=True)


def writers(articles: int = 600) -> None:
    """What processes that only keep articles get done together: each transaction waits for the archive's clock."""
    print(f"{articles} articles kept in PostgreSQL by processes that do nothing else (fsync off)")
    print(f"{'processes':>10} {'articles/s':>11} {'against 1':>10}")
    base = 0.0
    with PostgresServer() as server:
        for number in (1, 2, 4):
            address = server.new_archive()
            begun = time.monotonic()
            with multiprocessing.get_context("spawn").Pool(number) as pool:
                pool.map(_warm, [address] * number)
                begun = time.monotonic()
                pool.starmap(_keep, [(address, part, articles // number) for part in range(number)])
            rate = articles / (time.monotonic() - begun)
            base = base or rate
            print(f"{number:>10} {rate:>11.0f} {rate / base:>10.2f}", flush=True)


def _warm(address: str) -> None:
    Archive(address).close()


def _keep(address: str, part: int, count: int) -> None:
    archive = Archive(address)
    for number in range(count):
        name = f"{part}x{number}"
        said = {
            "site": f"site{part}",
            "url": f"http://www.mill{part}.example/news/{number}",
            "title": f"Mill {name} opens its hall {number * 7}",
            "text": "\n".join(
                f"Line {line} of {name}: {number * 13 + line} spindles, {line * 17} looms." for line in range(20)
            ),
            "language": "en",
        }
        with archive.writing() as connection:
            keep(connection, Article.model_validate(said))
    archive.close()


def main() -> None:
    """Both."""
    throughput()
    writers()


if __name__ == "__main__":
    if sys.argv[1:] == ["writers"]:
        writers()
    else:
        throughput(*map(int, sys.argv[1:4]))
