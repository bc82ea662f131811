"""A feed before it has a format: its address, its words, its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.publish.stories import Story

FORMATS = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
"""File name endings of the formats that every feed is published in, with their media types."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed.

    Attributes:
        path: below the published folder, without the format's ending: `feeds/site/ctei`.
        base_url: where the published folder is served, ending in a slash.
        title: plain text.
        description: plain text.
        language: BCP 47, when all entries share one.
        minutes: how long a reader may wait before it asks again.
        stories: newest first; not empty.
        site_names: how each site is called, by id.
        site_homes: where each site is, by id.
    """

    path: str
    base_url: str
    title: str
    description: str
    language: str | None
    minutes: int
    stories: list[Story]
    site_names: dict[str, str]
    site_homes: dict[str, str]

    def url(self, ending: str) -> str:
        """Where the feed is served in one of its formats."""
        return f"{self.base_url}{self.path}.{ending}"

    @property
    def id(self) -> str:
        """Its identity in every format: a tag URI (RFC 4151) would need a domain that the operator owned on a day."""
        return self.url("atom")

    @property
    def updated(self) -> datetime:
        """When any of its entries last changed: from content, never from the clock."""
        return max(story.updated for story in self.stories)
