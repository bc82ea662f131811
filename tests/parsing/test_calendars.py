"""Other calendars against days that are known."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.parsing.times.calendars import from_lunar_hijri, from_solar_hijri, gregorian_year


@pytest.mark.parametrize(
    ("solar", "day"),
    [
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
    ],
)
def test_iranian_days(solar: tuple[int, int, int], day: date) -> None:
    assert from_solar_hijri(*solar) == day


def test_an_iranian_day_that_does_not_exist_is_none() -> None:
    assert from_solar_hijri(1404, 12, 30) is None
    assert from_solar_hijri(1404, 13, 1) is None


@pytest.mark.parametrize(("lunar", "day"), [((1446, 1, 1), date(2024, 7, 7)), ((1445, 9, 1), date(2024, 3, 11))])
def test_islamic_days_are_right_to_a_day(lunar: tuple[int, int, int], day: date) -> None:
    found = from_lunar_hijri(*lunar)
    assert found is not None
    assert abs((found - day).days) <= 1


def test_buddhist_years_are_543_ahead() -> None:
    assert gregorian_year(2567) == 2024
    assert gregorian_year(2024) == 2024
