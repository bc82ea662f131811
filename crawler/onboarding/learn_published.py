"""Learning when a site's articles were published."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.onboarding import targets
from crawler.onboarding.lesson import MOST_TRIED, Lesson
from items.site import FieldRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spiders.parsing.article import Reading

_STATED = frozenset({"json-ld", "meta", "url"})
"""Where a day stands for machines: no other day of the page can be taken for it."""

_FEW_DAYS = 4
"""Samples that can't all have one day by chance."""

_HALF_A_DAY = timedelta(hours=14)
"""By which a date without a clock may differ from the same date with one, in another zone."""


def learn_published(lesson: Lesson) -> None:
    """When it was published, held against feed and listing; a rule is learned where the reader alone is not right."""
    before = _right_dates(lesson, lesson.readings(aided=False))
    if before < len(lesson.samples):
        dates = [targets.dated(sample) for sample in lesson.samples]

        def judge(css: str) -> tuple[int, int]:
            right = _right_dates(lesson, lesson.readings(aided=False, published=FieldRule(select=f"css:{css}")))
            return right, 0

        css = lesson.best(lesson.candidates(dates)[:MOST_TRIED], judge)
        if css and judge(css)[0] > before:
            lesson.out.fields["published"] = FieldRule(select=f"css:{css}")
    right = _right_dates(lesson, lesson.readings())
    how = "printed on the page, and no other day beside it"
    if all(map(targets.listed_day, lesson.samples)):
        how = "as feed or listing have it"
    elif right < len(lesson.samples):
        how = "the pages print other days too, and nothing tells which is meant"
    lesson.be_sure("published", right, how)


def _right_dates(lesson: Lesson, readings: Sequence[Reading | None]) -> int:
    """Readings whose day is the one that feed or listing name; without those, whose day has no rival."""
    right = 0
    days = [reading.article.published and targets.day_of(reading.article.published) for reading in readings if reading]
    always_one = len(days) >= _FEW_DAYS and len({*days}) == 1
    for sample, reading in zip(lesson.samples, readings, strict=True):
        published = reading.article.published if reading else None
        if reading is None or published is None:
            continue
        day, listed = targets.day_of(published), targets.listed_day(sample)
        if listed is not None:
            right += abs((day - listed).days) <= _HALF_A_DAY.days + 1
        elif published.basis in _STATED or reading.article.provenance.get("published") == "label":
            right += 1
        else:
            rivals = targets.rival_days(sample, reading.article.text, lesson.recurring) - {day}
            right += not rivals and not always_one
    return right
