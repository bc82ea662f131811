"""Files of a copy: read if they are small, written so that they last, summed up."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pipelines.publish.release.layout import LARGEST_FILE
from pipelines.publish.release.partitions import chunks_of

if TYPE_CHECKING:
    from pathlib import Path


def read_small(path: Path) -> bytes | None:
    """What a file holds; None if it can't be read or is larger than any small file of a release."""
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError:
        return None


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, and bring it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    sync(new)
    new.replace(path)


def sync(path: Path) -> None:
    """Bring a file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    for chunk in chunks_of(file):
        digest.update(chunk)
    return digest.hexdigest()
