"""Walking a way page by page, newest first, until nothing can have been missed. Pure: pages in, decisions out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from items.site import Listing
from items.way import Gap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from items.run import Kind
    from items.site import Feed
    from items.way import Known, Way
    from spiders.discover import Listed


class Walk:
    """One walk over a way: from its top, or on from where an earlier one left a gap.

    A walk from the top is complete when it meets what was known at the end of the last run that read the way: all that
    is newer stood on the pages between. What a run kept that was killed is newer than that, and proves nothing.

    Args:
        way: what is walked. Its gaps are changed when the walk ends.
        rules: the way as the site file describes it.
        gap: the gap to close; None for a walk from the top.

    Attributes:
        kind: what the way is.
        from_top: whether it begins at the way's first page.
        url: the page that was read last; None before the first.
        number: that page's number, counted from 1.
        pages: how many pages it has read.
        newest: the article at the way's top.
        has_ended: whether nothing more is to be read.
    """

    def __init__(self, way: Way, rules: Feed | Listing, gap: Gap | None = None) -> None:
        self.way, self.rules = way, rules
        self.kind: Kind = "listing" if isinstance(rules, Listing) else "feed"
        self.from_top = gap is None
        self.url: str | None = None
        self.number = gap.number - 1 if gap else 0
        self.pages = 0
        self.newest: str | None = None
        self.has_ended = False
        self.gap = gap or gap_at_top(way)
        self._past = way.walked if self.from_top else None
        self._met = not self.from_top
        self._oldest: Listed | None = None
        self._seen: set[str] = set()
        self._since: list[datetime | None] = []

    def read(self, url: str, links: Sequence[Listed], known: Mapping[str, Known]) -> bool:
        """Take a page's links, in its order, and what is known of them; whether the next page is to be read too."""
        fresh = [link for link in links if link.url not in self._seen]
        if not fresh:
            self._end("the page after it repeats what stood before")
            return False
        self._seen.update(link.url for link in fresh)
        self.url, self.number, self.pages = url, self.number + 1, self.pages + 1
        if self.newest is None:
            self.newest = self._top_of(fresh, known)
        self._oldest = fresh[-1]
        self._since = [known[link.url].since if link.url in known else None for link in fresh]
        self._met = self._met or self._is_all_older(self._past)
        if self._met and (self.gap is None or self._is_all_older(self.gap.past)):
            self._close_gap()
            self.has_ended = True
        return not self.has_ended

    def reached_end(self) -> None:
        """No page follows the one that was read last."""
        self._end("no further page follows")

    def broke_off(self, url: str, reason: str) -> None:
        """The page at `url`, which is next, is not read in this run."""
        self._end(reason, resume=url)

    def lost_its_place(self) -> None:
        """The page from which to walk on is no longer there: the next run begins at the top."""
        assert self.gap is not None
        self.gap.resume, self.gap.number = self.way.url, 1
        self.has_ended = True

    def _top_of(self, fresh: Sequence[Listed], known: Mapping[str, Known]) -> str:
        """What is newest on the first page: pinned articles stand above it, and were known before."""
        new = next((link.url for link in fresh if link.url not in known), None)
        if new is None and any(link.url == self.way.newest for link in fresh):
            new = self.way.newest
        return new or fresh[0].url

    def _end(self, reason: str, resume: str | None = None) -> None:
        """End the walk. What it has not met is a gap, unless its last page shows that all that is newer stood above.

        Without `resume` there is nothing further: a way that was never read before has been read to its beginning.
        """
        if self.has_ended:
            return
        self.has_ended = True
        if self.gap is not None and (self._ends_older(self.gap.past) if self.gap.past else resume is None):
            self._close_gap()
        self._met = self._met or (self._ends_older(self._past) if self._past else resume is None)
        if self.gap is not None:
            self.gap.reason = reason
            if not self._met or self.pages > 1 or resume is not None:
                self._move(self.gap, resume)
        elif not self._met:
            self.way.gaps.insert(0, self._new_gap(reason, resume))

    def _is_all_older(self, moment: datetime | None) -> bool:
        """Whether everything on the page was known at that time."""
        return moment is not None and all(since is not None and since <= moment for since in self._since)

    def _ends_older(self, moment: datetime) -> bool:
        """Whether the page goes down to what was known then: by its last link, or by half of them in another order.

        Pinned articles, which are old and stand at the top, prove nothing.
        """
        older = [since is not None and since <= moment for since in self._since]
        return bool(older) and (older[-1] or 2 * sum(older) >= len(older))

    def _close_gap(self) -> None:
        self.way.gaps = [gap for gap in self.way.gaps if gap is not self.gap]
        self.gap = None

    def move_gap(self, resume: str) -> Gap:
        """The gap as it is now that everything down to the page at `resume` is in the archive."""
        assert self.gap is not None
        self._move(self.gap, resume)
        return self.gap

    def _move(self, gap: Gap, resume: str | None) -> None:
        if self._oldest is not None:
            gap.newer, gap.newer_date = self._oldest.url, self._oldest.date
        gap.resume, gap.number = self._place(resume)

    def _new_gap(self, reason: str, resume: str | None) -> Gap:
        place, number = self._place(resume)
        return Gap(
            site=self.way.site,
            way=self.way.url,
            opened=datetime.now(UTC),
            newer=self._oldest.url if self._oldest else None,
            newer_date=self._oldest.date if self._oldest else None,
            older=self.way.newest,
            past=self._past,
            resume=place,
            number=number,
            reason=reason,
        )

    def _place(self, resume: str | None) -> tuple[str, int]:
        """Where to walk on: at the next page, or at the last one, whose link to the next may be mended."""
        return (resume, self.number + 1) if resume else (self.url or self.way.url, max(1, self.number))


def gap_at_top(way: Way) -> Gap | None:
    """The gap that begins on the way's first page: a walk from the top passes through it anyway."""
    return next((gap for gap in way.gaps if gap.number == 1), None)
