"""What is known of a site's health between runs, and how a run changes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from crawler.health.drift import Drift
from crawler.health.fields import FieldMemory
from crawler.health.shift import Watch
from items.article import Instant, Model
from items.health import TROUBLED, Evidence, SiteHealth, Verdict
from items.run import Cause, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from items.health import Asked, RunSigns

_FINE = frozenset({Outcome.KEPT, Outcome.COPY, Outcome.VERSION, Outcome.UNCHANGED, Outcome.REMOVED})
_READ = frozenset({Outcome.READ, Outcome.UNCHANGED})
_NOT_ASKED = frozenset({Cause.RESTS, Cause.BUDGET, Cause.PAUSED, Cause.STOPPED})
_TURNED_AWAY = frozenset({401, 402, 403, 407, 429, 451})
_NO_ANSWER = frozenset({Cause.TIMED_OUT, Cause.DNS, Cause.TLS, Cause.CONNECTION})
_RUNS_TO_KNOW = 3
"""Runs after which a site is no longer new."""

_STEADY = 3
"""Runs in a row that a list must have been read in for its failure to be news; as many failures for a passing cause."""

_MANY, _MOST_OF = 5, 0.8
"""How many articles, and what share of them, must fail where too little is known to tell a shift."""

_DAYS = 40
"""Days with news that are remembered of a site."""

_GAPS_TO_KNOW = 4
"""Gaps between days with news from which a rhythm is told."""


class ListMemory(Model):
    """What is usual of one listing, feed or sitemap."""

    read: int = 0
    """Runs in a row in which it was read, up to the last in which it was."""
    failed: int = 0
    """Runs in a row in which it was not, up to now."""


class SiteState(Model):
    """All that is learned of one site; kept as JSON, and changed by one run at a time."""

    rules: str = ""
    """Digest of the site file: under new rules everything is learned anew."""
    runs: int = 0
    fields: dict[str, FieldMemory] = {}
    answers: Watch = Watch()
    domain: Watch = Watch()
    """Where its pages are at home."""
    drift: Drift = Drift()
    lists: dict[str, ListMemory] = {}
    days: list[str] = []
    """Days on which something was published, in order."""
    verdict: Verdict = Verdict.NEW
    since: Instant | None = None
    evidence: list[Evidence] = []

    @classmethod
    def of(cls, text: bytes | None) -> Self:
        """What was learned; anew if an older newsloom wrote it in another form."""
        try:
            return cls.model_validate_json(text) if text else cls()
        except ValidationError:
            return cls()

    def began(self) -> set[str]:
        """The pages at which shifts began that still hold."""
        watches = [watch for memory in self.fields.values() for watch in memory.watches.values()]
        return {watch.alarm.began for watch in (*watches, self.answers) if watch.alarm}

    def learn(self, site: str, run: RunSigns, *, rules: str) -> SiteHealth:
        """Take what a run showed of the site, and say how it is.

        Args:
            site: its id.
            run: what the run showed.
            rules: digest of the site file that the run went by.
        """
        if rules != self.rules:
            self.rules, self.fields, self.lists, self.domain = rules, {}, {}, Watch()
        self.runs += 1
        for page in run.pages:
            self.drift.see(page)
            if page.domain:
                self.domain.see(page.domain, page.url, harmless=True)
            for name, signs in page.fields.items():
                self.fields.setdefault(name, FieldMemory()).see(name, signs, page)
        self._remember_days(run.news)
        verdict, evidence = self._judge(site, run)
        if verdict not in TROUBLED:
            evidence = [*evidence, *self.drift.evidence(site)]
        if verdict is not self.verdict or self.since is None:
            self.verdict, self.since = verdict, run.at
        self.evidence = evidence
        return SiteHealth(site=site, verdict=self.verdict, since=self.since, evidence=evidence)

    def accept(self, field: str | None = None) -> None:
        """Take a field, or `domain` (default: all of them) as it is now for usual: the operator says so."""
        if field in (None, "domain"):
            self.domain.accept()
        for name, memory in self.fields.items():
            if field in (None, name):
                memory.accept()

    def _judge(self, site: str, run: RunSigns) -> tuple[Verdict, list[Evidence]]:
        found = [*self._of_lists(site, run), *self._of_answers(site, run), *self._of_domain(), *self._of_fields(site)]
        for verdict in (Verdict.UNREACHABLE, Verdict.MOVED, Verdict.BLOCKED, Verdict.BROKEN):
            evidence = [evidence for said, evidence in found if said is verdict]
            if evidence:
                return verdict, evidence
        if self.verdict in TROUBLED and not any(_was_asked(asked) for asked in run.asked):
            return self.verdict, self.evidence  # nothing was asked, so nothing more is known
        if self.runs < _RUNS_TO_KNOW:
            return Verdict.NEW, [Evidence(what="runs", says=f"fewer than {_RUNS_TO_KNOW} runs so far")]
        quiet = self._quiet(run.at)
        if quiet is not None:
            return Verdict.QUIET, [quiet]
        return Verdict.HEALTHY, []

    def _of_lists(self, site: str, run: RunSigns) -> list[tuple[Verdict, Evidence]]:
        """What the listings, feeds and sitemaps that were asked for say."""
        asked = [asked for asked in run.asked if asked.kind != "article" and _was_asked(asked)]
        lost: list[Asked] = []
        for each in asked:
            memory = self.lists.setdefault(each.url, ListMemory())
            if each.outcome in _READ or each.cause is Cause.NOT_MODIFIED:
                memory.read, memory.failed = (memory.read + 1 if not memory.failed else 1), 0
                continue
            memory.failed += 1
            if memory.read >= _STEADY and memory.failed >= (_STEADY if _is_passing(each) else 1):
                lost.append(each)
        failed = [each for each in asked if self.lists[each.url].failed]
        if asked and len(failed) == len(asked):
            lost = failed
        return [(_verdict_of(each), _list_evidence(site, each)) for each in lost]

    def _of_answers(self, site: str, run: RunSigns) -> list[tuple[Verdict, Evidence]]:
        """What the articles that were asked for say."""
        asked = [asked for asked in run.asked if asked.kind == "article" and _was_asked(asked)]
        for each in asked:
            self.answers.see("read" if each.outcome in _FINE else _name(each), each.url)
        failed = [each for each in asked if each.outcome not in _FINE]
        alarm = self.answers.alarm
        shifted = alarm is not None and alarm.now != "read" and bool(failed)
        if shifted or len(failed) >= max(_MANY, _MOST_OF * len(asked)):
            worst = max(failed, key=lambda each: sum(_name(each) == _name(other) for other in failed))
            says = f"{len(failed)} of {len(asked)} article pages: {_name(worst)}, such as {worst.url}"
            return [
                (_verdict_of(worst), Evidence(what="answers", says=says, url=worst.url, remedy=_remedy(site, worst)))
            ]
        return []

    def _of_domain(self) -> list[tuple[Verdict, Evidence]]:
        """What the pages say of where they are at home."""
        alarm = self.domain.alarm
        if alarm is None:
            return []
        says = f"since {alarm.began} its pages are at home on {alarm.now}, before on {alarm.before}"
        remedy = f"newsloom sites add https://{alarm.now}/"
        return [(Verdict.MOVED, Evidence(what="domain", says=says, url=alarm.began, remedy=remedy))]

    def _of_fields(self, site: str) -> list[tuple[Verdict, Evidence]]:
        found = [memory.evidence(name, site) for name, memory in self.fields.items()]
        return [(Verdict.BROKEN, evidence) for evidence in found if evidence]

    def _remember_days(self, news: Sequence[str]) -> None:
        self.days = sorted({*self.days, *(moment[:10] for moment in news)})[-_DAYS:]

    def _quiet(self, now: datetime) -> Evidence | None:
        """Whether nothing new has appeared for half as long again as ever between two days with news."""
        days = [date.fromisoformat(day) for day in self.days]
        gaps = [(after - before).days for before, after in pairwise(days)]
        if len(gaps) < _GAPS_TO_KNOW:
            return None
        rest = (now.astimezone(UTC).date() - days[-1]).days
        if rest <= max(2.0, 1.5 * max(gaps), 4.0 * median(gaps)):
            return None
        usual = f"the longest pause so far was {max(gaps)}, half of them are {median(gaps):g} or less"
        says = f"nothing new for {rest} days; {usual}"
        return Evidence(what="rhythm", says=says)


def _was_asked(asked: Asked) -> bool:
    return not (asked.outcome is Outcome.SKIPPED and asked.cause in _NOT_ASKED)


def _is_passing(asked: Asked) -> bool:
    return asked.cause in _NO_ANSWER or (asked.http_status or 0) >= 500 or asked.cause is Cause.BROKEN


def _verdict_of(asked: Asked) -> Verdict:
    """What a failed request says of its site."""
    if asked.cause is Cause.MOVED:
        return Verdict.MOVED
    if asked.cause in (Cause.CHALLENGE, Cause.ROBOTS) or asked.http_status in _TURNED_AWAY:
        return Verdict.BLOCKED
    if _is_passing(asked) and asked.cause is not Cause.BROKEN:
        return Verdict.UNREACHABLE
    return Verdict.BROKEN


def _name(asked: Asked) -> str:
    """How a failed request ended, in a word or two."""
    if asked.cause is Cause.STATUS or (asked.cause is None and asked.http_status not in (None, 200)):
        return f"HTTP {asked.http_status}"
    return str(asked.cause or asked.outcome).replace("-", " ")


def _list_evidence(site: str, asked: Asked) -> Evidence:
    return Evidence(what=asked.kind, says=f"{_name(asked)}: {asked.url}", url=asked.url, remedy=_remedy(site, asked))


def _remedy(site: str, asked: Asked) -> str | None:
    """The command that mends it, or shows more."""
    if _verdict_of(asked) is Verdict.BROKEN and asked.kind != "article":
        return f"newsloom sites rules {site}"
    return f"newsloom explain {asked.url}"
