"""Publishing: feeds and release from the archive as it stands, and nothing written that did not change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipelines.archive.clock import tick
from pipelines.publish.changes import changes_of, remember
from pipelines.publish.feeds.shelves import Shelves
from pipelines.publish.feeds.tell import tell
from pipelines.publish.feeds.write import FeedWriter
from pipelines.publish.files import PublicFolder
from pipelines.publish.health import publish_health
from pipelines.publish.pages.pages import publish_pages
from pipelines.publish.publication import Publication
from pipelines.publish.release import RawLayer, publish_release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from items.site import Site
    from pipelines.archive import Archive

__all__ = ["Publication", "Published", "publish"]


@dataclass(slots=True)
class Published:
    """How publishing went.

    Attributes:
        feeds: how many feeds there are.
        changed: paths below the root that were written or removed.
        renewed: addresses of the feeds that say something new.
        trouble: one line for each file that could not be brought up to date; its former state stays.
    """

    feeds: int = 0
    changed: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def publish(archive: Archive, sites: Mapping[str, Site], publication: Publication) -> Published:
    """Bring everything that is published up to the archive's state; what that costs depends on what changed.

    Raises:
        PublishError: the published folder can't be written to at all.
    """
    publication = replace(publication, sites=sites)
    folder = PublicFolder(publication.root)
    shelves = Shelves.of(sites, publication.own)
    tell(archive, shelves, base_url=publication.base_url, page=publication.entries)
    with archive.writing() as connection:
        now = tick(connection)  # nothing is recorded before this any more: days that are over are complete
    with archive.reading() as connection:
        changes = changes_of(connection, folder, publication)
        writer = FeedWriter(connection, folder, publication, changes)
        feeds = writer.write()
        publish_release(connection, folder, base_url=publication.base_url, now=now, captures=_raw_layer(publication))
        publish_health(connection, folder, publication, now=now)
        publish_pages(connection, folder, publication, feeds, until=changes.until)
        remember(folder, publication, changes)
    return Published(len(feeds), folder.changed, writer.renewed, writer.trouble)


def _raw_layer(publication: Publication) -> RawLayer | None:
    """The captures of the sites that let whole pages be published, if any are to be."""
    if publication.captures is None:
        return None
    return RawLayer(publication.captures, {site.id for site in publication.sites.values() if site.rights == "full"})
