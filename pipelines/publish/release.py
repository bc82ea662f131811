"""The release: what archivists download. Daily partitions of JSON Lines, monthly manifests, and an index written last.

A partition holds what was recorded on one UTC day. Today's is open: it only ever grows, by whole gzip members.
Once its day is over it is written in its final form under its final name, and never touched again.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import func, select

from items.article import canonical_json
from items.schema import SCHEMA_NAME, record_schema
from pipelines.archive.tables import records
from pipelines.publish.entry import summary_of
from pipelines.publish.gzip_members import members
from pipelines.publish.release_texts import README, RIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder

ROOT = "archive"


@dataclass(frozen=True, slots=True)
class Partition:
    """One file of facts, as a manifest lists it."""

    path: str
    """Below the release's root."""
    state: str
    """`open` or `closed`."""
    bytes: int
    sha256: str
    raw_bytes: int
    raw_sha256: str
    """Size and digest of the JSON Lines inside."""
    records: int
    articles: int
    tombstones: int
    merges: int
    first_recorded: str
    last_recorded: str


def publish_release(
    connection: Connection, folder: PublicFolder, *, base_url: str, now: datetime | None = None
) -> None:
    """Bring the release up to the archive's newest record.

    Args:
        connection: a reading transaction of the archive.
        folder: the published folder.
        base_url: where the published folder is served, ending in a slash.
        now: decides which day is open (default: the clock's).
    """
    today = (now or datetime.now(UTC)).astimezone(UTC).date()
    released = _released(folder)
    months: dict[str, list[Partition]] = {}
    outdated = []
    for day in _days(connection):
        partition = _partition(connection, folder, day, released, closed=day < today)
        months.setdefault(f"{day:%Y/%m}", []).append(partition)
        if partition.state == "closed":
            outdated.append(_path(day, closed=False))
    if not months:
        return
    folder.write(f"{ROOT}/schema/{SCHEMA_NAME}", _pretty(record_schema()))
    folder.write(f"{ROOT}/README.txt", README.format(base_url=f"{base_url}{ROOT}/").encode())
    folder.write(f"{ROOT}/RIGHTS.txt", RIGHTS.encode())
    listed = [_write_manifest(folder, month, partitions) for month, partitions in months.items()]
    everything = [p for partitions in months.values() for p in partitions]
    sums = "".join(f"{p.sha256}  {p.path}\n" for p in everything if p.state == "closed")
    folder.write(f"{ROOT}/SHA256SUMS", sums.encode())
    folder.write(f"{ROOT}/datapackage.json", _pretty(_datapackage(everything)))
    _write_index(folder, base_url, listed, everything)
    for path in outdated:  # only now: until the index was replaced it named them
        folder.remove(f"{ROOT}/{path}")


def _released(folder: PublicFolder) -> dict[str, Partition]:
    """The partitions of the release as it stands, by path; those whose file is gone are left out."""
    index = orjson.loads(folder.read(f"{ROOT}/index.json") or b'{"months":[]}')
    found = {}
    for month in index["months"]:
        manifest = orjson.loads(folder.read(f"{ROOT}/{month['manifest']}") or b'{"partitions":[]}')
        for entry in manifest["partitions"]:
            file = folder.root / ROOT / entry["path"]
            if file.exists() and file.stat().st_size == entry["bytes"]:
                found[entry["path"]] = Partition(**entry)
    return found


def _days(connection: Connection) -> Iterator[date]:
    """The days on which something was recorded, found by leaps along the index."""
    after = ""
    while first := connection.execute(select(func.min(records.c.recorded)).where(records.c.recorded >= after)).scalar():
        day = date.fromisoformat(first[:10])
        yield day
        after = (day + timedelta(days=1)).isoformat()


def _path(day: date, *, closed: bool) -> str:
    return f"articles/{day:%Y/%m}/articles-{day.isoformat()}{'' if closed else '.open'}.jsonl.gz"


def _partition(
    connection: Connection, folder: PublicFolder, day: date, released: dict[str, Partition], *, closed: bool
) -> Partition:
    path = _path(day, closed=closed)
    there = released.get(path)
    if there is not None and (closed or there.records == _count(connection, day)):
        return there
    writer = _PartitionWriter(path, "closed" if closed else "open")
    done = 0
    kept: list[bytes] = []
    if not closed and (grown := folder.read(f"{ROOT}/{path}")) is not None:
        done = writer.take(grown)
        kept = [grown] if done else []
    folder.replace(f"{ROOT}/{path}", [*kept, *writer.add(_lines(connection, day, skip=done))])
    return writer.partition()


def _count(connection: Connection, day: date) -> int:
    return connection.execute(select(func.count()).select_from(records).where(*_on(day))).scalar_one()


def _on(day: date) -> tuple[Any, Any]:
    return records.c.recorded >= day.isoformat(), records.c.recorded < (day + timedelta(days=1)).isoformat()


def _lines(connection: Connection, day: date, *, skip: int) -> Iterator[bytes]:
    query = select(records.c.type, records.c.line).where(*_on(day)).order_by(records.c.seq).offset(skip)
    for row in connection.execution_options(yield_per=500).execute(query):
        yield public_line(row.line) if row.type == "article" else row.line


def public_line(line: bytes) -> bytes:
    """A record as it may be published: whole, or without text and images where the site's rights policy says so."""
    record = orjson.loads(line)
    policy = record["rights"]["policy"]
    if policy == "full":
        return line
    summary = summary_of(record["summary"] or record["text"], policy)
    return canonical_json(record | {"text": None, "html": None, "images": [], "attachments": [], "summary": summary})


class _PartitionWriter:
    """Counts and digests a partition while its members pass through."""

    def __init__(self, path: str, state: str) -> None:
        self._path, self._state = path, state
        self._packed, self._raw = hashlib.sha256(), hashlib.sha256()
        self._bytes = self._raw_bytes = 0
        self._types = {"article": 0, "tombstone": 0, "merge": 0}
        self._first: str | None = None
        self._last = ""

    def take(self, packed: bytes) -> int:
        """Begin with the members of a file that is there, and say how many records they hold; 0 if it is broken."""
        try:
            raw = _unpack(packed)
        except zlib.error:
            return 0
        self._count(raw, packed)
        return sum(self._types.values())

    def add(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        """The members of more records."""
        for raw, packed in members(lines):
            self._count(raw, packed)
            yield packed

    def partition(self) -> Partition:
        """What the manifest says of the file."""
        return Partition(
            path=self._path,
            state=self._state,
            bytes=self._bytes,
            sha256=self._packed.hexdigest(),
            raw_bytes=self._raw_bytes,
            raw_sha256=self._raw.hexdigest(),
            records=sum(self._types.values()),
            articles=self._types["article"],
            tombstones=self._types["tombstone"],
            merges=self._types["merge"],
            first_recorded=self._first or "",
            last_recorded=self._last,
        )

    def _count(self, raw: bytes, packed: bytes) -> None:
        self._packed.update(packed)
        self._raw.update(raw)
        self._bytes += len(packed)
        self._raw_bytes += len(raw)
        for line in raw.splitlines():
            fact = orjson.loads(line)
            self._types[fact["type"]] += 1
            self._first = self._first or fact["recorded"]
            self._last = fact["recorded"]


def _unpack(packed: bytes) -> bytes:
    parts = []
    while packed:
        inflate = zlib.decompressobj(wbits=31)
        parts.append(inflate.decompress(packed))
        if not inflate.eof:
            raise zlib.error("the last member is not whole")
        packed = inflate.unused_data
    return b"".join(parts)


def _write_manifest(folder: PublicFolder, month: str, partitions: list[Partition]) -> dict[str, Any]:
    manifest = _pretty({"schema": 1, "month": month.replace("/", "-"), "partitions": [_as_dict(p) for p in partitions]})
    path = f"articles/{month}/manifest.json"
    folder.write(f"{ROOT}/{path}", manifest)
    return {
        "month": month.replace("/", "-"),
        "manifest": path,
        "sha256": hashlib.sha256(manifest).hexdigest(),
        "records": sum(p.records for p in partitions),
    }


def _write_index(folder: PublicFolder, base_url: str, months: list[dict[str, Any]], all_: list[Partition]) -> None:
    """Write the index, chained to the one before it, if it says anything new."""
    index = {
        "schema": 1,
        "generator": "newsloom",
        "base_url": f"{base_url}{ROOT}/",
        "record_schema": f"schema/{SCHEMA_NAME}",
        "rights": "RIGHTS.txt",
        "months": months,
        "open": next((p.path for p in all_ if p.state == "open"), None),
        "records": sum(p.records for p in all_),
        "articles": sum(p.articles for p in all_),
        "tombstones": sum(p.tombstones for p in all_),
        "merges": sum(p.merges for p in all_),
    }
    former = folder.read(f"{ROOT}/index.json")
    if former is not None:
        before = orjson.loads(former)
        before.pop("previous", None)
        if before == index:
            return
    previous = None if former is None else hashlib.sha256(former).hexdigest()
    folder.write(f"{ROOT}/index.json", _pretty(index | {"previous": previous}))


def _datapackage(partitions: list[Partition]) -> dict[str, Any]:
    """The same facts for Frictionless tools (Data Package 2.0)."""
    resources = [
        {
            "name": p.path.rsplit("/", 1)[1].removesuffix(".jsonl.gz").replace(".", "-"),
            "path": p.path,
            "format": "jsonl",
            "compression": "gz",
            "mediatype": "application/gzip",
            "encoding": "utf-8",
            "bytes": p.bytes,
            "hash": f"sha256:{p.sha256}",
        }
        for p in partitions
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "newsloom-archive",
        "resources": resources,
    }


def _as_dict(partition: Partition) -> dict[str, Any]:
    return {name: getattr(partition, name) for name in Partition.__slots__}


def _pretty(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
