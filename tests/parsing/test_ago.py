"""Times told from now."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from spiders.parsing.times.ago import find_ago

FETCHED = datetime(2024, 5, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2天前", "2024-05-18"),
        ("3小时前", "2024-05-20"),
        ("前天", "2024-05-18"),
        ("1 day ago", "2024-05-19"),
        ("11 hours ago", "2024-05-19"),
        ("a week ago", "2024-05-13"),
        ("Ekonomi - 2 hafta önce", "2024-05-06"),
        ("Publié il y a 3 heures", "2024-05-20"),
        ("vor 2 Tagen", "2024-05-18"),
        ("hace 2 días", "2024-05-18"),
        ("há 3 horas", "2024-05-20"),
        ("2 giorni fa", "2024-05-18"),
        ("2 dni temu", "2024-05-18"),
        ("2 дня назад", "2024-05-18"),
        ("2 ngày trước", "2024-05-18"),
        ("2 hari yang lalu", "2024-05-18"),
        ("2 dagen geleden", "2024-05-18"),
        ("för 2 dagar sedan", "2024-05-18"),
        ("2일 전", "2024-05-18"),
        ("3時間前", "2024-05-20"),
        ("منذ 3 ساعات", "2024-05-20"),
        ("2 दिन पहले", "2024-05-18"),
    ],
)
def test_hours_and_days_give_the_day(text: str, day: str) -> None:
    moment = find_ago(text, FETCHED)
    assert moment is not None
    assert (moment.date(), moment.precision, moment.relative) == (date.fromisoformat(day), "day", True)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("昨天 14:20", (19, 14, 20)),
        ("今天 08:30", (20, 8, 30)),
        ("5分钟前", (20, 9, 55)),
        ("yesterday at 5:30 pm", (19, 17, 30)),
    ],
)
def test_minutes_and_printed_clocks_give_the_minute(text: str, clock: tuple[int, int, int]) -> None:
    moment = find_ago(text, FETCHED)
    assert moment is not None
    assert (moment.day, moment.hour, moment.minute) == clock
    assert moment.precision == "minute"


def test_months_ago_give_the_month() -> None:
    moment = find_ago("9 ay önce", FETCHED)
    assert moment is not None
    assert (moment.year, moment.month, moment.precision) == (2023, 8, "month")


def test_a_label_is_read_with_it() -> None:
    moment = find_ago("Updated 5 minutes ago", FETCHED)
    assert moment is not None
    assert moment.label == "modified"


@pytest.mark.parametrize(
    "text", ["今天", "Today", "Oggi in edicola", "3 heures de cours", "5 minutes to read", "x" * 500]
)
def test_the_headers_today_and_mere_durations_are_not_times(text: str) -> None:
    assert find_ago(text, FETCHED) is None
