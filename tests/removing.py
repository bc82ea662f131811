"""What tests of removals share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pipelines.archive.articles import remove
from pipelines.archive.tables import addresses

if TYPE_CHECKING:
    from sqlalchemy import Connection


def take_down(connection: Connection, url: str) -> None:
    """Remove the article that a URL leads to, as a run does that believes it gone."""
    remove(connection, connection.execute(select(addresses.c.article).where(addresses.c.url == url)).scalar_one())
