"""What else a page says of its article: a summary, tags, documents to download, whether it may be read and indexed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from items.article import Attachment
from items.url import split_url
from spiders.parsing.found import Found
from spiders.parsing.wishes import NO_WISHES, Wishes, wishes_of_page

if TYPE_CHECKING:
    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.page import Page

_TYPES: Final[dict[str, str]] = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "wps": "application/vnd.ms-works",
    "ofd": "application/ofd",
    "epub": "application/epub+zip",
}
_EXTENSION: Final = re.compile(rf"\.({'|'.join(_TYPES)})$", re.IGNORECASE)
_TEXT: Final = 4000
"""Characters of the article that summary and tags are held against."""
_SPLIT_TAGS: Final = re.compile(r"[,，;；、|\n]+")
_SITE_WORDS: Final = re.compile(
    r"官方网站|官网首页|门户网站|欢迎(?:访问|光临)|版权所有|all rights reserved|official (?:web)?site"
    r"|cookies?\b.*\bsite",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"<[^<>]{0,200}>")
_CODE: Final = re.compile(r"[A-Z0-9]+:[A-Z0-9:]+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARTICLE: Final = re.compile(r"article|posting|report", re.IGNORECASE)
_PAYWALL_WORDS: Final = re.compile(
    r"subscribe to (?:continue|read|keep reading|unlock)|to continue reading|for subscribers only"
    r"|subscriber[- ]only|this (?:article|content|story) is (?:reserved )?for (?:our )?(?:subscribers|members)"
    r"|already a subscriber|付费(?:阅读|内容|文章)|(?:订阅|登录|开通会员|购买)后?(?:可|才能)?(?:阅读|查看)(?:全文"
    r"|剩余)|剩余\d{1,3}%|會員限定|会員限定|この記事は会員|有料会員|残り\d{2,6}文字"
    r"|réservé aux abonnés|abonnez-vous pour|nur für abonnenten|weiterlesen mit|jetzt abonnieren und weiterlesen"
    r"|exclusivo para (?:suscriptores|assinantes)|riservato agli abbonati"
    r"|alleen voor abonnees|tylko dla prenumeratorów|только для подписчиков|유료\s?회원",
)
"""In lower case: without `IGNORECASE` the pattern is found ten times faster."""


@dataclass(slots=True)
class Extras:
    """The smaller facts of an article.

    Attributes:
        summary: the page's own summary, where it is one.
        tags: its keywords.
        attachments: documents that it links to.
        paywalled: the page gives only a part of the text to everyone.
        wishes: what the page's meta elements ask of robots.
    """

    summary: Found[str] | None = None
    tags: Found[list[str]] | None = None
    attachments: list[Attachment] = field(default_factory=list)
    paywalled: Found[bool] | None = None
    wishes: Wishes = NO_WISHES


def read_extras(page: Page, blocks: list[Block], *, body: Body, title: str | None = None) -> Extras:
    """Read summary, tags, attachments, and the marks for robots and readers.

    Args:
        page: the opened page.
        blocks: its blocks.
        body: which of them are the article's.
        title: the article's title, which is no summary.
    """
    kept = [blocks[index] for index in body.kept if 0 <= index < len(blocks)]
    text = "\n".join(block.text for block in kept[:60])[:_TEXT]
    return Extras(
        summary=read_summary(page, text=text, title=title),
        tags=read_tags(page, text=text, title=title),
        attachments=read_attachments(blocks, body=body),
        paywalled=_paywalled(page, blocks, body),
        wishes=wishes_of_page(page),
    )


def read_summary(page: Page, *, text: str, title: str | None) -> Found[str] | None:
    """The page's description where it tells of this article: most of its words are in the text or the title."""
    said = [
        ("json-ld", value) for item in page.json_ld if _is_article(item) for value in _strings(item.get("description"))
    ]
    said += [
        (f"meta:{name}", value)
        for name in ("og:description", "description", "twitter:description")
        for value in page.meta.get(name, [])
    ]
    known: set[str] | None = None
    for rule, value in said[:8]:
        summary = " ".join(_MARKUP.sub(" ", unescape(unescape(value[:4000]))).split())
        if not (12 if _CJK.search(summary) else 30) <= len(summary) <= 1500 or _SITE_WORDS.search(summary):
            continue
        if title and _is_title_again(summary, title):
            continue
        known = _terms(f"{title or ''}\n{text}") if known is None else known
        terms = _terms(summary)
        if known and terms and len(terms & known) < 0.45 * len(terms):
            continue
        return Found(summary, rule)
    return None


def _is_title_again(summary: str, title: str) -> bool:
    """The title, or the title with the site's name or the keywords behind it."""
    short, said = _letters(title), _letters(summary)
    return said == short or (len(short) > 5 and said.startswith(short) and len(said) < len(short) + 20)


def read_tags(page: Page, *, text: str, title: str | None) -> Found[list[str]] | None:
    """The article's keywords; those that a site prints on every page are known by not being met in the text."""
    tags = page.meta.get("article:tag", [])
    if tags:
        return _tags([part for tag in tags for part in _SPLIT_TAGS.split(tag)], "meta:article:tag")
    whole = f"{title or ''}\n{text}".casefold()
    for rule, values in (
        ("meta:news_keywords", page.meta.get("news_keywords", [])),
        ("json-ld", [value for item in page.json_ld if _is_article(item) for value in _strings(item.get("keywords"))]),
        ("meta:keywords", page.meta.get("keywords", [])),
    ):
        parts = [part.strip() for value in values[:40] for part in _SPLIT_TAGS.split(value[:1000]) if part.strip()]
        if len(parts) == 1 and " " in parts[0] and _CJK.search(parts[0]):
            parts = parts[0].split()
        met = sum(1 for part in parts if part.casefold() in whole)
        if parts and len(parts) <= 30 and met * 2 >= len(parts):
            return _tags(parts, rule)
    rel = [
        text_of
        for element in page.root.iter("a")
        if (relation := element.get("rel"))
        and "tag" in relation.lower().split()
        and (text_of := " ".join("".join(element.itertext()).split()))
    ]
    return _tags(rel, "rel-tag") if 1 <= len(rel) <= 25 else None


def _tags(values: list[str], rule: str) -> Found[list[str]] | None:
    tags: dict[str, str] = {}
    for value in values:
        tag = value.strip(" #\t\n")
        if 1 < len(tag) <= 50 and not _CODE.fullmatch(tag):
            tags.setdefault(tag.casefold(), tag)
    return Found(list(tags.values())[:30], rule) if tags else None


def read_attachments(blocks: list[Block], *, body: Body) -> list[Attachment]:
    """The documents that the article, or the lines right under it, link to."""
    kept = [index for index in body.kept if 0 <= index < len(blocks)]
    if not kept:
        return []
    found: dict[str, Attachment] = {}
    for block in blocks[kept[0] : kept[-1] + 8]:
        for text, url in block.links:
            match = _EXTENSION.search(url.partition("?")[0][-8:]) if url else None
            if url and match:
                name = unquote(split_url(url).path.rpartition("/")[2])
                found.setdefault(url, Attachment(url=url, title=text.strip() or name, type=_TYPES[match[1].lower()]))
    return list(found.values())[:50]


def _paywalled(page: Page, blocks: list[Block], body: Body) -> Found[bool] | None:
    for item in page.json_ld:
        free = item.get("isAccessibleForFree")
        if _is_article(item) and (
            free is False or (isinstance(free, str) and free.strip().lower() in ("false", "no", "0"))
        ):
            return Found(value=True, rule="json-ld")
    tier = next(iter(page.meta.get("article:content_tier", [])), "").lower()
    if tier in ("locked", "metered", "premium"):
        return Found(value=tier != "metered", rule="meta:article:content_tier")
    last = max((index for index in body.kept if index < len(blocks)), default=None)
    if last is not None:
        for block in blocks[max(0, last - 2) : last + 6]:
            lower = block.text.lower() if len(block.text) < 300 else ""
            if _PAYWALL_WORDS.search(lower):
                return Found(value=True, rule="visible", doubts=["a line under the text speaks of subscribers"])
    return None


def _is_article(item: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(name) for name in _strings(item.get("@type")))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return []


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _terms(text: str) -> set[str]:
    """Words, and for scripts without spaces the pairs of neighbouring letters."""
    folded = text.casefold()
    if not _CJK.search(folded[:400]):
        return set(_WORD.findall(folded))
    letters = _letters(folded)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}
