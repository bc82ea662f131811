"""The language of an article: by its script, then by its commonest words, with the page's own word as evidence."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from spiders.parsing.found import Found
from spiders.parsing.language_words import SCRIPT_LETTERS, SIMPLIFIED, STOP_WORDS, TRADITIONAL

if TYPE_CHECKING:
    from spiders.parsing.page import Page

_SAMPLE: Final = 1500
_LETTERS: Final = 200
_PUNCTUATION: Final = '.,:;!?()[]"“”„«»।*…-–—'
_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")
_SAME: Final = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "us": "en",
    "gb": "en",
    "uk-ua": "uk",
}
_TRADITIONAL_PLACES: Final = frozenset({"tw", "hk", "mo"})

_SCRIPTS: Final = re.compile(
    "(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)"
    "|(?P<kana>[\u3041-\u30fa]+)|(?P<hangul>[\uac00-\ud7a3]+)|(?P<han>[\u3400-\u9fff]+)|(?P<thai>[\u0e01-\u0e4e]+)"
    "|(?P<arabic>[\u0621-\u06d3]+)"
    "|(?P<cyrillic>[\u0400-\u04ff]+)|(?P<greek>[\u0370-\u03ff\u1f00-\u1fff]+)|(?P<hebrew>[\u05d0-\u05ea]+)"
    "|(?P<devanagari>[\u0900-\u097f]+)"
    "|(?P<bengali>[\u0980-\u09ff]+)|(?P<gurmukhi>[\u0a00-\u0a7f]+)|(?P<gujarati>[\u0a80-\u0aff]+)"
    "|(?P<tamil>[\u0b80-\u0bff]+)|(?P<telugu>[\u0c00-\u0c7f]+)"
    "|(?P<kannada>[\u0c80-\u0cff]+)|(?P<malayalam>[\u0d00-\u0d7f]+)|(?P<sinhala>[\u0d80-\u0dff]+)"
    "|(?P<lao>[\u0e80-\u0eff]+)|(?P<burmese>[\u1000-\u109f]+)"
    "|(?P<georgian>[\u10a0-\u10ff]+)|(?P<armenian>[\u0530-\u058f]+)|(?P<ethiopic>[\u1200-\u137f]+)"
    "|(?P<khmer>[\u1780-\u17ff]+)"
)
_ONE_LANGUAGE: Final = {
    "hangul": "ko", "thai": "th", "greek": "el", "hebrew": "he", "bengali": "bn", "gurmukhi": "pa", "gujarati": "gu",
    "tamil": "ta", "telugu": "te",
    "kannada": "kn", "malayalam": "ml", "sinhala": "si", "lao": "lo", "burmese": "my", "georgian": "ka",
    "armenian": "hy", "ethiopic": "am", "khmer": "km",
}  # fmt: skip


def _by_word(stop_words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in stop_words.items():
        for word in words:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


_LANGUAGES_BY_WORD: Final = {script: _by_word(languages) for script, languages in STOP_WORDS.items()}
_NO_LETTERS: Final[frozenset[str]] = frozenset()


def read_language(page: Page, text: str) -> Found[str] | None:
    """The article's language as a short BCP 47 tag: `zh`, `zh-Hant`, `en`.

    Args:
        page: for what it says of itself (`<html lang>`, `og:locale`, `content-language`).
        text: the article's text, or its title where there is none; the first few thousand characters count.
    """
    declared = declared_language(page)
    told = language_of(text)
    if told is None:
        return Found(declared, "html-lang") if declared else None
    language, sure = told
    if declared is None or declared == language:
        return Found(language, "text")
    if _primary(declared) == _primary(language) or sure:
        doubts = [] if _primary(declared) == _primary(language) else [f"the page calls itself {declared}"]
        return Found(language, "text", doubts)
    return Found(declared, "html-lang", [f"the words look like {language}"])


def declared_language(page: Page) -> str | None:
    """What the page calls its language, in short form; None where it says nothing or nonsense."""
    said = [
        page.html_lang or "",
        *page.meta.get("og:locale", []),
        *page.meta.get("content-language", []),
        *page.meta.get("language", []),
    ]
    for value in said:
        match = _TAG.fullmatch(value.strip()[:35].split(",")[0])
        if match is None:
            continue
        primary = _SAME.get(match[1].lower(), match[1].lower())
        if primary == "zh":
            traditional = (match[2] or "").lower() == "hant" or (
                not match[2] and (match[3] or "").lower() in _TRADITIONAL_PLACES
            )
            return "zh-Hant" if traditional else "zh"
        return primary
    return None


def language_of(text: str) -> tuple[str, bool] | None:
    """The language of a text and whether the text is long and plain enough to be sure; None for too little text."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _by_words(sample, "latin")
    counts = Counter[str | None]()
    for run in _SCRIPTS.finditer(sample[:_LETTERS]):
        counts[run.lastgroup] += run.end() - run.start()
    total = sum(counts.values())
    if not total:
        return None
    # Two Chinese characters say as much as a Latin word.
    weights = {
        script: count * (3 if script in ("han", "kana", "hangul") else 1) for script, count in counts.items() if script
    }
    if counts["kana"] * 12 > counts["han"] and counts["kana"] * 3 + counts["han"] * 3 > counts["latin"]:
        return "ja", counts["kana"] >= 8
    script = max(weights, key=lambda name: weights[name])
    if script == "han":
        return _chinese(sample), counts["han"] >= 12
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script], counts[script] >= 12
    return _by_words(sample, script)


def _chinese(text: str) -> str:
    traditional = sum(1 for letter in text if letter in TRADITIONAL)
    simplified = sum(1 for letter in text if letter in SIMPLIFIED)
    return "zh-Hant" if traditional > simplified else "zh"


def _by_words(text: str, script: str) -> tuple[str, bool] | None:
    words = [word if word.isalpha() else word.strip(_PUNCTUATION) for word in text.casefold().split()]
    if not words:
        return None
    letters = frozenset() if text.isascii() else frozenset(text.casefold())
    counts: dict[str, int] = {}
    index = _LANGUAGES_BY_WORD.get(script, {})
    for word in words:
        for language in index.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    scores = [
        (count * (1.0 + 0.08 * len(letters & SCRIPT_LETTERS.get(language, _NO_LETTERS))) / len(words), language)
        for language, count in counts.items()
    ]
    scores.sort(reverse=True)
    if not scores:
        return None
    best, language = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    # The zone of doubt: another language of the same family scores nearly as high.
    return language, len(words) >= 25 and best >= 0.06 and best > 1.25 * second


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
