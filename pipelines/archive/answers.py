"""What servers answered last: validators for conditional requests, the lists they stand for, robots.txt, pauses.

Each function works within its caller's transaction.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from items.run import Answer
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import answers, articles, pauses, robots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Table

TRUSTED = timedelta(days=1)
"""How long validators are used: some servers say "not modified" of what was, so each list is read whole once a day."""

QUIET = 10
"""What has not changed for so long, or brings something new only so often, is left alone for a tenth of that."""

LONGEST = timedelta(days=1)
"""No list is left alone for longer, whatever its server or its rhythm says, unless the operator says so."""

_LATELY = 20
"""Articles of a site by which its rhythm is known."""

_ROBOTS_HOLD = timedelta(days=1)
_ROBOTS_HOLD_IN_NEED = timedelta(days=30)


def recall(connection: Connection, url: str) -> Answer | None:
    """What a URL last answered with a body: without validators where they can't serve, no capture if that is old."""
    row = connection.execute(select(answers).where(answers.c.url == url)).first()
    if row is None:
        return None
    yesterday = timestamp(datetime.now(UTC) - TRUSTED)
    known = Answer(url, content_type=row.content_type, digest=row.digest)
    if row.fetched >= yesterday:
        known.etag, known.modified = row.etag, row.modified
        known.body = None if row.body is None else zlib.decompress(row.body)
    if row.captured is not None and row.captured >= yesterday:
        known.payload, known.captured = row.payload, datetime.fromisoformat(row.captured)
    return known


def rhythm(connection: Connection, site: str) -> timedelta:
    """How much time passes between two articles of a site, as runs first saw them lately; none where it is not known.

    What a first run found is there all at once, so a rhythm comes to light by and by.
    """
    seen = select(articles.c.first_seen).where(articles.c.site == site)
    lately = [*connection.execute(seen.order_by(articles.c.first_seen.desc()).limit(_LATELY)).scalars()]
    if len(lately) < _LATELY:
        return timedelta(0)
    return (datetime.fromisoformat(lately[0]) - datetime.fromisoformat(lately[-1])) / (_LATELY - 1)


def remember(
    connection: Connection, answer: Answer, *, beat: timedelta = timedelta(0), longest: timedelta = LONGEST
) -> None:
    """Write down what a URL answered, and when to ask it again.

    Args:
        connection: a writing transaction.
        answer: what it answered.
        beat: the rhythm of its site.
        longest: for how long it is left alone at most.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    before = connection.execute(select(answers).where(answers.c.url == answer.url)).first()
    changed = now
    if before is not None and (answer.not_modified or before.digest == answer.digest):
        changed = datetime.fromisoformat(before.changed)
    rest = min(max((now - changed) / QUIET, beat / QUIET, timedelta(seconds=answer.fresh_for)), longest)
    times = {"changed": timestamp(changed), "next_check": timestamp(now + rest)}
    if answer.not_modified:
        connection.execute(update(answers).where(answers.c.url == answer.url).values(times))
        return
    row: dict[str, object] = {
        "url": answer.url,
        "etag": answer.etag,
        "modified": answer.modified,
        "content_type": answer.content_type,
        "body": None if answer.body is None else zlib.compress(answer.body),
        "digest": answer.digest,
        "payload": answer.payload,
        "captured": answer.captured and timestamp(answer.captured),
        "fetched": timestamp(now),
    }
    _replace(connection, answers, "url", row | times)


def rests_until(connection: Connection, url: str) -> datetime | None:
    """Until when a list is best left alone; None when it is time to look at it."""
    until = connection.execute(select(answers.c.next_check).where(answers.c.url == url)).scalar()
    if until is None or until <= timestamp():
        return None
    return datetime.fromisoformat(until)


def read_robots(connection: Connection, origin: str, *, though_old: bool = False) -> bytes | None:
    """The robots.txt of an origin as it was read within the last day; in need, within the last 30 days."""
    hold = _ROBOTS_HOLD_IN_NEED if though_old else _ROBOTS_HOLD
    row = select(robots.c.body).where(robots.c.origin == origin, robots.c.fetched > timestamp(datetime.now(UTC) - hold))
    return connection.execute(row).scalar()


def keep_robots(connection: Connection, origin: str, body: bytes) -> None:
    """Write down what an origin's robots.txt says; b"" for one that isn't there."""
    _replace(connection, robots, "origin", {"origin": origin, "body": body, "fetched": timestamp()})


def paused_until(connection: Connection, domain: str) -> datetime | None:
    """Until when a domain's server wants to be left alone; None when it doesn't."""
    until = connection.execute(select(pauses.c.until).where(pauses.c.domain == domain)).scalar()
    return datetime.fromisoformat(until) if until is not None and until > timestamp() else None


def pause(connection: Connection, domain: str, until: datetime) -> None:
    """Leave a domain alone until then."""
    _replace(connection, pauses, "domain", {"domain": domain, "until": timestamp(until)})


def _replace(connection: Connection, table: Table, key: str, row: Mapping[str, object]) -> None:
    connection.execute(delete(table).where(table.c[key] == row[key]))
    connection.execute(insert(table), row)
