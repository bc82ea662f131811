"""A page for each feed: what stands in it, readable, how to subscribe, and what is particular to its kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sqlalchemy import func, select

from items.topics import vocabulary
from pipelines.archive.tables import articles, feed_entries
from pipelines.publish.feeds.names import country_name, language_name
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.pages import pictures
from pipelines.publish.pages.catalogue import newest
from pipelines.publish.pages.times import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup
    from sqlalchemy import Connection

    from pipelines.publish.feeds.feed import Feed
    from pipelines.publish.files import PublicFolder
    from pipelines.publish.pages.catalogue import Catalogue, Item
    from pipelines.publish.pages.look import Look
    from pipelines.publish.publication import Publication

SHOWN = 50
"""Stories on such a page."""

_UPS = {
    "site": ("sites/index.html", "Sites"),
    "source": ("sources/index.html", "Sources"),
    "topic": ("topics/index.html", "Topics"),
    "language": ("languages/index.html", "Languages"),
    "country": ("countries/index.html", "Countries"),
}
_FACETS = {"site": "site", "source": "source", "topic": "topic", "language": "language"}
_CREDITED = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as pages name it.

    Attributes:
        kind: `site`, `source`, …
        key: what the kind is named by: a site's id, a source as printed, a language's tag.
        name: for people.
        title: of the feed itself.
        path: of the feed, without the format's ending.
        page: of its page.
        feed: the feed.
    """

    kind: str
    key: str
    name: str
    title: str
    path: str
    page: str
    feed: Feed


def listed(feed: Feed, publication: Publication) -> Listed:
    """How pages name a feed."""
    kind, _, rest = feed.path.partition("/")
    prefix = f"{publication.title}: "
    name = feed.title.removeprefix(prefix) if kind not in ("all", "own") else feed.title
    key = name if kind == "source" else rest
    return Listed(
        kind, key, "All stories" if kind == "all" else name, feed.title, f"feeds/{feed.path}", feed.page, feed
    )


class ListPages:
    """Writes the pages of feeds.

    Args:
        connection: a reading transaction.
        folder: the published folder.
        look: renders.
        catalogue: reads what stands in a list.
        publication: knows the sites.
        common: what every template is given.
    """

    def __init__(
        self,
        connection: Connection,
        folder: PublicFolder,
        look: Look,
        catalogue: Catalogue,
        publication: Publication,
        *,
        common: dict[str, Any],
    ) -> None:
        self._connection, self._folder, self._look = connection, folder, look
        self._catalogue, self._publication, self._common = catalogue, publication, common

    def write(self, one: Listed) -> None:
        """Write the page of one feed."""
        items = self._catalogue.items(newest(self._connection, one.feed.path, SHOWN))
        up = _UPS.get(one.kind, ("feeds/index.html", "Feeds"))
        said: dict[str, Any] = {
            "title": one.name,
            "about": one.feed.description,
            "up": {"path": up[0], "name": up[1]},
            "feed": one,
            "own_feeds": [one],
            "items": items,
            "facet": urlencode({_FACETS[one.kind]: one.key}) if one.kind in _FACETS else "",
            "home": None,
            "facts": [],
            "credited": [],
            "rhythm": None,
            "reprints": None,
        }
        if one.kind == "site":
            said |= self._of_site(one, items)
        elif one.kind == "source":
            said |= self._of_source(one)
        self._folder.write(one.page, self._look.page("list.html", one.page, **said, **self._common), lasting=False)

    def _of_site(self, one: Listed, items: Sequence[Item]) -> dict[str, Any]:
        site = self._publication.sites.get(one.key)
        facts = []
        if site is not None:
            languages = ", ".join(language_name(tag) for tag in site.languages)
            named = (
                ("Organisation", site.organisation),
                ("Country", country_name(site.country) if site.country else None),
                ("Languages", languages),
                ("Time zone", site.zone),
                (
                    "Shown here",
                    {"full": "the whole text", "excerpt": "an excerpt", "link": "title and link"}[site.rights],
                ),
            )
            facts = [(name, value) for name, value in named if value]
        credits_ = Counter((item.source, item.source_path) for item in items if item.source)
        credited = [{"name": name, "path": path} for (name, path), _ in credits_.most_common(_CREDITED)]
        drawing, span = self._rhythm(one.feed)
        found = {"facts": facts, "credited": credited, "rhythm": drawing, "rhythm_span": span}
        return found | ({"home": site.home, "about": site.organisation or one.feed.description} if site else {})

    def _rhythm(self, feed: Feed) -> tuple[Markup | None, str]:
        entry = feed_entries.c
        last = self._connection.execute(select(func.max(entry.published)).where(entry.feed == feed.number)).scalar()
        if last is None:
            return None, ""
        first = (date.fromisoformat(last[:10]) - timedelta(weeks=pictures.WEEKS)).isoformat()
        day = func.substr(entry.published, 1, 10)
        rows = select(day, func.count()).where(entry.feed == feed.number, entry.published >= first).group_by(day)
        by_day = {row[0]: row[1] for row in self._connection.execute(rows)}
        return pictures.rhythm(self._look, by_day, last[:10]), f"{long_day(first)} to {long_day(last[:10])}"

    def _of_source(self, one: Listed) -> dict[str, Any]:
        carried = select(articles.c.site, func.count()).join(feed_entries, feed_entries.c.story == articles.c.story)
        of_this = carried.where(feed_entries.c.feed == one.feed.number, articles.c.removed.is_(False))
        rows = self._connection.execute(of_this.group_by(articles.c.site))
        counted = sorted(((count, site) for site, count in rows), key=lambda pair: (-pair[0], pair[1]))
        sites = [(f"../sites/{slug(s)}.html", self._publication.site_title(s), count) for count, s in counted]
        if not sites:
            return {}
        drawing, more = pictures.reprints(self._look, one.name, sites)
        return {"reprints": drawing, "reprints_more": more}


def facets(every: Sequence[Listed]) -> dict[str, list[dict[str, str]]]:
    """What can be filtered by: few enough to stand on every page. Sources are too many; they are fetched."""
    by_kind: dict[str, list[dict[str, str]]] = {"site": [], "language": [], "topic": []}
    for one in every:
        if one.kind in by_kind:
            by_kind[one.kind].append({"id": one.key, "title": one.name, "name": one.name, "page": one.page})
    names = list(vocabulary().names)
    by_kind["topic"].sort(key=lambda topic: names.index(topic["id"]) if topic["id"] in names else len(names))
    for kind in ("site", "language"):
        by_kind[kind].sort(key=lambda facet: facet["name"].casefold())
    return {"sites": by_kind["site"], "languages": by_kind["language"], "topics": by_kind["topic"]}


def groups(every: Sequence[Listed], counts: Mapping[str, int], most: int) -> list[dict[str, Any]]:
    """The feeds by kind, for the page of all feeds."""
    named = (
        ("all", "Everything"),
        ("own", "Our own selections"),
        ("topic", "Topics"),
        ("site", "Sites"),
        ("language", "Languages"),
        ("country", "Countries"),
        ("source", "Credited sources"),
    )
    made = []
    for kind, name in named:
        found = sorted(
            (one for one in every if one.kind == kind), key=lambda one: (-counts.get(one.feed.path, 0), one.name)
        )
        if found:
            made.append({"name": name, "feeds": found[:most], "more": max(0, len(found) - most)})
    return made
