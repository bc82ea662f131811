"""What an hourly run costs a server on which nothing has changed, or little."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.loopback import Loopback, listing_page, news_page, site_file

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

ARTICLES, LISTINGS = 1100, 10


class Tagged(Loopback):
    """A site of many articles with a feed, a sitemap and listings, every answer with an entity tag.

    Attributes:
        sent: bytes that were sent, headers included.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    def tag(self, path: str, body: str, content_type: str = "text/html", extra: str = "") -> None:
        content = body.encode()
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        head = f"Content-Type: {content_type}; charset=utf-8\r\nETag: {etag}\r\n{extra}"

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers.get("If-None-Match") == etag:
                raw = f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n{extra}\r\n".encode()
            else:
                raw = f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
            self.sent += len(raw)
            handler.wfile.write(raw)

        self.pages[path] = answer

    def publish(self, count: int) -> None:
        urls = [f"{self.home}news/{number}" for number in range(count)]
        part = -(-count // LISTINGS)
        for number in range(LISTINGS):
            self.tag(f"/list/{number}", listing_page(*urls[number * part : (number + 1) * part]))
        items = "".join(f"<item><title>Mill</title><link>{url}</link></item>" for url in urls[-30:][::-1])
        self.tag("/feed", f'<rss version="2.0"><channel><title>Mills</title>{items}</channel></rss>', "application/xml")
        places = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.tag("/sitemap.xml", f'<urlset xmlns="{xmlns}">{places}</urlset>', "application/xml")
        for number in range(ARTICLES, count):
            words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. "
            self.tag(f"/news/{number}", news_page(f"Mill {number} opens", words * 3))

    def forget(self) -> None:
        self.asked.clear()
        self.sent = 0

    def site_file(self) -> str:
        listings = "".join(
            f'[[listings]]\nurl = "{self.home}list/{number}"\nlinks = "css:li a"\n' for number in range(LISTINGS)
        )
        return f"""
id = "mills"
languages = ["en"]
zone = "UTC"
home = "{self.home}"
articles = '/news/'
checked = "never"
name = {{ en = "Mills" }}
politeness = {{ delay = 0 }}
feeds = [{{ url = "{self.home}feed" }}]
sitemaps = [{{ url = "{self.home}sitemap.xml", most = 5000 }}]
{listings}"""


@pytest.fixture
def mills():
    with Tagged() as web:
        web.publish(ARTICLES)
        yield web


def test_an_unchanged_site_costs_twelve_small_answers_and_ten_new_articles_ten_more(mills, crawl, tmp_path) -> None:
    known = [
        {"url": f"{mills.home}news/{n}", "title": f"Mill {n} opens", "site": "mills", "text": f"It is mill {n}. " * 9}
        for n in range(ARTICLES)
    ]
    (tmp_path / "known.jsonl").write_text("".join(json.dumps(record) + "\n" for record in known))
    crawl("import", "known.jsonl", mills=mills.site_file())
    first = crawl("crawl")
    assert first.status == 0, first.said
    assert len(mills.asked) == LISTINGS + 2 + 1  # and robots.txt
    mills.forget()
    second = crawl("crawl", "mills")
    assert second.status == 0, second.said
    assert len(mills.asked) <= 12
    assert mills.sent <= 4096
    assert not [path for path in mills.asked if path.startswith("/news/")]
    mills.publish(ARTICLES + 10)
    mills.forget()
    crawl("crawl", "mills")
    assert sorted(path for path in mills.asked if path.startswith("/news/")) == [f"/news/{1100 + n}" for n in range(10)]


def test_a_list_rests_as_long_as_its_server_says_unless_it_is_asked_for_by_name(mills, crawl, tmp_path) -> None:
    mills.publish(ARTICLES + 1)
    listing = listing_page(f"{mills.home}news/{ARTICLES}")
    mills.tag("/", listing, extra="Cache-Control: max-age=600\r\n")
    items = f"<item><title>Mill</title><link>{mills.home}news/{ARTICLES}</link></item>"
    feed = f'<rss version="2.0"><channel><title>Mills</title><ttl>90</ttl>{items}</channel></rss>'
    mills.tag("/feed", feed, "application/xml")
    text = mills.site_file()
    text = text[: text.index("sitemaps = ")] + f'[[listings]]\nurl = "{mills.home}"\nlinks = "css:li a"\n'
    crawl(mills=text)
    mills.forget()
    resting = crawl("crawl")
    assert (resting.status, mills.asked) == (0, [])
    assert set(resting.ledger().values()) == {("skipped", "rests")}
    database = sqlite3.connect(tmp_path / "data" / "newsloom.db")
    rests = "SELECT round((julianday(next_check) - julianday(fetched)) * 1440) FROM answers WHERE body IS NOT NULL"
    assert sorted(row[0] for row in database.execute(rests)) == [10, 90]
    database.close()
    crawl("crawl", "mills")
    assert sorted(mills.asked) == ["/", "/feed"]


def test_an_article_that_fails_again_and_again_is_left_alone_unless_its_site_is_asked_for_by_name(web, crawl) -> None:
    web.html("/", listing_page("/news/1", "/news/2"))
    web.html("/news/1", news_page("Mill opens", "The mill opened on Monday and spins cotton yarn for export. " * 3))
    crawl(mills=site_file("mills", web.home))
    crawl("crawl")
    assert web.asked.count("/news/2") == 2
    third = crawl("crawl")
    assert web.asked.count("/news/2") == 2
    assert third.ledger()["/news/2"] == ("skipped", "rests")
    crawl("crawl", "mills")
    assert web.asked.count("/news/2") == 3
