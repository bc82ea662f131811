# ruff: noqa: E501 (markup reads best as it stands on a page)
"""The article's text: what a person would call it, and nothing of what stands around it."""

from __future__ import annotations

import pytest

from spiders.parsing.blocks import Block, blocks_of
from spiders.parsing.body import lines, regions
from spiders.parsing.body.body import read_body
from spiders.parsing.body.lines import Lines
from spiders.parsing.body.measures import Measures
from spiders.parsing.body.regions import Regions
from spiders.parsing.page import open_page

PARAGRAPHS = [
    "The spinning mill on the river has been sold to a group of its own workers, who mean to run it as a cooperative.",
    "Its last owner had announced in March that the looms would stop for good, since orders from abroad had fallen by half.",
    "“We could not let ninety years of work end like this,” said Anna Weaver, who has stood at the same loom since 1994.",
    "The town lends the cooperative part of the price, and a bank in the county seat, long hesitant, gives the rest.",
    "Whether the plan holds will show in autumn, when the first large order, forty tons of hemp yarn, is to be delivered.",
]
FLASH = "中国丝绸协会今日宣布，第十二届全国蚕丝大会将于十月二十日在河池举行，预计有三百余家企业参加，会期三天。"
NAV = (
    "<nav><ul>"
    + "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "Markets", "Fibres", "Fairs", "Jobs"))
    + "</ul></nav>"
)
FOOTER = "<footer><p>© 2024 Loom Weekly. All rights reserved.</p><p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy policy</a></p></footer>"
RELATED = (
    '<div class="related"><h3>Related articles</h3><ul>'
    + "".join(
        f'<li><a href="/n/{number}">{title}</a></li>'
        for number, title in enumerate(
            ("Cotton prices fall again", "Wool fair opens its doors", "Dye works seeks a buyer")
        )
    )
    + "</ul></div>"
)
ASIDE = '<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">Silk is back in fashion, say buyers</a></li><li><a href="/b">Ten looms that changed the world</a></li></ul></aside>'


def page(
    inside: str,
    *,
    title: str = "Workers buy their mill",
    wrap: str = '<div class="article-content">{}</div>',
    head: str = "",
    after: str = "",
) -> str:
    return (
        f"<html><head><title>{title} - Loom Weekly</title>{head}</head><body><header>{NAV}</header><main><h1>{title}</h1>"
        f'<p class="date">12 May 2024 10:30</p>{wrap.format(inside)}{after}</main>{ASIDE}{FOOTER}</body></html>'
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def kept(html: str, *, title: str | None = "Workers buy their mill", template: object = None) -> list[str]:
    opened = open_page(html.encode(), url="https://loom.example/n/1.html")
    blocks = blocks_of(opened)
    return [blocks[index].text for index in read_body(opened, blocks, title=title, template=template).kept]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrap",
    [
        '<div class="article-content">{}</div>',
        '<div class="TRS_Editor">{}</div>',
        '<article itemprop="articleBody">{}</article>',
        '<div id="content"><div class="x1">{}</div></div>',
        "<div>{}</div>",
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_the_paragraphs_are_the_text_whatever_holds_them(wrap) -> None:
    assert kept(page(paragraphs(*PARAGRAPHS), wrap=wrap, after=RELATED)) == PARAGRAPHS


def test_lines_parted_by_breaks_alone_are_the_text() -> None:
    assert kept(page("<br><br>".join(PARAGRAPHS), after=RELATED)) == PARAGRAPHS


def test_subheads_and_quotations_stand_in_their_order() -> None:
    inside = f"<p>{PARAGRAPHS[0]}</p><h2>Half the orders gone</h2><p>{PARAGRAPHS[1]}</p><blockquote><p>{PARAGRAPHS[2]}</p></blockquote><p>{PARAGRAPHS[3]}</p>"
    assert kept(page(inside)) == [PARAGRAPHS[0], "Half the orders gone", *PARAGRAPHS[1:4]]


def test_text_in_a_script_without_full_stops_is_found() -> None:
    thai = [
        "สมาคมผ้าไหมไทยเปิดเผยว่า การส่งออกผ้าไหมในครึ่งปีแรกเพิ่มขึ้นร้อยละหก โดยมีความต้องการจากญี่ปุ่นและยุโรปเป็นหลัก",
        "ผู้ประกอบการยังคงระมัดระวัง เนื่องจากต้นทุนพลังงานยังอยู่ในระดับสูง และค่าขนส่งเริ่มปรับตัวขึ้นอีกครั้ง",
    ]
    assert kept(page(paragraphs(*thai), title="ส่งออกผ้าไหมเพิ่มขึ้น"), title="ส่งออกผ้าไหมเพิ่มขึ้น") == thai


def test_a_list_in_the_text_is_text() -> None:
    items = [
        "Hemp: forty tons of yarn a year, spun wet.",
        "Wool: twelve tons, mostly from the hills.",
        "Flax: a trial with two farms, nothing more.",
    ]
    inside = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul><p>{PARAGRAPHS[3]}</p><p>{PARAGRAPHS[4]}</p>"
    assert kept(page(inside)) == [PARAGRAPHS[0], PARAGRAPHS[1], *items, PARAGRAPHS[3], PARAGRAPHS[4]]


def test_an_article_in_several_boxes_is_read_whole() -> None:
    boxes = [
        f'<section class="part"><div class="rich-text">{paragraphs(*pair)}</div></section>'
        for pair in (PARAGRAPHS[:2], PARAGRAPHS[2:4], PARAGRAPHS[4:])
    ]
    advert = '<div class="ad"><a href="https://ads.example/1">Advertisement</a></div>'
    assert kept(page(advert.join(boxes), after=RELATED)) == PARAGRAPHS


@pytest.mark.parametrize(
    "intruder",
    [
        RELATED,
        '<div class="share">Share this article <a href="https://f.example">Facebook</a> <a href="https://x.example">X</a></div>',
        '<p class="tags">Tags: <a href="/t/yarn">yarn</a>, <a href="/t/mill">mill</a></p>',
        '<div class="comments"><h3>Comments</h3><p><b>Tom</b> Nonsense, they will be bankrupt by Christmas, all of them.</p></div>',
        '<div class="newsletter"><p>Sign up for our newsletter and get the latest news in your inbox every morning.</p></div>',
        '<p><a href="/n/7">Read more: Cotton prices fall again</a></p>',
    ],
)
def test_what_stands_behind_the_text_is_no_text(intruder) -> None:
    assert kept(page(paragraphs(*PARAGRAPHS) + intruder)) == PARAGRAPHS


def test_a_caption_is_no_text() -> None:
    figure = '<figure><img src="/m.jpg"><figcaption>The mill on the river. Photo: Jan Dyer</figcaption></figure>'
    assert kept(page(f"<p>{PARAGRAPHS[0]}</p>{figure}{paragraphs(*PARAGRAPHS[1:])}")) == PARAGRAPHS


def test_the_headline_is_not_repeated_in_the_text() -> None:
    assert "Workers buy their mill" not in kept(page(paragraphs(*PARAGRAPHS)))


def test_comments_far_below_a_headline_without_a_text_are_none() -> None:
    links = "".join(f'<li><a href="/b/{n}">Another entry of this blog {n}</a></li>' for n in range(80))
    said = ("<a href=/u>user_51</a>: hello, have you got it?", "<a href=/a>ann</a>: no, I have not.")
    comments = "<h3>Comments</h3><ul>" + "".join(f"<li><a href=/c>Looms</a><p>{one}</p></li>" for one in said) + "</ul>"
    assert kept(f"{NAV}<h1>Workers buy their mill</h1><ul>{links}</ul>{comments}{FOOTER}") == []


@pytest.mark.parametrize("date", ["", '<div class="date">2024-05-12</div>'], ids=["alone", "with a date"])
def test_the_text_begins_below_the_headline_where_one_box_holds_both(date) -> None:
    box = f'<div class="newsdetail"><h1>Workers buy their mill</h1>{date}<div class="text">{paragraphs(*PARAGRAPHS)}</div></div>'
    text = kept(f"<title>Workers buy their mill - Loom</title><body><nav><a href=/>News</a></nav>{box}</body>")
    assert "Workers buy their mill" not in text
    assert text[-5:] == PARAGRAPHS


@pytest.mark.parametrize(
    "wrap", ['<div class="content">{}</div>', '<div id="zoom">{}</div>', '<div class="news_txt">{}</div>']
)
def test_a_chinese_flash_is_found_among_longer_surroundings(wrap) -> None:
    related = "".join(
        f'<li><a href="/{number}.html">{title}</a><span>2024-05-0{number}</span></li>'
        for number, title in enumerate(
            (
                "棉花价格继续下跌，市场观望情绪浓厚，企业采购谨慎",
                "化纤协会召开年会，讨论行业转型升级和绿色发展",
                "印染企业寻求买家，多家机构表示有意参与收购",
            ),
            1,
        )
    )
    notice = "<p>特别声明：以上内容（如有图片或视频亦包括在内）为自媒体平台用户上传并发布，本平台仅提供信息存储服务，不代表本网观点。</p>"
    html = page(
        f"<p>{FLASH}</p>", title="蚕丝大会十月在河池举行", wrap=wrap,
        after=f'<div class="statement">{notice}</div><div class="xgyd"><h3>相关阅读</h3><ul>{related}</ul></div>',
    )  # fmt: skip
    assert kept(html, title="蚕丝大会十月在河池举行") == [FLASH]


def test_blocks_that_recur_on_the_site_are_no_text() -> None:
    class Recurring:
        def is_template(self, block: Block) -> bool:
            return block.text == PARAGRAPHS[4]

    assert kept(page(paragraphs(*PARAGRAPHS)), template=Recurring()) == PARAGRAPHS[:4]


@pytest.mark.parametrize("html", ["", "<p></p>", NAV, "<html><body><a href='/'>Home</a></body></html>"])
def test_a_page_without_text_has_none_and_says_so(html) -> None:
    opened = open_page(html.encode())
    body = read_body(opened, blocks_of(opened), title=None, template=None)
    assert (body.kept, body.doubts) == ([], ["no text found"])


def test_rows_are_as_long_as_their_names() -> None:
    opened = open_page(page(paragraphs(*PARAGRAPHS)).encode())
    measures = Measures(opened, blocks_of(opened))
    found = Regions(measures)
    assert {len(found.row(box)) for box in found.boxes} == {len(regions.NAMES)}
    assert {len(row) for row in Lines(measures, found.boxes[0]).rows()} == {len(lines.NAMES)}
