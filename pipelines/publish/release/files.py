"""Where the files of a release are read: a folder here, or, through the same two questions, anywhere else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20


class UnreadableFileError(Exception):
    """A file of a release can't be read; the text says why, to stand behind its path."""


class ReleaseFiles(ABC):
    """Reads the files of a release by their paths below its root."""

    def read(self, path: str, at_most: int) -> bytes:
        """A small file.

        Raises:
            UnreadableFileError: it isn't there, can't be read, or is larger than `at_most` bytes.
        """
        content = b"".join(self.chunks(path, at_most + 1, to_the_end=False))
        if len(content) > at_most:
            raise UnreadableFileError(f"is larger than {at_most} bytes")
        return content

    @abstractmethod
    def chunks(self, path: str, size: int, *, to_the_end: bool) -> Iterator[bytes]:
        """A large file in pieces: its first `size` bytes, or all that there are.

        Raises:
            UnreadableFileError: it isn't there or can't be read.
        """


class Folder(ReleaseFiles):
    """A release in a folder.

    Args:
        root: the folder that holds index.json.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def chunks(self, path: str, size: int, *, to_the_end: bool) -> Iterator[bytes]:
        """See `ReleaseFiles`."""
        file = self._root / path
        try:
            if not file.resolve().is_relative_to(self._root):
                raise UnreadableFileError("lies outside the release")
            with file.open("rb") as stream:
                left = size
                while chunk := stream.read(_CHUNK if to_the_end else min(_CHUNK, left)):
                    left -= len(chunk)
                    yield chunk
        except FileNotFoundError:
            raise UnreadableFileError("is missing") from None
        except OSError as error:
            raise UnreadableFileError(f"can't be read: {error.strerror}") from None
