"""Histories of made-up sites: runs in several rhythms, with odd pages, bursts, holidays, and with or without a fault.

`python -m tests.health.histories [SEED]` runs every fault on every layout and 200 histories without one, and prints how
often health was right.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.health.state import SiteState
from items.health import TROUBLED, Asked, RunSigns, SiteHealth, Verdict
from items.run import Outcome
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.parsing.opened import open_with_blocks
from spiders.signs import signs_of
from tests.health.faults import FAULTS, Fault, dropped
from tests.health.made_sites import CHINESE, LAYOUTS, MadeSite, Story, paragraphs

if TYPE_CHECKING:
    from items.health import PageSigns


@dataclass
class History:
    """A site, its rhythm, and what health has learned of it."""

    site: MadeSite
    dice: random.Random
    rate: float
    odd: float = 0.04
    burst: float = 0.05
    now: datetime = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
    state: SiteState = field(default_factory=SiteState)
    silent: bool = False

    def step(self, fault: Fault | None = None, *, least: int = 0) -> SiteHealth:
        """One day's run: what was published, read and said; with a fault, of every page since it began."""
        self.now += timedelta(days=1)
        holiday = self.now.timetuple().tm_yday in range(40, 48)
        count = 0 if holiday or self.silent else sum(self.dice.random() < self.rate / 3 for _ in range(3))
        if not self.silent and not holiday and self.dice.random() < self.burst:
            count += self.dice.randint(3, 8)
        made = [
            self.site.publish(self.now - timedelta(hours=self.dice.randint(1, 20))) for _ in range(max(count, least))
        ]
        read = [signs for story in made if (signs := self.read(story, fault)) is not None]
        asked = [Asked(url="http://list.example/", kind="listing", outcome=Outcome.READ)]
        asked += [Asked(url=self.site.url(story), kind="article", outcome=Outcome.KEPT) for story in made]
        run = RunSigns(
            at=self.now, pages=read, asked=asked, listed=20, known=20 - len(made), news=[s.at.isoformat() for s in made]
        )
        if fault and fault.run:
            run = fault.run(run)
        return self.state.learn("made", run, rules="1")

    def read(self, story: Story, fault: Fault | None) -> PageSigns | None:
        page = self.site.page(story)
        if self.dice.random() < self.odd:
            page = odd(page, story, self.site, self.dice)
        if fault and fault.change:
            page = fault.change(page, story, self.site)
        body = page[4:].encode("gb18030") if page.startswith("\0gbk") else page.encode()
        opened = open_with_blocks(body, url=self.site.url(story))
        try:
            return signs_of(opened, read_page(opened, fetched=self.now).article)
        except NotAnArticleError:
            return None


def odd(page: str, story: Story, site: MadeSite, dice: random.Random) -> str:
    """A page that is unlike the others, as there are some on every site."""
    which = dice.choice(("source", "related", "published", "short", "notice"))
    if which == "short":
        return page.replace(paragraphs(story), f"<p>{story.paragraphs[0]}</p>")
    if which == "notice":
        return page.replace(paragraphs(story), paragraphs(story) + "<table><tr><td>1</td><td>2</td></tr></table>")
    return dropped(which)(page, story, site)


def history(layout: str, seed: int, rate: float | None = None) -> History:
    dice = random.Random(f"history {layout} {seed}")
    return History(
        MadeSite(layout, seed, layout in CHINESE), dice, rate if rate is not None else dice.choice((0.15, 0.5, 1, 2.5))
    )


def false_alarms(layout: str, seed: int, runs: int = 60) -> list[SiteHealth]:
    """The troubled verdicts of a history in which nothing befalls the site."""
    past = history(layout, seed)
    return [health for _ in range(runs) if (health := past.step()).verdict in TROUBLED]


def alarm(layout: str, seed: int, name: str) -> tuple[bool, SiteHealth]:
    """Whether a fault is told, on the first run after at most five pages that it touched."""
    past = history(layout, seed, rate=2)
    for _ in range(30):
        past.step()
    fault = FAULTS[name]
    if fault.verdict is Verdict.QUIET:
        past.silent, past.burst = True, 0
        for _ in range(60):
            said = past.step()
        return said.verdict is Verdict.QUIET, said
    past.burst, past.rate = 0, 0
    said = past.step(fault, least=5 if fault.change else 1)
    named = {evidence.what for evidence in said.evidence}
    return said.verdict is fault.verdict and (not fault.fields or bool(named & fault.fields)), said


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    right: Counter[str] = Counter()
    for name in FAULTS:
        for layout in FAULTS[name].layouts:
            good, said = alarm(layout, seed, name)
            right["told" if good else "missed"] += 1
            if not good:
                print(f"missed: {name} on {layout}: {said.verdict} {[(e.what, e.says[:90]) for e in said.evidence]}")
    print(f"faults: {right['told']} told, {right['missed']} missed ({right['told'] / right.total():.1%})", flush=True)
    runs = wrong = 0
    for number in range(200):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        alarms = false_alarms(layout, seed * 1000 + number)
        runs, wrong = runs + 60, wrong + len(alarms)
        if alarms:
            print(
                f"alarmed: {layout} {number}: {len(alarms)} runs: {[e.says[:120] for e in alarms[0].evidence]}",
                flush=True,
            )
    print(f"without a fault: {wrong} of {runs} site-runs alarmed ({wrong / runs:.2%})")


if __name__ == "__main__":
    main()
