"""Reading the captured pages again, on every core, and holding what is read against what the archive has."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from crawler.collector import relax_collector
from items.article import Article, Capture
from items.errors import ArchiveError
from items.run import Entry, Outcome, Visit
from pipelines.archive.articles import current_records, keep
from pipelines.archive.captures import Indexed, indexed, read_capture
from pipelines.archive.captures.index import index_of
from pipelines.archive.desk import known_template
from pipelines.clean import CleanPipeline
from spiders.made import made
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.template import learn_template
from spiders.replay import Replayed, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from items.site import Site
    from pipelines.archive import Archive

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


@dataclass(slots=True)
class Captures:
    """Of one site: the newest capture of each article's page, oldest first, and those of further pages by URL."""

    pages: list[Indexed] = field(default_factory=list)
    further: dict[str, Indexed] = field(default_factory=dict)


def read_again(
    archive: Archive,
    folder: Path,
    sites: Sequence[Site],
    *,
    since: datetime | None = None,
    processes: int | None = None,
) -> Iterator[ReadAgain]:
    """Read the newest capture of every article's page once more, by the rules of today.

    Args:
        archive: what is read is held against its records.
        folder: of the captures.
        sites: whose pages are read.
        since: only pages captured then or later; UTC.
        processes: how many work at it; 0 for one a core.
    """
    captures = captures_of(folder, {site.id for site in sites}, since)
    tasks = []
    for site in sites:
        held = captures[site.id]
        with archive.reading() as connection:
            template = known_template(connection, site.id) or _learned(folder, site, held.pages)
        pages = iter(held.pages)
        while some := [*islice(pages, _AT_ONCE)]:
            tasks.append((folder, site, template, some, held.further))
    archive.engine.dispose(close=False)  # children begin with connections of their own, and need none
    workers = min(processes or os.cpu_count() or 1, len(tasks))
    if workers <= 1:
        for task in tasks:
            yield from _held_against(archive, _read(task))
        return
    relax_collector()
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        for lines in pool.map(_read, tasks):
            yield from _held_against(archive, lines)


def read_file_again(archive: Archive, folder: Path, name: str, sites: Sequence[Site]) -> Iterator[ReadAgain]:
    """The same for one file of the captures: the pages that the archive's articles were last read from.

    Args:
        archive: what is read is held against its records.
        folder: of the captures.
        name: of the file; nothing is read when it isn't there any more.
        sites: whose pages are read.
    """
    if not (folder / name).is_file():
        return
    by_site = _sorted(sorted(index_of(folder / name), key=lambda one: one.offset), {site.id for site in sites}, "")
    for site in sites:
        held = by_site[site.id]
        with archive.reading() as connection:
            template = known_template(connection, site.id) or _learned(folder, site, held.pages)
        pages = iter(held.pages)
        while some := [*islice(pages, _AT_ONCE)]:
            for read in _held_against(archive, _read((folder, site, template, some, held.further))):
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


def captures_of(folder: Path, sites: set[str], since: datetime | None = None) -> dict[str, Captures]:
    """Per site the captures of its pages, of those that were made then or later."""
    return _sorted(indexed(folder), sites, since.strftime("%Y%m%d%H%M%S") if since else "")


def _sorted(entries: Iterable[Indexed], sites: set[str], first: str) -> dict[str, Captures]:
    found = {site: Captures() for site in sites}
    newest: dict[tuple[str, str], Indexed] = {}
    for entry in entries:
        site, kind = entry.about.get("site"), entry.about.get("kind")
        if site not in found or entry.status != 200 or entry.mime == "warc/revisit":
            continue
        if kind == "part":
            found[site].further[entry.url] = entry
        elif kind == "article" and entry.at >= first:
            key = site, entry.about.get("listed", entry.url)
            if key not in newest or entry.at >= newest[key].at:  # workers write files side by side
                newest[key] = entry
    for (site, _), entry in newest.items():
        found[site].pages.append(entry)
    for held in found.values():
        held.pages.sort(key=lambda entry: (entry.at, entry.file, entry.offset))
    return found


def _learned(folder: Path, site: Site, pages: Sequence[Indexed]) -> str | None:
    """What recurs on a site's pages, where the archive doesn't remember it."""
    opened = []
    for entry in pages[:_PAGES_TO_LEARN_FROM]:
        page = read_capture(folder, entry)
        kind = next((value for name, value in page.headers if name.lower() == "content-type"), None)
        opened.append(
            open_with_blocks(made(site, page.body, page.url), url=page.url, content_type=kind, encoding=site.charset)
        )
    return learn_template(opened).to_json() if len(opened) > 1 else None


def _read(task: tuple[Path, Site, str | None, list[Indexed], dict[str, Indexed]]) -> list[tuple[bytes, bytes | None]]:
    """Read some pages: of each the ledger's row and the article as JSON, which travel better than objects."""
    folder, site, template, entries, parts = task
    clean = CleanPipeline()
    done: list[tuple[bytes, bytes | None]] = []

    def further(url: str) -> Replayed | None:
        return _replayed(folder, parts[url]) if url in parts else None

    for entry in entries:
        try:
            pages = [_replayed(folder, entry)]
        except ArchiveError as error:
            row = Entry(site=site.id, url=entry.url, kind="article", outcome=Outcome.FAILED, reason=str(error))
            done.append((row.model_dump_json().encode(), None))
            continue
        for visit in map(clean.process_item, replay(site, pages, template, further)):
            if visit.article is not None:
                visit.article.capture = Capture(
                    file=entry.file, offset=entry.offset, length=entry.length, http_status=entry.status
                )
                visit.article.first_seen = visit.article.last_seen = entry.moment
            line = visit.article.json_line() if visit.article else None
            done.append((visit.entry.model_dump_json().encode(), line))
    return done


def _replayed(folder: Path, entry: Indexed) -> Replayed:
    page = read_capture(folder, entry)
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
