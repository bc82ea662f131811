# ruff: noqa: E501  # a page reads best as its lines are
"""Sites in the layouts of common systems: invented news in true forms, built from one table, with what a reader finds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback import Answer

STORIES = 10
ON_A_LISTING = 6


@dataclass(frozen=True)
class Story:
    """One article of a site."""

    number: int
    title: str
    at: datetime
    source: str
    paragraphs: tuple[str, ...]
    related: tuple[int, ...]

    @property
    def slug(self) -> str:
        return "-".join(word.lower() for word in self.title.split() if word.isascii() and word.isalnum()) or "story"


@dataclass(frozen=True)
class Layout:
    """How a system lays out a site.

    Attributes:
        path: an article's address on the site.
        article: an article's page: story, its body and its related-reading list as markup, what stands around.
        body: paragraphs as markup.
        item: one item of the related list.
        shows: how a listing shows a story.
        listing: address of the listing's pages; the first is number 1.
        precision: what the page tells of the time.
    """

    language: str
    zone: str
    path: Callable[[Story], str]
    article: Callable[[Story, str, str, Around], str]
    listing: Callable[[int], str]
    charset: str = "utf-8"
    body: Callable[[Story], str] = lambda story: "\n".join(f"<p>{escape(p)}</p>" for p in story.paragraphs)
    item: Callable[[str, Story], str] = lambda href, story: f'<li><a href="{href}">{escape(story.title)}</a></li>'
    shows: Callable[[str, Story], str] = lambda href, story: (
        f'<li><span class="date">{story.at:%Y-%m-%d}</span><a href="{href}">{escape(story.title)}</a></li>'
    )
    list_page: str = '<div class="list"><ul>{items}</ul><div class="page">{pager}</div></div>'
    feed: str | None = None
    precision: str = "minute"


@dataclass(frozen=True)
class Around:
    """What stands around an article."""

    home: str
    latest: list[tuple[str, Story]]

    def links(self, form: str = '<li><a href="{href}">{title}</a></li>') -> str:
        return "".join(form.format(href=href, title=escape(story.title), at=story.at) for href, story in self.latest)


_ZH = {
    "titles": (
        "{place}{thing}产业大会在{town}召开", "{town}{thing}企业加快数字化改造", "今年前{n}个月{place}{thing}出口平稳增长",
        "{place}发布{thing}绿色制造指南", "{town}新建{thing}检测中心投入使用", "{thing}行业职业技能竞赛在{town}落幕",
        "{place}{thing}协会赴{town}调研", "{town}举办{thing}新品推介会", "第{n}届{thing}展览会签约{town}", "{place}{thing}标准征求意见",
    ),
    "place": ["东岭", "南屏", "西塘", "北澜", "云溪"], "town": ["青桥", "柳河", "石湾", "白渡", "平阳镇"],
    "thing": ["棉纺", "家纺", "针织", "丝绸", "化纤", "印染", "麻纺", "毛纺", "面料", "辅料"],
    "source": ("东岭纺织报", "南屏日报", "柳河县商务局", "云溪家纺协会秘书处", "青桥晚报"),
    "sentences": (
        "近日，{place}{thing}协会在{town}举行会议，来自{n}家企业的代表参加。", "会议介绍了上半年行业运行情况，并就原料价格、用工和物流等问题交换意见。",
        "据介绍，{town}现有规模以上{thing}企业{n}家，从业人员超过{n}千人，产品销往多个国家和地区。",
        "企业负责人表示，新设备投产后单位能耗下降约百分之{n}，产品合格率明显提高。", "协会将继续组织技术培训，帮助中小企业提升管理水平。",
        "与会专家认为，{thing}行业需要在设计、品牌和绿色制造方面加大投入。", "下一步，当地将完善产业链配套，建设公共服务平台，推动{thing}产业持续健康发展。",
        "活动现场还展示了{n}项新产品，吸引了众多采购商驻足洽谈。",
    ),
}  # fmt: skip
_EN = {
    "titles": (
        "{place} mills report steady orders for {thing}", "New {thing} laboratory opens in {town}",
        "{town} hosts annual {thing} congress", "{place} federation publishes guide to greener {thing}",
        "Exports of {thing} from {place} grow again", "Apprentices in {town} win {thing} award",
        "Study compares {n} ways of recycling {thing}", "{place} association elects new {thing} board",
        "{town} factory invests in {thing} line", "Members discuss {thing} standards in {town}",
    ),
    "place": ["Northmere", "Eastvale", "Westlow", "Southam", "Midland"], "town": ["Brigford", "Oakham", "Linton", "Harwick", "Stourby"],
    "thing": ["cotton", "knitwear", "silk", "linen", "denim", "nonwovens", "wool", "carpet"],
    "source": ("Northmere Textile Federation", "Weavers Weekly", "Harwick Chamber of Trade", "Eastvale Gazette", "Loom & Fibre"),
    "sentences": (
        "Delegates from {n} companies met in {town} this week to discuss the market for {thing} and the cost of energy.",
        "The {place} federation said that orders had risen by {n} percent in the first half of the year.",
        "A new training centre will teach {n} apprentices a year how to run and maintain modern machines.",
        "Producers of {thing} expect raw material prices to remain stable until the spring, according to the survey.",
        "The investment reduces water consumption by a third, the company's managing director explained at the opening.",
        "Visitors saw {n} new fabrics, several of them made from fibres that had been recovered from used garments.",
        "The association will publish the full results before the end of the quarter and present them to its members.",
        "Work on the project began two years ago and was supported by the regional development agency.",
    ),
}  # fmt: skip
_DE = {
    "titles": (
        "Verband begrüßt neue Regeln für {thing}", "Neues Prüflabor für {thing} in {town} eröffnet",
        "{place}er Webereien melden stabile Aufträge", "Branchentreffen in {town} mit {n} Gästen", "Nachwuchspreis geht nach {town}",
        "Studie vergleicht {n} Verfahren für {thing}", "Ausfuhr von {thing} legt weiter zu", "Mitglieder wählen Vorstand in {town}",
        "Werk in {town} investiert in {thing}", "Leitfaden für nachhaltige {thing} erschienen",
    ),
    "place": ["Nordtal", "Ostheim", "Westried", "Südau", "Mittelfeld"], "town": ["Bruchstadt", "Lindau", "Hartwig", "Stauffen", "Eichental"],
    "thing": ["Baumwolle", "Strickwaren", "Seide", "Leinen", "Vliesstoffe", "Teppiche"],
    "source": ("Textilverband Nordtal", "Weberbote", "Handelskammer Bruchstadt", "Ostheimer Anzeiger", "Faser und Garn"),
    "sentences": (
        "Vertreter von {n} Unternehmen trafen sich in {town}, um über den Markt für {thing} und die Energiekosten zu sprechen.",
        "Der Verband teilte mit, dass die Aufträge im ersten Halbjahr um {n} Prozent gestiegen sind.",
        "Ein neues Ausbildungszentrum soll jedes Jahr {n} junge Menschen an modernen Maschinen schulen.",
        "Die Hersteller rechnen nach der Umfrage bis zum Frühjahr mit stabilen Preisen für Rohstoffe.",
        "Die Anlage senkt den Wasserverbrauch um ein Drittel, erklärte die Geschäftsführerin bei der Eröffnung.",
        "Gezeigt wurden {n} neue Gewebe, mehrere davon aus Fasern, die aus getragener Kleidung gewonnen wurden.",
        "Die vollständigen Ergebnisse werden vor dem Ende des Quartals veröffentlicht und den Mitgliedern vorgestellt.",
    ),
}  # fmt: skip
_KO = {
    "titles": (
        "{place} 섬유업계 {thing} 수출 회복세", "{town} {thing} 시험센터 개소", "{thing} 업계 간담회 {town}서 열려", "{place} 친환경 {thing} 지침 발표",
        "{town} 공장 {thing} 설비 투자", "{thing} 기능경기 {town}서 폐막", "{place} 섬유협회 새 임원 선출", "{thing} 신제품 {n}종 공개",
        "{town} {thing} 박람회 성황", "{place} {thing} 표준안 의견 수렴",
    ),
    "place": ["동령", "남평", "서당", "북산", "운계"], "town": ["청교", "유하", "석만", "백도", "평양골"],
    "thing": ["면방", "니트", "실크", "린넨", "데님", "부직포"],
    "source": ("동령섬유신문", "남평일보", "유하상공회의소", "운계섬유협회", "청교저널"),
    "sentences": (
        "{place} 섬유협회는 최근 {town}에서 {n}개 업체가 참석한 가운데 간담회를 열었다.", "참석자들은 {thing} 시장 상황과 원자재 가격 문제를 논의했다.",
        "협회 관계자는 상반기 수주가 {n}퍼센트 늘었다고 설명했다.", "새 설비는 물 사용량을 크게 줄이고 품질을 높일 것으로 기대된다.",
        "행사장에는 {n}종의 새로운 원단이 전시되어 바이어들의 관심을 끌었다.", "협회는 앞으로 기술 교육을 확대하고 중소업체를 지원할 계획이다.",
    ),
}  # fmt: skip
_WORDS = {"zh": _ZH, "en": _EN, "de": _DE, "ko": _KO}


def stories_of(name: str, language: str, zone: int) -> list[Story]:
    """A site's articles, the newest first; the same each time."""
    chance, words, titles = Random(name), _WORDS[language], []
    stories = []
    start = datetime(2024, 11, 28, 9, 20, tzinfo=timezone(timedelta(hours=zone)))
    for number in range(STORIES):

        def said(form: str) -> str:
            found = {key: chance.choice(words[key]) for key in ("place", "town", "thing")}
            return form.format(n=chance.randint(3, 19), **found)

        title = said(words["titles"][number % len(words["titles"])])
        titles.append(title)
        picked = chance.sample(words["sentences"], chance.randint(4, 6))
        paragraphs = tuple(
            said(a) + ("" if language == "zh" else " ") + said(b)
            for a, b in zip(picked[::2], picked[1::2], strict=False)
        )
        others = [n for n in range(STORIES) if n != number]
        at = start - timedelta(days=number * 2, minutes=37 * number)
        stories.append(
            Story(
                1180 - number * 7,
                title,
                at,
                chance.choice(words["source"]),
                paragraphs,
                tuple(chance.sample(others, 3)),
            )
        )
    return stories


def build(
    name: str, home: str, layouts: dict[str, Layout] | None = None
) -> tuple[dict[str, Answer], list[dict[str, object]]]:
    """The pages of a site that serves itself at `home`, and what a careful reader finds in each article."""
    layout = (layouts or LAYOUTS)[name]
    hours = {"Asia/Shanghai": 8, "Asia/Seoul": 9, "Europe/Berlin": 1, "Europe/London": 0}[layout.zone]
    stories = stories_of(name, layout.language, hours)
    pages: dict[str, Answer] = {}

    def put(path: str, text: str, kind: str = "text/html") -> None:
        says = f"{kind}; charset={layout.charset}" if kind != "text/html" or layout.charset == "utf-8" else kind
        pages[path] = (200, {"Content-Type": says}, text.encode(layout.charset, "xmlcharrefreplace"))

    def href(story: Story) -> str:
        return urljoin(home, layout.path(story))

    around = Around(home, [(layout.path(s), s) for s in stories[:5]])
    expected = []
    for story in stories:
        related = "".join(layout.item(layout.path(stories[n]), stories[n]) for n in story.related)
        put(layout.path(story), layout.article(story, layout.body(story), related, around))
        at = {"minute": story.at.isoformat(timespec="minutes"), "day": story.at.date().isoformat()}[layout.precision]
        expected.append(
            {
                "url": href(story),
                "title": story.title,
                "at": at,
                "source": story.source,
                "text": "\n".join(story.paragraphs),
                "related": [(stories[n].title, href(stories[n])) for n in story.related],
            }
        )
    chunks = [stories[:ON_A_LISTING], stories[ON_A_LISTING:]]
    for number, chunk in enumerate(chunks, 1):
        items = "".join(layout.shows(layout.path(s), s) for s in chunk)
        next_words = {"zh": "下一页", "en": "Next", "de": "Weiter", "ko": "다음"}[layout.language]
        pager = (
            f'<span>{number}</span> <a href="{layout.listing(2)}" class="next">{next_words}</a>' if number == 1 else ""
        )
        listing = layout.list_page.format(items=items, pager=pager)
        about = f'<a href="/about.html">About</a> <a href="{layout.listing(1)}">News</a> <a href="/contact.html">Contact</a>'
        put(
            layout.listing(number),
            f"<html><head><title>News</title></head><body><div class='nav'>{about}</div>{listing}</body></html>",
        )
    if layout.listing(1) != "/":
        feed = f'<link rel="alternate" type="application/rss+xml" href="{layout.feed}">' if layout.feed else ""
        latest = around.links()
        put(
            "/",
            f"<html lang='{layout.language}'><head><title>The Federation</title>{feed}</head><body><ul class='nav'><li><a href='/'>Home</a></li>"
            f"<li><a href='{layout.listing(1)}'>{'新闻中心' if layout.language == 'zh' else 'News'}</a></li><li><a href='/about.html'>About us</a></li></ul>"
            f"<div class='latest'><ul>{latest}</ul></div></body></html>",
        )
    for path in ("/about.html", "/contact.html"):
        put(
            path,
            "<html><head><title>About us</title></head><body><h1>About us</h1><p>We are a federation.</p></body></html>",
        )
    if layout.feed:
        entries = "".join(
            f"<item><title>{escape(s.title)}</title><link>{href(s)}</link><pubDate>{format_datetime(s.at)}</pubDate>"
            f"<description>{escape(s.paragraphs[0][:60])}</description></item>"
            for s in stories[:8]
        )
        put(
            layout.feed,
            f'<?xml version="1.0" encoding="{layout.charset}"?><rss version="2.0"><channel><title>The Federation</title>{entries}</channel></rss>',
            "application/rss+xml",
        )
    return pages, expected


def _wordpress(s: Story, body: str, related: str, around: Around) -> str:
    ld = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": s.title,
            "datePublished": s.at.isoformat(),
        }
    )
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8"><title>{escape(s.title)} - The Federation</title>
<link rel="alternate" type="application/rss+xml" title="Feed" href="/feed/"><meta property="og:title" content="{escape(s.title)}">
<script type="application/ld+json">{ld}</script></head>
<body class="post-template-default single single-post postid-{s.number}"><header id="masthead"><a href="/">The Federation</a>
<ul id="menu-main" class="menu"><li class="menu-item"><a href="/news/">News</a></li><li class="menu-item"><a href="/about.html">About</a></li></ul></header>
<main id="main"><article id="post-{s.number}" class="post-{s.number} post type-post hentry"><header class="entry-header">
<h1 class="entry-title">{escape(s.title)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{s.at.isoformat()}">{s.at:%B %d, %Y}</time></span></div></header>
<div class="entry-content">{body}<p class="source">Source: {escape(s.source)}</p></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/category/news/" rel="category tag">News</a></span></footer></article>
<div class="related-posts"><h3>Related Posts</h3><ul>{related}</ul></div>
<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><p>Your email address will not be published.</p></div></main>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul>{around.links()}</ul></section></aside>
<footer id="colophon">Proudly powered by WordPress</footer></body></html>"""


def _trs(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{s.title}_东岭纺织网</title>
<meta name="ArticleTitle" content="{s.title}"><meta name="PubDate" content="{s.at:%Y-%m-%d %H:%M}"></head><body>
<div class="header"><div class="today">今天是2025年1月6日 星期一</div><ul class="nav"><li><a href="/">首页</a></li><li><a href="/xwzx/hyxw/">行业新闻</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/hyxw/">行业新闻</a></div>
<div class="article"><h2 class="bt">{s.title}</h2><div class="xx">来源：{s.source}　　发布时间：{s.at:%Y-%m-%d %H:%M}　　【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div>
<div class="nr"><div class="TRS_Editor">{body}</div></div><div class="xg"><h3>相关新闻</h3><ul>{related}</ul></div></div>
<div class="right"><h3>热点排行</h3><ul>{around.links()}</ul></div><div class="footer">版权所有 东岭纺织信息中心 京ICP备00000000号</div></body></html>"""


def _destoon(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{s.title}_行业资讯_南屏纺织网</title><meta name="generator" content="DESTOON B2B"></head><body>
<div class="head"><a href="/">首页</a><a href="/news/">资讯</a><a href="/sell/">供应</a><a href="/company/">公司</a></div>
<div class="m"><div class="nav">当前位置: <a href="/">首页</a> &raquo; <a href="/news/">资讯</a> &raquo; 正文</div>
<div class="m_l f_l"><div class="left_box"><h1 class="title" id="title">{s.title}</h1>
<div class="info"><span class="f_r"><img src="/skin/zoomin.gif" alt="放大字体"></span>发布日期：{s.at:%Y-%m-%d}&nbsp;&nbsp;来源：{s.source}&nbsp;&nbsp;作者：佚名&nbsp;&nbsp;浏览次数：<span id="hits">{s.number % 311}</span></div>
<div id="content"><div class="content" id="article">{body}</div></div>
<div class="b10">&nbsp;</div><div class="box_head">[ <a href="/news/">资讯搜索</a> ]&nbsp;[ <a href="javascript:addFav('收藏本页');">加入收藏</a> ]&nbsp;[ <a href="javascript:window.print()">打印本文</a> ]</div>
<div class="head-txt"><strong>同类资讯</strong></div><div class="related"><table width="100%"><tr>{related}</tr></table></div></div></div>
<div class="m_r f_r"><div class="box_head"><strong>推荐图文</strong></div><div class="box_head"><strong>点击排行</strong></div><div class="rank_list"><ul>{around.links()}</ul></div></div></div>
<div class="foot">(c)2009-2024 南屏纺织网 All Rights Reserved</div></body></html>"""


def _discuz(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>{s.title} - 行业新闻 - 柳河纺织论坛</title><meta name="generator" content="Discuz! X3.4"></head>
<body id="nv_portal" class="pg_view"><div id="toptb"><a href="forum.php">论坛</a><a href="portal.php">门户</a></div>
<div id="pt" class="bm cl"><div class="z"><a href="./" class="nvhm">首页</a> <em>&rsaquo;</em> <a href="portal.php">门户</a></div></div>
<div id="ct" class="ct2 wp cl"><div class="mn"><div class="bm vw"><div class="h hm"><h1 class="ph">{s.title}</h1>
<p class="xg1">{s.at.year}-{s.at.month}-{s.at.day} {s.at:%H:%M}<span class="pipe">|</span> 发布者: <a href="home.php?mod=space&amp;uid=1">admin</a><span class="pipe">|</span> 查看: <em id="_viewnum">{s.number % 97}</em><span class="pipe">|</span> 评论: 0<span class="pipe">|</span>来自: {s.source}</p></div>
<div class="d"><table cellpadding="0" cellspacing="0" class="vwtb"><tr><td id="article_content">{body}</td></tr></table>
<div id="click_div"><table class="atd"><tr><td><a href="javascript:;">路过</a></td><td><a href="javascript:;">鲜花</a></td></tr></table></div></div></div>
<div id="related_article" class="bm"><div class="bm_h cl"><h3>相关阅读</h3></div><div class="bm_c"><ul class="xl xl2 cl" id="raid_div">{related}</ul></div></div></div>
<div class="sd pph"><div class="bm"><div class="bm_h cl"><h2>最新文章</h2></div><div class="bm_c"><ul>{around.links()}</ul></div></div></div></div>
<div id="ft">Powered by Discuz! X3.4</div></body></html>"""


def _joomla(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html xml:lang="en-gb" lang="en-gb"><head><base href="{around.home}index.php/news/{s.number}-{s.slug}" /><meta charset="utf-8" /><meta name="generator" content="Joomla! - Open Source Content Management" />
<title>{escape(s.title)}</title></head><body><nav><ul class="nav menu"><li class="item-101"><a href="/">Home</a></li><li class="item-102 current active"><a href="/index.php/news">News</a></li></ul></nav>
<div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="en-GB" /><div class="page-header"><h2 itemprop="headline">{escape(s.title)}</h2></div>
<dl class="article-info muted"><dt class="article-info-term">Details</dt><dd class="category-name">Category: <a href="/index.php/news" itemprop="genre">News</a></dd>
<dd class="published"><span class="icon-calendar"></span><time datetime="{s.at.isoformat()}" itemprop="datePublished">Published: {s.at:%d %B %Y}</time></dd><dd class="hits">Hits: {s.number}</dd></dl>
<div itemprop="articleBody">{body}<p><em>Source: {escape(s.source)}</em></p></div></div>
<div class="moduletable"><h3>Related Articles</h3><ul class="relateditems mod-list">{related}</ul></div>
<div class="moduletable_latest"><h3>Latest News</h3><ul class="latestnews">{around.links()}</ul></div><footer>&copy; 2024 The Federation</footer></body></html>"""


def _drupal(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html lang="de" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<title>{escape(s.title)} | Verband</title></head><body><div class="dialog-off-canvas-main-canvas"><header role="banner"><nav><ul class="menu"><li><a href="/">Start</a></li><li><a href="/aktuelles">Aktuelles</a></li></ul></nav></header>
<main role="main"><h1 class="page-header"><span class="field field--name-title">{escape(s.title)}</span></h1>
<article data-history-node-id="{s.number}" class="node node--type-news node--view-mode-full"><div class="node__content"><div class="field field--name-field-date field--type-datetime"><time datetime="{s.at.isoformat()}">{s.at:%d.%m.%Y}</time></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{body}</div><div class="field field--name-field-source field--label-inline"><div class="field__label">Quelle</div><div class="field__item">{escape(s.source)}</div></div></div></article>
<div class="views-element-container block"><h2>Ähnliche Beiträge</h2><div class="view-content"><div class="item-list"><ul>{related}</ul></div></div></div></main>
<aside><div class="block"><h2>Neueste Meldungen</h2><ul>{around.links()}</ul></div></aside><footer>Impressum | Datenschutz</footer></div></body></html>"""


def _tables(s: Story, body: str, related: str, around: Around) -> str:
    menu = "".join(
        f'<td width="90" align="center"><a href="{href}"><font color="#ffffff">{name}</font></a></td>'
        for name, href in (("首页", "/"), ("新闻", "/News/"), ("联系", "/contact.html"))
    )
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{s.title}</TITLE></HEAD><BODY bgColor=#ffffff topMargin=0>
<TABLE width=778 align=center border=0 cellSpacing=0 cellPadding=0><TR bgColor=#003399>{menu}</TR></TABLE>
<TABLE width=778 align=center border=0><TR><TD width=180 vAlign=top bgColor=#f0f0f0><TABLE width="100%"><TR><TD height=24><B>最新动态</B></TD></TR>{around.links('<TR><TD>·<A href="{href}">{title}</A></TD></TR>')}</TABLE></TD>
<TD vAlign=top><TABLE width="96%" align=center><TR><TD height=40 align=center><FONT size=4 color=#cc0000><B>{s.title}</B></FONT></TD></TR>
<TR><TD height=24 align=center><FONT color=#666666>发布时间：{s.at:%Y-%m-%d %H:%M}  来源：{s.source}  阅读：{s.number}次</FONT></TD></TR><TR><TD><HR size=1></TD></TR>
<TR><TD class=p14 style="line-height:160%">{body}</TD></TR><TR><TD align=right>【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR>
<TR><TD><B>相关文章：</B></TD></TR><TR><TD><TABLE width="100%">{related}</TABLE></TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD align=center>Copyright 2003-2024 石湾锦桥 版权所有</TD></TR></TABLE></BODY></HTML>"""


def _dede(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{s.title}_白渡服装网</title></head><body class="articleview">
<div class="header"><div id="navMenu"><ul><li><a href="/"><span>主页</span></a></li><li><a href="/a/hangye/"><span>行业</span></a></li></ul></div></div>
<div class="w960 center clear mt1"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a href="/">主页</a> > <a href="/a/hangye/">行业</a> > </div>
<div class="viewbox"><div class="title"><h2>{s.title}</h2></div><div class="info"><small>时间:</small>{s.at:%Y-%m-%d %H:%M}<small>来源:</small>{s.source} <small>作者:</small>admin <small>点击:</small>{s.number % 89}次</div>
<div class="content"><table width="100%"><tr><td>{body}</td></tr></table></div><div class="boxoff"><strong>------分隔线----------------------------</strong></div>
<div class="handle"><div class="context"><ul><li>上一篇：<a href="/a/hangye/2024/0901/901.html">往期回顾</a> </li><li>下一篇：没有了 </li></ul></div></div></div>
<div class="mt1"><dl class="tbox"><dt><strong>相关文章</strong></dt><dd><ul class="d1 ico3">{related}</ul></dd></dl></div></div>
<div class="pright"><dl class="tbox"><dt><strong>热点内容</strong></dt><dd><ul class="c1 ico2">{around.links()}</ul></dd></dl></div></div><div class="footer">Power by DedeCms</div></body></html>"""


def _empire(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8" /><title>{s.title} - 平阳针织网</title></head><body class="showpage news">
<table width="100%" class="top"><tr><td><a href="/">首页</a> <a href="/news/">新闻中心</a></td></tr></table>
<table width="920" class="main"><tr><td class="news_list"><div class="position">现在的位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/news/">新闻中心</a></div>
<table class="box"><tr><td><table class="title_table"><tr><td class="title"><h1>{s.title}</h1></td></tr><tr><td class="info_text">时间：{s.at:%Y-%m-%d %H:%M:%S}&nbsp;&nbsp;来源：{s.source}&nbsp;&nbsp;编辑：小编</td></tr></table>
<div id="text">{body}</div><p align="center"><a href="#">顶一下</a></p><div class="xgydbox"><div class="xgyd_tit"><span>相关阅读</span></div><ul class="xgyd_list">{related}</ul></div></td></tr></table></td>
<td class="sider"><table class="title"><tr><td><strong>推荐资讯</strong></td></tr></table><ul>{around.links()}</ul></td></tr></table><div>Powered by EmpireCMS</div></body></html>"""


def _ndsoft(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{s.title} - 동령섬유</title><meta property="og:title" content="{s.title}"><meta property="article:published_time" content="{s.at.isoformat()}"></head><body>
<header id="user-header"><nav><ul><li><a href="/news/articleList.html?view_type=sm">전체기사</a></li></ul></nav></header>
<section id="user-container"><div id="article-view"><header class="article-view-header"><nav class="article-head-nav"><a href="/">홈</a></nav><h3 class="heading">{s.title}</h3><div class="info-group"><article class="item"><ul class="infomation"><li><i class="icon-user-o"></i> 편집부 기자</li><li><i class="icon-clock-o"></i> 입력 {s.at:%Y.%m.%d %H:%M}</li><li>댓글 0</li></ul></article></div></header>
<article id="article-view-content-div" class="article-veiw-body view-page font-size17" itemprop="articleBody">{body}<p>출처: {s.source}</p></article>
<div class="view-copyright">저작권자 © 동령섬유 무단전재 및 재배포 금지</div>
<article class="box-skin"><header class="header-wrap"><h3 class="header">관련기사</h3></header><section class="content"><ul class="relation">{related}</ul></section></article></div>
<aside><h3>많이 본 뉴스</h3><ol>{around.links()}</ol></aside></section></body></html>"""


def _tagdiv(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!doctype html><html lang="en-US"><head><meta charset="UTF-8"><title>{escape(s.title)} | Loom Daily</title><meta property="og:title" content="{escape(s.title)}"><meta property="article:published_time" content="{s.at.isoformat()}"></head>
<body class="post-template-default single td-standard-pack"><div class="td-header-wrap"><a href="/">Loom Daily</a><ul class="sf-menu"><li><a href="/category/news/">News</a></li></ul></div>
<div class="td-main-content-wrap"><article class="post-{s.number} post td-post-template"><div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/category/news/">News</a></li></ul><header class="td-post-title"><h1 class="entry-title">{escape(s.title)}</h1>
<div class="td-module-meta-info"><div class="td-post-author-name"><div class="td-author-by">By</div> <a href="/author/staff/">Staff</a><div class="td-author-line"> - </div></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{s.at.isoformat()}">{s.at:%B %d, %Y}</time></span><div class="td-post-views"><span>{s.number}</span></div></div></header></div>
<div class="td-post-content tagdiv-type">{body}<p>(Source: {escape(s.source)})</p></div><footer><div class="td-post-source-tags"></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a class="td-related-left td-cur-simple-item" href="#">RELATED ARTICLES</a><a class="td-related-right" href="#">MORE FROM AUTHOR</a></h4><div class="td_block_inner">{related}</div></div></div>
<div class="td-pb-span4"><aside class="widget"><h4 class="block-title"><span>MOST POPULAR</span></h4>{around.links('<div class="td_module_6"><h3 class="entry-title td-module-title"><a href="{href}">{title}</a></h3></div>')}</aside></div></body></html>"""


def _aspnet(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html><head id="ctl00_Head1"><title>Textile News</title><meta name="keywords" content="textile" /></head><body><form method="post" action="newsdetails.aspx?news_id={s.number}" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="dDwtMTA4MzE0MjEwNTs7Pg==" />
<div id="menu"><a href="/">Home</a> | <a href="/news.aspx?page=1">News</a> | <a href="/about.html">About</a></div>
<div id="ctl00_ContentPlaceHolder1_pnlNews"><span id="ctl00_ContentPlaceHolder1_lblTitle" class="newsTitle">{escape(s.title)}</span><br /><span id="ctl00_ContentPlaceHolder1_lblDate" class="newsDate">{s.at:%d %b %Y}</span> | Source : <span id="ctl00_ContentPlaceHolder1_lblSource">{escape(s.source)}</span>
<div id="ctl00_ContentPlaceHolder1_divText" class="newsText">{body}</div><div class="relatedNews"><b>Related News</b><div id="ctl00_ContentPlaceHolder1_dlRelated">{related}</div></div></div>
<div id="ctl00_right"><b>Latest Headlines</b><ul>{around.links()}</ul></div><div id="footer">Copyright 2024. All rights reserved.</div></form></body></html>"""


def _next(s: Story, body: str, related: str, around: Around) -> str:
    data = json.dumps({"props": {"pageProps": {"id": s.number, "title": s.title}}})
    return f"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{escape(s.title)} | Fibre Forum</title><meta property="og:title" content="{escape(s.title)}"/></head><body><div id="__next"><header class="Header_root__k2LfA"><nav class="Header_nav__pQ1zX"><a href="/">Fibre Forum</a><a href="/insights">Insights</a></nav></header>
<main class="Article_main__Zx81b"><h1 class="Article_title__x7Yz2">{escape(s.title)}</h1><div class="Article_meta__mm3Qa"><span>{s.at:%d %B %Y}</span><span>Source: {escape(s.source)}</span></div>
<div class="RichText_root__a9Bcd">{body}</div></main><section class="Related_root__Qw3Er"><h2>Related reading</h2><div class="Related_grid__Lk0Pp">{related}</div></section>
<section class="Latest_root__Ty5Uu"><h2>Latest insights</h2><ul>{around.links()}</ul></section><footer class="Footer_root__Io9Oo">Cookie settings</footer></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>"""


def _typo3(s: Story, body: str, related: str, around: Around) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><meta name="generator" content="TYPO3 CMS"><title>{escape(s.title)}</title></head><body><nav><ul><li><a href="/">Start</a></li><li><a href="/presse/">Presse</a></li></ul></nav>
<div id="c{s.number}" class="frame frame-default frame-type-news_newsdetail"><div class="news news-single"><div class="article" itemscope itemtype="http://schema.org/Article"><div class="header"><h1 itemprop="headline">{escape(s.title)}</h1></div>
<div class="footer"><p><span class="news-list-date"><time itemprop="datePublished" datetime="{s.at:%Y-%m-%d}">{s.at:%d.%m.%Y}</time></span><span class="news-list-category">Presse</span></p></div>
<div class="news-text-wrap" itemprop="articleBody">{body}</div><p class="quelle">Quelle: {escape(s.source)}</p><div class="news-related-wrap"><div class="news-related news-related-news"><h4>Verwandte Nachrichten</h4><ul>{related}</ul></div></div>
<div class="news-backlink-wrap"><a href="/presse/">Zurück</a></div></div></div></div><div class="sidebar"><h3>Aktuelle Meldungen</h3><ul>{around.links()}</ul></div></body></html>"""


def _blog(number: int) -> str:
    return "/news/" if number == 1 else f"/news/page/{number}/"


def _br(story: Story) -> str:
    return "<br><br>".join(f"　　{escape(p)}" for p in story.paragraphs)


LAYOUTS: dict[str, Layout] = {
    "wordpress": Layout("en", "Europe/London", lambda s: f"/{s.at:%Y/%m}/{s.slug}/", _wordpress, _blog, feed="/feed/"),
    "trs": Layout(
        "zh", "Asia/Shanghai", lambda s: f"/xwzx/hyxw/{s.at:%Y%m}/t{s.at:%Y%m%d}_{s.number}.html", _trs,
        lambda n: "/xwzx/hyxw/" if n == 1 else f"/xwzx/hyxw/index_{n - 1}.html", charset="gb18030",
    ),
    "destoon": Layout(
        "zh", "Asia/Shanghai", lambda s: f"/news/show-{s.number}.html", _destoon,
        lambda n: "/news/" if n == 1 else f"/news/list-{n}.html", precision="day",
        item=lambda href, s: f'<td width="50%"><a href="{href}" title="{s.title}">&#8226; {s.title}</a></td>',
    ),
    "discuz": Layout(
        "zh", "Asia/Shanghai", lambda s: f"/article-{s.number}-1.html", _discuz,
        lambda n: "/portal.php" if n == 1 else f"/portal.php?page={n}", charset="gb18030",
    ),
    "joomla": Layout("en", "Europe/London", lambda s: f"/index.php/news/{s.number}-{s.slug}", _joomla,
        lambda n: "/index.php/news" if n == 1 else f"/index.php/news?start={n}0"),
    "drupal": Layout("de", "Europe/Berlin", lambda s: f"/aktuelles/{s.slug}-{s.number}", _drupal,
        lambda n: "/aktuelles" if n == 1 else f"/aktuelles?page={n - 1}"),
    "tables": Layout(
        "zh", "Asia/Shanghai", lambda s: f"/News/View.asp?id={s.number}", _tables,
        lambda n: "/News/" if n == 1 else f"/News/?page={n}", charset="gb18030", body=_br,
        item=lambda href, s: f'<TR><TD>·<A href="{href}">{s.title}</A> <FONT color=#999999>{s.at:%m-%d}</FONT></TD></TR>',
        shows=lambda href, s: f'<TR><TD>·<A href="{href}" target=_blank>{s.title}</A></TD><TD>{s.at:%Y-%m-%d}</TD></TR>',
        list_page="<TABLE width=600>{items}</TABLE><TABLE><TR><TD>{pager}</TD></TR></TABLE>",
    ),
    "dedecms": Layout(
        "zh", "Asia/Shanghai", lambda s: f"/a/hangye/{s.at:%Y/%m%d}/{s.number}.html", _dede,
        lambda n: "/a/hangye/" if n == 1 else f"/a/hangye/list_2_{n}.html", charset="gb18030",
    ),
    "empirecms": Layout("zh", "Asia/Shanghai", lambda s: f"/news/{s.at:%Y-%m-%d}/{s.number}.html", _empire,
        lambda n: "/news/" if n == 1 else f"/news/index_{n}.html"),
    "ndsoft": Layout("ko", "Asia/Seoul", lambda s: f"/news/articleView.html?idxno={s.number}", _ndsoft,
        lambda n: f"/news/articleList.html?page={n}", feed="/rss/allArticle.xml"),
    "tagdiv": Layout(
        "en", "Europe/London", lambda s: f"/{s.slug}/", _tagdiv, lambda n: "/category/news/" if n == 1 else f"/category/news/page/{n}/", feed="/feed/",
        item=lambda href, s: f'<div class="td_module_related_posts"><h3 class="entry-title td-module-title"><a href="{href}" rel="bookmark">{escape(s.title)}</a></h3></div>',
    ),
    "aspnet": Layout("en", "Europe/London", lambda s: f"/newsdetails.aspx?news_id={s.number}", _aspnet, lambda n: f"/news.aspx?page={n}", precision="day",
        item=lambda href, s: f'<div><a href="{href}">{escape(s.title)}</a></div>'),
    "next": Layout("en", "Europe/London", lambda s: f"/insights/{s.slug}", _next, lambda n: "/insights" if n == 1 else f"/insights?page={n}", precision="day",
        item=lambda href, s: f'<a class="Card_root__u8IoP" href="{href}"><h3 class="Card_title__q1w2E">{escape(s.title)}</h3></a>'),
    "typo3": Layout("de", "Europe/Berlin", lambda s: f"/presse/artikel/{s.slug}", _typo3, lambda n: "/presse/" if n == 1 else f"/presse/seite/{n}/", precision="day"),
}  # fmt: skip
