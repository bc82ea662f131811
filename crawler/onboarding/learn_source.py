"""Learning whom a site's articles credit."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from crawler.onboarding import targets
from crawler.onboarding.lesson import MOST_TRIED, ROBUST, Lesson, Sureness
from crawler.onboarding.sample import text_of
from crawler.onboarding.selectors import behind_label, ruled, select
from items.site import FieldRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_LONGEST_NAME = 60
"""Characters of whom an article credits."""


def learn_source(lesson: Lesson) -> None:
    """Whom the article credits. The reader finds labelled lines by itself; a rule is learned where it can't."""
    readings = lesson.readings()
    found = [reading.article.source if reading else None for reading in readings]
    if all(found):
        lesson.be_sure("source", len(found), "in a labelled line")
        return
    pairs = [targets.labelled_pairs(sample) for sample in lesson.samples]
    names = [source.name if source else None for source in found]

    def judge(css: str) -> tuple[int, int]:
        again = lesson.readings(source=FieldRule(select=ruled(css)))
        right = wrong = 0
        for sample, pair, reading, name in zip(lesson.samples, pairs, again, names, strict=True):
            first = select(sample.opened.page.root, css)[:1]
            now = reading.article.source if reading else None
            strange = bool(first) and first[0] not in pair
            wrong += strange or bool(now and (len(now.name) > _LONGEST_NAME or (name and now.name != name)))
            right += now is not None
        return right, wrong

    tried = sorted([*lesson.candidates(pairs), *_labels(lesson, pairs)])
    if css := lesson.best(tried[: 4 * MOST_TRIED], judge):
        lesson.out.fields["source"] = FieldRule(select=ruled(css))
        found = [reading.article.source if reading else None for reading in lesson.readings()]
    how = "beside a label"
    if not all(found) and lesson.credited and (rule := _credit_rule(lesson)):
        again = [r.article.source if r else None for r in lesson.readings(source=rule)]
        if sum(map(bool, again)) > sum(map(bool, found)):
            lesson.out.fields["source"], found, how = (
                rule,
                again,
                "where names stand that the site is known to credit",
            )
    if any(found):
        lesson.be_sure("source", sum(map(bool, found)), how)
    else:
        lesson.out.sure["source"] = Sureness(0, len(found), "no page credits anybody")


def _labels(lesson: Lesson, pairs: Sequence[Sequence[HtmlElement]]) -> list[tuple[float, str]]:
    """Rules for what stands behind an element that says a label and nothing else."""
    votes: dict[str, int] = defaultdict(int)
    for elements in pairs:
        for rule in {rule for element in elements if (rule := behind_label(element))}:
            votes[rule] += 1
    return [(1.0, rule) for rule, count in votes.items() if 2 * count > len(lesson.samples)]


def _credit_rule(lesson: Lesson) -> FieldRule | None:
    """A rule for words that are the same on every page but for a known name, such as `Credit: Weavers Weekly`."""
    lines = [targets.crediting(sample, lesson.credited) for sample in lesson.samples]
    if 2 * sum(map(bool, lines)) <= len(lesson.samples):
        return None
    for weight, css in lesson.candidates(lines)[:MOST_TRIED]:
        if weight >= ROBUST:
            continue
        texts = [text_of(found[0]) for s in lesson.samples if (found := select(s.opened.page.root, css))]
        if 2 * len(texts) <= len(lesson.samples):
            continue
        named = [(text, max(names, key=len)) for text in texts if (names := [n for n in lesson.credited if n in text])]
        labels = {text.partition(name)[0].strip() for text, name in named}
        if 2 * len(named) > len(texts) and len(labels) == 1:
            label = labels.pop()
            ends = {text.partition(name)[2].strip()[:1] for text, name in named} - {""}
            name = f"[^{re.escape(''.join(sorted(ends)))}]+" if ends else ".+"
            if all(text.startswith(label) for text in texts) and not any(end.isalnum() for end in ends):
                return FieldRule(select=f"css:{css}", regex=rf"^{re.escape(label)}\s*({name})")
    return None
