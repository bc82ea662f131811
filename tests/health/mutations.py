# ruff: noqa: E501  # pages are written as their sites write them
"""What becomes of a page's markup when its site is changed: mutations that know no layout, for pages of any site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from crawler.onboarding.sample import text_of
from crawler.onboarding.targets import above
from items.health import Verdict
from spiders.parsing.related.related_place import anchors_together, box_of
from tests.health.page_sites import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from items.article import Article
    from spiders.parsing.opened import Opened

_INLINE = frozenset({"span", "b", "strong", "em", "a", "time", "font", "p", "h1", "h2", "h3", "h4", "td", "i", "small"})


@dataclass(frozen=True)
class Mutation:
    """A change to a site's pages.

    Attributes:
        change: the new bytes of a page, of which the markup may be changed at will; None where it does not apply.
        fields: of which one must be named; empty where the verdict is enough.
        stays: the field whose words are still on the page, so that rules may read it again.
        verdict: what health must say.
    """

    change: Callable[[Opened, Article], bytes | None]
    fields: frozenset[str] = frozenset()
    stays: str | None = None
    verdict: Verdict = Verdict.BROKEN


def place_of(opened: Opened, article: Article, name: str) -> HtmlElement | None:
    """The element that a field was read from."""
    blocks = opened.blocks
    if name == "text":
        lines = {*(article.text or "").splitlines()}
        return next(above([block.element for block in blocks if block.text in lines], levels=1), None)
    if name == "related":
        several = len(article.related) > 1  # a single link may stand elsewhere too, and nothing tells which is meant
        box = box_of(anchors_together(opened.page, article.related)) if several else None
        title = place_of(opened, article, "title")
        return None if box is None or title is None or box in title.iterancestors() else box
    words = {
        "title": article.title,
        "source": (article.source.raw or article.source.name) if article.source else None,
        "published": article.published.raw if article.published else None,
    }[name]
    if not words:
        return None
    words = " ".join(words.split())
    holding = [block for block in blocks if words in block.text]
    title = next((block.index for block in blocks if block.text == article.title), 0)
    nearest = min(holding, key=lambda block: abs(block.index - title), default=None)
    block = nearest if name != "title" else next((block for block in holding if block.text == words), nearest)
    if block is None or block.element.tag in ("html", "body"):
        return None
    holds = [e for e in block.element.iterdescendants() if isinstance(e.tag, str) and words in text_of(e)]
    return holds[-1] if holds else block.element


def renamed(name: str) -> Callable[[Opened, Article], bytes | None]:
    """The class and id of the element, or of what is nearest around it, are others."""

    def change(opened: Opened, article: Article) -> bytes | None:
        element = place_of(opened, article, name)
        for _ in range(3):
            if element is None or element.tag in ("body", "html"):
                return None
            if element.get("class") or element.get("id"):
                for key in ("class", "id"):
                    if element.get(key):
                        element.set(key, f"x{key}-{name}")
                return written(opened.page.root)
            element = element.getparent()
        return None

    return change


def unnamed(name: str) -> Callable[[Opened, Article], bytes | None]:
    """The element and the two around it lose their classes and ids."""

    def change(opened: Opened, article: Article) -> bytes | None:
        element, lost = place_of(opened, article, name), False
        for _ in range(3):
            if element is None or element.tag in ("body", "html"):
                break
            for key in ("class", "id"):
                lost = element.attrib.pop(key, None) is not None or lost
            element = element.getparent()
        return written(opened.page.root) if lost else None

    return change


def wrapped(name: str) -> Callable[[Opened, Article], bytes | None]:
    """Two boxes more around the element, or within it where only that is HTML."""

    def change(opened: Opened, article: Article) -> bytes | None:
        element = place_of(opened, article, name)
        if element is None or element.getparent() is None:
            return None
        tags = ("span", "em") if element.tag in _INLINE else ("section", "div")
        inner, box = (element.makeelement(tag, {"class": f"box-{n}"}) for n, tag in enumerate(tags))
        box.append(inner)
        if element.tag in _INLINE or element.tag in ("li", "tr", "tbody", "ul", "dd", "dt"):
            if element.tag in ("tr", "tbody", "ul"):
                return None
            inner.text, element.text = element.text, None
            inner.extend([*element])
            element.append(box)
        else:
            parent, tail = element.getparent(), element.tail
            element.tail = None
            parent.replace(element, box)
            inner.append(element)
            box.tail = tail
        return written(opened.page.root)

    return change


def retagged(name: str) -> Callable[[Opened, Article], bytes | None]:
    """The element is another one, with another class."""

    def change(opened: Opened, article: Article) -> bytes | None:
        element = place_of(opened, article, name)
        if element is None or element.tag in (
            "td",
            "tr",
            "tbody",
            "table",
            "body",
            "li",
            "article" if name != "text" else "",
        ):
            return None
        element.tag = {"h1": "div", "h2": "div", "span": "b", "p": "div", "ul": "div"}.get(str(element.tag), "section")
        element.set("class", f"new-{name}")
        element.attrib.pop("id", None)
        return written(opened.page.root)

    return change


def dropped(name: str) -> Callable[[Opened, Article], bytes | None]:
    """The element is gone; of a line that says more than one thing, only its words."""

    def change(opened: Opened, article: Article) -> bytes | None:
        element = place_of(opened, article, name)
        if element is None:
            return None
        words = {
            "source": article.source and (article.source.raw or article.source.name),
            "published": article.published and article.published.raw,
        }.get(name)
        if words:
            at = article.published.at if name == "published" and article.published else None
            _without(opened.page.root, words, at)
            if " ".join(words.split()) in text_of(opened.page.root):
                return None  # it runs over several elements
        elif element.tag == "body":
            return None
        else:
            _remove(element)
            if name == "title":
                _without(opened.page.root, article.title, None)
        return written(opened.page.root)

    return change


def _without(root: HtmlElement, words: str, at: str | None) -> None:
    """Takes words, and a day wherever a machine reads it, off the page."""
    for element in [*root.iter()]:
        for key in ("content", "datetime", "pubdate"):
            if (value := element.get(key)) and (words in value or (at and at[:10] in value)):
                del element.attrib[key]
        if "json" in (element.get("type") or ""):
            element.text = None
        if not isinstance(element.tag, str):
            continue
        if words == text_of(element):
            _empty(element)
        element.text = _less(element.text, words)
        for child in element:
            child.tail = _less(child.tail, words)


def _less(text: str | None, words: str) -> str | None:
    folded = " ".join((text or "").split())
    return folded.replace(words, "") if words in folded else text


def _empty(element: HtmlElement) -> None:
    for inner in element.iter():
        inner.text = None
        if inner is not element:
            inner.tail = None


def _remove(element: HtmlElement) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def other_date(form: str) -> Callable[[Opened, Article], bytes | None]:
    """The visible day is printed in another form, and machines are not told any more."""

    def change(opened: Opened, article: Article) -> bytes | None:
        if not article.published or not article.published.raw or len(article.published.at) < 10:
            return None
        day, raw = date.fromisoformat(article.published.at[:10]), article.published.raw
        months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        now = form.format(y=day.year, m=day.month, d=day.day, month=months[day.month - 1])
        if now == raw or place_of(opened, article, "published") is None:
            return None
        done = False
        for element in [*opened.page.root.iter()]:
            if element.tag in ("script", "style"):
                continue
            if isinstance(element.tag, str) and element.text and raw in element.text:
                element.text, done = element.text.replace(raw, now), True
            if element.tail and raw in element.tail:
                element.tail, done = element.tail.replace(raw, now), True
        for element in opened.page.stating:
            if (value := element.get("content")) and article.published.at[:10] in value:
                element.set("content", "")
        return written(opened.page.root) if done else None

    return change


def moved_source(opened: Opened, article: Article) -> bytes | None:
    """The source line stands below the text, in a paragraph of its own."""
    element, text = place_of(opened, article, "source"), place_of(opened, article, "text")
    if element is None or text is None or not article.source or text.tag == "body":
        return None
    raw = article.source.raw or article.source.name
    lines = {*(article.text or "").splitlines()}
    last = [block.element for block in opened.blocks if block.text in lines][-1]
    if element is last or element in [*last.iter()]:
        return None
    _without(opened.page.root, raw, None)
    line = element.makeelement("p", {"class": "credit-line"})
    line.text = f"（{raw}）" if re.search("[\u4e00-\u9fff]", raw) else f"({raw})"
    text.append(line)
    return written(opened.page.root)


def relabelled(opened: Opened, article: Article) -> bytes | None:
    """The source is printed with another label."""
    if not article.source or not article.source.raw or place_of(opened, article, "source") is None:
        return None
    raw, name = article.source.raw, article.source.name
    now = f"稿件来源：{name}" if re.search("[\u4e00-\u9fff]", raw) else f"Credit: {name}"
    done = False
    for element in opened.page.root.iter():
        if isinstance(element.tag, str) and element.text and raw in element.text:
            element.text, done = element.text.replace(raw, now), True
        if element.tail and raw in element.tail:
            element.tail, done = element.tail.replace(raw, now), True
    return written(opened.page.root) if done and raw != now else None


def swapped(opened: Opened, article: Article) -> bytes | None:
    """The related list and another one of the page change places."""
    page = opened.page
    mine = place_of(opened, article, "related")
    if mine is None:
        return None
    text = place_of(opened, article, "text")
    for other in page.root.iter("ul", "ol"):
        links = [a for a in other.iter("a") if len(text_of(a)) > 8]
        if len(links) >= 3 and other is not mine and mine not in [*other.iter(), *other.iterancestors()]:
            if text is not None and text in [*other.iter(), *other.iterancestors()]:
                continue
            one, two = mine.makeelement("i"), mine.makeelement("i")
            for old, new in ((mine, one), (other, two)):
                new.tail, old.tail = old.tail, None
                old.getparent().replace(old, new)
            one.getparent().replace(one, other)
            two.getparent().replace(two, mine)
            return written(page.root)
    return None


def ads_for_related(opened: Opened, article: Article) -> bytes | None:
    """The related list holds the same three offers on every page."""
    mine = place_of(opened, article, "related")
    if mine is None:
        return None
    urls = [link.url for link in article.related]
    anchors = [a for a in mine.iter("a") if opened.page.absolute(a.get("href")) in urls]
    for number, anchor in enumerate(anchors):
        for inner in [*anchor]:
            anchor.remove(inner)
        anchor.set("href", f"/offers/summer-{number}.html")
        anchor.text = f"Summer offer number {number} for our members and their friends"
    return written(opened.page.root)


def redesigned(opened: Opened, article: Article) -> bytes | None:
    """Every class and id of the page is another one, as after a new build of the front end."""
    for element in opened.page.root.iter():
        if isinstance(element.tag, str):
            if name := element.get("class"):
                element.set("class", " ".join(f"k{sum(map(ord, word)) % 9973:x}" for word in name.split()))
            if name := element.get("id"):
                element.set("id", f"i{sum(map(ord, name)) % 9973:x}")
    return written(opened.page.root)


def site_name_first(opened: Opened, article: Article) -> bytes | None:
    """The only first heading says the site's name; the article's is a paragraph, and the head says the site's name."""
    element = place_of(opened, article, "title")
    if element is None:
        return None
    body = opened.page.root.find("body")
    for heading in opened.page.root.iter("h1"):
        heading.tag = "p"
    element.tag = "p" if element.tag != "td" else "td"
    element.set("class", "hd")
    name = element.makeelement("h1")
    name.text = "The Federation of All Mills"
    if body is None:
        return None
    body.insert(0, name)
    for stated in opened.page.stating:
        if stated.tag == "title":
            stated.text = "The Federation of All Mills"
        if "title" in (stated.get("property") or stated.get("name") or "").lower():
            stated.set("content", "The Federation of All Mills")
        if "json" in (stated.get("type") or ""):
            stated.text = None
    return written(opened.page.root)


def behind_a_wall(opened: Opened, article: Article) -> bytes | None:
    """Of the text only the first lines are shown, then an invitation to subscribe."""
    lines = [*(article.text or "").splitlines()]
    shown = [block for block in opened.blocks if block.text in lines]
    if len(shown) < 3 or sum(len(block.text) for block in shown[1:]) < 1.5 * len(shown[0].text) + 200:
        return None
    for block in shown[1:]:
        if block.element.tag in ("body", "td", "div") and len([b for b in shown if b.element is block.element]) > 1:
            return None
        if block.element.getparent() is not None and block.element is not shown[0].element:
            _remove(block.element)
    return written(opened.page.root)


def cut(opened: Opened, article: Article) -> bytes | None:
    """Answers end in the middle of the text."""
    lines = [line for line in (article.text or "").splitlines() if len(line) > 20]
    if len(lines) < 2:
        return None
    page = written(opened.page.root)
    at = page.find(escape(lines[1][:12], quote=False).encode())
    return page[: at + 10] if at > 0 else None


def in_gbk(opened: Opened, article: Article) -> bytes | None:
    """The pages come in another encoding."""
    if not (article.language or "").startswith("zh"):
        return None
    text = written(opened.page.root).decode()
    return re.sub("(?i)charset=[\"']?[\\w-]+", "charset=gbk", text).encode("gb18030")


def constant(page: str) -> Callable[[Opened, Article], bytes | None]:
    return lambda _, __: page.encode()


HOME = """<html><head><title>The Federation</title></head><body><h1>The Federation</h1><ul><li><a href="/a/1.html">A great fair opens in town</a>
</li><li><a href="/a/2.html">Members meet for the spring</a></li></ul><p>Welcome to the site of the trade, with news of the textile world each day.</p></body></html>"""
CHALLENGE = """<!DOCTYPE html><html><head><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js"></script></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>"""
OWN_CHALLENGE = """<!DOCTYPE html><html><head><title>Security check</title></head><body><form><p>Please enter the characters you see to go on.</p>
<img src="/captcha.png"><input name="code"></form></body></html>"""
SOFT_404 = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
LOADING = '<!doctype html><html><head><title>The Federation</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'

FIELDS = ("title", "text", "source", "published", "related")
MUTATIONS: dict[str, Mutation] = {
    **{f"{name} renamed": Mutation(renamed(name), frozenset({name}), name) for name in FIELDS},
    **{f"{name} unnamed": Mutation(unnamed(name), frozenset({name}), name) for name in FIELDS},
    **{f"{name} wrapped": Mutation(wrapped(name), frozenset({name}), name) for name in FIELDS},
    **{f"{name} retagged": Mutation(retagged(name), frozenset({name}), name) for name in FIELDS},
    **{f"{name} dropped": Mutation(dropped(name), frozenset({name})) for name in FIELDS},
    "date in Chinese": Mutation(other_date("{y}年{m}月{d}日"), frozenset({"published"}), "published"),
    "date in English": Mutation(other_date("{month} {d}, {y}"), frozenset({"published"}), "published"),
    "date with dots": Mutation(other_date("{d:02}.{m:02}.{y}"), frozenset({"published"}), "published"),
    "source moved": Mutation(moved_source, frozenset({"source"}), "source"),
    "source relabelled": Mutation(relabelled, frozenset({"source"}), "source"),
    "lists swapped": Mutation(swapped, frozenset({"related"}), "related"),
    "related are offers": Mutation(ads_for_related, frozenset({"related"})),
    "all names new": Mutation(redesigned, frozenset(FIELDS), "all"),
    "site's name as title": Mutation(site_name_first, frozenset({"title"}), "title"),
    "behind a wall": Mutation(behind_a_wall, frozenset({"text"})),
    "cut": Mutation(cut, frozenset({"text", "related"})),
    "in gbk": Mutation(in_gbk, frozenset({"charset"})),
    "home page": Mutation(constant(HOME), frozenset({"title", "text", "answers"})),
    "challenge": Mutation(constant(CHALLENGE), verdict=Verdict.BLOCKED),
    "own challenge": Mutation(constant(OWN_CHALLENGE), verdict=Verdict.BLOCKED),
    "error page": Mutation(constant(SOFT_404)),
    "script only": Mutation(constant(LOADING)),
}  # fmt: skip
