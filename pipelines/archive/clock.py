"""The archive's clock: it never runs backwards, whatever the machine's does, and one writer at a time reads it.

A release is cut by the day on which a record was written. So a record may not be written into a day that a release has
closed: not when the machine's clock is set back, not by a second writer whose clock is slow, nor by one that took its
time at five to midnight and is done at five past.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, select, update

from pipelines.archive.archive import timestamp
from pipelines.archive.tables import clock, records

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, Connection


_SAID: BindParameter[str] = bindparam("said")
_LATER = update(clock).values(at=case((clock.c.at < _SAID, _SAID), else_=clock.c.at)).returning(clock.c.at)


def tick(connection: Connection, now: datetime | None = None) -> datetime:
    """What time it is: the given moment (default: the machine's clock's), but never earlier than was said before.

    From here until the transaction ends no other writer gets past its own `tick`: what it then reads, it reads
    complete.

    Args:
        connection: a writing transaction of the archive.
        now: UTC; fractions of a second are cut off.
    """
    at = connection.execute(_LATER, {"said": timestamp(now)}).scalar_one()
    return datetime.fromisoformat(at).astimezone(UTC)


def set_forward(connection: Connection, recorded: str) -> bool:
    """Let a fact be written that another archive recorded, as long as that is in no day that is over here.

    Args:
        connection: a writing transaction of the archive.
        recorded: when it was, as the archive writes times.

    Returns:
        Whether it may: not when its day is over here, or a newer record is here already.
    """
    at = connection.execute(select(clock.c.at).with_for_update()).scalar_one()
    newest = connection.execute(select(func.max(records.c.recorded))).scalar() or ""
    if recorded[:10] < at[:10] or recorded < newest:
        return False
    if recorded > at:
        connection.execute(update(clock).values(at=recorded))
    return True
