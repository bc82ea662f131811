"""The archive's side of one run: what the spider asks of it, and where every URL's end is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from pipelines.archive import ledger
from pipelines.archive.archive import timestamp
from pipelines.archive.articles import due_urls, keep, known_urls, miss
from pipelines.archive.tables import sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from items.run import Run, Visit
    from pipelines.archive.archive import Archive

_GONE_FOR_EVER = 410
_TEMPLATE_HOLDS = timedelta(days=7)
"""How long what was learned of a site's pages is believed: sites change their clothes."""


class Desk:
    """Serves one run.

    Args:
        archive: where everything is kept.
        recheck: look again at every known article, due or not.

    Attributes:
        run: the run's number in the ledger.
        failure: why the archive could not be written to, once it could not; the run can't go on then.
    """

    def __init__(self, archive: Archive, *, recheck: bool = False) -> None:
        self._archive = archive
        self._recheck = recheck
        self._listed: dict[str, tuple[int, int]] = {}
        self.failure: str | None = None
        with archive.writing() as connection:
            self.run = ledger.start_run(connection)

    def known(self, urls: Iterable[str]) -> set[str]:
        """Which of the URLs lead to articles that the archive has."""
        with self._archive.reading() as connection:
            return known_urls(connection, urls)

    def due(self, site: str) -> list[str]:
        """URLs of a site's known articles that are due for another look."""
        with self._archive.reading() as connection:
            return due_urls(connection, site, everything=self._recheck)

    def listed(self, site: str, *, new: int, known: int) -> None:
        """Count article URLs that were found on a listing, each once a run."""
        before = self._listed.get(site, (0, 0))
        self._listed[site] = (before[0] + new + known, before[1] + known)

    def template(self, site: str) -> str | None:
        """What was learned lately of what recurs on a site's pages; None when it is time to learn it."""
        fresh = timestamp(datetime.now(UTC) - _TEMPLATE_HOLDS)
        with self._archive.reading() as connection:
            row = select(sites.c.template).where(sites.c.id == site, sites.c.learned > fresh)
            return connection.execute(row).scalar()

    def learned(self, site: str, template: str) -> None:
        """Keep what recurs on a site's pages."""
        with self._archive.writing() as connection:
            connection.execute(delete(sites).where(sites.c.id == site))
            connection.execute(insert(sites).values(id=site, template=template, learned=timestamp()))

    def keep(self, visit: Visit) -> None:
        """Write a visit's article and its row of the ledger, both or neither; correct the row by what became of it."""
        entry = visit.entry
        with self._archive.writing() as connection:
            kept = None
            if visit.article is not None:
                kept = keep(connection, visit.article, addresses=visit.addresses)
            elif entry.http_status in (404, _GONE_FOR_EVER):
                kept = miss(connection, entry.url, for_ever=entry.http_status == _GONE_FOR_EVER)
            if kept is not None:
                entry.outcome, entry.article = kept.outcome, kept.article
            ledger.note(connection, self.run, entry)

    def close(self) -> Run:
        """End the run and return its ledger."""
        with self._archive.writing() as connection:
            counts = [(site, listed, known) for site, (listed, known) in self._listed.items()]
            ledger.note_listed(connection, self.run, counts)
            ledger.finish_run(connection, self.run)
            return ledger.read_run(connection, self.run)
