"""Taking an answer out of its capture again."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from items.errors import ArchiveError

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.archive.captures.index import Indexed


@dataclass(frozen=True, slots=True)
class Captured:
    """An answer as it once came.

    Attributes:
        url: that answered, after redirects.
        at: when; UTC.
        status: the HTTP status.
        headers: names and values as they came, without Content-Encoding and Content-Length.
        body: decompressed.
    """

    url: str
    at: datetime
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def opened(packed: bytes, entry: Indexed) -> Captured:
    """An answer out of its gzip member.

    Raises:
        ArchiveError: it is broken.
    """
    try:
        record = next(ArchiveIterator(BytesIO(packed)))
        body, came = record.content_stream().read(), record.http_headers.headers
    except (ArchiveLoadFailed, StopIteration, EOFError, AttributeError) as error:
        raise ArchiveError(f"{entry.file}: no capture can be read at {entry.offset}: {error}") from None
    gone = ("content-encoding", "content-length")
    headers = [(name, value) for name, value in came if name.lower() not in gone]
    return Captured(entry.url, entry.moment, entry.status, headers, body)
