"""The topics of the trade, and which of them a text is about. The vocabulary is data: `topics.toml`, beside this."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = Path(__file__).with_name("topics.toml")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Han and Hangul: scripts in which a term may stand anywhere in a run of letters."""

_READ = 1500
"""Characters of a text that are looked at: what an article is about stands at its beginning."""

_STEM = 3
"""Letters by which beginnings of words are looked up."""

_ENOUGH = 2
"""Terms that a text must hold to be about a topic; one is enough in the title."""


def fold(text: str) -> str:
    """Text for comparing: compatibility forms, case and the composition of accents are gone."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


@dataclass(slots=True)
class Terms:
    """Terms to be found in texts, each with what it stands for. A `*` at its end lets the last word go on."""

    _pairs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Terms of unspaced scripts by their first two letters."""
    _whole: dict[str, set[str]] = field(default_factory=dict)
    _begun: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Beginnings of words by their own first letters."""
    _phrases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Phrases by their first word; one that may go on has no space at its end."""

    def add(self, term: str, meaning: str) -> None:
        """Take a term in."""
        folded = fold(term).removesuffix("*")
        if _UNSPACED.search(folded):
            self._pairs.setdefault(folded[:2], []).append((folded, meaning))
            return
        words = _WORD.findall(folded)
        phrase = " ".join(words)
        if len(words) > 1:
            self._phrases.setdefault(words[0], []).append((phrase if term.endswith("*") else phrase + " ", meaning))
        elif term.endswith("*"):
            self._begun.setdefault(phrase[:_STEM], []).append((phrase, meaning))
        else:
            self._whole.setdefault(phrase, set()).add(meaning)

    def found_in(self, text: str) -> dict[str, set[str]]:
        """What is found in a text, each with the terms that it was found by."""
        text = fold(text)
        found: dict[str, set[str]] = {}
        for term, meaning in self._matches(text):
            found.setdefault(meaning, set()).add(term)
        return found

    def _matches(self, text: str) -> Iterator[tuple[str, str]]:
        if _UNSPACED.search(text):
            for pair in self._pairs.keys() & set(map("".join, pairwise(text))):
                yield from (known for known in self._pairs[pair] if known[0] in text)
        words = _WORD.findall(text)
        spaced = f" {' '.join(words)} "
        for word in set(words):
            yield from ((word, meaning) for meaning in self._whole.get(word, ()))
            yield from (known for known in self._begun.get(word[:_STEM], ()) if word.startswith(known[0]))
            yield from (known for known in self._phrases.get(word, ()) if f" {known[0]}" in spaced)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The topics.

    Attributes:
        version: raised whenever terms change.
        names: topic id → language → how the topic is called in it.
    """

    version: int
    names: dict[str, dict[str, str]]
    _terms: Terms

    def topics_of(self, title: str, text: str | None) -> list[str]:
        """Ids of the topics that an article is about, in the vocabulary's order."""
        by_title = self._terms.found_in(title)
        by_text = self._terms.found_in((text or "")[:_READ])
        return [topic for topic in self.names if topic in by_title or len(by_text.get(topic, ())) >= _ENOUGH]

    def name_of(self, topic: str, language: str | None) -> str:
        """How a topic is called in a language, in English if that is not known."""
        names = self.names[topic]
        return names.get(language or "en") or names.get((language or "en").split("-", 1)[0]) or names["en"]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The topics as they ship with newsloom."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    version = said.pop("version")
    terms = Terms()
    for topic, about in said.items():
        for term in about["terms"]:
            terms.add(term, topic)
    return Vocabulary(version, {topic: about["name"] for topic, about in said.items()}, terms)
