"""Made-up sites in four layouts: what they publish, and the pages that say it. Everything follows from a seed."""

# ruff: noqa: E501  # pages are written as their sites write them

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

EN = [
    "cotton",
    "yarn",
    "mill",
    "spinning",
    "weaving",
    "fabric",
    "export",
    "tariff",
    "price",
    "federation",
    "member",
    "fair",
    "polyester",
    "recycled",
    "fibre",
    "market",
    "demand",
    "quarter",
    "growth",
    "output",
    "machinery",
    "textile",
    "garment",
    "order",
    "supplier",
    "chain",
    "investment",
    "plant",
    "region",
    "buyers",
]
ZH = [
    "棉纱",
    "面料",
    "纺织",
    "服装",
    "出口",
    "价格",
    "协会",
    "企业",
    "产能",
    "订单",
    "市场",
    "化纤",
    "印染",
    "家纺",
    "绿色",
    "转型",
    "展会",
    "技术",
    "产业",
    "集群",
    "创新",
    "品牌",
    "设备",
    "增长",
]
NAMES_EN = ["Textile Federation", "Yarn Bulletin", "Fabric Daily", "Cotton Council News", "Weavers' Gazette"]
NAMES_ZH = ["中国纺织报", "中国纺织工业联合会", "纺织服装周刊", "中国棉纺织行业协会", "新华社"]
PEOPLE_EN = ["Anna Weber", "John Miller", "Li Ming", "Sara Rossi"]
PEOPLE_ZH = ["王小明", "李华", "张丽", "赵强"]


@dataclass
class Story:
    """What an article page says."""

    number: int
    at: datetime
    title: str
    paragraphs: list[str]
    source: str
    author: str
    related: list[tuple[int, str]]
    latest: list[tuple[int, str]]


@dataclass
class MadeSite:
    """A site in one layout; its pages come out the same for the same seed."""

    layout: str
    seed: int
    chinese: bool = False
    stories: list[Story] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(f"{self.layout}{self.seed}")

    def publish(self, at: datetime) -> Story:
        number = len(self.stories) + 1
        dice = self.dice
        former = [(story.number, story.title) for story in self.stories]
        story = Story(
            number,
            at,
            self._title(),
            [self._paragraph() for _ in range(dice.randint(3, 9))],
            dice.choice(NAMES_ZH if self.chinese else NAMES_EN),
            dice.choice(PEOPLE_ZH if self.chinese else PEOPLE_EN),
            dice.sample(former, min(len(former), 4)),
            former[-6:],
        )
        self.stories.append(story)
        return story

    def url(self, story: Story) -> str:
        return f"http://www.{self.layout}{self.seed}.example/news/{story.at:%Y%m}/{story.number}.html"

    def page(self, story: Story) -> str:
        return LAYOUTS[self.layout](self, story)

    def _title(self) -> str:
        if self.chinese:
            return "".join(self.dice.choices(ZH, k=self.dice.randint(4, 8))) + str(self.dice.randint(10, 999))
        return (
            " ".join(self.dice.choices(EN, k=self.dice.randint(5, 9))).capitalize() + f" {self.dice.randint(10, 999)}"
        )

    def _paragraph(self) -> str:
        if self.chinese:
            return "，".join("".join(self.dice.choices(ZH, k=5)) for _ in range(self.dice.randint(3, 8))) + "。"
        return " ".join(self.dice.choices(EN, k=self.dice.randint(25, 70))).capitalize() + "."


def links(entries: list[tuple[int, str]]) -> str:
    return "".join(f'<li><a href="/news/x/{number}.html">{title}</a></li>' for number, title in entries)


def paragraphs(story: Story) -> str:
    return "".join(f"<p>{text}</p>" for text in story.paragraphs)


def trs(site: MadeSite, story: Story) -> str:
    return f"""<html><head><title>{story.title}-纺织协会</title></head><body><div class="nav"><a href="/">首页</a><a href="/news/">新闻</a>
<a href="/about/">关于</a></div><div class="main"><div class="left"><h1 class="tit">{story.title}</h1>
<div class="info"><span class="date">{story.at:%Y-%m-%d %H:%M}</span> <span class="ly">来源：{story.source}</span>
<span class="bj">作者：{story.author}</span></div><div class="TRS_Editor">{paragraphs(story)}</div>
<div class="xgyd"><h3>相关阅读</h3><ul>{links(story.related)}</ul></div></div>
<div class="right"><h3>最新资讯</h3><ul class="new">{links(story.latest)}</ul></div></div>
<div class="foot">版权所有 纺织协会 京ICP备00000000号</div></body></html>"""


def wordpress(site: MadeSite, story: Story) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story.title} - Fabric World</title>
<meta property="og:title" content="{story.title}"></head><body class="single"><header class="site-header"><nav class="menu">
<ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li><li><a href="/fairs/">Fairs</a></li></ul></nav></header>
<main class="content"><article class="post"><header class="entry-header"><h1 class="entry-title">{story.title}</h1>
<p class="entry-meta"><time class="published" datetime="{story.at:%Y-%m-%dT%H:%M:00+00:00}">{story.at:%B %d, %Y}</time>
by <span class="author">{story.author}</span></p></header><div class="entry-content">{paragraphs(story)}
<p class="credit">Source: {story.source}</p></div><section class="related-posts"><h2>Related articles</h2><ul>{links(story.related)}</ul>
</section></article></main><aside class="sidebar"><h2>Latest news</h2><ul class="recent">{links(story.latest)}</ul></aside>
<footer class="site-footer"><p>Copyright Fabric World. All rights reserved.</p></footer></body></html>"""


def table(site: MadeSite, story: Story) -> str:
    return f"""<html><head><title>{story.title}</title></head><body><table class="top"><tr><td><a href="/">首页</a> <a href="/a/">协会动态</a>
</td></tr></table><table class="mid"><tr><td class="title" align="center"><b>{story.title}</b></td></tr><tr><td class="bar" align="center">
[{story.at:%Y/%m/%d %H:%M:%S}] 来源:{story.source} 编辑:{story.author}</td></tr><tr><td class="content">{paragraphs(story)}</td></tr>
<tr><td class="about"><b>相关文章：</b><ul>{links(story.related)}</ul></td></tr></table>
<table class="bottom"><tr><td>热点新闻<ul class="hot">{links(story.latest)}</ul></td></tr><tr><td>地址：北京市 电话：010-00000000</td></tr>
</table></body></html>"""


def portal(site: MadeSite, story: Story) -> str:
    return f"""<html><head><title>{story.title} | Yarn Portal</title><meta name="description" content="{story.paragraphs[0][:120]}">
</head><body><div id="header"><a href="/">Home</a> | <a href="/prices/">Prices</a> | <a href="/news/">News</a></div>
<div id="wrap"><div class="crumb"><a href="/">Home</a> &gt; News</div><h2 class="headline">{story.title}</h2>
<div class="byline">By {story.author} | {story.at:%d %b %Y %H:%M}</div><div class="story">{paragraphs(story)}
<p class="src">(Source: {story.source})</p></div><div class="more"><h4>Related News</h4><ul>{links(story.related)}</ul></div>
<div class="side"><h4>Most read</h4><ul class="popular">{links(story.latest)}</ul></div></div>
<div id="footer">About us | Contact | Terms of use</div></body></html>"""


LAYOUTS: dict[str, Callable[[MadeSite, Story], str]] = {
    "trs": trs, "wordpress": wordpress, "table": table, "portal": portal,
}  # fmt: skip
CHINESE = {"trs", "table"}


MARKS = {
    "trs": {"title": "tit", "source": "ly", "published": "date", "related": "xgyd", "text": "TRS_Editor"},
    "wordpress": {"title": "entry-title", "source": "credit", "published": "published", "related": "related-posts", "text": "entry-content"},
    "table": {"title": "title", "source": "bar", "published": "bar", "related": "about", "text": "content"},
    "portal": {"title": "headline", "source": "src", "published": "byline", "related": "more", "text": "story"},
}  # fmt: skip


"""By layout, the class of the element that holds a field."""
