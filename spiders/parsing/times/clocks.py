"""The time of day in print: `22:27:02`, `下午2:05`, `08:05 pm IST`, `14h30`, `10:16 Uhr`, with its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from spiders.parsing.times.time_words import DAY_HALVES, JOINERS, LABEL, US_ZONES, ZONES


@dataclass(slots=True)
class Clock:
    """A time of day: where it stood, what it says, and minutes east of UTC where a zone was printed."""

    start: int
    end: int
    hour: int
    minute: int
    second: int | None
    zone: str | None = None
    dotted: bool = False


def _words(words: dict[str, object] | dict[str, str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_HALF: Final = _words(DAY_HALVES)
_ZONE: Final = (
    rf"\s?[(（\[]?(?P<zone>(?:GMT|UTC)\s?[+-]\s?\d{{1,2}}(?::?\d\d)?|(?:{_words(ZONES | US_ZONES)})(?![^\W\d_])"
    r"|[+-]\d\d:?[0-5]\d(?![\d:])|(?<=\d)[+-]\d\d(?![\d:./-]))[)）\]]?"
)
_CLOCK: Final = (
    rf"(?:(?P<before>{_HALF})\s?)?(?P<hour>\d{{1,2}})"
    r"(?:(?P<mark>\s?[:h点點时時시]\s?|\.)(?P<minute>[0-5]\d(?!\d{3})|\d(?=\s?[分분]))(?:\s?[分분])?"
    r"(?:(?<=\d):?(?P<second>(?<=:)[0-5]\d)(?:[.,]\d{1,9})?|(?<=[分분])\s?(?P<second2>[0-5]?\d)\s?[秒초])?)?"
    rf"(?:\s?(?P<after>{_HALF})(?![^\W\d_]))?(?P<hours>\s?(?:Uhr|hrs|hours|h"
    rf"|[点點时時시](?![间間]))(?![^\W\d_]))?(?:{_ZONE})?"
)
_ZONE_FIRST: Final = "|".join(name for name in ZONES if name.endswith(("时间", "時間", "시간")))
_BEHIND: Final = re.compile(
    rf"(?P<gap>(?:\.(?=\s))?(?:\s?[مه]ـ?(?=[\s،,]))?[\s,،;|()（）·•@/\[\]~\-–—]{{0,5}}(?:(?P<joined>{JOINERS})(?![^\W\d_]{{2}})[\s,.:;"
    rf"|()）\-–—]{{0,4}}){{0,2}}"
    rf"(?:(?P<word>(?!(?:{_HALF})\s?\d)[^\W\d_]{{1,14}})[.,]?\s{{1,2}}(?:(?:в|o|a"
    rf"|at)\s)?)?)(?P<first>{_ZONE_FIRST})?\s?(?P<clock>{_CLOCK})",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    rf"(?<![\d:.,/-])(?P<clock>{_CLOCK})[\s,|·()（）\-–—]{{1,5}}(?:(?:[^\W\d_]{{1,12}}[\s,.]{{1,3}}){{0,2}})[(（]?$",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"(?:GMT|UTC)?\s?([+-])\s?(\d{1,2}):?(\d\d)?")


def clock_behind(text: str, at: int, *, dotted: bool) -> Clock | None:
    """The time of day that follows a date.

    Args:
        text: with digits and white space folded.
        at: the end of the date.
        dotted: whether `14.30` can be meant as a time here.
    """
    match = _BEHIND.match(text, at, at + 60)
    if match is None:
        return None
    if match["minute"] and not match["gap"] and len(match["hour"]) == 1 and text[at - 1 : at].isdigit():
        return None
    if match["word"] and LABEL.fullmatch(match["word"]):
        return None
    if not (match["minute"] or match["joined"]) and (match["hours"] or "").strip() == "h":
        return None  # a number of hours, unless a word says that it is the hour: `à 8 h`
    clock = _clock(match)
    if clock is None or (clock.dotted and not (dotted or match["joined"] or clock.zone)):
        return None
    clock.zone = clock.zone or match["first"] or (match["word"] if match["word"] in ZONES else None)
    return clock


def clock_ahead(text: str, at: int) -> Clock | None:
    """The time of day that stands right before a date, as `10:30, 23/12/2024` has it; `at` is the start of the date."""
    start = max(0, at - 44)
    for mark in (":", "h", "m"):
        if text.find(mark, start, at) >= 0:
            break
    else:
        return None
    match = _AHEAD.search(text[start:at])
    if match is None or not (match["minute"] or match["after"]):
        return None
    clock = _clock(match)
    if clock is None or clock.dotted:
        return None
    clock.start, clock.end = clock.start + start, clock.end + start
    return clock


def _clock(match: re.Match[str]) -> Clock | None:
    half = DAY_HALVES.get((match["before"] or match["after"] or "").lower()) or DAY_HALVES.get(
        match["before"] or match["after"] or ""
    )
    if not match["minute"] and not half and not match["hours"]:
        return None
    hour = int(match["hour"])
    if half in ("pm", "noon") and hour < 12 and not (half == "noon" and hour >= 10):
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour == 24 and match["minute"] == "00":
        hour = 0
    if hour > 23:
        return None
    second = match["second"] or match["second2"]
    return Clock(
        start=match.start("clock"),
        end=match.end("clock"),
        hour=hour,
        minute=int(match["minute"] or 0),
        second=int(second) if second else None,
        zone=match["zone"],
        dotted=match["mark"] == "." and not (match["hours"] or half),
    )


def zone_offset(zone: str, day: date, *, language: str | None = None) -> int | None:
    """Minutes east of UTC of a printed zone on a day; None if the words name none.

    `CST` is China's on Chinese pages and Chicago's elsewhere; `ET`, `CT`, `MT` and `PT` follow the summer time of the
    United States.
    """
    name = zone.strip().upper()
    if match := _OFFSET.fullmatch(name):
        hours, minutes = int(match[2]), int(match[3] or 0)
        return (hours * 60 + minutes) * (-1 if match[1] == "-" else 1) if hours <= 14 else None
    if name == "CST" and (language or "").startswith("zh"):
        return 480
    if name in US_ZONES:
        return US_ZONES[name] + (60 if _us_summer(day) else 0)
    return ZONES.get(name)


def _us_summer(day: date) -> bool:
    def sunday(month: int, nth: int) -> date:
        first = date(day.year, month, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))

    return sunday(3, 2) <= day < sunday(11, 1)
