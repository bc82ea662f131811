"""What makes two texts the same: the keys by which versions and exact copies are told."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from pipelines.stories.fold import fold, letters

if TYPE_CHECKING:
    from items.article import Article

_SHORTEST_COPY = 60
"""Letters below which equal texts may be chance: "No news today." is nobody's reprint."""

_MUCH_SHORTER = 2

_LONGEST_PASSING = 60
_PASSING = re.compile(
    r"(?:阅读|浏览|点击|访问|查看|点赞|评论|转发|收藏|人气|views?|hits?|reads?|comments?|likes?|shares?|aufrufe)"
    r"\W{0,4}[\d,.]+\W{0,3}(?:次|人|万|k)?"
    r"|[\d,.]+\W{0,2}(?:次|人)?(?:阅读|浏览|点击|点赞|评论|views?|hits?|reads?|comments?|likes?|shares?)"
    r"|(?:今天是|today is|last updated?|更新时间|updated(?: on)?)\W{0,4}[\w\s,.:/年月日-]*\d[\w\s,.:/年月日-]*",
    re.IGNORECASE,
)
"""A line that changes by itself: a counter, or the date of today."""


def text_hash(article: Article) -> str:
    """`sha256:…` of the normalised title and text: a new one means a new version.

    Normalised is NFKC with white space folded and without lines that change by themselves, so that neither a change of
    markup or of width is a change, nor a counter that went on.
    """
    lines = [line for line in (article.text or "").splitlines() if not _passes(line)]
    normal = "\n".join(_fold_space(part) for part in (article.title, "\n".join(lines)))
    return "sha256:" + hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()


def body_key(article: Article) -> str | None:
    """Equal for exact copies: a digest of the text's letters and digits alone; None for texts too short to tell.

    Width, case, punctuation, and traditional or simplified script make no difference.
    """
    said = letters(fold(article.text or ""))
    if len(said) < _SHORTEST_COPY:
        return None
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def is_other_page(title: str, text: str | None, article: Article) -> bool:
    """Whether what now stands at an article's address is no later state of it, but a notice that has taken its place.

    So it is when neither words of the title nor a line of the text are left, and what is there instead is much shorter.

    Args:
        title: of the article, as it was.
        text: likewise.
        article: what was read at its address now.
    """
    before, after = text or "", article.text or ""
    if len(after) * _MUCH_SHORTER > len(before) or set(before.splitlines()) & set(after.splitlines()):
        return False
    return not _pairs(title) & _pairs(article.title)


def _pairs(text: str) -> set[str]:
    """Words, and pairs of neighbouring signs of scripts without spaces."""
    words = re.findall(r"\w+", fold(text))
    return {part for word in words for part in ([word] if word.isascii() else map("".join, pairwise(word)))}


def _passes(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST_PASSING and _PASSING.fullmatch(line) is not None


def _fold_space(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
