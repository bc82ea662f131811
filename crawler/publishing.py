"""Feeds, release and pages from the archive: written, brought up, and told to the hubs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.bucket import Bucket
from crawler.lock import run_lock
from crawler.sites import all_sites
from crawler.websub import tell_hubs
from pipelines.archive import Archive
from pipelines.archive.hold import PUBLISHING, hold
from pipelines.publish.publish import Publication, Published, publish

if TYPE_CHECKING:
    from crawler.config import Config


def republish(config: Config) -> Published:
    """Publish from the archive as it stands, without crawling.

    Raises:
        NewsloomError: it could not be published at all.
    """
    with run_lock(config.data_folder):
        archive = Archive(config.database_url)
        try:
            return publish_all(config, archive)
        finally:
            archive.close()


def publish_all(config: Config, archive: Archive) -> Published:
    """Publish what the archive holds, and tell the hubs.

    Raises:
        RunLockedError: another process publishes from this archive.
        PublishError: the published folder can't be written to at all.
    """
    sites, _ = all_sites(config)
    publication = Publication(
        root=config.public_folder,
        base_url=config.publish.base_url,
        title=config.publish.title,
        entries=config.publish.entries,
        minutes=config.publish.minutes,
        own=[feed.own for feed in config.feeds],
        hubs=config.publish.hubs,
        tombstones=config.publish.tombstones,
        captures=config.all_captures if config.publish.captures else None,
    )
    root, minutes = config.public_folder, config.publish.minutes
    bucket = Bucket(config.publish.bucket, root, feed_seconds=60 * minutes) if config.publish.bucket else None
    with hold(archive, PUBLISHING):
        if bucket is not None:
            bucket.bring_down()
        published = publish(archive, sites, publication)
        if bucket is not None:
            bucket.bring_up()
    memory = config.data_folder / "hubs.json"
    published.trouble += tell_hubs(config.publish.hubs, published.renewed, memory)
    return published
