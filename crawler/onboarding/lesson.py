"""What learning a site's rules goes by: the samples, how they are read by rules so far, how sure each field is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.onboarding import targets
from crawler.onboarding.selectors import selectors_of
from spiders.parsing.template import Template, learn_template

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from lxml.html import HtmlElement

    from crawler.onboarding.sample import Sample
    from items.site import FieldName, FieldRule, Site
    from spiders.parsing.article import Reading


ROBUST = 6.0
"""Weight of a selector that hangs on names; a heavier one hangs on its place."""

MOST_TRIED = 6
"""Selectors of a field that are tried by reading every sample."""


@dataclass(slots=True)
class Sureness:
    """How sure a field is.

    Attributes:
        right: samples for which witnesses agree.
        of: samples.
        how: who agrees, in a few words.
    """

    right: int
    of: int
    how: str

    @property
    def word(self) -> str:
        """`sure`, `fair` or `unsure`."""
        if self.right == self.of:
            return "sure"
        return "fair" if 3 * self.right >= 2 * self.of else "unsure"


@dataclass(slots=True)
class Learned:
    """What was learned of a site's article pages.

    Attributes:
        fields: the rules.
        sure: per field, how sure it is.
        template: what recurs on the pages.
    """

    fields: dict[FieldName, FieldRule] = field(default_factory=dict)
    sure: dict[str, Sureness] = field(default_factory=dict)
    template: Template = field(default_factory=Template)


class Lesson:
    """The state of one lesson.

    Args:
        samples: articles of the site.
        site: its file so far; its own field rules are not asked.
        credited: names that the site is known to credit.

    Attributes:
        out: what was learned so far.
        plain: the samples as they are read without rules.
        recurring: lines that stand on more than one of them.
    """

    def __init__(self, samples: Sequence[Sample], site: Site, credited: Collection[str]) -> None:
        self.samples, self.credited = [*samples], {name for name in credited if len(name) > 1}
        self.site = site.model_copy(update={"fields": {}})
        self.out = Learned(template=learn_template([sample.opened for sample in samples]))
        self.recurring = targets.recurring_lines(self.samples)
        self._read: dict[str, list[Reading | None]] = {}
        self.plain = [sample.read(self.site) for sample in self.samples]

    def readings(self, *, aided: bool = True, **more: FieldRule) -> list[Reading | None]:
        """The samples as they are read by the rules so far and some more; aided by the day that a listing names."""
        fields = self.out.fields | more
        key = repr((aided, sorted(fields.items())))
        if key not in self._read:
            site = self.site.model_copy(update={"fields": fields})
            self._read[key] = [sample.read(site, self.out.template, aided=aided) for sample in self.samples]
        return self._read[key]

    def candidates(self, found: Iterable[Sequence[HtmlElement]]) -> list[tuple[float, str]]:
        """Selectors for what was found on each sample, best element first; the lightest first.

        Those of most samples come before others.
        """
        weights: dict[str, float] = {}
        votes: dict[str, int] = defaultdict(int)
        for elements in found:
            of_this: dict[str, float] = {}
            for place, element in enumerate(elements):
                for weight, css in selectors_of(element):
                    of_this[css] = min(weight + min(place, 5), of_this.get(css, 99))
            for css, weight in of_this.items():
                weights[css] = min(weight, weights.get(css, weight))
                votes[css] += 1
        most = max(votes.values(), default=0)
        return sorted((weights[css] + 8 * (most - votes[css]), css) for css in weights if 2 * votes[css] > most)

    def best(self, candidates: list[tuple[float, str]], judge: Callable[[str], tuple[int, int]]) -> str | None:
        """The lightest selector that is never wrong and right on most samples."""
        best: tuple[float, str] | None = None
        for weight, css in candidates[:400]:
            right, wrong = judge(css)
            if wrong or 2 * right <= len(self.samples):
                continue
            score = weight + 10 * (len(self.samples) - right)
            if best is None or score < best[0]:
                best = (score, css)
        return best[1] if best else None

    def be_sure(self, name: str, right: int, how: str) -> None:
        """Note on how many samples witnesses agree about a field, and which."""
        self.out.sure[name] = Sureness(right, len(self.samples), how)
