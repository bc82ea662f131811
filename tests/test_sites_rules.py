# ruff: noqa: E501  # pages are written as their sites write them
"""`sites rules`: rules for a site that changed, learned from its captures, or from its pages where those are older."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.loopback import Loopback, site_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MILLS = ["Harwick", "Linton", "Oakham", "Stourby", "Brigford", "Eastvale", "Westlow", "Southam"]
SOURCES = ["Weavers Weekly", "Loom & Fibre", "Eastvale Gazette"]


class Mill:
    """A site that publishes, and whose pages are laid out as a test says."""

    def __init__(self, web: Loopback) -> None:
        self.web, self.count = web, 0

    def publish(self, number: int, *, box: str = "story", label: str = "Source:", row: str = "row") -> None:
        for _ in range(number):
            self.count += 1
            n = self.count
            title = f"{MILLS[n % 8]} mill reports steady orders for yarn number {n}"
            lines = "".join(
                f"<p>What the mill of {MILLS[n % 8]} said in line {k}: orders rose by {n * k} percent in spring.</p>"
                for k in range(5)
            )
            self.web.html(
                f"/news/{n}.html",
                f"""<html><head><title>{title}</title></head><body><div class="menu"><a href="/">Home</a></div>
<h1 class="{box}-title">{title}</h1><p class="{box}-info"><span class="day">2026-01-{1 + n % 28:02}</span> <span class="who">{label} {SOURCES[n % 3]}</span></p>
<div class="{box}">{lines}</div><div class="foot">The mills of the region</div></body></html>""",
            )
        items = "".join(
            f'<li class="{row}"><span>2026-01-{1 + n % 28:02}</span> <a href="/news/{n}.html">{MILLS[n % 8]} mill reports steady orders for yarn number {n}</a></li>'
            for n in range(self.count, 0, -1)
        )
        self.web.html("/", f"<html><body><ul>{items}</ul></body></html>")


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Mill]:
    with Loopback() as web:
        (tmp_path / "sites").mkdir()
        text = site_file("mill", web.home).replace("css:li a", "css:li.row a").replace("css:a.next", "css:a.no-next")
        text = text.replace(
            "[politeness]",
            '[fields]\ntitle = "css:h1.story-title"\nbody = "css:div.story"\nauthors = "css:span.by"\n[politeness]',
        )
        (tmp_path / "sites" / "mill.toml").write_text(text)
        (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        yield Mill(web)


def test_fields_are_learned_from_the_captures_since_the_pages_changed(mill, newsloom, tmp_path) -> None:
    mill.publish(20)
    assert newsloom("crawl").returncode == 0
    mill.publish(5, box="text-box", label="Credit:")
    assert newsloom("crawl").returncode == 2
    said = newsloom("status", "mill").stdout
    assert "source: lost since" in said
    assert '<span class="who">Source: ' in said
    assert "Credit: " in said
    asked = len(mill.web.asked)
    learned = newsloom("sites", "rules", "mill", "--yes")
    assert learned.returncode == 0, learned.stdout + learned.stderr
    assert len(mill.web.asked) == asked
    fields = tomllib.loads((tmp_path / "sites" / "mill.toml").read_text())["fields"]
    assert fields["title"] == "css:h1.text-box-title"
    assert fields["authors"] == "css:span.by"
    assert fields["source"]["regex"] == r"^Credit:\s*(.+)"
    changes = [json.loads(line) for line in newsloom("replay", "mill", "--json").stdout.splitlines()]
    assert {article["source"]["name"] for article in changes} == set(SOURCES)


def test_a_listing_that_shows_no_article_any_more_is_learned_anew(mill, newsloom, tmp_path) -> None:
    mill.publish(20)
    newsloom("crawl")
    mill.publish(3, row="entry")
    assert newsloom("crawl").returncode == 3
    assert "newsloom sites rules mill" in newsloom("status", "mill").stdout
    newsloom("sites", "rules", "mill", "--yes")
    assert "css:li.row" not in (tmp_path / "sites" / "mill.toml").read_text()
    (count,) = json.loads(newsloom("crawl", "--json").stdout)["run"]["sites"]
    assert count["outcomes"] == {"known": 20, "kept": 3}


def test_a_change_that_no_crawl_has_met_is_learned_from_the_pages_as_they_are_now(mill, newsloom, tmp_path) -> None:
    mill.publish(20)
    newsloom("crawl")
    mill.count = 0
    mill.publish(20, box="text-box", row="entry")
    assert "no link to an article" in newsloom("sites", "check", "mill").stdout
    learned = newsloom("sites", "rules", "mill", "--yes")
    assert "no capture is known to be from after a change of 'mill': asking the site" in learned.stderr
    assert "no link to an article" not in newsloom("sites", "check", "mill").stdout
    rules = tomllib.loads((tmp_path / "sites" / "mill.toml").read_text())
    assert rules["fields"]["title"] == "css:h1.text-box-title"
    assert rules["layouts"][0]["fields"]["title"] == "css:h1.story-title"


def test_where_the_site_does_not_answer_its_captures_have_to_do(mill, newsloom, tmp_path) -> None:
    mill.publish(8)
    newsloom("crawl")
    mill.web.pages.clear()
    learned = newsloom("sites", "rules", "mill", "--yes")
    assert learned.returncode == 0, learned.stdout + learned.stderr
    assert "captures, by `newsloom sites rules`" in (tmp_path / "sites" / "mill.toml").read_text()


def test_rules_that_read_every_page_stay(mill, newsloom, tmp_path) -> None:
    mill.publish(8)
    newsloom("crawl")
    before = tomllib.loads((tmp_path / "sites" / "mill.toml").read_text())
    newsloom("sites", "rules", "mill", "--yes")
    after = tomllib.loads((tmp_path / "sites" / "mill.toml").read_text())
    assert {name: after["fields"][name] for name in before["fields"]} == before["fields"]
    assert "layouts" not in after or after["fields"] != before["fields"]
