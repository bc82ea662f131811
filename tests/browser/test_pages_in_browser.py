"""The pages in a real browser: what a reader does, and what must never happen while they do it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pipelines.publish.feeds.shelves import slug

PAGES = [
    *("index.html", "search.html", "health.html", "archive/index.html", "feeds/index.html", "feeds/all.html"),
    *("days/index.html", "days/2026-03.html", "days/2026-03-18.html", "sites/index.html", "sites/cotton.html"),
    *("sources/index.html", "topics/index.html", "languages/zh.html", "404.html"),
]
SOURCE = f"sources/{slug('中国纺织报')}.html"
STORIES = ("真丝绸商品出口平稳", "Cotton prices rise", "ارتفاع صادرات")


def story(page, title) -> None:
    """Open a story from the front page."""
    page.get_by_role("link", name=re.compile(title)).first.click()
    page.wait_for_load_state()


def test_a_reader_opens_a_story_its_related_article_its_versions_and_the_health_page(open_page) -> None:
    page = open_page()
    story(page, "真丝绸商品出口平稳")
    expect(page.get_by_role("heading", level=1)).to_have_text("真丝绸商品出口平稳")
    expect(page.locator("#copies tbody tr")).to_have_count(2)
    page.locator("#related").get_by_role("link", name="Cotton prices rise").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cotton prices rise")
    change = page.locator("#versions")
    expect(change.locator("del")).to_have_text("two")
    expect(change.locator("ins")).to_have_text("four")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Health").click()
    expect(page.get_by_role("table")).to_contain_text("The cotton site")


def test_the_subscribe_link_leads_to_a_feed(open_page) -> None:
    page = open_page("sites/cotton.html")
    link = page.get_by_role("complementary", name="Subscribe").get_by_role("link", name="Atom")
    answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert page.locator('head link[rel=alternate][type="application/atom+xml"]').count() == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("丝绸出口", "真丝绸商品出口平稳"),
        ("丝", "真丝绸商品出口平稳"),
        ("真絲綢商品", "真丝绸商品出口平稳"),
        ("COTTON price", "Cotton prices rise"),
        ("ｌｉｖｅｒｐｏｏｌ", "Cotton prices rise"),
        ("الربع الأول", "ارتفاع صادرات المنسوجات القطنية في مصر"),
    ],
)
def test_search_finds_words_of_any_script(open_page, words, found) -> None:
    page = open_page()
    page.get_by_label("Search the archive").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#results h2").first).to_have_text(found)


def test_search_says_that_there_is_nothing(open_page) -> None:
    page = open_page("search.html?q=zeppelin")
    expect(page.locator("#found")).to_have_text("No stories found.")


def test_search_shows_the_newest_first_and_looks_further_back_when_asked(open_page) -> None:
    page = open_page("search.html?q=looms")
    expect(page.locator("#results h2").first).to_contain_text("number 29 ")
    expect(page.locator("#found")).to_have_text("30 stories found.")


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        ("site", "silk", 1),
        ("language", "ar", 1),
        ("topic", "cotton", 1),
        ("day", "2026-03-18", 1),
        ("source", "中国纺织报", 1),
    ],
)
def test_stories_are_filtered_by(open_page, field, value, count) -> None:
    page = open_page("search.html")
    control = page.locator(f"form.search [name={field}]")
    control.select_option(value) if field in ("site", "language", "topic") else control.fill(value)
    expect(page.locator("#results > li")).to_have_count(count)
    expect(page.locator("#found")).to_contain_text("found")


def test_the_search_index_is_fetched_only_by_a_search(open_page) -> None:
    page = open_page()
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [url for url in asked if "/search/" in url]


def test_times_are_the_readers_where_the_zone_is_known_and_days_stay_days(open_page) -> None:
    page = open_page(timezone_id="America/New_York")
    entry = page.locator(".entry", has_text="真丝绸商品出口平稳")
    expect(entry.locator("time")).to_have_text("11:30")
    expect(page.locator(".day", has=entry).locator("h2")).to_contain_text("18 March 2026")
    cotton = page.locator(".entry", has_text="Cotton prices rise")
    assert cotton.locator("time").count() == 0
    expect(page.locator(".day", has=cotton).locator("h2")).to_contain_text("17 March 2026")
    tokyo = open_page(timezone_id="Asia/Tokyo")
    entry = tokyo.locator(".entry", has_text="真丝绸商品出口平稳")
    expect(tokyo.locator(".day", has=entry).locator("h2")).to_contain_text("19 March 2026")


@pytest.mark.parametrize("path", ["index.html", "sites/cotton.html", "days/2026-03-16.html", "search.html?q=hostile"])
def test_what_is_planted_in_a_list_does_nothing(open_page, path) -> None:
    page = open_page(path)
    expect(page.locator("main")).to_contain_text("Hostile <script>")
    assert page.evaluate("window.planted") is None


def test_what_is_planted_in_a_story_does_nothing(open_page) -> None:
    page = open_page()
    story(page, "Hostile")
    expect(page.locator("#related")).to_contain_text("Related <script>")
    page.locator(".story-text p").first.click()
    page.get_by_role("link", name=re.compile("^Source <script>")).click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Source <script>")
    assert page.evaluate("window.planted") is None
    assert page.locator("main img, main script, main [onclick], main [onload]").count() == 0


def faults(page) -> list[tuple[str, str]]:
    """What axe-core finds serious."""
    page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true })")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, address, scheme) -> None:
    page = open_page(color_scheme=scheme)
    found = {"index.html": faults(page)}
    for title in STORIES[:2] if scheme == "light" else STORIES[2:]:
        story(page, title)
        found[title] = faults(page)
        page.go_back()
    for path in PAGES[1:] if scheme == "light" else ("health.html", "days/2026-03.html", "sites/cotton.html"):
        page.goto(address + path)
        found[path] = faults(page)
    assert {path: fault for path, fault in found.items() if fault} == {}


def test_the_keyboard_alone_reaches_the_content_the_search_and_a_story(open_page) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search the archive")).to_be_focused()
    page.keyboard.type("丝绸出口")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#results h2")).to_have_count(1)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#results h2') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("article.story")).to_be_visible()


def test_every_page_works_without_javascript(open_page, address) -> None:
    page = open_page(java_script_enabled=False)
    for path in PAGES:
        page.goto(address + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator("main a").count() > 0, path


def test_without_javascript_a_reader_browses_from_the_front_page_to_a_story_and_its_versions(open_page) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.locator(".entry", has_text="真丝绸商品出口平稳").locator("time")).to_have_text("23:30")
    page.get_by_role("link", name="Topics").first.click()
    page.get_by_role("link", name="Cotton", exact=True).click()
    page.get_by_role("link", name="Cotton prices rise").click()
    expect(page.locator("#versions ins")).to_have_text("four")


@pytest.mark.parametrize(
    "path",
    [*("index.html", "sites/cotton.html", "health.html", "days/2026-03.html", "search.html"), SOURCE],
)
def test_nothing_is_wider_than_the_screen(open_page, path) -> None:
    page = open_page(path)
    for width in (320, 390, 768, 1280, 2000):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_right_to_left_title_runs_from_the_right(open_page) -> None:
    page = open_page()
    story(page, "ارتفاع صادرات")
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("h => getComputedStyle(h).direction") == "rtl"
    assert heading.get_attribute("lang") == "ar"


def test_print_shows_the_story_and_nothing_to_click(open_page) -> None:
    page = open_page()
    story(page, "Cotton prices rise")
    page.emulate_media(media="print")
    expect(page.locator(".story-text")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_the_pictures_of_the_documents_are_there() -> None:
    pictures = Path(__file__).parents[2] / "docs" / "pictures"
    for name in ("front", "story", "source", "search", "health"):
        for view in ("desktop", "phone"):
            assert (pictures / f"{name}-{view}.png").exists()
