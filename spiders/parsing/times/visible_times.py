"""Times that a reader of the page sees: beside the title, in the dateline, under the text, in the title itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from spiders.parsing.times.ago import find_ago
from spiders.parsing.times.machine_times import Evidence, Kind, read_stamp
from spiders.parsing.times.moments import find_moments
from spiders.parsing.title import title_block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from items.article import Basis
    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.times.moment import Moment

_ANY_FETCH: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_MOMENT_ATTRIBUTES: Final = (
    "title",
    "datetime",
    "data-time",
    "data-timestamp",
    "data-date",
    "data-utime",
    "data-datetime",
)
_RULED: Final = 1000
_SHORT: Final = 60
_LINE: Final = 240
_ABOVE: Final = 10
_BELOW: Final = 40
_TAIL: Final = 12
_DIGIT: Final = re.compile(r"\d")
_DATELINE: Final = re.compile(
    r"\s{0,2}(?:[-—–:)\]】〕]|\([^()]{2,30}\)\s?[-—–:]|[电電讯訊]|消息|[報报](?:道|導)|\(记者|（记者|（ANI|\(ANI"
    r"|[A-ZÀ-Þ]{2,}\s?[-—–:)])"
)
_WIRE_START: Final = re.compile(r"[【\[(（〔]?[^\d。.!?！？]{0,60}")
_CLOSING: Final = re.compile(r"\W{0,3}[(（\[【]?[^\d]{0,16}\d[\d\s年月日号:.,/\-]{5,26}[^\d]{0,8}\W{0,3}")
_FULL_STOP: Final = re.compile(r"[.。!！?？…]\W{0,3}$")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_HAN_BEFORE: Final = re.compile(r"[\u3400-\u9fff]{2}(?:将于|將於|于|於|在|从|從|至|到|自)\s?$")
_HAN_BEHIND: Final = re.compile(r"\s?(?:在|由|[，,、](?![^，。]{0,8}[:：]))[\u3400-\u9fff“《]{4}")
_OF_THE_ARTICLE: Final = re.compile(
    r"^(?:by|von|par|por|di|da|text|foto)\b"
    r"|\b(?:published|posted|appeared|erschienen|veröffentlicht|publiée?|parue?|publicad[oa]|pubblicat[oa])\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[。！？]|(?<!\d)[.!?]\s+[A-ZÀ-Þ]|，.{8,}，|, .{20,}, ")


@dataclass(slots=True)
class Scene:
    """Where a page's article stands among its blocks.

    Attributes:
        blocks: all of the page's.
        title: index of the block that holds the title, or None.
        first: index of the article's first block; the number of blocks where there is none.
        last: index of its last block, or -1.
        kept: its blocks.
        anchor: where the date line is looked for: the title's block, or a little above the text.
    """

    blocks: list[Block]
    title: int | None
    first: int
    last: int
    kept: frozenset[int]
    anchor: int


@dataclass(slots=True)
class Manner:
    """How a page's dates are to be read.

    Attributes:
        language: BCP 47.
        month_first: 05/06/2024 is the sixth of May.
        fetched: when the page was fetched, on the site's clock; None leaves "3 hours ago" unread.
    """

    language: str | None
    month_first: bool
    fetched: datetime | None

    def moments(self, text: str, *, limit: int) -> list[Moment]:
        """The dates in a text."""
        return find_moments(text, language=self.language, month_first=self.month_first, limit=limit)


def scene_of(blocks: list[Block], body: Body, title: str | None) -> Scene:
    """Find the title's block and the article's ends."""
    kept = [index for index in body.kept if 0 <= index < len(blocks)]
    first, last = (kept[0], kept[-1]) if kept else (len(blocks), -1)
    place = title_block(blocks, first, title)
    anchor = place if place is not None else max(0, min(first, len(blocks)) - 12)
    return Scene(blocks, place, first, last, frozenset(kept), anchor)


def visible_evidence(scene: Scene, manner: Manner) -> list[Evidence]:
    """Every time that stands where pages put the article's own: around the title, in the dateline, under the text."""
    found: list[Evidence] = []
    start = scene.anchor
    stop = min(len(scene.blocks), max(scene.first + 6, start + 4), start + _BELOW)
    for group in _groups(scene, max(0, start - _ABOVE), stop):
        found.extend(_read_group(scene, group, manner))
    if stop < scene.first < len(scene.blocks) and not any(item.weight >= 60 for item in found):
        # The title that was found may be one in a list far above.
        for group in _groups(scene, max(stop, scene.first - 16), scene.first + 4):
            found.extend(_read_group(scene, group, manner))
    opening = [index for index in range(max(0, start), stop) if index != scene.title][:12]
    found.extend(_dateline(scene, sorted({*opening, *sorted(scene.kept)[:3]}), manner))
    if scene.last >= 0:
        # Under the text only a page that said little above it, or whose body kept the line, has its date.
        told = any(item.weight >= 70 and item.kind == "published" and item.moment.hour is not None for item in found)
        behind = scene.last + 1 + (0 if told else _TAIL)
        tail = [
            item
            for group in _groups(scene, max(stop, scene.last - 5), min(len(scene.blocks), behind))
            for item in _read_tail(scene, group, manner)
        ]
        bare = [item for item in tail if item.moment.label is None and item.blocks[0] > scene.last]
        # Several bare dates under a text are those of comments or of other articles.
        found.extend(item for item in tail if item not in bare or len(bare) == 1)
    return found


def anywhere_evidence(scene: Scene, manner: Manner) -> list[Evidence]:
    """Labelled times anywhere on the page, for pages that say nothing where it belongs."""
    found: list[Evidence] = []
    for group in _groups(scene, 0, 1500):
        line = _line(group)
        if len(line.text) > _LINE or not _DIGIT.search(line.text):
            continue
        found.extend(
            _evidence(line.text, moment, "visible", 30, [line.blocks_in(moment.start, moment.end)[0].index])
            for moment in manner.moments(line.text, limit=6)
            if moment.label in ("published", "modified") and moment.year is not None
        )
        if len(found) >= 8:
            break
    return found


def title_evidence(title: str | None, manner: Manner) -> list[Evidence]:
    """A full date in the title, as market reports have it."""
    moments = manner.moments(title or "", limit=4)
    whole = [moment for moment in moments if moment.year is not None and moment.day is not None and not moment.span]
    return [_evidence(title or "", moment, "title", 34, []) for moment in whole[:1]]


def listing_evidence(words: str | None, manner: Manner) -> list[Evidence]:
    """The time beside the article's link on its listing."""
    return [_evidence(words, moment, "listing", 56, []) for moment in _told(words, manner)] if words else []


def rule_evidence(kind: Kind, words: str | None, manner: Manner) -> list[Evidence]:
    """The time in the words that a site's rule selects: what a person pointed at."""
    found = [_evidence(words, moment, "site", _RULED, []) for moment in _told(words, manner)] if words else []
    return [replace(item, kind=kind) for item in found]


def _told(words: str, manner: Manner) -> list[Moment]:
    """The first time in a few words."""
    moments = manner.moments(words, limit=2)
    if not moments and manner.fetched is not None and (ago := find_ago(words, manner.fetched)):
        moments = [ago]
    return moments[:1]


def _groups(scene: Scene, start: int, stop: int) -> list[list[Block]]:
    """The blocks of a stretch, short neighbours together: pages split one time over several elements."""
    groups: list[list[Block]] = []
    size = 0
    for block in scene.blocks[start:stop]:
        short = len(block.text) <= _SHORT and block.index != scene.title
        if short and groups and size and size + len(block.text) <= _LINE:
            groups[-1].append(block)
            size += len(block.text) + 2
        else:
            # A line that got too long may have ended with the label of what begins the next.
            label = groups[-1][-1:] if short and size and not _DIGIT.search(groups[-1][-1].text) else []
            groups.append([*label, block])
            size = len(block.text) + 2 if short else 0
    return groups


@dataclass(slots=True)
class _Line:
    """Blocks as one line of text, and where each of them begins in it."""

    text: str
    starts: list[tuple[int, Block]]

    def blocks_in(self, start: int, end: int) -> list[Block]:
        inside = [block for at, block in self.starts if at < end and at + len(block.text) > start]
        return inside or [self.starts[0][1]]


def _line(group: list[Block]) -> _Line:
    starts: list[tuple[int, Block]] = []
    at = 0
    for block in group:
        starts.append((at, block))
        at += len(block.text) + 2
    return _Line("  ".join(block.text for block in group), starts)


def _read_group(scene: Scene, group: list[Block], manner: Manner) -> list[Evidence]:
    line = _line(group)
    long = len(group) == 1 and len(line.text) > _LINE
    if long or group[0].index == scene.title:
        return []
    if group[0].index in scene.kept and _SENTENCE.search(line.text) and len(line.text) > 80:
        return []
    moments = manner.moments(line.text, limit=8) if _DIGIT.search(line.text) else []
    if not any(moment.year and moment.day for moment in moments) and len(line.text) <= _LINE:
        pieces = " ".join(piece.strip() for block in group for piece in block.pieces if piece.strip())
        apart = manner.moments(pieces, limit=8)
        if any(moment.year and moment.day for moment in apart):
            return [
                _placed(scene, pieces, moment, group, manner.fetched)
                for moment in apart
                if moment.year and moment.day and _fit(moment)
            ]
    found = [
        _placed(scene, line.text, moment, blocks, manner.fetched)
        for moment in moments
        if _fit(moment)
        and not _in_sentence(line.text, moment, blocks := line.blocks_in(moment.label_start, moment.end))
    ]
    return found or _told_from_now(scene, group, manner)


def _in_sentence(text: str, moment: Moment, blocks: list[Block]) -> bool:
    """Whether a date without a label is part of a sentence: `On 3 March at 10:30 the fair opens.` is an event's."""
    if moment.label or moment.relative or len(blocks) > 1:
        return False
    words, raw = blocks[0].text, text[moment.start : moment.end]
    before, _, behind = words.partition(raw)
    if not _HAN.search(before + behind):
        return (
            _FULL_STOP.search(behind or before) is not None
            and len(_WORD.findall(before + behind)) >= 4
            and not _OF_THE_ARTICLE.search(words)
        )
    if len(_HAN.findall(before + behind)) < 6:
        return False
    return any(found for found in (_FULL_STOP.search(behind), _HAN_BEFORE.search(before), _HAN_BEHIND.match(behind)))


def _told_from_now(scene: Scene, group: list[Block], manner: Manner) -> list[Evidence]:
    """`3 hours ago`: by the attribute that holds the moment itself, else by the fetch."""
    found: list[Evidence] = []
    for block in group:
        ago = find_ago(block.text, manner.fetched or _ANY_FETCH) if len(block.text) <= 80 else None
        if ago is None or not _fit(ago):
            continue
        exact = _attribute_moment(block.element, manner.language)
        if exact is not None:
            raw, moment = exact
            moment.label = ago.label
            item = _placed(scene, raw, moment, [block], manner.fetched)
            item.raw = raw
            found.append(item)
        elif manner.fetched is not None:
            found.append(_placed(scene, block.text, ago, [block], manner.fetched))
    return found


def _attribute_moment(element: HtmlElement, language: str | None) -> tuple[str, Moment] | None:
    for inner in islice(element.iter(), 12):
        for name in _MOMENT_ATTRIBUTES:
            value = inner.get(name)
            moment = read_stamp(value, language=language) if value and len(value) < 60 else None
            if value and moment is not None and moment.year is not None and moment.day is not None:
                return value, moment
    return None


def _fit(moment: Moment) -> bool:
    if moment.span or moment.label == "other" or moment.month is None:
        return False
    return not (
        moment.weak and moment.year is None and moment.label is None and moment.hour is None and not moment.relative
    )


def _placed(scene: Scene, text: str, moment: Moment, blocks: list[Block], fetched: datetime | None) -> Evidence:
    """Weigh a time by its label, its form and its distance from the title."""
    first = blocks[0].index
    distance = first - scene.anchor
    sharp = moment.hour is not None
    weight = 84.0 if moment.label else 76.0 if sharp else 66.0
    if distance < 0:
        weight -= 6 + min(40, 5 * -distance) + (14 if distance < -3 else 0)
        if not moment.label and not sharp:
            # What a page prints above its title may be today.
            weight -= 36 if fetched is not None and moment.date() == fetched.date() else 6
    else:
        between = min(distance, max(0, scene.first - scene.anchor))
        weight -= min(22, between * 0.8) + max(0, first - scene.first) * 4
    if moment.weak and not moment.label:
        weight -= 10 if sharp else 24
    if moment.year is None:
        weight -= 8
    if sharp and not moment.label and first in scene.kept:
        # The clock that makes a header's time the surer makes a line of the text an event's.
        weight -= 10 if moment.year is not None else 20
    if moment.day is None:
        weight -= 30
    raw = text[moment.start : moment.end]
    if any(raw in words and _names_more(words, raw) for block in blocks for words, _ in block.links):
        weight -= 34
    if moment.relative:
        weight -= 12
    weight -= _caption_doubt(text, moment, blocks)
    return _evidence(text, moment, "visible", weight, [block.index for block in blocks])


def _names_more(link: str, raw: str) -> bool:
    """Whether a link's words tell of something else than times: then it leads to another article."""
    if len(link) <= len(raw) + 14:
        return False
    dated = sum(moment.end - moment.label_start for moment in find_moments(link[:200], limit=4))
    return len(link) - dated > 14


def _caption_doubt(text: str, moment: Moment, blocks: list[Block]) -> float:
    """How far a date looks like a caption's or a sentence's rather than the article's."""
    box = blocks[0].box
    if box.tag == "figcaption" or (box.parent is not None and box.parent.tag in ("figcaption", "figure")):
        return 26
    if moment.label or moment.hour is not None or len(blocks) > 1:
        return 0
    words = len(blocks[0].text) - (moment.end - moment.start)
    leads = text[: moment.start].strip() == ""
    return (6 if leads else 22) if words > 50 and any(mark in text for mark in " ，。、") else 0


def _dateline(scene: Scene, places: list[int], manner: Manner) -> list[Evidence]:
    """The date in the opening of the article's first paragraphs: `HOUSTON — May 23, 2025 —`, `中新社北京10月13日电`."""
    for index in places:
        text = scene.blocks[index].text[:160]
        if not _DIGIT.search(text):
            continue
        for moment in manner.moments(text, limit=2):
            wire = moment.month is None or _DATELINE.match(text, moment.end) is not None
            if moment.span or not wire or not _WIRE_START.fullmatch(text[: moment.start]):
                continue
            weight = 48 if moment.year is not None else 36 if moment.month is not None else 26
            return [_evidence(text, moment, "dateline", weight, [])]
    return []


def _read_tail(scene: Scene, group: list[Block], manner: Manner) -> list[Evidence]:
    found: list[Evidence] = []
    line = _line(group)
    if len(line.text) > _LINE or not _DIGIT.search(line.text):
        return found
    for moment in manner.moments(line.text, limit=6):
        if not _fit(moment) or moment.year is None or moment.day is None:
            continue
        blocks = line.blocks_in(moment.label_start, moment.end)
        linked = any(block.link_chars > len(block.text) // 2 for block in blocks)
        behind = blocks[0].index - scene.last
        if moment.label:
            weight = 66.0 - max(0, behind) * 2 - (30 if linked else 0)
        elif linked or len(blocks) > 1 or _SENTENCE.search(blocks[0].text) or _in_sentence(line.text, moment, blocks):
            continue
        elif _CLOSING.fullmatch(blocks[0].text) or (moment.hour is not None and len(blocks[0].text) <= 100):
            weight = 42.0 - max(0, behind) * (4 if behind <= 3 else 1.5)
        elif len(blocks[0].text) <= 60 and line.text[: moment.start].strip() == "" and behind <= 0:
            weight = 36.0
        elif len(blocks[0].text) <= 60 and _DATELINE.match(
            blocks[0].text, blocks[0].text.find(line.text[moment.start : moment.end])
        ):
            weight = 34.0
        else:
            continue
        found.append(_evidence(line.text, moment, "visible", weight, [block.index for block in blocks]))
    return found


def _evidence(text: str, moment: Moment, basis: Basis, weight: float, blocks: list[int]) -> Evidence:
    kind: Kind = "modified" if moment.label == "modified" else "published"
    rule = "label" if moment.label and basis == "visible" else basis
    raw = text[moment.start : moment.end].strip()
    words = text[moment.label_start : moment.start] or text[moment.end : moment.end + 6]
    return Evidence(moment, raw, basis, rule, kind, weight, blocks, words=words)
