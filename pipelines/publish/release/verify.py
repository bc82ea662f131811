"""Checking a release: whatever index.json says must hold of the files beside it. Needs nothing but the release."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from items.site import explain_validation
from pipelines.publish.release.facts import FactChecker
from pipelines.publish.release.files import Folder, ReleaseFiles, UnreadableFileError
from pipelines.publish.release.layout import (
    COUNTED,
    INDEX,
    LARGEST_FILE,
    LARGEST_LISTING,
    CaptureManifest,
    Index,
    Manifest,
    Partition,
    day_of,
)
from pipelines.publish.release.reading import PartitionReading

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_UNEXPLAINED = 10
"""Redactions that no tombstone explains; more of them say no more."""

_ATTEMPTS = 3
"""How often a release is read that is published anew while it is read."""

_Listing = TypeVar("_Listing", bound=BaseModel)


@dataclass(slots=True)
class Verified:
    """What was found of a release.

    Attributes:
        partitions: files of records that were read.
        records: lines that were read.
        bytes: of the files that were read.
        faults: one line each; empty when the release is whole and unaltered.
    """

    partitions: int = 0
    records: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)


def verify_release(release: Path | ReleaseFiles) -> Verified:
    """Check every file that a release names: sizes, digests, counts, schema, order of versions.

    Args:
        release: its folder, or wherever else its files can be read.
    """
    files = Folder(release) if isinstance(release, Path) else release
    for _ in range(_ATTEMPTS - 1):
        index = _read_or_none(files)
        result = _Verification(files).run()
        if not result.faults or _read_or_none(files) == index:
            return result
    return _Verification(files).run()  # its publisher was at work: it may be whole now


def _read_or_none(files: ReleaseFiles) -> bytes | None:
    try:
        return files.read(INDEX, LARGEST_LISTING)
    except UnreadableFileError:
        return None


class _Verification:
    """One reading of a release."""

    def __init__(self, files: ReleaseFiles) -> None:
        self._files = files
        self._result = Verified()
        self._facts = FactChecker()
        self._counts: Counter[str] = Counter()
        self._owners: dict[str, str] = {}  # digest → the file that it belongs to

    def run(self) -> Verified:
        index = self._listing(INDEX, Index, None)
        if index is not None:
            for file in index.files:
                self._read(file.path, file.sha256, file.bytes)
            self._check_captures(index)
            partitions = list(self._partitions(index))
            self._owners = {p.sha256: p.path for p in partitions}
            for partition in partitions:
                self._check(partition)
            for fault in islice(self._facts.unexplained(), _MOST_UNEXPLAINED):
                self._fault("articles", fault)
            if not self._result.faults:
                self._check_totals(index)
        self._facts.close()
        return self._result

    def _check_captures(self, index: Index) -> None:
        """Check the raw layer, where it is held: a copy may do without."""
        for month in index.captures:
            try:
                self._files.read(month.manifest, LARGEST_LISTING)
            except UnreadableFileError:
                continue
            manifest = self._listing(month.manifest, CaptureManifest, month.sha256)
            for file in manifest.files if manifest else ():
                self._check_bytes(file.path, file.bytes, file.sha256)
                self._check_bytes(file.index, file.index_bytes, file.index_sha256)

    def _check_bytes(self, path: str, size: int, sha256: str) -> None:
        digest, read = hashlib.sha256(), 0
        try:
            for chunk in self._files.chunks(path, size, to_the_end=True):
                digest.update(chunk)
                read += len(chunk)
        except UnreadableFileError as error:
            self._fault(path, str(error))
            return
        self._result.bytes += read
        if read != size:
            self._fault(path, _wrong_size(read, size))
        elif digest.hexdigest() != sha256:
            self._fault(path, "was altered: its SHA-256 is not the one that the manifest names")

    def _partitions(self, index: Index) -> Iterator[Partition]:
        """Every partition that the index leads to, in order."""
        last = ""
        for month in index.months:
            manifest = self._listing(month.manifest, Manifest, month.sha256)
            if manifest is None:
                continue
            held = sum(p.records for p in manifest.partitions)
            if held != month.records:
                self._fault(INDEX, f"says {month.records} records in {month.month}, its manifest says {held}")
            for partition in manifest.partitions:
                day = day_of(partition.path)
                if day <= last or day[:7] != month.month:
                    self._fault(month.manifest, f"{partition.path} is listed twice or out of order")
                else:
                    last = day
                    yield partition

    def _listing(self, path: str, model: type[_Listing], sha256: str | None) -> _Listing | None:
        content = self._read(path, sha256)
        if content is None:
            return None
        try:
            said = orjson.loads(content)
            if isinstance(said, dict) and isinstance(said.get("schema"), int) and said["schema"] > 1:
                self._fault(path, f"is of schema {said['schema']}, made by a newer newsloom; upgrade newsloom")
                return None
            return model.model_validate(said)
        except orjson.JSONDecodeError as error:
            self._fault(path, f"is no JSON: {error}")
        except ValidationError as error:
            self._fault(path, f"is not what a release has there: {explain_validation(error)}")
        return None

    def _read(self, path: str, sha256: str | None, size: int | None = None) -> bytes | None:
        """A small file; None if it can't be read. What is wrong with it is noted."""
        try:
            content = self._files.read(path, LARGEST_LISTING if size is None else LARGEST_FILE)
        except UnreadableFileError as error:
            self._fault(path, str(error))
            return None
        self._result.bytes += len(content)
        if size is not None and len(content) != size:
            self._fault(path, _wrong_size(len(content), size))
        elif sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
            self._fault(path, f"its SHA-256 is not the one that {INDEX} names")
        return content

    def _check(self, partition: Partition) -> None:
        """Read a partition and hold everything against its manifest entry."""
        path = partition.path
        try:
            reading = PartitionReading(self._files, partition, self._facts)
        except UnreadableFileError as error:
            self._fault(path, str(error))
            return
        self._result.partitions += 1
        self._result.records += reading.held["records"]
        self._result.bytes += reading.size
        self._counts += reading.held
        if reading.sha256 != partition.sha256:
            self._fault(path, self._altered(partition, reading))
        if reading.broken is not None:
            self._fault(path, reading.broken)
        for fault in (*reading.line_faults, *(() if reading.broken else reading.miscounted())):
            self._fault(path, fault)

    def _altered(self, partition: Partition, reading: PartitionReading) -> str:
        """How the bytes of a file differ from those that were published."""
        owner = self._owners.get(reading.sha256)
        if owner is not None:
            return f"was swapped: it holds what belongs to {owner}"
        if reading.size != partition.bytes:
            return _wrong_size(reading.size, partition.bytes)
        return "was altered: its SHA-256 is not the one that the manifest names"

    def _check_totals(self, index: Index) -> None:
        for name in COUNTED:
            if getattr(index, name) != self._counts[name]:
                self._fault(INDEX, f"says {getattr(index, name)} {name}, the files hold {self._counts[name]}")

    def _fault(self, path: str, what: str) -> None:
        self._result.faults.append(f"{path}: {what}")


def _wrong_size(size: int, said: int) -> str:
    return f"is {'truncated' if size < said else 'too long'}: {size} bytes of {said}"
