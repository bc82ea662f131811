"""Feeds: the same stories in three formats, valid, stable, and never emptied."""

import pytest
from lxml import etree

from items.article import Article, Image, Published, RelatedLink, Rights, Source
from pipelines.archive.articles import keep
from tests.feed_kit import ATOM, entries, faults_of, feeds_of, files_of, items, publish_into
from tests.removing import take_down


@pytest.fixture
def database(tmp_path) -> str:
    """SQLite alone: tests/test_feed_history.py asks both databases."""
    return f"sqlite:///{tmp_path}/archive.db"


@pytest.fixture
def published(archive, tmp_path):
    """Keeps articles, publishes, and returns the published folder; every feed in it is valid."""

    def make(*articles: Article, **said):
        with archive.writing() as connection:
            for each in articles:
                keep(connection, each)
        assert publish_into(tmp_path / "public", archive, **said).trouble == []
        assert faults_of(tmp_path / "public") == []
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
        {"site": "othersite", "title": "Mill number 1 opens", "url": "http://other.example/9", "language": "en"}
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


def test_an_archive_with_nothing_in_it_publishes_no_feed(published) -> None:
    assert feeds_of(published()) == {}


def test_the_credited_source_is_data_in_every_format_and_the_site_is_not_taken_for_it(published, article) -> None:
    folder = published(rich_article(article))
    feed, channel = (etree.parse(folder / "feeds" / f"all.{ending}").getroot() for ending in ("atom", "rss"))
    dc = "{http://purl.org/dc/elements/1.1/}"
    for document in (feed, channel):
        assert [e.text for e in document.iter(f"{dc}source")] == ["Loom Federation"]
        assert [e.text for e in document.iter(f"{dc}publisher")] == ["Loom News"]
    assert items(folder)[0]["_newsloom"]["source"] == {"name": "Loom Federation", "url": None}
    assert feed.findtext(f"{ATOM}entry/{ATOM}source/{ATOM}title") == "Loom News"


def test_a_feed_keeps_its_id_when_it_moves(published, article) -> None:
    folder = published(article(1))
    before = etree.parse(folder / "feeds" / "all.atom").getroot()
    published(base_url="https://new.example/")
    after = etree.parse(folder / "feeds" / "all.atom").getroot()
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert [link.get("href") for link in after.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        "https://new.example/feeds/all.atom"
    ]


def test_publishing_writes_only_the_feeds_whose_stories_changed(published, archive, article, tmp_path) -> None:
    folder = published(article(1), article(2, site="othersite", language="zh"))
    before = feeds_of(folder)
    unlike = "厂房上周落成，共有三层，可容纳九十人。" * 4
    published(article(3, site="othersite", language="zh", title="新厂开工", text=unlike))
    changed = {path.split(".")[0] for path, content in feeds_of(folder).items() if before.get(path) != content}
    assert {path for path in changed if "/history/" not in path} == {
        "feeds/all",
        "feeds/site/othersite",
        "feeds/language/zh",
    }


def test_a_better_original_keeps_the_storys_id_and_date_of_update(published, article) -> None:
    credit = Source(name="Loom News")
    folder = published(article(1, site="othersite", url="http://other.example/9", source=credit))
    (before,) = items(folder)
    published(article(1))
    (after,) = items(folder)
    assert after["url"] == "http://www.loom.example/news/1.html"
    assert after["id"] == before["id"]


def test_a_story_that_is_taken_away_leaves_its_feeds_even_the_last_one(published, archive, article) -> None:
    folder = published(article(1))
    with archive.writing() as connection:
        take_down(connection, "http://www.loom.example/news/1.html")
    published()
    assert items(folder) == items(folder, "site/loomsite") == []


def test_tombstones_tell_of_it_where_they_are_enabled(published, archive, article) -> None:
    folder = published(article(1), article(2), tombstones=True)
    gone = items(folder)[0]["id"] if items(folder)[0]["url"].endswith("/1.html") else items(folder)[1]["id"]
    with archive.writing() as connection:
        take_down(connection, "http://www.loom.example/news/1.html")
    published(tombstones=True)
    feed = etree.parse(folder / "feeds" / "all.atom").getroot()
    tombs = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    assert [tomb.get("ref") for tomb in feed.iter(tombs)] == [gone]


def test_a_feed_that_is_not_valid_is_set_aside_and_the_old_one_stays(published, archive, article, tmp_path) -> None:
    from sqlalchemy import update

    from pipelines.archive.tables import stories

    folder = published(article(1))
    before = files_of(folder)
    with archive.writing() as connection:
        kept = keep(connection, article(2))
        wrong = update(stories).where(stories.c.original == kept.article).values(updated="2999-01-01T00:00:00Z")
        connection.execute(wrong)
    report = publish_into(folder, archive)
    assert any(line.startswith("feeds/all.atom: ") and "2999-01-01" in line for line in report.trouble)
    assert files_of(folder)["feeds/all.atom"] == before["feeds/all.atom"]
    assert (tmp_path / "public.rejected" / "feeds" / "all.atom").exists()
    with archive.writing() as connection:
        connection.execute(wrong.values(updated="2026-11-01T00:00:00Z"))
        from pipelines.archive.untold import touch_all

        touch_all(connection)
    assert publish_into(folder, archive).trouble == []
    assert len(items(folder)) == 2


def test_what_is_lost_from_the_folder_comes_back_with_the_same_bytes(published, article) -> None:
    folder = published(rich_article(article), article(2))
    before = files_of(folder)
    (folder / "feeds" / "site" / "loomsite.atom").unlink()
    published()
    assert files_of(folder) == before
