"""Feeds that an operator defines in newsloom.toml, and what stands beside a story in every feed."""

from __future__ import annotations

import json

import feedparser
import pytest
from lxml import etree
from sqlalchemy import insert, select

from items.article import Source
from pipelines.archive.articles import keep
from pipelines.archive.redaction import redact
from pipelines.archive.tables import articles, links
from tests.feed_kit import entries, faults_of, feeds_of, items, publish_into
from tests.loopback import site_file

CONFIG = """
[publish]
title = "Textiles"
base_url = "http://feeds.example/"

[[feeds]]
name = "german-mills"
title = "From Germany"
description = "What mills in Germany say"
countries = ["DE"]

[[feeds]]
name = "silk"
title = "丝绸"
words = ["桑蚕", "蚕茧"]
without = ["展会"]

[[feeds]]
name = "chinese-cotton"
title = "Cotton in Chinese"
languages = ["zh"]
topics = ["cotton"]

[[feeds]]
name = "federation"
title = "The federation's"
sources = ["LOOM  federation"]

[[feeds]]
name = "two-sites"
title = "Two sites and a phrase"
sites = ["mill", "other"]
words = ["ring spin*"]
"""
RECORDS = {
    "german": {"site": "mill", "title": "A mill opens", "language": "de", "text": "Eine Spinnerei öffnet in Gronau."},
    "silk-title": {"site": "other", "title": "今年桑蚕丰收", "language": "zh", "text": "农户收入增加，市场平稳。"},
    "silk-text": {"site": "other", "title": "广西快讯", "language": "zh", "text": "本周蚕茧收购价格上涨两成。"},
    "silk-fair": {"site": "other", "title": "蚕茧展会开幕", "language": "zh", "text": "三百家企业参加。"},
    "cotton-zh": {"site": "other", "title": "棉花价格上涨", "language": "zh-Hans", "text": "新疆棉花价格本周上涨。"},
    "cotton-en": {"site": "other", "title": "Cotton prices rise", "language": "en", "text": "Prices rose on Monday."},
    "credited": {"site": "third", "title": "A report", "text": "On yarn.", "source": {"name": "Loom Federation"}},
    "phrase": {"site": "other", "title": "Machines", "language": "en", "text": "New ring spinning frames arrive."},
    "elsewhere": {"site": "third", "title": "Machines too", "language": "en", "text": "Ring spinning frames leave."},
}
EXPECTED = {
    "german-mills": {"german"},
    "silk": {"silk-title", "silk-text"},
    "chinese-cotton": {"cotton-zh"},
    "federation": {"credited"},
    "two-sites": {"phrase"},
}


def test_an_operators_feeds_hold_what_meets_every_filter_and_stand_in_the_outline(newsloom, tmp_path) -> None:
    (tmp_path / "newsloom.toml").write_text(CONFIG)
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "mill.toml").write_text('country = "DE"\n' + site_file("mill", "http://mill.example/"))
    lines = [json.dumps({"url": f"http://x.example/{name}"} | said) for name, said in RECORDS.items()]
    (tmp_path / "some.jsonl").write_text("\n".join(lines))
    assert newsloom("import", "some.jsonl").returncode == 0
    done = newsloom("publish")
    assert done.returncode == 0, done.stderr
    public = tmp_path / "public"
    assert faults_of(public) == []
    outline = etree.parse(public / "feeds.opml")
    for name, expected in EXPECTED.items():
        for ending in ("atom", "rss"):
            found = feedparser.parse((public / f"feeds/own/{name}.{ending}").read_bytes()).entries
            assert {entry.link.rsplit("/", 1)[1] for entry in found} == expected, name
        assert {item["url"].rsplit("/", 1)[1] for item in items(public, f"own/{name}")} == expected, name
        (entry,) = outline.xpath(f"//outline[@xmlUrl='http://feeds.example/feeds/own/{name}.atom']")
        assert entry.get("htmlUrl") == f"http://feeds.example/feeds/own/{name}.html"
    (german,) = outline.xpath("//outline[@title='From Germany']")
    assert german.getparent().get("text") == "Our own selections"
    told = json.loads((public / "feeds/own/german-mills.json").read_bytes())
    assert told["description"] == "What mills in Germany say"


@pytest.fixture
def database(tmp_path) -> str:
    """SQLite alone: tests/test_feed_history.py asks both databases."""
    return f"sqlite:///{tmp_path}/archive.db"


@pytest.fixture
def linked(archive, article):
    """Two stories and a link between them of a kind; the archive they are in."""

    def make(kind: str):
        with archive.writing() as connection:
            one = keep(connection, article(1, title="Mill opens <today>")).article
            said = article(2, site="othersite", title="工厂开工", text="工厂今日开工。" * 20, language="zh")
            other = keep(connection, said).article
            row = {"article": other, "other": one, "kind": kind, "certainty": 0.4, "reason": "test"}
            connection.execute(insert(links).values(row))
        return archive

    return make


@pytest.mark.parametrize(
    ("kind", "name", "heading"),
    [("possible", "possible_copies", "Possible copies"), ("translation", "translations", "In other languages")],
)
def test_what_is_linked_is_shown_in_every_format_and_never_merged(linked, tmp_path, kind, name, heading) -> None:
    archive = linked(kind)
    assert publish_into(tmp_path, archive).trouble == []
    assert faults_of(tmp_path) == []
    by_url = {item["url"]: item for item in items(tmp_path)}
    english, chinese = (f"http://www.loom.example/news/{n}.html" for n in (1, 2))
    said = by_url[english]
    assert said["_newsloom"][name] == [{"site": "othersite", "title": "工厂开工", "url": chinese, "language": "zh"}]
    assert f"<h4>{heading}</h4>" in said["content_html"]
    assert by_url[chinese]["_newsloom"][name][0]["url"] == english
    for ending in ("atom", "rss"):
        (entry,) = [e for e in entries(tmp_path, f"all.{ending}") if e.link == english]
        (link,) = [link for link in entry.links if link.rel == "related"]
        assert (link.href, link.title, link.hreflang) == (chinese, "工厂开工", "zh")


def test_a_story_that_is_linked_later_is_told_anew_but_not_updated(linked, tmp_path, article) -> None:
    archive = linked("possible")
    with archive.writing() as connection:
        (before,) = connection.execute(select(links)).all()
        connection.execute(links.delete())
    publish_into(tmp_path, archive)
    alone = {item["id"]: item for item in items(tmp_path)}
    with archive.writing() as connection:
        connection.execute(insert(links).values(before._asdict()))
        keep(connection, article(2, site="othersite", title="工厂开工了", text="工厂今日开工了。" * 20, language="zh"))
        connection.execute(insert(links).values(before._asdict()))  # the new text was decided upon anew
    publish_into(tmp_path, archive)
    (first,) = [item for item in items(tmp_path) if item["url"].endswith("/1.html")]
    assert first["_newsloom"]["possible_copies"][0]["title"] == "工厂开工了"
    assert first["date_modified"] == alone[first["id"]]["date_modified"]


def test_a_linked_article_that_is_taken_back_is_named_nowhere_not_even_in_closed_documents(
    linked, tmp_path, article
) -> None:
    archive = linked("possible")
    with archive.writing() as connection:
        for number in range(3, 9):
            keep(connection, article(number, text=f"Report {number} on looms. " * 9, source=Source(name="A")))
    publish_into(tmp_path, archive, entries=2)
    assert sum("工厂开工".encode() in said for said in feeds_of(tmp_path).values()) > 6
    with archive.writing() as connection:
        url = connection.execute(select(articles.c.canonical_url).where(articles.c.site == "othersite")).scalar_one()
        redact(connection, url, "legal")
    publish_into(tmp_path, archive, entries=2)
    named = [
        path for path, said in feeds_of(tmp_path).items() if b"\xe5\xb7\xa5\xe5\x8e\x82" in said or b"u5de5" in said
    ]
    assert named == []
