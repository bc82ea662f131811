"""Ways: the feeds, sitemaps and listings that lead to a site's articles, and how far each of them was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from items.article import Instant, Model

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a URL that a listing names.

    Attributes:
        since: when a run first met it, whether an article came of it or not.
        seen: when its article was last looked at; None when there is no article of it.
    """

    since: datetime
    seen: datetime | None = None


class Gap(Model):
    """A stretch of a way that no run has read: articles in it may be missing from the archive."""

    id: int | None = None
    """Its number in the archive; None for one that is not there yet."""
    site: str
    way: str
    """The URL of the way's first page."""
    opened: Instant
    newer: str | None = None
    """The oldest article that was read above it."""
    newer_date: str | None = None
    """The date beside that article, as printed."""
    older: str | None = None
    """The newest article below it; None when it goes down to the way's beginning."""
    past: Instant | None = None
    """What was known at this time lies below it; None when nothing below it is known."""
    resume: str
    """The page from which a later run walks on."""
    number: int = Field(1, ge=1)
    """That page's number, counted from 1."""
    reason: str
    """Why the walk ended there."""

    @property
    def is_history(self) -> bool:
        """Whether only what is older than the first run is missing: nothing that was news since then."""
        return self.past is None

    def __str__(self) -> str:
        """The gap in one line."""
        above = f"below {self.newer}" if self.newer else "from the first page on"
        above += f" ({self.newer_date})" if self.newer_date else ""
        below = f"down to {self.older}" if self.older else "down to the beginning"
        return f"{self.way}: not read {above} {below}: {self.reason}"


class Way(Model):
    """A way and how far it was read."""

    site: str
    url: str
    walked: Instant | None = None
    """The end of the newest run that read it from its top; None before the first."""
    newest: str | None = None
    """The article at its top at that time."""
    gaps: list[Gap] = []
    """Newest first."""

    @property
    def is_settled(self) -> bool:
        """Whether everything that it listed at its last reading is accounted for.

        Only then does "not modified" mean "nothing to do": a run that was killed may have read the page, and not what
        it leads to.
        """
        return self.walked is not None and all(gap.is_history for gap in self.gaps)
