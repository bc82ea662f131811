"""Decisions on the way: when a walk over a listing, feed or sitemap ends, and what it leaves as a gap."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from items.site import Feed, Listing, Sitemap
from items.way import Gap, Known, Way
from spiders.discover import Listed, links_of_sitemap, next_page_of, read_feed_page
from spiders.parsing.page import open_page
from spiders.sitemap import SitemapReading
from spiders.walk import Walk

HOME = "http://mill.example/"
LAST = datetime(2024, 11, 1, 12, tzinfo=UTC)
RULES = Listing(url=HOME, links="css:a")


def links(*numbers: int) -> list[Listed]:
    return [Listed(f"{HOME}news/{number}") for number in numbers]


def known(*numbers: int, hours: int = -1) -> dict[str, Known]:
    """What was first met so many hours after the last run."""
    return {link.url: Known(LAST + timedelta(hours=hours), LAST) for link in links(*numbers)}


def way(**said) -> Way:
    return Way(**{"site": "mill", "url": HOME, "walked": LAST, "newest": f"{HOME}news/9"} | said)


def gap(**said) -> Gap:
    about = {"site": "mill", "way": HOME, "opened": LAST, "resume": HOME, "reason": "no further page follows"}
    return Gap(**about | {"past": LAST - timedelta(days=1)} | said)


def test_a_walk_goes_on_while_a_page_holds_anything_new() -> None:
    walk = Walk(way(), RULES)
    assert walk.read(HOME, links(12, 11, 10), {})
    assert walk.read(f"{HOME}2", links(9, 8, 7), known(9, 8))
    assert not walk.read(f"{HOME}3", links(6, 5, 4), known(6, 5, 4))
    assert walk.way.gaps == []
    assert walk.newest == f"{HOME}news/12"


def test_what_only_a_killed_run_has_kept_proves_nothing() -> None:
    walk = Walk(way(), RULES)
    assert walk.read(HOME, links(12, 11, 10), known(12, 11, 10, hours=1))
    assert not walk.read(f"{HOME}2", links(9, 8, 7), known(9, 8, 7))


def test_paging_that_turns_in_circles_is_a_gap() -> None:
    walk = Walk(way(), RULES)
    walk.read(HOME, links(22, 21, 20), {})
    assert not walk.read(f"{HOME}2", links(22, 21, 20), {})
    (found,) = walk.way.gaps
    assert found.reason == "the page after it repeats what stood before"
    assert (found.newer, found.older, found.resume) == (f"{HOME}news/20", f"{HOME}news/9", HOME)


def test_pinned_articles_at_the_top_prove_nothing() -> None:
    walk = Walk(way(), RULES)
    walk.read(HOME, links(3, 22, 21, 20), known(3))
    walk.reached_end()
    assert len(walk.way.gaps) == 1
    assert walk.newest == f"{HOME}news/22"


def test_a_last_page_that_goes_down_to_what_is_known_is_no_gap() -> None:
    walk = Walk(way(), RULES)
    walk.read(HOME, links(11, 10, 9, 8), known(9, 8))
    walk.reached_end()
    assert walk.way.gaps == []


def test_a_list_in_another_order_is_no_gap_while_half_of_it_is_known() -> None:
    walk = Walk(way(), RULES)
    walk.read(HOME, links(8, 9, 10, 11), known(8, 9))
    walk.reached_end()
    assert walk.way.gaps == []


def test_a_way_that_was_never_read_has_no_gap_at_its_end_and_history_before_it() -> None:
    whole, part = Walk(way(walked=None, newest=None), RULES), Walk(way(walked=None, newest=None), RULES)
    whole.read(HOME, links(3, 2, 1), {})
    whole.reached_end()
    assert whole.way.gaps == []
    part.read(HOME, links(9, 8, 7), {})
    part.broke_off(f"{HOME}2", "a run walks 1 page of it")
    (found,) = part.way.gaps
    assert (found.is_history, found.resume, found.number, found.newer) == (True, f"{HOME}2", 2, f"{HOME}news/7")
    assert part.way.model_copy(update={"walked": LAST}).is_settled


def test_a_second_overflow_before_repair_widens_the_gap() -> None:
    walk = Walk(way(gaps=[gap(id=1, newer=f"{HOME}news/20", older=f"{HOME}news/4")]), RULES)
    walk.read(HOME, links(42, 41, 40), {})
    walk.reached_end()
    (found,) = walk.way.gaps
    assert (found.id, found.newer, found.older) == (1, f"{HOME}news/40", f"{HOME}news/4")
    assert not walk.way.is_settled


def test_a_gap_that_begins_at_the_top_is_closed_by_the_walk_that_passes_through_it() -> None:
    walk = Walk(way(gaps=[gap(id=1)]), RULES)
    assert walk.read(HOME, links(22, 21, 20), known(22, 21, 20))
    assert walk.read(f"{HOME}2", links(19, 18, 17), {})
    assert not walk.read(f"{HOME}3", links(4, 3, 2), known(4, 3, 2, hours=-48))
    assert walk.way.gaps == []


def test_a_gap_is_moved_as_the_walk_through_it_goes_on() -> None:
    hole = gap(id=1, number=5, resume=f"{HOME}5")
    walk = Walk(way(gaps=[hole]), RULES, hole)
    assert walk.read(f"{HOME}5", links(30, 29), {})
    moved = walk.move_gap(f"{HOME}6")
    assert (moved.id, moved.resume, moved.number, moved.newer) == (1, f"{HOME}6", 6, f"{HOME}news/29")


def test_pages_are_named_by_the_pattern_of_their_address() -> None:
    listing = Listing(url=HOME, links="css:a", page=f"{HOME}index_{{n}}.html", page_from=1)
    page = open_page(b"<html></html>", url=HOME)
    assert [next_page_of(page, listing, number) for number in (1, 2)] == [f"{HOME}index_1.html", f"{HOME}index_2.html"]


def rss(*items: tuple[int, int], extra: str = "") -> bytes:
    rows = "".join(
        f"<item><link>{HOME}news/{n}</link><pubDate>Fri, {day:02} Nov 2024 09:00:00 GMT</pubDate></item>"
        for n, day in items
    )
    return (
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{extra}{rows}</channel></rss>'.encode()
    )


def test_a_feed_is_put_in_the_order_of_its_dates() -> None:
    page = read_feed_page(rss((1, 1), (2, 8), (3, 15)), HOME, None, Feed(url=HOME), 1)
    assert [link.url[-1] for link in page.links] == ["3", "2", "1"]


def test_a_feed_leads_to_the_page_that_it_links() -> None:
    body = rss((1, 1), extra=f'<atom:link rel="next" href="{HOME}feed?page=2"/>')
    assert read_feed_page(body, HOME, None, Feed(url=HOME), 1).next == f"{HOME}feed?page=2"


NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://mill.example/news/1</loc><news:news>
 <news:publication_date>2024-11-08T10:00:00+01:00</news:publication_date><news:title>A mill opens</news:title>
 </news:news></url></urlset>"""


@pytest.mark.parametrize("body", [NEWS.encode(), gzip.compress(NEWS.encode())], ids=["plain", "gzip"])
def test_a_news_sitemap_tells_title_and_time(body) -> None:
    (link,) = links_of_sitemap(body).pages
    assert (link.title, link.date) == ("A mill opens", "2024-11-08T10:00:00+01:00")
    assert link.published == datetime(2024, 11, 8, 9, tzinfo=UTC)


def test_a_part_of_a_sitemap_that_did_not_change_need_not_be_read() -> None:
    reading = SitemapReading(Sitemap(url=HOME), way(), backfill=False)
    assert not reading.needs(Listed(f"{HOME}old.xml", modified=LAST - timedelta(days=2)))
    assert reading.needs(Listed(f"{HOME}new.xml", modified=LAST - timedelta(hours=2)))
    assert reading.needs(Listed(f"{HOME}unknown.xml"))


def test_a_sitemap_that_calls_everything_changed_is_not_believed() -> None:
    reading = SitemapReading(Sitemap(url=HOME), way(), backfill=False)
    now = [Listed(f"{HOME}news/{n}", modified=LAST + timedelta(days=1)) for n in range(12)]
    assert reading.take(now, known(*range(12))) == []
    some = now[:2] + [Listed(link.url, modified=LAST - timedelta(days=1)) for link in now[2:]]
    assert reading.take(some, known(*range(12))) == [now[0].url, now[1].url]
