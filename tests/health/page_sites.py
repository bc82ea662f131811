# ruff: noqa: E501  # pages are written as their sites write them
"""Sites made of pages that are there: each page is told again and again in other words, as its site would publish on."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from crawler.samples_server import samples_folder
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.times.month_words import month_number
from tests.health.made_sites import EN, NAMES_EN, NAMES_ZH, ZH
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from items.article import Article
    from spiders.parsing.opened import Opened

NOW = datetime(2026, 3, 1, tzinfo=UTC)
"""When every page is fetched: later than what any of them prints."""

_REAL_SITES = 12
"""Sites of real pages that a seed draws."""

_LARGEST = 20_000
"""Bytes of a real page, compressed: larger ones take long, and teach nothing more."""

_LEAST_TEXT = 200
_PIECE, _HAN_PIECE = 8, 4
"""Characters from which a piece of text is told in other words; and Chinese ones, of which fewer say as much."""

_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Told:
    """A page of a site.

    Attributes:
        url: its address.
        body: its bytes, UTF-8.
        title: what it is called.
        day: `YYYY-MM-DD`, what it prints as the day of its publication; None where it prints none.
    """

    url: str
    body: bytes
    title: str
    day: str | None

    def opened(self) -> Opened:
        return open_with_blocks(self.body, url=self.url, content_type="text/html; charset=utf-8")


@dataclass(frozen=True)
class Original:
    """A page as it was written, and what is read on it."""

    body: bytes
    url: str
    content_type: str | None
    article: Article


class PageSite:
    """A site whose articles have the pages of some originals; all follows from the seed."""

    def __init__(self, name: str, originals: list[Original], seed: int) -> None:
        self.name, self.originals = name, originals
        self.dice = random.Random(f"{name} {seed}")
        self.count = 0

    def publish(self) -> Told:
        """Its next article."""
        self.count += 1
        return told_again(self.dice.choice(self.originals), self.count, self.name, self.dice)


def sites_of_pages(seed: int, only: Collection[str] = ()) -> Iterator[PageSite]:
    """The sample sites and, with the shared data, a site of each group of real pages that newsloom reads whole.

    Args:
        seed: of everything that they publish.
        only: the names of those that are wanted; all by default.
    """
    sites = [*_samples(only), *_real(seed, only)]
    random.Random(seed).shuffle(sites)
    for name, originals in sites:
        if found := originals():
            yield PageSite(name, found, seed)


def _samples(only: Collection[str]) -> Iterator[tuple[str, Callable[[], list[Original]]]]:
    for folder in sorted(samples_folder().iterdir()):
        if folder.is_dir() and (not only or folder.name in only):
            yield folder.name, partial(_of_sample, folder)


def _of_sample(folder: Path) -> list[Original]:
    lines = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    found = []
    for url in sorted({line["url"] for line in lines if 1 in line["visits"]}):
        path = folder / "pages" / url.split("/", 3)[3]
        page = path / "index.html" if path.is_dir() else path
        if page.is_file():
            found.append(_original(page.read_bytes(), url, "text/html; charset=utf-8"))
    return [one for one in found if one]


def _real(seed: int, only: Collection[str]) -> Iterator[tuple[str, Callable[[], list[Original]]]]:
    """Real pages by their site; of those only what has a title, a text and a day."""
    folder = SHARED / "data" / "news-pages"
    if not folder.is_dir():
        return
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kind, name, *rest = row["file"].removesuffix(".html.gz").split("__")
        site = re.sub(r"\W+", "-", name if kind == "gne" else "-".join([kind, name, *rest]))[:30]
        path = folder / row["file"]
        if row["page_type"] == "article" and (not only or site in only) and path.stat().st_size < _LARGEST:
            groups[site].append(row)
    for site in random.Random(seed).sample(sorted(groups), min(_REAL_SITES, len(groups))):
        yield site, partial(_of_rows, folder, site, groups[site])


def _of_rows(folder: Path, site: str, rows: list[dict[str, Any]]) -> list[Original]:
    originals = []
    for row in rows:
        url = row["url"] or f"http://www.{site}.example/news/0.html"
        found = _original(gzip.decompress((folder / row["file"]).read_bytes()), url, None)
        if found and found.article.published and found.article.title == row["title"]:
            originals.append(found)
    return originals


def _original(body: bytes, url: str, content_type: str | None) -> Original | None:
    opened = open_with_blocks(body, url=url, content_type=content_type)
    try:
        article = read_page(opened, fetched=NOW).article
    except NotAnArticleError:
        return None
    return Original(body, url, content_type, article) if len(article.text or "") >= _LEAST_TEXT else None


def told_again(original: Original, number: int, site: str, dice: random.Random) -> Told:
    """The page with another title, day, source, text and other related links; all that stands around them stays."""
    opened = open_with_blocks(original.body, url=original.url, content_type=original.content_type)
    url = f"http://www.{site.replace('_', '-')}.example/news/{number}.html"
    words = _Words(original.article, opened, dice)
    page = opened.page
    others = {link.url: f"/news/{dice.randint(10_000, 99_999)}.html" for link in original.article.related if link.url}
    for element in page.root.iter():
        if element.tag == "a" and (href := page.absolute(element.get("href"))) in others:
            element.set("href", others[href])
        for name in ("content", "datetime", "title", "alt"):
            if value := element.get(name):
                element.set(name, words.said(value))
        is_text = element.tag not in ("script", "style") or "json" in (element.get("type") or "")
        if isinstance(element.tag, str) and is_text and element.text:
            element.text = words.said(element.text)
        if element.tail:
            element.tail = words.said(element.tail)
    for element in page.stating:
        if element.get("rel") == "canonical":
            element.set("href", url)
        if element.get("property") == "og:url":
            element.set("content", url)
    return Told(url, written(page.root), words.title, words.days.day)


class _Words:
    """What an article says, and what it says instead."""

    def __init__(self, article: Article, opened: Opened, dice: random.Random) -> None:
        self.dice, self.title = dice, in_other_words(article.title, dice)
        self.days = _Days(article.published.at if article.published else None, dice)
        self._source = article.source.name if article.source else None
        self._instead: list[tuple[str, str]] = []
        if self._source:
            names = NAMES_ZH if (article.language or "").startswith("zh") else NAMES_EN
            self._instead.append((self._source, dice.choice(names)))
            self.title = self.title.replace(*self._instead[0])
        self._instead.insert(0, (article.title, self.title))
        self._instead += [(link.title, in_other_words(link.title, dice)) for link in article.related]
        lines = {*(article.text or "").splitlines()}
        pieces = (piece for block in opened.blocks if block.text in lines for piece in block.pieces)
        self._pieces = {
            piece for piece in pieces if len(piece.strip()) >= _PIECE or len(_HAN.findall(piece)) >= _HAN_PIECE
        }

    def said(self, text: str) -> str:
        if text in self._pieces:
            parts = text.split(self._source) if self._source else [text]
            text = (self._source or "").join(in_other_words(part, self.dice) for part in parts)
        for old, new in self._instead:
            text = text.replace(old, new)
        return self.days.moved(text)


def written(root: etree._Element) -> bytes:
    """A page's bytes."""
    return b"<!DOCTYPE html>\n" + etree.tostring(root, method="html", encoding="utf-8")


def in_other_words(text: str, dice: random.Random) -> str:
    """A text of the same form and length; days stay days."""

    def other(word: re.Match[str]) -> str:
        return word[0] if month_number(word[0]) else _cased(dice.choice(EN), word[0])

    text = re.sub(r"[A-Za-z\u00c0-\u024f]{4,}", other, text)
    return re.sub(r"[\u4e00-\u9fff]{2}", lambda _: dice.choice(ZH)[:2], text)


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word


class _Days:
    """Moves a page's day of publication within its month, in whatever form it is printed."""

    def __init__(self, at: str | None, dice: random.Random) -> None:
        self.day = None
        self._forms: list[re.Pattern[str]] = []
        if at is None or len(at) < 10:
            return
        year, month, day = at[:4], int(at[5:7]), int(at[8:10])
        self._new = dice.randint(1, 28)
        self.day = f"{at[:8]}{self._new:02}"
        self._forms = [
            re.compile(rf"(?<!\d)({year}\D{{1,3}}0?{month}\D{{1,3}})(0?{day})(?!\d)"),
            re.compile(rf"(?<!\d)({year}{month:02})({day:02})(?!\d{{1,2}}\b)"),
            re.compile(rf"(?<!\d)()(0?{day})(?=(?:st|nd|rd|th)?\W{{1,3}}[^\W\d]{{3,10}}\W{{1,3}}{year})"),
            re.compile(rf"([^\W\d]{{3,10}}\W{{1,2}})(0?{day})(?=(?:st|nd|rd|th)?\W{{1,3}}{year})"),
            re.compile(rf"(?<!\d)()(0?{day})(?=[./-]0?{month}[./-]{year})"),
        ]

    def moved(self, text: str) -> str:
        for form in self._forms:
            text = form.sub(lambda found: f"{found[1]}{self._new:0{len(found[2])}}", text)
        return text
