"""Writing facts: the records that everything else in the archive is looked up from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from items.article import Fact, Merge
from pipelines.archive.archive import timestamp
from pipelines.archive.clock import tick
from pipelines.archive.tables import records

if TYPE_CHECKING:
    from sqlalchemy import Connection


_APPEND = insert(records).returning(records.c.seq)


def append_fact(connection: Connection, fact: Fact) -> int:
    """Write a fact at the end of the records, by the archive's clock, and return its number."""
    fact.recorded = tick(connection, fact.recorded)
    row = {
        "recorded": timestamp(fact.recorded),
        "type": fact.type,
        "subject": fact.id,
        "version": None if isinstance(fact, Merge) else fact.version,
        "line": fact.json_line(),
    }
    return int(connection.execute(_APPEND, row).scalar_one())
