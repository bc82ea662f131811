"""The walk over a page: its visible text as blocks, each with its links, its pieces and its place."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import MAX_BLOCKS, Block, blocks_of
from spiders.parsing.page import open_page


def walk(body: str) -> list[Block]:
    return blocks_of(open_page(body.encode(), url="https://site.example/news/1.html"))


def texts(body: str) -> list[str]:
    return [block.text for block in walk(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("<p>a <b>bold</b> and <i>slanted</i> word</p>", ["a bold and slanted word"]),
        ("<p>glued<span>together</span></p>", ["gluedtogether"]),
        ("<p>  much \n\t  white\u3000 space&nbsp; </p>", ["much white space"]),
        ("<p>soft\u00adhyphen and zero\u200bwidth</p>", ["softhyphen and zerowidth"]),
        ("<p>a \u200b bell \x07and\x01 a\x1b code</p>", ["a bell and a code"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<my-card>one</my-card><my-card>two</my-card>", ["one", "two"]),
        ("text without any tag", ["text without any tag"]),
        ("<p></p><p> </p>", []),
    ],
)
def test_text_parts_where_a_browser_would_part_it(body, expected) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = 1;</script>", "<style>p {}</style>", "<!-- comment -->", "<template>later</template>",
        "<select><option>choice</option></select>", "<textarea>typed</textarea>", "<noscript>no script</noscript>",
        "<svg><title>sign</title></svg>", "<iframe>frame</iframe>", "<button>Send</button>",
        '<div style="display: none">gone</div>', '<span style="visibility:hidden">gone</span>', "<p hidden>gone</p>",
    ],
)  # fmt: skip
def test_what_is_not_seen_is_no_text(hidden) -> None:
    long = "A long line of visible text that leaves no doubt that the page shows what it has to say. " * 8
    assert texts(f"<p>{long}</p>{hidden}<p>end</p>") == [long.strip(), "end"]


def test_the_tail_of_a_hidden_element_is_seen() -> None:
    assert texts("<p>one <script>var a</script>two</p>") == ["one two"]


def test_a_page_that_shows_next_to_nothing_is_read_with_what_it_hides() -> None:
    assert texts("<body><div hidden><p>All of the text.</p></div><p>Loading</p></body>") == [
        "All of the text.",
        "Loading",
    ]


def test_a_button_that_is_left_open_does_not_swallow_the_page() -> None:
    assert texts("<button>Menu<div><p>The text of the page.</p></div>") == ["Menu", "The text of the page."]


def test_headings_know_their_level_also_through_boxes_inside() -> None:
    assert [(block.text, block.heading) for block in walk("<h1><div>Title</div></h1><h3>Sub</h3><p>text</p>")] == [
        ("Title", 1),
        ("Sub", 3),
        ("text", 0),
    ]


def test_links_carry_their_text_and_address() -> None:
    (block,) = walk('<p>See <a href="/a">the  mill</a> or <a href="javascript:go()">go</a> on</p>')
    assert block.links == [("the mill", "https://site.example/a"), ("go", None)]
    assert block.link_chars == len("the mill") + len("go")


def test_a_named_place_is_no_link() -> None:
    (block,) = walk('<p><a name="top">Not a link</a></p>')
    assert (block.links, block.link_chars) == ([], 0)


def test_a_link_around_several_blocks_is_a_link_of_each() -> None:
    first, second = walk('<a href="/a"><h3>Title</h3><p>Teaser</p></a>')
    assert first.links == [("Title", "https://site.example/a")]
    assert second.links == [("Teaser", "https://site.example/a")]


def test_pieces_keep_where_inline_elements_begin() -> None:
    (block,) = walk("<div><span>2019-09-07</span><span>12:30</span></div>")
    assert (block.text, block.pieces) == ("2019-09-0712:30", ["2019-09-07", "12:30"])


def test_boxes_know_what_is_in_them() -> None:
    blocks = walk("<article><h1>Title</h1><div><p>one</p><p>two</p></div></article><footer>end</footer>")
    article = blocks[0].box.parent
    assert article is not None
    assert (article.tag, article.first, article.end) == ("article", 0, 3)
    assert blocks[1].box.parent is blocks[2].box.parent
    assert [block.index for block in blocks] == [0, 1, 2, 3]
    assert blocks[1].element.tag == blocks[1].tag == "p"


def test_images_stand_with_the_block_that_ends_after_them() -> None:
    first, second = walk('<p>one</p><img src="a.jpg"><p>two <img src="b.jpg"></p>')
    assert first.images == []
    assert [image.get("src") for image in second.images] == ["a.jpg", "b.jpg"]


def test_the_number_of_blocks_is_bounded() -> None:
    assert len(walk("<p>a" * (2 * MAX_BLOCKS))) == MAX_BLOCKS


def test_deep_nesting_is_walked() -> None:
    assert texts("<div>" * 1000 + "deep") == ["deep"]


def test_each_line_of_preformatted_text_is_a_block() -> None:
    page = open_page(
        b"<pre>(Source: Loom Federation)\n- Related <b>reading</b>\n\n|A title\n|<a href='/1'>Another</a></pre>"
    )
    blocks = blocks_of(page)
    assert [block.text for block in blocks] == [
        "(Source: Loom Federation)",
        "- Related reading",
        "|A title",
        "|Another",
    ]
    assert blocks[3].links[0][0] == "Another"


def test_what_stands_before_the_body_of_a_page_without_a_body_tag_is_seen() -> None:
    shown = walk("<title>Silk</title><meta name=a content=b><nav><a href=/>Home</a></nav><h1>Silk</h1><p>text</p>")
    assert [block.text for block in shown] == ["Home", "Silk", "text"]
