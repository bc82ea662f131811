"""The health page: what the crawls of the last 90 days found of each site, a day a cell.

It shows what changed on a day, never an hour: a crawl that found nothing new leaves the page as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from items.run import TROUBLE, Outcome
from pipelines.archive.health import all_health
from pipelines.archive.tables import ledger, run_sites, runs
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.pages.times import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup
    from sqlalchemy import Connection

    from items.site import Site
    from pipelines.publish.pages.look import Look

DAYS = 90
_NEW = (Outcome.KEPT, Outcome.COPY)
_WORDS = {
    "well": "new articles: {new}",
    "quiet": "read, nothing new",
    "trouble": "some trouble; new articles: {new}",
    "lost": "nothing could be read",
    "none": "not crawled",
}


@dataclass(slots=True)
class _Day:
    """What a day's crawls found of a site."""

    listed: bool = False
    new: int = 0
    trouble: bool = False

    @property
    def state(self) -> str:
        if not self.listed:
            return "lost"
        if self.trouble:
            return "trouble"
        return "well" if self.new else "quiet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a site, and why."""

    verdict: str
    evidence: str = ""


@dataclass(slots=True)
class Row:
    """A site on the health page."""

    name: str
    path: str
    verdict: Verdict
    new: int
    picture: Markup = field(repr=False)


def rows(connection: Connection, sites: Mapping[str, Site], look: Look) -> tuple[list[Row], str | None]:
    """The sites that have a file, by name, and the day of the newest finished crawl.

    Args:
        connection: a reading transaction.
        sites: by id.
        look: draws.
    """
    until = connection.execute(select(func.max(runs.c.started)).where(runs.c.finished.is_not(None))).scalar()
    if until is None:
        return [], None
    last = date.fromisoformat(until[:10])
    days = [(last - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    found = _days(connection, days[0])
    verdicts = {
        one.site: Verdict(one.verdict.value, one.evidence[0].says if one.evidence else "")
        for one in all_health(connection)
    }
    made = []
    for site in sorted(sites.values(), key=lambda site: site.title.casefold()):
        seen = found.get(site.id, {})
        cells = [_cell(day, seen.get(day)) for day in days]
        said = verdicts.get(site.id, Verdict("new", "not crawled yet"))
        new = sum(day.new for day in seen.values())
        label = f"{site.title}: new articles on {sum(day.new > 0 for day in seen.values())} of {DAYS} days"
        picture = look.picture("days", cells=cells, label=label)
        made.append(Row(site.title, f"sites/{slug(site.id)}.html", said, new, picture))
    return made, days[-1]


def _days(connection: Connection, since: str) -> dict[str, dict[str, _Day]]:
    """By site and day, what was found since a day."""
    found: dict[str, dict[str, _Day]] = {}
    day = func.substr(runs.c.started, 1, 10)
    finished = (runs.c.finished.is_not(None), runs.c.started >= since)
    listed = select(day, run_sites.c.site, func.max(run_sites.c.listed)).join_from(runs, run_sites).where(*finished)
    for at, site, most in connection.execute(listed.group_by(day, run_sites.c.site)):
        found.setdefault(site, {}).setdefault(at, _Day()).listed = most > 0
    ended = select(day, ledger.c.site, ledger.c.outcome, func.count()).join_from(runs, ledger).where(*finished)
    told = ended.where(ledger.c.outcome.in_([*_NEW, *TROUBLE]))
    for at, site, outcome, count in connection.execute(told.group_by(day, ledger.c.site, ledger.c.outcome)):
        noted = found.setdefault(site, {}).setdefault(at, _Day())
        if outcome in _NEW:
            noted.new += count
        else:
            noted.trouble = True
    return found


def _cell(day: str, found: _Day | None) -> dict[str, str]:
    state = "none" if found is None else found.state
    about = _WORDS[state].format(new=0 if found is None else found.new)
    return {"state": state, "title": f"{long_day(day)}: {about}"}
