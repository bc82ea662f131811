"""Reading a sitemap to its end: which of its articles a run asks for, and which it leaves to a later one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from heapq import nlargest
from typing import TYPE_CHECKING

from items.way import Gap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from items.site import Sitemap
    from items.way import Known, Way
    from spiders.discover import Listed

_LATE = timedelta(days=1)
"""How far a sitemap's times may be wrong: some name a day, some a wrong zone."""

_ENOUGH_TO_JUDGE = 10
"""Known articles by which it is judged whether a sitemap's times of change are worth anything."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SitemapReading:
    """One reading of a sitemap with all its parts.

    The newest articles come first; what is more than `sitemap.most` is a gap down to the sitemap's beginning. Later
    runs take what is newer than that gap, or has no date; only `crawl --backfill` goes below it.

    Args:
        sitemap: the rules.
        way: how far it was read before. Its gaps are changed at the end.
        backfill: whether to read what earlier runs left.

    Attributes:
        parts: sitemaps that were asked for and not answered yet.
        is_whole: whether every part could be read.
    """

    def __init__(self, sitemap: Sitemap, way: Way, *, backfill: bool) -> None:
        self.way = way
        self.parts = 1
        self.is_whole = True
        self.newest: str | None = None
        self._most = sitemap.most
        self._backfill = backfill
        self._wanted: list[Listed] = []
        self._left: list[Listed] = []
        self._left_count = 0
        self._latest = _LONG_AGO
        self._below = _moment_of(way.gaps[0]) if way.gaps and not backfill else None

    def needs(self, part: Listed) -> bool:
        """Whether a part of an index may have changed since the index was last read."""
        if part.modified is None or self.way.walked is None or self.way.gaps:
            return True
        return part.modified + _LATE >= self.way.walked

    def take(self, links: Sequence[Listed], known: Mapping[str, Known]) -> list[str]:
        """Take a part's articles; those among them that the archive has and that changed since it looked."""
        articles = [(link, found) for link in links if (found := known.get(link.url)) and found.seen]
        changed = [link.url for link, found in articles if link.modified and found.seen and link.modified > found.seen]
        if len(articles) >= _ENOUGH_TO_JUDGE and 2 * len(changed) > len(articles):
            changed = []  # it calls every page changed whenever it is asked
        for link in links:
            if self.newest is None or (link.moment or _LONG_AGO) > self._latest:
                self.newest, self._latest = link.url, link.moment or _LONG_AGO
        new = [link for link in links if link.url not in known or known[link.url].seen is None]
        below = [link for link in new if self._below and link.moment and link.moment <= self._below]
        if below:
            skip = {link.url for link in below}
            new = [link for link in new if link.url not in skip]
        self._leave(below)
        wanted = nlargest(self._most, self._wanted + new, key=lambda link: link.moment or _LONG_AGO)
        kept = {link.url for link in wanted}
        self._leave([link for link in self._wanted + new if link.url not in kept])
        self._wanted = wanted
        return changed

    def ended(self) -> list[Listed]:
        """The articles to ask for, now that every part was read; what is left becomes the way's gap."""
        if self._left_count:
            newest = max(self._left, key=lambda link: link.moment or _LONG_AGO)
            gap = self.way.gaps[0] if self.way.gaps else None
            self.way.gaps = [
                Gap(
                    id=gap.id if gap else None,
                    site=self.way.site,
                    way=self.way.url,
                    opened=gap.opened if gap else datetime.now(UTC),
                    newer=newest.url,
                    newer_date=newest.moment.isoformat() if newest.moment else None,
                    resume=self.way.url,
                    reason=f"{self._left_count} of its articles were left for `crawl --backfill`",
                )
            ]
        elif self.is_whole:
            self.way.gaps = []
        return self._wanted

    def _leave(self, links: Sequence[Listed]) -> None:
        self._left_count += len(links)
        self._left = nlargest(1, [*self._left, *links], key=lambda link: link.moment or _LONG_AGO)


def _moment_of(gap: Gap) -> datetime | None:
    return datetime.fromisoformat(gap.newer_date) if gap.newer_date else None
