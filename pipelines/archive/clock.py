"""The archive's clock: it never runs backwards, whatever the machine's does, and one writer at a time reads it.

A release is cut by the day on which a record was written. So a record may not be written into a day that a release has
closed: not when the machine's clock is set back, not by a second writer whose clock is slow, nor by one that took its
time at five to midnight and is done at five past.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, update

from pipelines.archive.archive import timestamp
from pipelines.archive.tables import clock

if TYPE_CHECKING:
    from sqlalchemy import Connection


def tick(connection: Connection, now: datetime | None = None) -> datetime:
    """What time it is: the given moment (default: the machine's clock's), but never earlier than was said before.

    From here until the transaction ends no other writer gets past its own `tick`: what it then reads, it reads
    complete.

    Args:
        connection: a writing transaction of the archive.
        now: UTC; fractions of a second are cut off.
    """
    said = timestamp(now)
    later = update(clock).values(at=case((clock.c.at < said, said), else_=clock.c.at)).returning(clock.c.at)
    return datetime.fromisoformat(connection.execute(later).scalar_one()).astimezone(UTC)
