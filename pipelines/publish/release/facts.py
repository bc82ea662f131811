"""Checking the lines of a release: each against the schema, and all of them against one another."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import jsonschema_rs
import orjson

from items.schema import schema_of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODELS = {"article": "Record", "tombstone": "Tombstone", "merge": "Merge", "redaction": "Redaction"}
_WITHDRAWN = frozenset({"legal", "privacy"})


class FactChecker:
    """Reads facts in the order in which they were recorded and says what can't be.

    What is remembered of an article, the number of its last version, lies in a temporary database that uses the disk
    once it is large: a release may hold more articles than the memory.
    """

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA cache_size = -32768",
            "CREATE TABLE versions (id BLOB PRIMARY KEY, version INTEGER) WITHOUT ROWID",
            "CREATE TABLE redacted (id BLOB, at TEXT, PRIMARY KEY (id, at)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._seen.execute(statement)
        self._day = self._last = ""

    def begin(self, day: str) -> None:
        """Go on with the partition of a day, such as `2026-11-22`."""
        self._day, self._last = day, ""

    def check(self, line: bytes) -> tuple[str, str | None]:
        """The type of a line, and what is wrong with it, if anything."""
        try:
            fact = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            return "unknown", f"is no JSON: {error}"
        kind = fact.get("type") if isinstance(fact, dict) else None
        if not isinstance(kind, str) or kind not in _MODELS:
            return "unknown", f"is no fact of this schema: its type is {kind!r}"
        validator = _validator(_MODELS[kind])
        if not validator.is_valid(fact):
            return kind, f"is no {kind} of this schema: {_first_fault(validator, fact)}"
        return kind, self._misplaced(fact["recorded"]) or self._contradicts(kind, fact)

    def unexplained(self) -> Iterator[str]:
        """Once all is read: redactions that no tombstone speaks of."""
        for (article,) in self._seen.execute("SELECT id FROM redacted ORDER BY id"):
            yield f"a redaction of {UUID(bytes=article)}, which no tombstone explains"

    def close(self) -> None:
        """Forget everything."""
        self._seen.close()

    def _misplaced(self, recorded: str) -> str | None:
        last, self._last = self._last, recorded
        if not recorded.startswith(self._day):
            return f"was recorded at {recorded}, on another day"
        return f"was recorded at {recorded}, before the line above it" if recorded < last else None

    def _contradicts(self, kind: str, fact: dict[str, Any]) -> str | None:
        """What the fact says that can't follow those before it."""
        if kind == "merge":
            return None if fact["original"] in fact["articles"] else "a merge whose original is none of its articles"
        article, version = UUID(fact["id"]).bytes, fact["version"]
        row = self._seen.execute("SELECT version FROM versions WHERE id = ?", (article,)).fetchone()
        known: int = row[0] if row else 0
        self._seen.execute("INSERT OR REPLACE INTO versions VALUES (?, ?)", (article, version))
        if kind == "redaction":
            self._seen.execute("INSERT OR IGNORE INTO redacted VALUES (?, ?)", (article, fact["redacted"]))
        elif kind == "tombstone":
            if known == 0:
                return f"a tombstone for {fact['id']}, which no article before it has"
            if fact["reason"] in _WITHDRAWN:
                self._seen.execute("DELETE FROM redacted WHERE id = ? AND at = ?", (article, fact["recorded"]))
        if version != known + 1:
            return f"version {version} of {fact['id']} follows version {known}"
        return None


@cache
def _validator(model: str) -> Any:
    return jsonschema_rs.validator_for(schema_of_type(model), validate_formats=True)


def _first_fault(validator: Any, fact: dict[str, Any]) -> str:
    error = next(iter(validator.iter_errors(fact)))
    where = ".".join(str(part) for part in error.instance_path)
    message = str(error.message)
    return f"{where}: {message[:200]}" if where else message[:200]
