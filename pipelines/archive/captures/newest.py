"""The newest capture of each page, found among however many: on disk, since an archive may have millions."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipelines.archive.captures.index import Indexed, read_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

_TABLE = """
CREATE TABLE newest (
    site TEXT, kind TEXT, page TEXT, at TEXT, file TEXT, start INTEGER, facts BLOB, PRIMARY KEY (site, kind, page)
) WITHOUT ROWID
"""
_KEEP = """
INSERT INTO newest VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET at = excluded.at, file = excluded.file, start = excluded.start, facts = excluded.facts
WHERE (excluded.at, excluded.file, excluded.start) > (at, file, start)
"""


class Newest:
    """Of each article's page its newest whole capture, and the same of the further pages of articles.

    Args:
        path: of the file that holds them; it may be read by other processes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def count(self) -> int:
        """How many articles' pages there are."""
        with self._open() as database:
            number: int = database.execute("SELECT count(*) FROM newest WHERE kind = 'article'").fetchone()[0]
            return number

    def pages(self, site: str) -> Iterator[Indexed]:
        """A site's, of articles, oldest first."""
        says = "SELECT facts FROM newest WHERE site = ? AND kind = 'article' ORDER BY at, file, start"
        with self._open() as database:
            for (facts,) in database.execute(says, (site,)):
                yield read_facts(facts)

    def further(self, site: str, url: str) -> Indexed | None:
        """That of a page on which an article goes on."""
        says = "SELECT facts FROM newest WHERE site = ? AND kind = 'part' AND page = ?"
        with self._open() as database:
            row = database.execute(says, (site, url)).fetchone()
            return read_facts(row[0]) if row else None

    def _open(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.path))


@contextmanager
def newest(entries: Iterable[Indexed], sites: Collection[str], since: datetime | None = None) -> Iterator[Newest]:
    """Find the newest captures of the pages of some sites, those of articles from a moment on.

    Args:
        entries: what is captured, in any order: workers write files side by side.
        sites: their ids.
        since: UTC; None for all.
    """
    first = since.strftime("%Y%m%d%H%M%S") if since else ""
    with TemporaryDirectory(prefix="newsloom-") as folder:
        found = Newest(Path(folder) / "newest.db")
        with found._open() as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA cache_size = -32768")
            database.execute(_TABLE)
            database.executemany(_KEEP, _rows(entries, sites, first))
            database.commit()
        yield found


def _rows(
    entries: Iterable[Indexed], sites: Collection[str], first: str
) -> Iterator[tuple[str, str, str, str, str, int, bytes]]:
    for one in entries:
        site, kind = one.about.get("site"), one.about.get("kind")
        if site not in sites or site is None or one.status != 200 or one.mime == "warc/revisit":
            continue
        if kind == "part":
            yield site, kind, one.url, one.at, one.file, one.offset, one.facts()
        elif kind == "article" and one.at >= first:
            yield site, kind, one.about.get("listed", one.url), one.at, one.file, one.offset, one.facts()
