"""The main job, whole: crawl the sample sites, keep what a careful reader would, publish it, and do it again."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest

from crawler.replaying import OF_THE_ARCHIVE
from crawler.samples_server import samples_folder
from pipelines.publish.release import verify_release

SITES = ("silkfed", "apparelwire", "eurofabric")
EXPECTED = [
    pytest.param(record, id=f"{site}-{record['url'].rstrip('/').rsplit('/', 1)[1]}")
    for site in SITES
    for record in map(json.loads, (samples_folder() / site / "expected.jsonl").read_text().splitlines())
    if 1 in record["visits"]
]
CONFIG = '[crawl]\nsamples = true\ncontact = "tests@newsloom.example"\n[publish]\nbase_url = "http://feeds.example/"\n'


@dataclass
class Crawled:
    folder: Path
    said: str
    records: dict[str, dict]


def released(public: Path) -> list[dict]:
    files = sorted((public / "archive").rglob("articles-*.jsonl.gz"))
    return [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(f): (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Crawled:
    """What `newsloom demo` leaves behind."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("demo")
    command = [str(Path(sys.executable).with_name("newsloom")), "demo"]
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    records = {r["url"]: r for r in released(folder / "demo" / "public") if r["type"] == "article"}
    return Crawled(folder / "demo", done.stdout, records)


def test_the_demo_names_counts_for_each_site(demo) -> None:
    for site in SITES:
        line = next(line for line in demo.said.splitlines() if line.startswith(site))
        listed, known, *ended = map(int, line.split()[1:])
        assert listed >= 12
        assert listed == known + sum(ended)


def test_the_demo_keeps_every_article_and_nothing_else(demo) -> None:
    assert set(demo.records) == {param.values[0]["url"] for param in EXPECTED}


@pytest.mark.parametrize("expected", EXPECTED)
def test_an_article_says_what_its_page_prints(demo, expected) -> None:
    got = demo.records[expected["url"]]
    assert got["title"] == expected["title"]
    source = got["source"] and got["source"]["name"]
    assert source == (expected["source"] and expected["source"]["name"])
    assert got["published"]["at"] == expected["published"]["at"]
    assert got["published"]["precision"] == expected["published"]["precision"]
    assert [r["title"] for r in got["related"] if not r["category"]] == [r["title"] for r in expected["related"]]
    assert [r["url"] for r in got["related"] if not r["category"]] == [r["url"] for r in expected["related"]]
    categories = [(r["category"], r["title"]) for r in got["related"] if r["category"]]
    told = {r["title"] for r in expected["related"]}  # the same title in two lists is one link
    assert categories == [(c["category"], c["title"]) for c in expected.get("categories", []) if c["title"] not in told]
    lines = got["text"].splitlines()
    assert (lines[0], lines[-1]) == (expected["first_line"], expected["last_line"])
    assert len(lines) == expected["paragraphs"] + len(expected["subheads"])
    assert got["authors"] == expected["authors"]
    assert got["editors"] == expected["editors"]
    assert got["language"] == expected["language"]


def test_reprints_share_a_story_and_look_alikes_do_not(demo) -> None:
    by_url = demo.records
    reprints = [p.values[0] for p in EXPECTED if p.values[0].get("reprint_of")]
    assert len(reprints) >= 3
    for reprint in reprints:
        assert by_url[reprint["url"]]["story"] == by_url[reprint["reprint_of"]]["story"]
    finals = [r for r in by_url.values() if "Haining" in r["title"] and r["site"] == "apparelwire"]
    assert len(finals) == 2
    assert len({r["story"] for r in finals}) == 2


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_the_demos_feeds_parse_without_complaint(demo, ending) -> None:
    feed = feedparser.parse((demo.folder / "public" / "feeds" / f"all.{ending}").read_bytes())
    assert not feed.bozo
    stories = {r["story"] for r in demo.records.values()}
    assert len(feed.entries) == len(stories)


def test_the_demos_release_is_whole(demo, newsloom) -> None:
    said = newsloom("verify", demo.folder / "public" / "archive")
    assert said.returncode == 0
    assert "whole and unaltered" in said.stdout


def test_a_replay_of_the_demos_captures_reads_every_article_as_the_crawl_did(demo, newsloom) -> None:
    said = newsloom("replay", "--json", cwd=demo.folder)
    assert said.returncode == 0, said.stderr
    read = {article["url"]: article for article in map(json.loads, said.stdout.splitlines())}
    assert read.keys() == demo.records.keys()
    for url, record in demo.records.items():
        now = read[url]
        assert now["capture"] == record["capture"]
        of_the_page = record.keys() - OF_THE_ARCHIVE - {"related", "canonical_url"}
        assert {name: now[name] for name in of_the_page} == {name: record[name] for name in of_the_page}


def test_a_second_crawl_fetches_no_article_and_changes_no_published_byte(demo, newsloom) -> None:
    before = snapshot(demo.folder / "public")
    report = json.loads(newsloom("crawl", "--json", cwd=demo.folder).stdout)
    assert report["exit_status"] == 0
    assert all(set(site["outcomes"]) == {"known"} for site in report["run"]["sites"])
    assert report["published"]["changed"] == []
    assert snapshot(demo.folder / "public") == before


def test_status_gives_every_site_a_verdict(demo, newsloom) -> None:
    said = json.loads(newsloom("status", "--json", cwd=demo.folder).stdout)
    assert {site["site"]: site["verdict"] for site in said["sites"]}.keys() == set(SITES)
    assert all(site["verdict"] in ("healthy", "quiet", "new") for site in said["sites"])


def test_scrapys_own_crawl_command_keeps_articles_too(tmp_path) -> None:
    import os
    import subprocess
    import sys

    (tmp_path / "newsloom.toml").write_text(CONFIG)
    from crawler.samples_server import SampleSites

    root = Path(__file__).parent.parent
    with SampleSites() as samples:
        (tmp_path / "newsloom.toml").write_text(
            CONFIG.replace("[publish]", f'proxy = "{samples.proxy_url}"\n[publish]')
        )
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.scrapy_settings", "PYTHONPATH": str(root)}
        scrapy = Path(sys.executable).with_name("scrapy")
        done = subprocess.run(
            [scrapy, "crawl", "eurofabric"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    from pipelines.archive import Archive
    from pipelines.archive.ledger import last_run

    archive = Archive(f"sqlite:///{tmp_path}/data/newsloom.db")
    with archive.reading() as connection:
        (count,) = last_run(connection).sites
    archive.close()
    assert count.listed >= 12
    assert count.balances


@pytest.fixture
def visits(tmp_path):
    """Crawls the sample sites in this process's children, at the first or the second visit."""
    from crawler.samples_server import SampleSites

    with SampleSites() as samples:
        config = CONFIG.replace("samples = true", f'proxy = "{samples.proxy_url}"').replace("[publish]", "[publish]")
        (tmp_path / "newsloom.toml").write_text(
            f'sites = "{samples_folder()}"\n{config}'.replace(
                "[crawl]", "[crawl]\nonly = ['silkfed', 'apparelwire', 'eurofabric']"
            )
        )
        yield samples


def test_what_changed_between_two_visits_is_seen_and_nothing_else(visits, newsloom, tmp_path) -> None:
    assert newsloom("crawl").returncode == 0
    visits.visit = 2
    report = json.loads(newsloom("crawl", "--recheck", "--json").stdout)
    outcomes = {site["site"]: site["outcomes"] for site in report["run"]["sites"]}
    assert sum(o.get("version", 0) for o in outcomes.values()) == 1
    assert sum(o.get("kept", 0) + o.get("copy", 0) for o in outcomes.values()) == 2
    again = json.loads(newsloom("crawl", "--recheck", "--json").stdout)
    assert sum(site["outcomes"].get("removed", 0) for site in again["run"]["sites"]) == 1
    facts = released(tmp_path / "public")
    (tombstone,) = [fact for fact in facts if fact["type"] == "tombstone"]
    assert tombstone["url"].endswith("1200098.html")
    assert verify_release(tmp_path / "public" / "archive").faults == []
    feed = (tmp_path / "public" / "feeds" / "all.atom").read_text()
    assert f'<link href="{tombstone["url"]}"/>' not in feed
