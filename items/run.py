"""A run's ledger: what happened to every URL, in rows that balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol
from uuid import UUID

from pydantic import Field

from items.article import Article, Capture, Instant, Model
from items.way import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from items.health import PageSigns
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


class Cause(StrEnum):
    """Why a URL's turn ended as it did, where that isn't plain success: for programs, as `reason` is for people."""

    NOT_MODIFIED = "not-modified"
    """The server said that nothing has changed."""
    RESTS = "rests"
    """Best left alone for now: a list, by what its server says or by how seldom it brings something new; an article of
    which again and again nothing came.
    """
    ROBOTS = "robots"
    """robots.txt forbids it, or could not be read."""
    BUDGET = "budget"
    """The site's requests or bytes of this run are spent."""
    ADDRESS = "address"
    """It leads off the public web."""
    PAUSED = "paused"
    """The server asked for a pause that outlasts the run."""
    STOPPED = "stopped"
    """The run was stopped before its turn."""
    TOO_LARGE = "too-large"
    TIMED_OUT = "timed-out"
    DNS = "dns"
    """Its host has no address."""
    TLS = "tls"
    CONNECTION = "connection"
    """Refused, reset, or not HTTP."""
    BROKEN = "broken"
    """The answer broke off, or can't be decompressed."""
    REDIRECTS = "redirects"
    """Too many of them, or in a circle."""
    MOVED = "moved"
    """Sent on to another domain."""
    STATUS = "status"
    """An HTTP status that is no success."""
    CHALLENGE = "challenge"
    """A page that asks whether one is human."""
    SOFT_404 = "soft-404"
    """An error page or the home page, served as if all were well."""
    WRONG_TYPE = "wrong-type"
    """Not HTML, or not XML where that is due."""
    EMPTY = "empty"
    """No bytes, or a list without a link to an article."""
    NO_ARTICLE = "no-article"
    """A page on which no article was found."""
    PARSER = "parser"
    """newsloom itself failed on it."""


PASSING = frozenset(
    {Cause.BUDGET, Cause.PAUSED, Cause.TIMED_OUT, Cause.DNS, Cause.CONNECTION, Cause.BROKEN, Cause.CHALLENGE}
)
"""Causes that may be gone the next time."""

TROUBLE = frozenset({Outcome.REJECTED, Outcome.FAILED, Outcome.EMPTY})


class Entry(Model):
    """One row of the ledger."""

    site: str
    url: str
    kind: Kind
    outcome: Outcome
    cause: Cause | None = None
    reason: str | None = None
    """One line, for everything that isn't plain success."""
    http_status: int | None = None
    article: UUID | None = None


@dataclass(slots=True)
class Answer:
    """What a server answered for a URL, as far as the next request for it needs to know.

    Attributes:
        url: that was answered, after redirects.
        etag: the header, with its quotes; None without one.
        modified: the header Last-Modified as it was written; None without one.
        content_type: the header.
        body: of a list, decompressed: what a later "not modified" stands for. None for articles.
        digest: of the body.
        fresh_for: seconds for which the server, or the feed itself, says that nothing will change.
        not_modified: the server said that nothing has changed.
        payload: digest of the body as it came over the wire; None where captures are off.
        captured: when that was captured whole.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    content_type: str | None = None
    body: bytes | None = None
    digest: str = ""
    fresh_for: int = 0
    not_modified: bool = False
    payload: str | None = None
    captured: datetime | None = None


@dataclass(slots=True)
class Visit:
    """What the spider hands to the pipelines for each URL that it asked for: how that ended, and the article if any.

    Attributes:
        entry: the ledger's row; the pipelines correct its outcome by what the archive knows.
        article: what was read.
        addresses: every URL by which the page was reached: as listed, as redirected to.
        signs: what the page showed of each field, for health.
        answer: what the next request for it needs to know; kept with the entry, or not at all.
        capture: where the answer is kept as it came.
    """

    entry: Entry
    article: Article | None = None
    addresses: set[str] = field(default_factory=set)
    signs: PageSigns | None = None
    answer: Answer | None = None
    capture: Capture | None = None


class Held(Model):
    """An answer that can't be made an article yet, and that no later run needs to ask for again.

    The first pages of a site wait for one another, and those of an article for its last: see `spiders.reading`.
    """

    site: str
    listed: str
    """The article's URL as it was listed."""
    asked: str
    """The URL that was asked for: the same, or that of the article's next page."""
    url: str
    """That answered."""
    status: int
    headers: list[tuple[str, str]]
    body: bytes = Field(exclude=True)
    at: datetime
    answer: Answer | None
    capture: Capture | None


class Desk(Protocol):
    """What a spider asks of the archive while it runs, and tells it.

    Attributes:
        failure: why the run can't go on, once it can't; nothing more is to be asked for then.
    """

    failure: str | None

    def look(self, site: str, urls: Iterable[str]) -> dict[str, Known]:
        """What the archive knows of the URLs: of those that it knows, and of those that a run asked for in vain."""

    def due(self, site: str) -> list[str]:
        """URLs that are due: of a site's known articles for another look, of failed ones for another try."""

    def put_off(self, site: str, urls: Iterable[str]) -> dict[str, datetime]:
        """Until when articles are best left alone, of which again and again nothing came."""

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

    def hold(self, page: Held) -> None:
        """Keep a page that can't be read to its end yet, until its article is kept."""

    def held(self, site: str) -> list[Held]:
        """The pages of a site that earlier runs fetched and whose articles no run has kept."""

    def recall(self, url: str) -> Answer | None:
        """What a URL last answered, for a conditional request; None for a plain one."""

    def rests(self, url: str) -> datetime | None:
        """Until when a list is best left alone; None when it is time to look at it."""

    def robots(self, origin: str, *, though_old: bool = False) -> bytes | None:
        """An origin's robots.txt as it was read within the last day; in need, within the last 30 days."""

    def keep_robots(self, origin: str, body: bytes) -> None:
        """Remember an origin's robots.txt; b"" for one that isn't there."""

    def paused(self, domain: str) -> datetime | None:
        """Until when a domain's server wants to be left alone; None when it doesn't."""

    def pause(self, domain: str, until: datetime) -> None:
        """Leave a domain alone until then, in later runs too."""

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
    resting: list[str] = []
    """One line for each list that was left alone, and until when."""

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
