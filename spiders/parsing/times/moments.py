"""Strings to moments: every date in a text, with its time of day, zone and label, in the languages of the press."""

from __future__ import annotations

import datetime
import re
from typing import Final

from spiders.parsing.times.clocks import Clock, clock_ahead, clock_behind, zone_offset
from spiders.parsing.times.date_forms import Context, forms_at, is_possible
from spiders.parsing.times.moment import Label, Moment
from spiders.parsing.times.time_words import AFTER, LABEL


def _folding() -> dict[int, str]:
    table = {ord(" ") + i + 0xFEE0: chr(ord(" ") + i) for i in range(1, 95)}
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xE50, 0xED0, 0x1040, 0x17E0):
        table |= {zero + i: str(i) for i in range(10)}
    table |= dict.fromkeys(
        map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\u200b\u200e\u200f\u202a\u202b\u202c\ufeff\t\r\n"), " "
    )
    return table | dict.fromkeys(map(ord, "‐‑‒–−﹣"), "-") | dict.fromkeys(map(ord, "・‧∙•"), "·")


_FOLDING: Final = _folding()
_NUMBER: Final = re.compile(r"\d+")
_KANJI_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_KANJI_DATE: Final = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_HIJRI_YEAR: Final = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_YEAR_BEHIND: Final = re.compile(r"\s(?:[A-Z]{2,5}\s|[+-]\d{4}\s)?(\d{4})(?!\d)")
_RANGE_AHEAD: Final = re.compile(r"\d\s?[日.]?\s?(?:[-~～]|至|到|bis|to|al|au|until|through|–)\s?$")
_RANGE_BEHIND: Final = re.compile(
    r"\s?(?:[~～]|至|到|bis|to|until|through|-)\s?(?:\d{1,2}\s?(?:[月日]|$|[^\d:\s])|\d{1,2}[./]\d|\d{4}[-/.年])"
)
_DOTTED_CLOCKS: Final = frozenset({"fi", "da", "nb", "no", "nn", "sv", "id", "ms", "it", "et", "is", "th", "de"})
_LABEL_GAP: Final = re.compile(
    r"[\s:|｜︱.,;\-—–()\[\]/*·'\"=>]{0,6}(?:(?:on|at|am|le|el|il|em|op|den|the|ngày|pada|vom|um|le|na|в|från|van|of|by|date|time|于|於|年月日)"
    r"[\s:|,.]{1,3}){0,2}(?:\(?[^\W\d_]{1,14}[\s,.)]{1,3}|(?:星期|周)[一二三四五六日天]\s?)?[\s(]{0,2}"
)


def fold(text: str) -> str:
    """The text with full-width forms, other scripts' digits, dashes and spaces made plain, each in its place."""
    return text if text.isascii() and "\n" not in text else text.translate(_FOLDING).replace("元年", "1年")


def find_moments(text: str, *, language: str | None = None, month_first: bool = False, limit: int = 40) -> list[Moment]:
    """Every date in a text, in order.

    Args:
        text: a line, a heading, a value of an attribute; long text costs by its numbers.
        language: BCP 47; orders two-digit years and tells zones and months apart.
        month_first: read 05/06/2024 as the sixth of May, as in the United States.
        limit: stop after so many.
    """
    folded = fold(text)
    primary = (language or "").lower()
    context = Context(
        text=folded,
        east=primary[:2] in ("zh", "ja", "ko") or (not primary and _CJK.search(folded) is not None),
        month_first=month_first,
        language=primary or None,
        roc=(primary[:2] == "zh" and primary != "zh") or "民國" in folded,
    )
    moments: list[Moment] = []
    reached = 0
    for number in _NUMBER.finditer(folded):
        if number.start() < reached or number.end() - number.start() > 14:
            continue
        moment = _moment_at(context, number, reached)
        if moment is None:
            continue
        reached = moment.end
        moments.append(moment)
        if len(moments) >= limit:
            break
    if len(moments) > 1:
        moments = _without_doubled(moments, folded)
    if not moments and "年" in folded and (kanji := _KANJI_DATE.search(folded)):
        moments = _from_kanji(kanji)
    return moments


def _without_doubled(moments: list[Moment], text: str) -> list[Moment]:
    """The moments without Hijri days that the next moment gives in the common calendar: `14 Ramadan 1445 - 24/3/2024`.

    The lunar reckoning may be a day off. What the label in front says goes for the day that stays.
    """
    kept: list[Moment] = []
    for moment, following in zip(moments, [*moments[1:], None], strict=True):
        day, other = moment.date(), following.date() if following else None
        near = day is not None and other is not None and abs((day - other).days) <= 2
        if following and near and _HIJRI_YEAR.search(text, moment.start, moment.end) and moment.hour is None:
            if following.label is None:
                following.label, following.label_start = moment.label, moment.label_start
            continue
        kept.append(moment)
    return kept


def _moment_at(context: Context, number: re.Match[str], reached: int) -> Moment | None:
    moment = None
    for form in forms_at(context.text, number):
        moment = form(context, number.start())
        if moment is not None and is_possible(moment):
            break
    else:
        return None
    assert moment is not None
    _read_clock(context, moment, reached)
    read_label(context.text, moment, reached)
    head = context.text[max(reached, moment.start - 12) : moment.start]
    if moment.hour is None and (
        _RANGE_AHEAD.search(head) or _RANGE_BEHIND.match(context.text, moment.end, moment.end + 12)
    ):
        moment.span = True
    return moment


def _read_clock(context: Context, moment: Moment, reached: int) -> None:
    if moment.day is None or moment.hour is not None:
        return
    text = context.text
    dotted = text[moment.start : moment.end].count(".") >= 2 or (context.language or "")[:2] in _DOTTED_CLOCKS
    clock = clock_behind(text, moment.end, dotted=dotted)
    if clock is not None:
        moment.end = clock.end
        if moment.year is None and (year := _YEAR_BEHIND.match(text, clock.end)):
            moment.year, moment.end = int(year[1]), year.end()
    else:
        clock = clock_ahead(text, moment.start) if moment.year is not None else None
        if clock is None or clock.start < reached:
            return
        moment.start = clock.start
    _set_clock(moment, clock, context.language)


def _set_clock(moment: Moment, clock: Clock, language: str | None) -> None:
    moment.hour, moment.minute, moment.second = clock.hour, clock.minute, clock.second
    if clock.zone:
        moment.offset = zone_offset(clock.zone, moment.date() or datetime.date(2024, 1, 1), language=language)


def read_label(text: str, moment: Moment, reached: int) -> None:
    """Note what the words right before or behind a moment say it is the time of; `reached` is where to stop looking."""
    moment.label_start = moment.start
    begin = max(reached, moment.start - 48)
    for found in LABEL.finditer(text, begin, moment.start):
        if _LABEL_GAP.fullmatch(text, found.end(), moment.start):
            moment.label, moment.label_start = _label(found), found.start()
    if moment.label is None and (behind := AFTER.match(text, moment.end)):
        moment.label = _label(behind)


def _label(found: re.Match[str]) -> Label | None:
    name = found.lastgroup
    return name if name in ("published", "modified", "other") else None  # type: ignore[return-value]


def _from_kanji(match: re.Match[str]) -> list[Moment]:
    def number(words: str) -> int:
        tens, ten, ones = words.rpartition("十")
        if not ten:
            return int(ones.translate(_KANJI_DIGITS))
        return 10 * int(tens.translate(_KANJI_DIGITS) or 1) + int(ones.translate(_KANJI_DIGITS) or 0)

    moment = Moment(
        match.start(), match.end(), int(match[1].translate(_KANJI_DIGITS)), number(match[2]), number(match[3])
    )
    read_label(match.string, moment, 0)
    return [moment] if is_possible(moment) else []
