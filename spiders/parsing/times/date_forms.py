"""The forms in which the world prints a day: each reader takes the number that a date may begin with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from spiders.parsing.times.calendars import ERAS, from_lunar_hijri, from_solar_hijri, gregorian_year
from spiders.parsing.times.moment import Moment, make_date
from spiders.parsing.times.month_words import LUNAR_HIJRI, SHORT_AND_COMMON, SOLAR_HIJRI, fold_word, month_number

_WORD: Final = r"[^\s\d.,:;/|()\[\]{}<>\"“”«»~—\-·+*=%$€_&#@!?]{2,14}"
_MONTH: Final = rf"(?P<word>[ก-ฮ]{{1,2}}\.?[ก-ฮเิี]{{0,2}}\.?[ก-ฮ]\.|{_WORD}(?:\s(?:al-)?{_WORD})?)"
_OF: Final = r"(?:(?:de|del|of|di|da|dari|της|του)\s{1,2}|d['’]\s?)"
_YEAR: Final = r"(?P<year>\d{4}(?!\d)|['’]\d\d(?!\d)|(?<=[\s.\-/])\d\d(?![\d:.%,]|\s?[a-z]))"

_DIGITS: Final = re.compile(r"\d+")
_YMD_CJK: Final = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?")
_YMD: Final = re.compile(r"(\d{4})\s?([-/._·])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?:\.(?!\d))?")
_Y_MD: Final = re.compile(r"(\d{4})\s{1,3}(\d{1,2})(-|\s?/\s?|月\s?)(\d{1,2})日?(?![\d%])")
_YM_SPLIT: Final = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})月?\s{1,3}(\d{1,2})(?![\d:%.,/-])")
_Y_WORD: Final = re.compile(
    rf"(\d{{4}})\.?(?:\s?(?:m|г"
    rf"|gada)\b)?[.\s,\-/]{{0,3}}(?:(?P<first>\d{{1,2}})\.\s)?{_MONTH}[.]?(?:[\s\-/,]{{1,2}}(?P<day>\d{{1,2}})(?![\d:])"
    rf"|(?=.))"
)
_MD_CJK: Final = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]?")
_DM_Y: Final = re.compile(r"(\d{1,2})\s?([-/.·])\s?(\d{1,2})\s?\2\s?(\d{4})")
_TWO_DIGITS: Final = re.compile(
    r"(\d{2})([-/.·])(\d{1,2})\2(\d{1,2})(?!\d|\2\d)|(\d{2})([-/.·])(\d{2})\6(\d{2})(?=\d{1,2}:\d\d)"
)
_TWO_DIGITS_LOOSE: Final = re.compile(r"(\d{1,2})([/.·])(\d{1,2})\2(\d{2})(?!\d|\2\d)")
_D_YM: Final = re.compile(r"(\d{1,2})\s{1,3}(\d{4})\s?[-/.年]\s?(\d{1,2})月?(?![\d/.-])")
_DM_GAP_Y: Final = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s{1,3}(\d{4})(?![\d/.-])")
_D_WORD: Final = re.compile(
    rf"(\d{{1,2}})(?:\s?(?:st|nd|rd|th|er|ος|η|-го)(?![^\W\d_])|[.ºª°])?[\s.,\-/]{{0,2}}{_OF}?{_MONTH}\.?"
    rf"(?:[\s,.\-/]{{0,3}}{_OF}?(?:พ\.ศ\.\s?)?{_YEAR})?",
    re.IGNORECASE,
)
_VIETNAMESE: Final = re.compile(r"(\d{1,2})\s(?:tháng|thg)\s(\d{1,2})(?:\s?[,/]?\s?(?:năm\s)?(\d{4}))?", re.IGNORECASE)
_WORD_AHEAD: Final = re.compile(rf"(?P<word>{_WORD})[.,]?[\s\-/]{{0,2}}$")
_MONTH_BEHIND: Final = re.compile(rf"\.?\s{{1,2}}{_OF}?(?P<word>{_WORD})")
_AFTER_WORD: Final = re.compile(
    r"(\d{1,2})(?:\s?(?:st|nd|rd|th)(?![^\W\d_]))?(?:\s?[,./-]\s?|\s{1,2}(?:of\s)?)?(?P<year>\d{4}(?![\d:])"
    r"|['’]\d\d(?!\d))?",
    re.IGNORECASE,
)
_ERA: Final = re.compile(r"(\d{1,3})\s?([年./-])\s?(\d{1,2})\s?(?:月|\2)\s?(\d{1,2})\s?日?")
_ERA_AHEAD: Final = re.compile(r"(令和|平成|昭和|大正|民國|民国|(?<![A-Za-z])[RHS])\s?$")
_MD_SHORT: Final = re.compile(
    r"(\d{1,2})(?:([-/])(\d{1,2})|(\.)(\d{1,2})(?=\.?,?\s{0,2}\d{1,2}:\d\d))(?![-/.]\d|\d(?!\d:)|%)"
)
_WIRE_DAY: Final = re.compile(r"(\d{1,2})日?(?=[電电讯訊]|日(?:[報报](?:道|導)|消息))")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?$")


@dataclass(slots=True)
class Context:
    """A folded text, and what its language says of the order of its numbers."""

    text: str
    east: bool
    month_first: bool
    language: str | None
    roc: bool


def is_possible(moment: Moment) -> bool:
    """Whether there is such a day, in a year that a page may speak of."""
    if moment.month is not None and not 1 <= moment.month <= 12:
        return False
    if moment.day is not None and not 1 <= moment.day <= 31:
        return False
    if moment.year is None:
        return moment.month is None or moment.day is None or make_date(2024, moment.month, moment.day) is not None
    return 1900 <= moment.year <= 2100 and moment.date() is not None


def _digits_end(text: str, start: int) -> int:
    match = _DIGITS.match(text, start)
    return match.end() if match else start


def _year_month_day(context: Context, start: int) -> Moment | None:
    for pattern in (_YMD_CJK, _YMD, _Y_MD, _YM_SPLIT):
        match = pattern.match(context.text, start)
        if match is None:
            continue
        year, month, day = (int(group) if group else None for group in match.group(1, *_PLACES[pattern]))
        moment = _of_any_calendar(match.start(), match.end(), year, month, day)
        if moment is not None and is_possible(moment):
            moment.weak = pattern in (_Y_MD, _YM_SPLIT)
            return moment
    return None


def _of_any_calendar(start: int, end: int, year: int | None, month: int | None, day: int | None) -> Moment | None:
    assert year is not None
    assert month is not None
    if 1300 <= year <= 1499 and day is not None:
        lunar = year >= 1415
        found = from_lunar_hijri(year, month, day) if lunar else from_solar_hijri(year, month, day)
        return Moment(start, end, found.year, found.month, found.day, weak=lunar) if found else None
    return Moment(start, end, gregorian_year(year), month, day)


def _year_word(context: Context, start: int) -> Moment | None:
    match = _Y_WORD.match(context.text, start)
    if match is None or (named := _named_month(match, context.language)) is None:
        return None
    day = match["day"] or match["first"]
    if day is None:
        return None
    return Moment(start, match.end(), gregorian_year(int(match[1])), named[0], int(day))


def _month_year(context: Context, start: int) -> Moment | None:
    """A year behind a month's name: `May 2024`."""
    end = _digits_end(context.text, start)
    ahead = _WORD_AHEAD.search(context.text[max(0, start - 17) : start])
    if ahead is None:
        return None
    month = month_number(ahead["word"], context.language)
    if month is None:
        return None
    return Moment(
        start - (ahead.end() - ahead.start()), end, gregorian_year(int(context.text[start:end])), month, None, weak=True
    )


def _month_word_day(context: Context, start: int) -> Moment | None:
    """A day behind a month's name: `May 23, 2025`."""
    end = _digits_end(context.text, start)
    ahead = _WORD_AHEAD.search(context.text[max(0, start - 17) : start])
    if ahead is None:
        return None
    month = month_number(ahead["word"], context.language)
    match = _AFTER_WORD.match(context.text, start) if month else None
    if match is None:
        return None
    year = _year(match["year"])
    if year is None and fold_word(ahead["word"]) in SHORT_AND_COMMON and context.text[end : end + 1] in ("%", ".", ""):
        return None
    stop = match.end() if year else end
    return Moment(start - (ahead.end() - ahead.start()), stop, year, month, int(match[1]), weak=year is None)


def _day_month_word(context: Context, start: int) -> Moment | None:
    match = _D_WORD.match(context.text, start)
    if match is None:
        return None
    day = int(match[1])
    named = _named_month(match, context.language)
    if named is not None:
        month, one_word, stop = named
        year = _year(match["year"])
        if one_word:
            # Only the first of two words was the month: the year, if any, was looked for too far away.
            behind = re.compile(rf"[.]?[\s,.\-/]{{0,3}}{_OF}?{_YEAR}", re.IGNORECASE).match(context.text, stop)
            year, stop = (_year(behind["year"]), behind.end()) if behind else (None, stop)
        elif year is not None:
            stop = match.end()
        if year is None and fold_word(match["word"].split()[0]) in SHORT_AND_COMMON and start + 4 < stop - 4:
            return None
        thai = any("ก" <= letter <= "ฮ" for letter in match["word"])
        if year is not None and thai and year < 2100:
            year = _thai_year(match["year"], year)
        return Moment(start, stop, gregorian_year(year) if year else None, month, day, weak=year is None)
    return _hijri_named(match, start)


def _thai_year(printed: str, year: int) -> int:
    digits = int(printed.lstrip("'’"))
    return 2500 + digits if digits < 100 else year


def _hijri_named(match: re.Match[str], start: int) -> Moment | None:
    year = match["year"]
    if not year or not year.isdigit() or not 1300 <= int(year) <= 1499:
        return None
    folded = fold_word(match["word"])
    if month := SOLAR_HIJRI.get(folded):
        found = from_solar_hijri(int(year), month, int(match[1]))
    elif month := LUNAR_HIJRI.get(folded):
        found = from_lunar_hijri(int(year), month, int(match[1]))
    else:
        return None
    # The tabular reckoning may be a day off: a Gregorian date beside it is the better one.
    lunar = folded in LUNAR_HIJRI
    return Moment(start, match.end(), found.year, found.month, found.day, weak=lunar) if found else None


def _named_month(match: re.Match[str], language: str | None) -> tuple[int, bool, int] | None:
    """The month that a match's word or two words name: its number, whether one word of two did, where it ends."""
    word = match["word"]
    if month := month_number(word, language):
        return month, False, match.end("word")
    first, space, _ = word.partition(" ")
    if space and (month := month_number(first, language)):
        return month, True, match.start("word") + len(first)
    return None


def _year(printed: str | None) -> int | None:
    if not printed:
        return None
    year = int(printed.lstrip("'’"))
    return year if year >= 100 else 2000 + year if year < 70 else 1900 + year


def _vietnamese(context: Context, start: int) -> Moment | None:
    match = _VIETNAMESE.match(context.text, start)
    return match and Moment(start, match.end(), _year(match[3]), int(match[2]), int(match[1]), weak=not match[3])


def _month_day_cjk(context: Context, start: int) -> Moment | None:
    match = _MD_CJK.match(context.text, start)
    return match and Moment(start, match.end(), None, int(match[1]), int(match[2]))


def _day_month_year(context: Context, start: int) -> Moment | None:
    match = _DM_Y.match(context.text, start) or _DM_GAP_Y.match(context.text, start)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if 1300 <= year <= 1499:
        return _of_any_calendar(start, match.end(), year, second, first)
    month_first = context.month_first and match[2] != "."
    return _ordered(start, match.end(), (first, second, gregorian_year(year)), month_first=month_first)


def _ordered(start: int, end: int, numbers: tuple[int, int, int], *, month_first: bool) -> Moment | None:
    first, second, year = numbers
    day_first, swapped = make_date(year, second, first), make_date(year, first, second)
    if month_first:
        day_first, swapped = swapped, day_first
    chosen = day_first or swapped
    if chosen is None:
        return None
    other = swapped if day_first and swapped != day_first else None
    return Moment(start, end, chosen.year, chosen.month, chosen.day, swapped=other)


def _two_digit_year(context: Context, start: int) -> Moment | None:
    match = _TWO_DIGITS.match(context.text, start) or _TWO_DIGITS_LOOSE.match(context.text, start)
    if match is None:
        return None
    first, mark, second, third = (group for group in match.groups() if group is not None)
    readings = [(first, second, third), (third, second, first), (third, first, second)]
    if not context.east and mark != "·":
        readings = [readings[2], readings[1]] if context.month_first and mark != "." else [readings[1], readings[2]]
    for year, month, day in readings:
        if len(year) == 2 and make_date(2000 + int(year), int(month), int(day)):
            return Moment(start, match.end(), 2000 + int(year), int(month), int(day), weak=True)
    return None


def _day_then_month(context: Context, start: int) -> Moment | None:
    match = _D_YM.match(context.text, start)
    return match and Moment(start, match.end(), int(match[2]), int(match[3]), int(match[1]), weak=True)


def _era(context: Context, start: int) -> Moment | None:
    end = _digits_end(context.text, start)
    match = _ERA.match(context.text, start)
    if match is None:
        return None
    ahead = _ERA_AHEAD.search(context.text[max(0, start - 4) : start])
    if ahead:
        year, begin = ERAS[ahead[1]] + int(match[1]), start - (ahead.end() - ahead.start())
    elif context.roc and end - start == 3 and 90 <= int(match[1]) <= 150:
        year, begin = 1911 + int(match[1]), start
    else:
        return None
    return Moment(begin, match.end(), year, int(match[3]), int(match[4]))


def _short(context: Context, start: int) -> Moment | None:
    """Month and day, no year: `01-19`, `10/08`; day and month with slashes or stops in the West."""
    match = _MD_SHORT.match(context.text, start)
    if match is None or re.search(r"[-/.]$|\d[:,]$", context.text[max(0, start - 2) : start]):
        return None
    words = _WORD_AHEAD.search(context.text[max(0, start - 17) : start]), _MONTH_BEHIND.match(context.text, match.end())
    if any(word and month_number(word["word"], context.language) for word in words):
        return None
    first, second = int(match[1]), int(match[3] or match[5])
    if not context.east and not context.month_first and match[2] != "-":
        first, second = second, first
    if not 1 <= first <= 12:
        first, second = second, first
    return Moment(start, match.end(), None, first, second, weak=True)


def _wire_day(context: Context, start: int) -> Moment | None:
    match = _WIRE_DAY.match(context.text, start)
    return match and Moment(start, match.end(), None, None, int(match[1]), weak=True)


def _compact(context: Context, start: int) -> Moment | None:
    end = _digits_end(context.text, start)
    match = _COMPACT.match(context.text, start, end)
    if match is None:
        return None
    hour, minute, second = (int(group) if group else None for group in match.group(4, 5, 6))
    if (hour or 0) > 23 or (minute or 0) > 59 or (second or 0) > 59:
        return None
    return Moment(start, end, int(match[1]), int(match[2]), int(match[3]), hour, minute, second, weak=True)


_PLACES: Final = {_YMD_CJK: (2, 3), _YMD: (3, 4), _Y_MD: (2, 4), _YM_SPLIT: (2, 3)}
_Form = Callable[[Context, int], "Moment | None"]
_WORDED: Final[tuple[_Form, ...]] = (_month_word_day, _day_month_word, _vietnamese, _day_then_month)
_NUMERIC: Final[tuple[_Form, ...]] = (
    _day_month_year, _month_word_day, _day_month_word, _era, _two_digit_year, _short,
)  # fmt: skip
_SMALL: Final[dict[str, tuple[_Form, ...]]] = {
    **dict.fromkeys("月월", (_month_day_cjk,)),
    **dict.fromkeys("日电電讯訊", (_wire_day,)),
    **dict.fromkeys("-/.·", _NUMERIC),
    **dict.fromkeys("年", (_era,)),
    **dict.fromkeys(":%", (_month_word_day,)),
    " ": (_month_day_cjk, _day_month_year, *_WORDED, _era),
}
"""For a number of one or two digits: by the character behind it."""
_LONG: Final[dict[int, tuple[_Form, ...]]] = {
    3: (_era,), 4: (_year_month_day, _year_word, _month_year), 8: (_compact,), 12: (_compact,), 14: (_compact,),
}  # fmt: skip
"""For longer numbers: by their length."""


def forms_at(text: str, number: re.Match[str]) -> tuple[_Form, ...]:
    """The forms of date that can begin at a number."""
    length = number.end() - number.start()
    if length > 2:
        return _LONG.get(length, ())
    return _SMALL.get(text[number.end() : number.end() + 1], _WORDED)
