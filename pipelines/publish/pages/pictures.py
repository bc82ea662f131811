"""Drawings made of numbers: a site's rhythm, who reprints a source, a site's days."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from pipelines.publish.pages.times import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from pipelines.publish.pages.look import Look

WEEKS = 52
_HIGH = 60.0
_STEP = 10
_THREADS = 14
_LONGEST_NAME = 26


def rhythm(look: Look, by_day: Mapping[str, int], last: str) -> Markup:
    """Bars of how many stories came in each of the weeks up to a day.

    Args:
        look: draws.
        by_day: `2024-12-23` → how many.
        last: the day that the newest week ends with.
    """
    end = date.fromisoformat(last)
    counts = [0] * WEEKS
    for day, count in by_day.items():
        week = WEEKS - 1 - (end - date.fromisoformat(day)).days // 7
        if 0 <= week < WEEKS:
            counts[week] += count
    top = max(counts) or 1
    bars = []
    for week, count in enumerate(counts):
        if count:
            height = round(max(2.0, _HIGH * count / top), 1)
            monday = end - timedelta(days=7 * (WEEKS - week) - 1)
            title = f"{count} in the week from {long_day(monday.isoformat())}"
            bars.append({"x": week * _STEP + 1, "y": 63 - height, "width": _STEP - 2, "height": height, "title": title})
    label = f"{sum(counts)} stories in {WEEKS} weeks, at most {top} in one of them"
    return look.picture("rhythm", bars=bars, width=WEEKS * _STEP, label=label)


def reprints(look: Look, name: str, sites: Sequence[tuple[str, str, int]]) -> tuple[Markup, int]:
    """Threads from a source to the sites that carry it, as thick as they carry much.

    Args:
        look: draws.
        name: the source's.
        sites: page, name and number of articles of each site, the largest first.

    Returns:
        The drawing, and how many sites it has no room for.
    """
    shown = sites[:_THREADS]
    top = shown[0][2]
    threads = [
        {
            "y": 24 + 30 * place,
            "href": href,
            "name": _short(site),
            "count": count,
            "width": round(1.5 + 7.5 * sqrt(count / top), 1),
        }
        for place, (href, site, count) in enumerate(shown)
    ]
    height = 48 + 30 * (len(shown) - 1)
    label = f"{name} is carried by " + ", ".join(f"{site} ({count})" for _, site, count in shown)
    drawing = look.picture(
        "reprints", threads=threads, height=height, middle=height // 2, name=_short(name), label=label
    )
    return drawing, len(sites) - len(shown)


def _short(name: str) -> str:
    """A name that fits beside its thread: wide characters take the room of two."""
    room = _LONGEST_NAME
    for place, letter in enumerate(name):
        room -= 2 if ord(letter) > 0x2E80 else 1
        if room < 0:
            return name[:place].rstrip() + "…"
    return name
