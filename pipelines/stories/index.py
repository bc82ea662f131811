"""The index of sketches in the archive: which articles share passages with a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from pipelines.archive.tables import sketches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_FULL = 30
"""Articles that one key leads to at most: what more share is a house style, and says nothing of a story."""

_FEWEST, _SMALLEST_SHARE = 2, 0.08
"""Keys of a sketch that must be shared, as a number and as a share of it: fewer are met by chance."""

_MOST = 12
"""Candidates that are compared at most."""

_LOOK = select(sketches.c.key, sketches.c.seq).where(sketches.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Found:
    """What a look into the index gave.

    Attributes:
        candidates: numbers of the records that share most, those that share most first, the newest of equals first.
        room: keys that have room for another article.
    """

    candidates: list[int]
    room: list[int]


def look(connection: Connection, keys: Sequence[int]) -> Found:
    """Which records share keys of a sketch. Reads a bounded number of rows, however many articles there are."""
    if not keys:
        return Found([], [])
    by_key: dict[int, list[int]] = {key: [] for key in keys}
    for key, seq in connection.execute(_LOOK, {"keys": list(by_key)}):
        by_key[key].append(seq)
    room = [key for key, there in by_key.items() if len(there) < _FULL]
    shared = Counter(seq for key in room for seq in by_key[key])
    least = max(_FEWEST, _SMALLEST_SHARE * len(keys))
    enough = sorted(((count, seq) for seq, count in shared.items() if count >= least), reverse=True)
    return Found([seq for _, seq in enough[:_MOST]], room)


def write(connection: Connection, seq: int, keys: Sequence[int]) -> None:
    """Let a record be found by keys that have room."""
    if keys:
        connection.execute(insert(sketches), [{"key": key, "seq": seq} for key in keys])


def holds(connection: Connection, seq: int, keys: Sequence[int]) -> bool:
    """Whether a record is found by any of some keys."""
    written = select(sketches.c.key).where(sketches.c.key.in_(keys), sketches.c.seq == seq).limit(1)
    return connection.execute(written).first() is not None


def erase(connection: Connection, seq: int, keys: Sequence[int]) -> None:
    """Let a record be found no more by the keys of its sketch."""
    if keys:
        connection.execute(delete(sketches).where(sketches.c.key.in_(keys), sketches.c.seq == seq))
