"""Whether a job failed because the database went away: no fault of its own, and over when the database is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import InterfaceError, OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterator

_GONE = ("08", "57P")
"""SQLSTATEs of connections that can't be made or were ended by the server; a dead one has none."""


def went_away(error: BaseException) -> bool:
    """Whether a connection that broke is what an error began with."""
    return any(isinstance(one, (OperationalError, InterfaceError)) and _is_gone(one) for one in _behind(error))


def _is_gone(error: OperationalError | InterfaceError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(_GONE)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
