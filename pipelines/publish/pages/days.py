"""Pages by day and month, and the sitemap: written for the days on which something changed, and those beside them."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lxml import etree
from sqlalchemy import func, select

from pipelines.archive.tables import feed_entries, feeds, tellings
from pipelines.publish.pages.catalogue import story_path

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder
    from pipelines.publish.pages.catalogue import Catalogue
    from pipelines.publish.pages.look import Look

PAGE = 100
"""Stories on one page of a day."""

_MOST_ADDRESSES = 50_000
"""What a sitemap may hold."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


class DayPages:
    """Writes the pages of days and months.

    Args:
        connection: a reading transaction.
        folder: the published folder.
        look: renders.
        catalogue: reads what stands in a list.
        common: what every template is given.
        months: stories by month, as last published; brought up to date.
    """

    def __init__(
        self,
        connection: Connection,
        folder: PublicFolder,
        look: Look,
        catalogue: Catalogue,
        *,
        common: dict[str, Any],
        months: dict[str, int],
    ) -> None:
        self._connection, self._folder, self._look, self._catalogue = connection, folder, look, catalogue
        self._common = common
        self.months = months
        every = select(feeds.c.id).where(feeds.c.path == "all")
        self._all = connection.execute(every).scalar()

    def write(self, touched: set[str]) -> None:
        """Write the pages of these days (`2024-12-23`), of their months, and of their neighbours where that changes."""
        months = {day[:7] for day in touched}
        counts = {month: self._counts(month) for month in sorted(months)}
        born_or_gone = {d for d in touched if bool(counts[d[:7]].get(d)) != self._published(d)}
        beside = {b for d in born_or_gone for b in (self._before(d), self._after(d)) if b} - touched
        for day in sorted(touched | beside):
            self._write_day(day, counts.get(day[:7], {}).get(day))
        for month, by_day in counts.items():
            self._write_month(month, by_day)
        if months:
            self._write_overview()

    def _published(self, day: str) -> bool:
        return (self._folder.root / f"days/{day}.html").exists()

    def _in(self, first: str, after: str) -> tuple[Any, Any, Any]:
        entry = feed_entries.c
        return entry.feed == self._all, entry.published >= first, entry.published < after

    def _counts(self, month: str) -> dict[str, int]:
        """How many stories each day of a month has."""
        day = func.substr(feed_entries.c.published, 1, 10)
        rows = select(day, func.count()).where(*self._in(month, f"{month}-32")).group_by(day)
        return {row[0]: row[1] for row in self._connection.execute(rows)}

    def _before(self, day: str) -> str | None:
        newest = select(func.max(feed_entries.c.published)).where(*self._in("", day))
        return _day_of(self._connection.execute(newest).scalar())

    def _after(self, day: str) -> str | None:
        oldest = select(func.min(feed_entries.c.published)).where(*self._in(_next_day(day), "9999"))
        return _day_of(self._connection.execute(oldest).scalar())

    def _write_day(self, day: str, count: int | None) -> None:
        rows = select(feed_entries.c.telling).where(*self._in(day, _next_day(day)))
        ordered = rows.order_by(feed_entries.c.published.desc(), feed_entries.c.story.desc())
        numbers = list(self._connection.execute(ordered).scalars())
        parts = -(-len(numbers) // PAGE)
        beside = {"before": self._before(day), "after": self._after(day)}
        for part in range(1, parts + 1):
            path = _day_path(day, part)
            items = self._catalogue.items(numbers[(part - 1) * PAGE : part * PAGE])
            said = {"day": day, "count": count or len(numbers), "part": part, "parts_of_day": parts, **beside}
            page = self._look.page("day.html", path, items=items, **said, **self._common)
            self._folder.write(path, page, lasting=False)
        part = parts + 1
        while (self._folder.root / _day_path(day, part)).exists():
            self._folder.remove(_day_path(day, part))
            part += 1

    def _write_month(self, month: str, by_day: dict[str, int]) -> None:
        path = f"days/{month}.html"
        if not by_day:
            self.months.pop(month, None)
            self._folder.remove(path)
            self._folder.remove(f"sitemaps/{month}.xml")
            return
        self.months[month] = sum(by_day.values())
        top = max(by_day.values())
        weeks = [
            [
                {"number": n, "count": c, "shade": _shade(c, top)}
                for n in week
                for c in [by_day.get(f"{month}-{n:02}", 0)]
            ]
            for week in calendar.Calendar().monthdayscalendar(*map(int, month.split("-")))
        ]
        page = self._look.page("month.html", path, month=month, weeks=weeks, count=self.months[month], **self._common)
        self._folder.write(path, page, lasting=False)
        self._folder.write(f"sitemaps/{month}.xml", self._sitemap(month), lasting=False)

    def _write_overview(self) -> None:
        """The page of all months, and the sitemap of sitemaps."""
        top = max(self.months.values(), default=1)
        years: dict[str, dict[str, int]] = defaultdict(dict)
        for month, count in self.months.items():
            years[month[:4]][month] = count
        said = [
            {
                "name": year,
                "count": sum(years[year].values()),
                "months": [
                    {"name": name, "count": count, "shade": _shade(count, top)}
                    for name in (f"{year}-{number:02}" for number in range(1, 13))
                    for count in [years[year].get(name, 0)]
                ],
            }
            for year in sorted(years, reverse=True)
        ]
        self._folder.write(
            "days/index.html", self._look.page("days.html", "days/index.html", years=said, **self._common)
        )
        root = etree.Element("sitemapindex", xmlns=_SITEMAP)
        for month in sorted(self.months):
            address = f"{self._look.base_url}sitemaps/{month}.xml"
            etree.SubElement(etree.SubElement(root, "sitemap"), "loc").text = address
        self._folder.write("sitemap.xml", etree.tostring(root, encoding="UTF-8", xml_declaration=True))

    def _sitemap(self, month: str) -> bytes:
        rows = select(feed_entries.c.story, tellings.c.updated).join(tellings, tellings.c.id == feed_entries.c.telling)
        newest = rows.where(*self._in(month, f"{month}-32")).order_by(
            feed_entries.c.published.desc(), feed_entries.c.story
        )
        root = etree.Element("urlset", xmlns=_SITEMAP)
        for story, updated in self._connection.execute(newest.limit(_MOST_ADDRESSES)):
            url = etree.SubElement(root, "url")
            etree.SubElement(url, "loc").text = f"{self._look.base_url}{story_path(story)}"
            etree.SubElement(url, "lastmod").text = updated
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _day_path(day: str, part: int) -> str:
    return f"days/{day}{'' if part == 1 else f'-{part}'}.html"


def _day_of(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _shade(count: int, top: int) -> int:
    """Three steps of how much of the most it is."""
    return min(3, 1 + 3 * count // (top + 1))
