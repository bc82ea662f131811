"""The sample sites: how they are served, and that what we expect of their articles is what their pages print."""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

import lxml.etree
import lxml.html
import pytest

from crawler import samples_server
from crawler.samples_server import SampleSites, samples_folder
from items.rule import xpath_of
from items.site import load_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

SITES = Path(__file__).parent / "fixtures" / "sites"
SILK = "http://www.silkfed.example"
WIRE = "http://en.apparelwire.example"
EURO = "http://www.eurofabric.example"
LISTING = f"{SILK}/xhzx/index.html"


@dataclass
class Response:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def fetch(samples: SampleSites, url: str, *, method: str = "GET", **headers: str) -> Response:
    """Ask the proxy for a URL; `If_None_Match="…"` is the header If-None-Match."""
    connection = http.client.HTTPConnection(urlsplit(samples.proxy_url).netloc, timeout=5)
    try:
        connection.request(method, url, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Response(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@pytest.fixture
def samples() -> Iterator[SampleSites]:
    with SampleSites() as serving:
        yield serving


# How they are served


def test_a_client_that_uses_it_as_proxy_sees_the_sites(samples: SampleSites) -> None:
    with build_opener(ProxyHandler({"http": samples.proxy_url})).open(LISTING, timeout=5) as response:
        assert "协会资讯" in response.read().decode("gbk")


def test_a_host_header_says_as_much_as_a_whole_url(samples: SampleSites) -> None:
    by_header = fetch(samples, "/xhzx/index.html", Host="www.silkfed.example:80")

    assert by_header.status == 200
    assert by_header.body == fetch(samples, LISTING).body


def test_chinese_pages_are_gbk_under_a_header_that_says_otherwise(samples: SampleSites) -> None:
    page = fetch(samples, f"{SILK}/xhzx/202412/t20241216_4423307.html")

    assert page.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert b"charset=gb2312" in page.body
    assert "让好茧卖出好价钱".encode("gbk") in page.body


def test_one_page_can_be_wrong_in_another_way(samples: SampleSites) -> None:
    page = fetch(samples, f"{SILK}/xhzx/202410/t20241025_4420418.html")

    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("utf-8")


@pytest.mark.parametrize(
    ("url", "content_type"),
    [
        (f"{EURO}/feed/", "application/rss+xml; charset=UTF-8"),
        (f"{EURO}/sitemap_index.xml", "application/xml"),
        (f"{EURO}/wp-content/uploads/2024/12/energy-survey-2024.pdf", "application/pdf"),
        (f"{EURO}/wp-content/uploads/2024/11/denim-twill.png", "image/png"),
        (f"{WIRE}/css/wire.css", "text/css"),
        (f"{WIRE}/", "text/html; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(samples: SampleSites, url: str, content_type: str) -> None:
    page = fetch(samples, url)

    assert (page.status, page.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize("home", [SILK, WIRE, EURO])
def test_every_site_has_a_robots_txt(samples: SampleSites, home: str) -> None:
    robots = fetch(samples, f"{home}/robots.txt")

    assert robots.headers["Content-Type"] == "text/plain"
    assert robots.body.startswith(b"User-agent: *\nDisallow: /")


@pytest.mark.parametrize(
    "path", ["/nothing.html", "/xhzx", "/english/", "/%2e%2e/serve.toml", "/../expected.jsonl", "/%00", "//etc/passwd"]
)
def test_what_a_site_does_not_have_is_not_found(samples: SampleSites, path: str) -> None:
    assert fetch(samples, SILK + path).status == 404


@pytest.mark.parametrize("url", ["http://www.example.com/", "https://www.silkfed.example/", "/no/host"])
def test_other_hosts_are_refused_in_one_line_that_names_ours(samples: SampleSites, url: str) -> None:
    refusal = fetch(samples, url)

    assert refusal.status == 502
    assert refusal.body.count(b"\n") == 1
    assert b"en.apparelwire.example, www.eurofabric.example, www.silkfed.example" in refusal.body


def test_only_this_machine_can_ask(samples: SampleSites) -> None:
    assert urlsplit(samples.proxy_url).hostname == "127.0.0.1"


@pytest.mark.parametrize(("validator", "header"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_a_copy_that_is_still_good_is_not_sent_again(samples: SampleSites, validator: str, header: str) -> None:
    first = fetch(samples, LISTING)

    again = fetch(samples, LISTING, **{validator: first.headers[header]})

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_an_entity_tag_is_believed_before_a_date(samples: SampleSites) -> None:
    first = fetch(samples, LISTING)

    again = fetch(samples, LISTING, If_None_Match='"another"', If_Modified_Since=first.headers["Last-Modified"])

    assert again.status == 200


@pytest.mark.parametrize("validator", ["If-None-Match", "If-Modified-Since"])
def test_a_changed_page_is_sent_again(samples: SampleSites, validator: str) -> None:
    first = fetch(samples, LISTING)
    samples.visit = 2

    again = fetch(
        samples, LISTING, **{validator: first.headers["ETag" if validator == "If-None-Match" else "Last-Modified"]}
    )

    assert again.status == 200
    assert again.body != first.body


def test_a_page_that_stayed_the_same_is_still_good_at_the_next_visit(samples: SampleSites) -> None:
    url = f"{SILK}/xhzx/202410/t20241015_4419802.html"
    first = fetch(samples, url)
    samples.visit = 2

    assert fetch(samples, url, If_None_Match=first.headers["ETag"]).status == 304


@pytest.mark.parametrize("date", ["yesterday", "", "Tue, 99 Dec 2024 00:00:00 GMT"])
def test_a_date_that_is_none_asks_for_the_page(samples: SampleSites, date: str) -> None:
    assert fetch(samples, LISTING, If_Modified_Since=date).status == 200


def test_head_sends_the_headers_alone(samples: SampleSites) -> None:
    head, page = fetch(samples, LISTING, method="HEAD"), fetch(samples, LISTING)

    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(page.body))


def test_every_request_is_counted(samples: SampleSites) -> None:
    first = fetch(samples, LISTING, User_Agent="reader/1")
    fetch(samples, LISTING, If_None_Match=first.headers["ETag"])
    fetch(samples, f"{SILK}/nothing.html?page=2")

    assert [(request.url, request.status) for request in samples.requests] == [
        (LISTING, 200),
        (LISTING, 304),
        (f"{SILK}/nothing.html?page=2", 404),
    ]
    assert samples.count(LISTING) == 2
    assert samples.requests[0].user_agent == "reader/1"


@pytest.mark.parametrize("visit", [0, 3])
def test_there_are_two_visits(visit: int) -> None:
    with pytest.raises(ValueError, match=f"there is no visit {visit}"):
        SampleSites(visit=visit)


def test_it_says_how_to_start_it() -> None:
    with pytest.raises(RuntimeError, match="with SampleSites"):
        _ = SampleSites().proxy_url


def test_stopping_ends_every_thread_though_a_client_holds_its_connection_open() -> None:
    before = set(threading.enumerate())
    with SampleSites() as samples:
        address = urlsplit(samples.proxy_url).netloc
        held = http.client.HTTPConnection(address, timeout=5)
        held.request("GET", LISTING)
        held.getresponse().read()
        assert set(threading.enumerate()) > before

    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(address, timeout=5).connect()
    held.close()


def test_they_are_found_inside_an_installed_newsloom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "crawler" / "samples"
    shipped.mkdir(parents=True)
    monkeypatch.setattr(samples_server, "__file__", str(tmp_path / "crawler" / "samples_server.py"))

    assert samples_folder() == shipped


def test_they_are_found_in_a_checkout() -> None:
    assert samples_folder() == SITES


# What their pages print


def load_expected() -> list[dict[str, Any]]:
    files = sorted(SITES.glob("*/expected.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


EXPECTED = load_expected()
ARTICLES = [
    pytest.param(row, visit, id=f"{urlsplit(row['url']).path.strip('/').rpartition('/')[2]}-visit-{visit}")
    for row in EXPECTED
    for visit in row["visits"]
]
ALL_SITES = [SampleSites().sites[host] for host in sorted(SampleSites().sites)]


@cache
def page_of(url: str, visit: int) -> HtmlElement:
    """A page as a careful browser reads it: the bytes of the wire, in the encoding that they really have."""
    parts = urlsplit(url)
    site = SampleSites().sites[parts.netloc]
    answer = site.answer(parts.path, visit)
    assert answer.status == 200, url
    return lxml.html.fromstring(answer.body.decode(site.encoding))


def fold(text: str) -> str:
    return " ".join(text.split())


def text_of(element: HtmlElement) -> str:
    return fold(element.text_content())


def lines_of(url: str, visit: int, first: str) -> list[str]:
    """The paragraphs and subheads beside the article's first line; the credits of pictures left out."""
    start = next(p for p in page_of(url, visit).iter("p") if text_of(p) == first)
    lines = [text_of(line) for line in start.itersiblings("p", "h2")]
    return [first, *(line for line in lines if line and not line.startswith("（图片来源："))]


@pytest.mark.parametrize(("row", "visit"), ARTICLES)
def test_its_page_prints_what_is_expected(row: dict[str, Any], visit: int) -> None:
    page = page_of(row["url"], visit)
    printed = fold(" ".join(page.itertext()))

    assert [text_of(heading) for heading in page.iter("h1")] == [row["title"]]
    assert row["source"] is None or row["source"]["raw"] in printed
    assert row["source"] is None or row["source"]["name"] in row["source"]["raw"]
    assert all(name in printed for name in (*row["authors"], *row["editors"]))
    for moment in (row["published"], row["modified"]):
        source = lxml.html.tostring(page, encoding="unicode")
        assert moment is None or moment["raw"] is None or moment["raw"] in source


@pytest.mark.parametrize(("row", "visit"), ARTICLES)
def test_its_text_is_where_it_is_expected(row: dict[str, Any], visit: int) -> None:
    lines = lines_of(row["url"], visit, row["first_line"])
    text = lines[: lines.index(row["last_line"]) + 1]

    assert text[0] == row["first_line"]
    assert [line for line in text if line in row["subheads"]] == row["subheads"]
    assert len(text) == row["paragraphs"] + len(row["subheads"])
    assert 4 <= len(text) <= 10


@pytest.mark.parametrize(("row", "visit"), ARTICLES)
def test_its_links_are_what_is_expected(row: dict[str, Any], visit: int) -> None:
    anchors = {
        (text_of(anchor), urljoin(row["url"], anchor.get("href"))) for anchor in page_of(row["url"], visit).iter("a")
    }

    assert {(link["title"], link["url"]) for link in row["related"]} <= anchors
    assert {(f"{link['category']} | {link['title']}", link["url"]) for link in row.get("categories", [])} <= anchors


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: urlsplit(row["url"]).path)
def test_its_time_is_one_that_the_page_can_have_meant(row: dict[str, Any]) -> None:
    at, precision = row["published"]["at"], row["published"]["precision"]

    assert len(at) == {"day": 10, "minute": 25, "second": 25}[precision]
    assert at.startswith("2024-")


def select(rule: str, element: HtmlElement) -> list[HtmlElement]:
    return cast("list[HtmlElement]", xpath_of(rule)(element))


def reachable(samples: SampleSites, folder: Path) -> set[str]:
    """Every article that the site's own listings, feeds and sitemaps lead to."""
    site = load_site(folder.with_suffix(".toml"))
    found: set[str] = set()
    for listing in site.listings:
        page: str | None = listing.url
        while page:
            tree = page_of(page, samples.visit)
            assert listing.item
            for item in select(listing.item, tree):
                found.update(urljoin(page, anchor.get("href")) for anchor in select(listing.links, item))
            following = select(listing.next, tree) if listing.next else []
            page = urljoin(page, following[0].get("href")) if following else None
    maps = [feed.url for feed in site.feeds] + [sitemap.url for sitemap in site.sitemaps]
    while maps:
        tree = lxml.etree.fromstring(fetch(samples, maps.pop()).body)
        links = [fold(link.text) for link in tree.iter("{*}loc", "link") if link.text]
        maps += [link for link in links if link.endswith(".xml")]
        found.update(link for link in links if not link.endswith(".xml"))
    return {url for url in found if site.is_article(url)}


@pytest.mark.parametrize("visit", [1, 2])
@pytest.mark.parametrize("site", ALL_SITES, ids=lambda site: site.folder.name)
def test_every_article_can_be_found_and_there_are_a_dozen_at_least(
    samples: SampleSites, site: samples_server.SampleSite, visit: int
) -> None:
    samples.visit = visit
    expected = {row["url"] for row in EXPECTED if urlsplit(row["url"]).netloc == site.host and visit in row["visits"]}

    assert reachable(samples, site.folder) == expected
    assert len(expected) >= 12


@pytest.mark.parametrize("site", ALL_SITES, ids=lambda site: site.folder.name)
def test_its_site_file_is_one_that_newsloom_reads(site: samples_server.SampleSite) -> None:
    described = load_site(site.folder.with_suffix(".toml"))

    assert described.id == site.folder.name
    assert urlsplit(described.home).hostname == site.host


# The stories that they tell together


def row_of(url: str, visit: int = 1) -> dict[str, Any]:
    return next(row for row in EXPECTED if row["url"] == url and visit in row["visits"])


REPRINTS = [pytest.param(row, id=urlsplit(row["url"]).path) for row in EXPECTED if row["reprint_of"]]


@pytest.mark.parametrize("row", REPRINTS)
def test_a_reprint_has_the_words_of_its_original_and_names_it(row: dict[str, Any]) -> None:
    original = row_of(row["reprint_of"])
    publisher = load_site(SampleSites().sites[urlsplit(original["url"]).netloc].folder.with_suffix(".toml"))
    copy_lines, own_lines = (lines_of(it["url"], 1, it["first_line"]) for it in (row, original))

    assert copy_lines[: row["paragraphs"]] == own_lines[: original["paragraphs"]]
    assert row["language"] == original["language"]
    assert urlsplit(row["url"]).netloc != urlsplit(original["url"]).netloc
    assert row["source"]["name"] in {publisher.organisation, "江南丝绸产业联合会"}


def test_three_stories_and_more_are_told_on_several_sites() -> None:
    assert len({row["reprint_of"] for row in EXPECTED if row["reprint_of"]}) >= 3


def test_one_story_is_told_on_all_three() -> None:
    original = f"{SILK}/english/202410/t20241030_4420733.html"
    copies = [row["url"] for row in EXPECTED if row["reprint_of"] == original]

    assert {urlsplit(url).netloc for url in copies} == {urlsplit(WIRE).netloc, urlsplit(EURO).netloc}


def test_a_chinese_article_has_an_english_twin() -> None:
    (twin,) = (row for row in EXPECTED if row.get("translation_of"))

    assert twin["language"] == "en"
    assert row_of(twin["translation_of"])["language"] == "zh"


def test_between_the_visits_one_is_edited_one_removed_and_two_are_new(samples: SampleSites) -> None:
    first = {row["url"]: row for row in EXPECTED if 1 in row["visits"]}
    second = {row["url"]: row for row in EXPECTED if 2 in row["visits"]}
    (edited,) = (url for url in first.keys() & second.keys() if first[url] is not second[url])
    (removed,) = first.keys() - second.keys()

    assert first[edited]["title"] != second[edited]["title"]
    assert first[edited]["first_line"] != second[edited]["first_line"]
    assert len(second.keys() - first.keys()) == 2
    samples.visit = 2
    assert fetch(samples, removed).status == 404


def test_two_articles_look_alike_and_are_not_the_same_story() -> None:
    opened, ended = (
        next(row for row in EXPECTED if "Warp Knitting" in row["title"] and word in row["title"])
        for word in ("Opened", "Ended")
    )
    first, second = (lines_of(it["url"], 1, it["first_line"]) for it in (opened, ended))

    assert set(first) & set(second)
    assert opened["reprint_of"] is ended["reprint_of"] is None
    assert opened["last_line"] != ended["last_line"]


def test_they_are_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in SITES.rglob("*") if file.is_file()) < 1_500_000
