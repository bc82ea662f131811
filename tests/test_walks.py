"""Walking a site's ways: nothing is missed, or it is a gap with its bounds until a later run closes it."""

import json
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipelines.archive import Archive
from tests.conftest import NEWSLOOM
from tests.loopback import Loopback, listing_page, news_page

ON_A_PAGE = 5


class Mill(Loopback):
    """A site whose articles are numbered, the newest first on a listing of pages."""

    def publish(self, articles: int, *, pages: int | None = None, paging: bool = True) -> None:
        """Be a site with so many articles, on so many pages or as many as they need; with `paging` broken, one."""
        numbers = [*reversed(range(articles))]
        for number in numbers:
            words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. " * 3
            self.html(f"/news/{number}", news_page(f"Mill {number} opens", words, f"It is mill {number} of the town."))
        chunks = [numbers[start : start + ON_A_PAGE] for start in range(0, len(numbers), ON_A_PAGE)][:pages]
        for path in [path for path in self.pages if path.startswith("/list/")]:
            del self.pages[path]
        for index, chunk in enumerate(chunks):
            further = f"/list/{index + 2}" if paging and index + 1 < len(chunks) else ""
            hrefs = (f"/news/{number}" for number in chunk)
            self.html(f"/list/{index + 1}" if index else "/", listing_page(*hrefs, further=further))

    def asked_for(self, prefix: str) -> list[str]:
        return [path for path in self.asked if path.startswith(prefix)]


@pytest.fixture
def mill(tmp_path):
    with Mill() as web:
        (tmp_path / "sites").mkdir()
        (tmp_path / "newsloom.toml").write_text('[crawl]\nretries = 0\nonly = ["mill"]\n')
        describe(tmp_path, web, "[[listings]]\nurl = 'HOME'\nlinks = 'css:li a'\nnext = 'css:a.next'\n")
        yield web


def describe(tmp_path, web, ways: str) -> None:
    (tmp_path / "sites" / "mill.toml").write_text(
        f"""
id = "mill"
languages = ["en"]
zone = "UTC"
home = "{web.home}"
articles = '/news/'
checked = "never"
name = {{ en = "Mill" }}
politeness = {{ delay = 0 }}
{ways.replace("HOME", web.home)}
"""
    )


@pytest.fixture
def crawl(newsloom):
    """Crawls, and returns what was done for the mill; its ledger balances every time."""

    def run(*arguments: str):
        said = newsloom("crawl", "--json", *arguments)
        (count,) = json.loads(said.stdout)["run"]["sites"]
        assert count["listed"] == sum(count["outcomes"].values())
        return count

    return run


def kept(tmp_path) -> int:
    from sqlalchemy import func, select

    from pipelines.archive.tables import articles

    archive = Archive(f"sqlite:///{tmp_path}/data/newsloom.db")
    with archive.reading() as connection:
        number = connection.execute(select(func.count()).select_from(articles)).scalar()
    archive.close()
    return number


def test_four_pages_of_new_articles_between_two_runs_are_all_found(mill, crawl, tmp_path) -> None:
    mill.publish(15)
    assert crawl()["outcomes"] == {"kept": 15}
    mill.publish(35)
    count = crawl()
    assert count["outcomes"] == {"known": 5, "kept": 20}
    assert count["gaps"] == []
    assert kept(tmp_path) == 35


def test_broken_paging_is_one_gap_with_its_bounds_until_the_run_after_repair(mill, crawl, newsloom, tmp_path) -> None:
    mill.publish(15)
    crawl()
    mill.publish(35, paging=False)
    (gap,) = crawl()["gaps"]
    assert gap["newer"] == f"{mill.home}news/30"
    assert gap["older"] == f"{mill.home}news/14"
    assert (gap["resume"], gap["reason"]) == (mill.home, "no further page follows")
    mill.publish(37, paging=False)
    (same,) = crawl()["gaps"]
    assert (same["id"], same["newer"], same["older"]) == (gap["id"], gap["newer"], gap["older"])
    line = f"mill: gap: {mill.home}: not read below {mill.home}news/30 down to {mill.home}news/14"
    assert line in newsloom("status").stdout
    mill.publish(38)
    assert crawl()["gaps"] == []
    assert kept(tmp_path) == 38
    assert "gap" not in newsloom("status").stdout


def test_a_further_page_that_fails_is_a_gap_that_the_next_run_walks_on_from(mill, crawl, tmp_path) -> None:
    mill.publish(15)
    crawl()
    mill.publish(35)
    good = mill.pages["/list/3"]
    mill.html("/list/3", "oops", status=500)
    (gap,) = crawl()["gaps"]
    assert (gap["newer"], gap["resume"]) == (f"{mill.home}news/25", f"{mill.home}list/3")
    mill.pages["/list/3"] = good
    mill.asked.clear()
    assert crawl()["gaps"] == []
    assert kept(tmp_path) == 35
    assert mill.asked_for("/list/") == ["/list/3", "/list/4", "/list/5"]


def test_what_is_older_than_the_first_run_reached_is_history_for_backfill(mill, crawl, newsloom, tmp_path) -> None:
    listing = "[[listings]]\nurl = 'HOME'\nlinks = 'css:li a'\nnext = 'css:a.next'\npages = 2\n"
    describe(tmp_path, mill, listing)
    mill.publish(40)
    (gap,) = crawl()["gaps"]
    assert (gap["newer"], gap["older"]) == (f"{mill.home}news/30", None)
    assert f"mill: history: {mill.home}" in newsloom("status").stdout
    mill.asked.clear()
    crawl()
    assert mill.asked_for("/list/") == []
    assert crawl("--backfill")["gaps"] == []
    assert kept(tmp_path) == 40


def test_backfill_may_be_killed_at_any_time_and_goes_on_where_it_was(mill, crawl, tmp_path) -> None:
    listing = "[[listings]]\nurl = 'HOME'\nlinks = 'css:li a'\nnext = 'css:a.next'\npages = 1\n"
    describe(tmp_path, mill, listing)
    mill.publish(60)
    crawl()
    reached = mill.pages["/list/6"]

    def killed(handler) -> None:
        running.send_signal(signal.SIGKILL)
        handler.close_connection = True

    mill.pages["/list/6"] = killed
    running = subprocess.Popen([NEWSLOOM, "crawl", "--backfill", "--quiet"], cwd=tmp_path)
    running.wait()
    assert kept(tmp_path) == 25
    mill.pages["/list/6"] = reached
    mill.asked.clear()
    assert crawl("--backfill")["gaps"] == []
    assert kept(tmp_path) == 60
    assert mill.asked_for("/list/")[0] == "/list/6"
    assert len(mill.asked_for("/news/")) == 35


def test_a_run_that_is_killed_proves_nothing(mill, crawl, tmp_path) -> None:
    mill.publish(15)
    crawl()
    mill.publish(30)
    last = mill.pages["/news/20"]

    def killed(handler) -> None:
        running.send_signal(signal.SIGKILL)
        handler.close_connection = True

    mill.pages["/news/20"] = killed
    running = subprocess.Popen([NEWSLOOM, "crawl", "--quiet"], cwd=tmp_path)
    running.wait()
    mill.pages["/news/20"] = last
    assert kept(tmp_path) < 30
    assert crawl()["gaps"] == []
    assert kept(tmp_path) == 30


def test_a_run_that_is_stopped_balances(mill, newsloom, tmp_path) -> None:
    mill.publish(30)

    def stopped(handler) -> None:
        running.send_signal(signal.SIGINT)
        handler.send_error(503)

    mill.pages["/news/20"] = stopped
    running = subprocess.Popen([NEWSLOOM, "crawl", "--json"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    (count,) = json.loads(running.communicate()[0])["run"]["sites"]
    assert count["listed"] == sum(count["outcomes"].values())
    assert count["outcomes"]["skipped"] > 0
    assert json.loads(newsloom("crawl", "--json").stdout)["run"]["sites"][0]["gaps"] == []


def test_an_article_that_failed_is_tried_again_although_no_listing_names_it(mill, crawl, tmp_path) -> None:
    mill.publish(3)
    good = mill.pages["/news/1"]
    mill.html("/news/1", "oops", status=500)
    crawl()
    mill.pages["/news/1"] = good
    mill.html("/", listing_page("/news/2"))
    assert crawl()["outcomes"] == {"known": 1, "kept": 1}
    assert kept(tmp_path) == 3


def feed(web: Mill, *numbers: int) -> bytes:
    day = datetime(2024, 11, 1, tzinfo=UTC)
    items = "".join(
        f"<item><title>Mill {n} opens</title><link>{web.home}news/{n}</link>"
        f"<pubDate>{format_datetime(day + timedelta(hours=n))}</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>Mill</title>{items}</channel></rss>'.encode()


def test_a_feed_that_overflowed_is_a_gap_that_a_whole_sitemap_closes(mill, crawl, tmp_path) -> None:
    describe(tmp_path, mill, "feeds = [{ url = 'HOMEfeed' }]")
    mill.publish(20)
    mill.html("/feed", feed(mill, 4, 3, 2, 1, 0))
    assert crawl()["gaps"] == []
    mill.html("/feed", feed(mill, 19, 18, 17, 16, 15))
    (gap,) = crawl()["gaps"]
    assert (gap["newer"], gap["older"]) == (f"{mill.home}news/15", f"{mill.home}news/4")
    describe(tmp_path, mill, "feeds = [{ url = 'HOMEfeed' }]\nsitemaps = [{ url = 'HOMEmap.xml' }]")
    mill.html("/map.xml", sitemap(*((f"{mill.home}news/{n}", "2024-11-01") for n in range(20))))
    assert crawl()["gaps"] == []
    assert kept(tmp_path) == 20


def sitemap(*pages: tuple[str, str]) -> bytes:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


def test_a_sitemaps_newest_are_taken_and_the_rest_is_history(mill, crawl, tmp_path) -> None:
    describe(tmp_path, mill, "sitemaps = [{ url = 'HOMEmap.xml', most = 4 }]")
    mill.publish(10)
    mill.html("/map.xml", sitemap(*((f"{mill.home}news/{n}", f"2024-11-{n + 1:02}") for n in range(10))))
    count = crawl()
    (gap,) = count["gaps"]
    assert count["outcomes"] == {"kept": 4}
    assert (gap["newer"], gap["past"]) == (f"{mill.home}news/5", None)
    assert "6 of its articles were left" in gap["reason"]
    assert crawl()["outcomes"] == {"known": 4}
    assert crawl("--backfill")["outcomes"] == {"known": 4, "kept": 4}
    assert crawl("--backfill")["gaps"] == []
    assert kept(tmp_path) == 10


def test_an_article_whose_sitemap_says_that_it_changed_is_looked_at_again(mill, crawl, tmp_path) -> None:
    describe(tmp_path, mill, "sitemaps = [{ url = 'HOMEmap.xml' }]")
    mill.publish(2)
    mill.html("/map.xml", sitemap((f"{mill.home}news/0", "2024-11-01"), (f"{mill.home}news/1", "2024-11-01")))
    crawl()
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    mill.html("/map.xml", sitemap((f"{mill.home}news/0", "2024-11-01"), (f"{mill.home}news/1", later)))
    mill.html("/news/1", news_page("Mill 1 opens", "The mill with the number 1 opened late and is still not at work."))
    assert crawl()["outcomes"] == {"known": 1, "version": 1}


def test_related_links_are_followed_as_far_as_the_site_file_allows(mill, crawl, tmp_path) -> None:
    mill.publish(1)
    for number in range(4):
        page = news_page(
            f"Mill {number} opens", f"The mill with the number {number} opened and spins cotton yarn. " * 4
        )
        links = f'<h3>Related articles</h3><ul><li><a href="/news/{number + 1}">Mill {number + 1} opens</a></li></ul>'
        mill.html(f"/news/{number}", page.replace("</body>", f"{links}</body>"))
    assert crawl()["outcomes"] == {"kept": 1}
    describe(tmp_path, mill, "follow_related = 2\n[[listings]]\nurl = 'HOMElist'\nlinks = 'css:li a'\n")
    mill.html("/list", listing_page("/news/1"))
    assert crawl()["outcomes"] == {"kept": 3}
    assert "/news/4" not in mill.asked
