"""The headline: what the page shows and its own statements agree on, whole, and without the site's name."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.found import Found
from spiders.parsing.page import open_page
from spiders.parsing.title import read_title

HEADLINE = "Workers buy the mill on the river"


def title(html: str) -> Found[str] | None:
    page = open_page(html.encode())
    return read_title(page, blocks_of(page))


def value(html: str) -> str | None:
    found = title(html)
    return found.value if found else None


@pytest.mark.parametrize(
    "document",
    [
        HEADLINE,
        f"{HEADLINE} - Loom Weekly",
        f"{HEADLINE} | Markets | Loom Weekly",
        f"Loom Weekly: {HEADLINE}",
        "Workers buy the mill …",
        "Workers buy the mill...",
    ],
)
def test_a_heading_that_the_title_element_confirms_is_the_headline(document) -> None:
    found = title(
        f"<title>{document}</title><h1>Loom Weekly</h1><h2>Most read</h2><h1>{HEADLINE}</h1><h3>Cotton falls</h3>"
    )
    assert found == Found(HEADLINE, "h1")


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        ("<title>纱线价格上涨_纺织网</title><h2>纱线价格上涨</h2>", "纱线价格上涨"),
        ("<title>纱线价格上涨，企业采购谨慎-市场-纺织网</title><p>text</p>", "纱线价格上涨，企业采购谨慎"),
        ("<title>纱线价格上涨，企业采购谨慎_市场_纺织网</title><p>text</p>", "纱线价格上涨，企业采购谨慎"),
        (f"<title>{HEADLINE} | Loom Weekly</title><p>text</p>", HEADLINE),
        (f'<title>Loom Weekly</title><meta property="og:title" content="{HEADLINE}"><p>text</p>', HEADLINE),
        (f"<title></title><h1>{HEADLINE}</h1>", HEADLINE),
        (f"<title>{HEADLINE}</title><h1>Workers buy the mill<br>on the river</h1>", HEADLINE),
        (f"<title>{HEADLINE} - Weekly</title><h1>{HEADLINE}<span>Weekly edition</span></h1>", HEADLINE),
        ("<title>Mill &amp;amp; loom: who buys whom - Weekly</title><p>text</p>", "Mill & loom: who buys whom"),
    ],
)
def test_the_headline_is_whole_and_bare(html, headline) -> None:
    assert value(html) == headline


def test_json_ld_states_the_headline_where_nothing_shows_it() -> None:
    found = title(
        f'<title>Loom Weekly</title><script type="application/ld+json">{{"@type": ["NewsArticle"], "headline": '
        f'"{HEADLINE}"}}</script><p>text</p>'
    )
    assert found is not None
    assert (found.value, found.rule) == (HEADLINE, "json-ld")


def test_a_line_that_is_no_heading_is_the_headline_where_the_title_element_confirms_it() -> None:
    found = title(f'<title>{HEADLINE} - Weekly</title><div class="tit">{HEADLINE}</div><p>text</p>')
    assert found == Found(HEADLINE, "visible")


def test_what_nothing_confirms_is_doubted() -> None:
    found = title(f"<title>Loom Weekly, the paper of the trade</title><h1>{HEADLINE}</h1>")
    assert found is not None
    assert found.value == HEADLINE
    assert found.doubts


@pytest.mark.parametrize("html", ["", "<p>text</p>", "<title> </title>"])
def test_a_page_without_headline_has_none(html) -> None:
    assert title(html) is None
