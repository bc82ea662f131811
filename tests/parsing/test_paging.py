"""The next part of an article that is split over pages."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.page import open_page
from spiders.parsing.paging import next_page

HOST = "https://example.org"


def follow(url: str, below: str, head: str = "") -> str | None:
    html = f"<html><head>{head}</head><body><h1>T</h1><p>The text of the article.</p>{below}</body></html>"
    page = open_page(html.encode(), url=HOST + url)
    blocks = blocks_of(page)
    body = Body([block.index for block in blocks if block.text.startswith("The text")])
    found = next_page(page, blocks, body)
    return found.removeprefix(HOST) if found else None


@pytest.mark.parametrize(
    ("words", "url", "href"),
    [
        ("下一页", "/n/123.html", "/n/123_2.html"),
        ("下一页>>", "/n/123_2.html", "/n/123_3.html"),
        ("下一頁", "/n/t20190902_392.html", "/n/t20190902_392_2.html"),
        ("Next page", "/slug/", "/slug/2/"),
        ("Next »", "/slug/2/", "/slug/3/"),
        ("Nächste Seite", "/a?id=5", "/a?id=5&page=2"),
        ("Page suivante", "/a.html?page=2", "/a.html?page=3"),
        ("次へ", "/a/12", "/a/12?page=2"),
        ("다음 페이지", "/a-7.html", "/a-7-2.html"),
    ],
)
def test_a_next_page_link_with_the_pages_own_address_is_followed(words: str, url: str, href: str) -> None:
    assert follow(url, f'<p><a href="{href}">{words}</a></p>') == href


@pytest.mark.parametrize(
    ("words", "url", "href"),
    [
        ("下一篇", "/n/123.html", "/n/123_2.html"),
        ("下一页", "/n/123.html", "/n/124.html"),
        ("下一页", "/n/123.html", "/list_2.html"),
        ("Next", "/n/12.html", "/n/13.html"),
        ("Next page", "/slug/", "/slug/3/"),
        ("Next page", "/slug/2/", "/slug/"),
        ("Next page", "/slug/", "https://elsewhere.example/slug/2/"),
        ("Next year's fair", "/slug/", "/slug/2/"),
    ],
)
def test_other_articles_and_lists_are_not(words: str, url: str, href: str) -> None:
    assert follow(url, f'<p><a href="{href}">{words}</a></p>') is None


def test_the_next_link_of_the_head_counts_for_the_same_article_only() -> None:
    assert follow("/slug/", "", '<link rel="next" href="/slug/2/">') == "/slug/2/"
    assert follow("/slug/", "", '<link rel="next" href="/other-slug/">') is None
