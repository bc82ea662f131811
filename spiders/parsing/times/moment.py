"""A date read off a string: as much of it as was printed, where it stood, and what was said of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Literal

Label = Literal["published", "modified", "other"]


@dataclass(slots=True)
class Moment:
    """A date in a string, as precise as it was printed.

    Attributes:
        start: where its words begin in the string, label left out.
        end: where they end, time of day and zone included.
        year: Gregorian; None where none was printed.
        month: 1 to 12; None where only a day was printed.
        day: 1 to 31; None where only a month was printed.
        hour: of the day; None where no time of day was printed.
        minute: of the hour, with `hour`.
        second: of the minute; None where not printed.
        offset: minutes east of UTC; None where no zone was printed.
        label: what the words before or behind it say it is the time of; `other` is an event, a deadline, today.
        label_start: where those words begin, or `start`.
        swapped: the other reading of a date such as 05/06/2024, where both are dates.
        weak: the form alone could be something else: a version, a score, a page range.
        span: it is one end of a range of days, so it tells of an event.
        relative: it was told from now, as "3 hours ago" is.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None
    label: Label | None = None
    label_start: int = 0
    swapped: datetime.date | None = None
    weak: bool = False
    span: bool = False
    relative: bool = False

    @property
    def precision(self) -> Literal["second", "minute", "day", "month"]:
        """How much of the moment was printed."""
        if self.hour is not None and self.day is not None:
            return "minute" if self.second is None else "second"
        return "month" if self.day is None else "day"

    def date(self) -> datetime.date | None:
        """The day, if all of it was printed."""
        if self.year is None or self.month is None:
            return None
        return make_date(self.year, self.month, self.day or 1)

    def near(self, latest: datetime.date) -> Moment | None:
        """The moment with the year (and month) that it leaves out filled in: the last such day up to `latest`."""
        if self.year is not None:
            return self
        # Months back in time, one by one, or year by year where the month is known; eight years find any 29 February.
        months = latest.year * 12 + latest.month - 1
        step = 1 if self.month is None else 12
        if self.month is not None:
            months = latest.year * 12 + self.month - 1
        for back in range(0, 9 * step, step):
            year, month = divmod(months - back, 12)
            found = make_date(year, month + 1, self.day or 1)
            if found is not None and found <= latest:
                return replace(self, year=found.year, month=found.month)
        return None


def make_date(year: int, month: int, day: int) -> datetime.date | None:
    """A day, or None if the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
