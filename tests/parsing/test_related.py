# ruff: noqa: E501 (markup reads best as it stands on a page)
"""The article's own related reading: which links are it, what their titles are, and that none stays in the text."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.page import open_page
from spiders.parsing.related.related import Related, read_related
from spiders.parsing.related.related_lines import (
    clean_title,
    heading_kind,
    is_article_link,
    is_link_label,
    split_category,
)
from spiders.parsing.template import learn_template

URL = "https://news.example.com/2024/1223/881001.html"
TITLE = "Mills in the valley turn to recycled yarn"
FIRST = "Three spinning mills in the valley said on Monday that half of their yarn will be recycled by next summer."
SECOND = "The owners expect orders from makers of work clothes, who have asked for such yarn since the spring fair."
THIRD = "A new line for sorting old garments was ordered in March and is being put together in the former dye house."


class Read(NamedTuple):
    found: Related
    text: list[str]
    """The lines of the article that no list has claimed."""

    @property
    def titles(self) -> list[str]:
        return [link.title for link in self.found.links]

    @property
    def urls(self) -> list[str | None]:
        return [link.url and link.url.removeprefix("https://news.example.com") for link in self.found.links]


def page(text: str, after: str = "", before: str = "", title: str = TITLE) -> str:
    """A news page: menu, heading, the article's box, and what stands around it."""
    return (
        f"<html><head><title>{title} - Example News</title></head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/markets/">Markets and prices today</a></li></ul></nav>'
        f'{before}<main><h1>{title}</h1><div id="text">{text}</div>{after}</main>'
        '<footer><a href="/about">About this newspaper</a></footer></body></html>'
    )


def read(html: str, title: str = TITLE, url: str | None = URL, others: tuple[str, ...] = ()) -> Read:
    """Read a page whose article is all that stands in `#text`, as a body reader that keeps too much would give it."""
    opened = open_page(html.encode(), url=url)
    blocks = blocks_of(opened)
    box = opened.root.get_element_by_id("text") if hasattr(opened.root, "get_element_by_id") else None
    box = box if box is not None else opened.root.xpath('//*[@id="text"]')[0]
    kept = [block.index for block in blocks if block.element is box or box in block.element.iterancestors()]
    template = None
    if others:
        opened_others = [open_page(other.encode(), url=f"{URL}?p={number}") for number, other in enumerate(others)]
        template = learn_template([(opened, blocks), *((other, blocks_of(other)) for other in opened_others)])
    found = read_related(opened, blocks, body=Body(kept), title=title, template=template)
    left = (found.claimed.get(index, blocks[index].text) for index in kept)
    return Read(found, [line for line in left if line])


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def a(title: str, path: str) -> str:
    return f'<a href="{path}">{title}</a>'


YARN, DYE, FAIR = (
    "Recycled yarn gets its own label",
    "Dye house closes after ninety years",
    "Spring fair sells out early",
)
LIST = f"<ul><li>{a(YARN, '/2024/1220/880001.html')}</li><li>{a(DYE, '/2024/1219/880002.html')}</li></ul>"
LISTED = [YARN, DYE]

ZH = "两家纺纱厂周一表示，到明年夏天，一半的纱线将来自回收服装，工人正在旧染坊里安装分拣线。"
ZH_2 = "厂方预计订单来自工作服企业，这些企业自春季展会以来一直在询问此类纱线的供应情况。"
ZH_YARN, ZH_DYE, ZH_FAIR = "再生纱线有了自己的标识", "九十年老染坊停产：工人去向何方", "春季面料展提前售罄"
ZH_LIST = f"<ul><li>{a(ZH_YARN, '/a/880001.html')}</li><li>{a(ZH_DYE, '/a/880002.html')}</li></ul>"
ZH_LISTED = [ZH_YARN, ZH_DYE]


# True lists, form by form. Each page's text must be left without a trace of them.

LISTS = {
    "zh: heading and list in the article's box": (p(ZH, ZH_2) + f"<h3>相关阅读</h3>{ZH_LIST}", "", ZH_LISTED),
    "zh: heading with spaces, more link, dates beside the titles": (
        p(ZH, ZH_2),
        (f'<div class="tit">相 关 新 闻 <a href="/list/">更多&gt;&gt;</a></div><dl><dt>{a(ZH_YARN, "/a/880001.html")}</dt><dd>2024-12-20</dd>'
        f"<dt>{a(ZH_DYE, '/a/880002.html')}</dt><dd>2024-12-19</dd></dl>"),
        ZH_LISTED,
    ),
    "zh: list between paragraphs": (p(ZH) + f'<div class="box"><b>延伸阅读</b>{ZH_LIST}</div>' + p(ZH_2), "", ZH_LISTED),
    "zh: heading with a dot and a teaser under the title": (
        p(ZH, ZH_2)
        + f'<div class="sp"><div>延伸 · 推荐</div><div><p>{a(ZH_YARN, "/a/880001.html")}</p><p>新标识由协会在上周公布，共有十二家企业获准使用。</p></div></div>',
        "",
        [ZH_YARN],
    ),
    "zh: glued anchors after keyword links": (
        p(ZH, ZH_2),
        ('<div class="rel"><div>相关资讯 <a href="/so.aspx?words=1">纱线</a> <a href="/so.aspx?words=2">再生纤维价格走势</a></div>'
        f"<div>{a(ZH_YARN, '/a/880001.html')}{a(ZH_DYE, '/a/880002.html')}</div></div>"),
        ZH_LISTED,
    ),
    "zh: cards with picture counters": (
        p(ZH, ZH_2),
        ('<div><h3>相关推荐</h3><ul><li><a href="/g/6730512021/"><div>9图</div><div class="title"><p>再生纱线有了自己的标识</p></div></a></li>'
        '<li><a href="/g/6730512022/"><div>12图</div><div class="title"><p>九十年老染坊停产：工人去向何方</p></div></a></li></ul></div>'),
        ZH_LISTED,
    ),
    "zh: date in the card's anchor": (
        p(ZH, ZH_2),
        ('<div class="tj"><div class="tj-title">相关推荐</div>'
        '<div class="item"><a href="/r/detail?id=k1"><div>再生纱线有了自己的标识</div><div>2024-12-20</div></a></div>'
        '<div class="item"><a href="/r/detail?id=k2"><div>九十年老染坊停产：工人去向何方</div><div>2024-12-19</div></a></div></div>'),
        ZH_LISTED,
    ),
    "zh: summaries in the anchors": (
        p(ZH, ZH_2),
        ('<div class="relate"><div>相关文章</div><div><a href="/post/1.html"><div>再生纱线有了自己的标识</div><p>协会上周公布了新的标识，十二家企业首批获准使用，明年将扩大到全国范围。</p></a></div>'
        '<div><a href="/post/2.html"><div>九十年老染坊停产：工人去向何方</div><p>河边的老染坊在周五停产，四十名工人多数转入邻近的印花厂继续工作。</p></a></div></div>'),
        ZH_LISTED,
    ),
    "zh-Hant: the article itself in the list, dates glued to titles": (
        p(ZH, ZH_2),
        (f'<div id="more"><h4>相關新聞</h4><dl><dt><a href="{URL}">本文標題自己也在清單之中<span>2024-12-23</span></a></dt>'
        '<dt><a href="/story/5603/4908876">老染坊停產之後的工人去向<span>2024-12-20</span></a></dt></dl></div>'),
        ["老染坊停產之後的工人去向"],
    ),
    "zh: titles without anchors": (
        p(ZH, ZH_2),
        ("<section><h4>相关内容</h4><ul><li><h5>再生纱线有了自己的标识</h5><p>2024-12-20 18</p></li>"
        "<li><h5>九十年老染坊停产：工人去向何方</h5><p>2024-12-19 7</p></li></ul></section>"),
        ZH_LISTED,
    ),
    "zh: advertisement, tag, channel and more link among the items": (
        p(ZH, ZH_2),
        (f"<div><h3>相关文章</h3><ul><li>{a(ZH_YARN, '/a/880001.html')}</li><li>{a('名牌卫衣限时三折包邮', 'https://ads.example.net/click?ano=88')}</li>"
        f"<li>{a('再生纤维与环保面料', '/tag/zaisheng/')}</li><li>{a('纺织频道首页', '/textile/')}</li><li>{a(ZH_DYE, '/a/880002.html')}</li>"
        f"<li>{a('查看更多相关文章', '/list/9.html')}</li></ul></div>"),
        ZH_LISTED,
    ),
    "zh: previous and next under the list": (
        p(ZH, ZH_2),
        (f"<div><h3>相关信息推荐阅读</h3></div><div><h3>相关资讯</h3>{ZH_LIST}<p>上一篇：{a('染料价格连续三周下跌的原因', '/a/870001.html')}</p>"
        f"<p>下一篇：{a('棉花进口配额发放完毕', '/a/890001.html')}</p></div>"),
        ZH_LISTED,
    ),
    "zh: table": (
        p(ZH, ZH_2),
        (f"<table><tr><td>相关新闻</td></tr><tr><td>·{a(ZH_YARN, '/a/880001.html')}</td><td>12-20</td></tr>"
        f"<tr><td>·{a(ZH_DYE, '/a/880002.html')}</td><td>12-19</td></tr></table>"),
        ZH_LISTED,
    ),
    "zh: lines of one paragraph": (
        p(ZH, ZH_2) + f"<p><strong>相关报道：</strong><br>{a(ZH_YARN, '/a/880001.html')}<br>{a(ZH_DYE, '/a/880002.html')}</p>",
        "",
        ZH_LISTED,
    ),
    "en: cards with category, author and date": (
        p(FIRST, SECOND),
        ('<section><h2>Related Posts</h2><article><ul><li><a href="/category/business/">Business</a></li></ul>'
        f'<h3>{a(YARN, "/recycled-yarn-gets-its-own-label/")}</h3><div>by<a href="/author/ann-weaver/">Ann Weaver of the Daily Desk</a></div><div>September 27, 2024</div></article>'
        f'<article><ul><li><a href="/category/business/">Business</a></li></ul><h3>{a(DYE, "/dye-house-closes-after-ninety-years/")}</h3>'
        '<div>by<a href="/author/joe-fuller/">Joe Fuller</a></div><div>October 3, 2024</div></article></section>'),
        LISTED,
    ),
    "en: card in the text under a linked label": (
        p(FIRST)
        + '<article><a href="/2024/1220/880001.html"><div>Read more</div></a><a href="/2024/1220/880001.html"><h2>Recycled yarn gets its own label</h2></a></article>'
        + p(SECOND),
        "",
        [YARN],
    ),
    "en: list inside the text": (p(FIRST) + f'<div class="rn"><h2>related news</h2>{LIST}</div>' + p(SECOND, THIRD), "", LISTED),
    "en: bold heading and links as paragraphs among the article's": (
        p(FIRST) + f"<p><b>Related:</b></p><p>{a(YARN, '/2024/1220/880001.html')}</p><p>{a(DYE, '/2024/1219/880002.html')}</p>" + p(SECOND),
        "",
        LISTED,
    ),
    "en: two tabs, the first one open": (
        p(FIRST, SECOND),
        (f'<div><h4><a href="#">RELATED ARTICLES</a><a href="#">MORE FROM AUTHOR</a></h4><div><div><h3>{a(YARN, "/yarn-gets-its-own-label/")}</h3></div>'
        f"<div><h3>{a(DYE, '/dye-house-closes-after-years/')}</h3></div></div></div>"),
        LISTED,
    ),
    "en: you might also like, with long summaries": (
        p(FIRST, SECOND),
        ('<ul><li><h1>You might also like</h1></li><li><div><a href="/front/2024/10/14/2003825248"><h1>Recycled yarn gets its own label</h1>'
        f"<div>2024-10-14</div><p>NEW MARK: {SECOND} {THIRD}</p><h6>By Ann Weaver</h6></a></div></li>"
        '<li><div><a href="/front/2024/10/10/2003825053"><h1>Dye house closes after ninety years</h1>'
        f"<div>2024-10-10</div><p>LAST DAY: {THIRD} {SECOND}</p></a></div></li></ul>"),
        LISTED,
    ),
    "en: links to a sister site": (
        p(FIRST, SECOND),
        f"<aside><h3>Related stories</h3><ul><li>{a(YARN, 'https://www.example.org/news/7743.html')}</li></ul></aside>",
        [YARN],
    ),
    "en: more news of a body": (
        p(FIRST, SECOND),
        (f"<div><h3>More News from International Weaving Federation (IWF)</h3><div>#Associations</div><div>{a(YARN, '/news/7743.html')}</div>"
        f"<div>{a(DYE, '/news/7744.html')}</div></div>"),
        LISTED,
    ),
    "en: titles printed twice and cut short": (
        p(FIRST, SECOND),
        (f'<h3>Related articles</h3><ul><li><a href="/blog/yarn-label">{YARN} {YARN}</a></li>'
        '<li><a href="/blog/dye-house" title="Dye house closes after ninety years">Dye house closes after…</a></li></ul>'),
        LISTED,
    ),
    "en: one link twice, as picture caption and as title": (
        p(FIRST, SECOND),
        f'<div><h3>Related</h3><div><a href="/n/880001.html">{YARN}</a><h4>{a(YARN, "/n/880001.html")}</h4></div><div><h4>{a(DYE, "/n/880002.html")}</h4></div></div>',
        LISTED,
    ),
    "de: kicker above each title": (
        p(FIRST, SECOND),
        ("<div><div>Verwandte Artikel</div><hgroup><a href='/news/garn-siegel-2304-173669.html'><div>Recyclinggarn</div><div>Spinnereien bekommen ein eigenes Siegel</div></a></hgroup>"
        "<hgroup><a href='/news/faerberei-2404-184159.html'><div>Färberei</div><div>Nach neunzig Jahren ist im Tal Schluss</div></a></hgroup></div>"),
        ["Spinnereien bekommen ein eigenes Siegel", "Nach neunzig Jahren ist im Tal Schluss"],
    ),
    "de: mehr zum Thema on a named site": (
        p(FIRST, SECOND),
        f"<p>Mehr zum Thema auf Weberblatt.de:</p><ul><li>{a('Recyclinggarn bekommt ein eigenes Siegel', '/wissen/garn-siegel-neu/')}</li></ul>",
        ["Recyclinggarn bekommt ein eigenes Siegel"],
    ),
    "de: tabs with a bar": (
        p(FIRST, SECOND),
        f"<div><h4>VERWANDTE ARTIKEL | MEHR VOM AUTOR</h4><div>{a('Färberei schließt nach neunzig Jahren', '/faerberei-schliesst-nach-jahren/')}</div></div>",
        ["Färberei schließt nach neunzig Jahren"],
    ),
    "de: interesting for you, teaser before each title": (
        p(FIRST, SECOND),
        ("<div><h4>Das könnte Sie auch interessieren</h4><div><div>Zwölf Betriebe dürfen das Zeichen vom Sommer an führen"
        f"<h2>{a('Recyclinggarn bekommt ein Siegel', '/news/recyclinggarn-bekommt-ein-siegel/')}</h2></div></div>"
        f"<div><div>Vierzig Leute finden Arbeit in der Druckerei nebenan<h2>{a('Färberei schließt im Frühjahr', '/news/faerberei-schliesst-im-fruehjahr/')}</h2></div></div></div>"),
        ["Recyclinggarn bekommt ein Siegel", "Färberei schließt im Frühjahr"],
    ),
    "fr: two lists": (
        p(FIRST, SECOND),
        (f"<div><h3>Sur le même thème</h3><ul><li>{a('Le fil recyclé a désormais son label', '/2024/12/fil-recycle-label-881')}</li></ul></div>"
        f"<div><h3>Articles liés</h3><ul><li>{a('La teinturerie ferme après quatre-vingt-dix ans', '/2024/12/teinturerie-ferme-882')}</li></ul></div>"),
        ["Le fil recyclé a désormais son label", "La teinturerie ferme après quatre-vingt-dix ans"],
    ),
    "es: list above the article, dates before the titles": (
        f'<div><h2>Relacionado</h2><div><p><span>08/01/2024</span> {a("El hilo reciclado ya tiene su «propio sello»", "/local/hilo-reciclado-sello-881.html")}</p>'
        f"<p><span>07/01/2024</span> {a('La tintorería cierra tras noventa años', '/local/tintoreria-cierra-882.html')}</p><div><a href='#'>Ver más</a></div></div></div>"
        + p(FIRST, SECOND),
        "",
        ["El hilo reciclado ya tiene su «propio sello»", "La tintorería cierra tras noventa años"],
    ),
    "pt: heading and list": (
        p(FIRST, SECOND),
        f"<h3>Leia também</h3><ul><li>{a('Fio reciclado ganha selo próprio', '/noticias/fio-reciclado-ganha-selo-881')}</li></ul>",
        ["Fio reciclado ganha selo próprio"],
    ),
    "tr: stray pipe before the heading": (
        p(FIRST, SECOND),
        f"<div><div>| İLGİLİ HABERLER</div><ul><li>{a('Geri dönüştürülmüş iplik etiket aldı', '/haber/geri-donusturulmus-iplik-881.html')}</li></ul></div>",
        ["Geri dönüştürülmüş iplik etiket aldı"],
    ),
    "tr: these may interest you too": (
        p(FIRST, SECOND),
        (f"<h4>BUNLAR DA İLGİNİZİ ÇEKEBİLİR</h4><ul><li>{a('Boyahane doksan yıl sonra kapanıyor', '/haber/boyahane-kapaniyor-882.html')}</li>"
        f"<li>{a('Bahar fuarı erken doldu', '/haber/bahar-fuari-883.html')}</li></ul>"),
        ["Boyahane doksan yıl sonra kapanıyor", "Bahar fuarı erken doldu"],
    ),
    "ja: bracketed heading, bullets; keywords after it": (
        p(FIRST, SECOND)
        + f"<p>【関連記事】</p><ul><li>・{a('再生糸に独自マーク、来夏から十二社で', '/article/DG881/')}</li><li>・{a('創業九十年の染色工場が操業を終える', '/article/DG882/')}</li></ul>",
        f"<p>関連キーワード</p><ul><li>{a('#再生繊維と紡績', '/article/DG999/')}</li></ul>",
        ["再生糸に独自マーク、来夏から十二社で", "創業九十年の染色工場が操業を終える"],
    ),
    "ja: read together": (
        p(FIRST, SECOND),
        f"<section><h2>あわせて読みたい</h2><div><h3>{a('創業九十年の染色工場が操業を終える', '/article/DG882/')}</h3><p>12月24日</p></div></section>",
        ["創業九十年の染色工場が操業を終える"],
    ),
    "ko: heading and list": (
        p(FIRST, SECOND),
        f"<div><strong>관련기사</strong><ul><li>{a('재생 원사, 내년 여름부터 자체 인증', '/news/articleView.html?idxno=881')}</li></ul></div>",
        ["재생 원사, 내년 여름부터 자체 인증"],
    ),
    "ru: read also": (
        p(FIRST) + f"<div><div>Читайте также:</div><div>{a('Красильня закрывается после девяноста лет', '/news/2024/12/19/krasilnya')}</div></div>" + p(SECOND),
        "",
        ["Красильня закрывается после девяноста лет"],
    ),
    "pl: see also": (
        p(FIRST, SECOND),
        f"<h2>Zobacz także</h2><ul><li>{a('Farbiarnia zamyka się po latach', '/aktualnosci/farbiarnia-zamyka-sie-882')}</li></ul>",
        ["Farbiarnia zamyka się po latach"],
    ),
    "vi: heading and list": (
        p(FIRST, SECOND),
        f"<div><h3>Tin liên quan</h3><ul><li>{a('Sợi tái chế có nhãn riêng từ mùa hè', '/soi-tai-che-co-nhan-rieng-881.html')}</li></ul></div>",
        ["Sợi tái chế có nhãn riêng từ mùa hè"],
    ),
    "ar: read also": (
        p(FIRST, SECOND),
        f"<div><h3>اقرأ أيضًا</h3><ul><li>{a('مصبغة الوادي تغلق أبوابها بعد تسعين عاما', '/news/882')}</li></ul></div>",
        ["مصبغة الوادي تغلق أبوابها بعد تسعين عاما"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "after", "titles"), LISTS.values(), ids=LISTS.keys())
def test_list_is_read_and_leaves_the_text(text: str, after: str, titles: list[str]) -> None:
    got = read(page(text, after))
    assert got.titles == titles
    assert all(link.category is None for link in got.found.links)
    own = {FIRST, SECOND, THIRD, ZH, ZH_2}
    assert set(got.text) <= own
    assert [line for line in got.text if line in own] == got.text


def test_addresses_are_absolute_and_the_rule_is_told() -> None:
    got = read(page(p(FIRST, SECOND), f"<h3>Related articles</h3>{LIST}"))
    assert got.urls == ["/2024/1220/880001.html", "/2024/1219/880002.html"]
    assert got.found.rule == "heading"
    assert read(page(p(FIRST, SECOND))).found.rule == "none"


def test_list_beside_the_article_is_read_too() -> None:
    aside = f'<div class="left"><h3>RELATED ARTICLES</h3>{LIST}</div>'
    assert read(page(p(FIRST, SECOND), before=aside)).titles == LISTED


def test_stray_signs_between_items_are_passed_over() -> None:
    rows = f"<p>{a(YARN, '/n/880001.html')}</p><p>|</p><p>{a(DYE, '/n/880002.html')}</p><p>——</p>"
    assert read(page(p(FIRST) + f"<p>Related reading</p>{rows}" + p(SECOND))).titles == LISTED


def test_list_ends_at_a_heading_that_looks_like_its_own() -> None:
    box = f'<div><div class="hd">相关新闻</div><div class="bd">{ZH_LIST}</div><div class="hd">市政与交通</div><div class="bd">{HOT}</div></div>'
    assert read(page(p(ZH, ZH_2), box)).titles == ZH_LISTED


def test_lists_are_joined_without_repeating_a_title() -> None:
    both = f"<h3>Related articles</h3>{LIST}<h3>See also</h3><ul><li>{a(DYE, '/x/1.html')}</li><li>{a(FAIR, '/x/2.html')}</li></ul>"
    assert read(page(p(FIRST, SECOND), both)).titles == [YARN, DYE, FAIR]


# Links in the text.

INLINE = {
    "zh: earlier report": (f"<p>此前报道：{a(ZH_DYE, '/a/880002.html')}</p>", [ZH_DYE], []),
    "zh: recommended reading, one link": (f"<p><strong>推荐阅读：</strong>{a(ZH_DYE, '/a/880002.html')}</p>", [ZH_DYE], []),
    "zh: bracketed label in the link": (f"<p>{a('【相关阅读】' + ZH_DYE, '/a/880002.html')}</p>", [ZH_DYE], []),
    "en: label before the link": (f"<p>ALSO READ: {a(DYE, '/2024/1219/880002.html')}</p>", [DYE], []),
    "en: label in the link": (f"<p>{a('ALSO READ: ' + DYE, '/2024/1219/880002.html')}</p>", [DYE], []),
    "en: bar after the label": (f"<p>Also Read | {a(DYE, '/2024/1219/880002.html')}</p>", [DYE], []),
    "en: in parentheses after a sentence": (
        f"<p>{THIRD} (Read also: {a(DYE, '/2024/1219/880002.html')})</p>",
        [DYE],
        [THIRD],
    ),
    "en: two links after one label": (
        f"<p>See also: {a(DYE, '/2024/1219/880002.html')}, {a(YARN, '/2024/1220/880001.html')}</p>",
        [DYE, YARN],
        [],
    ),
    "de: label before the link": (f"<p>Lesen Sie auch: {a('Färberei schließt nach Jahren', '/faerberei-882.html')}</p>", ["Färberei schließt nach Jahren"], []),
    "fr: label before the link": (f"<p>À lire aussi : {a('La teinturerie ferme ses portes', '/t-882.html')}</p>", ["La teinturerie ferme ses portes"], []),
    "es: may interest you": (f"<p>Te puede interesar: {a('La tintorería cierra sus puertas', '/t-882.html')}</p>", ["La tintorería cierra sus puertas"], []),
    "it: read also": (f"<p>Leggi anche: {a('La tintoria chiude dopo novant’anni', '/t-882.html')}</p>", ["La tintoria chiude dopo novant’anni"], []),
    "id: read also": (f"<p>Baca juga: {a('Pabrik celup tutup setelah puluhan tahun', '/read/882')}</p>", ["Pabrik celup tutup setelah puluhan tahun"], []),
    "no: read also": (f"<p>Les også: {a('Fargeriet legges ned etter nitti år', '/nyheter/882')}</p>", ["Fargeriet legges ned etter nitti år"], []),
    "a link of the sentence is none": (f"<p>{THIRD[:-1]}, as {a('the owners of the dye house told us', '/2024/1219/880002.html')} in March.</p>", [], None),
    "a sentence that begins with a label's word is none": (
        f"<p>More {a('about the sorting of old garments', '/2024/1219/880002.html')} was said at the fair, where the line was shown.</p>",
        [],
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("inline", "titles", "left"), INLINE.values(), ids=INLINE.keys())
def test_link_in_the_text(inline: str, titles: list[str], left: list[str] | None) -> None:
    got = read(page(p(FIRST) + inline + p(SECOND)))
    assert got.titles == titles
    if left is None:
        assert len(got.text) == 3
    else:
        assert got.text == [FIRST, *left, SECOND]
        assert got.found.rule == "inline"


# What looks like a list of the article and is none.

HOT = f"<ul><li>{a(ZH_YARN, '/a/880001.html')}</li><li>{a(ZH_DYE, '/a/880002.html')}</li><li>{a(ZH_FAIR, '/a/880003.html')}</li></ul>"
TRAPS = {
    "zh: heading filled by script": "<div><h3>相关新闻</h3><div></div></div><div><h3>最新新闻</h3>" + HOT + "</div>",
    "zh: empty tab beside the filled one": "<div><ul><li>相关文章</li><li>最新报道</li></ul><div></div>" + HOT + "</div>",
    "zh: recommended for you": "<div><h3>为您推荐</h3>" + HOT + "</div>",
    "zh: guess what you like": "<div><h4>猜你喜欢</h4>" + HOT + "</div>",
    "zh: everyone reads": "<div><h4>大家都在看</h4>" + HOT + "</div>",
    "zh: recommended reading of the channel": "<div><h2>推荐阅读</h2>" + HOT + "</div>",
    "zh: ranking": '<div class="right"><div>24小时热文</div>' + HOT + "<div>点击排行榜</div>" + HOT + "</div>",
    "zh: author's articles under a class that lies": '<div><p>TA的热门作品</p><div class="related-list related-articles">' + HOT + "</div></div>",
    "zh: author's newest": "<div><h4>作者最新文章</h4>" + HOT + "</div>",
    "zh: earlier issues": "<div><p>往期回顾</p>" + HOT + "</div>",
    "zh: menu in the footer": "<footer><h2>相关信息</h2><ul><li>" + a("关于我们与联系方式说明", "/a/1.html") + "</li><li>" + a("广告服务与投稿须知", "/a/2.html") + "</li></ul></footer>",
    "zh: endless feed": "<div><div>相关推荐</div><ul>"
    + "".join(f"<li><div class='title-box'>{a(title, f'/g/67305120{n}/')}</div><div>{a('纺织早报', '/c/user/8/')} ⋅ {n}8评论 ⋅ {n}分钟前</div></li>" for n, title in enumerate([ZH_YARN, ZH_DYE, ZH_FAIR, "棉花进口配额发放完毕"], 2))
    + "</ul></div>",
    "zh-Hant: you may like": "<div><h3>你可能會喜歡</h3>" + HOT + "</div>",
    "zh: tags": f"<div>相关标签：{a('再生纤维与环保纱线', '/tags/1.html')} {a('纺纱企业与订单', '/tags/2.html')}</div>",
    "zh: previous, next, pages": f"<div>上一篇：{a('染料价格连续三周下跌', '/a/870001.html')}</div><div>下一篇：{a('棉花进口配额发放完毕', '/a/890001.html')}</div><div>[1][2][3]{a('下一页', '/a/881001_2.html')}</div>",
    "en: latest posts": "<div><h3>Latest Posts</h3>" + LIST + "</div>",
    "en: most viewed": "<div><h3>Most Viewed</h3>" + LIST + "</div>",
    "en: editor's choice": "<div><h3>EDITOR'S CHOICE</h3>" + LIST + "</div>",
    "en: related keywords": f"<div>Related Keywords: {a('recycled polyester yarn', '/keyword/recycled')} {a('spinning mills of the valley', '/keyword/mills')}</div>",
    "en: bought recommendations": "<div><h3>You may also like</h3><ul>"
    + "".join(f"<li>{a(title, f'https://trc.example.net/click?adid={n}')}</li>" for n, title in enumerate(["One trick that every dentist hates", "You will not believe these ten towns"]))
    + f"<li>{a(YARN, '/2024/1220/880001.html')}</li></ul></div>",
    "en: liked things in a side column": '<div class="sidebar"><h3>You might also like</h3>' + LIST + "</div>",
    "en: channel home pages": f"<div><h3>Related</h3><ul><li>{a('Local News', '/news/local-news/')}</li><li>{a('Home textiles', '/home-textiles/')}</li></ul></div>",
    "en: unlabelled tail with stray dashes": f"<div><p>-</p><p>{a('Worst ends of a working day in the mill -', '/n/1.html')}</p><p>{a('Ten looms that made the valley rich -', '/n/2.html')}</p></div>",
    "de: most read": "<div><h3>Meistgelesen</h3>" + LIST + "</div><div><h3>Letzte Meldungen</h3>" + LIST + "</div>",
    "de: more from the region": "<div><h3>Mehr aus der Region</h3>" + LIST + "</div>",
    "pt: most read": "<div><h3>MAIS POPULARES</h3>" + LIST + "</div>",
    "ja: ranking": "<section><h2>アクセスランキング</h2>" + HOT + "</section>",
    "tr: latest": "<div><h3>Son Dakika</h3>" + LIST + "</div>",
    "customers": f"<div><h3>Esteemed Clients</h3><ul><li>{a('Northern Spinning and Weaving Works', '/clients/northern')}</li></ul></div>",
}  # fmt: skip


@pytest.mark.parametrize("after", TRAPS.values(), ids=TRAPS.keys())
def test_trap_gives_nothing(after: str) -> None:
    got = read(page(p(FIRST, SECOND), after))
    assert got.titles == []
    assert got.text == [FIRST, SECOND]


def test_list_of_the_site_in_the_midst_of_the_article_leaves_the_text() -> None:
    got = read(page(p(FIRST) + f"<div><h3>Most read</h3>{LIST}</div>" + p(SECOND)))
    assert got.titles == []
    assert got.text == [FIRST, SECOND]
    assert [link.title for link in got.found.site_wide] == LISTED


def test_empty_heading_at_the_article_leaves_the_text() -> None:
    assert read(page(p(FIRST, SECOND) + "<p>相关阅读：</p>")).text == [FIRST, SECOND]


def test_title_repeated_in_the_text_leaves_it() -> None:
    text = p(FIRST) + f"<p><strong>{DYE}</strong></p>" + p(SECOND)
    assert read(page(text, f"<h3>Related articles</h3>{LIST}")).text == [FIRST, SECOND]


def test_long_paragraph_among_the_items_stays() -> None:
    long = " ".join([FIRST, SECOND, THIRD])
    got = read(
        page(
            p(FIRST, SECOND, THIRD, FIRST, SECOND)
            + f"<div><h3>Related</h3><div>{a(YARN, '/n/880001.html')}</div><p>{long}</p></div>"
        )
    )
    assert got.titles == [YARN]
    assert long in got.text


# Two lists below one another: the article's four, and one with categories; then the site's.

FOUR = [
    "National finals of the tailors opened in the textile town",
    "Federation visits makers of medical cloth in the south",
    "Filament makers hold their annual meeting on the coast",
    "Donations of mill owners warm the people of the river",
]
CATEGORIES = [
    ("From our readers.", 'Road to rise | The "harbour way" leads a dye works to a new start'),
    ("Commercial treasure", "Twelve patents of weaving works are listed for the prize"),
    ("Fashion Bulletin", "Riding boots become what the young wear in winter"),
    ("Successful case", "Light of weaving | First prize: turning waste water into clean water"),
]
TAIL = [
    "Symposium on the industrial park was held in the silk town",
    "Shops test the giving of presents over the telephone",
    "National finals of the tailors opened in the textile town",
    "Students walk the runway for the ninth time this year",
]
URLS = {
    title: f"/news/202412/{1200100 + number}.html"
    for number, title in enumerate(chain(FOUR, (t for _, t in CATEGORIES), TAIL))
}


def lines(linked: bool) -> list[str]:
    """The three lists as a trade portal prints them: `|` and `-` stand about as the template left them."""

    def item(mark: str, title: str, category: str = "") -> str:
        shown = f"{category} | {title}" if category else title
        return mark + (a(shown, URLS[title]) if linked else shown)

    first = [item("", FOUR[0]), *(item("|", title) for title in FOUR[1:])]
    second = [
        item("|- " if not number else "- ", title, category) for number, (category, title) in enumerate(CATEGORIES)
    ]
    return ["- Related reading", *first, *second, *(item("- ", title) for title in TAIL)]


def ul(rows: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"


def tables(rows: list[str]) -> str:
    return "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"


def three(make: list[str]) -> tuple[list[str], list[str], list[str]]:
    return make[1:5], make[5:9], make[9:]


MARKUPS = {
    "paragraphs": lambda rows: p(*rows),
    "lines of one paragraph": lambda rows: "<p>" + "<br>".join(rows) + "</p>",
    "lines in bold spans": lambda rows: f"<p><b>{rows[0]}</b><br>" + "<br/>".join(f"<span>{row}</span>" for row in rows[1:]) + "</p>",
    "divs": lambda rows: "".join(f"<div>{row}</div>" for row in rows),
    "divs in a div": lambda rows: "<div>" + "".join(f"<div>{row}</div>" for row in rows) + "</div>",
    "one table": tables,
    "three tables": lambda rows: tables([rows[0], *rows[1:5]]) + "".join(tables(part) for part in three(rows)[1:]),
    "three lists": lambda rows: f"<h3>{rows[0]}</h3>" + "".join(ul(part) for part in three(rows)),
    "three lists in a div": lambda rows: f"<div><h3>{rows[0]}</h3>" + "".join(ul(part) for part in three(rows)) + "</div>",
    "divs of divs": lambda rows: f'<div><div class="tit">{rows[0]}</div>'
    + "".join('<div class="list">' + "".join(f"<div>{row}</div>" for row in part) + "</div>" for part in three(rows))
    + "</div>",
    "list and columns": lambda rows: f'<div class="left"><div class="xgyd"><h3>{rows[0]}</h3>{ul(rows[1:5])}</div><div class="more">{ul(rows[5:9])}</div></div><div class="right">{ul(rows[9:])}</div>',
}  # fmt: skip


def other(html: str) -> str:
    """Another article of the same site: another title, text and lists, the same tail."""
    html = html.replace(TITLE, "Price of cotton holds as buyers wait")
    for number, title in enumerate([*FOUR[1:], *(title for _, title in CATEGORIES), FIRST, SECOND, THIRD]):
        html = html.replace(title, f"Other news of the week, number {number}, on looms and on spindles")
    return html.replace(FOUR[0], "Other finals of other tailors in another town", 1)


@pytest.mark.parametrize("linked", [True, False], ids=["linked", "plain"])
@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS.keys())
def test_first_list_categories_and_tail(markup: object, linked: bool) -> None:
    html = page(p(FIRST, SECOND, THIRD), markup(lines(linked)))  # type: ignore[operator]
    for others in ((), (other(html),)):
        got = read(html, others=others)
        assert [link.title for link in got.found.links if link.category is None] == FOUR
        assert [(link.category, link.title) for link in got.found.links if link.category] == CATEGORIES
        assert got.titles[:4] == FOUR
        if linked:
            assert got.urls[0] is not None
        assert [link.title for link in got.found.site_wide] == (TAIL if others else [])


def test_recurring_list_under_a_true_heading_is_the_sites() -> None:
    html = page(p(FIRST, SECOND), f"<h3>Related articles</h3>{LIST}")
    same_list = page(p(THIRD), f"<h3>Related articles</h3>{LIST}", title="Price of cotton holds as buyers wait")
    got = read(html, others=(same_list,))
    assert got.titles == []
    assert [link.title for link in got.found.site_wide] == LISTED


def test_list_that_shares_an_item_with_another_page_stays() -> None:
    html = page(p(FIRST, SECOND), f"<h3>Related articles</h3>{LIST}")
    shares = page(
        p(THIRD),
        f"<h3>Related articles</h3><ul><li>{a(DYE, '/2024/1219/880002.html')}</li><li>{a(FAIR, '/n/3.html')}</li></ul>",
        title="Price of cotton holds",
    )
    assert read(html, others=(shares,)).titles == LISTED


def test_every_item_with_a_category_makes_a_list_with_categories() -> None:
    rows = ul([a(f"{category} | {title}", URLS[title]) for category, title in CATEGORIES])
    got = read(page(p(FIRST, SECOND), f"<h3>Related reading</h3>{rows}"))
    assert [(link.category, link.title) for link in got.found.links] == CATEGORIES


def test_one_title_with_a_pipe_has_no_category() -> None:
    rows = ul(
        [a("Light of weaving | First prize for clean water", "/n/1.html"), a(YARN, "/n/2.html"), a(DYE, "/n/3.html")]
    )
    got = read(page(p(FIRST, SECOND), f"<h3>Related reading</h3>{rows}"))
    assert got.titles == ["Light of weaving | First prize for clean water", YARN, DYE]
    assert got.found.links[0].category is None


# Pages that are no pages.


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<div id=text></div>",
        "<div id=text>" + "<div>" * 3000 + "Related" + f"<a href=/n/1.html>{YARN}</a>",
        "<div id=text>" + "<p>Related</p>" * 3000,
        "<div id=text>" + f"<p>Related: <a href=/n/1.html>{YARN}</a></p>" * 2000,
        "<div id=text><p>Related</p><p>" + f"<a href=/n/1.html>{YARN}</a>" * 5000,
        "<div id=text><p>Related</p><p><a href=/n/1.html>" + "- " * 200_000 + "</a></p>",
        "<div id=text><h3>Related</h3><ul><li><a href='http://[::1'>An address that is none</a></li></ul>",
    ],
    ids=["empty", "no text", "deep", "headings only", "many labels", "many links", "long title", "bad address"],
)
def test_hostile_page_is_survived(html: str) -> None:
    opened = open_page(html.encode(), url=URL)
    blocks = blocks_of(opened)
    found = read_related(opened, blocks, body=Body(list(range(len(blocks)))), title=TITLE)
    assert len(found.links) <= 200


def test_kept_blocks_that_do_not_exist_are_survived() -> None:
    opened = open_page(page(p(FIRST)).encode())
    assert read_related(opened, blocks_of(opened), body=Body([0, 999]), title=None).links == []


# Words and lines.


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Related reading", "related"),
        ("【関連記事】", "related"),
        ("■関連記事", "related"),
        ("相 关 阅 读：", "related"),
        ("相关新闻 更多>>", "related"),
        ("延伸 · 推荐", "related"),
        ("更多相关文章", "related"),
        ("Related Posts (3)", "related"),
        ("VERWANDTE ARTIKEL | MEHR VOM AUTOR", "related"),
        ("Mehr zum Thema Baumwolle", "related"),
        ("À lire aussi :", "related"),
        ("Sur le même thème", "related"),
        ("Artículos relacionados", "related"),
        ("İlgili Haberler", "related"),
        ("ILGILI HABERLER", "related"),
        ("Похожие новости", "related"),
        ("اقرأ أيضًا", "related"),
        ("More on recycled yarn", "close"),
        ("Das könnte Sie auch interessieren:", "close"),
        ("Bunlar da ilginizi çek…", "close"),
        ("相关链接", "close"),
        ("推荐阅读", "site"),
        ("您可能还会喜欢", "site"),
        ("[上一版]", "other"),
        ("看更多相關新聞", "related"),
        ("为您推荐", "site"),
        ("您可能感兴趣的文章", "site"),
        ("24小时热文", "site"),
        ("新闻排行榜", "site"),
        ("TA的热门作品", "site"),
        ("More from Politics", "site"),
        ("Die meistgelesenen Artikel", None),
        ("Meistgelesene Artikel", "site"),
        ("Lo más leído", "site"),
        ("アクセスランキング", "site"),
        ("Related topics", "other"),
        ("相关标签", "other"),
        ("上一篇：染料价格下跌", "other"),
        ("関連キーワード", "other"),
        (YARN, None),
        (ZH_DYE, None),
        ("", None),
        ("——", None),
    ],
)
def test_heading_kind(text: str, kind: str | None) -> None:
    assert heading_kind(text) == kind


@pytest.mark.parametrize(
    "label", ["此前报道：", "推荐阅读:", "Also read |", "READ MORE:", "Te puede interesar:", "関連："]
)
def test_label_before_a_link(label: str) -> None:
    assert is_link_label(label)


@pytest.mark.parametrize("words", ["据此前的报道", "The mills", "", "来源："])
def test_no_label(words: str) -> None:
    assert not is_link_label(words)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("|Dye house closes", "Dye house closes"),
        ("|- Dye house closes |", "Dye house closes"),
        ("・染色工場が操業を終える", "染色工場が操業を終える"),
        ("31.01.2022 Färberei schließt", "Färberei schließt"),
        ("[2024-12-20] 老染坊停产", "老染坊停产"),
        ("老染坊停产2024-12-20 08:30", "老染坊停产"),
        ("老染坊停产（12-20）", "老染坊停产"),
        ("老染坊停产 【详细】", "老染坊停产"),
        ("Dye house closes – Jan 5, 2024", "Dye house closes"),
        ("Dye house closes after 2019-20 season", "Dye house closes after 2019-20 season"),
        ("-20 °C in the drying room", "-20 °C in the drying room"),
        ("El sello «propio»", "El sello «propio»"),
        ("Zum Sommer »", "Zum Sommer"),
        ("Road to rise | A dye works starts anew", "Road to rise | A dye works starts anew"),
    ],
)
def test_clean_title(printed: str, title: str) -> None:
    assert clean_title(printed) == title


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Fashion Bulletin | Riding boots in winter", ("Fashion Bulletin", "Riding boots in winter")),
        ("|- Case | Light | First prize for water", ("Case", "Light | First prize for water")),
        ("福建 ｜ 晋江举办纺织新产品推介会", ("福建", "晋江举办纺织新产品推介会")),
        ("Riding boots in winter", None),
        ("A very long first field that no portal would use as a category | Title", None),
    ],
)
def test_split_category(line: str, parts: tuple[str, str] | None) -> None:
    assert split_category(line) == parts


@pytest.mark.parametrize(
    ("title", "url", "is_one"),
    [
        (YARN, "https://example.com/2024/12/recycled-yarn", True),
        (YARN, None, True),
        ("再生纱线标识", "https://example.com/a/8801.html", True),
        (YARN, "https://example.com/topic/7PKD2AyaKNe", True),
        (YARN, "https://example.com/autoren/ann-weaver/garn-mit-siegel", True),
        (YARN, "https://example.com/?p=36843", True),
        (YARN, "https://ads.example.net/x/1", False),
        (YARN, "https://example.com/click?url=1", False),
        (YARN, "https://example.com/tag/recycled-yarn/", False),
        (YARN, "https://example.com/search?q=yarn", False),
        (YARN, "https://example.com/author/ann-weaver/", False),
        (YARN, "https://example.com/", False),
        ("Home textiles", "https://example.com/news/home-textiles/", False),
        ("Alle Artikel zum Thema", "https://example.com/themen/garn", False),
        ("Read more", "https://example.com/2024/12/recycled-yarn", False),
        ("2024-12-20 08:30", "https://example.com/2024/12/recycled-yarn", False),
        ("染色", "https://example.com/a/8801.html", False),
    ],
)
def test_is_article_link(title: str, url: str | None, is_one: bool) -> None:
    assert is_article_link(title, url) is is_one
