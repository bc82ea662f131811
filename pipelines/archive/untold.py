"""Stories that changed since the feeds were last told of them.

Whoever changes what a story shows (its articles, its original, its text, its links to other stories) says so here, in
the same transaction. So no change is missed however many writers there are, and telling costs what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from pipelines.archive.tables import stories, untold

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def touch(connection: Connection, *changed: UUID) -> None:
    """Note that these stories show something new, or are no more."""
    connection.execute(insert(untold), [{"story": story} for story in changed])


def touch_all(connection: Connection) -> None:
    """Note that every story is to be looked at again."""
    connection.execute(delete(untold))
    connection.execute(insert(untold).from_select(["story"], select(stories.c.id)))
