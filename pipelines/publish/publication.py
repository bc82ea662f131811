"""What is published where, and what the operator says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from items.article import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from items.site import Site
    from pipelines.archive.captures import Captures
    from pipelines.publish.feeds.shelves import OwnFeed

_FORM = 1
"""Raised when files are written in another form: every one that may change is then written anew."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published where.

    Attributes:
        root: the folder that the world sees.
        base_url: where that folder is served, ending in a slash.
        title: how the publication is called.
        entries: how many stories a feed shows, and a document of its history holds.
        minutes: how long a reader may wait before it asks a feed again.
        own: feeds that the operator defines.
        hubs: WebSub hubs that every feed names.
        tombstones: whether Atom feeds tell of stories that were taken away (RFC 6721).
        sites: what is known of the sites, by id.
        captures: where they lie, if the release is to hold them too.
    """

    root: Path
    base_url: str
    title: str
    entries: int = 100
    minutes: int = 60
    own: Sequence[OwnFeed] = ()
    hubs: Sequence[str] = ()
    tombstones: bool = False
    sites: Mapping[str, Site] = field(default_factory=dict)
    captures: Captures | None = None

    def site_title(self, site: str) -> str:
        """What a site is called; its id when its file is gone."""
        return self.sites[site].title if site in self.sites else site

    @property
    def settings(self) -> str:
        """A digest of everything here that shows in published files."""
        said: list[Any] = [_FORM, self.base_url, self.title, self.entries, self.minutes, list(self.hubs)]
        said += [self.tombstones, [[own.name, own.title, own.description] for own in self.own]]
        said += [[site.id, site.title, site.home, site.organisation, site.languages] for site in self.sites.values()]
        return hashlib.sha256(canonical_json(said)).hexdigest()[:16]
