"""What goes wrong in a run: one clear line each, the rest unharmed, the exit status right."""

import json
from http.server import BaseHTTPRequestHandler

import pytest

from tests.loopback import Loopback, listing_page, news_page, site_file

STORY = (
    "The mill opened on Monday and spins cotton yarn for export to eleven countries. ",
    "It employs two hundred people.",
)


@pytest.fixture
def web():
    with Loopback() as server:
        yield server


@pytest.fixture
def crawl(newsloom, tmp_path):
    """Crawls the sites whose files are given by id, and returns the exit status, the report and what was printed."""

    def run(*arguments: str, config: str = "", **files: str):
        (tmp_path / "sites").mkdir(exist_ok=True)
        for site, text in files.items():
            (tmp_path / "sites" / f"{site}.toml").write_text(text)
        (tmp_path / "newsloom.toml").write_text(f"[crawl]\nretries = 0\nonly = {json.dumps([*files])}\n{config}")
        return newsloom("crawl", *arguments)

    return run


def trouble_of(said, site: str) -> list[str]:
    (count,) = [s for s in json.loads(said.stdout)["run"]["sites"] if s["site"] == site]
    return count["trouble"]


def outcomes_of(said, site: str) -> dict[str, int]:
    (count,) = [s for s in json.loads(said.stdout)["run"]["sites"] if s["site"] == site]
    assert count["listed"] == sum(count["outcomes"].values())
    return count["outcomes"]


def never_answers(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read()  # until the client has had enough and hangs up
    handler.close_connection = True


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<html><body><h1>Half")
    handler.close_connection = True


def test_each_kind_of_broken_page_is_one_line_and_the_others_are_kept(web, crawl) -> None:
    web.html(
        "/",
        listing_page(*(f"/news/{name}" for name in ("good", "empty", "none", "error", "slow", "cut", "pdf", "bare"))),
    )
    web.html("/news/good", news_page("A mill opens", *STORY))
    web.html("/news/empty", "")
    web.html("/news/none", "<html><body></body></html>")
    web.html("/news/error", "oops", status=500)
    web.pages["/news/slow"] = never_answers
    web.pages["/news/cut"] = breaks_off
    web.html("/news/pdf", b"%PDF-1.4 \x00\x01\x02", content_type="application/pdf")
    web.html("/news/bare", "<html><head><title>Only a title stands here</title></head><body></body></html>")
    said = crawl("--json", config="timeout = 1\n", mill=site_file("mill", web.home))
    assert said.returncode == 2
    assert outcomes_of(said, "mill") == {"kept": 1, "failed": 5, "rejected": 2}
    lines = {line.split(": ")[0].rsplit("/", 1)[1]: line.split(": ", 1)[1] for line in trouble_of(said, "mill")}
    assert lines == {
        "empty": "the answer is empty",
        "none": "the page is empty",
        "error": "HTTP 500",
        "slow": "timed out",
        "cut": "the answer broke off",
        "pdf": "is no page but application/pdf",
        "bare": "no text was found on the page",
    }


def test_a_site_in_trouble_leaves_the_others_alone(web, crawl) -> None:
    web.html("/a", listing_page("/news/1"))
    web.html("/news/1", news_page("A mill opens", *STORY))
    web.html("/b", "<html><body><p>We are moving</p></body></html>")
    said = crawl("--json", good=site_file("good", web.home, "a"), bare=site_file("bare", web.home, "b"))
    assert said.returncode == 2
    assert outcomes_of(said, "good") == {"kept": 1}
    assert trouble_of(said, "bare") == [f"{web.home}b: 'css:li a' finds no link to an article"]


def test_when_no_listing_answers_the_exit_status_is_three(web, crawl) -> None:
    said = crawl("--json", gone=site_file("gone", web.home, "nowhere"))
    assert said.returncode == 3
    assert trouble_of(said, "gone") == [f"{web.home}nowhere: HTTP 404: not there"]


def test_a_server_that_is_not_there_is_one_line(crawl) -> None:
    with Loopback() as server:
        home = server.home
    said = crawl("--json", off=site_file("off", home))
    assert said.returncode == 3
    assert trouble_of(said, "off") == [f"{home}: the connection was refused"]


def test_a_bad_site_file_is_one_line_and_the_other_sites_are_crawled(web, crawl, newsloom, tmp_path) -> None:
    web.html("/", listing_page("/news/1"))
    web.html("/news/1", news_page("A mill opens", *STORY))
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "wrong.toml").write_text('id = "wrong"')
    said = crawl(mill=site_file("mill", web.home))
    assert said.returncode == 2
    assert next(line for line in said.stdout.splitlines() if "wrong.toml" in line).endswith("(and 4 more)")
    assert "mill" in said.stdout
    assert len(web.asked) == 3  # robots.txt, the listing, the article


def test_what_robots_txt_forbids_is_not_asked_for(web, crawl) -> None:
    web.html("/robots.txt", "User-agent: *\nDisallow: /news/private", content_type="text/plain")
    web.html("/", listing_page("/news/1", "/news/private/2"))
    web.html("/news/1", news_page("A mill opens", *STORY))
    said = crawl("--json", mill=site_file("mill", web.home))
    assert outcomes_of(said, "mill") == {"kept": 1, "skipped": 1}
    assert "/news/private/2" not in web.asked
    assert said.returncode == 0


def test_a_listing_is_walked_until_a_page_holds_nothing_new(web, crawl) -> None:
    web.html("/", listing_page("/news/4", "/news/3", further="/2"))
    web.html("/2", listing_page("/news/2", "/news/1", further="/3"))
    web.html("/3", listing_page("/news/0"))
    for number in range(5):
        web.html(
            f"/news/{number}", news_page(f"Mill {number} opens", *STORY, f"It is mill number {number} of the town.")
        )
    crawl(mill=site_file("mill", web.home))
    assert sum(path.startswith("/news/") for path in web.asked) == 5
    web.html("/", listing_page("/news/5", "/news/4", further="/2"))
    web.html("/news/5", news_page("Mill 5 opens", *STORY, "It is the fifth mill of the town."))
    web.asked.clear()
    crawl(mill=site_file("mill", web.home))
    assert web.asked in (["/", "/news/5", "/2"], ["/", "/2", "/news/5"])


def pager(number: int) -> str:
    return f'<a href="/news/long_{number}.html">Next page</a>'


def test_an_article_over_several_pages_is_joined(web, crawl, tmp_path) -> None:
    web.html("/", listing_page("/news/long.html"))
    web.html("/news/long.html", news_page("A long story", *STORY, pager(2)))
    web.html(
        "/news/long_2.html",
        news_page("A long story", "The second page tells of the looms and of the women.", pager(3)),
    )
    web.html("/news/long_3.html", news_page("A long story", "The third page tells how it ended, in the year after."))
    said = crawl("--json", mill=site_file("mill", web.home))
    assert outcomes_of(said, "mill") == {"kept": 1}
    (item,) = json.loads((tmp_path / "public" / "feeds" / "all.json").read_text())["items"]
    parts = ["opened on Monday", "tells of the looms", "how it ended"]
    assert [part in item["content_html"] for part in parts] == [True, True, True]


def test_an_article_whose_second_page_is_lost_is_kept_as_far_as_it_goes(web, crawl) -> None:
    web.html("/", listing_page("/news/long.html"))
    web.html("/news/long.html", news_page("A long story", *STORY, pager(2)))
    web.html("/news/long_2.html", "", status=500)
    said = crawl("--json", mill=site_file("mill", web.home))
    assert outcomes_of(said, "mill") == {"kept": 1}


def test_a_redirect_is_followed_and_both_addresses_are_known(web, crawl) -> None:
    web.html("/", listing_page("/news/old"))
    web.pages["/news/old"] = (301, {"Location": "/news/new"}, b"")
    web.html("/news/new", news_page("A mill opens", *STORY))
    crawl(mill=site_file("mill", web.home))
    web.html("/", listing_page("/news/old", "/news/new"))
    web.asked.clear()
    said = crawl("--json", mill=site_file("mill", web.home))
    assert outcomes_of(said, "mill") == {"known": 2}
    assert web.asked == ["/"]


def test_a_site_that_empties_or_breaks_leaves_its_feed_as_it_was(web, crawl, tmp_path) -> None:
    web.html("/", listing_page("/news/1", "/news/2"))
    for number in (1, 2):
        web.html(f"/news/{number}", news_page(f"Mill {number} opens", *STORY, f"It is mill number {number}."))
    crawl(mill=site_file("mill", web.home))
    feed = tmp_path / "public" / "feeds" / "site" / "mill.atom"
    before = feed.read_bytes(), feed.stat().st_mtime_ns
    for body, status in ((listing_page(), 200), ("<html><body>Error</body></html>", 500), ("", 200)):
        web.html("/", body, status=status)
        assert crawl(mill=site_file("mill", web.home)).returncode in (2, 3)
        assert (feed.read_bytes(), feed.stat().st_mtime_ns) == before


def test_quiet_prints_a_line_for_a_site_in_trouble_and_none_for_a_single_page(web, crawl) -> None:
    web.html("/", listing_page("/news/1"))
    web.html("/news/1", news_page("A mill opens", *STORY))
    mill = site_file("mill", web.home)
    said = crawl("--quiet", mill=mill)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    web.html("/", listing_page("/news/1", "/news/2"))
    said = crawl("--quiet", mill=mill)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    web.html("/", "", status=403)
    said = crawl("--quiet", mill=mill)
    assert said.stdout.splitlines() == [f"mill: blocked: listing: HTTP 403: {web.home}"]


def test_a_full_archive_disk_stops_the_run_with_one_line_and_keeps_what_was_kept(web, crawl, tmp_path) -> None:
    web.html("/", listing_page("/news/1"))
    web.html("/news/1", news_page("A mill opens", *STORY))
    assert crawl(mill=site_file("mill", web.home)).returncode == 0
    web.html("/", listing_page("/news/2"))
    web.html("/news/2", news_page("Another mill opens", *STORY, "It stands beside the first."))
    import sqlite3

    database = sqlite3.connect(tmp_path / "data" / "newsloom.db")
    database.execute("CREATE TRIGGER full BEFORE INSERT ON articles BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    database.commit()
    said = crawl(mill=site_file("mill", web.home))
    assert said.returncode == 3
    assert "disk is full" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert database.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    database.close()
