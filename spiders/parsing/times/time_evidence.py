"""Statements of a time made comparable: years filled in, days and months in order, wall clocks held against moments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final

from spiders.parsing.times.zones import local_time, zone_minutes

if TYPE_CHECKING:
    from spiders.parsing.times.machine_times import Evidence
    from spiders.parsing.times.moment import Moment
    from spiders.parsing.times.visible_times import Scene

SKEW: Final = timedelta(days=1)
"""How far ahead of the fetch a publisher's clock may run."""
_EARLIEST: Final = 1900
_EARLIEST_SEEN: Final = 1985
_SLASHED: Final = re.compile(r"(?<![\d/.])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)")


@dataclass(slots=True)
class Case:
    """What the decision is made with."""

    latest: datetime
    zone: tzinfo | None
    language: str | None


def settle(found: list[Evidence], case: Case, scene: Scene) -> list[Evidence]:
    """Fill in years, put days and months in order, and drop what cannot be: the future, the distant past."""
    whole = [item for item in found if item.moment.year is not None and item.moment.month is not None]
    days = [day for item in whole if (day := item.moment.date())]
    day_first: bool | None = None
    settled: list[Evidence] = []
    limit = (case.latest + SKEW).date()
    for item in found:
        moment: Moment | None = item.moment
        assert moment is not None
        if moment.year is None:
            moment = _with_year(moment, days, case.latest.date() + SKEW)
        elif moment.swapped is not None:
            if day_first is None:
                day_first = _is_day_first(scene)
            moment = _in_order(moment, days, limit, item.raw, day_first=day_first)
        if moment is None or moment.year is None or moment.month is None:
            continue
        day = moment.date()
        earliest = _EARLIEST if item.basis in ("json-ld", "meta") else _EARLIEST_SEEN
        if day is None or day > limit or moment.year < earliest:
            continue
        told = _without_fake_midnight(moment, case)
        weight = item.weight - (12 if moment.hour is not None and told.hour is None and item.basis != "visible" else 0)
        item.moment, item.weight = told, weight
        settled.append(item)
    if any(item.weight >= 60 for item in settled):
        settled = [item for item in settled if item.weight >= 20]
    return settled


def _with_year(moment: Moment, days: list[date], latest: date) -> Moment | None:
    """The year of another statement of the same day, else the latest year in which the day is past."""
    for day in days:
        if day.day == moment.day and moment.month in (None, day.month):
            return replace(moment, year=day.year, month=day.month)
    return moment.near(min(latest, max(days) + timedelta(days=31)) if days else latest)


def _is_day_first(scene: Scene) -> bool | None:
    """Whether the page's other slashed dates show which number is the day; None if none does."""
    votes = 0
    for block in scene.blocks[:2000]:
        if len(block.text) > 200 or ("/" not in block.text and "-" not in block.text):
            continue
        for match in _SLASHED.finditer(block.text):
            first, second = int(match[1]), int(match[2])
            votes += (first > 12 >= second) - (second > 12 >= first)
    return votes > 0 if votes else None


def _in_order(moment: Moment, days: list[date], limit: date, raw: str, *, day_first: bool | None) -> Moment:
    """Choose between the readings of a date such as 05/06/2024: by agreement, the page's habit, by what is past."""
    day, other = moment.date(), moment.swapped
    assert other is not None
    swapped = replace(moment, year=other.year, month=other.month, day=other.day, swapped=day)
    agreeing = sum(1 for stated in days if stated == other), sum(1 for stated in days if stated == day)
    if agreeing[0] > agreeing[1] - 1 and agreeing[0]:
        return swapped
    if day is not None and day > limit >= other:
        return swapped
    if agreeing[1] <= 1 and day_first is not None and day is not None:
        numbers = re.search(r"(\d{1,2})\D{1,3}(\d{1,2})", raw)
        if numbers and (int(numbers[1]) == day.day) != day_first:
            return swapped
    return moment


def _without_fake_midnight(moment: Moment, case: Case) -> Moment:
    """A time of exactly midnight is what programs write that know only the day."""
    if moment.hour is None or moment.minute or moment.second:
        return moment
    when = instant(moment)
    if when is not None and when.tzinfo is not None:
        local = local_time(when, zone=case.zone, language=case.language)
        if local.hour == 0 and moment.hour != 0:
            return replace(
                moment,
                year=local.year,
                month=local.month,
                day=local.day,
                hour=None,
                minute=None,
                second=None,
                offset=None,
            )
    if moment.hour == 0:
        return replace(moment, hour=None, minute=None, second=None, offset=None)
    return moment


def instant(moment: Moment) -> datetime | None:
    """The moment as a datetime, with its offset if it has one; None without a time of day."""
    day = moment.date()
    if day is None or moment.hour is None:
        return None
    zone = timezone(timedelta(minutes=moment.offset)) if moment.offset is not None else None
    try:
        return datetime(day.year, day.month, day.day, moment.hour, moment.minute or 0, moment.second or 0, tzinfo=zone)
    except ValueError:
        return None


def same_day(one: Moment, other: Moment, case: Case) -> bool:
    """Whether two statements may be of the same day, the clocks of their zones considered."""
    if one.day is None or other.day is None:
        return (one.year, one.month) == (other.year, other.month)
    if one.day == other.day and one.month == other.month and one.year == other.year:
        return True
    # only the clocks of two zones can make one moment of two days
    if one.hour is None or other.hour is None or (one.offset is None and other.offset is None):
        return False
    first, second = instant(one), instant(other)
    if first is None or second is None or (first.tzinfo is None) == (second.tzinfo is None):
        return bool(first and second and first.tzinfo and second.tzinfo and first == second)
    return shift_between(first, second, case) is not None


def shift_between(one: datetime, other: datetime, case: Case) -> int | None:
    """Where one is a wall clock's time and the other a moment: the offset, in minutes, that makes them the same."""
    wall, moment = (one, other) if one.tzinfo is None else (other, one)
    if wall.tzinfo is not None or moment.tzinfo is None:
        return None
    minutes = (wall - moment.astimezone(UTC).replace(tzinfo=None, second=wall.second)).total_seconds() / 60
    shift = round(minutes)
    if abs(minutes - shift) > 0.01 or (shift % 30 and shift not in (345, 525, 765)) or not -720 <= shift <= 840:
        return None
    expected = zone_minutes(wall, zone=case.zone, language=case.language)
    own = moment.utcoffset()
    assert own is not None
    if expected is not None and shift not in (expected, round(own.total_seconds() / 60)):
        return None
    return shift


def agrees(one: Moment, other: Moment, case: Case) -> bool:
    """Whether two statements say the same as far as both go."""
    first, second = instant(one), instant(other)
    if first is None or second is None:
        return same_day(one, other, case)
    if (first.tzinfo is None) == (second.tzinfo is None):
        return abs((first - second).total_seconds()) < 60
    return shift_between(first, second, case) is not None


def wall_clock(moment: Moment) -> datetime:
    """The moment as printed, without its offset: to sort by."""
    when, day = instant(moment), moment.date() or date.min
    return when.replace(tzinfo=None) if when else datetime(day.year, day.month, day.day)  # noqa: DTZ001
