"""Pages that were fetched and whose article can't be kept yet: a run that goes on after a dead one takes them up."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import delete, insert, select

from items.run import Held
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import held

if TYPE_CHECKING:
    from sqlalchemy import Connection

_HOLDS = timedelta(days=1)
"""How long a page is taken for what its server would still say."""


def hold(connection: Connection, page: Held) -> None:
    """Keep a page."""
    let_go(connection, page.site, page.listed, asked=page.asked)
    row = {"site": page.site, "asked": page.asked, "listed": page.listed, "at": timestamp(page.at)}
    connection.execute(insert(held), row | {"said": page.model_dump_json(), "body": zlib.compress(page.body)})


def held_of(connection: Connection, site: str) -> list[Held]:
    """The pages of a site."""
    rows = select(held.c.said, held.c.body).where(held.c.site == site, held.c.at > _oldest())
    return [
        Held.model_validate(orjson.loads(row.said) | {"body": zlib.decompress(row.body)})
        for row in connection.execute(rows)
    ]


def let_go(connection: Connection, site: str, listed: str, *, asked: str | None = None) -> None:
    """Drop the pages of an article, or one of them."""
    gone = delete(held).where(held.c.site == site, held.c.listed == listed)
    connection.execute(gone if asked is None else gone.where(held.c.asked == asked))


def drop_old(connection: Connection) -> None:
    """Drop pages that nobody took up."""
    connection.execute(delete(held).where(held.c.at <= _oldest()))


def _oldest() -> str:
    return timestamp(datetime.now(UTC) - _HOLDS)
