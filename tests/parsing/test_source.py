"""Who a whole page credits: where credits may stand, which of two wins, and what never counts."""

from __future__ import annotations

import json

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.credits.source import Credits, read_credits
from spiders.parsing.page import open_page

TITLE = "盛泽绸都面料指数平稳上行"
TEXT = (
    "进入七月以来，盛泽地区织造企业开机率维持在七成左右，坯布库存较上月略有下降，市场询单增多。",
    "业内人士认为，秋冬季面料订单陆续下达，短期内化纤长丝价格仍将保持稳定，企业应合理安排生产。",
    "下一步，当地将继续推动智能化改造，引导企业开发差别化产品，提升产业链的整体竞争力。",
)
ENGLISH_TITLE = "Mills report steady orders for autumn fabrics"
ENGLISH_TEXT = (
    "Weaving mills in the region kept most of their looms running in July as orders for autumn fabrics came in.",
    "Traders expect filament prices to stay where they are, and advise mills to plan their production with care.",
    "The local association said that it would go on helping members to renew their machines over the next year.",
)


def _credits(
    *,
    header: str = "",
    above: str = "",
    text: tuple[str, ...] = TEXT,
    closing: str = "",
    after: str = "",
    head: str = "",
    title: str = TITLE,
    lang: str = "zh",
    kept_closing: bool = True,
) -> Credits:
    """Read the credits of a page: menu, line above the title, title, meta lines, text, closing lines, what follows."""
    paragraphs = "".join(f"<p class=t>{paragraph}</p>" for paragraph in text)
    html = f"""<html lang={lang}><head><meta charset=utf-8><title>{title}</title>{head}</head><body>
      <div class=menu><ul><li><a href=/a>首页</a></li><li><a href=/b>新闻中心</a></li></ul></div>
      {above}<div class=main><h1>{title}</h1>{header}<div id=text>{paragraphs}{closing}</div></div>{after}
      </body></html>"""
    page = open_page(html.encode(), url="https://www.example.com/2024/0701/1.html")
    blocks = blocks_of(page)
    kept = [block.index for block in blocks if _is_kept(block.element, with_closing=kept_closing)]
    return read_credits(page, blocks, body=Body(kept), title=title)


def _is_kept(element: object, *, with_closing: bool) -> bool:
    get = element.get  # type: ignore[attr-defined]
    return get("class") == "t" or (with_closing and get("class") == "c")


def _json_ld(*authors: str) -> str:
    people = [{"@type": "Person", "name": name} for name in authors]
    article = json.dumps({"@type": "NewsArticle", "author": people})
    return f'<script type="application/ld+json">{article}</script>'


def _name(found: Credits) -> str | None:
    return found.source.name if found.source else None


@pytest.mark.parametrize(
    "header",
    [
        "<div class=info>2024-07-01 09:30　来源：<a href=http://www.ctn.example/>中国纺织报</a></div>",
        "<div><span>2024-07-01</span><span>来源：</span><span>中国纺织报</span><span>浏览：120</span></div>",
        "<div><span>来源</span><span>：</span><span>中国纺织报</span></div>",
        "<p>2024年07月01日 09:30</p><p>来源：<a>中国纺织报</a></p><p>12人参与 3评论</p>",
        "<ul><li>来源：中国纺织报</li><li>作者：</li><li>2024-07-01</li></ul>",
        "<div>来源：</div><div>中国纺织报</div>",
        "<div><span>产业</span><span>中国纺织报</span><span>2024-07-01 09:30</span></div>",
        "<div>2024-07-01 09:30:11</div><div>中国纺织报</div>",
        "<table><tr><td>发布日期：2024-07-01</td><td>信息来源：中国纺织报</td></tr></table>",
    ],
)
def test_the_lines_between_title_and_text_name_the_source(header: str) -> None:
    assert _name(_credits(header=header)) == "中国纺织报"


@pytest.mark.parametrize(
    "closing",
    [
        "<p class=c>（来源：中国纺织报）</p>",
        "<p class=c>来源：中国纺织报</p>",
        "<p class=c>(中国纺织报)</p>",
        "<p class=c>来源 | 中国纺织报</p>",
        "<p class=c>企业纷纷表示，对下半年的市场仍然抱有信心，将继续加大研发投入。（来源：中国纺织报）</p>",
        "<div class=c>本文来源：中国纺织报 责任编辑：李明_NN1234</div>",
        "<p class=c>（作者：张伟 来源：中国纺织报）</p>",
    ],
)
@pytest.mark.parametrize("kept", [True, False])
def test_the_closing_lines_name_the_source_whether_the_body_kept_them_or_not(closing: str, kept: bool) -> None:
    assert _name(_credits(closing=closing, kept_closing=kept)) == "中国纺织报"


def test_the_line_above_the_title_may_name_the_source() -> None:
    above = "<div>Last Updated : Apr 08, 2023 05:08 PM IST | Source: <em>PTI</em></div>"
    found = _credits(above=above, text=ENGLISH_TEXT, title=ENGLISH_TITLE, lang="en")
    assert _name(found) == "PTI"


def test_a_source_carries_its_words_its_link_and_its_rule() -> None:
    header = "<div>2024-07-01　来源：<a href=http://www.ctn.example/>中国纺织报</a></div>"
    found = _credits(header=header)
    assert found.source is not None
    assert found.source.url == "http://www.ctn.example/"
    assert found.source.raw == "来源： 中国纺织报"
    assert found.source.kind == "label"
    assert found.rules["source"] == "label"


def test_the_original_at_the_end_beats_the_republisher_in_the_header() -> None:
    found = _credits(header="<div>2024-07-01 来源：全球纺织网</div>", closing="<p class=c>（来源：中国纺织报）</p>")
    assert found.source is not None
    assert (found.source.name, found.source.republished_from) == ("中国纺织报", "全球纺织网")
    assert found.doubts == ["source: the page also names 全球纺织网"]


def test_a_generic_header_leaves_room_for_the_closing_credit() -> None:
    assert _name(_credits(header="<div>來源:admin</div>", closing="<p class=c>(中國紡織報)</p>")) == "中國紡織報"


@pytest.mark.parametrize(
    "words",
    [
        "<span>发布时间：01-14</span><span>17:58</span>",
        "发布时间：18-03-0823:16",
        "1月14日 17:58",
        "昨天 12:20",
        "来源：网络",
        "阅读：1万",
    ],
)
def test_a_line_whose_class_says_source_may_hold_a_time_or_a_label_and_names_nobody_then(words: str) -> None:
    assert _name(_credits(header=f"<p>纺织观察</p><div class='article-source'>{words}</div>")) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [("中国纺织报", "中国纺织报"), ("公众号：纺织周刊", "纺织周刊"), ("腾讯微信安全中心", "腾讯微信安全中心")],
)
def test_a_line_whose_class_says_source_may_be_a_bare_name(words: str, name: str) -> None:
    assert _name(_credits(header=f"<div class='article-source'>{words}</div>")) == name


def test_a_dateline_counts_when_nothing_else_names_a_source() -> None:
    text = ("新华社南京7月1日电（记者王雨）" + TEXT[0], *TEXT[1:])
    found = _credits(text=text)
    assert (_name(found), found.authors, found.rules["source"]) == ("新华社", ["王雨"], "dateline")
    assert _name(_credits(header="<div>来源：人民网</div>", text=text)) == "人民网"


def test_the_dateline_of_a_text_of_two_paragraphs_counts_whichever_it_opens() -> None:
    wire = "Valencia, 7 sep (EFE).- Los últimos maestros sederos de Valencia buscan aprendices para su oficio."
    plain = "El ayuntamiento ofrecerá becas a diez jóvenes, que trabajarán en los telares del museo."
    for text in ((wire, plain), (plain, wire)):
        assert _name(_credits(text=text, lang="es", title="La seda busca herederos")) == "EFE"


def test_a_bracket_that_closes_around_the_source_is_no_part_of_its_words() -> None:
    source = _credits(closing="<p class=c>(Theo TTXVN)</p>", lang="vi").source
    assert source is not None
    assert (source.name, source.raw) == ("TTXVN", "Theo TTXVN")


def test_a_dateline_stays_in_the_text() -> None:
    assert _credits(text=("新华社南京7月1日电（记者王雨）" + TEXT[0], *TEXT[1:])).claimed == {}


@pytest.mark.parametrize(
    "after",
    [
        "<div class=side><ul><li><a href=/x>纱线价格走低</a> 来源：网易</li></ul></div>" * 12,
        "<div class=foot><p>凡本网注明“来源：示例纺织网”的所有作品，版权均属于本网，转载请注明来源。</p></div>",
        "<div class=foot><p>版权所有 © 示例纺织网 2024</p></div>",
        "<h3>相关新闻</h3><ul><li><a href=/y>(新华社)</a></li></ul>",
    ],
)
def test_sidebars_and_footers_name_no_source(after: str) -> None:
    padding = "".join(f"<div class=gap><p>栏目{number}</p></div>" for number in range(30))
    assert _name(_credits(header="<div>2024-07-01</div>", after=padding + after)) is None


@pytest.mark.parametrize(
    "line",
    [
        "图片来源：摄图网",
        "（图片来源：视觉中国）",
        "数据来源：国家统计局",
        "图/新华社",
        "来源：",
        "来源：网络",
        "来源：本站原创",
        "发布者：admin",
    ],
)
def test_pictures_data_and_defaults_are_no_sources(line: str) -> None:
    assert _name(_credits(header=f"<div>{line}</div>", closing=f"<p class=c>{line}</p>")) is None


def test_the_sites_own_name_beside_the_date_is_no_source() -> None:
    head = "<meta property=og:site_name content='Example Textile News'>"
    found = _credits(
        header="<div>By Example Textile News</div><div>1 July 2024</div>",
        head=head,
        text=("LONDON (Example Textile News) - " + ENGLISH_TEXT[0], *ENGLISH_TEXT[1:]),
        title=ENGLISH_TITLE,
        lang="en",
    )
    assert (found.source, found.authors) == (None, [])


def test_an_agency_in_the_byline_is_the_source() -> None:
    found = _credits(header="<div>By Reuters</div>", text=ENGLISH_TEXT, title=ENGLISH_TITLE, lang="en")
    assert (_name(found), found.authors, found.rules["source"]) == ("Reuters", [], "byline")


def test_the_head_names_a_source_that_the_page_does_not_print() -> None:
    found = _credits(head="<meta name=mediaid content=参考消息>")
    assert (_name(found), found.rules["source"]) == ("参考消息", "meta:mediaid")
    assert found.doubts == ["source: 参考消息 has no label"]


def test_the_publisher_is_no_source() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",
      "publisher": {"@type": "Organization", "name": "Example Textile News"}}</script>"""
    assert _name(_credits(head=head)) is None


@pytest.mark.parametrize(
    ("header", "closing", "authors", "editors"),
    [
        ("<div>2024-07-01 来源：中国纺织报 作者：张伟</div>", "", ["张伟"], []),
        ("<div>中国纺织报</div><div>2024-07-01 记者 张伟 李娜</div>", "", ["张伟", "李娜"], []),
        ("", "<p class=c>（责任编辑：王芳）</p>", [], ["王芳"]),
        (
            "<div>来源：新京报</div>",
            "<p class=c>新京报记者 张伟</p><p class=c>编辑 王芳 校对 赵敏</p>",
            ["张伟"],
            ["王芳", "赵敏"],
        ),
        ("<div>来源：张家港日报 作者：张家港日报</div>", "", [], []),
        ("<div>作者：张伟、李娜</div>", "<p class=c>责编：王芳</p>", ["张伟", "李娜"], ["王芳"]),
    ],
)
def test_authors_and_editors_are_kept_apart(header: str, closing: str, authors: list[str], editors: list[str]) -> None:
    found = _credits(header=header, closing=closing)
    assert (found.authors, found.editors) == (authors, editors)


@pytest.mark.parametrize(
    ("header", "head", "authors", "rule"),
    [
        ("<div>By <a>Ana Silva</a> and <a>Tom Baker</a></div>", "", ["Ana Silva", "Tom Baker"], "visible"),
        ("<div>Ana Silva</div><div>1 July 2024</div>", "", ["Ana Silva"], "visible"),
        ("<div class=post-author>Ana Silva</div>", "", ["Ana Silva"], "visible"),
        ("", _json_ld("Ana Silva"), ["Ana Silva"], "json-ld"),
        ("<div>By Ana Silva</div>", _json_ld("Ana Silva", "Tom Baker"), ["Ana Silva", "Tom Baker"], "json-ld"),
        ("", "<meta name=author content='Ana Silva'>", ["Ana Silva"], "meta:author"),
        ("<div>By TT News Desk</div>", "", ["TT News Desk"], "visible"),
    ],
)  # fmt: skip
def test_authors_of_pages_in_latin_letters(header: str, head: str, authors: list[str], rule: str) -> None:
    found = _credits(header=header, head=head, text=ENGLISH_TEXT, title=ENGLISH_TITLE, lang="en")
    assert (found.authors, found.rules["authors"]) == (authors, rule)


@pytest.mark.parametrize("content", ["admin", "www.example.com", "Example", "https://www.facebook.com/example"])
def test_a_meta_author_that_is_no_person_is_left_out(content: str) -> None:
    assert _credits(head=f"<meta name=author content='{content}'>").authors == []


def test_a_meta_author_who_is_the_editor_is_no_author() -> None:
    found = _credits(head="<meta name=author content=王芳>", closing="<p class=c>责任编辑：王芳</p>")
    assert (found.authors, found.editors) == ([], ["王芳"])


def test_credit_lines_leave_the_text() -> None:
    found = _credits(closing="<p class=c>（来源：中国纺织报）</p><p class=c>责任编辑：王芳</p>")
    assert sorted(found.claimed.values(), key=str) == [None, None]


def test_a_credit_behind_a_paragraph_leaves_the_paragraph() -> None:
    paragraph = "企业纷纷表示，对下半年的市场仍然抱有信心，将继续加大研发投入。"
    found = _credits(closing=f"<p class=c>{paragraph}（来源：中国纺织报）</p>")
    assert list(found.claimed.values()) == [paragraph]


def test_a_picture_credit_inside_the_text_leaves_it() -> None:
    found = _credits(text=(*TEXT, "图片来源：摄图网", *TEXT, *TEXT, *TEXT))
    assert list(found.claimed.values()) == [None]


def test_paragraphs_stay_whole() -> None:
    text = (
        "活动时间：2024年7月8日",
        "活动地点：绍兴柯桥",
        "会议指出，要用好（柯桥指数）这一工具。",
        *TEXT,
        "记者：您怎么看今年的面料市场？",
        "他说：“我们对下半年有信心。”",
    )
    assert _credits(text=text).claimed == {}


def test_an_empty_page_credits_nobody() -> None:
    page = open_page(b"")
    assert read_credits(page, blocks_of(page), body=Body([]), title=None) == Credits()
