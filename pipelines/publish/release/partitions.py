"""Writing one partition: its lines out of the archive, its bytes, and what the manifest says of them."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from items.article import canonical_json
from pipelines.publish.entry import summary_of
from pipelines.publish.release.gzip_members import RECORDS_A_MEMBER, lines, member, unpacked
from pipelines.publish.release.layout import Partition, Replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_FULL = re.compile(rb'"rights":\{[^{}"]*(?:"(?:noindex|paywalled)":(?:true|false),)*"policy":"full"[^{}]*\}')
"""A record that may be published as it is. In no string can these bytes occur: there the quotes are escaped."""


class Line(NamedTuple):
    """A line of the archive, and what is counted of it."""

    type: str
    recorded: str
    content: bytes


def public_line(line: bytes) -> bytes:
    """A record as it may be published: whole, or without text and images where the site's rights policy says so."""
    if _FULL.search(line):
        return line
    record = orjson.loads(line)
    policy = record.get("rights", {}).get("policy", "full")
    if policy == "full":
        return line
    summary = summary_of(record.get("summary") or record.get("text"), policy)
    hidden: dict[str, Any] = {"text": None, "html": None, "images": [], "attachments": [], "summary": summary}
    return canonical_json(record | hidden)


class PartitionWriter:
    """Counts and digests a partition while its members pass through."""

    def __init__(self, path: str, state: Literal["open", "closed"]) -> None:
        self._path: str = path
        self._state = state
        self._packed, self._raw = hashlib.sha256(), hashlib.sha256()
        self._bytes = self._raw_bytes = 0
        self._types: Counter[str] = Counter()
        self._first: str | None = None
        self._last = ""

    def take(self, file: Path, expected: Iterator[Line]) -> bool:
        """Begin with the members of a file that is there, and pass over the lines that it holds.

        Returns:
            Whether the file is whole and begins as the expected lines do; if not, begin anew with another writer.
        """
        try:
            for content in lines(unpacked(self._passing(file))):
                line = next(expected, None)
                if line is None or line.content != content[:-1]:
                    return False
                self._count(line)
        except (EOFError, ValueError, zlib.error, OSError):
            return False
        return True

    def add(self, more: Iterator[Line]) -> Iterator[bytes]:
        """The members of more lines."""
        while group := list(islice(more, RECORDS_A_MEMBER)):
            for line in group:
                self._count(line)
            packed = member(b"".join(line.content + b"\n" for line in group))
            self._packed.update(packed)
            self._bytes += len(packed)
            yield packed

    def partition(self, *, revision: int, replaces: list[Replaced]) -> Partition:
        """What the manifest says of the file."""
        return Partition(
            path=self._path,
            state=self._state,
            bytes=self._bytes,
            sha256=self._packed.hexdigest(),
            raw_bytes=self._raw_bytes,
            raw_sha256=self._raw.hexdigest(),
            records=self._types.total(),
            articles=self._types["article"],
            tombstones=self._types["tombstone"],
            merges=self._types["merge"],
            redactions=self._types["redaction"],
            first_recorded=self._first or "",
            last_recorded=self._last,
            revision=revision,
            replaces=replaces,
        )

    def _passing(self, file: Path) -> Iterator[bytes]:
        for chunk in chunks_of(file):
            self._packed.update(chunk)
            self._bytes += len(chunk)
            yield chunk

    def _count(self, line: Line) -> None:
        self._raw.update(line.content)
        self._raw.update(b"\n")
        self._raw_bytes += len(line.content) + 1
        self._types[line.type] += 1
        self._first = self._first or line.recorded
        self._last = line.recorded


def chunks_of(file: Path) -> Iterator[bytes]:
    """A file's bytes, a piece at a time.

    Raises:
        OSError: it can't be read.
    """
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def as_published(rows: Iterable[Any]) -> Iterator[Line]:
    """Rows of the records as lines that may be published."""
    for row in rows:
        yield Line(row.type, row.recorded, public_line(row.line) if row.type == "article" else row.line)
