"""What an entry of a feed shows a reader in any format, as far as the site's rights policy allows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from items.article import Record
    from pipelines.publish.stories import Story

_EXCERPT = 300
"""Characters of an excerpt or a summary."""

_WORDS = {
    "en": ("Source", "Also published by", "Related reading"),
    "zh": ("来源", "另见于", "相关阅读"),
    "zh-Hant": ("來源", "另見於", "相關閱讀"),
    "de": ("Quelle", "Auch erschienen bei", "Mehr zum Thema"),
    "fr": ("Source", "Également publié par", "À lire aussi"),
    "es": ("Fuente", "También publicado por", "Artículos relacionados"),
    "it": ("Fonte", "Pubblicato anche da", "Leggi anche"),
    "pt": ("Fonte", "Também publicado por", "Leia também"),
    "tr": ("Kaynak", "Ayrıca yayımlayan", "İlgili haberler"),
    "ja": ("出典", "他の掲載", "関連記事"),
    "ko": ("출처", "다른 게재", "관련 기사"),
    "vi": ("Nguồn", "Cũng đăng trên", "Tin liên quan"),
}


def link_of(article: Record) -> str:
    """Where the entry leads: the publisher's own page."""
    return article.canonical_url


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


def content_of(story: Story, site_names: dict[str, str]) -> str:
    """The entry as HTML: the article as far as its rights allow, its source, its copies, its related reading."""
    article = story.original
    said = _WORDS.get(article.language or "en") or _WORDS["en"]
    parts = []
    if article.rights.policy == "full":
        parts.append(article.html or "".join(f"<p>{escape(p)}</p>" for p in (article.text or "").splitlines()))
    elif summary := article_summary(article):
        parts.append(f"<p>{escape(summary)}</p>")
    if article.source is not None:
        parts.append(f"<p>{said[0]}: {_anchor(article.source.url, article.source.name)}</p>")
    if story.copies:
        copies = (f"<li>{_anchor(link_of(c), site_names.get(c.site, c.site), c.title)}</li>" for c in story.copies)
        parts.append(f"<h4>{said[1]}</h4><ul>{''.join(copies)}</ul>")
    if article.related:
        items = (f"<li>{_anchor(r.url, r.title)}</li>" for r in article.related)
        parts.append(f"<h4>{said[2]}</h4><ul>{''.join(items)}</ul>")
    return "\n".join(parts) or f"<p>{_anchor(link_of(article), article.title)}</p>"


def _anchor(url: str | None, text: str, rest: str | None = None) -> str:
    words = escape(text) if url is None else f'<a href="{escape(url)}">{escape(text)}</a>'
    return words if rest is None else f"{words}: {escape(rest)}"
