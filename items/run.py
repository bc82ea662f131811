"""A run's ledger: what happened to every URL, in rows that balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol
from uuid import UUID

from pydantic import Field

from items.article import Article, Instant, Model
from items.way import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from items.way import Known, Way

Kind = Literal["listing", "feed", "sitemap", "article"]


class Outcome(StrEnum):
    """How a URL's turn in a run ended.

    For articles `listed = known + skipped + fetched`, where fetched is everything below `SKIPPED`.
    """

    KNOWN = "known"
    """Listed, and in the archive already."""
    SKIPPED = "skipped"
    """Listed, and not asked for; the reason says why."""
    KEPT = "kept"
    """Fetched, and new in the archive."""
    COPY = "copy"
    """Fetched and kept as a copy of a story that the archive has."""
    VERSION = "version"
    """Fetched again, and its text had changed."""
    UNCHANGED = "unchanged"
    """Fetched again, and nothing had changed."""
    REMOVED = "removed"
    """Known, and the publisher has taken it down."""
    REJECTED = "rejected"
    """Fetched, and no article was found on the page; the reason says what was."""
    FAILED = "failed"
    """Not answered as asked: status, time-out, DNS, TLS, …"""
    READ = "read"
    """A listing, feed or sitemap that was read."""
    EMPTY = "empty"
    """A listing, feed or sitemap that held no link to an article."""


TROUBLE = frozenset({Outcome.REJECTED, Outcome.FAILED, Outcome.EMPTY})


class Entry(Model):
    """One row of the ledger."""

    site: str
    url: str
    kind: Kind
    outcome: Outcome
    reason: str | None = None
    """One line, for everything that isn't plain success."""
    http_status: int | None = None
    article: UUID | None = None


@dataclass(slots=True)
class Visit:
    """What the spider hands to the pipelines for each URL that it asked for: how that ended, and the article if any.

    Attributes:
        entry: the ledger's row; the pipelines correct its outcome by what the archive knows.
        article: what was read.
        addresses: every URL by which the page was reached: as listed, as redirected to.
    """

    entry: Entry
    article: Article | None = None
    addresses: set[str] = field(default_factory=set)


class Desk(Protocol):
    """What a spider asks of the archive while it runs, and tells it."""

    def look(self, site: str, urls: Iterable[str]) -> dict[str, Known]:
        """What the archive knows of the URLs: of those that it knows, and of those that a run asked for in vain."""

    def due(self, site: str) -> list[str]:
        """URLs that are due: of a site's known articles for another look, of failed ones for another try."""

    def way(self, site: str, url: str) -> Way:
        """How far a way was read."""

    def passed(self, gap: Gap) -> None:
        """Keep at once where a walk through a gap has come to: all above is in the archive."""

    def walked(self, way: Way, *, newest: str | None) -> None:
        """Keep, when the run ends, what gaps a way has now; with `newest`, that it was read from its top."""

    def listed(self, site: str, asked: Iterable[str], *, known: int = 0) -> None:
        """Count article URLs that were found, each once a run: those that are asked for now, and those only counted.

        One that was to be asked for and never kept ends as skipped: the run was stopped before its turn.
        """

    def template(self, site: str) -> str | None:
        """What was learned lately of what recurs on a site's pages; None when it is time to learn it."""

    def learned(self, site: str, template: str) -> None:
        """Keep what recurs on a site's pages."""

    def keep(self, visit: Visit) -> None:
        """Write how a visit ended."""


class SiteCount(Model):
    """What a run did for one site."""

    site: str
    listed: int = Field(0, ge=0)
    """Distinct article URLs that its listings, feeds and sitemaps held."""
    outcomes: dict[Outcome, int] = {}
    """Rows by outcome, for article URLs."""
    trouble: list[str] = []
    """One clear line each."""
    gaps: list[Gap] = []
    """What no run has read yet."""

    @property
    def fetched(self) -> int:
        """How many article pages were asked for."""
        return sum(n for o, n in self.outcomes.items() if o not in (Outcome.KNOWN, Outcome.SKIPPED))

    @property
    def balances(self) -> bool:
        """Whether listed = known + skipped + fetched."""
        return self.listed == sum(self.outcomes.values())

    @property
    def failed(self) -> bool:
        """Whether an operator should look at this site."""
        return bool(self.trouble)


class Run(Model):
    """One crawl."""

    id: int
    started: Instant
    finished: Instant | None = None
    """None while it runs, and for ever if it was killed."""
    sites: list[SiteCount] = []
