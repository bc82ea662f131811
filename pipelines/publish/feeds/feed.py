"""A feed before it has a format: its address, its words, and the documents that it is published in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.publish.publication import Publication

FORMATS = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
"""File name endings of the formats that every feed is published in, with their media types."""

_PAGES = {"site": "sites", "source": "sources", "topic": "topics", "language": "languages", "country": "countries"}
"""Folders of the pages of feeds, by kind; the pages of the others stand beside the feed."""

GENERATOR = "newsloom"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed.

    Attributes:
        number: in the archive.
        path: below `feeds/`, without the format's ending: `site/ctei`.
        id: a URN, the same in every format and document, for ever.
        title: plain text.
        description: plain text.
        language: BCP 47, when all entries share one.
        told: the newest telling that changed what it holds.
    """

    number: int
    path: str
    id: str
    title: str
    description: str
    language: str | None
    told: int

    @property
    def page(self) -> str:
        """The page that shows it to people, below the published folder: `sites/ctei.html`."""
        kind, _, rest = self.path.partition("/")
        return f"{_PAGES[kind]}/{rest}.html" if kind in _PAGES else f"feeds/{self.path}.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in each format, as bytes of UTF-8."""

    atom: bytes
    rss: bytes
    json: bytes
    updated: datetime

    @property
    def size(self) -> int:
        """Bytes in all formats."""
        return len(self.atom) + len(self.rss) + len(self.json)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a feed: the feed itself, which readers subscribe to, or a part of its history.

    Attributes:
        path: below the published folder, without the format's ending.
        entries: newest first.
        updated: when an entry last changed or went; from content, never from the clock.
        previous: path of the document before it in the history; None for the first.
        next: path of the document after it in the history.
        closed: whether it never changes again (`fh:archive` of RFC 5005).
        gone: ids of stories that were taken away, each with the moment.
    """

    feed: Feed
    publication: Publication
    path: str
    entries: Sequence[Entry]
    updated: datetime
    previous: str | None = None
    next: str | None = None
    closed: bool = False
    gone: Sequence[tuple[str, datetime]] = ()

    @property
    def is_current(self) -> bool:
        """Whether it is what readers subscribe to."""
        return self.path == f"feeds/{self.feed.path}"

    def url(self, ending: str, path: str | None = None) -> str:
        """Where a document (default: this one) is served in one of the formats."""
        return f"{self.publication.base_url}{path or self.path}.{ending}"

    def archive_links(self, ending: str) -> list[tuple[str, str]]:
        """Relations and addresses of RFC 5005 that lead to the other documents of the feed."""
        links = [] if self.is_current else [("current", self.url(ending, f"feeds/{self.feed.path}"))]
        if self.previous is not None:
            links.append(("prev-archive", self.url(ending, self.previous)))
        if self.next is not None:
            links.append(("next-archive", self.url(ending, self.next)))
        return links
