"""Throughput of 1, 2 and 4 workers over sites that are waited for, and what a job costs beside its pages.

python -m bench.cluster                 articles a second, against one worker: some two minutes
python -m bench.cluster 16 8 480        the same with so many sites, hosts and articles
python -m bench.cluster writers         articles a second that 1, 2 and 4 processes can keep in PostgreSQL
python -m bench.cluster captures        what it takes to find the newest of 1,000,000 captures, and to split them
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from crawler.cluster.due import replays_of
from crawler.cluster.queue import SCHEMA, conninfo_of, make_tables
from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.captures import Captures, Indexed, newest
from pipelines.archive.captures.index import SUFFIX, write_index
from tests.cluster.hosts import Hosts
from tests.cluster.trial import Cluster
from tests.postgres import PostgresServer

_DELAY = 1.0
"""Seconds between two requests to a host: what most sites are given."""


def crawl(workers: int, sites: int, hosts: int, articles: int) -> float:
    """Seconds from the first request to the last, once all workers wait for work."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer() as server,
        Hosts(sites, hosts, articles, delay=_DELAY) as web,
        Cluster(Path(folder), server.url(server.new_database()), web, jobs=2) as cluster,
    ):
        make_tables(conninfo_of(cluster.address))
        for number in range(sites):  # nothing is due yet
            cluster.one(f"INSERT INTO {SCHEMA}.visits VALUES (%s, now()) RETURNING site", web.name(number))
        for number in range(workers):
            cluster.begin(f"w{number}")
        cluster.wait(lambda: cluster.one(f"SELECT count(*) FROM {SCHEMA}.workers") == workers)
        cluster.one(f"DELETE FROM {SCHEMA}.visits RETURNING site")
        cluster.wait(lambda: cluster.is_done, 3600)
        times = [when for _, _, when in web.asked]
        return max(times) - min(times)


def throughput(sites: int = 8, hosts: int = 8, articles: int = 96) -> None:
    """The same sites with 1, 2 and 4 workers of two jobs each."""
    print(f"{sites} sites on {hosts} hosts, {articles} articles, {_DELAY} s apart, 2 jobs a worker")
    print(f"{'workers':>8} {'seconds':>8} {'articles/s':>11} {'against 1':>10}")
    base = 0.0
    for workers in (1, 2, 4):
        asked = crawl(workers, sites, hosts, articles)
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


def captures(lines: int = 1_000_000, each: int = 20_000) -> None:
    """An index of so many lines, of as many pages of 100 sites: split into jobs, and read for a replay of all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for start in range(0, lines, each):
            warc = folder / f"newsloom-{start:020}-000000{SUFFIX}"
            write_index(warc, (_captured(warc.name, number, number - start).line() for number in _some(start, each)))
            with warc.open("wb") as file:
                file.truncate(each * _MEMBER)
        lies = Captures(folder)
        rest, began = _peak(), time.perf_counter()
        jobs = replays_of(lies.names(), [])
        print(f"{lines:,} lines in {len(jobs)} files: {len(jobs)} jobs in {time.perf_counter() - began:.2f} s")
        for what, entries in (("a job's file", lies.index(lies.names()[0])), ("all of them", lies.indexed())):
            began = time.perf_counter()
            with newest(entries, {f"site{number}" for number in range(100)}) as found:
                pages = sum(1 for number in range(100) for _ in found.pages(f"site{number}"))
            took = time.perf_counter() - began
            print(f"{what}: {pages:,} pages found in {took:.1f} s, {_peak() - rest:.0f} MB more memory at most")


_MEMBER = 40_000
"""Bytes of a page in a WARC file."""


def _some(start: int, each: int) -> range:
    return range(start, start + each)


def _captured(file: str, number: int, place: int) -> Indexed:
    site = f"site{number % 100}"
    url = f"https://www.{site}.example/news/2026/{number}.html"
    at = f"2026{number // 40_000 % 12 + 1:02}{number // 1_440 % 28 + 1:02}{number // 60 % 24:02}{number % 60:02}00"
    about = {"site": site, "kind": "article", "listed": url, "date": "2026-11-26"}
    return Indexed(file, place * _MEMBER, _MEMBER, url, at, 200, "text/html", "sha1:" + 32 * "A", about)


def _peak() -> float:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """All of them."""
    throughput()
    writers()
    captures()


if __name__ == "__main__":
    if sys.argv[1:] in (["writers"], ["captures"]):
        globals()[sys.argv[1]]()
    else:
        throughput(*map(int, sys.argv[1:4]))
