"""Where captures lie: in a folder here, and, of many machines, in object storage that all of them read.

A file is written here. Once it is closed it is brought up whole, its index after it, and is removed here: so an index
that is there names a file that is there. Whoever reads finds both, what lies here and what lies there.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from items.errors import ArchiveError
from pipelines.archive.captures import erase as erasing
from pipelines.archive.captures.files import begun, close, drop_old
from pipelines.archive.captures.index import INDEX, SUFFIX, Indexed, index_of, index_path, parsed
from pipelines.archive.captures.read import Captured, opened
from pipelines.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_KEY = "captures.bucket"
_KNOWN = "indexes"
"""The folder, within that of the captures, of the indexes that were brought down."""


@dataclass(frozen=True, slots=True)
class Captures:
    """Captures, and how to get at them. It may be handed to other processes.

    Attributes:
        folder: where they are written; it may not be there yet.
        bucket: where closed files of it go, such as `s3://bucket/captures`; None for a single machine.
    """

    folder: Path
    bucket: str | None = None

    def names(self) -> list[str]:
        """Every file, oldest first. Of those in the bucket the index is here afterwards.

        Raises:
            ArchiveError: the bucket can't be read.
        """
        here = {path.name for path in self.folder.glob(f"*{SUFFIX}")}
        return sorted(here | {f"{stem}{SUFFIX}" for stem in self._bring_indexes()})

    def index(self, name: str) -> list[Indexed]:
        """The records of a file, in their order; none if it isn't there any more.

        Raises:
            ArchiveError: the bucket can't be read, or the file's index there is broken.
        """
        records: list[Indexed] = []
        if (self.folder / name).is_file():
            records = index_of(self.folder / name)
        elif self._known(name).is_file() or self._bring_index(index_path(self.folder / name).name):
            records = [one for one in self._parsed(name) if one.file == name]  # whoever wrote it
        return sorted(records, key=lambda one: one.offset)

    def indexed(self) -> Iterator[Indexed]:
        """Every record, file by file, oldest file first."""
        for name in self.names():
            yield from self.index(name)

    def read(self, entry: Indexed) -> Captured:
        """Read one response record.

        Raises:
            ArchiveError: it isn't there, or is broken.
        """
        return opened(self.packed(entry), entry)

    def packed(self, entry: Indexed) -> bytes:
        """A record's gzip member, as it lies there.

        Raises:
            ArchiveError: it isn't there.
        """
        try:
            with (self.folder / entry.file).open("rb") as file:
                file.seek(entry.offset)
                return file.read(entry.length)
        except OSError as error:
            if self.bucket is None or not isinstance(error, FileNotFoundError):
                raise ArchiveError(f"{entry.file}: no capture can be read at {entry.offset}: {error}") from None
        storage = self._storage
        with storage.troubles(ArchiveError):
            start = entry.offset
            content: bytes = storage.files.cat_file(storage.at(entry.file), start=start, end=start + entry.length)
            return content

    def written(self, name: str) -> datetime:
        """When a file was last written to, or later."""
        for path in (self.folder / name, self._known(name)):
            if path.is_file():
                return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return datetime.now(UTC)

    def bring_up(self) -> list[str]:
        """Bring files into the bucket, if there is one, and remove them here; which they were.

        One that a crawl writes to is left to the next time.

        Raises:
            ArchiveError: the bucket can't be written to; what is not yet there whole is still here.
        """
        brought: list[str] = []
        for warc in sorted(self.folder.glob(f"*{SUFFIX}")) if self.bucket else ():
            with close(warc) as records:
                if records is None:
                    continue
                if records:
                    self._put(warc)
                    self._put(index_path(warc))
                index_path(warc).unlink(missing_ok=True)
                warc.unlink()
            brought.append(warc.name)
        return brought

    def drop_old(self, days: int) -> None:
        """Remove the files into which nothing was written for so many days, and their indexes.

        Raises:
            ArchiveError: the bucket can't be written to.
        """
        drop_old(self.folder, days)
        if self.bucket is None:
            return
        storage, limit = self._storage, datetime.now(UTC) - timedelta(days=days)
        with storage.troubles(ArchiveError):
            for path in storage.there():  # what is brought up is closed soon after it was begun
                if path.endswith(INDEX) and begun(path) < limit:
                    storage.files.rm_file(storage.at(path))
                    storage.files.rm_file(storage.at(path.removesuffix(INDEX) + SUFFIX))

    def erase(self, urls: Collection[str]) -> int:
        """Overwrite every answer of these addresses, and its request; say how many there were.

        Raises:
            ArchiveError: the bucket can't be written to.
            OSError: a file can't be.
        """
        count = erasing.erase(self.folder, urls)
        if self.bucket is None:
            return count
        storage = self._storage
        for stem in self._bring_indexes():
            name = f"{stem}{SUFFIX}"
            if not any(erasing.is_of(one, urls) for one in self._parsed(name)):
                continue
            with TemporaryDirectory(dir=self.folder) as room:
                warc = self.folder / room / name
                with storage.troubles(ArchiveError):
                    storage.files.get_file(storage.at(name), str(warc))
                shutil.copy(self._known(name), index_path(warc))
                count += erasing.erase(warc.parent, urls)
                self._put(warc)
                self._put(index_path(warc))
        self._bring_indexes()
        return count

    def _put(self, path: Path) -> None:
        storage = self._storage
        with storage.troubles(ArchiveError):
            storage.files.put_file(str(path), storage.at(path.name))

    def _bring_indexes(self) -> list[str]:
        """Have the index of every file in the bucket here, and no other; the files' names without their end."""
        if self.bucket is None:
            return []
        known = self.folder / _KNOWN
        with self._storage.troubles(ArchiveError):
            there = {
                path: about for path, about in self._storage.there().items() if path.endswith(INDEX) and "/" not in path
            }
        for path, about in there.items():
            if not (known / path).is_file() or (known / path).stat().st_size != about["size"]:
                self._bring_index(path)
        for index in known.glob(f"*{INDEX}"):
            if index.name not in there:
                index.unlink(missing_ok=True)
        return [path.removesuffix(INDEX) for path in there]

    def _bring_index(self, path: str) -> bool:
        """Have an index of the bucket here; whether it is there."""
        if self.bucket is None:
            return False
        storage, known = self._storage, self.folder / _KNOWN
        known.mkdir(parents=True, exist_ok=True)
        part = known / f".{path}.{time.monotonic_ns()}"
        with storage.troubles(ArchiveError):
            try:
                storage.files.get_file(storage.at(path), str(part))
            except FileNotFoundError:
                return False
        part.replace(known / path)
        return True

    def _parsed(self, name: str) -> list[Indexed]:
        """What the index says that was brought down.

        Raises:
            ArchiveError: it is broken.
        """
        try:
            return parsed(self._known(name))
        except (ValueError, KeyError):
            raise ArchiveError(f"{_KEY}: the index of {name} is broken") from None

    def _known(self, name: str) -> Path:
        return index_path(self.folder / _KNOWN / name)

    @property
    def _storage(self) -> Storage:
        assert self.bucket is not None
        return Storage(_KEY, self.bucket)
