"""Publishing the pages: those whose stories changed since the folder was last brought up to date, and no other.

The folder remembers up to which telling its pages have come, and how they looked; when the look changes every page is
written anew.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import orjson
from sqlalchemy import func, select

from items.article import canonical_json
from pipelines.archive.tables import feed_entries, tellings
from pipelines.publish.health import ATOM, JSON
from pipelines.publish.pages import health
from pipelines.publish.pages.catalogue import Catalogue, newest, story_path
from pipelines.publish.pages.days import DayPages
from pipelines.publish.pages.lists import Listed, ListPages, facets, groups, listed
from pipelines.publish.pages.look import Look
from pipelines.publish.pages.search import ROOT as SEARCH
from pipelines.publish.pages.search import SearchIndex
from pipelines.publish.pages.story import entry_of, pointing_at, view
from pipelines.publish.stories import load, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from pipelines.publish.feeds.feed import Feed
    from pipelines.publish.files import PublicFolder
    from pipelines.publish.pages.story import StoryView
    from pipelines.publish.publication import Publication
    from pipelines.publish.stories import Story

T = TypeVar("T")

FRONT = 60
"""Stories on the front page."""

_MEMORY = ".pages.json"
_AT_ONCE = 300
"""Stories in memory at a time."""

_DIRECTORY = 300
_OFFERED_SOURCES = 3_000
_NEWEST_FILES = 10

_DIRECTORIES = (
    ("site", "sites/index.html", "Sites", "Whose pages are read.", ("Site", "Organisation", "Stories")),
    ("source", "sources/index.html", "Sources", "Who the articles themselves credit.", ("Source", "Stories")),
    ("topic", "topics/index.html", "Topics", "What the stories are about.", ("Topic", "Stories")),
    ("language", "languages/index.html", "Languages", "What the stories are written in.", ("Language", "Stories")),
    ("country", "countries/index.html", "Countries", "Where the sites are.", ("Country", "Stories")),
)


class _Told(NamedTuple):
    """A story's newest telling; `gone` when it is no more."""

    published: str
    story: UUID
    telling: int
    gone: bool


def publish_pages(
    connection: Connection, folder: PublicFolder, publication: Publication, feeds: Sequence[Feed], *, until: int
) -> None:
    """Bring the pages up to the archive's state.

    Args:
        connection: a reading transaction.
        folder: the published folder; its feeds and release are up to date.
        publication: what is published where.
        feeds: every feed there is.
        until: the newest telling.

    Raises:
        PublishError: the disk is full or refuses; pages that were not reached stay as they were, and come next time.
    """
    look = Look(publication)
    memory = _remembered(folder, look.design)
    pages = _Pages(connection, folder, publication, look, feeds, memory=memory)
    pages.write(memory["told"], until)
    folder.settle()
    known = {"design": look.design, "told": until, "days": pages.days.months, "counts": pages.counts}
    folder.write(_MEMORY, canonical_json(known | {"search": pages.search.months}) + b"\n", reported=False)


def _remembered(folder: PublicFolder, design: str) -> dict[str, Any]:
    """What the folder's pages have come to; nothing when they are to be written anew."""
    try:
        known: dict[str, Any] = orjson.loads(folder.read(_MEMORY) or b"{}")
        if known["design"] == design and all(name in known for name in ("told", "days", "counts", "search")):
            return known
    except (ValueError, KeyError, TypeError):  # new, or broken by somebody
        pass
    return {"told": 0, "days": {}, "counts": {}, "search": {}}


class _Pages:
    """Writes the pages of one publication."""

    def __init__(
        self,
        connection: Connection,
        folder: PublicFolder,
        publication: Publication,
        look: Look,
        feeds: Sequence[Feed],
        *,
        memory: dict[str, Any],
    ) -> None:
        self._connection, self._folder, self._publication, self._look = connection, folder, publication, look
        self._lists = [listed(feed, publication) for feed in feeds]
        self.counts: dict[str, int] = memory["counts"]
        self._facets = facets(self._lists)
        self._common: dict[str, Any] = {"main_feed": self._main_feed(), "facets": self._facets}
        self._catalogue = Catalogue(connection, publication)
        self.search = SearchIndex(folder, memory["search"])
        self.days = DayPages(
            connection, folder, look, self._catalogue, common=self._common, months=dict(memory["days"])
        )

    def _main_feed(self) -> Any:
        every = next((one for one in self._lists if one.kind == "all"), None)
        return every or {"title": self._publication.title, "path": "feeds/all"}

    def write(self, since: int, until: int) -> None:
        """Write what changed after one telling up to another."""
        self._look.write_assets(self._folder)
        changed = self._changed(since, until)
        before = self._before(since, [one.story for one in changed]) if since else {}
        self._write_stories(changed, before)
        if since:
            self._write_pointing_at([one.story for one in changed])
        self.days.write({one.published[:10] for one in changed} | {at[:10] for at in before.values()})
        self._write_lists(since)
        self._write_fixed()

    def _changed(self, since: int, until: int) -> list[_Told]:
        """The newest telling of each story that was told anew, by the moment of publication."""
        last = select(func.max(tellings.c.id)).where(tellings.c.id > since, tellings.c.id <= until)
        rows = select(tellings.c.published, tellings.c.story, tellings.c.id, tellings.c.parts)
        told = rows.where(tellings.c.id.in_(last.group_by(tellings.c.story)))
        ordered = self._connection.execute(told.order_by(tellings.c.published, tellings.c.story))
        return [_Told(row.published, row.story, row.id, not row.parts) for row in ordered]

    def _before(self, since: int, stories: Sequence[UUID]) -> dict[UUID, str]:
        """When stories that the pages show already were published, by what they were told then."""
        found: dict[UUID, str] = {}
        for part in _parts(stories):
            of_these = (tellings.c.story.in_(part), tellings.c.id <= since)
            last = select(func.max(tellings.c.id)).where(*of_these).group_by(tellings.c.story)
            rows = select(tellings.c.story, tellings.c.published).where(tellings.c.id.in_(last), tellings.c.parts != "")
            found |= {row.story: row.published for row in self._connection.execute(rows)}
        return found

    def _write_stories(self, changed: Sequence[_Told], before: dict[UUID, str]) -> None:
        """Write the stories' own pages and their rows of the search index, a month's handful at a time."""
        gone: dict[str, set[str]] = {}
        for story, published in before.items():
            gone.setdefault(published[:7], set()).add(str(story))
        self.search.update(gone, [])
        for _, month in groupby(changed, lambda one: one.published[:7]):
            for part in _parts(list(month)):
                self._write_some(part)

    def _write_pointing_at(self, changed: Sequence[UUID]) -> None:
        """Write the pages anew that lead to stories which came, changed or went."""
        for part in _parts(changed):
            others = pointing_at(self._connection, part) - set(changed)
            for story in load(self._connection, told(self._connection, others).values()).values():
                self._write_story(story)

    def _write_story(self, story: Story) -> StoryView:
        path = story_path(story.id)
        seen = view(self._connection, story, self._publication, self._catalogue)
        self._folder.write(path, self._look.page("story.html", path, view=seen, **self._common), lasting=False)
        return seen

    def _write_some(self, part: Sequence[_Told]) -> None:
        loaded = load(self._connection, [one.telling for one in part if not one.gone])
        entries = []
        for one in part:
            story = loaded.get(one.telling)
            if story is None:
                self._folder.remove(story_path(one.story))
            else:
                entries.append(entry_of(story, self._write_story(story), one.published))
        self.search.update({}, entries)

    def _write_lists(self, since: int) -> None:
        writer = ListPages(
            self._connection, self._folder, self._look, self._catalogue, self._publication, common=self._common
        )
        for one in self._lists:
            if one.feed.told > since or one.feed.path not in self.counts:
                count = select(func.count()).where(feed_entries.c.feed == one.feed.number)
                self.counts[one.feed.path] = self._connection.execute(count).scalar_one()
                writer.write(one)

    def _write_fixed(self) -> None:
        """Write the pages that there is one of."""
        items = self._catalogue.items(newest(self._connection, "all", FRONT))
        self._page("front.html", "index.html", items=items, stories=self.counts.get("all", 0), packed=True)
        for kind, path, title, about, heads in _DIRECTORIES:
            self._write_directory(kind, path, title=title, about=about, heads=heads)
        self._page("feeds.html", "feeds/index.html", groups=groups(self._lists, self.counts, _DIRECTORY))
        self._page("search.html", "search.html")
        self._write_archive()
        rows, until = health.rows(self._connection, self._publication.sites, self._look)
        told = [name for name in (ATOM, JSON) if (self._folder.root / name).exists()]
        self._page("health.html", "health.html", rows=rows, until=until, told=told)
        self._write_missing()
        self._write_index()
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {self._look.base_url}sitemap.xml\n"
        self._folder.write("robots.txt", robots.encode())

    def _page(self, template: str, path: str, *, packed: bool = False, **said: Any) -> None:
        self._folder.write(path, self._look.page(template, path, **said, **self._common), packed=packed, lasting=False)

    def _write_directory(self, kind: str, path: str, **said: Any) -> None:
        found = [one for one in self._lists if one.kind == kind and self.counts.get(one.feed.path)]
        found.sort(key=lambda one: (-self.counts[one.feed.path], one.name))
        rows = [
            {
                "name": one.name,
                "path": one.page,
                "language": one.key if kind == "language" else "",
                "cells": [*self._about(one), f"{self.counts[one.feed.path]:,}".replace(",", "\u2009")],
            }
            for one in found[:_DIRECTORY]
        ]
        self._page("directory.html", path, rows=rows, more=max(0, len(found) - _DIRECTORY), **said)

    def _about(self, one: Listed) -> list[str]:
        if one.kind != "site":
            return []
        site = self._publication.sites.get(one.key)
        return [(site and site.organisation) or ""]

    def _write_archive(self) -> None:
        """The page of downloads, from what the release says of itself."""
        index = orjson.loads(self._folder.read("archive/index.json") or b"null")
        if index is None:
            return
        files: list[dict[str, Any]] = []
        for month in reversed(index["months"][-2:]):
            manifest = orjson.loads(self._folder.read(f"archive/{month['manifest']}") or b'{"partitions":[]}')
            files += reversed(manifest["partitions"])
        self._page("archive.html", "archive/index.html", index=index, newest=files[:_NEWEST_FILES])

    def _write_missing(self) -> None:
        """The page for addresses with nothing behind them; it may stand under any, so it names its links in full."""
        page = self._look.page("missing.html", "404.html", **self._common)
        self._folder.write("404.html", page)

    def _write_index(self) -> None:
        """What a search begins with."""
        months = [[name, *self.search.months[name]] for name in sorted(self.search.months, reverse=True)]
        names = {one.key: one.name for one in self._lists if one.kind == "site"}
        self._folder.write(f"{SEARCH}/index.json", orjson.dumps({"months": months, "sites": names}))
        sources = [one for one in self._lists if one.kind == "source" and self.counts.get(one.feed.path)]
        sources.sort(key=lambda one: (-self.counts[one.feed.path], one.name))
        offered = [[one.name, one.page] for one in sources[:_OFFERED_SOURCES]]
        self._folder.write(f"{SEARCH}/sources.json", orjson.dumps(offered))


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
