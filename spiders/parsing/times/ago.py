"""Times told from now, `昨天 14:20`, `2 hafta önce`, `il y a 3 heures`: they need the moment of the fetch."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from spiders.parsing.times.clocks import clock_behind
from spiders.parsing.times.moment import Moment
from spiders.parsing.times.moments import fold, read_label
from spiders.parsing.times.time_words import AGO_AFTER, AGO_BEFORE, DAYS_AGO, JUST_NOW, UNITS


def _longest_first(words: dict[str, str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNT: Final = r"(?:\d{1,3}|an?|one|une?|eine[mnr]?|uno?|una|uma?|bir)"
_AGO_BEFORE: Final = re.compile(
    rf"(?<![^\W\d_])(?:{AGO_BEFORE})\s(?P<count>{_COUNT})\s?(?P<unit>{_longest_first(UNITS)})(?![^\W\d_])",
    re.IGNORECASE,
)
_AGO_AFTER: Final = re.compile(
    rf"(?<![^\W_])(?P<count>{_COUNT})\s?(?P<unit>{_longest_first(UNITS)})\s?(?:{AGO_AFTER})(?![a-zà-ž])", re.IGNORECASE
)
_DAY: Final = re.compile(rf"(?<![^\W\d_])(?P<day>{_longest_first(DAYS_AGO)})(?![a-zà-ž])", re.IGNORECASE)
_NOW: Final = re.compile(JUST_NOW, re.IGNORECASE)
_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}


def find_ago(text: str, fetched: datetime) -> Moment | None:
    """The first time in a short text that is told from now, as a moment of the fetch's own clock.

    Minutes are kept to the minute; hours and days give the day; months the month. "Today" counts only with a time of
    day, for alone it is what page headers say.

    Args:
        text: a line near the title; long text is not looked at.
        fetched: when the page was fetched, in the zone of the site as far as that is known.
    """
    if len(text) > 200:
        return None
    folded = fold(text)
    found = _AGO_BEFORE.search(folded) or _AGO_AFTER.search(folded)
    moment = _counted(found, fetched) if found else None
    if moment is None and (day := _DAY.search(folded)):
        moment = _named_day(folded, day, fetched)
    if moment is None and (now := _NOW.search(folded)):
        moment = _at(now.start(), now.end(), fetched, clock=True)
    if moment is not None:
        read_label(folded, moment, 0)
    return moment


def _counted(match: re.Match[str], fetched: datetime) -> Moment | None:
    count = int(match["count"]) if match["count"].isdigit() else 1
    unit = UNITS.get(match["unit"].lower(), "")
    if unit == "month":
        months = fetched.year * 12 + fetched.month - 1 - count
        return (
            Moment(match.start(), match.end(), months // 12, months % 12 + 1, None, relative=True)
            if months > 0
            else None
        )
    if unit not in _SECONDS:
        return None
    then = fetched - timedelta(seconds=count * _SECONDS[unit])
    return _at(match.start(), match.end(), then, clock=unit in ("second", "minute"))


def _named_day(text: str, match: re.Match[str], fetched: datetime) -> Moment | None:
    moment = _at(match.start(), match.end(), fetched - timedelta(days=DAYS_AGO[match["day"].lower()]), clock=False)
    clock = clock_behind(text, match.end(), dotted=False)
    if clock is None:
        return moment if DAYS_AGO[match["day"].lower()] else None
    moment.end, moment.hour, moment.minute, moment.second = clock.end, clock.hour, clock.minute, clock.second
    return moment


def _at(start: int, end: int, when: datetime, *, clock: bool) -> Moment:
    moment = Moment(start, end, when.year, when.month, when.day, relative=True)
    if clock:
        moment.hour, moment.minute = when.hour, when.minute
        if when.tzinfo is not None:
            offset = when.utcoffset()
            moment.offset = int(offset.total_seconds()) // 60 if offset is not None else None
    return moment
