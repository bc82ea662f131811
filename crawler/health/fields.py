"""What is usual of every field of a site's articles, and which of them have shifted."""

from __future__ import annotations

from math import log
from statistics import median
from typing import TYPE_CHECKING

from crawler.health.shift import RARE, UNSEEN, Watch
from items.article import Model
from items.health import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from items.health import FieldSigns, PageSigns

_ITS_OWN = "its own"

NOTHING = "–"
"""The rule of a field that nothing filled."""

_USUAL = "usual"
_SOUND = {"own": _ITS_OWN, "size": _USUAL}
"""Per facet, what is never amiss."""

_MANY = 12
"""Links of a related list from which on they are only called many."""

_SIZES = 60
"""Sizes of a field that are remembered."""

_PAGES = 8
"""Pages whose values are remembered: what is not an article's own stands on its neighbours too."""

_SHARED = 0.6
"""Share of a field's values that other pages have too, from which on they are not the article's own."""

_LEAST_SIZES = 12
_FAR = 5.0
"""Robust standard deviations beyond which a size is out of the usual."""

_LESS = log(1.05)
"""Natural logarithm of the factor by which a size that is smaller than any before is out of the usual."""

_HELD_BACK = 4
"""Newest sizes that nothing is compared with: a text that is cut off from now on must not be its own measure."""

_TIMES = log(2.5)
"""Natural logarithm of the least factor that counts as out of the usual, however alike sizes are."""

PLAIN = {
    "rule": "rule",
    "place": "place on the page",
    "form": "printed form",
    "size": "size",
    "count": "length",
    "own": "content",
}
"""What is watched of a field, as evidence and docs/operators.md have it."""


class FieldMemory(Model):
    """What is usual of one field."""

    watches: dict[str, Watch] = {}
    sizes: list[float] = []
    values: dict[str, list[str]] = {}
    """Digests of the values of the last pages, by address."""
    example: str | None = None
    """HTML that it was read from while all was well."""
    after: str | None = None
    after_url: str | None = None
    """HTML of the newest page on which it could not be read as before."""

    @property
    def shifted(self) -> bool:
        """Whether anything about it raised an alarm that still holds."""
        return any(watch.alarm for watch in self.watches.values())

    def see(self, name: str, signs: FieldSigns, page: PageSigns) -> None:
        """Take what a page showed of the field."""
        filled = signs.rule is not None
        for facet, category, harmless in self._facets(name, signs, page.url):
            self.watches.setdefault(facet, Watch(sound=_SOUND.get(facet))).see(
                category, page.url, harmless=harmless and filled
            )
        if self.shifted:
            self.after = signs.markup or (page.foot if name == "related" else page.head)
            self.after_url = page.url
        elif signs.markup:
            self.example = signs.markup

    def accept(self) -> None:
        """Take the field as it is now for usual."""
        for watch in self.watches.values():
            watch.accept()

    def evidence(self, name: str, site: str) -> Evidence | None:
        """What to tell of a shift; None while there is none."""
        found = [(facet, watch.alarm) for facet, watch in self.watches.items() if watch.alarm]
        if not found:
            return None
        says = []
        for facet, alarm in found:
            count = sum(alarm.seen.values())
            was, now = (
                _shown(facet, alarm.before),
                _shown(facet, alarm.now if alarm.category in (UNSEEN, RARE) else alarm.category),
            )
            says.append(f"{PLAIN[facet]} was {was}, now {now} on {count} page{'s' if count > 1 else ''}")
        lost = any(facet == "rule" and alarm.now == NOTHING for facet, alarm in found)
        return Evidence(
            what=name,
            says=f"{'lost' if lost else 'changed'} since {found[0][1].began}: {'; '.join(says)}",
            before=self.example,
            after=self.after,
            url=self.after_url,
            remedy=f"newsloom sites rules {site}",
        )

    def _facets(self, name: str, signs: FieldSigns, url: str) -> Iterator[tuple[str, str, bool]]:
        """What is watched of the field, as (facet, category, whether nothing is lost by it)."""
        yield "rule", signs.rule or NOTHING, True
        yield "place", signs.place or NOTHING, True
        # a field that is lost here and changed there has lost its form on all of these pages
        if signs.form or (signs.rule is None and "form" in self.watches):
            yield "form", signs.form or NOTHING, True
        if name == "text":
            category = self._sized(signs.size)
            yield "size", category, category != "small"
        if name == "related" and signs.size:
            yield "count", f"{signs.size} links" if signs.size < _MANY else "many links", True
        if signs.values:
            category = self._owned(signs.values, url)
            yield "own", category, category == _ITS_OWN

    def _sized(self, size: int) -> str:
        """How a size compares with what is usual, which it then joins."""
        here, known = log(size + 1), self.sizes[:-_HELD_BACK]
        category = _USUAL
        if not size:  # a text that is gone is no size to compare others with
            return "small" if len(known) >= _LEAST_SIZES else category
        if len(known) >= _LEAST_SIZES:
            middle = median(known)
            spread = max(_FAR * 1.4826 * median(abs(each - middle) for each in known), _TIMES)
            least = max(middle - spread, min(known) - _LESS)
            category = "small" if here < least else "large" if here > middle + spread else _USUAL
        if category == _USUAL or not self.watches.get("size", Watch()).alarm:
            self.sizes = [*self.sizes[1 - _SIZES :], here]
        return category

    def _owned(self, values: list[str], url: str) -> str:
        """Whether values are the article's own, or mostly stood on its neighbours too."""
        self.values.pop(url, None)
        others = {value for known in self.values.values() for value in known}
        self.values[url] = values
        while len(self.values) > _PAGES:
            del self.values[next(iter(self.values))]
        return "on other pages too" if sum(value in others for value in values) >= _SHARED * len(values) else _ITS_OWN


def _shown(facet: str, category: str) -> str:
    """A category as a person reads it."""
    if category == NOTHING:
        return "not there"
    return category if facet in ("size", "count", "own") else f"“{category}”"
