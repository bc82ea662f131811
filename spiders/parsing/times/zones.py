"""The zone that goes without saying: where a language is written in one zone only, its pages print that zone's time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

_FIXED: Final[dict[str, int]] = {
    "zh": 480, "zh-Hant": 480, "ja": 540, "ko": 540, "th": 420, "vi": 420, "hi": 330, "tr": 180, "lo": 420, "km": 420,
    "my": 390, "si": 330,
    "ta": 330, "te": 330, "kn": 330, "ml": 330, "gu": 330, "mr": 330, "pa": 330, "ne": 345, "ka": 240, "hy": 240,
    "az": 240, "uz": 300,
    "is": 0, "be": 180,
}  # fmt: skip
_EUROPEAN: Final[dict[str, int]] = {
    "de": 60, "it": 60, "nl": 60, "pl": 60, "cs": 60, "sk": 60, "hu": 60, "sv": 60, "da": 60, "nb": 60, "sl": 60,
    "hr": 60, "sq": 60, "ca": 60,
    "fi": 120, "et": 120, "lv": 120, "lt": 120, "ro": 120, "bg": 120, "el": 120, "uk": 120,
}  # fmt: skip


def zone_minutes(when: datetime, *, zone: tzinfo | None, language: str | None) -> int | None:
    """Minutes east of UTC of a wall clock's time: by the given zone, else by the language where it implies one."""
    if zone is not None:
        offset = when.replace(tzinfo=zone).utcoffset()
        return round(offset.total_seconds() / 60) if offset is not None else None
    if language is None:
        return None
    if language in _FIXED:
        return _FIXED[language]
    if language in _EUROPEAN:
        return _EUROPEAN[language] + (60 if _european_summer(when) else 0)
    return None


def local_time(when: datetime, *, zone: tzinfo | None, language: str | None) -> datetime:
    """A moment with an offset, on the clock of the given or implied zone; as it is where none is known."""
    if zone is not None:
        return when.astimezone(zone)
    minutes = zone_minutes(when.replace(tzinfo=None), zone=None, language=language)
    return when if minutes is None else when.astimezone(timezone(timedelta(minutes=minutes)))


def _european_summer(when: datetime) -> bool:
    def last_sunday(month: int) -> date:
        last = date(when.year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    return last_sunday(3) <= when.date() < last_sunday(10)
