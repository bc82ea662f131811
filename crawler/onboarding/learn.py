"""Learning a site's rules from sample pages: what feed, listing and the readers say of them gives the answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.onboarding import targets
from crawler.onboarding.sample import Sample, is_same_title, text_of
from crawler.onboarding.selectors import select, selectors_of
from items.site import FieldRule, Site
from spiders.parsing.rules import links_of
from spiders.parsing.template import Template, learn_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.html import HtmlElement

    from spiders.parsing.article import Reading

_ROBUST = 6.0
"""Weight of a selector that hangs on names; a heavier one hangs on its place."""

_MOST_TRIED = 6
"""Selectors of a field that are tried by reading every sample."""

_HALF_A_DAY = timedelta(hours=14)
"""By which a date without a clock may differ from the same date with one, in another zone."""

_CLEANERS = (None, r"^[\s·•▪■◆►»>|\-–—]*(.*\S)", r"^[\s·•▪■◆►»>|\-–—\d.:/\[\]]*(.*?)[\s\[(（]*[\d.:/\-]*[\])）]?$")
"""What is taken off the titles of related links, if need be: nothing, bullets, numbers and dates."""


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

    fields: dict[str, FieldRule] = field(default_factory=dict)
    sure: dict[str, Sureness] = field(default_factory=dict)
    template: Template = field(default_factory=Template)


def learn(samples: Sequence[Sample], site: Site) -> Learned:
    """Learn the rules of a site.

    Args:
        samples: articles of it, two at least; six are plenty.
        site: its file so far; its own field rules are not asked.
    """
    return _Learner(samples, site).run()


class _Learner:
    def __init__(self, samples: Sequence[Sample], site: Site) -> None:
        self.samples = [*samples]
        self.site = site.model_copy(update={"fields": {}})
        self.out = Learned(template=learn_template([sample.opened for sample in samples]))
        self._read: dict[str, list[Reading | None]] = {}
        self.plain = [sample.read(self.site) for sample in self.samples]

    def run(self) -> Learned:
        self._title()
        self._related()
        self._body()
        self._source()
        self._published()
        return self.out

    def _readings(self, **more: FieldRule) -> list[Reading | None]:
        """The samples as they are read by the rules so far and some more."""
        fields = self.out.fields | more
        key = repr(sorted(fields.items()))
        if key not in self._read:
            site = self.site.model_copy(update={"fields": fields})
            self._read[key] = [sample.read(site, self.out.template) for sample in self.samples]
        return self._read[key]

    def _candidates(self, found: Iterable[Sequence[HtmlElement]]) -> list[tuple[float, str]]:
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

    def _title(self) -> None:
        """The element that says what feed, listing or the page's head call the article."""
        elements = [targets.titled(sample) for sample in self.samples]

        def judge(css: str) -> tuple[int, int]:
            right = wrong = 0
            said = set()
            for sample in self.samples:
                found = select(sample.opened.page.root, css)
                if not found:
                    continue
                text = text_of(found[0])
                said.add(text)
                good = any(is_same_title(title, text) for title in sample.titles()[: 1 if sample.listed.title else 9])
                right, wrong = right + good, wrong + (not good)
            return right, wrong + (len(said) == 1 < len(self.samples))

        if css := self._best(self._candidates(elements), judge):
            self.out.fields["title"] = FieldRule(select=f"css:{css}")
        readings = self._readings()
        right = sum(
            any(is_same_title(title, reading.article.title) for title in sample.titles()[:1])
            for sample, reading in zip(self.samples, readings, strict=True)
            if reading
        )
        self._be_sure("title", right, "as feed, listing or the page's head have it")

    def _best(self, candidates: list[tuple[float, str]], judge: Callable[[str], tuple[int, int]]) -> str | None:
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

    def _body(self) -> None:
        """The element that holds the article's text and as little else as can be."""
        kept = [targets.body_blocks(sample, self.out.template) for sample in self.samples]
        around = [
            [*targets.around(sample, blocks, levels=3)] if blocks else []
            for sample, blocks in zip(self.samples, kept, strict=True)
        ]
        tried = []
        for weight, css in self._candidates(around)[:300]:
            spread = targets.spread(self.samples, kept, css)
            if spread is not None:
                tried.append((round(spread, 2), weight, css))
        expected = [{reading.article.text} if reading else set() for reading in self.plain]
        for texts, reading in zip(expected, self._readings(), strict=True):
            texts.update([reading.article.text] if reading else [])
        best: tuple[int, float, str] | None = None
        for spread, weight, css in sorted(tried)[:_MOST_TRIED]:
            readings = self._readings(body=self._without_related(css))
            right = sum(
                bool(reading) and reading.article.text in texts  # type: ignore[union-attr]
                for texts, reading in zip(expected, readings, strict=True)
            )
            if best is None or (right, -weight - spread) > best[:2]:
                best = (right, -weight - spread, css)
            if right == len(self.samples):
                break  # the tightest box comes first
        if best and 2 * best[0] >= len(self.samples):
            self.out.fields["body"] = self._without_related(best[2])
        right = best[0] if "body" in self.out.fields and best else sum(len(texts) == 1 for texts in expected)
        self._be_sure("text", right, "by its box and by the reader's own judgement")

    def _without_related(self, css: str) -> FieldRule:
        """The rule for the text, without the related list where that stands in its box."""
        rule = self.out.fields.get("related")
        if rule is not None:
            for sample in self.samples:
                root = sample.opened.page.root
                inside = {element for box in select(root, css) for element in box.iterdescendants()}
                if any(element in inside for element in select(root, rule.select.removeprefix("css:"))):
                    return FieldRule(select=f"css:{css}", drop=[rule.select])
        return FieldRule(select=f"css:{css}")

    def _related(self) -> None:
        """The list of related reading: it stands under words that say so, and differs from page to page."""
        lists = [
            targets.related_anchors(sample, reading, self.site)
            for sample, reading in zip(self.samples, self.plain, strict=True)
        ]
        how = "under words that say so, differing from page to page"
        if not any(lists):
            kept = [targets.body_blocks(sample, self.out.template) for sample in self.samples]
            lists = targets.varying_lists(self.samples, kept, self.site)
            how = "a list that differs from page to page"
        sets = {frozenset(url for url, _, _ in found) for found in lists if found}
        if not sets:
            self.out.sure["related"] = Sureness(len(self.samples), len(self.samples), "the pages have no such list")
            return
        if len(sets) == 1 and sum(map(bool, lists)) > 2:
            self.out.sure["related"] = Sureness(0, len(self.samples), "the same list stands on every page")
            return
        boxes = [[*targets.above([anchor for _, _, anchor in found], levels=3)] if found else [] for found in lists]
        best: tuple[float, FieldRule, int] | None = None
        for cleaner in _CLEANERS:
            for weight, css in self._candidates(boxes)[:200]:
                rule = FieldRule(select=f"css:{css}", regex=cleaner)
                right = self._agreeing(rule, lists)
                score = weight - 10 * right
                if right and (best is None or score < best[0]):
                    best = (score, rule, right)
            if best and best[2] == len(self.samples):
                break
        if best and 2 * best[2] > len(self.samples):
            self.out.fields["related"] = best[1]
        self._be_sure("related", best[2] if best else 0, how)

    def _agreeing(self, rule: FieldRule, lists: Sequence[Sequence[tuple[str, str, HtmlElement]]]) -> int:
        """On how many samples a rule finds just the links of the list; 0 when it finds others anywhere."""
        right = 0
        for sample, found in zip(self.samples, lists, strict=True):
            links = [(link.url, link.title) for link in links_of(sample.opened.page, rule)]
            wanted = [(url, title) for url, title, _ in found]
            if links == wanted:
                right += 1
            elif wanted and {url for url, _ in links} - {url for url, _ in wanted}:
                return 0
        return right

    def _source(self) -> None:
        """Whom the article credits. The reader finds labelled lines by itself; a rule is learned where it can't."""
        readings = self._readings()
        found = [reading.article.source if reading else None for reading in readings]
        if all(found):
            self._be_sure("source", len(found), "in a labelled line")
            return
        pairs = [targets.labelled_pairs(sample) for sample in self.samples]
        names = [source.name if source else None for source in found]

        def judge(css: str) -> tuple[int, int]:
            again = self._readings(source=FieldRule(select=f"css:{css}"))
            credited = [reading.article.source for reading in again if reading and reading.article.source]
            wrong = sum(len(source.name) > 60 for source in credited)
            for reading, name in zip(again, names, strict=True):
                now = reading.article.source if reading else None
                wrong += bool(name and now and now.name != name)
            return len(credited), wrong

        candidates = [(w, css) for w, css in self._candidates(pairs) if w < _ROBUST]
        if css := self._best(candidates[:_MOST_TRIED], judge):
            self.out.fields["source"] = FieldRule(select=f"css:{css}")
            found = [reading.article.source if reading else None for reading in self._readings()]
        if any(found):
            self._be_sure("source", sum(map(bool, found)), "beside a label")
        else:
            self.out.sure["source"] = Sureness(0, len(found), "no page credits anybody")

    def _published(self) -> None:
        """When it was published, held against feed and listing; a rule is learned where the reader is not right."""
        if self._right_dates(self._readings()) < len(self.samples):
            dates = [targets.dated(sample) for sample in self.samples]

            def judge(css: str) -> tuple[int, int]:
                right = self._right_dates(self._readings(published=FieldRule(select=f"css:{css}")))
                return right, 0

            before = self._right_dates(self._readings())
            css = self._best(self._candidates(dates)[:_MOST_TRIED], judge)
            if css and judge(css)[0] > before:
                self.out.fields["published"] = FieldRule(select=f"css:{css}")
        how = (
            "as feed or listing have it" if all(targets.listed_day(s) for s in self.samples) else "printed on the page"
        )
        self._be_sure("published", self._right_dates(self._readings()), how)

    def _right_dates(self, readings: Sequence[Reading | None]) -> int:
        """Readings whose day is the one that feed or listing name; without those, readings with a day."""
        right = 0
        for sample, reading in zip(self.samples, readings, strict=True):
            published = reading.article.published if reading else None
            listed = targets.listed_day(sample)
            if published is not None:
                day = targets.day_of(published)
                right += listed is None or abs((day - listed).days) <= _HALF_A_DAY.days + 1
        return right

    def _be_sure(self, name: str, right: int, how: str) -> None:
        self.out.sure[name] = Sureness(right, len(self.samples), how)
