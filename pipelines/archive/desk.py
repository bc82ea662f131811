"""The archive's side of one run: what the spider asks of it, and where every URL's end is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from items.run import TROUBLE, Cause, Entry, Outcome
from pipelines.archive import answers, health, ledger, waiting, ways
from pipelines.archive.archive import timestamp
from pipelines.archive.articles import due_urls, keep, plan_check, unchanged
from pipelines.archive.removals import is_missing, miss, settle
from pipelines.archive.tables import sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from items.run import Answer, Held, Run, Visit
    from items.way import Gap, Known, Way
    from pipelines.archive.archive import Archive

_TEMPLATE_HOLDS = timedelta(days=7)
"""How long what was learned of a site's pages is believed: sites change their clothes."""


class Desk:
    """Serves one run.

    Args:
        archive: where everything is kept.
        recheck: look again at every known article, due or not.
        names: ids of sites by what they are called; see `pipelines.stories.credit.names_of`.
        rechecks: by site, for those that have a policy of their own, the hours after first sight at which it is due.
        wakes: look at every list though it rests, and try every article that came to nothing.
        rest: for how long a list is left alone at most, whatever its server or its site's rhythm says.

    Attributes:
        run: the run's number in the ledger.
        failure: why the archive could not be written to, once it could not; the run can't go on then.
        error: what that began with.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        names: Mapping[str, str] | None = None,
        recheck: bool = False,
        rechecks: Mapping[str, Sequence[float]] | None = None,
        wakes: bool = False,
        rest: timedelta = answers.LONGEST,
    ) -> None:
        self._archive = archive
        self._names = names or {}
        self._recheck = recheck
        self._rechecks = rechecks or {}
        self._wakes = wakes or recheck
        self._rest = rest
        self._rhythms: dict[str, timedelta] = {}
        self._listed: dict[str, tuple[int, int]] = {}
        self._asked: dict[tuple[str, str], None] = {}
        self._walked: list[tuple[Way, str | None]] = []
        self._held: set[tuple[str, str]] = set()
        self.failure: str | None = None
        self.error: SQLAlchemyError | None = None
        with archive.writing() as connection:
            self.run = ledger.start_run(connection)

    def look(self, site: str, urls: Iterable[str]) -> dict[str, Known]:
        """What the archive knows of the URLs: of those that it knows, and of those that a run asked for in vain."""
        with self._archive.reading() as connection:
            return ways.look(connection, site, urls)

    def due(self, site: str) -> list[str]:
        """URLs that are due: of a site's known articles for another look, of failed ones for another try."""
        with self._archive.reading() as connection:
            failed = ways.failed_urls(connection, site)
            waits = {} if self._wakes else ways.put_off(connection, site, failed)
            due = due_urls(connection, site, everything=self._recheck)
        return [*due, *(url for url in failed if url not in waits)]

    def put_off(self, site: str, urls: Iterable[str]) -> dict[str, datetime]:
        """Until when articles are best left alone, of which again and again nothing came."""
        if self._wakes:
            return {}
        with self._archive.reading() as connection:
            return ways.put_off(connection, site, urls)

    def way(self, site: str, url: str) -> Way:
        """How far a way was read."""
        with self._archive.reading() as connection:
            return ways.read_way(connection, site, url)

    def passed(self, gap: Gap) -> None:
        """Keep at once where a walk through a gap has come to: all above is in the archive."""
        with self._archive.writing() as connection:
            gap.id = ways.keep_gap(connection, gap)

    def walked(self, way: Way, *, newest: str | None) -> None:
        """Keep, when the run ends, what gaps a way has now; with `newest`, that it was read from its top."""
        self._walked.append((way, newest))

    def listed(self, site: str, asked: Iterable[str], *, known: int = 0) -> None:
        """Count article URLs that were found, each once a run: those that are asked for now, and those only counted.

        One that was to be asked for and never kept ends as skipped: the run was stopped before its turn.
        """
        new = [(site, url) for url in asked]
        self._asked.update(dict.fromkeys(new))
        before = self._listed.get(site, (0, 0))
        self._listed[site] = (before[0] + len(new) + known, before[1] + known)

    def template(self, site: str) -> str | None:
        """What was learned lately of what recurs on a site's pages; None when it is time to learn it."""
        with self._archive.reading() as connection:
            return known_template(connection, site, since=datetime.now(UTC) - _TEMPLATE_HOLDS)

    def learned(self, site: str, template: str) -> None:
        """Keep what recurs on a site's pages."""
        with self._archive.writing() as connection:
            connection.execute(delete(sites).where(sites.c.id == site))
            connection.execute(insert(sites).values(id=site, template=template, learned=timestamp()))

    def hold(self, page: Held) -> None:
        """Keep a page that can't be read to its end yet, until its article is kept."""
        try:
            with self._archive.writing() as connection:
                waiting.hold(connection, page)
        except SQLAlchemyError as error:
            self.fail(error)
        self._held.add((page.site, page.listed))

    def held(self, site: str) -> list[Held]:
        """The pages of a site that earlier runs fetched and whose articles no run has kept."""
        with self._archive.reading() as connection:
            pages = waiting.held_of(connection, site)
        self._held.update((page.site, page.listed) for page in pages)
        return pages

    def fail(self, error: SQLAlchemyError) -> str:
        """Note that the archive can't be written to, so that nothing more is asked for; and why."""
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        if self.failure is None:
            self.failure, self.error = f"the archive can't be written to: {reason}", error
        return self.failure

    def recall(self, url: str) -> Answer | None:
        """What a URL last answered, for a conditional request; None for a plain one."""
        with self._archive.reading() as connection:
            return answers.recall(connection, url)

    def rests(self, url: str) -> datetime | None:
        """Until when a list is best left alone; None when it is time to look at it."""
        if self._wakes:
            return None
        with self._archive.reading() as connection:
            return answers.rests_until(connection, url)

    def robots(self, origin: str, *, though_old: bool = False) -> bytes | None:
        """An origin's robots.txt as it was read within the last day; in need, within the last 30 days."""
        with self._archive.reading() as connection:
            return answers.read_robots(connection, origin, though_old=though_old)

    def keep_robots(self, origin: str, body: bytes) -> None:
        """Remember an origin's robots.txt; b"" for one that isn't there."""
        with self._archive.writing() as connection:
            answers.keep_robots(connection, origin, body)

    def paused(self, domain: str) -> datetime | None:
        """Until when a domain's server wants to be left alone; None when it doesn't."""
        with self._archive.reading() as connection:
            return answers.paused_until(connection, domain)

    def pause(self, domain: str, until: datetime) -> None:
        """Leave a domain alone until then, in later runs too."""
        with self._archive.writing() as connection:
            answers.pause(connection, domain, until)

    def keep(self, visit: Visit) -> None:
        """Write a visit's article, answer and row of the ledger, all or none; correct the row by what became of it."""
        entry = visit.entry
        of_article = entry.site, entry.url
        with self._archive.writing() as connection:
            kept = None
            if visit.article is not None:
                visit.article.capture = visit.capture
                kept = keep(connection, visit.article, addresses=visit.addresses, names=self._names)
            elif entry.cause is Cause.NOT_MODIFIED and entry.kind == "article":
                kept = unchanged(connection, entry.url)
            elif is_missing(entry.http_status, entry.cause):
                kept = miss(connection, entry.url)
            if kept is not None:
                entry.outcome, entry.article = kept.outcome, kept.article
                entry.reason = kept.reason or entry.reason
                looked_at = visit.article is not None or entry.cause is Cause.NOT_MODIFIED
                if looked_at and entry.site in self._rechecks:
                    plan_check(connection, kept.article, self._rechecks[entry.site])
            if visit.answer is not None and entry.outcome not in TROUBLE:
                beat = self._rhythm(connection, entry.site) if entry.kind != "article" else timedelta(0)
                answers.remember(connection, visit.answer, beat=beat, longest=self._rest)
            ledger.note(connection, self.run, entry)
            if visit.signs is not None:
                health.note_signs(connection, self.run, entry.site, visit.signs)
            if of_article in self._held:
                waiting.let_go(connection, *of_article)
        self._asked.pop(of_article, None)
        self._held.discard(of_article)

    def _rhythm(self, connection: Connection, site: str) -> timedelta:
        if site not in self._rhythms:
            self._rhythms[site] = answers.rhythm(connection, site)
        return self._rhythms[site]

    def close(self) -> Run:
        """End the run and return its ledger."""
        with self._archive.writing() as connection:
            counts = [(site, listed, known) for site, (listed, known) in self._listed.items()]
            ledger.note_listed(connection, self.run, counts)
            for site, url in self._asked:
                why = "the run was stopped before its turn"
                row = Entry(
                    site=site, url=url, kind="article", outcome=Outcome.SKIPPED, cause=Cause.STOPPED, reason=why
                )
                ledger.note(connection, self.run, row)
            for way, newest in self._walked:
                ways.keep_way(connection, way, newest=newest)
            waiting.drop_old(connection)
            settle(connection, self.run)
            ledger.finish_run(connection, self.run)
            return ledger.read_run(connection, self.run)


def known_template(connection: Connection, site: str, *, since: datetime | None = None) -> str | None:
    """What was learned (since then) of what recurs on a site's pages; None when nothing was."""
    row = select(sites.c.template).where(sites.c.id == site, sites.c.learned > (timestamp(since) if since else ""))
    return connection.execute(row).scalar()
