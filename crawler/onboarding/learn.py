"""Learning a site's rules from sample pages: what feed, listing and the readers say of them gives the answers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from crawler.onboarding import targets
from crawler.onboarding.learn_published import learn_published
from crawler.onboarding.learn_source import learn_source
from crawler.onboarding.lesson import MOST_TRIED, ROBUST, Learned, Lesson
from crawler.onboarding.sample import Sample, is_same_title, text_of
from crawler.onboarding.selectors import select, selectors_of
from items.site import FieldRule, Site
from spiders.parsing.rules import links_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement


_MOST_DROPPED = 4
"""Selectors of what is taken out of the text's box."""


_CLEANERS = (None, r"^[\s·•▪■◆►»>|\-–—]*(.*\S)", r"^[\s·•▪■◆►»>|\-–—\d.:/\[\]]*(.*?)[\s\[(（]*[\d.:/\-]*[\])）]?$")
"""What is taken off the titles of related links, if need be: nothing, bullets, numbers and dates."""


def learn(samples: Sequence[Sample], site: Site, credited: Collection[str] = ()) -> Learned:
    """Learn the rules of a site.

    Args:
        samples: articles of it, two at least; six are plenty.
        site: its file so far; its own field rules are not asked.
        credited: names that the site is known to credit.
    """
    return _Learner(samples, site, credited).run()


class _Learner(Lesson):
    def run(self) -> Learned:
        self._title()
        self._related()
        self._body()
        learn_source(self)
        learn_published(self)
        return self.out

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

        if css := self.best(self.candidates(elements), judge):
            self.out.fields["title"] = FieldRule(select=f"css:{css}")
        readings = self.readings()
        right = sum(
            any(is_same_title(title, reading.article.title) for title in sample.titles()[:1])
            for sample, reading in zip(self.samples, readings, strict=True)
            if reading
        )
        self.be_sure("title", right, "as feed, listing or the page's head have it")

    def _body(self) -> None:
        """The element that holds the article's text and as little else as can be."""
        kept = [targets.body_blocks(sample, self.out.template) for sample in self.samples]
        around = [
            [*targets.around(sample, blocks, levels=3)] if blocks else []
            for sample, blocks in zip(self.samples, kept, strict=True)
        ]
        boxes = self.candidates(around)[:300]
        spreads = [(targets.spread(self.samples, kept, css), weight, css) for weight, css in boxes]
        tried = [(round(spread, 2), weight, css) for spread, weight, css in spreads if spread is not None]
        expected = [{reading.article.text} if reading else set() for reading in self.plain]
        for texts, reading in zip(expected, self.readings(), strict=True):
            texts.update([reading.article.text] if reading else [])

        def right_with(rule: FieldRule) -> int:
            return sum(
                bool(reading) and reading.article.text in texts  # type: ignore[union-attr]
                for texts, reading in zip(expected, self.readings(body=rule), strict=True)
            )

        best: tuple[int, float, FieldRule] | None = None
        for spread, weight, css in sorted(tried)[:MOST_TRIED]:
            rule = self._without_related(css)
            right = right_with(rule)
            if right < len(self.samples):
                cleaner = rule.model_copy(update={"drop": [*rule.drop, *self._strangers(css, kept)]})
                right, rule = max((right, rule), (right_with(cleaner), cleaner), key=lambda one: one[0])
            if best is None or (right, -weight - spread) > best[:2]:
                best = (right, -weight - spread, rule)
            if right == len(self.samples):
                break  # the tightest box comes first
        if best and 2 * best[0] >= len(self.samples):
            self.out.fields["body"] = best[2]
        right = best[0] if "body" in self.out.fields and best else sum(len(texts) == 1 for texts in expected)
        self.be_sure("text", right, "by its box and by the reader's own judgement")

    def _strangers(self, css: str, kept: Sequence[Sequence[int]]) -> list[str]:
        """Selectors for what stands in the box of the text and is none of it: captions, offers, forms."""
        votes: dict[str, float] = {}
        texts: list[set[HtmlElement]] = []
        for sample, indices in zip(self.samples, kept, strict=True):
            blocks, root = sample.opened.blocks, sample.opened.page.root
            inside = {element for box in select(root, css) for element in box.iterdescendants()}
            own = {blocks[index].element for index in indices}
            texts.append(own | {around for element in own for around in element.iterancestors()})
            for block in blocks:
                if block.element in inside and block.element not in texts[-1]:
                    for weight, one in selectors_of(block.element):
                        if weight < ROBUST / 2:
                            votes[one] = min(weight, votes.get(one, weight))
        found: list[str] = []
        for one in sorted(votes, key=lambda one: votes[one]):
            hits = [{*select(sample.opened.page.root, one)} for sample in self.samples]
            if len(found) < _MOST_DROPPED and not any(hit & text for hit, text in zip(hits, texts, strict=True)):
                found.append(f"css:{one}")
        return found

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
        sites = any(lists) and targets.is_the_sites(lists)
        if sites or not any(lists):
            kept = [targets.body_blocks(sample, self.out.template) for sample in self.samples]
            varying = targets.varying_lists(self.samples, kept, self.site)
            if any(varying) and not (sites and targets.is_the_sites(varying)):
                lists, how = varying, "a list that differs from page to page"
        if not any(lists):
            self.be_sure("related", len(self.samples), "the pages have no such list")
            return
        if len({frozenset(url for url, _, _ in found) for found in lists if found}) == 1 and sum(map(bool, lists)) > 2:
            self.be_sure("related", 0, "the same list stands on every page")
            return
        boxes = [[*targets.above([anchor for _, _, anchor in found], levels=3)] if found else [] for found in lists]
        best: tuple[float, FieldRule, int] | None = None
        beside = self._beside_titles(lists)
        for cleaner, drop in (*((cleaner, []) for cleaner in _CLEANERS), *([(None, beside)] if beside else [])):
            for weight, css in self.candidates(boxes)[:200]:
                rule = FieldRule(select=f"css:{css}", regex=cleaner, drop=drop)
                right = self._agreeing(rule, lists)
                score = weight - 10 * right
                if right and (best is None or score < best[0]):
                    best = (score, rule, right)
            if best and best[2] == len(self.samples):
                break
        if best and 2 * best[2] > len(self.samples):
            self.out.fields["related"] = best[1]
        self.be_sure("related", best[2] if best else 0, how)

    def _beside_titles(self, lists: Sequence[Sequence[tuple[str, str, HtmlElement]]]) -> list[str]:
        """A selector for what stands in the links beside their titles: a day, a category, how long it is to read."""
        votes: dict[str, list[float]] = defaultdict(list)
        for found in lists:
            here: dict[str, float] = {}
            for _, title, anchor in found:
                for element in anchor.iterdescendants():
                    text = text_of(element) if isinstance(element.tag, str) else ""
                    if text and text not in title and title not in text:
                        here |= {css: weight for weight, css in selectors_of(element) if weight < ROBUST / 2}
            for css, weight in here.items():
                votes[css].append(weight)
        often = [(-len(weights), min(weights), css) for css, weights in votes.items()]
        return [f"css:{min(often)[2]}"] if often else []

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
