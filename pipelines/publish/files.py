"""Writing the published tree: every file whole or not at all, and untouched where nothing changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from items.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterable


class PublicFolder:
    """The folder that the world sees.

    A file is prepared in a staging folder beside it, brought to the disk, and renamed into place. So a reader, or a
    crash, meets the old file or the new one, never a part; and nothing unpublished ever has a name in the folder.

    Attributes:
        changed: paths, relative to the folder, that were written or removed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed: list[str] = []
        self._staging = root.parent / f".{root.name}.staging"
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._staging.mkdir(exist_ok=True)
            for leftover in self._staging.iterdir():  # of a run that was killed
                leftover.unlink()
        except OSError as error:
            raise PublishError(f"{root}: can't be prepared for publishing: {error.strerror}") from None

    def read(self, path: str) -> bytes | None:
        """What is published under a path; None if nothing is."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, path: str, content: bytes, *, reported: bool = True) -> bool:
        """Publish a file, unless those bytes are published already. Says whether it wrote.

        Args:
            path: relative to the folder.
            content: the whole file.
            reported: count it among what changed.

        Raises:
            PublishError: the disk is full or refuses; the old file stays.
        """
        if self.read(path) == content:
            return False
        self.replace(path, [content])
        if not reported:
            self.changed.remove(path)
        return True

    def replace(self, path: str, parts: Iterable[bytes]) -> None:
        """Publish a file of any size, part by part.

        Raises:
            PublishError: the disk is full or refuses; the old file stays.
        """
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._staging)
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            Path(temporary).replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise PublishError(f"{target}: can't be written: {error.strerror}; the former file stays") from None
        self.changed.append(path)

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""
        target = self.root / path
        if target.exists():
            target.unlink()
            _sync_folder(target.parent)
            self.changed.append(path)


def _sync_folder(folder: Path) -> None:
    """Bring a rename to the disk: without it a power cut may undo it after later files were written."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
