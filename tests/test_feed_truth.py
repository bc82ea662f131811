"""What feeds never do: lie because a site broke, or say the same thing in other bytes."""

import os
import subprocess
import sys

import pytest

from items.article import Article, Source
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from tests.feed_kit import feeds_of, files_of
from tests.loopback import Loopback, listing_page, news_page, site_file

STORIES = {
    f"/news/{n}": (f"Mill number {n} opens", f"The mill with the number {n} opened on Monday, said its owner. " * 3)
    for n in range(1, 6)
}


@pytest.fixture
def yesterday(newsloom, tmp_path):
    """A site that was crawled and published; what it becomes and what its feeds then say is for the test."""
    with Loopback() as web:
        web.html("/", listing_page(*STORIES))
        for path, (title, text) in STORIES.items():
            web.html(path, news_page(title, text, "It spins cotton yarn for export to eleven countries."))
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (tmp_path / "newsloom.toml").write_text('[crawl]\nretries = 0\nonly = ["mill"]\n')
        assert newsloom("crawl").returncode == 0
        assert len(feeds_of(tmp_path / "public")) > 10
        yield web


def empty(web: Loopback) -> None:
    web.html("/", "<html><body><h1>News</h1><ul></ul></body></html>")


def errors(web: Loopback) -> None:
    for path in ("/", *STORIES):
        web.html(path, "<html><body><h1>Internal Server Error</h1></body></html>", status=500)


def error_pages_that_say_they_are_fine(web: Loopback) -> None:
    sorry = "<html><head><title>Error</title></head><body><h1>Error</h1><p>The page is not available.</p></body></html>"
    for path in STORIES:
        web.html(path, sorry)


def gone(web: Loopback) -> None:
    for path in ("/", *STORIES):
        web.pages[path] = lambda handler: setattr(handler, "close_connection", True)


def not_found(web: Loopback) -> None:
    for path in ("/", *STORIES):
        web.html(path, "<html><body><h1>Not Found</h1></body></html>", status=404)


def pages_not_found_though_listed(web: Loopback) -> None:
    for path in STORIES:
        web.html(path, "<html><body><h1>Not Found</h1></body></html>", status=404)


BROKEN = [empty, errors, error_pages_that_say_they_are_fine, gone, not_found, pages_not_found_though_listed]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_site_that_breaks_leaves_every_byte_of_its_feeds(yesterday, newsloom, tmp_path, broken) -> None:
    before = {p: (c, (tmp_path / "public" / p).stat().st_mtime_ns) for p, c in feeds_of(tmp_path / "public").items()}
    broken(yesterday)
    newsloom("crawl", "--recheck")
    newsloom("crawl", "--recheck")
    after = {p: (c, (tmp_path / "public" / p).stat().st_mtime_ns) for p, c in feeds_of(tmp_path / "public").items()}
    assert after == before


_PUBLISH = """
import sys
from pathlib import Path
from pipelines.archive import Archive
from tests.feed_kit import publish_into
archive = Archive("sqlite:///" + sys.argv[1])
assert publish_into(Path(sys.argv[2]), archive).trouble == []
"""


def test_the_same_archive_gives_the_same_bytes_on_another_hash_seed_locale_and_zone(tmp_path) -> None:
    archive = Archive(f"sqlite:///{tmp_path}/1.db")
    with archive.writing() as connection:
        for number in range(1, 40):
            said = {
                "url": f"http://www.loom.example/{number}",
                "title": f"棉花价格 {number}",
                "text": "棉纱出口增长。" * 20,
            }
            said |= {"site": "loomsite", "language": "zh", "source": Source(name=f"中国纺织报 {number % 3}")}
            said |= {"authors": ["Ann", "Bo"], "tags": ["a", "b", "c"]}
            said |= {"published": {"at": f"2026-0{1 + number % 9}-11", "precision": "day", "basis": "url"}}
            keep(connection, Article.model_validate(said))
    archive.close()
    (tmp_path / "2.db").write_bytes((tmp_path / "1.db").read_bytes())
    for number, seed, locale, zone in ((1, "0", "C", "UTC"), (2, "4711", "de_DE.UTF-8", "Asia/Shanghai")):
        said = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone, "PATH": os.environ["PATH"]}
        arguments = [sys.executable, "-c", _PUBLISH, tmp_path / f"{number}.db", tmp_path / f"public{number}"]
        subprocess.run(arguments, env=said, check=True, timeout=120)
    assert feeds_of(tmp_path / "public1") == feeds_of(tmp_path / "public2")
    assert len(files_of(tmp_path / "public1")) > 50
