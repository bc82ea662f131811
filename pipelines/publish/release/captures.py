"""The raw layer of a release, for operators who want it: the answers that articles were read from, as WARC and CDXJ.

A file holds what was captured on one UTC day that is over: successful answers for article pages, of sites whose rights
policy is `full`, without what was taken back. The members of the captures are copied as they are. Once written, a file
changes only for a redaction, and then under another name.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from pipelines.archive.captures import Captures
from pipelines.archive.captures.erase import is_of
from pipelines.archive.captures.index import SUFFIX, Indexed, index_of
from pipelines.archive.tables import addresses, records
from pipelines.publish.release.gzip_members import member
from pipelines.publish.release.layout import ROOT, CaptureFile, CaptureManifest, ListedMonth, Replaced, write_manifest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder

_OK = 200


@dataclass(frozen=True, slots=True)
class RawLayer:
    """What is published of the captures.

    Attributes:
        captures: where they lie.
        sites: ids of the sites whose rights policy lets whole pages be published.
    """

    captures: Captures
    sites: Collection[str]


def publish_captures(
    connection: Connection, folder: PublicFolder, layer: RawLayer | None, before: Sequence[CaptureFile], today: date
) -> list[ListedMonth]:
    """Bring the raw layer up to yesterday; without a layer, what was published stays as it is, redactions aside.

    Args:
        connection: a reading transaction of the archive.
        folder: the published folder.
        layer: what is published.
        before: the files of the release as it stands.
        today: the day that is not over.

    Returns:
        The manifests, for the index.
    """
    gone = _taken_back(connection)
    files = [_without(folder, file, gone) for file in before]
    if layer is not None:
        start = max((date.fromisoformat(file.day) for file in before), default=date.min)
        for day, found in _by_day(layer, start, today).items():
            files.append(_write(folder, day, [one for one in found if not is_of(one, gone)], layer.captures, len(gone)))
    months: dict[str, list[CaptureFile]] = defaultdict(list)
    for file in sorted(files, key=lambda f: f.day):
        months[file.day[:7]].append(file)
    return [write_manifest(folder, "warc", CaptureManifest(month=m, files=files)) for m, files in months.items()]


def _taken_back(connection: Connection) -> set[str]:
    """Every address of articles that were taken back."""
    redacted = select(records.c.subject).where(records.c.type == "redaction")
    return set(connection.execute(select(addresses.c.url).where(addresses.c.article.in_(redacted))).scalars())


def _by_day(layer: RawLayer, start: date, today: date) -> dict[date, list[Indexed]]:
    """What was captured after one day and before another, by day; files that end before it are not opened."""
    found: dict[date, list[Indexed]] = defaultdict(list)
    for name in layer.captures.names():
        if layer.captures.written(name).date() <= start:
            continue  # nothing was written to it since
        for one in layer.captures.index(name):
            day = date(int(one.at[:4]), int(one.at[4:6]), int(one.at[6:8]))
            if start < day < today and _may_be_published(one, layer):
                found[day].append(one)
    return {day: sorted(found[day], key=lambda one: (one.at, one.file, one.offset)) for day in sorted(found)}


def _may_be_published(one: Indexed, layer: RawLayer) -> bool:
    about = one.about
    whole = one.status == _OK and one.mime != "warc/revisit"
    return whole and about.get("kind") == "article" and about.get("site") in layer.sites


def _without(folder: PublicFolder, file: CaptureFile, gone: set[str]) -> CaptureFile:
    """A published file, written anew if something in it was taken back since."""
    if file.taken_back == len(gone):
        return file
    warc = folder.root / ROOT / file.path
    held = index_of(warc) if warc.is_file() else []
    rest = [one for one in held if not is_of(one, gone)]
    if len(rest) == len(held):
        return file.model_copy(update={"taken_back": len(gone)})
    replaces = [*file.replaces, Replaced(path=file.path, sha256=file.sha256)]
    day = date.fromisoformat(file.day)
    written = _write(folder, day, rest, Captures(warc.parent), len(gone), revision=file.revision + 1)
    return written.model_copy(update={"replaces": replaces})


def _write(
    folder: PublicFolder, day: date, found: list[Indexed], source: Captures, taken_back: int, *, revision: int = 0
) -> CaptureFile:
    """Write a day's file and its index."""
    redacted = f"-r{revision}" if revision else ""
    path = f"warc/{day:%Y/%m}/newsloom-{day.isoformat()}{redacted}"
    digest, size, lines = hashlib.sha256(), 0, []

    def members() -> Iterator[bytes]:
        nonlocal size
        for packed, one in _members(f"{path.rsplit('/', 1)[1]}{SUFFIX}", day, found, source):
            if one is not None:
                lines.append(replace(one, file=f"{path.rsplit('/', 1)[1]}{SUFFIX}", offset=size).line())
            digest.update(packed)
            size += len(packed)
            yield packed

    folder.replace(f"{ROOT}/{path}{SUFFIX}", members())
    index = b"".join(sorted(lines))
    folder.write(f"{ROOT}/{path}.cdxj", index)
    return CaptureFile(
        day=day.isoformat(),
        path=f"{path}{SUFFIX}",
        bytes=size,
        sha256=digest.hexdigest(),
        index=f"{path}.cdxj",
        index_bytes=len(index),
        index_sha256=hashlib.sha256(index).hexdigest(),
        records=len(found),
        revision=revision,
        taken_back=taken_back,
    )


def _members(
    name: str, day: date, found: Iterable[Indexed], source: Captures
) -> Iterator[tuple[bytes, Indexed | None]]:
    """The gzip members of a file, each with what the index says of it; the first says what the file is."""
    yield member(_warcinfo(name, day)), None
    for one in found:
        yield source.packed(one), one


def _warcinfo(name: str, day: date) -> bytes:
    """What a WARC file begins with (ISO 28500); the same for the same name."""
    said = b"software: newsloom\r\nformat: WARC File Format 1.1\r\n"
    head = [
        "WARC/1.1",
        "WARC-Type: warcinfo",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, name)}>",
        f"WARC-Date: {day + timedelta(days=1)}T00:00:00Z",
        f"WARC-Filename: {name}",
        "Content-Type: application/warc-fields",
        f"Content-Length: {len(said)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + said + b"\r\n\r\n"
