"""A better rule mends what is in the archive, from captures, without one request."""

from __future__ import annotations

import json
import shutil

import pytest

from pipelines.archive import Archive
from tests.loopback import Loopback, listing_page, news_page, site_file
from tests.removing import take_down

STORY = "The mill opened on Monday and spins cotton yarn for export to eleven countries. "


@pytest.fixture
def mill(tmp_path, newsloom):
    """An archive of five articles whose site is no more; captured with a rule that reads the wrong headline."""
    with Loopback() as web:
        for number in range(5):
            page = news_page(f"Mill {number} opens", STORY * 2, f"It is mill {number} of the town.")
            page = page.replace("<div", f"<h2 class='kicker'>News of day {number}</h2><div")
            web.html(f"/news/{number}", page)
            web.pages[f"/news/{number}"][1]["X-Robots-Tag"] = "noindex, nofollow" if number == 3 else "noarchive"
            web.pages[f"/news/{number}"][1]["TDM-Reservation"] = "1" if number == 4 else "0"
        web.html("/", listing_page(*(f"/news/{number}" for number in range(5))))
        (tmp_path / "sites").mkdir()
        (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        good = site_file("mill", web.home)
        (tmp_path / "sites" / "mill.toml").write_text(good + '[fields]\ntitle = "css:h2.kicker"\n')
        assert newsloom("crawl").returncode == 0
        (tmp_path / "sites" / "mill.toml").write_text(good)
    return tmp_path


def test_a_mended_rule_is_shown_field_by_field_and_kept_when_wanted(mill, newsloom) -> None:
    shown = newsloom("replay", "--diff")
    assert shown.returncode == 0, shown.stderr
    assert "title: 'News of day 3' -> 'Mill 3 opens'" in shown.stdout
    assert titles(newsloom) == {f"News of day {number}" for number in range(5)}
    kept = newsloom("replay", "mill", "--apply")
    assert kept.returncode == 0, kept.stderr
    assert titles(newsloom) == {f"Mill {number} opens" for number in range(5)}
    again = newsloom("replay")
    assert again.stdout.splitlines()[1].split() == ["mill", "5", "5", "0", "0", "0", "0", "0"]


def test_what_is_mended_beside_title_and_text_is_kept_too_and_was_not_seen_again(mill, newsloom) -> None:
    before = {record["url"]: record for record in records(newsloom)}
    site = mill / "sites" / "mill.toml"
    site.write_text(site.read_text() + '[fields]\ntitle = "css:h2.kicker"\nauthors = "css:h1"\n')
    applied = newsloom("replay", "--apply")
    assert applied.stdout.splitlines()[1].split() == ["mill", "5", "0", "5", "0", "0", "0", "0"], applied.stderr
    for record in records(newsloom):
        assert record["authors"] == [f"Mill {record['url'][-1]} opens"]
        assert (record["version"], record["last_seen"]) == (2, before[record["url"]]["last_seen"])


def test_captures_alone_bring_a_lost_archive_back(mill, newsloom) -> None:
    crawled = max(record["recorded"] for record in records(newsloom))
    for file in (mill / "data").glob("newsloom.db*"):
        file.unlink()
    applied = newsloom("replay", "--apply")
    assert applied.stdout.splitlines()[1].split() == ["mill", "5", "0", "0", "5", "0", "0", "0"], applied.stderr
    assert titles(newsloom) == {f"Mill {number} opens" for number in range(5)}
    assert all(record["first_seen"] <= crawled < record["recorded"] for record in records(newsloom))


def test_what_the_publisher_removed_is_left_alone(mill, newsloom) -> None:
    archive = Archive(f"sqlite:///{mill}/data/newsloom.db")
    with archive.writing() as connection:
        take_down(connection, records(newsloom)[0]["url"])
    archive.close()
    applied = newsloom("replay", "--apply")
    assert applied.stdout.splitlines()[1].split() == ["mill", "5", "0", "4", "0", "1", "0", "0"], applied.stderr


def test_what_headers_ask_of_robots_is_kept_with_the_rights_of_the_article(mill, newsloom) -> None:
    read = [json.loads(line) for line in newsloom("replay", "--json").stdout.splitlines()]
    assert {article["url"][-1] for article in read if article["rights"]["tdm_reserved"]} == {"4"}
    assert {article["url"][-1] for article in read if article["rights"]["noindex"]} == {"3"}


def test_a_day_that_is_none_and_captures_that_are_gone_are_one_clear_line(mill, newsloom) -> None:
    assert newsloom("replay", "--since", "yesterday").stderr.startswith("newsloom: --since 'yesterday' is no day")
    assert newsloom("replay", "--since", "2199-01-01").returncode == 0
    shutil.rmtree(mill / "data" / "captures")
    gone = newsloom("replay")
    assert (gone.returncode, gone.stderr) == (0, "")


def records(newsloom) -> list[dict]:
    """The newest version of each article."""
    lines = map(json.loads, newsloom("export").stdout.splitlines())
    return [*{line["id"]: line for line in lines if line["type"] == "article"}.values()]


def titles(newsloom) -> set[str]:
    return {record["title"] for record in records(newsloom)}
