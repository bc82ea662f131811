"""Stories as a list shows them, read with as little work as a list needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import select

from pipelines.archive.tables import feed_entries, feeds, records, tellings
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.feeds.words import language_tag
from pipelines.publish.pages.times import When, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from pipelines.publish.publication import Publication

_AT_ONCE = 500
_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Item:
    """A story in a list.

    Attributes:
        story: its id.
        path: of its page.
        language: BCP 47; "" when unknown.
        source: who it credits; "" for nobody.
        source_path: the page of that source.
        copies: how many other articles tell it.
        order: what lists are sorted by: its moment in UTC, then its id.
    """

    story: UUID
    path: str
    title: str
    language: str
    site: str
    site_path: str
    site_name: str
    source: str
    source_path: str
    when: When
    copies: int
    order: str


def story_path(story: UUID) -> str:
    """The page of a story. Folders by the id's first letters keep each of them small."""
    return f"stories/{story.hex[:2]}/{story}.html"


def source_path(name: str) -> str:
    """The page of a credited source."""
    return f"sources/{slug(name)}.html"


def newest(connection: Connection, path: str, count: int) -> list[int]:
    """The newest tellings of a feed, newest first."""
    rows = select(feed_entries.c.telling).join(feeds).where(feeds.c.path == path)
    ordered = rows.order_by(feed_entries.c.published.desc(), feed_entries.c.story.desc())
    return list(connection.execute(ordered.limit(count)).scalars())


class Catalogue:
    """Reads items, each once as long as it is remembered.

    Args:
        connection: a reading transaction.
        publication: knows what sites are called.
    """

    def __init__(self, connection: Connection, publication: Publication) -> None:
        self._connection = connection
        self._publication = publication
        self._known: dict[int, Item] = {}

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """The items of these tellings, in their order."""
        missing = [number for number in numbers if number not in self._known]
        if len(self._known) + len(missing) > _REMEMBERED:
            self._known.clear()
            missing = list(numbers)
        for start in range(0, len(missing), _AT_ONCE):
            self._read(missing[start : start + _AT_ONCE])
        return [self._known[number] for number in numbers if number in self._known]

    def _read(self, numbers: Iterable[int]) -> None:
        told = self._connection.execute(
            select(tellings).where(tellings.c.id.in_(numbers), tellings.c.parts != "")
        ).all()
        originals = {row.id: int(row.parts.split(" ", 1)[0]) for row in told}
        kept = select(records.c.seq, records.c.line).where(records.c.seq.in_(set(originals.values())))
        lines = {row.seq: row.line for row in self._connection.execute(kept)}
        for row in told:
            article = orjson.loads(lines[originals[row.id]])
            source = (article["source"] or {}).get("name", "")
            self._known[row.id] = Item(
                story=row.story,
                path=story_path(row.story),
                title=article["title"],
                language=language_tag(article["language"]) or "",
                site=article["site"],
                site_path=f"sites/{slug(article['site'])}.html",
                site_name=self._publication.site_title(article["site"]),
                source=source,
                source_path=source_path(source) if source else "",
                when=when(article["published"], article["first_seen"]),
                copies=row.parts.count(" "),
                order=f"{row.published} {row.story}",
            )
