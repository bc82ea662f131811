"""Noticing that what used to be one thing has become another: a sequential test over categories.

Each observation is a category, such as the rule that filled a field. What is usual is learned as counts that slowly
forget. Against it stands the claim that one category, or anything never seen, now holds nine times in ten; the evidence
for that is added up by Page's cumulative sum (E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954), which
needs no threshold of the operator's: a field that is nearly always filled alarms after four pages without it, one that
is filled every second time after a dozen, and an odd page now and then never does.
"""

from __future__ import annotations

from math import log

from pydantic import Field

from items.article import Model

UNSEEN = "\0unseen"
"""Stands for every category that was never seen while all was well."""

RARE = "\0rare"
"""Stands for all that was seldom or never seen while all was well: a loss may end in several things."""

_SELDOM = 0.15
"""Share of the observations below which a category is rare."""

LEAST = 8
"""Observations that must be known before a shift can be told from chance."""

_ENOUGH = 8.0
"""Natural logarithm of the odds that raise an alarm: 3,000 to one."""

_CALM = 6.0
"""Logarithm of the odds that end one: three usual observations in a row do."""

_MOST = 2.2
"""The most that one observation may say: it takes four to alarm, so two odd pages in a row are none."""

_NOW = 0.9
"""How often the new category is claimed to hold."""

_ORDINARY = 0.75
"""Share of the observations from which on a category is what is usual: that it holds a little oftener is no shift."""

_DELAY = 6
"""Observations that are held back before they count as usual: a shift must not teach its own normality."""

_MEMORY = 120.0
"""Observations that weigh together as much as all that came before."""

_SETTLED = 40
"""Observations after which a shift that lost nothing is what is usual from then on."""


class Alarm(Model):
    """A shift that was noticed."""

    category: str
    """What now holds; `UNSEEN` for anything new, `RARE` for what is new or was rare: `seen` then tells what."""
    before: str
    """What held before, most of the time."""
    share: float
    """How often `category` was seen while all was well."""
    seen: dict[str, int] = {}
    """What was observed since the shift began."""
    began: str
    """The page where it began."""

    @property
    def now(self) -> str:
        """What was mostly observed since the shift began."""
        return max(self.seen, key=lambda category: self.seen[category], default=self.category)


class Watch(Model):
    """What is usual of one thing, and whether it has shifted. All state is in its fields: it is kept as JSON."""

    sound: str | None = None
    """The category in which nothing is amiss: a shift towards it is no alarm."""
    counts: dict[str, float] = {}
    waiting: list[str] = []
    scores: dict[str, float] = {}
    began: dict[str, str] = {}
    alarm: Alarm | None = None
    calm: float = Field(0.0, ge=0)

    @property
    def known(self) -> float:
        """How many observations are known as usual."""
        return sum(self.counts.values())

    def usual(self) -> str | None:
        """What mostly holds; None before anything is known."""
        return max(self.counts, key=lambda category: self.counts[category], default=None)

    def see(self, category: str, page: str, *, harmless: bool = False) -> None:
        """Take an observation.

        Args:
            category: what was observed.
            page: where, for the evidence.
            harmless: nothing is lost where this category holds, so that it may become what is usual.
        """
        if self.alarm is None:
            self._suspect(category, page)
        else:
            self._doubt(self.alarm, category, harmless=harmless)

    def share(self, category: str) -> float:
        """How probable an observation is while all is well.

        That anything never seen comes up is taken, after Good and Turing, from how many things were seen just once.
        """
        total = self.known
        once = sum(1 for count in self.counts.values() if count < 1.5)
        new = min((once + 0.5) / (total + 1), 0.99)
        if category == RARE:
            seldom = sum(count for count in self.counts.values() if (1 - new) * count / total < _SELDOM)
            return min((1 - new) * seldom / total + new, 0.99)
        if category == UNSEEN or category not in self.counts:
            return new
        return (1 - new) * self.counts[category] / total

    def _suspect(self, category: str, page: str) -> None:
        if self.known >= LEAST:
            targets = [category if category in self.counts else UNSEEN]
            if self.share(category) < _SELDOM:
                targets.append(RARE)
            for claim in {*self.scores, *targets}:
                score = self.scores.get(claim, 0.0) + self._evidence(claim, category)
                if score > 0 and self.share(claim) < _ORDINARY:
                    self.scores[claim] = score
                    self.began.setdefault(claim, page)
                else:
                    self.scores.pop(claim, None)
                    self.began.pop(claim, None)
            target = max(targets, key=lambda claim: self.scores.get(claim, 0.0))
            if self.scores.get(target, 0.0) > _ENOUGH and category != self.sound:
                before = self.usual() or ""
                seen = self._since(target, category)
                self.alarm = Alarm(
                    category=target, before=before, share=self.share(target), seen=seen, began=self.began[target]
                )
                self.waiting, self.scores, self.began, self.calm = [], {}, {}, 0.0
                return
        self.waiting.append(category)
        if len(self.waiting) > _DELAY:
            self._learn(self.waiting.pop(0))

    def _since(self, target: str, category: str) -> dict[str, int]:
        """What of the observations that were held back bears the claim out, the newest included."""
        seen: dict[str, int] = {}
        for each in [*self.waiting, category]:
            if self._bears_out(target, each):
                seen[each] = seen.get(each, 0) + 1
        return seen

    def _doubt(self, alarm: Alarm, category: str, *, harmless: bool) -> None:
        """Weigh whether an alarm is over, or what it found has become usual."""
        self.calm = max(0.0, self.calm - self._evidence(alarm.category, category))
        if self.calm > _CALM:
            self.alarm, self.calm = None, 0.0
            return
        alarm.seen[category] = alarm.seen.get(category, 0) + 1
        if harmless and sum(alarm.seen.values()) >= _SETTLED:
            self.accept()

    def accept(self) -> None:
        """Take what was observed since the shift as what is usual from now on."""
        if self.alarm is not None:
            self.counts = {category: float(count) for category, count in self.alarm.seen.items()}
            self.alarm, self.calm = None, 0.0

    def _evidence(self, claim: str, category: str) -> float:
        """How much an observation says for the claim that `claim` now holds, as a logarithm of odds."""
        share = min(max(self.share(claim), 1e-6), 1 - 1e-6)
        said = log(_NOW / share) if self._bears_out(claim, category) else log((1 - _NOW) / (1 - share))
        return max(-_MOST, min(_MOST, said))

    def _bears_out(self, claim: str, category: str) -> bool:
        if claim == RARE:
            return self.share(category) < _SELDOM
        return category == claim or (claim == UNSEEN and category not in self.counts)

    def _learn(self, category: str) -> None:
        fade = 1 - 1 / _MEMORY
        self.counts = {known: count * fade for known, count in self.counts.items() if count * fade > 0.05}
        self.counts[category] = self.counts.get(category, 0.0) + 1
