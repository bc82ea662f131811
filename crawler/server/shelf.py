"""The published files as they are served: found without leaving the folder, read once, known by what they hold."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import OrderedDict
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from crawler.server.media import Media, media_of
from pipelines.publish.packing import ENDINGS, pack, unpacks_to

if TYPE_CHECKING:
    from pathlib import Path

_SMALL = 2 << 20
"""Bytes of a file that is kept in memory; a larger one is read from the disk each time."""

_MEMORY = 128 << 20
"""Bytes that all kept files may take together, compressed forms included."""

_MOST_KNOWN = 50_000
"""Files whose digest is remembered."""

_WORTH_PACKING = 512
"""Bytes from which compressing saves more than the header costs."""

Identity = tuple[int, int, int, int]


@dataclass(slots=True)
class Representation:
    """One form of a file: plain, gzip or brotli.

    Attributes:
        encoding: its Content-Encoding; "" for plain.
        size: in bytes.
        etag: from its bytes, with quotes.
        body: its bytes; None for a large file, which is read from the disk.
        heads: finished response heads by status, made on first use.
    """

    encoding: str
    size: int
    etag: str
    body: bytes | None
    heads: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """A published file.

    Attributes:
        path: below the folder.
        identity: device, inode, size and modification time: when it differs, the file is another.
        media: how it is sent.
        modified: seconds since 1970.
        last_modified: the same for HTTP.
        forms: its representations so far, by encoding.
        weight: bytes in memory, when last counted.
    """

    path: str
    identity: Identity
    media: Media
    modified: int
    last_modified: str
    forms: dict[str, Representation] = field(default_factory=dict)
    weight: int = 0

    @property
    def packs(self) -> bool:
        """Whether it is sent compressed to who accepts that."""
        return self.media.packable and _WORTH_PACKING <= self.identity[2] <= _SMALL

    def weigh(self) -> int:
        """Count its bytes in memory anew, and say how many came to it."""
        before, self.weight = self.weight, sum(len(f.body) for f in list(self.forms.values()) if f.body is not None)
        return self.weight - before


class IsFolderError(Exception):
    """A folder was asked for without its final slash."""


class Shelf:
    """Finds files and keeps the small ones.

    Args:
        root: the published folder. No symbolic link below it is followed.
        feed_seconds: see `media_of`.
    """

    def __init__(self, root: Path, feed_seconds: int) -> None:
        self._root = root.resolve()
        self._prefix = f"{self._root}/"
        self._feed_seconds = feed_seconds
        self._files: OrderedDict[str, File] = OrderedDict()
        self.weight = 0

    def kept(self, path: str, encoding: str) -> tuple[File, Representation] | None:
        """A file's form that is in memory and still what the disk holds. Costs one look at the disk."""
        file = self._files.get(path)
        if file is None:
            return None
        form = file.forms.get(encoding if file.packs else "")
        if form is None:
            return None
        try:
            now = os.lstat(self._prefix + path)
        except OSError:
            return None
        if (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) != file.identity:
            return None
        self._files.move_to_end(path)  # those that nobody asks for leave the memory first
        return file, form

    def load(self, path: str, encoding: str) -> tuple[File, Representation] | None:
        """Read a file, digest it, and take it in that encoding if it packs. Slow; may run in a thread.

        Returns:
            None when there is no such file. Hand what is returned to `keep`.

        Raises:
            IsFolderError: it is a folder.
        """
        try:
            handle = self.open(path)
        except IsADirectoryError:
            raise IsFolderError from None
        except OSError:
            return None
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            known = self._files.get(path)
            file = known if known is not None and known.identity == identity else self._new(path, identity)
            if "" not in file.forms:
                if status.st_size <= _SMALL:
                    body = stream.read()
                    file.forms[""] = _form("", body)
                else:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                    file.forms[""] = Representation("", status.st_size, _etag(digest), None)
        plain = file.forms[""]
        if encoding and file.packs and plain.body is not None:
            if encoding not in file.forms:
                file.forms[encoding] = _form(encoding, self._packed(path, plain.body, encoding))
            return file, file.forms[encoding]
        return file, plain

    def keep(self, file: File) -> None:
        """Remember a loaded file, and forget the longest unasked ones when memory is full."""
        former = self._files.pop(file.path, None)
        self._files[file.path] = file
        self.weight += file.weigh() - (former.weight if former is not None and former is not file else 0)
        while (self.weight > _MEMORY or len(self._files) > _MOST_KNOWN) and len(self._files) > 1:
            self.weight -= self._files.popitem(last=False)[1].weight

    def open(self, path: str) -> int:
        """A file's descriptor, reached folder by folder without following a link.

        Raises:
            IsADirectoryError: it is a folder.
            OSError: it isn't there, or a link or something other than a regular file stands on the way.
        """
        *folders, name = path.split("/")
        at = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for folder in folders:
                inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)
                os.close(at)
                at = inner
            handle = os.open(name or ".", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
        finally:
            os.close(at)
        kind = os.fstat(handle).st_mode
        if stat.S_ISREG(kind):
            return handle
        os.close(handle)
        raise IsADirectoryError(path) if stat.S_ISDIR(kind) else OSError(path)

    def _new(self, path: str, identity: Identity) -> File:
        modified = identity[3] // 1_000_000_000
        return File(path, identity, media_of(path, self._feed_seconds), modified, formatdate(modified, usegmt=True))

    def _packed(self, path: str, plain: bytes, encoding: str) -> bytes:
        """The published compressed sibling, if it holds this very file; else compressed here."""
        try:
            with os.fdopen(self.open(f"{path}.{ENDINGS[encoding]}"), "rb") as stream:
                sibling = stream.read(_SMALL)
            if unpacks_to(sibling, plain, encoding):
                return sibling
        except OSError:
            pass
        return pack(plain, encoding, fast=True)


def decoded_path(target: bytes) -> str | None:
    """The path below the folder that a request's target names; a folder's ends in `index.html`.

    None for whatever is no plain path: dot segments, hidden or empty names, NUL, backslash, bytes that aren't UTF-8.
    """
    try:
        path = unquote_to_bytes(target).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or "\0" in path or "\\" in path:
        return None
    names = path[1:].split("/")
    if any(not name or name.startswith(".") or len(name.encode()) > 255 for name in names[:-1]):
        return None
    if names[-1].startswith(".") or len(names[-1].encode()) > 255:
        return None
    return path[1:] + ("" if names[-1] else "index.html")


def _form(encoding: str, body: bytes) -> Representation:
    return Representation(encoding, len(body), _etag(hashlib.sha256(body).hexdigest()), body)


def _etag(digest: str) -> str:
    return f'"{digest[:32]}"'
