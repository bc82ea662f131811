# ruff: noqa: E501  # a page reads best as its lines are
"""More sites in the layouts of common systems: pages without containers, with other dates about, split into blocks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.layouts import Layout, _br

if TYPE_CHECKING:
    from tests.layouts import Around, Story


def _one_cell(s: Story, body: str, related: str, around: Around) -> str:
    """A page of 2003: one cell, lines parted by <br>, today's date above, another below."""
    return f"""<HTML><HEAD><TITLE>东岭纺织协会</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD><BODY bgColor=#ffffff>
<TABLE width=760 align=center><TR><TD><A href="/">首页</A> | <A href="/list.asp?page=1">协会新闻</A> | <A href="/about.html">关于我们</A> 今天是2025年1月6日 星期一</TD></TR></TABLE>
<TABLE width=760 align=center><TR><TD width=180 vAlign=top>{around.links('·<A href="{href}">{title}</A> [{at:%m-%d}]<BR>')}</TD><TD vAlign=top><CENTER><FONT size=4 color=#cc0000><B>{s.title}</B></FONT></CENTER><BR>
<CENTER>{s.at:%Y-%m-%d} 来源：{s.source} 阅读 {s.number % 97} 次</CENTER><BR>
{body}<BR><BR>
相关报道：<BR>{related}<BR>
<CENTER>[<A href="javascript:window.print()">打印本页</A>] [<A href="javascript:window.close()">关闭窗口</A>]</CENTER></TD></TR></TABLE>
<CENTER>版权所有 东岭纺织协会 本站更新于2024年12月30日 京ICP备00000000号</CENTER></BODY></HTML>"""


def _front_page(s: Story, body: str, related: str, around: Around) -> str:
    """Bare paragraphs in the body, without a class or an id anywhere; a fair's dates above, an update's below."""
    return f"""<html><head><title>Federation of Weavers</title></head><body>
<p align="center"><a href="/">Home</a> - <a href="/news.htm">News</a> - <a href="/about.html">About</a></p>
<p align="center"><b>Visit us at the Spinning Fair, 3-5 March 2025!</b></p>
<p><font size="5">{escape(s.title)}</font></p>
<p><i>{s.at:%d %B %Y}</i></p>
{body}
<p>Source: {escape(s.source)}</p>
<hr>
<p><b>See also</b></p>
{related}
<hr>
<p><font size="1">Copyright Federation of Weavers. This site was last updated on 12 January 2025.</font></p></body></html>"""


def _phpcms(s: Story, body: str, related: str, around: Around) -> str:
    """PHPCMS v9: date and source stand within the heading."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{s.title} - 行业新闻 - 南屏纺织</title><meta name="description" content="{s.paragraphs[0][:60]}"></head><body>
<div class="header"><div class="nav-site"><a href="/">首页</a><a href="/index.php?m=content&amp;c=index&amp;a=lists&amp;catid=6">行业新闻</a></div><div class="log">2025年01月06日</div></div>
<div class="main"><div class="col-left"><div class="crumbs"><a href="/">首页</a><span> &gt; </span>正文</div>
<div id="Article"><h1>{s.title}<br /><span>{s.at:%Y-%m-%d %H:%M:%S}&nbsp;&nbsp;&nbsp;来源：{s.source}&nbsp;&nbsp;&nbsp;评论：<a href="#comment">0</a> 点击：<span id="hits">{s.number % 311}</span></span></h1>
<div class="content">{body}</div><p style="margin-bottom:10px"><strong>热词搜索：</strong></p>
<p class="f14"><strong>上一篇：</strong><a href="#">第一页</a><br /><strong>下一篇：</strong><a href="#">最后一页</a></p></div>
<div class="related"><h5 class="blue">延伸阅读：</h5><ul class="list blue lh24 f14">{related}</ul></div></div>
<div class="col-auto"><div class="box"><h5 class="title-2">频道总排行</h5><ul class="content digg">{around.links('<li><a href="{href}" title="{title}">{title}</a></li>')}</ul></div></div></div>
<div class="footer">Powered by PHPCMS &copy; 2025</div></body></html>"""


def _ghost(s: Story, body: str, related: str, around: Around) -> str:
    """Ghost: cards of other stories, each with a day of its own, under the text."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(s.title)}</title><meta property="og:title" content="{escape(s.title)}"></head><body class="post-template">
<header class="gh-head"><a class="gh-head-logo" href="/">Fibre Notes</a><nav><a href="/about.html">About</a></nav></header>
<main><article class="gh-article post"><header class="gh-article-header"><h1 class="gh-article-title">{escape(s.title)}</h1>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author/staff/">Fibre Notes</a></h4><time class="gh-article-meta-date" datetime="{s.at:%Y-%m-%d}">{s.at:%b %d, %Y}</time><span class="gh-article-meta-length">3 min read</span></div></header>
<section class="gh-content gh-canvas">{body}<p><em>Source: {escape(s.source)}</em></p></section></article></main>
<section class="gh-container"><h2 class="gh-container-title">You might also like</h2><div class="gh-feed">{related}</div></section>
<section class="gh-latest"><h2>Latest</h2><ul>{around.links()}</ul></section><footer class="gh-foot">Fibre Notes &copy; 2025</footer></body></html>"""


def _squares(s: Story, body: str, related: str, around: Around) -> str:
    """A site builder: the text in blocks of a grid, ids that differ from page to page."""
    half = body.replace(
        "</p>\n<p>",
        f'</p></div></div><div class="sqs-block html-block" id="block-{s.number}b"><div class="sqs-block-content"><p>',
        1,
    )
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(s.title)} &mdash; Mill Owners</title><meta property="og:title" content="{escape(s.title)} &mdash; Mill Owners"></head><body id="item-{s.number}f" class="view-item">
<header id="header"><nav><a href="/">Mill Owners</a><a href="/news">News</a><a href="/about.html">About</a></nav></header><main id="page"><article class="hentry author-staff post-type-text" id="article-{s.number}" data-item-id="{s.number}">
<div class="entry-title-wrapper"><div class="blog-meta"><time class="dt-published" datetime="{s.at:%Y-%m-%d}">{s.at:%-d %b %Y}</time></div><h1 class="entry-title">{escape(s.title)}</h1></div>
<div class="entry-content"><div class="sqs-layout" id="item-{s.number}"><div class="sqs-block html-block" id="block-{s.number}a"><div class="sqs-block-content">{half}</div></div><div class="sqs-block html-block" id="block-{s.number}c"><div class="sqs-block-content"><p>Source: {escape(s.source)}</p></div></div></div></div></article>
<section class="related-items"><h3>Related articles</h3><div class="summary-list">{related}</div></section></main><footer><p>Next event: 14 May 2025</p></footer></body></html>"""


def _definitions(s: Story, body: str, related: str, around: Around) -> str:
    """A federation of its own making: facts as a list of terms, days before months, deadlines in the margin."""
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>News | Guild of Dyers</title></head><body><div class="top"><a href="/">Guild of Dyers</a> <a href="/news/?p=1">News</a></div>
<div class="columns"><div class="a"><h2>{escape(s.title)}</h2><dl><dt>Date</dt><dd>{s.at:%d/%m/%Y}</dd><dt>Source</dt><dd>{escape(s.source)}</dd><dt>Reference</dt><dd>GD/{s.number}/24</dd></dl>
<div>{body}</div><h3>Related news</h3><ul>{related}</ul></div><div class="b"><h3>Deadlines</h3><p>Apply by 31/01/2025 for the spring course.</p><p>Survey closes on 15/02/2025.</p></div></div><div class="end">Page reviewed 02/12/2024</div></body></html>"""


BARE: dict[str, Layout] = {
    "one cell": Layout("zh", "Asia/Shanghai", lambda s: f"/show.asp?id={s.number}", _one_cell, lambda n: f"/list.asp?page={n}", charset="gb18030", precision="day",
        body=_br, item=lambda href, s: f'·<A href="{href}">{s.title}</A><BR>', shows=lambda href, s: f'·<A href="{href}">{s.title}</A><BR>', list_page="<TABLE><TR><TD>{items}</TD></TR></TABLE><P>{pager}</P>"),
    "front page": Layout("en", "Europe/London", lambda s: f"/news/{s.number}.htm", _front_page, lambda n: "/news.htm" if n == 1 else f"/news{n}.htm", precision="day",
        item=lambda href, s: f'<p><a href="{href}">{escape(s.title)}</a></p>', shows=lambda href, s: f'<p><a href="{href}">{escape(s.title)}</a></p>', list_page="{items}<p>{pager}</p>"),
    "phpcms": Layout("zh", "Asia/Shanghai", lambda s: f"/index.php?m=content&c=index&a=show&catid=6&id={s.number}", _phpcms, lambda n: f"/index.php?m=content&c=index&a=lists&catid=6&page={n}", precision="minute"),
    "ghost": Layout("en", "Europe/London", lambda s: f"/{s.slug}/", _ghost, lambda n: "/" if n == 1 else f"/page/{n}/", precision="day", feed="/rss/",
        item=lambda href, s: f'<article class="gh-card post"><a class="gh-card-link" href="{href}"><h3 class="gh-card-title">{escape(s.title)}</h3><footer class="gh-card-meta"><time class="gh-card-date" datetime="{s.at:%Y-%m-%d}">{s.at:%b %d, %Y}</time></footer></a></article>',
        shows=lambda href, s: f'<article class="gh-card"><a href="{href}"><h3>{escape(s.title)}</h3></a></article>', list_page='<div class="gh-feed">{items}</div><nav>{pager}</nav>'),
    "squares": Layout("en", "Europe/London", lambda s: f"/news/{s.slug}", _squares, lambda n: "/news" if n == 1 else f"/news?page={n}", precision="day",
        item=lambda href, s: f'<div class="summary-item"><a class="summary-title-link" href="{href}">{escape(s.title)}</a></div>',
        shows=lambda href, s: f'<article class="blog-item"><h2><a href="{href}">{escape(s.title)}</a></h2><time>{s.at:%-d %b %Y}</time></article>', list_page='<div class="blog-list">{items}</div><nav>{pager}</nav>'),
    "definitions": Layout("en", "Europe/London", lambda s: f"/news/{s.number}", _definitions, lambda n: f"/news/?p={n}", precision="day",
        shows=lambda href, s: f'<li><a href="{href}">{escape(s.title)}</a></li>'),
}  # fmt: skip
"""Layouts that were written after the learning, to try it."""
