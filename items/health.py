"""Health: what a page showed of each field, and what is said of a site because of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from items.article import Instant, Model
from items.run import Cause, Outcome


class FieldSigns(Model):
    """What a page showed of one field."""

    rule: str | None = None
    """The rule that filled it, as the record's provenance names it; None when nothing did."""
    place: str | None = None
    """The elements around the words it was read from, innermost first; None for what no reader of the page sees."""
    form: str | None = None
    """The shape of the words it was read from: `来源：X`, `9999-9-9 9:9`."""
    size: int = Field(0, ge=0)
    """Characters of a text, items of a list."""
    values: list[str] = []
    """Digests of what should be the article's own: its lines, its links. What stands on page after page is not."""
    markup: str | None = None
    """The element it was read from, as HTML: what a person is shown when the field is lost."""


class PageSigns(Model):
    """What an article page showed, field by field."""

    url: str
    domain: str | None = None
    """Where it is at home: the domain that answered; if that is the one that was asked, the one that the page names."""
    fields: dict[str, FieldSigns] = {}
    head: str | None = None
    """HTML from the title on: where a lost source, date or author would stand."""
    foot: str | None = None
    """HTML from the text's last line on: where a lost related list would stand."""


class Verdict(StrEnum):
    """What is said of a site. The first that holds, from the top, is the one."""

    UNREACHABLE = "unreachable"
    """Nothing that leads to its articles answered."""
    MOVED = "moved"
    """Its pages send the crawler to another domain."""
    BLOCKED = "blocked"
    """It answers, but turns the crawler away."""
    BROKEN = "broken"
    """It answers, and newsloom can't read it as it did."""
    QUIET = "quiet"
    """All is read as ever, and nothing new has appeared for longer than is usual there."""
    HEALTHY = "healthy"
    """All is read as ever."""
    NEW = "new"
    """Too little is known of it to say."""


TROUBLED = frozenset({Verdict.UNREACHABLE, Verdict.MOVED, Verdict.BLOCKED, Verdict.BROKEN})
"""The verdicts that an operator should act on."""


OTHER_EVIDENCE = ("listing", "feed", "sitemap", "answers", "domain", "rhythm", "runs", "drift")
"""What evidence may be about beside fields."""


class Evidence(Model):
    """One reason for a verdict."""

    what: str
    """What it is about: a field's name or one of `OTHER_EVIDENCE`."""
    says: str
    """One line for a person."""
    before: str | None = None
    """The HTML that the field was read from while all was well."""
    after: str | None = None
    """The HTML of a page on which it could not be read as before."""
    url: str | None = None
    """The page of `after`."""
    remedy: str | None = None
    """The command that would mend it, or show more."""


class Asked(Model):
    """How one request of a run ended, as the ledger has it."""

    url: str
    kind: Literal["listing", "feed", "sitemap", "article"]
    outcome: Outcome
    cause: Cause | None = None
    http_status: int | None = None


class RunSigns(Model):
    """What one run showed of a site."""

    at: Instant
    """The end of the run."""
    pages: list[PageSigns] = []
    """Of the articles that were read."""
    asked: list[Asked] = []
    listed: int = 0
    known: int = 0
    news: list[str] = []
    """When the articles that were new had been published: ISO 8601, in UTC."""


class SiteHealth(Model):
    """A site's verdict, with its reasons."""

    site: str
    verdict: Verdict
    since: Instant
    """The end of the run from which on it was said without a break."""
    evidence: list[Evidence] = []

    def line(self) -> str:
        """The verdict and its first reason in one line."""
        first = next(iter(self.evidence), None)
        reason = f"{first.what}: {first.says}" if first else "all is read as ever"
        more = len(self.evidence) - 1
        return f"{self.site}: {self.verdict}: {reason}" + (f" (and {more} more)" if more > 0 else "")
