"""Opening a page: one tree of whatever came, its links made absolute, its structured data read tolerantly."""

from __future__ import annotations

import pytest

from spiders.parsing.page import MAX_ATTRIBUTES, MAX_TAGS, Page, open_page


def words(page: Page) -> str:
    return " ".join(" ".join(map(str, page.root.itertext())).split())


def test_a_page_is_parsed_once_with_its_language_and_meta() -> None:
    page = open_page(
        b'<html lang="de"><head><meta property="OG:Title" content=" Garn "><meta name="author" content="A">'
        b'<meta name="author" content="B"><meta name="empty" content=""></head><body><p>Text</p></body></html>'
    )
    assert page.html_lang == "de"
    assert page.meta == {"og:title": ["Garn"], "author": ["A", "B"]}
    assert words(page) == "Text"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        b"\x00\x00",
        b"<!--",
        b"<?xml version='1.0'?>",
        b"\xff\xfe",
        b"<frameset><frame src='a.html'></frameset>",
        b"<div>" * 50_000,
        b"</p>" * 50_000,
    ],
)
def test_a_hopeless_page_is_an_empty_page(body) -> None:
    page = open_page(body)
    assert words(page) == ""
    assert page.json_ld == []


@pytest.mark.parametrize(
    "body",
    [
        b"<?xml version='1.0' encoding='gb2312'?><html><body><p>yarn and wool</p></body></html>",
        "\ufeff<p>yarn and wool</p>".encode(),
        b"<p>yarn\x00 and wool</p>",
        b"<html><body></body></html>\n<div><p>yarn and wool</p></div>" + b" " * 5000,
        b"<HTML><BODY></BODY></HTML>\n<DIV><P>yarn and wool</P></DIV>" + b" " * 5000,
        b"<!-- a comment --><p>yarn <!-- another -->and wool</p>",
    ],
)
def test_what_the_parser_stumbles_over_is_taken_away(body) -> None:
    assert words(open_page(body)) == "yarn and wool"


def test_a_page_of_nothing_but_tags_is_cut() -> None:
    assert len(open_page(b"<p>a" * (2 * MAX_TAGS)).elements) <= MAX_TAGS + 2


def test_a_tag_with_a_crowd_of_attributes_loses_them() -> None:
    crowd = b" ".join(b"attribute%d=1" % number for number in range(2 * MAX_ATTRIBUTES))
    page = open_page(b"<p>before</p><div " + crowd + b">after</div>")
    assert words(page) == "before after"
    assert all(len(element.attrib) < MAX_ATTRIBUTES for element in page.elements)


def test_a_long_tag_that_is_no_crowd_keeps_its_attributes() -> None:
    picture = b"data:image/png;base64," + b"A" * 20_000
    page = open_page(b'<p>before</p><img alt="loom" src="' + picture + b'"><p>after</p>')
    assert [element.get("alt") for element in page.root.iter("img")] == ["loom"]


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("http://other.example/a?b=c", "http://other.example/a?b=c"),
        ("//cdn.example/a.js", "https://cdn.example/a.js"),
        ("/a/b.html", "https://site.example/a/b.html"),
        ("b.html", "https://site.example/news/b.html"),
        ("../b.html", "https://site.example/b.html"),
        ("./b.html", "https://site.example/news/b.html"),
        ("?page=2", "https://site.example/news/list.html?page=2"),
        (" /a ", "https://site.example/a"),
        ("#top", None),
        ("", None),
        (None, None),
        ("javascript:void(0)", None),
        ("mailto:desk@site.example", None),
        ("tel:123", None),
        ("http://[", None),
        ("x" * 5000, None),
    ],
)
def test_links_are_made_absolute(href, absolute) -> None:
    assert open_page(b"<p>", url="https://site.example/news/list.html").absolute(href) == absolute


def test_a_base_element_moves_relative_links() -> None:
    page = open_page(b'<base href="/deep/er/"><p>', url="https://site.example/news/1.html")
    assert page.absolute("a.html") == "https://site.example/deep/er/a.html"
    assert page.absolute("/a.html") == "https://site.example/a.html"


def test_without_an_address_only_absolute_links_are_links() -> None:
    page = open_page(b"<p>")
    assert page.absolute("/a") is None
    assert page.absolute("https://site.example/a") == "https://site.example/a"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://site.example/1">', "https://site.example/1"),
        ('<meta property="og:url" content="https://site.example/2">', "https://site.example/2"),
        ('<link rel="canonical" href="/1">', None),
        ("", None),
    ],
)
def test_a_page_without_address_is_asked_for_its_own(head, url) -> None:
    assert open_page(f"<head>{head}</head><p>".encode()).url == url
    assert open_page(f"<head>{head}</head><p>".encode(), url="https://given.example/").url == "https://given.example/"


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "Garn"}',
        '{"headline": "Garn",}',
        '<!-- {"headline": "Garn"} -->',
        '//<![CDATA[\n{"headline": "Garn"}\n//]]>',
        '/*<![CDATA[*/ {"headline": "Garn"} /*]]>*/',
        '{"headline": "Garn", "description": "two\nlines\tand a tab"}',
        '{"headline": "Garn", "description": "a wrong \\escape"}',
        '{"headline": "Garn"};',
        '[[{"headline": "Garn"}]]',
    ],
)
def test_json_ld_is_read_as_it_is_found(text) -> None:
    page = open_page(f'<script type="application/ld+json">{text}</script>'.encode())
    assert [thing["headline"] for thing in page.json_ld] == ["Garn"]


def test_graphs_and_lists_of_json_ld_are_flattened_in_page_order() -> None:
    page = open_page(
        b'<script type="application/ld+json">[{"@graph": [{"@id": 1}, {"@id": 2}]}, {"@id": 3}]</script>'
        b'<script type="application/ld+json">{broken</script>'
        b'<script type="Application/LD+JSON">{"@id": 4, "mainEntity": {"@id": 5}}</script>'
    )
    assert [thing.get("@id") for thing in page.json_ld] == [None, 1, 2, 3, 4, 5]
