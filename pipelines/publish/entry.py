"""What an entry of a feed shows a reader in any format, as far as the site's rights policy allows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import nh3

from items.safe import clean_html, web_url
from pipelines.publish.feeds.words import RIGHT_TO_LEFT, language_tag, plain, uri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from items.article import Record
    from pipelines.publish.stories import Story

_EXCERPT = 300
"""Characters of an excerpt or a summary."""

_MOST_HTML = 400_000
"""Characters of HTML that an entry carries at most; of a longer article it shows how it begins."""

_MOST_LINKS = 50

_WORDS = {
    "en": ("Source", "Also published by", "Related reading", "In other languages", "Possible copies"),
    "zh": ("来源", "另见于", "相关阅读", "其他语言", "疑似同文"),
    "zh-Hant": ("來源", "另見於", "相關閱讀", "其他語言", "疑似同文"),
    "de": ("Quelle", "Auch erschienen bei", "Mehr zum Thema", "In anderen Sprachen", "Mögliche Kopien"),
    "fr": ("Source", "Également publié par", "À lire aussi", "Dans d’autres langues", "Copies possibles"),
    "es": ("Fuente", "También publicado por", "Artículos relacionados", "En otros idiomas", "Posibles copias"),
    "it": ("Fonte", "Pubblicato anche da", "Leggi anche", "In altre lingue", "Possibili copie"),
    "pt": ("Fonte", "Também publicado por", "Leia também", "Noutras línguas", "Possíveis cópias"),
    "tr": ("Kaynak", "Ayrıca yayımlayan", "İlgili haberler", "Diğer dillerde", "Olası kopyalar"),
    "ja": ("出典", "他の掲載", "関連記事", "他の言語", "同文の可能性がある記事"),
    "ko": ("출처", "다른 게재", "관련 기사", "다른 언어", "같은 글일 수 있는 기사"),
    "vi": ("Nguồn", "Cũng đăng trên", "Tin liên quan", "Bằng ngôn ngữ khác", "Có thể là bản sao"),
}


def link_of(article: Record) -> str | None:
    """Where the entry leads: the publisher's own page; None when the article was not read on the web."""
    return web_url(article.canonical_url) or web_url(article.url)


def summary_of(text: str | None, policy: str) -> str | None:
    """A short plain text: how a summary or an article begins; None where rights allow only a link."""
    if policy == "link":
        return None
    text = " ".join((text or "").split())
    if len(text) <= _EXCERPT:  # so an excerpt of an excerpt is the same: a release that was imported is released alike
        return text or None
    room = _EXCERPT - len(" …")
    cut = text[:room].rsplit(" ", 1)[0] if " " in text[room // 2 : room] else text[:room]
    return cut.rstrip(" ,;:，、；：") + " …"


def article_summary(article: Record) -> str | None:
    """The page's own summary, or how the article begins; None where rights allow only a link."""
    return summary_of(article.summary or article.text, article.rights.policy)


def content_of(story: Story, site_names: Mapping[str, str]) -> str:
    """The entry as HTML: the article as far as its rights allow, and lists of all that has to do with it."""
    article = story.original
    said = _WORDS.get(article.language or "en") or _WORDS["en"]
    parts = [_body(article)]
    if article.source is not None:
        parts.append(f"<p>{said[0]}: {_anchor(article.source.url, article.source.name)}</p>")
    for heading, others in ((said[1], story.copies), (said[3], story.translations), (said[4], story.possible)):
        shown = (
            f"<li>{_anchor(link_of(o), site_names.get(o.site, o.site), o.title)}</li>" for o in others[:_MOST_LINKS]
        )
        if items := "".join(shown):
            parts.append(f"<h4>{heading}</h4><ul>{items}</ul>")
    if article.related:
        items = "".join(f"<li>{_anchor(r.url, r.title)}</li>" for r in article.related[:_MOST_LINKS])
        parts.append(f"<h4>{said[2]}</h4><ul>{items}</ul>")
    content = _settled("\n".join(filter(None, parts)) or f"<p>{_anchor(link_of(article), article.title)}</p>")
    if (language_tag(article.language) or "")[:2] in RIGHT_TO_LEFT:
        return f'<div dir="rtl">{content}</div>'
    return content


def _settled(html: str) -> str:
    """HTML that reads the same however often it is parsed and written; of what never settles, the text alone."""
    once = clean_html(plain(html))
    if clean_html(once) == once:
        return once
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in nh3.clean(once, tags=set()).splitlines() if line)


def _body(article: Record) -> str:
    """The article itself, or what may be shown of it."""
    html = article.html or "".join(f"<p>{escape(p)}</p>" for p in (article.text or "").splitlines() if p.strip())
    if article.rights.policy != "full" or len(html) > _MOST_HTML:
        summary = article_summary(article)
        return f"<p>{escape(summary)}</p>" if summary else ""
    image = uri(article.images[0].url) if article.images and "<img" not in html else None
    return f'<p><img src="{escape(image)}" alt=""></p>{html}' if image else html


def _anchor(url: str | None, text: str, rest: str | None = None) -> str:
    href = uri(url)
    words = escape(text) if href is None else f'<a href="{escape(href)}">{escape(text)}</a>'
    return words if rest is None else f"{words}: {escape(rest)}"
