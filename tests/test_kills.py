"""kill -9 at any moment: the next run finishes the work; nothing is lost, nothing doubled, nothing half written."""

import gzip
import json
import os
import random
import subprocess
from collections import Counter
from pathlib import Path

import brotli
import pytest
from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive.captures import Captures
from pipelines.publish.release import verify_release
from tests import forked
from tests.conftest import NEWSLOOM
from tests.loopback import Loopback, listing_page, news_page, site_file

KILLS = 20
ARTICLES_A_KILL = 12
IN_FLIGHT = 1
"""The page that is being fetched: one at a time."""


@pytest.fixture
def mill(tmp_path):
    """A site that has twelve more articles each time that `grow` is called."""
    with Loopback() as web:
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        yield web


def grow(web: Loopback, count: int) -> None:
    for number in range(count):
        words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. "
        web.html(f"/news/{number}", news_page(f"Mill {number} opens", words * 3, f"It is mill {number} of the town."))
    web.html("/", listing_page(*(f"/news/{number}" for number in reversed(range(count)))))


def assert_whole(name: str, said: bytes) -> None:
    stem, _, ending = name.rpartition(".")
    match ending:
        case "gz":
            assert_whole(stem, gzip.decompress(said))
        case "br":
            assert_whole(stem, brotli.decompress(said))
        case "atom" | "rss" | "opml" | "xml" | "svg":
            etree.fromstring(said)
        case "json":
            json.loads(said)
        case "jsonl":
            assert all(json.loads(line) for line in said.splitlines()), name
        case "html":
            assert said.endswith(b"</html>\n"), name
        case "css" | "js" | "txt":
            assert said, name
        case _:
            assert name == "SHA256SUMS", f"what is {name}?"  # empty until a day is over


def assert_every_public_file_is_whole(public: Path) -> None:
    for file in public.rglob("*"):
        if file.is_file():
            assert_whole(file.name, file.read_bytes())
    index = public / "archive" / "index.json"
    if index.exists():
        for month in json.loads(index.read_bytes())["months"]:
            manifest = json.loads((index.parent / month["manifest"]).read_bytes())
            assert all((index.parent / partition["path"]).exists() for partition in manifest["partitions"])


def test_twenty_kills_lose_nothing_and_double_nothing(mill, newsloom, tmp_path) -> None:
    chance = random.Random(20261122)
    for kill in range(1, KILLS + 1):
        grow(mill, kill * ARTICLES_A_KILL)
        command = "publish" if kill % 4 == 0 else "crawl"
        running = forked.start([command, "--quiet"], cwd=tmp_path, env=os.environ)
        running.join(chance.uniform(0.1, 1.5))
        running.kill()
        running.join()
        assert_every_public_file_is_whole(tmp_path / "public")
    done = newsloom("crawl", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    public = tmp_path / "public"
    assert_every_public_file_is_whole(public)
    assert verify_release(public / "archive").faults == []
    files = (public / "archive").rglob("articles-*.jsonl.gz")
    facts = [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    urls = [fact["url"] for fact in facts]
    assert sorted(urls) == sorted({f"{mill.home}news/{number}" for number in range(KILLS * ARTICLES_A_KILL)})
    assert {fact["version"] for fact in facts} == {1}
    feed = etree.parse(public / "feeds" / "site" / "mill.atom")
    assert len(feed.findall("{*}entry")) == 100
    assert not list((tmp_path / ".public.staging").iterdir())
    asked = Counter(path for path in mill.asked if path.startswith("/news/"))
    assert sum(times - 1 for times in asked.values()) <= KILLS * IN_FLIGHT
    captured = [
        entry.url
        for entry in Captures(tmp_path / "data" / "captures").indexed()
        if entry.about.get("kind") == "article"
    ]
    assert set(captured) == set(urls)
    for warc in (tmp_path / "data" / "captures").glob("*.warc.gz"):
        with warc.open("rb") as file:
            assert {record.rec_type for record in ArchiveIterator(file)} <= {
                "warcinfo",
                "request",
                "response",
                "revisit",
            }


def test_an_interrupted_run_ends_in_seconds_and_publishes_what_it_kept(mill, tmp_path, newsloom) -> None:
    grow(mill, 400)
    (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", mill.home).replace("delay = 0", "delay = 0.05"))
    running = subprocess.Popen([NEWSLOOM, "crawl", "--json"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    while len(mill.asked) < 12:
        assert running.poll() is None
    running.terminate()
    said, _ = running.communicate(timeout=10)
    kept = json.loads(said)["run"]["sites"][0]["outcomes"]["kept"]
    assert 5 <= kept < 400
    assert len(etree.parse(tmp_path / "public" / "feeds" / "all.atom").findall("{*}entry")) == min(kept, 100)
    assert newsloom("verify").returncode == 0
