"""Which facts are exported, and where the next export goes on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from sqlalchemy import and_, func, or_, select

from items.article import canonical_json
from items.errors import NewsloomError
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import articles, records
from pipelines.publish.release.partitions import public_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection

    from pipelines.archive.search import Filters

_AT_ONCE = 200
_CURSOR = re.compile(r"\d{1,18}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Selection(NamedTuple):
    """What is exported.

    Attributes:
        since: a cursor that an export ended with, or a day or time of recording (UTC where it names no zone).
        filters: of the articles as they are now; a tombstone goes with its article, a merge with any of its articles.
        current: of each article only its newest version, and nothing of those that were removed.
        public: only what the rights policy of each article lets be published.
    """

    since: str | None
    filters: Filters
    current: bool = False
    public: bool = False


def newest_cursor(connection: Connection) -> str:
    """The cursor that an export of this reading transaction ends with, whatever its filters."""
    return str(connection.execute(select(func.max(records.c.seq))).scalar() or 0)


def facts(connection: Connection, selection: Selection) -> Iterator[bytes]:
    """The selected lines of the archive, in the order in which they were recorded.

    Raises:
        NewsloomError: `since` is neither cursor nor time.
    """
    query = select(records.c.type, records.c.line, articles.c.story).order_by(records.c.seq)
    query = query.outerjoin_from(records, articles, articles.c.id == records.c.subject)
    if selection.since is not None:
        query = query.where(_after(selection.since))
    if selection.current:
        query = query.where(articles.c.seq == records.c.seq, articles.c.removed.is_(False))
    conditions = list(selection.filters.conditions())
    if conditions:
        query = query.where(_concerns(and_(*conditions)))
    by_content = selection.filters.looks_inside
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        if by_content and (row.type != "article" or not selection.filters.hold_inside(row.line)):
            continue
        line = _of_its_story(row.line, row.story) if row.type == "article" else row.line
        yield public_line(line) if selection.public and row.type == "article" else line


def _of_its_story(line: bytes, story: UUID | None) -> bytes:
    """A record with the story that its article is in now: stories may have been joined or parted since."""
    if story is None or str(story).encode() in line:
        return line
    return canonical_json(orjson.loads(line) | {"story": str(story)})


def _after(since: str) -> ColumnElement[bool]:
    if _CURSOR.fullmatch(since):
        return records.c.seq > int(since)
    try:
        said: Any = datetime.fromisoformat(since)
    except ValueError:
        raise NewsloomError(
            f"--since {since}: is neither a cursor that an export ended with nor a time like 2026-11-22"
        ) from None
    if _DAY.fullmatch(since):
        return records.c.recorded >= since
    return records.c.recorded >= (timestamp(said) if said.tzinfo else said.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _concerns(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Facts of the articles that fulfil a condition, and merges of their stories."""
    merges = and_(records.c.type == "merge", records.c.subject.in_(select(articles.c.story).where(condition)))
    return or_(records.c.subject.in_(select(articles.c.id).where(condition)), merges)
