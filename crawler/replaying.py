"""Reading the captured pages again, on every core, and holding what is read against what the archive has."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from crawler.collector import relax_collector
from items.article import Article, Capture
from items.errors import ArchiveError
from items.run import Entry, Outcome, Visit
from pipelines.archive.articles import current_records, keep
from pipelines.archive.captures import newest
from pipelines.archive.desk import known_template
from pipelines.clean import CleanPipeline
from spiders.made import made
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.template import learn_template
from spiders.replay import Replayed, replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from items.site import Site
    from pipelines.archive import Archive
    from pipelines.archive.captures import Captures, Indexed, Newest

_AT_ONCE = 25
"""Pages that are handed to a process at once."""

_PAGES_TO_LEARN_FROM = 4

OF_THE_ARCHIVE = frozenset(
    {"id", "version", "recorded", "first_seen", "last_seen", "story", "original", "hashes", "capture"}
)
"""Fields of a record that the archive gives, not the page."""


@dataclass(slots=True)
class ReadAgain:
    """A captured page that was read again.

    Attributes:
        visit: how that ended, with the article if there is one.
        changes: field → what the archive has and what was read now, where they differ; None when the archive has no
            such article.
        read_from: the capture that the archive's record was read from.
        removed: whether the archive had it, and it was removed or taken back.
    """

    visit: Visit
    changes: dict[str, tuple[Any, Any]] | None = None
    read_from: Capture | None = None
    removed: bool = False


def read_again(
    archive: Archive,
    captures: Captures,
    sites: Sequence[Site],
    *,
    since: datetime | None = None,
    processes: int | None = None,
) -> Iterator[ReadAgain]:
    """Read the newest capture of every article's page once more, by the rules of today.

    Args:
        archive: what is read is held against its records.
        captures: where they lie.
        sites: whose pages are read.
        since: only pages captured then or later; UTC.
        processes: how many work at it; 0 for one a core.
    """
    with newest(captures.indexed(), {site.id for site in sites}, since) as found:
        workers = min(processes or os.cpu_count() or 1, -(-found.count() // _AT_ONCE))
        tasks = _tasks(archive, captures, sites, found)
        if workers <= 1:
            for task in tasks:
                yield from _held_against(archive, _read(task))
            return
        relax_collector()
        archive.engine.dispose(close=False)  # children begin with connections of their own, and need none
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            pool.submit(int)  # begins them all, before a connection is opened
            ahead: deque[Future[list[tuple[bytes, bytes | None]]]] = deque()
            for task in tasks:
                ahead.append(pool.submit(_read, task))
                if len(ahead) > 2 * workers:
                    yield from _held_against(archive, ahead.popleft().result())
            while ahead:
                yield from _held_against(archive, ahead.popleft().result())


def read_file_again(archive: Archive, captures: Captures, name: str, sites: Sequence[Site]) -> Iterator[ReadAgain]:
    """The same for one file of the captures: the pages that the archive's articles were last read from.

    Args:
        archive: what is read is held against its records.
        captures: where they lie.
        name: of the file; nothing is read when it isn't there any more.
        sites: whose pages are read.
    """
    with newest(captures.index(name), {site.id for site in sites}) as found:
        for task in _tasks(archive, captures, sites, found):
            for read in _held_against(archive, _read(task)):
                if read.read_from is None or read.read_from.file == name:
                    yield read


def apply(archive: Archive, read: ReadAgain, names: Mapping[str, str]) -> bool:
    """Keep what was read differently, as a new version, or what was no article before; whether there was such a thing.

    Args:
        archive: where it is kept.
        read: what was read.
        names: ids of sites by what they are called; see `pipelines.stories.credit.names_of`.
    """
    article, addresses = read.visit.article, read.visit.addresses
    if article is None or read.removed or read.changes == {}:
        return False
    with archive.writing() as connection:
        keep(connection, article, addresses=addresses, names=names, mended=read.changes is not None)
    return True


@dataclass(frozen=True, slots=True)
class _Task:
    """Some pages of a site that are read in one go, in whatever process."""

    captures: Captures
    site: Site
    template: str | None
    pages: list[Indexed]
    found: Newest


def _tasks(archive: Archive, captures: Captures, sites: Sequence[Site], found: Newest) -> Iterator[_Task]:
    for site in sites:
        pages = found.pages(site.id)
        some = [*islice(pages, _AT_ONCE)]
        if some:
            with archive.reading() as connection:
                template = known_template(connection, site.id)
            template = template or _learned(captures, site, some[:_PAGES_TO_LEARN_FROM])
        while some:
            yield _Task(captures, site, template, some, found)
            some = [*islice(pages, _AT_ONCE)]


def _learned(captures: Captures, site: Site, pages: Sequence[Indexed]) -> str | None:
    """What recurs on a site's pages, where the archive doesn't remember it."""
    opened = []
    for entry in pages:
        page = captures.read(entry)
        kind = next((value for name, value in page.headers if name.lower() == "content-type"), None)
        opened.append(
            open_with_blocks(made(site, page.body, page.url), url=page.url, content_type=kind, encoding=site.charset)
        )
    return learn_template(opened).to_json() if len(opened) > 1 else None


def _read(task: _Task) -> list[tuple[bytes, bytes | None]]:
    """Read some pages: of each the ledger's row and the article as JSON, which travel better than objects."""
    site = task.site
    clean = CleanPipeline()
    done: list[tuple[bytes, bytes | None]] = []

    def further(url: str) -> Replayed | None:
        part = task.found.further(site.id, url)
        return _replayed(task.captures, part) if part else None

    for entry in task.pages:
        try:
            pages = [_replayed(task.captures, entry)]
        except ArchiveError as error:
            row = Entry(site=site.id, url=entry.url, kind="article", outcome=Outcome.FAILED, reason=str(error))
            done.append((row.model_dump_json().encode(), None))
            continue
        for visit in map(clean.process_item, replay(site, pages, task.template, further)):
            if visit.article is not None:
                visit.article.capture = Capture(
                    file=entry.file, offset=entry.offset, length=entry.length, http_status=entry.status
                )
                visit.article.first_seen = visit.article.last_seen = entry.moment
            line = visit.article.json_line() if visit.article else None
            done.append((visit.entry.model_dump_json().encode(), line))
    return done


def _replayed(captures: Captures, entry: Indexed) -> Replayed:
    page = captures.read(entry)
    listed, date = entry.about.get("listed", entry.url), entry.about.get("date")
    return Replayed(page.url, listed, date, page.at, page.status, page.headers, page.body)


def _held_against(archive: Archive, lines: list[tuple[bytes, bytes | None]]) -> Iterator[ReadAgain]:
    visits = [
        Visit(Entry.model_validate_json(row), Article.model_validate_json(line) if line else None)
        for row, line in lines
    ]
    said = [orjson.loads(line) if line else None for _, line in lines]
    with archive.reading() as connection:
        records = current_records(connection, [visit.entry.url for visit in visits])
    for visit, now in zip(visits, said, strict=True):
        visit.addresses = {visit.entry.url}
        before = orjson.loads(records.get(visit.entry.url, b"null"))
        if before and before["type"] != "article":
            yield ReadAgain(visit, removed=True)
            continue
        capture = Capture.model_validate(before["capture"]) if before and before.get("capture") else None
        yield ReadAgain(visit, _changes(before, now) if before and now else None, capture)


def _changes(before: dict[str, Any], now: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Where a record and an article that was read anew differ, field by field."""
    now["canonical_url"] = now["canonical_url"] or now["url"]
    for link in (*before["related"], *now["related"]):
        link.pop("article", None)
    fields = sorted((before.keys() | now.keys()) - OF_THE_ARCHIVE)
    if all(before.get(name) == now.get(name) for name in fields):
        return {}
    # An older newsloom's record lacks what newer ones say besides: that alone is no difference.
    before = orjson.loads(Article.model_validate(before).json_line())
    return {name: (before.get(name), now.get(name)) for name in fields if before.get(name) != now.get(name)}
