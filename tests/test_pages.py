"""Pages without a browser: what they cost, what they remember, what they say to programs."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html
from sqlalchemy import insert, select

from pipelines.archive import Archive
from pipelines.archive.differences import compare
from pipelines.archive.tables import articles, links
from pipelines.archive.tables import related as edges
from pipelines.publish.pages.search import SearchIndex, fold, words
from pipelines.publish.pages.times import seen, stated
from tests.published import COTTON, NOW, SILK, at, fill, publish_into, put
from tests.removing import take_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(f.relative_to(folder)): (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.rglob("*") if f.is_file()
    }


def story_of(archive: Archive, url: str) -> str:
    with archive.reading() as connection:
        found = connection.execute(select(articles.c.story).where(articles.c.canonical_url == url)).scalar_one()
    return f"stories/{found.hex[:2]}/{found}.html"


def rows(public: Path) -> dict[str, dict[str, list[Any]]]:
    """The search index as a browser reads it: month → word → rows."""
    found: dict[str, dict[str, list[Any]]] = {}
    for month, count, shards in json.loads((public / "search/index.json").read_text())["months"]:
        blocks = [json.loads((public / f"search/{month}/rows-{n}.json").read_text()) for n in range(-(-count // 64))]
        every = [row for block in blocks for row in block]
        for number in range(shards):
            shard = public / f"search/{month}/{number}.json"
            for word, (last, *steps) in (json.loads(shard.read_text()) if shard.exists() else {}).items():
                numbers = [sum(steps[: n + 1]) - 1 for n in range(len(steps))]
                assert numbers[-1] == last
                found.setdefault(month, {})[word] = [every[n] for n in numbers]
    return found


def hits(public: Path, *wanted: str) -> set[str]:
    """Titles of the stories that have all of these words."""
    return {
        row[1]
        for month in rows(public).values()
        for row in month.get(wanted[0], [])
        if row and all(row in month.get(word, []) for word in wanted)
    }


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new, empty archive."""
    opened = Archive(f"sqlite:///{tmp_path}/archive.db")
    yield opened
    opened.close()


@pytest.fixture
def filled(archive: Archive, tmp_path: Path) -> Archive:
    fill(archive)
    assert publish_into(tmp_path, archive).trouble == []
    return archive


def test_nothing_new_leaves_every_page_as_it_was(filled, tmp_path) -> None:
    before = snapshot(tmp_path / "public")
    assert publish_into(tmp_path, filled).changed == []
    assert snapshot(tmp_path / "public") == before


def test_a_new_story_changes_only_the_pages_that_show_it(filled, tmp_path) -> None:
    before = snapshot(tmp_path / "public")
    moment = datetime(2026, 3, 19, 10, tzinfo=UTC)
    text = "Hemp comes back to the fields of the north, growers say.\nThe mills wait for it."
    with filled.writing() as connection:
        put(connection, "http://www.cotton.example/news/hemp.html", "Hemp returns", text, published=at(moment))
    publish_into(tmp_path, filled)
    after = snapshot(tmp_path / "public")
    changed = {path for path in after if before.get(path) != after[path]}
    stories = {path for path in changed if path.startswith("stories/")}
    assert stories == {story_of(filled, "http://www.cotton.example/news/hemp.html")}
    days = {path for path in changed if path.startswith("days/")}
    assert days == {
        "days/2026-03-19.html",
        "days/2026-03-18.html",
        "days/2026-03-20.html",
        "days/2026-03.html",
        "days/index.html",
    }
    assert {"index.html", "sites/cotton.html", "languages/en.html"} <= changed
    assert (
        not {"sites/silk.html", "languages/zh.html", "days/2026-02.html", "health.html", "archive/README.txt"} & changed
    )
    assert not [path for path in changed if path.startswith("search/2026-02")]


def test_a_new_version_shows_its_difference_and_is_found_by_its_new_words_only(filled, tmp_path) -> None:
    public = tmp_path / "public"
    assert hits(public, "traders".removesuffix("s"), "liverpool") == {"Cotton prices rise"}
    text = "Merchants in Bremen said on Friday that prices fell.\nMills in the north bought for the spring."
    with filled.writing() as connection:
        put(connection, COTTON, "Cotton prices fall", text, now=NOW + timedelta(hours=5), published=at(NOW))
    publish_into(tmp_path, filled)
    assert hits(public, "liverpool") == set()
    assert hits(public, "bremen") == {"Cotton prices fall"}
    page = html.parse(public / story_of(filled, COTTON))
    assert page.xpath("count(//section[@id='versions']/details)") == 2
    assert "Bremen" in "".join(page.xpath("//ins//text()"))


def test_a_story_that_is_taken_down_leaves_pages_lists_and_search(filled, tmp_path) -> None:
    public = tmp_path / "public"
    page = public / story_of(filled, SILK)
    copy = "http://www.cotton.example/news/copy.html"
    assert page.exists()
    with filled.writing() as connection:
        take_down(connection, SILK)
        take_down(connection, copy)
    publish_into(tmp_path, filled)
    assert not page.exists()
    assert hits(public, "丝绸") == set()
    assert "真丝绸" not in (public / "index.html").read_text()
    assert not (public / "days/2026-03-18.html").exists()


def test_a_folder_that_was_emptied_is_filled_again_with_the_same_bytes(filled, tmp_path) -> None:
    before = {path: content for path, (content, _) in snapshot(tmp_path / "public").items()}
    (tmp_path / "public").rename(tmp_path / "away")
    publish_into(tmp_path, filled)
    again = {path: content for path, (content, _) in snapshot(tmp_path / "public").items()}
    assert {p: c for p, c in again.items() if not p.startswith(("archive/", "."))} == {
        p: c for p, c in before.items() if not p.startswith(("archive/", "."))
    }


def test_postgresql_gives_the_pages_that_sqlite_gives(filled, postgres, tmp_path) -> None:
    address = postgres.new_archive()
    other = Archive(address)
    (tmp_path / "other").mkdir()
    fill(other)
    assert publish_into(tmp_path / "other", other).trouble == []
    with filled.writing() as here, other.writing() as there:
        for connection in (here, there):
            put(connection, "http://www.cotton.example/news/hemp.html", "Hemp returns", "Hemp is back.\nMills wait.")
    publish_into(tmp_path, filled)
    publish_into(tmp_path / "other", other)
    other.close()
    postgres.drop(address)
    pages = [
        {path: content for path, (content, _) in snapshot(folder / "public").items() if path.endswith(".html")}
        for folder in (tmp_path, tmp_path / "other")
    ]
    sizes = "archive/index.html"  # of files that hold the moments at which they were written
    assert pages[0].pop(sizes)
    assert pages[1].pop(sizes)
    assert pages[0] == pages[1]


def test_related_reading_leads_into_the_archive_once_it_is_there(archive, tmp_path) -> None:
    later = "http://www.cotton.example/news/later.html"
    with archive.writing() as connection:
        related = [{"title": "What came later", "url": later}]
        put(connection, SILK, "First", "The first text of them all, about silk.\nIt has two lines.", related=related)
        first = connection.execute(select(articles.c.id)).scalar_one()
        if connection.execute(select(edges)).first() is None:  # who keeps an article may have written its edges
            connection.execute(insert(edges).values(article=first, url=later))
    publish_into(tmp_path, archive)
    page = tmp_path / "public" / story_of(archive, SILK)
    assert html.parse(page).xpath("//section[@id='related']//a/@href") == [later]
    with archive.writing() as connection:
        put(connection, later, "What came later", "Another text altogether, about cotton.\nIt has two lines as well.")
    publish_into(tmp_path, archive)
    assert html.parse(page).xpath("//section[@id='related']//a/@href") == [f"../../{story_of(archive, later)}"]


@pytest.mark.parametrize(("kind", "title"), [("translation", "In other languages"), ("possible", "Possible copies")])
def test_linked_stories_are_shown_beside_each_other(filled, tmp_path, kind, title) -> None:
    later = "http://www.cotton.example/news/silk.html"
    with filled.writing() as connection:
        put(connection, later, "Silk exports hold", "Exports of silk held in the first two months.\nCustoms say so.")
        ids = {row[0]: row[1] for row in connection.execute(select(articles.c.canonical_url, articles.c.id))}
        link = {"article": ids[later], "other": ids[SILK], "kind": kind, "certainty": 0.9, "reason": "test"}
        connection.execute(insert(links).values(link))
    publish_into(tmp_path, filled)
    for one, other in ((later, SILK), (SILK, later)):
        page = html.parse(tmp_path / "public" / story_of(filled, one))
        (section,) = page.xpath(f"//section[h2='{title}']")
        assert section.xpath(".//a/@href") == [f"../../{story_of(filled, other)}"]


@pytest.mark.parametrize("policy", ["excerpt", "link"])
def test_a_page_and_the_search_show_no_more_than_the_rights_allow(archive, tmp_path, policy) -> None:
    text = "Short beginning. " + "Filler words stand here. " * 40 + "\nThe secret ending."
    with archive.writing() as connection:
        put(connection, COTTON, "Guarded", text, rights={"policy": policy}, published=at(NOW))
        put(connection, COTTON, "Guarded", f"{text} More.", rights={"policy": policy}, now=NOW + timedelta(hours=3))
    publish_into(tmp_path, archive)
    page = (tmp_path / "public" / story_of(archive, COTTON)).read_text()
    assert "secret" not in page
    assert ("Short beginning" in page) == (policy == "excerpt")
    assert hits(tmp_path / "public", "secret") == set()
    assert hits(tmp_path / "public", "guarded") == {"Guarded"}


def test_linked_data_says_what_the_story_is_and_ends_no_element(filled, tmp_path) -> None:
    for url, title in ((COTTON, "Cotton prices rise"), ("http://www.cotton.example/news/666.html", "Hostile <script>")):
        page = html.parse(tmp_path / "public" / story_of(filled, url))
        (script,) = page.xpath("//script[@type='application/ld+json']")
        said = json.loads(script.text)
        assert said["@type"] == "NewsArticle"
        assert said["headline"].startswith(title)
        assert said["isBasedOn"] == url


def test_every_page_names_the_feeds_and_every_link_within_leads_somewhere(filled, tmp_path) -> None:
    public = tmp_path / "public"
    pages = list(public.rglob("*.html"))
    assert len(pages) > 80
    for path in pages:
        page = html.parse(path)
        feeds = page.xpath("//link[@rel='alternate']/@type")
        assert {"application/atom+xml", "application/rss+xml", "application/feed+json"} <= set(feeds), path
        for link in {*page.xpath("//@href"), *page.xpath("//@src")}:
            target = re.sub(r"[?#].*", "", link)
            if not target or re.match(r"https?:", target):
                continue
            there = public / target.lstrip("/") if path.name == "404.html" else path.parent / target
            assert there.resolve().is_file(), f"{path}: {link}"


def test_no_page_asks_another_host_or_holds_what_the_policy_forbids(filled, tmp_path) -> None:
    for path in (tmp_path / "public").rglob("*.html"):
        page = html.parse(path)
        assert not page.xpath("//*[starts-with(name(@*), 'on')]")
        assert not page.xpath("//@style | //style | //script[not(@src) and not(@type)] | //img | //iframe | //object")
        assert not [src for src in page.xpath("//script/@src") if "//" in src]


def test_the_sitemap_names_every_story_once(filled, tmp_path) -> None:
    public = tmp_path / "public"
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    months = etree.parse(public / "sitemap.xml").xpath("//s:sitemap/s:loc/text()", namespaces=space)
    found = [
        address
        for month in months
        for address in etree.parse(public / month.removeprefix("http://localhost:8000/")).xpath(
            "//s:loc/text()", namespaces=space
        )
    ]
    there = {f"http://localhost:8000/{path.relative_to(public)}" for path in public.glob("stories/*/*.html")}
    assert sorted(found) == sorted(there)
    assert "Sitemap: http://localhost:8000/sitemap.xml" in (public / "robots.txt").read_text()


def test_a_day_with_many_stories_has_several_pages(archive, tmp_path) -> None:
    with archive.writing() as connection:
        for number in range(130):
            text = f"The loom with the number {number} runs at {number * 7} picks.\nIt weaves number {number * 13}."
            put(connection, f"http://www.cotton.example/{number}", f"Loom {number} runs", text, published=at(NOW))
    publish_into(tmp_path, archive)
    shown = [
        html.parse(tmp_path / "public" / "days" / name).xpath("count(//li[@class='entry'])")
        for name in ("2026-03-20.html", "2026-03-20-2.html")
    ]
    assert shown == [100, 30]
    assert (tmp_path / "public" / "index.html").stat().st_size < 200_000


# The index


def month_of(folder, name="2026-03") -> dict[str, list[Any]]:
    return rows(folder.root).get(name, {})


def test_the_index_of_a_month_is_the_same_however_it_came_about(tmp_path) -> None:
    from pipelines.publish.files import PublicFolder
    from pipelines.publish.pages.search import Entry

    def entry(number: int, state: int = 0) -> Entry:
        said = frozenset({f"w{number % 7}", f"state{state}", "all"})
        return Entry(str(number), "2026-03", [str(number), f"title {number} {state}"], said)

    def written(folder: PublicFolder, index: SearchIndex) -> dict[str, set[str]]:
        months = [[name, *index.months[name]] for name in index.months]
        folder.write("search/index.json", json.dumps({"months": months}).encode())
        return {word: {row[1] for row in found if row} for word, found in month_of(folder).items() if any(found)}

    once = PublicFolder(tmp_path / "once" / "public")
    whole = SearchIndex(once, {})
    whole.update({}, [entry(n, 2 if n % 3 == 0 else 0) for n in range(500) if n % 5])
    bit_by_bit = PublicFolder(tmp_path / "bits" / "public")
    months: dict[str, tuple[int, int]] = {}
    for start in range(0, 500, 40):
        part = SearchIndex(bit_by_bit, months)
        part.update({}, [entry(n) for n in range(start, min(500, start + 40))])
        months = part.months
    changing = SearchIndex(bit_by_bit, months)
    changing.update({"2026-03": {str(n) for n in range(500) if n % 5 == 0 or n % 3 == 0}}, [])
    changing.update({}, [entry(n, 2) for n in range(500) if n % 3 == 0 and n % 5])
    assert written(bit_by_bit, changing) == written(once, whole)


def test_words_are_read_alike_whatever_their_width_case_script_accents_and_plural() -> None:
    assert list(words("Ｃｏｔｔｏｎ PRICES Café")) == ["cotton", "price", "cafe"]
    assert list(words("真丝绸2024")) == ["真丝", "丝绸", "2024"]
    assert set(words("丝绸", single=True)) == {"丝绸", "丝", "绸"}
    assert list(words("_a-b_ glass")) == ["a", "b", "glass"]
    assert fold("Ｔｉếng 가공 ガス") == "tieng 가공 ガス"
    assert list(words("紡織")) == list(words("纺织"))


# Times and differences


@pytest.mark.parametrize(
    ("at_", "precision", "expected"),
    [
        ("2024-12-23T10:30:00+08:00", "minute", "23 December 2024, 10:30 (UTC+8)"),
        ("2024-12-23T10:30:00+05:30", "minute", "23 December 2024, 10:30 (UTC+5:30)"),
        ("2024-12-23T10:30:00-03:00", "second", "23 December 2024, 10:30 (UTC−3)"),
        ("2024-12-23T10:30:00Z", "minute", "23 December 2024, 10:30 (UTC)"),
        ("2024-12-23T10:30:00", "minute", "23 December 2024, 10:30, zone not stated"),
        ("2024-12-23", "day", "23 December 2024"),
        ("2024-12", "month", "December 2024"),
    ],
)
def test_a_time_is_told_no_more_exactly_than_it_was_stated(at_, precision, expected) -> None:
    assert stated(at_, precision).words == expected


def test_a_first_sight_never_passes_for_a_publication() -> None:
    assert seen("2024-12-23T10:30:00Z").words == "first seen 23 December 2024, 10:30 (UTC)"


def test_a_difference_shows_the_words_that_changed_and_leaves_out_what_stayed() -> None:
    (paragraph,) = compare("one\nprices rose by two per cent\nthree", "one\nprices rose by four per cent\nthree")
    assert [(piece.kind, piece.text.strip()) for piece in paragraph if piece.text.strip()] == [
        ("same", "prices rose by"),
        ("gone", "two"),
        ("new", "four"),
        ("same", "per cent"),
    ]
    ((*_, gone, new, _),) = compare("出口额同比增长百分之三。", "出口额同比增长百分之四。")
    assert (gone.text, new.text) == ("三", "四")


def test_a_difference_of_huge_texts_is_found_in_little_time() -> None:
    before, after = "a b c d e " * 20_000, "x y z " * 20_000
    assert [piece.kind for piece in compare(before, after)[0]] == ["gone", "new"]
