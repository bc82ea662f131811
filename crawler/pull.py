"""Pulling a release: a copy that is fetched once, then only what is new, resumed wherever it broke off, and checked.

The copy follows the rule of the original: its index.json is replaced last, so what it names is there. What is on its
way lies in the folder `.pull` beside it, and a file of records gets its place once its SHA-256 is right.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from crawler.durable import read_small, sha256_of, sync, write_durably
from crawler.fetch.release import RemoteError, RemoteRelease
from crawler.lock import run_lock
from items.site import explain_validation
from pipelines.publish.release.layout import (
    INDEX,
    LARGEST_LISTING,
    CaptureManifest,
    Index,
    ListedMonth,
    Manifest,
    Partition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

_OWN = ".pull"
_STATE = "state.json"
_ATTEMPTS = 3
"""How often a file is asked for that breaks off without a byte more, and a release that is published anew meanwhile."""

_Listing = TypeVar("_Listing", bound=BaseModel)


class _RepublishedError(Exception):
    """The release changed since its index was read; the text names the file that showed it."""


class _File(NamedTuple):
    """A large file of the release."""

    path: str
    bytes: int
    sha256: str
    grows: bool = False


class _State(BaseModel):
    """What is known of the index that was read last."""

    url: str
    sha256: str
    etag: str | None = None
    modified: str | None = None


@dataclass(slots=True)
class Pulled:
    """How a pull went.

    Attributes:
        records: lines that the copy holds.
        files: how many were fetched.
        bytes: how many were fetched.
        requests: how many were made.
        removed: files that were taken away, as the release did.
        faults: one line each; then the copy stays as it was.
    """

    records: int = 0
    files: int = 0
    bytes: int = 0
    requests: int = 0
    removed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def pull(remote: RemoteRelease, folder: Path, *, captures: bool = False) -> Pulled:
    """Bring a copy up to the release.

    Args:
        remote: the release.
        folder: the copy; made if it isn't there.
        captures: fetch the raw layer too, where the release has one.

    Raises:
        NewsloomError: the server can't be reached or answers no release, the disk is full, another pull is at work.
            What was fetched stays, and the next pull goes on there.
    """
    with run_lock(folder / _OWN):
        try:
            return _Pull(remote, folder, captures=captures).run()
        except OSError as error:
            raise RemoteError(f"{error.filename or folder}: can't be written: {error.strerror}") from None


class _Pull:
    def __init__(self, remote: RemoteRelease, folder: Path, *, captures: bool) -> None:
        self._remote, self._folder = remote, folder
        self._captures = captures or (folder / "warc").is_dir()  # what was fetched once is kept up, redactions too
        self._own, self._stage = folder / _OWN, folder / _OWN / "staged"
        self._result = Pulled()
        self._raw_replaced: list[str] = []

    def run(self) -> Pulled:
        for attempt in range(_ATTEMPTS):
            try:
                self._bring_up_to(self._index(again=attempt > 0))
                break
            except _RepublishedError as error:
                last = f"{self._remote.url}{error}: is not what its index names, however often it is read"
        else:
            self._result.faults.append(last)
        self._result.requests = self._remote.requests
        return self._result

    def _bring_up_to(self, index: Index) -> None:
        manifests = [self._manifest(month) for month in index.months]
        partitions = [partition for manifest in manifests for partition in manifest.partitions]
        held = {p.path: p for p in self._held_partitions()}
        self._result.faults += _broken_promises(held, partitions)
        if self._result.faults:
            return
        wanted = [_File(p.path, p.bytes, p.sha256, p.state == "open") for p in partitions]
        if self._captures:
            wanted += self._raw_files(index)
        sums = {path: partition.sha256 for path, partition in held.items()}
        missing = [file for file in wanted if not self._has(file, sums)]
        self._check_room(sum(file.bytes for file in missing))
        for large in missing:
            self._large(large, held)
        for file in index.files:
            self._small(file.path, file.sha256, file.bytes)
        if not self._result.faults:
            self._result.records = index.records
            self._switch(index, wanted, [former.path for p in partitions for former in p.replaces], held)

    def _raw_files(self, index: Index) -> Iterator[_File]:
        for month in index.captures:
            content = self._small(month.manifest, month.sha256, month.bytes)
            for day in self._parsed(month.manifest, content, CaptureManifest).files:
                yield _File(day.path, day.bytes, day.sha256)
                yield _File(day.index, day.index_bytes, day.index_sha256)
                self._raw_replaced += [former.path for former in day.replaces]

    def _index(self, *, again: bool) -> Index:
        """The index: what is held of it, if the server says that it is still the one; else the server's."""
        held = self._held_index()
        state = self._state()
        headers = {}
        if held is not None and state is not None and not again:
            headers = {"If-None-Match": state.etag} if state.etag else {}
            headers |= {"If-Modified-Since": state.modified} if state.modified else {}
        with self._remote.get(INDEX, headers) as answer:
            if answer.status == 304 and held is not None:
                return self._parsed(INDEX, held, Index)
            if answer.status != 200:
                raise RemoteError(f"{self._remote.url}{INDEX}: is not there; is this the folder of a release?")
            content = b"".join(answer.chunks(LARGEST_LISTING + 1))
        if len(content) > LARGEST_LISTING:
            raise RemoteError(f"{self._remote.url}{INDEX}: is larger than that of any release")
        index = self._parsed(INDEX, content, Index)
        if content != held:
            self._count(content)
            write_durably(self._own / INDEX, content)
        sha256 = hashlib.sha256(content).hexdigest()
        state = _State(url=self._remote.url, sha256=sha256, etag=answer.etag, modified=answer.modified)
        write_durably(self._own / _STATE, state.model_dump_json().encode())
        return index

    def _held_index(self) -> bytes | None:
        """The index that was read last: on its way, or in its place."""
        state = self._state()
        for path in (self._own / INDEX, self._folder / INDEX):
            content = read_small(path)
            if state is not None and content is not None and hashlib.sha256(content).hexdigest() == state.sha256:
                return content
        return None

    def _state(self) -> _State | None:
        try:
            state = _State.model_validate_json(read_small(self._own / _STATE) or b"")
        except ValidationError:
            return None
        return state if state.url == self._remote.url else None

    def _manifest(self, month: ListedMonth) -> Manifest:
        return self._parsed(month.manifest, self._small(month.manifest, month.sha256, month.bytes), Manifest)

    def _small(self, path: str, sha256: str, size: int) -> bytes:
        """A small file with the digest that it should have: from here if it is here, else fetched and staged."""
        for place in (self._stage / path, self._folder / path):
            content = read_small(place)
            if content is not None and hashlib.sha256(content).hexdigest() == sha256:
                return content
        with self._remote.get(path) as answer:
            if answer.status != 200:
                raise _RepublishedError(path)
            content = self._bounded(path, answer.chunks(size + 1), size)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _RepublishedError(path)
        self._count(content)
        write_durably(self._stage / path, content)
        return content

    def _bounded(self, path: str, chunks: Iterator[bytes], size: int) -> bytes:
        content = b"".join(chunks)
        if len(content) > size:
            raise _RepublishedError(path)
        return content

    def _parsed(self, path: str, content: bytes, model: type[_Listing]) -> _Listing:
        try:
            return model.model_validate(orjson.loads(content))
        except orjson.JSONDecodeError:
            raise RemoteError(f"{self._remote.url}{path}: is no JSON; is this the folder of a release?") from None
        except ValidationError as error:
            raise RemoteError(f"{self._remote.url}{path}: {explain_validation(error)}; nothing was changed") from None

    def _held_partitions(self) -> Iterator[Partition]:
        """What the copy has, as its own index says."""
        try:
            index = Index.model_validate_json(read_small(self._folder / INDEX) or b"")
            for month in index.months:
                yield from Manifest.model_validate_json(read_small(self._folder / month.manifest) or b"").partitions
        except ValidationError:  # no copy yet, or a broken one: what is there is looked at
            return

    def _has(self, wanted: _File, sums: dict[str, str]) -> bool:
        file = self._folder / wanted.path
        if not file.is_file() or file.stat().st_size != wanted.bytes:
            return False
        return sums.get(wanted.path) == wanted.sha256 or sha256_of(file) == wanted.sha256

    def _check_room(self, needed: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if needed > free:
            raise RemoteError(f"{self._folder}: {needed >> 20} MB are to be fetched, and {free >> 20} MB are free")

    def _large(self, wanted: _File, held: dict[str, Partition]) -> None:
        """Fetch what is missing of a large file."""
        staged = self._stage / wanted.path
        if staged.is_file() and staged.stat().st_size == wanted.bytes and sha256_of(staged) == wanted.sha256:
            return
        part = staged.with_name(staged.name + ".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        known = held.get(wanted.path)
        if not part.exists() and staged.is_file():
            staged.replace(part)  # an open partition that grew: the rest alone is fetched
        elif not part.exists() and known is not None and known.bytes < wanted.bytes:
            shutil.copyfile(self._folder / wanted.path, part)
        for _ in range(2):
            fetched_all = self._fetch(wanted, part)
            if sha256_of(part) == wanted.sha256:
                sync(part)
                self._result.files += 1
                # A closed file may take its place at once: nothing else can ever have its name.
                place = self._folder / wanted.path if not wanted.grows else staged
                place.parent.mkdir(parents=True, exist_ok=True)
                part.replace(place)
                return
            part.unlink()
            if fetched_all:
                break
        raise _RepublishedError(wanted.path)

    def _fetch(self, wanted: _File, part: Path) -> bool:
        """Write what is missing to the end of a part; say whether all of it came in this one go."""
        from_the_start = True
        failures = 0
        with part.open("ab", buffering=0) as file:  # unbuffered: what came is kept, however we end
            if file.tell() > wanted.bytes:
                file.truncate(0)
            while (at := file.seek(0, os.SEEK_END)) < wanted.bytes:
                from_the_start = from_the_start and at == 0
                try:
                    self._fetch_from(at, wanted, file)
                except RemoteError:
                    failures = 0 if file.seek(0, os.SEEK_END) > at else failures + 1
                    if failures == _ATTEMPTS:
                        raise
        return from_the_start

    def _fetch_from(self, at: int, wanted: _File, file: FileIO) -> None:
        headers = {"Range": f"bytes={at}-{wanted.bytes - 1}"} if at else {}
        with self._remote.get(wanted.path, headers) as answer:
            if answer.status not in (200, 206) or answer.start not in (0, at):
                raise _RepublishedError(wanted.path)
            if answer.start != at:  # a server that knows no ranges begins again
                file.truncate(0)
            came = 0
            for chunk in answer.chunks(wanted.bytes - answer.start):
                file.write(chunk)
                came += len(chunk)
                self._result.bytes += len(chunk)
            if came < wanted.bytes - answer.start:
                raise RemoteError(f"{self._remote.url}{wanted.path}: broke off after {answer.start + came} bytes")

    def _switch(self, index: Index, wanted: list[_File], replaced: list[str], held: dict[str, Partition]) -> None:
        """Put what was staged into its place, the index last; then remove what the release removed."""
        there = {file.path for file in wanted}
        names = [*there, *(month.manifest for month in index.months), *(file.path for file in index.files)]
        if self._captures:
            names += [month.manifest for month in index.captures]
        moves = [(self._stage / path, self._folder / path) for path in names]
        for staged, place in (*moves, (self._own / INDEX, self._folder / INDEX)):
            if staged.is_file():
                place.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(place)
        indexes = [path.removesuffix(".warc.gz") + ".cdxj" for path in self._raw_replaced]
        for path in sorted({*held, *replaced, *self._raw_replaced, *indexes} - there):
            file = self._folder / path
            if file.is_file():
                file.unlink()
                self._result.removed.append(path)
        shutil.rmtree(self._stage, ignore_errors=True)

    def _count(self, content: bytes) -> None:
        self._result.files += 1
        self._result.bytes += len(content)


def _broken_promises(held: dict[str, Partition], partitions: list[Partition]) -> Iterator[str]:
    """Closed files that the release gives out otherwise than before, or no longer, without saying why."""
    now = {p.path: p for p in partitions}
    replaced = {(former.path, former.sha256) for p in partitions for former in p.replaces}
    for path, partition in held.items():
        if partition.state == "open" or (path, partition.sha256) in replaced:
            continue
        if path not in now:
            yield f"{path}: was closed, and is no longer in the release; your copy keeps it and was not changed"
        elif now[path].sha256 != partition.sha256:
            yield f"{path}: was closed, and the release now gives out another; your copy keeps its own"
