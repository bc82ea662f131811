# ruff: noqa: E501 (markup reads best as it stands on a page)
"""The article's own images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.images import read_images
from spiders.parsing.page import open_page

if TYPE_CHECKING:
    from items.article import Image

TEXT = "The mill has spun yarn of hemp and wool for ninety years, and its looms have not stood still since."


def read(inside: str = "", *, head: str = "", above: str = "", below: str = "") -> list[Image]:
    html = (
        f"<html><head>{head}</head><body><nav><img src='/img/ship.jpg'> <a href='/'>Home</a></nav><h1>A mill</h1>{above}"
        f"<article><p>{TEXT}</p>{inside}<p>{TEXT}</p></article>{below}</body></html>"
    )
    page = open_page(html.encode(), url="https://example.org/news/mill.html")
    blocks = blocks_of(page)
    return read_images(page, blocks, body=Body([block.index for block in blocks if TEXT in block.text]))


def urls(images: list[Image]) -> list[str]:
    return [image.url.removeprefix("https://example.org") for image in images]


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<p><img src="../pic/loom.jpg"></p>', "/pic/loom.jpg"),
        ('<p><img src="/blank.gif" data-src="/pic/loom.jpg"></p>', "/pic/loom.jpg"),
        ('<p><img src="data:image/gif;base64,R0lG" data-original="/pic/loom.jpg"></p>', "/pic/loom.jpg"),
        ('<p><img src="/s.jpg" srcset="/m.jpg 600w, /l.jpg 1200w"></p>', "/l.jpg"),
        ('<p><img src="/s.jpg" srcset="/m.jpg 1x, /l.jpg 2x"></p>', "/l.jpg"),
        ('<p><img src="https://img.example.net/a/loom.png"></p>', "https://img.example.net/a/loom.png"),
    ],
)
def test_the_real_address_is_found(markup: str, url: str) -> None:
    assert urls(read(markup)) == [url]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/img/logo.png">',
        '<img src="/icons/star.png">',
        '<img src="/qrcode.jpg">',
        '<img src="/pic/wx.jpg" alt="微信二维码">',
        '<img src="/u/anna.jpg" class="avatar">',
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/pic/small.jpg" width="24" height="24">',
        '<img src="/ad/banner-2.jpg">',
        '<img src="https://ad.doubleclick.net/x.jpg">',
        '<img src="/share_btn.png">',
        '<img src="data:image/png;base64,iVBO">',
        '<img alt="no address">',
    ],
)
def test_furniture_is_left_out(markup: str) -> None:
    assert read(f"<p>{markup}</p>") == []


def test_images_outside_the_article_are_left_out() -> None:
    below = "<aside><h3>More</h3><a href='/b'><img src='/pic/b.jpg'>Another mill</a></aside>"
    assert read(below=below) == []


def test_a_figure_right_above_the_text_is_the_articles() -> None:
    assert urls(read(above='<figure><img src="/pic/hero.jpg"><figcaption>The mill</figcaption></figure>')) == [
        "/pic/hero.jpg"
    ]


def test_caption_credit_and_size() -> None:
    (image,) = read(
        '<figure><img src="/a.jpg" width="800" height="600px">'
        "<figcaption>The looms of the mill (Photo: Anna Weber)</figcaption></figure>"
    )
    assert image.caption == "The looms of the mill (Photo: Anna Weber)"
    assert image.credit == "Anna Weber"
    assert (image.width, image.height) == (800, 600)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("工人在车间里检查纱线。 王小明 摄", "王小明"),
        ("图片来源：纺织周刊", "纺织周刊"),
        ("The mill. © Weavers' Guild", "Weavers' Guild"),
        ("Das Werk. Foto: Jan Berg", "Jan Berg"),
        ("The mill at dawn", None),
    ],
)
def test_the_credit_is_read_off_the_caption(caption: str, credit: str | None) -> None:
    (image,) = read(f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>')
    assert image.credit == credit


def test_one_image_shown_twice_is_one() -> None:
    assert urls(read('<p><img src="/a.jpg"></p><p><img src="/a.jpg"></p>')) == ["/a.jpg"]


def test_the_share_image_stands_in_where_the_article_has_none() -> None:
    head = '<meta property="og:image" content="/share/mill.jpg"><meta property="og:image:width" content="1200">'
    (image,) = read(head=head)
    assert (image.url, image.width) == ("https://example.org/share/mill.jpg", 1200)
    assert urls(read('<p><img src="/a.jpg"></p>', head=head)) == ["/a.jpg"]


def test_a_sites_logo_is_no_share_image() -> None:
    assert read(head='<meta property="og:image" content="/assets/logo.png">') == []
