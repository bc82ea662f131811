"""Equal addresses are equal, and a canonical link is believed only where it can be true."""

from __future__ import annotations

import pytest

from items.url import normalise_url, twins
from spiders.parsing.canonical import canonical_url
from spiders.parsing.page import open_page


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://WWW.Example.ORG:80/News/A.html", "http://www.example.org/News/A.html"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org//news///a.html", "https://example.org/news/a.html"),
        ("https://example.org/news/../a.html", "https://example.org/a.html"),
        ("https://example.org/a.html#top", "https://example.org/a.html"),
        ("https://example.org/#/article/5", "https://example.org/#/article/5"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?utm_source=x&utm_medium=y&id=3", "https://example.org/a?id=3"),
        ("https://example.org/a?fbclid=1&gclid=2&spm=a.b&from=timeline", "https://example.org/a"),
        ("https://example.org/a.do;jsessionid=0A1B?id=3", "https://example.org/a.do?id=3"),
        ("https://example.org/a?PHPSESSID=0a1b&id=3", "https://example.org/a?id=3"),
        ("https://example.org/news/index.html", "https://example.org/news/"),
        ("https://example.org/Default.aspx", "https://example.org/"),
        ("https://example.org/index.php?id=3", "https://example.org/index.php?id=3"),
        ("https://example.org/新闻/一.html", "https://example.org/%E6%96%B0%E9%97%BB/%E4%B8%80.html"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("  https://example.org/a ", "https://example.org/a"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://[broken/a", "https://[broken/a"),
    ],
)
def test_normal_form(url: str, normal: str) -> None:
    assert normalise_url(url) == normal


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=2&a=1#x", "http://Example.org//a//b/index.htm", "https://example.org/新闻?标题=二"]
)
def test_normal_form_is_its_own_normal_form(url: str) -> None:
    assert normalise_url(normalise_url(url)) == normalise_url(url)


READ = "https://www.example.org/news/2024/yarn-12.html?from=rss"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/2024/yarn-12.html", "https://www.example.org/news/2024/yarn-12.html"),
        ("https://m.example.org/news/2024/yarn-12.html", "https://m.example.org/news/2024/yarn-12.html"),
        ("https://www.example.org/markets/yarn-12", "https://www.example.org/markets/yarn-12"),
        ("https://www.example.org/", "https://www.example.org/news/2024/yarn-12.html"),
        ("/news/", "https://www.example.org/news/2024/yarn-12.html"),
        ("/news/2024", "https://www.example.org/news/2024/yarn-12.html"),
        ("https://elsewhere.example/news/2024/yarn-12.html", "https://www.example.org/news/2024/yarn-12.html"),
        ("", "https://www.example.org/news/2024/yarn-12.html"),
    ],
)
def test_a_canonical_link_is_believed_where_plausible(href: str, expected: str) -> None:
    page = open_page(f'<html><head><link rel="canonical" href="{href}"></head></html>'.encode(), url=READ)
    assert canonical_url(page, READ) == expected


def test_a_canonical_link_that_forgets_the_articles_number_is_not_believed() -> None:
    url = "https://example.org/show.php?id=312"
    page = open_page(b'<html><head><link rel="canonical" href="https://example.org/show.php"></head></html>', url=url)
    assert canonical_url(page, url) == url


def test_later_pages_of_an_article_may_name_the_first() -> None:
    url = "https://example.org/yarn/2/"
    page = open_page(b'<html><head><link rel="canonical" href="https://example.org/yarn/"></head></html>', url=url)
    assert canonical_url(page, url) == "https://example.org/yarn/"


def test_without_a_canonical_link_the_shared_address_counts() -> None:
    head = '<meta property="og:url" content="https://www.example.org/news/2024/yarn">'
    page = open_page(f"<html><head>{head}</head></html>".encode(), url=READ)
    assert canonical_url(page, READ) == "https://www.example.org/news/2024/yarn"


def test_a_page_of_unknown_address_has_none() -> None:
    assert canonical_url(open_page(b"<p>x</p>"), None) is None


@pytest.mark.parametrize(
    "twin",
    [
        "http://example.org/news/1.html",
        "https://m.example.org/news/1.html",
        "https://amp.example.org/news/1.html?utm_source=x",
        "https://www.example.org/news/1.html/amp",
        "https://www.example.org/news/1.html/print/",
    ],
)
def test_twins_name_each_other(twin: str) -> None:
    plain = "https://www.example.org/news/1.html"
    assert plain in twins(twin)
    assert twins(plain) & twins(twin)


def test_other_pages_and_other_hosts_are_no_twins() -> None:
    assert not twins("https://example.org/news/1.html") & twins("https://example.org/news/2.html")
    assert not twins("https://example.org/a?id=1") & twins("https://example.org/a?id=2")
    assert not twins("https://m.org/a") & twins("https://www.other.org/a")
