"""Years and days of other calendars as Gregorian ones: Buddhist, Republic of China, Japanese eras, both Hijri."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

# First year of each era less one: Reiwa 1 is 2019.
ERAS: Final[dict[str, int]] = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "R": 2018, "H": 1988, "S": 1925,
    "民國": 1911, "民国": 1911,
}  # fmt: skip

_LUNAR_EPOCH: Final = date(622, 7, 18).toordinal()
_SOLAR_LEAP_CYCLE: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def gregorian_year(year: int) -> int:
    """A bare four-digit year of the Common or the Buddhist era as a Gregorian one."""
    return year - 543 if 2440 <= year <= 2643 else year


def from_solar_hijri(year: int, month: int, day: int) -> date | None:
    """A day of the Iranian calendar; None if there is no such day. Right for the years 1244 to 1472 (1865 to 2093)."""
    length = 31 if month <= 6 else 30 if month < 12 or year % 33 in _SOLAR_LEAP_CYCLE else 29
    if not (1244 <= year <= 1472 and 1 <= month <= 12 and 1 <= day <= length):
        return None
    # 1 Farvardin 1403 was 20 March 2024; count whole years from there.
    start = date(2024, 3, 20).toordinal()
    for other in range(min(year, 1403), max(year, 1403)):
        start += (366 if other % 33 in _SOLAR_LEAP_CYCLE else 365) * (1 if year > 1403 else -1)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(start) + timedelta(days=before + day - 1)


def from_lunar_hijri(year: int, month: int, day: int) -> date | None:
    """A day of the Islamic calendar by the tabular reckoning, which may be a day off where the moon was watched."""
    if not (1300 <= year <= 1500 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day
    return date.fromordinal(_LUNAR_EPOCH + days - 1)
