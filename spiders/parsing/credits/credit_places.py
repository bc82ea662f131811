"""Where on a page credits stand, and what the lines there say: above the body, at its ends, behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from items.article import Source
from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_labels import EDGE, LineCredits, clean_name, field_at, is_nobody
from spiders.parsing.credits.credit_line import read_labelled, read_line, read_prose
from spiders.parsing.credits.credit_outlets import is_agency
from spiders.parsing.credits.people import split_names
from spiders.parsing.title import title_block

if TYPE_CHECKING:
    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.body.body import Body

_LONGEST_META = 200
_LONGEST_CREDIT = 60
_LONGEST_HEADER = 40
_CLOSING = 6
_SHORT_LINE = 40
_TAIL = 140
_FARTHEST_TITLE = 120
_NEAR_TITLE = 5
_OPENING = 3
_OPENING_LINES = 8
_BEFORE_TITLE = 3
_BEFORE_BODY = 14
_AFTER_BODY = 8
_AFTER_BODY_INSIDE = 30
_HAS_DIGIT = re.compile(r"\d")
_HAS_MARK = re.compile(r"[:：︰|｜丨/／=\[【]")
_MAY_CREDIT = re.compile(r"[\d:：︰|｜丨/／=\[【(（\u3040-\ud7a3]|^By\b", re.IGNORECASE)
_MAY_BE_SHORT = re.compile(r"[\d:：|｜丨/／(（\[【]|[记記]者|기자|^[Bb]y")
_MAY_CLOSE = re.compile(
    r"[:：|｜丨/／(（\[【〔©*]|[记記]者|기자|[来來]源|[转轉]自|[编編][辑輯]|作者|文 |撰|[责責校审審]"
    r"|By|Von |Par |Por |Di |Source|SOURCE|ublished|appeared|eprinted|ourtesy|First|With|Con |Com |Theo "
)
_COLON = re.compile(r"[:：]")
_HAS_HAN = re.compile(r"[\u3400-\u9fff]")
_SOURCE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:source|src|laiyuan|ly|origin|media-?name|copyfrom)(?:$|[\s_-])|[a-z]Source(?:$|[A-Z\s])", re.ASCII
)
_JOINS_ON = re.compile(r"[,;、，&]|(?:and|und|et|y|e|og|och|en|ve)(?:\s|$)")
_JOINS_BACK = re.compile(r"(?:[,、，&]|\s(?:and|und|et|y|e|og|och|en|ve))$")
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|zuozhe|reporter)(?:s|-?name|-?link)?(?:$|[\s_-])|[a-z](?:Author|"
    r"Byline)",
    re.ASCII,
)


@dataclass(slots=True)
class Place:
    """One block that was read, and where it stands: `header`, `opening`, `closing` or `after`."""

    where: str
    block: Block
    found: LineCredits


def read_places(blocks: list[Block], body: Body, title: str | None, language: str | None) -> list[Place]:
    """The credit lines above the article's text, at both its ends and behind it; other lines are left out.

    Args:
        blocks: the page's blocks.
        body: which of them are the article's.
        title: the article's title, to find where the article begins.
        language: two-letter language of the page, if it says one.
    """
    kept = body.kept
    if not kept:
        kept = [index for index, block in enumerate(blocks) if len(block.text) > _LONGEST_META][:1]
    if not kept:
        return [Place("header", block, _read_meta(block, language, beside_date=False)) for block in blocks[:30]]
    first, last = kept[0], kept[-1]
    top = _title_index(blocks, first, title)
    start = first - _BEFORE_BODY if top is None else top - _BEFORE_TITLE
    header = [index for index in range(max(0, start), first) if index < start + _LONGEST_HEADER or index >= first - 20]
    places = _read_header([blocks[index] for index in header if index != top], -1 if top is None else top, language)
    tail = kept[1:][-_CLOSING:] if len(kept) <= _OPENING else kept[_OPENING:][-_CLOSING:]
    opening = [index for index in kept[:_OPENING_LINES] if index not in tail]
    for place, index in enumerate(opening):
        if place < _OPENING or len(blocks[index].text) <= _SHORT_LINE:
            places.append(Place("opening", blocks[index], _read_kept(blocks[index], language, opening=True)))
        if place < 2:
            _read_signed(places[-1])
    for index in tail:
        found = _read_closing(blocks[index], kept, language)
        # of a short text the end is its beginning as well
        where = "opening" if found.source and found.source.kind == "dateline" else "closing"
        places.append(Place(where, blocks[index], found))
    places += [Place("after", block, found) for block, found in _read_after(blocks, first, last, set(kept), language)]
    return [place for place in places if _says(place.found)]


def _says(found: LineCredits) -> bool:
    return bool(found.spans) or not found.empty or found.picture or found.boilerplate


def _read_signed(place: Place) -> None:
    """A first line of nothing but people: `Ana Silva/João Costa`."""
    text = place.block.text
    if len(text) > 80 or not place.found.empty or place.block.heading or place.block.links or _HAS_HAN.search(text):
        return
    names = split_names(text, labelled=False)
    if names and _is_all(names, text):
        place.found = LineCredits(authors=names, spans={"author": [(0, len(text))]}, sure_authors=False)


def _title_index(blocks: list[Block], first: int, title: str | None) -> int | None:
    """The block of the title above the body, else the last main heading there."""
    found = title_block(blocks, first, title)
    if found is not None and found < first:
        return found
    above = range(min(first, len(blocks)) - 1, max(-1, first - _FARTHEST_TITLE), -1)
    return next((index for index in above if blocks[index].heading == 1), None)


def _read_header(blocks: list[Block], index_top: int, language: str | None) -> list[Place]:
    dated = [
        len(block.text) < _LONGEST_META
        and _HAS_DIGIT.search(block.text) is not None
        and words.DATES.search(block.text) is not None
        for block in blocks
    ]
    places = []
    for place, block in enumerate(blocks):
        if len(block.text) > _LONGEST_META or block.heading in (1, 2) or block.tag == "figcaption" or _is_menu(block):
            continue
        near = index_top < block.index and any(dated[max(0, place - 1) : place + 2])
        if _is_plain_link(block) or (not near and len(block.text) <= 8 and not _MAY_BE_SHORT.search(block.text)):
            found = LineCredits(rest=block.text)
        else:
            found = _read_meta(block, language, beside_date=near and _may_be_name(block.text))
        if block.index < index_top and found.source is not None and found.source.kind == "unlabelled":
            found = LineCredits(rest=block.text)  # above the title stand the site's own bars, not what it credits
        if found.empty and place + 1 < len(blocks) and _awaits_value(block.text):
            after = blocks[place + 1]
            if len(after.text) <= 30 and not _awaits_value(after.text):
                found = read_line(f"{block.text}{EDGE}{after.text}", language=language)
        if found.empty and not found.spans and 0 <= index_top < block.index:
            found = _read_hint(block, near_title=block.index - index_top <= _NEAR_TITLE) or found
        places.append(Place("header", block, found))
    return places


def _read_hint(block: Block, *, near_title: bool) -> LineCredits | None:
    """A line of nothing but names, or one whose class says what it is."""
    text = block.text
    if len(text) > 60 or block.tag == "li":
        return None
    around = [block.element, *([block.box.parent.element] if block.box.parent else [])]
    marks = " ".join(value for element in around for key in ("class", "itemprop", "rel") if (value := element.get(key)))
    by_class = bool(_AUTHOR_CLASS.search(marks))
    if by_class or near_title:
        names = split_names(text, labelled=False)
        if names and (by_class or _is_all(names, text)):
            return LineCredits(authors=names, spans={"author": [(0, len(text))]}, sure_authors=by_class)
    if len(text) <= 20 and _HAS_HAN.search(text) and _SOURCE_CLASS.search(marks):
        name = clean_name(text)
        if not (is_nobody(name) or words.DATES.search(name) or _is_labelled(name)):
            return LineCredits(Source(name=name, raw=text, kind="unlabelled"), spans={"source": [(0, len(text))]})
    return None


def _is_labelled(text: str) -> bool:
    """Whether a text begins with a label: what follows is its value, not a name on its own."""
    colon = _COLON.search(text)
    return colon is not None and field_at(text, colon.start()) is not None


def _is_all(names: list[str], text: str) -> bool:
    """Whether names are all that a text says."""
    return not _HAS_HAN.search(text) and sum(map(len, names)) + 5 * (len(names) - 1) >= len(text)


def _is_plain_link(block: Block) -> bool:
    """A link's words with no label, date or Han name in them."""
    return block.link_chars >= len(block.text) and not _MAY_CREDIT.search(block.text) and not is_agency(block.text)


def _may_be_name(text: str) -> bool:
    return len(text) <= 24 and (_HAS_HAN.search(text) is not None or is_agency(text))


def _is_menu(block: Block) -> bool:
    return len(block.links) > 4 or (
        block.link_chars > 0.8 * len(block.text)
        and block.tag == "li"
        and ":" not in block.text
        and "：" not in block.text
    )


def _awaits_value(text: str) -> bool:
    """Whether a block is a label whose value stands in the next one."""
    label = text.rstrip()
    if len(label) > 16 or not label.endswith((":", "：")):
        return False
    found = field_at(label, len(label) - 1)
    return found is not None and words.LABELS[found[0]] in ("source", "author", "editor")


def _read_meta(block: Block, language: str | None, *, beside_date: bool) -> LineCredits:
    """A line outside the text: its inline elements part its fields."""
    text = block.text
    if len(text) > _LONGEST_META:
        return LineCredits(rest=text)
    parted = _parted(block)
    if EDGE in parted:
        found = read_line(parted, language=language, beside_date=beside_date)
        if not found.empty or found.spans or not _HAS_MARK.search(text):
            return found
    return read_line(text, language=language, beside_date=beside_date)


def _parted(block: Block) -> str:
    """The block's text with `EDGE` where inline elements part it, save around the commas and words that join names."""
    out = ""
    for piece in block.pieces[:40]:
        part = " ".join(piece.split())
        if part and out:
            out += " " if _JOINS_ON.match(part) or _JOINS_BACK.search(out) else EDGE
        out += part
    return out


def _read_closing(block: Block, kept: list[int], language: str | None) -> LineCredits:
    """A block near the end of the text; its dateline counts where the text is so short that it is the first as well."""
    short = len(kept) <= _OPENING
    if not (short or _MAY_CLOSE.search(block.text[-_TAIL:]) or _MAY_CLOSE.match(block.text)):
        return LineCredits(rest=block.text)
    found = _read_kept(block, language, opening=short)
    if block.index not in kept[-2:] and found.source and found.source.kind == "closing" and len(found.rest) > 20:
        found.source = None  # a bracket inside the text credits a picture or quotes a name
    return found


def _read_kept(block: Block, language: str | None, *, opening: bool) -> LineCredits:
    if len(block.text) <= _LONGEST_META and block.heading == 0:
        return read_line(block.text, language=language)
    return read_prose(block.text, opening=opening)


def _read_after(
    blocks: list[Block], first: int, last: int, kept: set[int], language: str | None
) -> list[tuple[Block, LineCredits]]:
    """Lines between and after the kept blocks that are credits by their label, and nothing else."""
    around = _container(blocks[first], blocks[last])
    inside = around.parent.end if around.parent else around.end
    end = min(len(blocks), max(last + 1 + _AFTER_BODY, min(inside, last + 1 + _AFTER_BODY_INSIDE)))
    out = []
    for index in [*range(max(first, last - 40), last), *range(last + 1, end)]:
        block = blocks[index]
        if index in kept or len(block.text) > 160 or _is_menu(block) or block.heading:
            continue
        near = index - last <= 3
        if not near and not _HAS_MARK.search(block.text):
            continue
        found = read_line(block.text, language=language) if near else read_labelled(block.text)
        if (near or not found.rest) and not found.boilerplate:
            out.append((block, found))
    return out


def _container(one: Block, other: Block) -> Box:
    """The smallest box around two blocks."""
    a, b = one.box, other.box
    while a is not b:
        if a.depth >= b.depth and a.parent is not None:
            a = a.parent
        elif b.parent is not None:
            b = b.parent
        else:
            break
    return a
