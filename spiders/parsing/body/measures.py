"""What is measured of every block of a page before any is judged: how wide it is set, whether it is links or prose."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from spiders.parsing.body.body_words import (
    BAD_NAMES,
    BODY_NAMES,
    BODY_PARTS,
    BODY_SUBJECTS,
    DOUBTFUL_NAMES,
    GOOD_NAMES,
    NOTICE_MARKS,
    NOTICE_WORDS,
    OPENINGS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.page import Page

FAR = 9
"""What a distance to something that is not there is put at, in boxes."""

ARTICLE, MAIN, ASIDE, FOOTER, TABLE = (1 << bit for bit in range(5))
_PARTS = {"article": ARTICLE, "main": MAIN, "aside": ASIDE, "footer": FOOTER, "table": TABLE}
_ROLES = {"main": MAIN, "article": ARTICLE, "complementary": ASIDE, "contentinfo": FOOTER}
_NAMING = ("class", "id", "itemprop")
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_BODY, _SUBJECT, _PART, _WHOLE, _GOOD, _BAD, _DOUBTFUL = (1 << bit for bit in range(7))


def _by_word(*hints: tuple[int, frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for hint, words in hints:
        for word in words:
            found[word] = found.get(word, 0) | hint
    return found


_HINTS = _by_word(
    (_BODY, BODY_NAMES),
    (_SUBJECT, BODY_SUBJECTS),
    (_PART, BODY_PARTS),
    (_GOOD, GOOD_NAMES),
    (_BAD, BAD_NAMES),
    (_DOUBTFUL, DOUBTFUL_NAMES),
)
THAI_PROSE = 60
"""Characters of a Thai line that is taken for sentences though it has no stops: Thai is written without."""
_THAI = re.compile("[\u0e01-\u0e3a]{20}")
_WIDE_STOPS = "，。、；！？।"


_OPENINGS = {
    first: tuple(phrase for phrase in OPENINGS if phrase[0] == first) for first in {phrase[0] for phrase in OPENINGS}
}


class Place(NamedTuple):
    """What the names and tags of a box and of those around it say.

    Attributes:
        named: how many boxes up the nearest name is that means an article's text and nothing else.
        good: how many boxes up the nearest name is that hints at an article.
        bad: how many boxes up the nearest name is that hints at its surroundings.
        bads: how many of the boxes around have such a name.
        doubts: how many of the boxes around have a name that is met in and around articles.
        parts: bits of the sectioning elements around.
    """

    named: int
    good: int
    bad: int
    bads: int
    doubts: int
    parts: int


_NOWHERE = Place(FAR, FAR, FAR, 0, 0, 0)


class Measures:
    """The measures of a page's blocks.

    Attributes:
        blocks: the blocks.
        widths: how wide each is set, in Latin letters.
        links: the share of each that is links.
        stops: commas and full stops in each.
        prose: the width of each that is sentences, 0 of the others.
        width_to, own_to, prose_to, count_to, linked_to: sums over all blocks before an index: of widths, of widths
            without links, of prose, of blocks of prose, of blocks that are links.
        title: the title, letters only.
        title_at: index of the block that is the title, -1 when none is.
        description: how the page's description begins, letters only.
        described: indices of the blocks that begin as it does.
        stated: the article's text as the page's structured data has it, letters only.
    """

    def __init__(
        self, page: Page, blocks: Sequence[Block], title: str | None = None, mine: Sequence[bool] | None = None
    ) -> None:
        self.blocks = blocks
        texts = [block.text for block in blocks]
        self.widths = [float(len(text)) if text.isascii() else width(text) for text in texts]
        self.links = [min(1.0, block.link_chars / len(block.text)) if block.link_chars else 0.0 for block in blocks]
        self.stops = [stops(text) if wide > 14 else 0 for text, wide in zip(texts, self.widths, strict=True)]
        if mine is not None and not all(mine):
            self.links = [link if own else 1.0 for link, own in zip(self.links, mine, strict=True)]
        own = [wide * (1 - link) for wide, link in zip(self.widths, self.links, strict=True)]
        self.prose = [
            wide if stop and link < 0.5 else 0.0 for wide, stop, link in zip(own, self.stops, self.links, strict=True)
        ]
        self.width_to = [0.0, *accumulate(self.widths)]
        self.own_to = [0.0, *accumulate(own)]
        self.prose_to = [0.0, *accumulate(self.prose)]
        self.count_to = [0, *accumulate([wide > 0 for wide in self.prose])]
        self.linked_to = [0, *accumulate([link > 0.8 for link in self.links])]
        self.title = lettered(title or "")
        self.title_at = self._title_at()
        self.description = lettered((page.meta.get("description") or page.meta.get("og:description") or [""])[0])[:30]
        self.described = self._described()
        self.stated = _stated(page)
        self._places: dict[Box, Place] = {}

    def _described(self) -> set[int]:
        first = self.description[:1]
        if not first:
            return set()
        return {
            block.index
            for block in self.blocks
            if block.text[0].casefold() == first and lettered(block.text[:60])[:30] == self.description
        }

    def agreed(self, index: int) -> bool:
        """Whether the text of the page's structured data has the beginning of a block."""
        return lettered(self.blocks[index].text[:60])[:40] in self.stated

    def _title_at(self) -> int:
        at = -1
        for block in self.blocks:
            if block.heading and len(block.text) < 400:
                if self.title and lettered(block.text) == self.title:
                    return block.index
                if at < 0 and block.heading == 1:
                    at = block.index
        if self.title and at < 0:
            size = len(self.title)
            alike = (block for block in self.blocks if size <= len(block.text) < size + 30)
            at = next((block.index for block in alike if lettered(block.text) == self.title), -1)
        return at

    def place(self, box: Box) -> Place:
        """What the names and tags of a box and of those around it say."""
        trail = []
        around: Box | None = box
        while around is not None and around not in self._places:
            trail.append(around)
            around = around.parent
        place = self._places[around] if around is not None else _NOWHERE
        for step in reversed(trail):
            place = self._places[step] = self._inside(place, step)
        return place

    def _inside(self, place: Place, box: Box) -> Place:
        tag = box.tag
        named, good, bad, bads, doubts, parts = place
        if tag in _PARTS:
            parts |= _PARTS[tag]
        is_named = is_good = is_bad = False
        if (stated := box.element.keys()) and tag not in ("body", "html"):
            name = " ".join([box.element.get(key) or "" for key in _NAMING if key in stated])
            if name:
                is_named, is_good, is_bad, is_doubtful = _hints(name[:200])
                bads += is_bad
                doubts += is_doubtful
            if "role" in stated:
                parts |= _ROLES.get(box.element.get("role") or "", 0)
        return Place(
            0 if is_named else named + (named < FAR),
            0 if is_good else good + (good < FAR),
            0 if is_bad else bad + (bad < FAR),
            bads,
            doubts,
            parts,
        )


def holder(block: Block) -> Box:
    """The box that holds a block beside others: its own when that has several blocks, else the one around."""
    box = block.box
    if box.parent is not None and box.end - box.first <= 1:
        return box.parent
    return box


def width(text: str) -> float:
    """How wide a text is set, in Latin letters: a Chinese character is two."""
    count = len(text)
    return float(count) if text.isascii() else (count + len(text.encode("utf-8", "replace"))) / 2


def stops(text: str) -> int:
    """How many commas and full stops a text has."""
    found = text.count(". ") + text.count(", ") + (text[-1] in ".!?")
    if not text.isascii():
        found += sum(map(text.count, _WIDE_STOPS))
        if not found and len(text) > THAI_PROSE and _THAI.search(text):
            found = text.count(" ")  # which is what parts clauses there
    return found


def lettered(text: str) -> str:
    """Text without its spaces, for comparison."""
    return "".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def _hints(names: str) -> tuple[bool, bool, bool, bool]:
    """Whether class names and ids name an article's text, hint at an article, at its surroundings, at either."""
    hints = 0
    for name in names.split():
        hints |= _hints_of(name)
    bad = hints & _BAD > 0
    return not bad and hints & (_BODY | _WHOLE) > 0, hints & _GOOD > 0, bad, hints & _DOUBTFUL > 0


@lru_cache(maxsize=16384)
def _hints_of(name: str) -> int:
    """The hints of one name as bits: sites have thousands, of the same few hundred words."""
    hints = 0
    for word in _NAME_WORD.findall(name):
        hints |= _HINTS.get(word.lower(), 0)
    if hints & _SUBJECT and hints & _PART and not (name.islower() and name.isalpha()):
        hints |= _WHOLE
    return hints


def _stated(page: Page) -> str:
    """The article's text as JSON-LD gives it; "" where it gives none that could be whole."""
    bodies = [body for item in page.json_ld if isinstance(body := item.get("articleBody"), str)]
    longest = max(bodies, key=len, default="")
    return lettered(longest) if 200 < len(longest) < 200_000 else ""


def opens(text: str) -> bool:
    """Whether a line opens as prompts, credits and labels do."""
    lead = text[:40].lower()
    return lead.startswith(_OPENINGS.get(lead[0], ()))


def notices(text: str) -> int:
    """How many words of legal notes, invitations and share prompts a line has; no more than three are counted."""
    lower = text.lower()
    found = len(NOTICE_WORDS.intersection(lower.replace(".", " ").replace(",", " ").split()))
    if not lower.isascii():
        found += sum(mark in lower for mark in NOTICE_MARKS)
    return min(3, found)
