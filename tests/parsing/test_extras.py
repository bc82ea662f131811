"""Summary, tags, documents, and the marks for readers and robots."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.extras import Extras, read_extras
from spiders.parsing.page import open_page

TEXT = "The federation of spinners expects exports of yarn to rise by a tenth this year, after two years of decline."
TITLE = "Spinners expect more exports"


def read(head: str = "", *, inside: str = "", below: str = "") -> Extras:
    html = f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{TEXT}</p>{inside}<p>{TEXT}</p>{below}</body></html>"
    page = open_page(html.encode(), url="https://example.org/news/yarn.html")
    blocks = blocks_of(page)
    kept = [block.index for block in blocks if TEXT in block.text]
    return read_extras(page, blocks, body=Body(list(range(kept[0], kept[-1] + 1))), title=TITLE)


def description(text: str) -> str:
    return f'<meta name="description" content="{text}">'


def test_a_description_in_the_articles_words_is_a_summary() -> None:
    extras = read(description("Exports of yarn are expected to rise by a tenth, says the federation."))
    assert extras.summary is not None
    assert extras.summary.rule == "meta:description"


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        f"{TITLE} - Yarn News",
        "The leading portal for machines, fabrics, fairs and jobs since nineteen ninety-eight",
        "纺织网是国内领先的行业门户网站，欢迎访问",
        "Short",
        "",
    ],
)
def test_a_description_of_the_site_or_the_title_again_is_none(text: str) -> None:
    assert read(description(text)).summary is None


def test_markup_and_entities_are_taken_out_of_a_summary() -> None:
    extras = read(description("&lt;p&gt;Exports of yarn &amp;amp; the federation of spinners this year&lt;/p&gt;"))
    assert extras.summary is not None
    assert extras.summary.value == "Exports of yarn & the federation of spinners this year"


@pytest.mark.parametrize(
    ("head", "tags", "rule"),
    [
        (
            '<meta property="article:tag" content="Yarn"><meta property="article:tag" content="Exports">',
            ["Yarn", "Exports"],
            "meta:article:tag",
        ),
        ('<meta name="news_keywords" content="yarn, exports">', ["yarn", "exports"], "meta:news_keywords"),
        ('<meta name="keywords" content="yarn，exports、spinners">', ["yarn", "exports", "spinners"], "meta:keywords"),
        ('<meta name="keywords" content="Yarn,yarn">', ["Yarn"], "meta:keywords"),
    ],
)
def test_tags(head: str, tags: list[str], rule: str) -> None:
    found = read(head).tags
    assert found is not None
    assert (found.value, found.rule) == (tags, rule)


def test_keywords_of_the_site_are_not_the_articles() -> None:
    assert read('<meta name="keywords" content="machines, fairs, jobs, dyeing">').tags is None


def test_links_marked_as_tags_are_tags() -> None:
    found = read(below='<p><a rel="tag" href="/t/yarn">Yarn</a> <a rel="tag" href="/t/trade">Trade</a></p>').tags
    assert found is not None
    assert (found.value, found.rule) == (["Yarn", "Trade"], "rel-tag")


def test_documents_of_the_article_are_attachments() -> None:
    extras = read(
        inside='<p><a href="/files/report%202024.pdf">The report</a> <a href="/about.html">About</a></p>',
        below='<p>附件：<a href="/files/table.XLSX?v=2">table</a></p>',
    )
    assert [(item.url, item.title, item.type) for item in extras.attachments] == [
        ("https://example.org/files/report%202024.pdf", "The report", "application/pdf"),
        (
            "https://example.org/files/table.XLSX?v=2",
            "table",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ]


@pytest.mark.parametrize("value", ["false", '"False"'])
def test_a_page_that_is_not_free_says_so(value: str) -> None:
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":{value}}}</script>'
    paywalled = read(head).paywalled
    assert paywalled is not None
    assert paywalled.value


@pytest.mark.parametrize(
    "line", ["Subscribe to continue reading", "订阅后可阅读全文", "Réservé aux abonnés", "この記事は会員限定です"]
)
def test_a_line_for_subscribers_under_the_text_is_a_paywall_with_a_doubt(line: str) -> None:
    paywalled = read(below=f"<p>{line}</p>").paywalled
    assert paywalled is not None
    assert paywalled.doubts


def test_a_free_page_is_no_paywall() -> None:
    assert read(below="<p>Subscribe to our newsletter</p>").paywalled is None
