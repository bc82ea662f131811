"""The index of words: which record has which. It follows the records, and can be made anew from them at any time.

SQLite keeps it in an FTS5 table without contents, PostgreSQL in a column of `tsvector` with a GIN index. Both only
store and find tokens; what a token is, `words` alone decides, so both find the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select, text, update

from pipelines.archive.search.words import tokens
from pipelines.archive.tables import records, searchable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipelines.archive.archive import Archive

_BATCH = 500
"""Records that are indexed in one transaction, so that other writers get their turn."""

_INSERT = {
    "sqlite": "INSERT INTO search_words (rowid, words) VALUES (:seq, :words)",
    "postgresql": """
        INSERT INTO search_words (seq, words) VALUES (:seq, array_to_tsvector(string_to_array(:words, ' ')))
        """,
}
_DELETE = {
    "sqlite": "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', :seq, :words)",
    "postgresql": "DELETE FROM search_words WHERE seq = :seq",
}


def bring_up_to_date(archive: Archive) -> int:
    """Index every record that is not indexed yet; say how many there were."""
    done = 0
    while count := _next_batch(archive):
        done += count
    return done


def forget(connection: Connection, seq: int, line: bytes) -> None:
    """Take a record out of the index, before its line is changed.

    Args:
        connection: a writing transaction of the archive.
        seq: the record's number.
        line: what it says, and was indexed by.
    """
    reached = connection.execute(select(searchable.c.seq).with_for_update()).scalar_one()
    if seq <= reached:
        connection.execute(text(_DELETE[connection.dialect.name]), {"seq": seq, "words": words_of(line)})


def words_of(line: bytes) -> str:
    """The tokens of an article's record, with spaces between."""
    record = orjson.loads(line)
    return " ".join(tokens(texts_of(record)))


def texts_of(record: dict[str, Any]) -> list[str]:
    """What is searched of a record: its title, its text, the names that it credits."""
    source = record.get("source") or {}
    texts = [record.get("title"), record.get("text"), source.get("name"), source.get("republished_from")]
    return [said for said in texts if said]


def _next_batch(archive: Archive) -> int:
    with archive.writing() as connection:
        reached = connection.execute(select(searchable.c.seq).with_for_update()).scalar_one()
        query = select(records.c.seq, records.c.type, records.c.line).where(records.c.seq > reached)
        rows = connection.execute(query.order_by(records.c.seq).limit(_BATCH)).all()
        new = [{"seq": row.seq, "words": words_of(row.line)} for row in rows if row.type == "article"]
        if new:
            connection.execute(text(_INSERT[connection.dialect.name]), new)
        if rows:
            connection.execute(update(searchable).values(seq=rows[-1].seq))
    return len(rows)
