"""Feeds: the same stories in three formats, valid, stable, and never emptied."""

import json
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from items.article import Article, Image, Published, RelatedLink, Rights, Source
from items.site import Site
from pipelines.archive.articles import keep
from pipelines.publish.publish import Publication, publish

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site.model_validate(
    {
        "id": "loomsite",
        "name": {"en": "Loom News"},
        "languages": ["en"],
        "country": "DE",
        "zone": "UTC",
        "home": "http://www.loom.example/",
        "checked": "never",
        "feeds": [{"url": "http://www.loom.example/feed"}],
    }
)


@pytest.fixture
def published(archive, tmp_path):
    """Keeps articles, publishes, and returns the published folder."""

    def make(*articles: Article) -> Path:
        with archive.writing() as connection:
            for each in articles:
                keep(connection, each)
        report = publish(
            archive, {"loomsite": SITE}, Publication(tmp_path / "public", "http://feeds.example/", "Textiles")
        )
        assert report.trouble == []
        return tmp_path / "public"

    return make


def rich_article(article) -> Article:
    return article(
        1,
        title="Spinning & weaving <today>",
        html='<p>The mill opened. <img src="http://www.loom.example/a.jpg"></p>',
        source=Source(name="Loom Federation", raw="(Source: Loom Federation)"),
        authors=["Ann Weaver", "Bo Spinner"],
        tags=["cotton"],
        related=[RelatedLink(title="An older mill", url="http://www.loom.example/news/0.html")],
        images=[Image(url="http://www.loom.example/a.jpg", caption="The mill", width=800)],
        published=Published(at="2026-11-20T10:30:00+08:00", precision="minute", basis="visible"),
    )


def entries(folder: Path, name: str) -> list:
    parsed = feedparser.parse((folder / "feeds" / name).read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed.entries


def items(folder: Path) -> list[dict]:
    return json.loads((folder / "feeds" / "all.json").read_bytes())["items"]


def test_the_three_formats_tell_the_same_stories_under_the_same_ids(published, article) -> None:
    folder = published(rich_article(article), article(2), article(3))
    atom, rss, jsons = entries(folder, "all.atom"), entries(folder, "all.rss"), items(folder)
    assert [e.id for e in atom] == [e.id for e in rss] == [e["id"] for e in jsons]
    assert [e.title for e in atom] == [e["title"] for e in jsons]
    assert [e.link for e in atom] == [e.link for e in rss] == [e["url"] for e in jsons]
    assert [e.published_parsed for e in atom] == [e.published_parsed for e in rss]


def test_there_is_a_feed_for_everything_and_an_opml_of_them_all(published, article) -> None:
    credit = Source(name="中国纺织报", raw="来源：中国纺织报")
    folder = published(
        article(1, title="Cotton prices rise"), article(2, language="zh", site="othersite", source=credit)
    )
    feeds = {str(f.relative_to(folder / "feeds")) for f in (folder / "feeds").rglob("*.atom")}
    feeds = {name for name in feeds if "/history/" not in name}
    assert feeds == {
        *("all.atom", "site/loomsite.atom", "site/othersite.atom", "language/en.atom", "language/zh.atom"),
        *("topic/cotton.atom", "topic/prices.atom", "source/xn--fiqs8s14juj2a4ba.atom", "country/de.atom"),
    }
    outlines = etree.parse(folder / "feeds.opml").getroot().iter("outline")
    assert {o.get("xmlUrl") for o in outlines} - {None} == {f"http://feeds.example/feeds/{name}" for name in feeds}


def test_an_entry_carries_the_article_its_source_and_its_related_reading(published, article) -> None:
    folder = published(rich_article(article))
    (atom,), (rss,), (item,) = entries(folder, "all.atom"), entries(folder, "all.rss"), items(folder)
    for content in (atom.content[0].value, rss.content[0].value, item["content_html"]):
        assert "<p>The mill opened." in content
        assert "Source: Loom Federation" in content
        assert "An older mill" in content
    assert atom.dc_source == rss.dc_source == item["_newsloom"]["source"]["name"] == "Loom Federation"
    assert [a.name for a in atom.authors] == ["Ann Weaver", "Bo Spinner"]
    assert [link.href for link in atom.links if link.rel == "related"] == ["http://www.loom.example/news/0.html"]


def test_related_links_keep_their_rel_and_title_in_the_xml_itself(published, article) -> None:
    folder = published(rich_article(article))
    entry = etree.parse(folder / "feeds" / "all.atom").getroot().find(f"{ATOM}entry")
    links = [dict(link.attrib) for link in entry.findall(f"{ATOM}link")]
    assert {"href": "http://www.loom.example/news/1.html"} in links
    assert {"rel": "related", "href": "http://www.loom.example/news/0.html", "title": "An older mill"} in links


def test_copies_of_a_story_are_one_entry_that_names_them(published, article) -> None:
    folder = published(
        article(1), article(1, site="othersite", url="http://other.example/9", source=Source(name="Loom News"))
    )
    (item,) = items(folder)
    assert item["url"] == "http://www.loom.example/news/1.html"
    assert "Also published by" in item["content_html"]
    assert item["_newsloom"]["copies"] == [
        {"site": "othersite", "title": "Mill number 1 opens", "url": "http://other.example/9"}
    ]


def test_newest_first_by_publication(published, article) -> None:
    days = {1: "2026-11-03", 2: "2026-11-19", 3: "2026-11-11"}
    folder = published(
        *(article(n, published=Published(at=day, precision="day", basis="url")) for n, day in days.items())
    )
    assert [item["url"][-6] for item in items(folder)] == ["2", "3", "1"]


@pytest.mark.parametrize("policy", ["excerpt", "link"])
def test_what_a_sites_rights_forbid_is_in_no_feed(published, article, policy) -> None:
    secret = "The whole text, which nobody may republish. " * 30
    folder = published(article(1, text=secret, html=f"<p>{secret}</p>", rights=Rights(policy=policy)))
    for file in (folder / "feeds" / "all.atom", folder / "feeds" / "all.rss", folder / "feeds" / "all.json"):
        found = file.read_text().count("The whole text")
        assert found <= (16 if policy == "excerpt" else 0)


def test_nothing_is_dated_by_the_clock(published, article) -> None:
    folder = published(rich_article(article))
    feed = etree.parse(folder / "feeds" / "all.atom").getroot()
    assert feed.find(f"{ATOM}updated").text == "2026-11-20T02:30:00+00:00"


def test_publishing_again_changes_no_file(published, article) -> None:
    folder = published(rich_article(article), article(2))
    before = {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.rglob("*") if f.is_file()}
    published()
    assert {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.rglob("*") if f.is_file()} == before


def test_an_archive_with_nothing_in_it_publishes_no_feed_and_leaves_what_is_there(published, article, tmp_path) -> None:
    folder = published()
    assert not list(folder.rglob("*.atom"))


TRAPS = [*"\x00\x0b\x1f\x7f\x85\x9f\ufffe\uffff\ufdd0\u202e<>&\"'", "]]>", "<script>", "&#0;", "javascript:x()"]
hostile = st.lists(st.one_of(st.sampled_from(TRAPS), st.text(max_size=4), st.characters()), max_size=12).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(hostile, min_size=6, max_size=6))
def test_hostile_words_in_any_field_leave_every_feed_valid_and_inert(words, tmp_path_factory) -> None:
    from pipelines.archive import Archive

    folder = tmp_path_factory.mktemp("hostile")
    archive = Archive(f"sqlite:///{folder}/a.db")
    title, text, html, name, related, url = words
    made = Article.model_validate(
        {
            "site": "loomsite",
            "url": "http://www.loom.example/1",
            "title": f"x{title}",
            "text": text,
            "html": f"<p onclick='x()'>{html}</p><script>alert(1)</script><a href='{url}'>y</a>",
            "source": {"name": f"x{name}", "url": url},
            "authors": [name, title],
            "tags": [related],
            "related": [{"title": f"x{related}", "url": url}],
            "summary": text,
        }
    )
    with archive.writing() as connection:
        keep(connection, made)
    report = publish(archive, {"loomsite": SITE}, Publication(folder / "public", "http://feeds.example/", "Textiles"))
    archive.close()
    assert report.trouble == []
    for ending in ("atom", "rss"):
        document = etree.parse(folder / "public" / "feeds" / f"all.{ending}")
        contents = [e.text for e in document.iter() if str(e.tag).endswith(("content", "encoded")) and e.text]
        for content in contents:
            tree = etree.fromstring(f"<div>{content}</div>", etree.HTMLParser())
            assert not tree.xpath("//script | //@onclick | //*[starts-with(@href, 'javascript')]")
