"""Writing the published tree: every file whole or not at all, and untouched where nothing changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from items.errors import PublishError
from pipelines.publish.packing import ENDINGS, pack

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
        self._unsettled = False
        self._staging = root.parent / f".{root.name}.staging"
        self._rejected = root.parent / f"{root.name}.rejected"
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

    def write(
        self, path: str, content: bytes, *, reported: bool = True, packed: bool = False, lasting: bool = True
    ) -> bool:
        """Publish a file, unless those bytes are published already. Says whether it wrote.

        Args:
            path: relative to the folder.
            content: the whole file.
            reported: count it among what changed.
            packed: lay its compressed forms beside it for web servers; they come first, so that none outlives it.
            lasting: bring it to the disk at once; else `settle` must come before anything relies on it.

        Raises:
            PublishError: the disk is full or refuses; the old file stays.
        """
        siblings = {f"{path}.{ending}": coding for coding, ending in ENDINGS.items()} if packed else {}
        if self.read(path) == content and all((self.root / sibling).exists() for sibling in siblings):
            return False
        for sibling, coding in siblings.items():
            self._put(sibling, [pack(content, coding)], lasting=lasting)
        self.replace(path, [content], lasting=lasting)
        if not reported:
            self.changed.remove(path)
        return True

    def replace(self, path: str, parts: Iterable[bytes], *, lasting: bool = True) -> None:
        """Publish a file of any size, part by part.

        Raises:
            PublishError: the disk is full or refuses; the old file stays.
        """
        self._put(path, parts, lasting=lasting)
        if lasting:
            _sync_folder((self.root / path).parent)
        else:
            self._unsettled = True
        self.changed.append(path)

    def _put(self, path: str, parts: Iterable[bytes], *, lasting: bool) -> None:
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._staging)
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                if lasting:
                    os.fsync(file.fileno())
            Path(temporary).replace(target)
        except OSError as error:
            raise PublishError(f"{target}: can't be written: {error.strerror}; the former file stays") from None

    def settle(self) -> None:
        """Bring to the disk whatever was written without that: thousands of pages at once, not one by one."""
        if self._unsettled:
            os.sync()
            self._unsettled = False

    def set_aside(self, path: str, content: bytes) -> Path:
        """Keep a file that is not fit to be published beside the folder, for whoever looks into it; say where."""
        aside = self._rejected / path
        try:
            aside.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
        except OSError as error:
            raise PublishError(f"{aside}: can't be written: {error.strerror}") from None
        return aside

    def remove(self, path: str) -> None:
        """Take a file away, if it is there, and its compressed forms."""
        target = self.root / path
        if target.exists():
            for ending in ENDINGS.values():
                (self.root / f"{path}.{ending}").unlink(missing_ok=True)
            target.unlink()
            _sync_folder(target.parent)
            self.changed.append(path)


def _sync_folder(folder: Path) -> None:
    """Bring a rename to the disk: without it a power cut may undo it after later files were written."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise PublishError(f"{folder}: can't be brought to the disk: {error.strerror}") from None
