"""Labelled credits of one line: `来源：X`, `Source: X`, `文/X 编辑/Y`; what was read, and what is left of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from items.article import Source
from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.people import is_han_name, is_person, is_place, split_names

EDGE = "\ue000"
"""Stands where a field ends: between inline elements, and in place of words that are already read."""

Kind = Literal["site", "label", "byline", "dateline", "closing", "unlabelled"]

_LONGEST_NAME = 90
_LONGEST_LOOK = 300
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_HAS_HAN = re.compile(rf"[{_HAN}]")
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]")
_COLON = re.compile(r"[:：︰﹕∶]|[|｜︱丨/／=＝│┃]")
_BRACKET_LABEL = re.compile(r"[【\[［〔「(（]\s?([^】\]］〕」)）]{1,8})\s?[】\]］〕」)）]")
_LATIN_TAIL = re.compile(r"[^\W\d_][\w'’()/ -]{0,39}$")
_WORD_START = re.compile(r"(?<![\w'’])(?=\w)|(?<=\d)(?=[^\W\d_])|(?<=[a-zäöüßéè.])(?=[A-ZÄÖÜÉ])")
_BAR = re.compile(rf"[|｜︱丨•‖│┃◆■●▪{EDGE}\n\t]|\s—\s|[；;]|\s{{4,}}")
_STRONG = re.compile(_BAR.pattern + r"|\s[-–/]\s")
_PREPOSITION = re.compile(r"\s(?:on|am|le|el|il|em|vom|at)\s?$")
_TRIM = " \t\n\r\u3000\xa0\u200b:：,，;；、|｜︱丨/／•‖·-–—=>→*#~" + EDGE
_QUOTES = "\"'“”‘’「」『』<>〈〉"
_OPEN_CLOSE = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕", "［": "］", "「": "」"}
_CLOSERS = frozenset(_OPEN_CLOSE.values())
_PLATFORM = re.compile(words.han("(?:官方)?(?:账号|帐号|微博|微信公众号|公众号|微信)") + "$")
_PLATFORM_BEFORE = re.compile(
    rf"^(?:(?:{words.han('微信')})?{words.han('公众号')}\s?[:：@“\"「《]?"
    rf"|(?:{words.han('微信|头条号|微博')})\s?[:：@“\"「《])\s?(?=\S{{2}})"
)
# `每经编辑：`, `本版责编：`: a word of the house before the label.
_DESK_BEFORE = re.compile(rf"(?<=\s)[{_HAN}]{{2,3}}$")
_MAY_BE_DATED = re.compile(r"[\d昨前今刚剛]")
_ISSUE = re.compile(r"(?:19|20)\d\d年|第?\d{1,4}期|第?\d{1,3}版|[A-Z]?\d{1,3}版|(?<=》)(?=[（(\d\s])")
_AFTER_LABEL = re.compile(
    words.han("(?:本文|文章)?(?:来源|转载)(?:于|自)?") + r"[\s:：]{1,3}|^(?:by|von|par|por|the)\s*:\s*", re.IGNORECASE
)
_SENTENCE_AFTER = re.compile(
    r"(?<=[^\W\d_]{3})[.!?]\s+(?=[A-ZÀ-Þ])|[。！？!?]|"
    r"(?<=\b[A-Z]\.)(?=[A-Z][a-zà-ÿ]{3,})|, übermittelt|，(?=\S{0,8}(?:侵|删|版权|"
    r"版權|原标题|"
    r"原題|有改动|略有))"
)
_NUMBER = re.compile(r"\s*\d[\d\s.,:：/年月日T+-]{2,30}")
_PICTURE_TOO = re.compile(r"\s*(?:图|圖|摄影|攝影|摄|攝)[\s/／:：]+")
_OUTLET_BEFORE = re.compile(r"[\w·《》-]{2,16}$")
_GLUED_REPORTER = re.compile(
    rf"(?P<outlet>[\w·《》-]{{2,20}}(?:网|網|报|報|社|台|臺|客户端|周刊|週刊))(?P<name>[{_HAN}]{{2,4}})"
)
_OUTLET_AND_NAMES = re.compile(
    r"(?P<outlet>[\w·《》-]{2,16}?)(?:\s{1,2}|(?:"
    + words.han("特约|首席|资深|实习|见习|全媒体")
    + ")?(?:"
    + words.han("记者|评论员|专栏作者|作者|编辑|研究员")
    + rf")[\s:：]{{0,2}})(?P<who>[{_HAN}·]{{2,8}}(?:[\s、,，]{{1,2}}[{_HAN}·]{{2,8}}){{0,4}})"
)
_PROSE = re.compile(r"[。！？!?]|[,，]\s?\S{12,}[,，]")
_SHORTENED = re.compile(r"(?:\b[^\W\d_]|\b(?:Inc|Ltd|Co|Corp|bzw|e\.V|etc))\.$")
_NAME_MARKS = re.compile(r"[\s.,:：\[\]()（）【】-]")
_ADDRESS = re.compile(r"^https?://(?:www\.)?([^/\s]{4,80})(?:/\S*)?$")
_INITIALS = re.compile(r"(?<=Desk)\s?\([A-Z]{2,3}\)$")
_TOLD_FROM = re.compile(words.han("(?:综合|即时|现场)?(?:报道|报导|电|讯)") + "$")
_WEAK_LABELS = frozenset({"read more", "read more at", "read more on", "leer más en", "via", "原创", "来自"})


@dataclass(slots=True)
class LineCredits:
    """What one line credits.

    Attributes:
        source: who the line names as the article's source; kind `site` for a house credit or a rights holder.
        authors: people, or the desk where no person is named.
        editors: the same for editors and proof-readers.
        spans: per role (`source`, `author`, `editor`, `picture`, `staff`, `other`) where they stood, label included.
        rest: what is left of the line without credits, dates, counters and buttons; empty for a line of credits only.
        boilerplate: the line is a notice about rights, reprints or liability.
        picture: the line credits a picture, a video or a chart.
        sure_authors: a label, `By` or a role names the authors; False where a name only stands beside the date.
    """

    source: Source | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    rest: str = ""
    boilerplate: bool = False
    picture: bool = False
    sure_authors: bool = True

    @property
    def empty(self) -> bool:
        """Whether the line names nobody."""
        return self.source is None and not self.authors and not self.editors


class Reading:
    """A line while it is read: what was found so far, and the text with every word already read blanked out.

    Attributes:
        text: the line.
        asian: whether the line has Han, Japanese or Korean characters: its forms differ.
        left: the line, of the same length, with `EDGE` in place of words that are read.
        found: the credits so far.
    """

    __slots__ = ("_dates", "asian", "found", "left", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = text
        self.asian = bool(_ASIAN.search(text[:_LONGEST_LOOK]))
        self.found = LineCredits()
        self._dates: list[tuple[int, int]] | None = None

    @property
    def dates(self) -> list[tuple[int, int]]:
        """Where dates and times stand in the line."""
        if self._dates is None:
            dated = _MAY_BE_DATED.search(self.text)
            self._dates = [found.span() for found in words.DATES.finditer(self.text)] if dated else []
        return self._dates

    def undated(self) -> str:
        """What is left of the line, its dates blanked out as well."""
        left = self.left
        for start, end in self.dates:
            left = left[:start] + EDGE * (end - start) + left[end:]
        return left

    def take(self, role: str, start: int, end: int) -> None:
        """Blank out a span that was read, with the brackets that hold nothing else."""
        while start and end < len(self.text) and _OPEN_CLOSE.get(self.text[start - 1]) == self.text[end]:
            start, end = start - 1, end + 1
        self.left = self.left[:start] + EDGE * (end - start) + self.left[end:]
        self.found.spans.setdefault(role, []).append((start, end))

    def credit(self, name: str, kind: Kind, start: int, end: int) -> None:
        """Note the source and blank out its words. The first one found stays."""
        self.take("source", start, end)
        if self.found.source is None or (self.found.source.kind == "byline" and kind == "label"):
            first, last = self.found.spans["source"][-1]
            raw = self.text[first:last].replace(EDGE, " ").strip(_TRIM)
            if raw[-1:] in _CLOSERS and not any(opener in raw for opener in _OPEN_CLOSE):
                raw = raw[:-1]
            self.found.source = Source(name=name, raw=raw or name, kind=kind)

    def people(self, role: Literal["author", "editor"], names: list[str], start: int, end: int) -> None:
        """Note authors or editors and blank out their words."""
        self.take(role, start, end)
        have = self.found.authors if role == "author" else self.found.editors
        have.extend(name for name in names if name not in have)


@dataclass(slots=True)
class _Field:
    """A labelled value: its role, its label in plain form, where that begins, its mark, where the value lies."""

    role: str
    name: str
    label: int
    mark: str
    start: int
    end: int


def read_labels(reading: Reading) -> None:
    """Read every labelled value of a line: `来源：X`, `Source: X`, `文/X 编辑/Y`, `[来源] X`."""
    found = _fields(reading.text)
    shared: list[_Field] = []
    for item in found:
        if item.start >= item.end and (not _ASIAN.match(item.name) and item.role in ("picture", "other")):
            continue
        if item.start >= item.end and item.mark in "/／" and item.role in ("author", "editor", "picture"):
            shared.append(item)
            continue
        _read_field(reading, item)
        for other in shared:
            _read_field(reading, _Field(other.role, other.name, other.label, other.mark, item.start, item.end))
        shared = []


def source_name(value: str) -> tuple[str, int] | None:
    """The name in a source label's value, and where in the value it ends; None when it credits nobody."""
    cut = _cut(value, _BAR)
    raw = _PREPOSITION.sub("", value[:cut])
    lead = len(raw) - len(raw.lstrip(_TRIM + " "))
    body = raw[lead:]
    if words.DATES.match(body):
        return None
    if again := _AFTER_LABEL.match(body):
        lead, body = lead + again.end(), body[again.end() :]
    body = body[: _outlet_length(body)]
    name = clean_name(body)
    return (name, lead + len(body.rstrip(_TRIM))) if name and not is_nobody(name) else None


def clean_name(text: str) -> str:
    """An outlet's name without the punctuation, quotes and platform words around it."""
    name = " ".join(text.replace(EDGE, " ").split()).strip(_TRIM + _QUOTES + " ")
    name = _INITIALS.sub("", _ADDRESS.sub(r"\1", name))
    if name.endswith((".", "。", "…")) and not _SHORTENED.search(name):
        name = name.rstrip(".。…")
    while name and name[0] in _OPEN_CLOSE and name.endswith(_OPEN_CLOSE[name[0]]) and name.count(name[0]) == 1:
        name = name[1:-1].strip(_TRIM + _QUOTES + " ")
    name = name.rstrip("".join(closer for opener, closer in _OPEN_CLOSE.items() if opener not in name))
    name = name.rstrip("".join(_OPEN_CLOSE)).strip()
    name = _PLATFORM_BEFORE.sub("", name)
    shorter = _PLATFORM.sub("", name).strip(_QUOTES + " ")
    return shorter or name


def is_nobody(name: str) -> bool:
    """Whether a value credits no one: `admin`, `网络`, `本站`, a place, a stock-picture house, a survey."""
    folded = _NAME_MARKS.sub("", words.plain(name))
    return (
        len(folded) < 2
        or len(name) > _LONGEST_NAME
        or not any(char.isalpha() for char in folded)
        or bool(words.GENERIC.match(folded) or words.PICTURE_HOUSES.match(name) or _is_data_note(name))
        or is_place(_TOLD_FROM.sub("", name))
        or folded in words.LABELS
    )


def _is_data_note(name: str) -> bool:
    return words.DATA_NOTE.search(name) is not None and words.OFFICE.search(name) is None


def field_at(text: str, end: int) -> tuple[str, int] | None:
    """The label that ends at `end`, as (plain form, start), if any."""
    head = text[max(0, end - 48) : end].rstrip(" \u3000\xa0\t" + EDGE)
    if not head:
        return None
    base = max(0, end - 48)
    if _ASIAN.match(head[-1]):
        places = [place for place in range(len(head)) if not head[place].isspace() and head[place] != EDGE]
        places = places[-words.LONGEST_HAN_LABEL :]
        for first in range(len(places)):
            label = words.plain("".join(head[place] for place in places[first:]))
            if label in words.LABELS and _may_begin(head, places[first], label):
                start = places[first]
                desk = _DESK_BEFORE.search(head[:start])
                if (
                    desk
                    and words.LABELS[label] in ("author", "editor")
                    and not (is_han_name(desk.group()) or words.OUTLET_END.search(desk.group()))
                ):
                    start = desk.start()
                return label, base + start
        return None
    tail = _LATIN_TAIL.search(head)
    if tail is None:
        return None
    run = tail.group()
    for begin in _WORD_START.finditer(run):
        label = " ".join(run[begin.start() :].lower().replace("’", "'").split())
        if label in words.LABELS:
            return label, base + tail.start() + begin.start()
    return None


def _may_begin(head: str, place: int, label: str) -> bool:
    """One-character labels, and those that prose uses too, only begin where a word can."""
    return len(label) > 1 or place == 0 or not _ASIAN.match(head[place - 1])


def _fields(text: str) -> list[_Field]:
    """The labelled fields of a line, in order; a value runs to the next label."""
    marks: list[tuple[str, int, int, str]] = []
    for colon in _COLON.finditer(text):
        label = field_at(text, colon.start())
        if (
            label is None
            or (label[0] == "기자" and colon.group() not in ":：")
            or (colon.group() not in ":：︰﹕∶" and not _stands_alone(text, *label))
        ):
            continue
        if not marks and words.LABELS[label[0]] in ("other", "staff") and _HAS_HAN.match(text, label[1] - 1):
            continue  # the end of a longer word: `活动时间：`
        marks.append((label[0], label[1], colon.end(), colon.group()))
    for bracket in _BRACKET_LABEL.finditer(text):
        label_text = words.plain("".join(bracket.group(1).split()))
        if label_text in words.LABELS:
            marks.append((label_text, bracket.start(), bracket.end(), "]"))
    marks.sort(key=lambda mark: mark[2])
    out = []
    for place, (name, label_start, label_end, mark) in enumerate(marks):
        end = marks[place + 1][1] if place + 1 < len(marks) else len(text)
        value = text[label_end : max(label_end, end)]
        start = label_end + len(value) - len(value.lstrip(_TRIM + " "))
        end = min(end, start + _value_length(text[start:end]))
        out.append(_Field(words.LABELS[name], name, label_start, mark, start, end))
    return out


def _stands_alone(text: str, label: str, start: int) -> bool:
    """Bars and slashes make labels only of author, editor, source and picture words that begin a field."""
    before = text[:start].rstrip()[-1:]
    role = words.LABELS[label]
    if role in ("author", "editor") and len(label) > 1 and text[start + len(label) :].lstrip()[:1] in tuple("|｜丨︱"):
        return bool(_ASIAN.match(label))
    return (
        role != "other"
        and (not before or not before.isalnum() or text[start - 1] in " \u3000" or before == EDGE)
        and (bool(_ASIAN.match(label)) or role == "source")
    )


def _value_length(value: str) -> int:
    """Up to the bracket that closes what was opened before the value."""
    depth: list[str] = []
    for place, char in enumerate(value):
        if char in _OPEN_CLOSE:
            depth.append(_OPEN_CLOSE[char])
        elif char in _CLOSERS:
            if not depth or depth[-1] != char:
                return place
            depth.pop()
    return len(value)


def _cut(value: str, gap: re.Pattern[str] = _STRONG) -> int:
    """Where a value ends for certain: at a date, a button, a counter, a bar or the end of a sentence."""
    ends = [len(value)]
    for pattern in (words.DATES, words.FURNITURE, gap, _SENTENCE_AFTER, _ISSUE):
        match = pattern.search(value)
        while match and not value[: match.start()].strip(_TRIM + " "):
            match = pattern.search(value, match.end()) if match.end() > match.start() else None
        if match:
            ends.append(match.start())
    return min(ends)


def _outlet_length(body: str) -> int:
    """How much of a value is the outlet's name: Han names end at white space, and before a reporter glued to them."""
    if not _HAS_HAN.search(body):
        return len(body)
    tokens = list(re.finditer(r"\S+", body))
    end = len(body)
    for before, token in pairwise(tokens):
        word = token.group()
        if _HAS_HAN.search(word) and (_HAS_HAN.search(before.group()[-1:]) or is_person(word) or is_place(word)):
            end = before.end()
            break
        if _HAS_HAN.search(before.group()) and not _HAS_HAN.search(word) and len(word) > 12:
            end = before.end()
            break
    glued = _GLUED_REPORTER.fullmatch(body[:end].rstrip())
    return glued.start("name") if glued and is_han_name(glued["name"]) and len(glued["name"]) < 4 else end


def _read_field(reading: Reading, item: _Field) -> None:
    value = reading.text[item.start : item.end]
    if item.role == "source":
        _read_source(reading, item, value)
    elif item.role in ("author", "editor"):
        _read_people(reading, item, value)
    elif item.role == "picture":
        length = _cut(value)
        if length <= 80:
            reading.found.picture |= not reading.text[: item.label].strip(_TRIM + "".join(_OPEN_CLOSE) + " ")
            reading.take("picture", item.label, item.start + length)
    else:
        number = _NUMBER.match(value)
        length = number.end() if number else min(_cut(value), _other_length(value), 40)
        reading.take(item.role, item.label, item.start + length)


def _other_length(value: str) -> int:
    """A time, a number or one word belongs to a label such as `时间：`; what follows may be a name of its own."""
    token = re.match(r"\s*(?:[\d\s.,:：/年月日-]+|\S{1,24})", value)
    return token.end() if token else 0


def _read_source(reading: Reading, item: _Field, value: str) -> None:
    named = source_name(value)
    weak = item.name in _WEAK_LABELS
    if _is_caption(reading.text, item, value):
        reading.found.picture = True
        reading.take("picture", item.label, item.end)
        return
    if named and weak and (len(named[0]) > 30 or len(named[0].split()) > 3):
        return
    if named is None:
        cut = _cut(value)
        if item.start < item.end and "者" in value[:cut] and (names := split_names(value[:cut], labelled=False)):
            reading.people("author", names, item.label, item.start + cut)  # `来源：本报记者 张伟`
            return
        reading.take("other", item.label, item.start + cut)
        if words.PICTURE_HOUSES.match(clean_name(value[:cut])) or words.DATA_NOTE.search(clean_name(value[:cut])):
            reading.found.picture = True
        return
    name, end = named
    if item.name == "原创" and is_han_name(name):
        reading.people("author", [name], item.label, item.start + end)
        return
    reading.credit(name, "unlabelled" if weak else "label", item.label, item.start + end)
    _person_behind(reading, item.start + end, item.end)


def _is_caption(text: str, item: _Field, value: str) -> bool:
    """A Latin label behind a sentence credits its picture: `… with the new cast. / Source: ARD/Christof Arnold`."""
    before = text[: item.label].rstrip(" /|(–-")
    parts = [part.strip(" .)" + EDGE) for part in value.partition(";")[0].split("/")]
    return not _ASIAN.match(item.name) and (
        (len(parts) > 1 and any(is_person(part) or words.PICTURE_HOUSES.match(part) for part in parts))
        or (len(before) > 40 and not words.DATES.search(before))
    )


def _person_behind(reading: Reading, start: int, end: int) -> None:
    """`来源：中国新闻网 王帆`: a name right behind the source is the author's."""
    behind = re.match(r"\s*([^\s|｜,，]{2,4})(?=$|[\s|｜])", reading.left[start:end])
    if behind and is_han_name(behind.group(1)):
        reading.people("author", [behind.group(1)], start + behind.start(1), start + behind.end(1))


def outlet_and_names(text: str) -> tuple[str, list[str], int] | None:
    """`中国纺织报记者 张海燕`: the outlet, its people, and where the outlet's name ends; None for anything else."""
    found = _OUTLET_AND_NAMES.fullmatch(text)
    if found is None:
        return None
    outlet = clean_name(found["outlet"])
    names = split_names(found["who"])
    if is_nobody(outlet) or is_person(outlet) or not names or not all(is_person(name) for name in names):
        return None
    known = words.OUTLET_END.search(outlet) or (outlet.startswith("《") and outlet.endswith("》"))
    return (outlet, names, found.end("outlet")) if known else None


def _read_people(reading: Reading, item: _Field, value: str) -> None:
    length = _cut(value)
    if picture := _PICTURE_TOO.match(value):
        value = " " * picture.end() + value[picture.end() :]
    if item.name.endswith("记者") and (before := _OUTLET_BEFORE.search(reading.text[: item.label])):
        name = clean_name(before.group())
        if words.OUTLET_END.search(name) and not is_nobody(name):
            reading.credit(name, "byline", before.start(), before.end())
    if outlet := outlet_and_names(value[:length].strip()):
        name, names, end = outlet
        reading.credit(name, "byline", item.start, item.start + end)
        reading.people("author" if item.role == "author" else "editor", names, item.label, item.start + length)
        return
    names = [
        name for name in split_names(value[:length]) if not words.GENERIC.match(words.plain(name).replace(" ", ""))
    ]
    sure = [name for name in names if is_person(name)]
    if not sure and (length > 40 or _PROSE.search(value[:80])):
        return
    role: Literal["author", "editor"] = "author" if item.role == "author" else "editor"
    reading.people(role, names, item.label, item.start + length)
