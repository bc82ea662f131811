"""Taking the facts of a release into an archive as they are: ids, versions, times of recording, stories.

So an archive that is lost comes back from its release, and whoever holds a copy can make an archive of it. Publishing
that archive gives the same records again and, for every day that is over, the same bytes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from items.article import Fact, Merge, Record, Redaction, Tombstone, canonical_json
from items.errors import ArchiveError
from items.site import explain_validation
from pipelines.archive.archive import timestamp
from pipelines.archive.articles import columns_of, last_version, learn_addresses
from pipelines.archive.clock import set_forward
from pipelines.archive.differences import forget_differences, keep_difference
from pipelines.archive.search.index import forget
from pipelines.archive.tables import articles, records, stories
from pipelines.archive.untold import touch
from pipelines.stories.decide import erase_sketch, write_sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from pipelines.archive import Archive

_FACT: TypeAdapter[Fact] = TypeAdapter(Annotated[Fact, Field(discriminator="type")])
_BATCH = 500
"""Facts that are written in one transaction."""


class Restore:
    """Writes facts, in the order in which they were recorded.

    Args:
        archive: where to.
        complain: called with one line for every fact that could not be taken.

    Attributes:
        counts: facts by type, and `known`, `altered` (made safe on their way in) and `refused`.
    """

    def __init__(self, archive: Archive, complain: Callable[[str], None]) -> None:
        self._archive, self._complain = archive, complain
        self.counts: Counter[str] = Counter()

    def take(self, lines: Iterable[bytes], name: str) -> None:
        """Take the lines of a partition; `name` is what complaints call it.

        Raises:
            ArchiveError: the archive holds records that are newer.
        """
        batch: list[tuple[int, bytes]] = []
        for numbered in enumerate(lines, 1):
            batch.append(numbered)
            if len(batch) == _BATCH:
                self._write(batch, name)
                batch = []
        self._write(batch, name)

    def _write(self, batch: list[tuple[int, bytes]], name: str) -> None:
        try:
            self._write_together(batch, name)
        except (DataError, IntegrityError) as error:
            if len(batch) == 1:
                self.counts["refused"] += 1
                self._complain(f"{name}: line {batch[0][0]}: the archive refuses it: {str(error.orig).splitlines()[0]}")
                return
            for one in batch:  # find the fact that the database refuses; the others go in
                self._write([one], name)
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise ArchiveError(f"the archive can't be written to: {reason}; what was taken stays") from None

    def _write_together(self, batch: list[tuple[int, bytes]], name: str) -> None:
        counts: Counter[str] = Counter()
        complaints = []
        with self._archive.writing() as connection:
            for number, line in batch:
                try:
                    fact = _FACT.validate_json(line)
                except ValidationError as error:
                    complaints.append(f"{name}: line {number}: {explain_validation(error)}")
                    continue
                counts[_restore(connection, fact, safe := _line_of(fact))] += 1
                counts["altered"] += safe != line.rstrip(b"\n")
        counts["refused"] += len(complaints)
        self.counts += counts
        for complaint in complaints:
            self._complain(complaint)


def _line_of(fact: Fact) -> bytes:
    """The fact as a line, with no field that it didn't have: so a line of an older newsloom stays as it was."""
    return canonical_json(fact.model_dump(mode="json", by_alias=True, exclude_unset=True))


def _restore(connection: Connection, fact: Fact, line: bytes) -> str:
    """Write a fact, and say what it was: its type, or `known`."""
    there = _there(connection, fact, line)
    if there is not None:
        if isinstance(fact, Redaction) and there.type == "article":
            _redact(connection, there, line)
            return fact.type
        return "known"
    if not set_forward(connection, timestamp(fact.recorded)):
        raise ArchiveError(
            f"the archive has records of its own that are newer than {timestamp(fact.recorded)}: a release goes into "
            "an empty archive, or on top of what came from it before; import its *.jsonl.gz to take its articles as new"
        )
    before = connection.execute(last_version(fact.id)).scalar() if isinstance(fact, Record) else None
    seq = _append(connection, fact, line)
    if before is not None:
        keep_difference(connection, seq, orjson.loads(before), orjson.loads(line))
    if isinstance(fact, Merge):
        _regroup(connection, fact)
    elif isinstance(fact, Record):
        _show(connection, fact, seq)
    elif isinstance(fact, Tombstone):
        _bury(connection, fact, seq)
    return fact.type


def _there(connection: Connection, fact: Fact, line: bytes) -> Any:
    """The record that this fact is, if the archive has it."""
    same = select(records.c.seq, records.c.type, records.c.line).where(records.c.subject == fact.id)
    if isinstance(fact, Merge):
        return connection.execute(same.where(records.c.type == "merge", records.c.line == line)).first()
    return connection.execute(same.where(records.c.version == fact.version)).first()


def _append(connection: Connection, fact: Fact, line: bytes) -> int:
    row = {
        "recorded": timestamp(fact.recorded),
        "type": fact.type,
        "subject": fact.id,
        "version": None if isinstance(fact, Merge) else fact.version,
        "line": line,
    }
    return int(connection.execute(insert(records).values(row).returning(records.c.seq)).scalar_one())


def _show(connection: Connection, record: Record, seq: int) -> None:
    """Let a version be what its article now says."""
    columns = columns_of(record, seq) | {
        "last_seen": timestamp(record.last_seen),
        "story": record.story,
        "removed": False,
        "misses": 0,
        "next_check": None,
    }
    placed = {"published": columns["published"], "updated": timestamp(record.recorded)}
    known = connection.execute(select(articles.c.seq).where(articles.c.id == record.id)).first()
    if connection.execute(select(stories.c.id).where(stories.c.id == record.story)).first() is None:
        connection.execute(insert(stories).values(id=record.story, original=record.id, **placed))
    elif record.original:
        connection.execute(update(stories).where(stories.c.id == record.story).values({"original": record.id} | placed))
    if known is None:
        fixed = {
            "id": record.id,
            "site": record.site,
            "canonical_url": record.canonical_url,
            "first_seen": timestamp(record.first_seen),
        }
        connection.execute(insert(articles).values(columns | fixed))
    else:
        connection.execute(update(articles).where(articles.c.id == record.id).values(columns))
        erase_sketch(connection, known.seq)
    write_sketch(connection, record, seq)
    learn_addresses(connection, record.id, {record.url, record.canonical_url})
    touch(connection, record.story)


def _bury(connection: Connection, tombstone: Tombstone, seq: int) -> None:
    gone = {"removed": True, "next_check": None, "version": tombstone.version, "seq": seq}
    before = connection.execute(select(articles.c.seq).where(articles.c.id == tombstone.id)).scalar()
    if before is not None:
        erase_sketch(connection, before)
    connection.execute(update(articles).where(articles.c.id == tombstone.id).values(gone))
    _touch_story_of(connection, tombstone.id)


def _redact(connection: Connection, there: Any, line: bytes) -> None:
    """Take a version back that is here, as the release did."""
    forget(connection, there.seq, there.line)
    connection.execute(update(records).where(records.c.seq == there.seq).values(type="redaction", line=line))
    forget_differences(connection, redacted := UUID(orjson.loads(there.line)["id"]))
    _touch_story_of(connection, redacted)


def _regroup(connection: Connection, merge: Merge) -> None:
    """Let the articles of a merge be one story, and remove the stories that lost their last article by it."""
    of_story = articles.c.id.in_(merge.articles)
    left = set(connection.execute(select(articles.c.story).where(of_story)).scalars()) - {merge.id}
    original = select(articles.c.published).where(articles.c.id == merge.original)
    published = connection.execute(original).scalar() or timestamp(merge.recorded)
    told = {"original": merge.original, "published": published}
    if connection.execute(select(stories.c.id).where(stories.c.id == merge.id)).first() is None:
        connection.execute(insert(stories).values(id=merge.id, updated=published, **told))
    else:
        connection.execute(update(stories).where(stories.c.id == merge.id).values(told))
    connection.execute(update(articles).where(of_story).values(story=merge.id))
    for story in left:
        if connection.execute(select(articles.c.id).where(articles.c.story == story).limit(1)).first() is None:
            connection.execute(delete(stories).where(stories.c.id == story))
    touch(connection, merge.id, *left)


def _touch_story_of(connection: Connection, article: UUID) -> None:
    story = connection.execute(select(articles.c.story).where(articles.c.id == article)).scalar()
    if story is not None:
        touch(connection, story)
