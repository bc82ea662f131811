"""The press: makes each entry once in every format, however many documents hold it, and forgets what it needs least."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipelines.archive.tables import feeds
from pipelines.publish.feeds.feed import Entry
from pipelines.publish.feeds.jsonfeed import json_item
from pipelines.publish.feeds.reading import SiteFeed, read
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.feeds.xmlfeeds import atom_entry, rss_item
from pipelines.publish.stories import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from pipelines.publish.publication import Publication

_MOST_BYTES = 64 * 2**20
"""Of entries that are kept at hand."""


class Press:
    """Makes the entries of one publication.

    Args:
        connection: a reading transaction of the archive.
        publication: what is published where.
    """

    def __init__(self, connection: Connection, publication: Publication) -> None:
        self._connection, self._publication = connection, publication
        self._made: OrderedDict[int, Entry] = OrderedDict()
        self._bytes = 0
        self._site_feeds: dict[str, SiteFeed] = {}

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries of these tellings, in their order, without stories that were taken back for legal reasons."""
        missing = [number for number in numbers if number not in self._made]
        made = {number: self._made[number] for number in numbers if number in self._made}
        for number in made:
            self._made.move_to_end(number)
        for number, story in load(self._connection, missing).items():
            reading = read(story, self._publication, self._site_feed)
            made[number] = Entry(atom_entry(reading), rss_item(reading), json_item(reading), reading.updated)
            self._keep(number, made[number])
        return [made[number] for number in numbers if number in made]

    def _keep(self, number: int, entry: Entry) -> None:
        self._made[number] = entry
        self._bytes += entry.size
        while self._bytes > _MOST_BYTES:
            _, least = self._made.popitem(last=False)
            self._bytes -= least.size

    def _site_feed(self, site: str) -> SiteFeed:
        if site not in self._site_feeds:
            path = f"site/{slug(site)}"
            identity = self._connection.execute(select(feeds.c.uuid).where(feeds.c.path == path)).scalar_one()
            self._site_feeds[site] = SiteFeed(identity.urn, f"{self._publication.base_url}feeds/{path}.atom")
        return self._site_feeds[site]
