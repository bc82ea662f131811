"""Times as people read them, never more exact than the page that stated them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class When:
    """A moment, ready to be printed.

    Attributes:
        machine: for `<time datetime>`: `2024-12-23T10:30:00+08:00`, `2024-12-23` or `2024-12`.
        precision: `minute`, `day`, `month`; `minute` is also what is known to the second.
        day: the calendar day it is listed under, as the publisher counts days: `2024-12-23`.
        clock: `10:30`, or "" when no hour is known.
        zone: `UTC+8`; "" when none was stated or no hour is known.
        seen: whether it is only when we first saw the article, which had no date of its own.
    """

    machine: str
    precision: str
    day: str
    clock: str = ""
    zone: str = ""
    seen: bool = False

    @property
    def date(self) -> str:
        """`23 December 2024`, or `December 2024`."""
        return long_month(self.machine) if self.precision == "month" else long_day(self.day)

    @property
    def words(self) -> str:
        """The whole of it in words."""
        clock = f", {self.clock}{f' ({self.zone})' if self.zone else ', zone not stated'}" if self.clock else ""
        return f"{'first seen ' if self.seen else ''}{self.date}{clock}"

    @property
    def localizable(self) -> bool:
        """Whether a reader's own zone can be reckoned from it."""
        return bool(self.clock and self.zone)


def when(published: Mapping[str, Any] | None, first_seen: str) -> When:
    """When an article was published; where it doesn't say, when it was first seen, and marked so.

    Args:
        published: `at` and `precision`, as a record has them.
        first_seen: of our own clock, RFC 3339.
    """
    return seen(first_seen) if published is None else stated(published["at"], published["precision"])


def stated(at: str, precision: str) -> When:
    """A moment that a page states."""
    if precision == "month":
        return When(at, "month", f"{at}-01")
    if precision == "day":
        return When(at, "day", at)
    return _moment(datetime.fromisoformat(at))


def seen(at: str) -> When:
    """A moment of our own clock: all that is known of an article without a date."""
    return _moment(datetime.fromisoformat(at), seen=True)


def kept(moment: datetime) -> When:
    """A moment of our own clock at which something was written down."""
    return _moment(moment)


def _moment(at: datetime, *, seen: bool = False) -> When:
    zone = ""
    if (offset := at.utcoffset()) is not None:
        minutes = int(offset.total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        zone = "UTC" + (f"{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "")
    machine = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at.utcoffset() is not None and not zone[3:] else None
    return When(machine or at.isoformat(), "minute", f"{at:%Y-%m-%d}", f"{at:%H:%M}", zone, seen)


def long_day(day: str) -> str:
    """`2024-12-23` as `23 December 2024`."""
    read = date.fromisoformat(day)
    return f"{read.day} {_MONTHS[read.month - 1]} {read.year}"


def weekday(day: str) -> str:
    """`2024-12-23` as `Monday`."""
    return _WEEKDAYS[date.fromisoformat(day).weekday()]


def long_month(month: str) -> str:
    """`2024-12` as `December 2024`."""
    year, number = month.split("-")[:2]
    return f"{_MONTHS[int(number) - 1]} {year}"


def month_name(month: str) -> str:
    """`2024-12` as `December`."""
    return _MONTHS[int(month.split("-")[1]) - 1]
