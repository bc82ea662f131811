"""What repeats on the pages of a site: learned from their blocks, never an article's own paragraphs."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import Block, blocks_of
from spiders.parsing.page import Page, open_page
from spiders.parsing.template import Template, learn_template

NOTICE = "All works on this site belong to the network; who reprints them names the source and the author of the work."
TITLES = [
    "Mills in the valley turn to recycled yarn",
    "Price of cotton holds as buyers wait",
    "Dye house closes after ninety years",
    "Spring fair of cloth sells out early",
    "New looms reach the silk town by rail",
]
LATEST = [f"News of the hour about loom number {number}" for number in range(20)]


def html(number: int, *, title: str | None = None, text: str | None = None, latest: int = 0, related: str = "") -> str:
    """One page of a site whose list of latest news moves on by `latest` items."""
    title = title if title is not None else TITLES[number]
    text = text if text is not None else f"<p>{paragraph(number, 1)}</p><p>{paragraph(number, 2)}</p>"
    items = "".join(
        f'<li class="n{place}"><a href="/n/{place}">{LATEST[place]}</a></li>' for place in range(latest, latest + 10)
    )
    return (
        f"<title>{title} - Example</title><nav><a href=/>Home</a> <a href=/markets/>Markets</a></nav><h1>{title}</h1>"
        f"<article id=text>{text}</article><div class=related><h3>Related</h3>{related}</div>"
        f"<div class=latest><h3>Latest</h3><ul>{items}</ul></div><footer><p>{NOTICE}</p></footer>"
    )


def paragraph(number: int, place: int) -> str:
    return (
        f"Article {number} tells in its paragraph {place} what the owners of mill {number} said on Monday "
        f"about yarn of lot {place}, which was spun in the old hall by the river."
    )


def opened(*pages: str) -> list[tuple[Page, list[Block]]]:
    read = [open_page(page.encode(), url=f"https://example.com/{number}") for number, page in enumerate(pages)]
    return [(page, blocks_of(page)) for page in read]


def template_texts(template: Template, blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if template.is_template(block)]


def test_what_stands_on_two_pages_is_template() -> None:
    pages = opened(html(0), html(1))
    found = template_texts(learn_template(pages), pages[0][1])
    assert NOTICE in found
    assert "Home Markets" in found
    assert LATEST[0] in found
    assert TITLES[0] not in found
    assert paragraph(0, 1) not in found


def test_one_page_teaches_nothing() -> None:
    pages = opened(html(0))
    assert learn_template(pages) == Template(pages=1)
    assert template_texts(learn_template(pages), pages[0][1]) == []
    assert learn_template([]) == Template(pages=0)


def test_new_link_of_a_slow_list_is_template_too() -> None:
    pages = opened(html(0, latest=0), html(1, latest=2))
    template = learn_template(pages)
    fresh = next(block for block in pages[1][1] if block.text == LATEST[11])
    assert template.is_template(fresh)
    assert not template.recurs(fresh)


def test_slow_list_of_a_page_that_was_not_learned_from_is_known() -> None:
    template = learn_template(opened(html(0, latest=0), html(1, latest=2)))
    ((_, blocks),) = opened(html(2, latest=8))
    assert LATEST[17] in template_texts(template, blocks)
    assert paragraph(2, 1) not in template_texts(template, blocks)


def test_list_whose_links_change_is_the_articles() -> None:
    def related(*numbers: int) -> str:
        return (
            "<ul>"
            + "".join(f"<li><a href=/r/{n}>What the mill of street {n} spins</a></li>" for n in numbers)
            + "</ul>"
        )

    pages = opened(
        html(0, related=related(1, 2, 3, 4)), html(1, related=related(4, 5, 6, 7)), html(2, related=related(8, 9, 1, 7))
    )
    template = learn_template(pages)
    assert [text for text in template_texts(template, pages[0][1]) if "street 2" in text or "street 3" in text] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (html(0), html(0)),
        (html(0, latest=0), html(0, latest=3)),
    ],
    ids=["the same page", "the same article later"],
)
def test_copies_of_one_article_teach_nothing(first: str, second: str) -> None:
    template = learn_template(opened(first, second))
    assert template == Template(pages=1)


def test_site_that_names_all_pages_alike_is_learned() -> None:
    def nameless(number: int) -> str:
        texts = "".join(f"<p>{paragraph(number, place)}</p>" for place in range(4))
        return html(number, title="The Weavers' Gazette", text=texts)

    pages = opened(nameless(0), nameless(1))
    found = template_texts(learn_template(pages), pages[0][1])
    assert NOTICE in found
    assert paragraph(0, 1) not in found


def test_same_address_is_one_article() -> None:
    (page, blocks), (later, later_blocks) = opened(html(0), html(0, title="Mills in the valley: what came of it"))
    later.url = page.url
    assert learn_template([(page, blocks), (later, later_blocks)]).pages == 1


def test_paragraphs_of_a_reprint_are_not_template_but_the_sites_lists_are() -> None:
    text = "".join(f"<p>{paragraph(0, place)}</p>" for place in range(5)) + "<p>A word of the editor.</p>"
    pages = opened(html(0, text=text), html(1, text=text))
    found = template_texts(learn_template(pages), pages[0][1])
    assert not [line for line in found if line.startswith(("Article 0", "A word"))]
    assert LATEST[0] in found


def test_notice_of_every_page_is_template_though_it_is_long() -> None:
    long = "".join(f"<p>{NOTICE} Paragraph {place} of the rules.</p>" for place in range(6))
    pages = opened(*(html(number, text=f"<p>{paragraph(number, 1)}</p>{long}") for number in range(5)))
    found = template_texts(learn_template(pages), pages[0][1])
    assert f"{NOTICE} Paragraph 3 of the rules." in found
    assert paragraph(0, 1) not in found


def test_subhead_of_few_articles_among_many_is_not_template() -> None:
    def text(number: int) -> str:
        subhead = "<h2>What the fair brought</h2>" if number in (3, 8) else ""
        return f"<p>{paragraph(number, 1)}</p>{subhead}<p>{paragraph(number, 2)}</p>"

    pages = opened(*(html(0, title=f"Report of week {number} on mills", text=text(number)) for number in range(20)))
    template = learn_template(pages)
    assert template.pages == 20
    assert "What the fair brought" not in template_texts(template, pages[3][1])
    assert NOTICE in template_texts(template, pages[3][1])


def test_kept_form_is_read_again() -> None:
    template = learn_template(opened(html(0), html(1, latest=1)))
    kept = template.to_json()
    assert Template.from_json(kept) == template
    assert len(kept) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "pages": 2, "texts": "", "lists": ""}',
        '{"version": 1, "pages": 2, "texts": "AAAA", "lists": ""}',
        '{"version": 1, "pages": 2, "texts": 5, "lists": ""}',
        '{"version": 1, "pages": "many", "texts": "", "lists": ""}',
    ],
)
def test_what_is_no_template_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Template.from_json(text)


def test_empty_template_knows_nothing() -> None:
    ((_, blocks),) = opened(html(0))
    assert not any(Template().is_template(block) for block in blocks)
    assert Template.from_json(Template().to_json()) == Template()
