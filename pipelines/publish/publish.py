"""Publishing: feeds and release from the archive as it stands, and nothing written that did not change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from items.errors import PublishError
from pipelines.archive.clock import tick
from pipelines.publish.feed import Feed
from pipelines.publish.files import PublicFolder
from pipelines.publish.jsonfeed import json_feed
from pipelines.publish.opml import opml
from pipelines.publish.release import publish_release
from pipelines.publish.stories import languages, latest, load
from pipelines.publish.xmlfeeds import atom, check_xml, rss

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Connection

    from items.site import Site
    from pipelines.archive import Archive
    from pipelines.publish.stories import Story

_WRITERS = {"atom": atom, "rss": rss, "json": json_feed}


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published where.

    Attributes:
        root: the folder that the world sees.
        base_url: where that folder is served, ending in a slash.
        title: how the publication is called.
        entries: how many stories a feed holds.
        minutes: how long a reader may wait before it asks a feed again.
    """

    root: Path
    base_url: str
    title: str
    entries: int = 100
    minutes: int = 60


@dataclass(slots=True)
class Published:
    """How publishing went.

    Attributes:
        changed: paths below the root that were written or removed.
        feeds: how many feeds there are.
        trouble: one line for each file that could not be brought up to date; its former state stays.
    """

    feeds: int = 0
    changed: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def publish(archive: Archive, sites: Mapping[str, Site], publication: Publication) -> Published:
    """Bring everything that is published up to the archive's state.

    Raises:
        PublishError: the published folder can't be written to at all.
    """
    folder = PublicFolder(publication.root)
    report = Published(changed=folder.changed)
    with archive.writing() as connection:
        now = tick(connection)  # nothing is recorded before this any more: days that are over are complete
    with archive.reading() as connection:
        feeds = _feeds(connection, sites, publication)
        for feed in feeds:
            _write_feed(folder, feed, report)
        if feeds:
            folder.write("feeds.opml", opml(publication.title, feeds))
        publish_release(connection, folder, base_url=publication.base_url, now=now)
    report.feeds = len(feeds)
    return report


def _feeds(connection: Connection, sites: Mapping[str, Site], publication: Publication) -> list[Feed]:
    """Every feed that has an entry: all, one a site, one a language."""
    names = {site.id: site.title for site in sites.values()}
    homes = {site.id: site.home for site in sites.values()}
    stories: dict[UUID, Story] = {}

    def feed(path: str, title: str, description: str, language: str | None, ids: list[UUID]) -> Feed | None:
        stories.update(load(connection, [i for i in ids if i not in stories]))
        found = [stories[i] for i in ids if i in stories]
        if not found:
            return None
        return Feed(
            path=f"feeds/{path}",
            base_url=publication.base_url,
            title=title,
            description=description,
            language=language,
            minutes=publication.minutes,
            stories=found,
            site_names=names,
            site_homes=homes,
        )

    title = publication.title
    count = publication.entries
    made = [feed("all", title, "Every story, from every site", None, latest(connection, count))]
    for site in sites.values():
        about = f"Stories that {site.organisation or site.title} published"
        ids = latest(connection, count, site=site.id)
        made.append(feed(f"site/{site.id}", f"{title}: {site.title}", about, site.languages[0], ids))
    for language in languages(connection):
        about = f"Every story in the language {language}"
        ids = latest(connection, count, language=language)
        made.append(feed(f"language/{language}", f"{title}: {language}", about, language, ids))
    return [f for f in made if f is not None]


def _write_feed(folder: PublicFolder, feed: Feed, report: Published) -> None:
    """Write a feed in every format; one that isn't valid is reported and its former state stays."""
    for ending, write in _WRITERS.items():
        try:
            document = write(feed)
            if ending != "json":
                check_xml(document)
            folder.write(f"{feed.path}.{ending}", document)
        except (ValueError, etree.XMLSyntaxError, PublishError) as error:
            report.trouble.append(f"{feed.path}.{ending}: {error}; the former file stays")
