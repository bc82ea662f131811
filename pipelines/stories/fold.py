"""A text as it is compared: one width, one case, one script, and no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

TRADITIONAL, SIMPLIFIED, *_ = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").split("\n")
TO_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
_NO_LETTERS = re.compile(r"[\W_]+")

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
UNSPACED = IDEOGRAPHS + "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts that set no space between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""

_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)*|[{UNSPACED}]|[^\W\d_{UNSPACED}]+")
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


def fold(text: str) -> str:
    """The text in one width (NFKC) and one Chinese script (simplified); its case and punctuation stay."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(TO_SIMPLIFIED)


@lru_cache(maxsize=8)  # one article's text is asked for several times while it is kept
def letters(folded: str) -> str:
    """The letters and digits of a folded text, in one case."""
    return _NO_LETTERS.sub("", folded.casefold())


def tokens(folded: str) -> list[str]:
    """The words of a folded text in their case; numbers without thousands' commas; single signs of unspaced scripts."""
    return [t.replace(",", "") if "," in t else t for t in _TOKEN.findall(folded)]


def is_ideographic(letters_: str) -> bool:
    """Whether a text is mostly in signs that stand for words."""
    start = letters_[:400]
    return len(_IDEOGRAPH.findall(start)) * 2 > len(start)
