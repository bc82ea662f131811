"""The article's HTML: what is set how, and that it says just what the text says."""

import re

import pytest

from spiders.parsing.article import read_article

HEAD = "<html><head><title>A mill opens</title></head><body><h1>A mill opens</h1><div class='article-content'>"
STORY = "<p>The mill opened on Monday and spins cotton yarn for export to eleven countries of the world.</p>" * 4
TABLE = "<table><tr><td>Cotton yarn</td><td>40 tonnes</td></tr><tr><td>Linen</td><td>3 tonnes</td></tr></table>"
CAPTION = "<figcaption>The mill</figcaption>"
URL = "http://www.loom.example/news/2024/1.html"


def html_of(inside: str) -> str:
    return read_article(f"{HEAD}{STORY}{inside}{STORY}</div></body></html>".encode(), url=URL).article.html or ""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>It has <a href='/looms'>forty looms</a>.</p>", '<p>It has <a href="http://www.loom.example/looms">'),
        ("<p>It has <b>forty</b> <i>looms</i> now.</p>", "<p>It has <strong>forty</strong> <em>looms</em> now.</p>"),
        ("<p>It has <a href='javascript:x()'>forty looms</a> now.</p>", "<p>It has forty looms now.</p>"),
        ("<h2>What comes next for the mill</h2>", "<h2>What comes next for the mill</h2>"),
        (
            "<ul><li>Cotton yarn for knitting.</li><li>Linen yarn for weaving.</li></ul>",
            "<ul><li>Cotton yarn for knitting.</li><li>Linen yarn for weaving.</li></ul>",
        ),
        (
            "<blockquote><p>We spin day and night, said the master.</p></blockquote>",
            "<blockquote><p>We spin day and night, said the master.</p></blockquote>",
        ),
        (
            TABLE,
            TABLE,
        ),
        (
            f"<figure><img data-src='/big/mill.jpg' src='/blank.gif' width=800 alt='Mill'>{CAPTION}</figure>",
            f'<figure><img src="http://www.loom.example/big/mill.jpg" alt="Mill" width="800">{CAPTION}</figure>',
        ),
    ],
    ids=["link", "emphasis", "script link", "subhead", "list", "quotation", "table", "lazy image with caption"],
)
def test_markup_of_the_text_is_kept_and_made_safe(page, expected) -> None:
    assert expected in html_of(page).replace("<tbody>", "").replace("</tbody>", "")


def test_html_and_text_say_the_same() -> None:
    page = f"{HEAD}{STORY}<p>It has <b>forty</b> looms &amp; a yard.</p>{STORY}<p>(Source: Loom Federation)</p></div>"
    article = read_article(page.encode(), url=URL).article
    words = re.sub(r"<[^>]+>", " ", article.html).replace("&amp;", "&").split()
    assert words == article.text.split()
    assert "Source" not in article.html
