"""Writing the release: daily partitions of JSON Lines, monthly manifests, and an index written last.

A partition holds what was recorded on one UTC day. Today's is open: it only ever grows, by whole gzip members.
Once its day is over it is written in its final form under its final name, and never touched again. Only a redaction
has a day written anew, and then under another name.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import ValidationError
from sqlalchemy import func, select

from items.schema import SCHEMA_NAME, record_schema
from pipelines.archive.tables import records
from pipelines.publish.release.captures import RawLayer, publish_captures
from pipelines.publish.release.layout import (
    COUNTED,
    INDEX,
    ROOT,
    CaptureFile,
    CaptureManifest,
    Index,
    ListedFile,
    ListedMonth,
    Manifest,
    Partition,
    Replaced,
    day_of,
    dump,
    listing_schema,
    partition_path,
    pretty,
    same,
    write_manifest,
)
from pipelines.publish.release.partitions import Line, PartitionWriter, as_published, chunks_of
from pipelines.publish.release.texts import README, RIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder


def publish_release(
    connection: Connection,
    folder: PublicFolder,
    *,
    base_url: str,
    now: datetime | None = None,
    captures: RawLayer | None = None,
) -> None:
    """Bring the release up to the archive's newest record.

    Args:
        connection: a reading transaction of the archive.
        folder: the published folder.
        base_url: where the published folder is served, ending in a slash.
        now: decides which day is open (default: the clock's). The archive's clock must have said it (`tick`) before
            the transaction began: only then is every day before it complete.
        captures: what is published of the raw answers, if anything is.
    """
    today = (now or datetime.now(UTC)).astimezone(UTC).date()
    before = _published_before(folder)
    revisions = _revisions(connection)
    months: dict[str, list[Partition]] = defaultdict(list)
    outdated: list[str] = []
    for day in _days(connection):
        closed, revision = day < today, revisions.get(day, 0)
        former = before.get(day.isoformat())
        months[f"{day:%Y-%m}"].append(_partition(connection, folder, day, revision, former, closed=closed))
        outdated += _outdated(day, revision, closed=closed)
    if not months:
        return
    partitions = list(chain.from_iterable(months.values()))
    listed = [write_manifest(folder, "articles", Manifest(month=m, partitions=held)) for m, held in months.items()]
    raw_before = _captures_before(folder)
    raw = publish_captures(connection, folder, captures, raw_before, today)
    files = _write_files(folder, base_url, partitions)
    _write_index(folder, _index(base_url, listed, raw, files, partitions))
    outdated += _outdated_captures(folder, raw)
    for path in outdated:  # only now: until the index was replaced it named them
        folder.remove(f"{ROOT}/{path}")


def _published_before(folder: PublicFolder) -> dict[str, Partition]:
    """The partitions of the release as it stands, by day."""
    found: dict[str, Partition] = {}
    try:
        index = Index.model_validate(orjson.loads(folder.read(f"{ROOT}/{INDEX}") or b"{}"))
        for month in index.months:
            manifest = orjson.loads(folder.read(f"{ROOT}/{month.manifest}") or b"{}")
            found |= {day_of(p.path): p for p in Manifest.model_validate(manifest).partitions}
    except (ValidationError, orjson.JSONDecodeError):
        return found  # what can't be read is written anew
    return found


def _captures_before(folder: PublicFolder) -> list[CaptureFile]:
    """The raw layer of the release as it stands."""
    try:
        index = Index.model_validate(orjson.loads(folder.read(f"{ROOT}/{INDEX}") or b"{}"))
        return [file for month in index.captures for file in _captures_of(folder, month)]
    except (ValidationError, orjson.JSONDecodeError):
        return []


def _captures_of(folder: PublicFolder, month: ListedMonth) -> list[CaptureFile]:
    return CaptureManifest.model_validate(orjson.loads(folder.read(f"{ROOT}/{month.manifest}") or b"{}")).files


def _outdated_captures(folder: PublicFolder, raw: list[ListedMonth]) -> Iterator[str]:
    """Files of the raw layer that others have replaced."""
    for month in raw:
        for file in _captures_of(folder, month):
            for former in file.replaces:
                yield former.path
                yield former.path.removesuffix(".warc.gz") + ".cdxj"


def _days(connection: Connection) -> Iterator[date]:
    """The days on which something was recorded, found by leaps along the index."""
    after = ""
    while first := connection.execute(select(func.min(records.c.recorded)).where(records.c.recorded >= after)).scalar():
        day = date.fromisoformat(first[:10])
        yield day
        after = (day + timedelta(days=1)).isoformat()


def _revisions(connection: Connection) -> dict[date, int]:
    """How often lines of a day were redacted, for the days that have such lines: told by the lines themselves."""
    moments: dict[date, set[str]] = defaultdict(set)
    redacted = select(records.c.recorded, records.c.line).where(records.c.type == "redaction")
    for recorded, line in connection.execute(redacted):
        moments[date.fromisoformat(recorded[:10])].add(orjson.loads(line)["redacted"])
    return {day: len(times) for day, times in moments.items()}


def _outdated(day: date, revision: int, *, closed: bool) -> Iterator[str]:
    """Names that a day's file had before, and must not have any longer."""
    for former in range(revision + 1):
        if closed or former < revision:
            yield partition_path(day, revision=former, closed=False)
        if former < revision:
            yield partition_path(day, revision=former, closed=True)


def _partition(
    connection: Connection, folder: PublicFolder, day: date, revision: int, former: Partition | None, *, closed: bool
) -> Partition:
    """The partition of a day, written if it isn't there as it should be."""
    path = partition_path(day, revision=revision, closed=closed)
    file = folder.root / ROOT / path
    there = former if former is not None and former.path == path and _is_there(folder, former) else None
    if there is not None and (closed or there.records == _count(connection, day)):
        return there
    replaces = list(former.replaces) if former is not None else []
    if former is not None and former.revision < revision:
        replaces.append(Replaced(path=former.path, sha256=former.sha256))
    writer = PartitionWriter(path, "closed" if closed else "open")
    more = _lines(connection, day)
    if there is not None and writer.take(file, more):
        folder.replace(f"{ROOT}/{path}", chain(chunks_of(file), writer.add(more)))
    else:
        writer = PartitionWriter(path, "closed" if closed else "open")
        folder.replace(f"{ROOT}/{path}", writer.add(_lines(connection, day)))
    return writer.partition(revision=revision, replaces=replaces)


def _is_there(folder: PublicFolder, partition: Partition) -> bool:
    file = folder.root / ROOT / partition.path
    return file.is_file() and file.stat().st_size == partition.bytes


def _count(connection: Connection, day: date) -> int:
    return connection.execute(select(func.count()).select_from(records).where(*_on(day))).scalar_one()


def _on(day: date) -> tuple[Any, Any]:
    return records.c.recorded >= day.isoformat(), records.c.recorded < (day + timedelta(days=1)).isoformat()


def _lines(connection: Connection, day: date) -> Iterator[Line]:
    """The lines of a day, in the order in which they were recorded: along an index, so that nothing is sorted."""
    query = select(records.c.type, records.c.recorded, records.c.line).where(*_on(day))
    ordered = query.order_by(records.c.recorded, records.c.seq)
    return as_published(connection.execution_options(yield_per=500).execute(ordered))


def _write_files(folder: PublicFolder, base_url: str, partitions: Sequence[Partition]) -> list[ListedFile]:
    """Write what lies beside the partitions."""
    sums = "".join(f"{p.sha256}  {p.path}\n" for p in partitions if p.state == "closed")
    files = {
        "README.txt": README.format(base_url=f"{base_url}{ROOT}/").encode(),
        "RIGHTS.txt": RIGHTS.encode(),
        "SHA256SUMS": sums.encode(),
        "datapackage.json": pretty(_datapackage(partitions)),
        f"schema/{SCHEMA_NAME}": pretty(record_schema()),
        "schema/index-1.json": pretty(listing_schema(Index, "The index of a newsloom release")),
        "schema/manifest-1.json": pretty(listing_schema(Manifest, "The manifest of a month of a newsloom release")),
    }
    for path, content in files.items():
        folder.write(f"{ROOT}/{path}", content)
    return [
        ListedFile(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
        for path, content in files.items()
    ]


def _index(
    base_url: str,
    months: list[ListedMonth],
    captures: list[ListedMonth],
    files: list[ListedFile],
    partitions: Sequence[Partition],
) -> Index:
    return Index(
        generator="newsloom",
        base_url=f"{base_url}{ROOT}/",
        record_schema=f"schema/{SCHEMA_NAME}",
        rights="RIGHTS.txt",
        months=months,
        captures=captures,
        files=files,
        open=next((p.path for p in partitions if p.state == "open"), None),
        **{name: sum(getattr(p, name) for p in partitions) for name in COUNTED},
    )


def _write_index(folder: PublicFolder, index: Index) -> None:
    """Write the index, chained to the one before it, if it says anything new."""
    former = folder.read(f"{ROOT}/{INDEX}")
    previous = None
    if former is not None:
        try:
            if same(Index.model_validate(orjson.loads(former)), index, but="previous"):
                return
        except (ValidationError, orjson.JSONDecodeError):
            pass  # a broken index is replaced, and chained to all the same
        previous = hashlib.sha256(former).hexdigest()
    folder.write(f"{ROOT}/{INDEX}", dump(index.model_copy(update={"previous": previous})))


def _datapackage(partitions: Sequence[Partition]) -> dict[str, Any]:
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
        "title": "News articles as newsloom recorded them",
        "licenses": [{"path": "RIGHTS.txt", "title": "Rights of the publishers"}],
        "resources": resources,
    }
