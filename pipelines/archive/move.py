"""Carrying an archive into another database, whole or not at all, and proving that it arrived."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from items.errors import ArchiveError
from pipelines.archive.search import bring_up_to_date
from pipelines.archive.tables import clock, metadata, searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Row, Table

    from pipelines.archive.archive import Archive

_AT_ONCE = 500
"""Rows that are held in memory."""

_NOT_CARRIED = frozenset({searchable.name})
"""The index of words is each database's own kind: it is made anew from the records."""


@dataclass(slots=True)
class Moved:
    """A table as it arrived.

    Attributes:
        table: its name.
        rows: how many it has.
        digest: of its rows, in whatever order they stand.
    """

    table: str
    rows: int = 0
    _sum: int = field(default=0, repr=False)

    @property
    def digest(self) -> str:
        """Equal for equal rows: the sum of their SHA-256, in hexadecimal."""
        return f"{self._sum:064x}"

    def count(self, row: Row[Any]) -> None:
        """Take a row into count and digest."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest())) % (1 << 256)


def move(source: Archive, target: Archive, said: Callable[[Moved], None] = lambda _: None) -> list[Moved]:
    """Carry every table, in one transaction of the target, and read it back there before that is kept.

    Args:
        source: read in one state of it; it stays as it is.
        target: holds nothing yet.
        said: told of each table that has arrived.

    Raises:
        ArchiveError: the target holds something, takes a row in no form, or gives another than it was given; it then
            holds nothing.
    """
    tables = [table for table in metadata.sorted_tables if table.name not in _NOT_CARRIED]
    arrived = []
    with source.reading() as reading, target.writing() as writing:
        _refuse_what_is_there(writing, tables)
        writing.execute(delete(clock))
        for table in tables:
            try:
                moved = _carry(reading, writing, table)
            except SQLAlchemyError as error:
                reason = str(getattr(error, "orig", None) or error).splitlines()[0]
                raise ArchiveError(f"table {table.name} can't be carried: {reason}; nothing was moved") from None
            arrived.append(moved)
            said(moved)
    bring_up_to_date(target)
    return arrived


def _refuse_what_is_there(writing: Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        if table is not clock and writing.execute(select(table).limit(1)).first() is not None:
            raise ArchiveError(f"the target is in use: its table {table.name} holds rows; give an empty database")


def _carry(reading: Connection, writing: Connection, table: Table) -> Moved:
    sent, there = Moved(table.name), Moved(table.name)
    for some in _parts(reading, table):
        for row in some:
            sent.count(row)
        writing.execute(insert(table), [row._asdict() for row in some])
    for some in _parts(writing, table):
        for row in some:
            there.count(row)
    if there != sent:
        raise ArchiveError(f"table {table.name} did not arrive as it was sent; nothing was moved")
    _number_on(writing, table)
    return there


def _parts(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    return connection.execute(select(table).execution_options(yield_per=_AT_ONCE)).partitions()


def _number_on(writing: Connection, table: Table) -> None:
    """Let the numbers that a database gives go on behind those that were carried; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or writing.dialect.name != "postgresql":
        return
    largest = writing.execute(select(func.max(column))).scalar()
    if largest is not None:
        says = text("SELECT setval(pg_get_serial_sequence(:table, :column), :largest)")
        writing.execute(says, {"table": table.name, "column": column.name, "largest": largest})
