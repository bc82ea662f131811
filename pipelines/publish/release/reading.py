"""Reading partitions through: their sizes, their digests, their lines."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from typing import TYPE_CHECKING

from pipelines.publish.release.files import Folder
from pipelines.publish.release.gzip_members import lines, unpacked
from pipelines.publish.release.layout import COUNTED, INDEX, Index, Manifest, Partition, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.publish.release.facts import FactChecker
    from pipelines.publish.release.files import ReleaseFiles

_MOST_FAULTS = 10
"""A broken file needs no thousand lines to say so."""


class PartitionReading:
    """What a partition turned out to hold.

    Args:
        files: the release.
        partition: what the manifest says of it.
        facts: what is known of the facts before it.

    Attributes:
        size: bytes of the file, as far as the manifest speaks of it.
        held: how many lines there are, in all and of each type.
        line_faults: what is wrong with its lines.
        broken: why its lines can't be read to the end; None if they can.

    Raises:
        UnreadableFileError: the file can't be read at all.
    """

    def __init__(self, files: ReleaseFiles, partition: Partition, facts: FactChecker) -> None:
        self._partition, self._facts = partition, facts
        self._packed, self._raw = hashlib.sha256(), hashlib.sha256()
        self._raw_size = 0
        self.size = 0
        self.held: Counter[str] = Counter()
        self.line_faults: list[str] = []
        self.broken: str | None = None
        facts.begin(day_of(partition.path))
        chunks = self._passing(files)
        try:
            for number, line in enumerate(lines(unpacked(chunks)), 1):
                self._take(number, line)
        except (EOFError, ValueError, zlib.error) as error:
            self.broken = f"is no whole gzip file of records: {error}"
        for _ in chunks:  # what is left of a broken file, for its digest
            pass

    @property
    def sha256(self) -> str:
        """Of the file."""
        return self._packed.hexdigest()

    def miscounted(self) -> Iterator[str]:
        """What the manifest says of the lines that isn't so."""
        found = {"raw_bytes": self._raw_size, "raw_sha256": self._raw.hexdigest()}
        for name, value in (found | {name: self.held[name] for name in COUNTED}).items():
            said = getattr(self._partition, name)
            if said != value:
                yield f"the manifest says {name} {said}, the file has {value}"

    def _passing(self, files: ReleaseFiles) -> Iterator[bytes]:
        # A closed file is read to its end, to see if it is too long; an open one may have grown since.
        to_the_end = self._partition.state == "closed"
        for chunk in files.chunks(self._partition.path, self._partition.bytes, to_the_end=to_the_end):
            self._packed.update(chunk)
            self.size += len(chunk)
            yield chunk

    def _take(self, number: int, line: bytes) -> None:
        self._raw.update(line)
        self._raw_size += len(line)
        if self._raw_size > self._partition.raw_bytes:
            raise ValueError("it holds more than the manifest says")
        kind, fault = self._facts.check(line)
        self.held["records"] += 1
        self.held[f"{kind}s"] += 1
        if fault is not None and len(self.line_faults) < _MOST_FAULTS:
            self.line_faults.append(f"line {number}: {fault}")


def partitions_of(folder: Path) -> Iterator[Partition]:
    """The partitions of a release that was verified, in order."""
    index = Index.model_validate_json((folder / INDEX).read_bytes())
    for month in index.months:
        yield from Manifest.model_validate_json((folder / month.manifest).read_bytes()).partitions


def lines_of(folder: Path, partition: Partition) -> Iterator[bytes]:
    """The lines of a partition that was verified, newline included."""
    to_the_end = partition.state == "closed"
    return lines(unpacked(Folder(folder).chunks(partition.path, partition.bytes, to_the_end=to_the_end)))
