"""Zones by name: what their letters mean depends on the day and on the page's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from spiders.parsing.times.clocks import zone_offset
from spiders.parsing.times.zones import local_time, zone_minutes

WINTER, SUMMER = date(2024, 1, 15), date(2024, 7, 15)


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Z", WINTER, 0),
        ("GMT", WINTER, 0),
        ("GMT+7", WINTER, 420),
        ("UTC-03:30", WINTER, -210),
        ("+0530", WINTER, 330),
        ("CET", WINTER, 60),
        ("ist", WINTER, 330),
        ("ET", WINTER, -300),
        ("ET", SUMMER, -240),
        ("ET", date(2024, 3, 9), -300),
        ("ET", date(2024, 3, 10), -240),
        ("ET", date(2024, 11, 3), -300),
        ("北京时间", WINTER, 480),
        ("UTC+99", WINTER, None),
        ("XYZ", WINTER, None),
    ],
)
def test_zone_offset(zone: str, day: date, minutes: int | None) -> None:
    assert zone_offset(zone, day) == minutes


def test_cst_is_chinas_on_chinese_pages() -> None:
    assert zone_offset("CST", WINTER, language="zh") == 480
    assert zone_offset("CST", WINTER, language="en") == -360


@pytest.mark.parametrize(
    ("language", "when", "minutes"),
    [
        ("zh", "2024-07-15", 480),
        ("zh-Hant", "2024-07-15", 480),
        ("ja", "2024-07-15", 540),
        ("de", "2024-01-15", 60),
        ("de", "2024-07-15", 120),
        ("de", "2024-03-30", 60),
        ("de", "2024-03-31", 120),
        ("de", "2024-10-27", 60),
        ("en", "2024-07-15", None),
        ("fr", "2024-07-15", None),
        (None, "2024-07-15", None),
    ],
)
def test_a_language_of_one_zone_implies_it(language: str | None, when: str, minutes: int | None) -> None:
    assert zone_minutes(datetime.fromisoformat(when), zone=None, language=language) == minutes


def test_the_sites_zone_comes_before_the_languages() -> None:
    assert zone_minutes(datetime.fromisoformat("2024-07-15"), zone=timezone(timedelta(hours=7)), language="zh") == 420


def test_a_moment_is_shown_on_the_clock_of_its_zone() -> None:
    moment = datetime.fromisoformat("2024-07-15T20:00:00+00:00")
    assert local_time(moment, zone=None, language="zh").isoformat() == "2024-07-16T04:00:00+08:00"
    assert local_time(moment, zone=None, language="en") == moment
