"""What makes two texts the same: the keys by which versions and exact copies are told."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from items.article import Article

_NO_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_COPY = 60
"""Letters below which equal texts may be chance: "No news today." is nobody's reprint."""


def text_hash(article: Article) -> str:
    """`sha256:…` of the normalised title and text: a new one means a new version.

    Normalised is NFKC with white space folded, so that a change of markup or of width is no change.
    """
    normal = "\n".join(_fold_space(part) for part in (article.title, article.text or ""))
    return "sha256:" + hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()


def body_key(article: Article) -> str | None:
    """Equal for exact copies: a digest of the text's letters and digits alone; None for texts too short to tell."""
    folded = unicodedata.normalize("NFKC", article.text or "").casefold()
    letters = _NO_LETTERS.sub("", folded)
    if len(letters) < _SHORTEST_COPY:
        return None
    return hashlib.blake2b(letters.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _fold_space(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
