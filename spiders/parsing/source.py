"""Who a page credits for its article: the source, the authors, the editors. Never the site, never a sidebar."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from items.article import Source
from spiders.parsing import credit_words as words
from spiders.parsing.credit_forms import is_agency
from spiders.parsing.credit_labels import EDGE, LineCredits, clean_name, field_at, is_nobody
from spiders.parsing.credit_line import read_labelled, read_line, read_prose
from spiders.parsing.people import is_desk, is_latin_name, is_person, split_names
from spiders.parsing.structured_credits import is_own, site_names, structured_authors, structured_source

if TYPE_CHECKING:
    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.body import Body
    from spiders.parsing.page import Page

_LONGEST_META = 200
_LONGEST_CREDIT = 60
_LONGEST_HEADER = 40
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
_MAY_CLOSE = re.compile(
    r"[:：|｜丨/／(（\[【〔©*]|[记記][者]|기자|[来來]源|[转轉]自|[编編][辑輯]|By |Von |Par |Por |Di |By|Source|"
    r"SOURCE|ublished|First|With|"
    r"Con |Com |Theo "
)
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

# Where authors are looked for, the surest first: place, whether a label or role names them, rule.
_AUTHOR_PLACES = (
    ("header", True, "visible"),
    ("opening", True, "visible"),
    ("closing", True, "closing"),
    ("after", True, "closing"),
    ("header", False, "visible"),
    ("opening", False, "visible"),
)


@dataclass(slots=True)
class Credits:
    """What a page says about where its article comes from.

    Attributes:
        source: who the article credits; None where it credits nobody but its own site.
        authors: people, or desks where no person is named.
        editors: editors and proof-readers.
        rules: per field (`source`, `authors`, `editors`) the rule that filled it.
        doubts: short sentences for a person.
        claimed: block index -> what is left of the block for the article; None when nothing is.
    """

    source: Source | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    claimed: dict[int, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class _Place:
    """One block that was read, and where it stands: `header`, `opening`, `closing` or `after`."""

    where: str
    block: Block
    found: LineCredits


def read_credits(page: Page, blocks: list[Block], *, body: Body, title: str | None = None) -> Credits:
    """Read who a page credits.

    Args:
        page: the page.
        blocks: its blocks.
        body: which of them are the article's.
        title: the article's title, as read.

    Returns:
        The credits; empty where the page names nobody. Never raises.
    """
    language = (page.html_lang or "").split("-")[0].lower() or None
    names = site_names(page)
    places = _read_places(blocks, body, title, language)
    credits_ = Credits()
    _choose_source(credits_, places, page, names)
    _choose_people(credits_, places, page, names)
    _claim(credits_, places, blocks, body.kept)
    return credits_


def _read_places(blocks: list[Block], body: Body, title: str | None, language: str | None) -> list[_Place]:
    kept = body.kept
    if not kept:
        kept = [index for index, block in enumerate(blocks) if len(block.text) > _LONGEST_META][:1]
    if not kept:
        return [_Place("header", block, _read_meta(block, language, beside_date=False)) for block in blocks[:30]]
    first, last = kept[0], kept[-1]
    top = _title_index(blocks, first, title)
    start = first - _BEFORE_BODY if top is None else top - _BEFORE_TITLE
    header = [index for index in range(max(0, start), first) if index < start + _LONGEST_HEADER or index >= first - 20]
    places = _read_header([blocks[index] for index in header if index != top], -1 if top is None else top, language)
    opening = kept[:_OPENING] + [index for index in kept[_OPENING:_OPENING_LINES] if len(blocks[index].text) <= 40]
    for place, index in enumerate(opening):
        found = _read_kept(blocks[index], language, opening=True)
        places.append(_Place("opening", blocks[index], found))
        if place < 2:
            _read_signed(places[-1])
    tail = [index for index in kept[_OPENING:][-6:] if index not in opening]
    for index in tail:
        if not _MAY_CLOSE.search(blocks[index].text[-_TAIL:]) and not _MAY_CLOSE.match(blocks[index].text):
            continue
        found = _read_kept(blocks[index], language, opening=False)
        if index not in kept[-2:] and found.source and found.source.kind == "closing" and len(found.rest) > 20:
            found.source = None  # a bracket inside the text credits a picture or a saying
        places.append(_Place("closing", blocks[index], found))
    places += [_Place("after", block, found) for block, found in _read_after(blocks, first, last, set(kept), language)]
    return [place for place in places if place.found.spans or not place.found.empty or place.found.picture]


def _read_signed(place: _Place) -> None:
    """A first line of nothing but people: `Ana Silva/João Costa`."""
    text = place.block.text
    if len(text) > 80 or not place.found.empty or place.block.heading or place.block.links or _HAS_HAN.search(text):
        return
    names = split_names(text, labelled=False)
    if names and _is_all(names, text):
        place.found = LineCredits(authors=names, spans={"author": [(0, len(text))]}, sure_authors=False)


def _title_index(blocks: list[Block], first: int, title: str | None) -> int | None:
    """The block of the title above the body: its heading, else the line nearest to the body that says the same."""
    wanted = _fold(title)
    best, rank = None, 0
    for index in range(min(first, len(blocks)) - 1, max(-1, first - _FARTHEST_TITLE), -1):
        block = blocks[index]
        same = bool(wanted) and len(block.text) < 400 and _is_title(_fold(block.text), wanted)
        mine = (4 if same else 0) + (2 if block.heading == 1 else 1 if block.heading and same else 0)
        if mine > max(rank, 1):
            best, rank = index, mine
    return best


def _is_title(text: str, wanted: str) -> bool:
    return text == wanted or (
        len(text) > 7
        and len(text) > 0.6 * len(wanted)
        and (text in wanted or wanted in text)
        and len(text) < 1.5 * len(wanted)
    )


def _read_header(blocks: list[Block], index_top: int, language: str | None) -> list[_Place]:
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
        if _is_plain_link(block):
            found = LineCredits(rest=block.text)
        else:
            found = _read_meta(block, language, beside_date=near and _may_be_name(block.text))
        if found.empty and place + 1 < len(blocks) and _awaits_value(block.text):
            after = blocks[place + 1]
            if len(after.text) <= 30 and not _awaits_value(after.text):
                found = read_line(f"{block.text}{EDGE}{after.text}", language=language)
        if found.empty and 0 <= index_top < block.index:
            found = _read_hint(block, near_title=block.index - index_top <= _NEAR_TITLE) or found
        places.append(_Place("header", block, found))
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
        if not is_nobody(name):
            return LineCredits(Source(name=name, raw=text, kind="unlabelled"), spans={"source": [(0, len(text))]})
    return None


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


def _choose_source(out: Credits, places: list[_Place], page: Page, names: set[str]) -> None:
    """The original's name, by how surely the page prints it; the re-publisher beside it."""
    ranked: list[tuple[int, Source, Block | None, str]] = []
    people = {_fold(name) for place in places if place.found.sure_authors for name in place.found.authors}
    for place in places:
        source = place.found.source
        if source is None or place.found.boilerplate or source.kind == "site":
            continue
        if source.kind == "unlabelled" and place.block.link_chars > 0.9 * len(place.block.text) > 0.9 * len(
            source.name
        ):
            continue  # a teaser
        if source.kind != "label" and _fold(source.name) in people:
            continue
        rank = _rank(place, source, names)
        if rank is not None:
            if (source.raw or "").rstrip(")）").endswith(("...", "…")):
                rank += 25  # cut short by the page
            ranked.append((rank, source, place.block, "visible" if source.kind == "unlabelled" else source.kind))
    if (structured := structured_source(page, names)) is not None:
        ranked.append((60, structured[0], None, structured[1]))
    if not ranked:
        return
    ranked.sort(key=lambda item: item[0])
    rank, source, block, rule = ranked[0]
    out.source = source
    if block is not None:
        source.url = _link_of(block, source.name)
    out.rules["source"] = rule if rank != 10 else "closing"
    others = [item for item in ranked[1:] if item[0] <= 30 and _fold(item[1].name) != _fold(source.name)]
    if others and rank <= 30 and source.kind in ("label", "closing"):
        source.republished_from = others[0][1].name
        out.doubts.append(f"source: the page also names {others[0][1].name}")
    if rank >= 50:
        out.doubts.append(f"source: {source.name} has no label")


def _rank(place: _Place, source: Source, names: set[str]) -> int | None:
    """Lower is surer; None is not believed."""
    own = is_own(source.name, names)
    where, kind = place.where, source.kind
    if kind == "label":
        return {"header": 20, "opening": 25, "closing": 10, "after": 10}[where]
    if own:
        return None
    if kind == "closing":
        return {"header": 40, "opening": None, "closing": 15, "after": 15}[where]
    if kind == "unlabelled":
        return 30 if where == "header" else 55 if where == "opening" else None
    if kind == "byline":
        return 45
    return 50 if where in ("opening", "header") else None


def _choose_people(out: Credits, places: list[_Place], page: Page, names: set[str]) -> None:
    authors: list[tuple[str, list[str]]] = []
    for where, sure, rule in _AUTHOR_PLACES:
        found = [
            name
            for place in places
            if place.where == where and place.found.sure_authors is sure
            for name in place.found.authors
        ]
        authors.append((rule, _own(found, out, names)))
    structured, rule = structured_authors(page, names)
    authors.insert(1, (rule, _own(structured, out, names)))
    for place in places:
        for name in place.found.editors:
            if name not in out.editors:
                out.editors.append(name)
                out.rules["editors"] = "label"
    out.authors, rule = _best_people(authors, set(map(_fold, out.editors)))
    if out.authors:
        out.rules["authors"] = rule


def _own(found: list[str], out: Credits, names: set[str]) -> list[str]:
    source = _fold(out.source.name) if out.source else None
    seen: dict[str, str] = {}
    for name in found:
        if _fold(name) != source and (_fold(name) not in names or is_latin_name(name)):
            seen.setdefault(_fold(name), name)
    return list(seen.values())


def _best_people(groups: list[tuple[str, list[str]]], editors: set[str]) -> tuple[list[str], str]:
    """The first group that names a person; else the first that names a desk or a pen name."""
    groups = [group for group in groups if group[1]]
    if len(groups) > 1 and groups[1][0] == "json-ld":
        first, head = ({_fold(name) for name in groups[place][1]} for place in (0, 1))
        if first < head:
            groups = groups[1:]
    for rule, names in groups:
        people = [
            name for name in names if is_person(name) and not (rule.startswith("meta") and _fold(name) in editors)
        ]
        if people:
            return [name for name in names if name in people or not is_desk(name)], rule
    for rule, names in groups:
        if names and not rule.startswith("meta"):
            return names, rule
    return [], ""


def _claim(out: Credits, places: list[_Place], blocks: list[Block], kept: list[int]) -> None:
    """Kept blocks lose their credit lines; a dateline belongs to the text, a time or place may too."""
    known = set(kept)
    for place in places:
        found, block = place.found, place.block
        if block.index not in known or not found.spans.keys() - {"other"}:
            continue
        if not found.rest:
            out.claimed[block.index] = None
        elif found.rest != block.text and len(block.text) > _LONGEST_CREDIT:
            out.claimed[block.index] = found.rest
    for index in kept[3:-6]:
        text = blocks[index].text
        if len(text) <= _LONGEST_CREDIT and _HAS_MARK.search(text):
            found = read_labelled(text)
            if found.picture and not found.rest:
                out.claimed[index] = None


def _link_of(block: Block, name: str) -> str | None:
    wanted = _fold(name)
    for text, href in block.links:
        if href and wanted and (_fold(text) == wanted or (wanted in _fold(text) and len(text) < 3 * len(name))):
            return href
    return None


def _fold(text: str | None) -> str:
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return re.sub(r"[\W_]+", "", folded)
