"""Health as an operator meets it: a site loses its source line, and cron, status, feeds, metrics and mail say so."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import feedparser
import pytest

from tests.loopback import Loopback, listing_page, site_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

WORDS = ["cotton", "yarn", "mill", "fair", "export", "order", "fibre", "price", "dye", "loom"]


class MadeNews:
    """A site on loopback that publishes as a test says."""

    def __init__(self, web: Loopback) -> None:
        self.web, self.count = web, 0

    def publish(self, number: int, *, source: bool = True, status: int = 200) -> None:
        for _ in range(number):
            self.count += 1
            n = self.count
            topic = f"{WORDS[n % 10]} {WORDS[n // 10 % 10]} number {n}"
            lines = "".join(
                f"<p>What is said of {topic} in line {k}: mills and markets of the region, {n * k}.</p>"
                for k in range(1, 6)
            )
            credit = f'<p class="src">Source: Textile Bulletin {n % 3}</p>' if source else ""
            page = f"""<html><head><title>All about {topic}</title></head><body><h1>All about {topic}</h1>
<div class="date">2026-0{1 + n % 9}-1{n % 9} 10:00</div>{credit}<div class="story">{lines}</div></body></html>"""
            self.web.html(f"/news/{n}.html", page, status)
        self.web.html("/", listing_page(*(f"/news/{n}.html" for n in range(self.count, 0, -1))))


@pytest.fixture
def news(tmp_path: Path) -> Iterator[MadeNews]:
    with Loopback() as web:
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "loomsite.toml").write_text(site_file("loomsite", web.home))
        told = f"{sys.executable} -c {shlex.quote(TELL)}"
        (tmp_path / "newsloom.toml").write_text(
            f'[crawl]\nonly = ["loomsite"]\nallow_hosts = ["127.0.0.1"]\n[notify]\ncommand = {json.dumps(told)}\n'
        )
        yield MadeNews(web)


TELL = "import sys, pathlib; p = pathlib.Path('told.jsonl'); p.open('ab').write(sys.stdin.buffer.read() + b'\\n')"


def crawl(newsloom: Callable[..., CompletedProcess[str]]) -> CompletedProcess[str]:
    return newsloom("crawl", "--quiet")


def told(folder: Path) -> list[tuple[str, str]]:
    path = folder / "told.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(site["site"], site["verdict"]) for line in lines for site in json.loads(line)["sites"]]


def test_a_lost_source_line_is_told_once_everywhere_and_its_return_too(news, newsloom, tmp_path) -> None:
    news.publish(20)
    assert (crawl(newsloom).stdout, crawl(newsloom).stdout) == ("", "")
    news.publish(5, source=False)
    first = crawl(newsloom)
    assert first.returncode == 2
    (line,) = first.stdout.splitlines()
    assert line.startswith("loomsite: broken: source: lost since http://127.0.0.1:")
    assert crawl(newsloom).returncode == 2
    assert told(tmp_path) == [("loomsite", "broken")]

    status = newsloom("status", "loomsite")
    assert status.returncode == 2
    assert 'before: <p class="src">Source: Textile Bulletin' in status.stdout
    assert "now:    <h1>All about" in status.stdout
    assert "try:    newsloom sites rules loomsite" in status.stdout
    (site,) = json.loads(newsloom("status", "--json").stdout)["sites"]
    assert (site["verdict"], {each["what"] for each in site["evidence"]}) == ("broken", {"source"})

    public = json.loads((tmp_path / "public/health.json").read_text())
    assert public["sites"][0]["verdict"] == "broken"
    assert "<p" not in json.dumps(public)
    feed = feedparser.parse((tmp_path / "public/health.atom").read_bytes())
    assert not feed.bozo
    assert feed.entries[0].title == "loomsite: broken"
    assert "broken" not in (tmp_path / "public/feeds/all.atom").read_text()
    metrics = (tmp_path / "data/newsloom.prom").read_text()
    assert 'newsloom_site_verdict{site="loomsite",verdict="broken"} 1' in metrics

    news.publish(4)
    assert crawl(newsloom).returncode == 0
    assert told(tmp_path) == [("loomsite", "broken"), ("loomsite", "healthy")]


@pytest.mark.parametrize("what", ["articles", "listing"])
def test_a_site_that_sends_on_to_another_host_has_moved(news, newsloom, what) -> None:
    news.publish(20)
    crawl(newsloom)
    with Loopback() as other:
        news.publish(5)
        paths = [f"/news/{n}.html" for n in range(21, 26)] if what == "articles" else ["/"]
        for path in paths:
            other.pages[path] = news.web.pages[path]
            news.web.pages[path] = (301, {"Location": f"{other.home.rstrip('/')}{path}"}, b"")
        crawl(newsloom)
        (site,) = json.loads(newsloom("status", "--json").stdout)["sites"]
        assert site["verdict"] == "moved"
        assert other.home.split("//")[1].rstrip("/") in json.dumps(site["evidence"]) or what == "listing"


def test_what_an_operator_accepts_is_no_trouble_any_more(news, newsloom) -> None:
    news.publish(20)
    crawl(newsloom)
    news.publish(5, source=False)
    assert crawl(newsloom).returncode == 2
    assert newsloom("status", "loomsite", "--accept", "source").returncode == 0
    assert crawl(newsloom).returncode == 0


def test_one_page_that_fails_among_many_is_no_trouble_of_the_site(news, newsloom) -> None:
    news.publish(20)
    crawl(newsloom)
    news.publish(1, status=500)
    news.publish(3)
    report = crawl(newsloom)
    assert (report.returncode, report.stdout) == (0, "")


def test_a_run_that_changes_nothing_leaves_the_published_health_as_it_is(news, newsloom, tmp_path) -> None:
    news.publish(6)
    for _ in range(3):
        crawl(newsloom)
    before = {name: (tmp_path / "public" / name).stat().st_mtime_ns for name in ("health.json", "health.atom")}
    crawl(newsloom)
    assert before == {name: (tmp_path / "public" / name).stat().st_mtime_ns for name in before}


def test_a_way_of_telling_that_fails_is_one_line_and_is_tried_again(news, newsloom, tmp_path) -> None:
    config = tmp_path / "newsloom.toml"
    good = config.read_text()
    config.write_text(good.split("[notify]")[0] + '[notify]\ncommand = "/no/such/command"\n')
    news.publish(20)
    crawl(newsloom)
    news.publish(5, source=False)
    assert "could not be told: notify.command: " in crawl(newsloom).stdout
    config.write_text(good)
    crawl(newsloom)
    assert told(tmp_path) == [("loomsite", "broken")]
