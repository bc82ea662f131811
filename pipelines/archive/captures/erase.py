"""Erasing captures of what was taken back for legal or privacy reasons, each in its place: all others keep theirs."""

from __future__ import annotations

import os
import struct
import zlib
from typing import TYPE_CHECKING

from pipelines.archive.captures.index import SUFFIX, Indexed, index_of, scan, write_index

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_COMMENT = 0x10
"""The flag of a gzip header that is followed by a comment of any length."""


def erase(folder: Path, urls: Collection[str]) -> int:
    """Overwrite every answer of these addresses, and its request; say how many there were.

    Raises:
        OSError: a file can't be written to.
    """
    count = 0
    for warc in sorted(folder.glob(f"*{SUFFIX}")):
        held = index_of(warc)
        gone = [one for one in held if is_of(one, urls)]
        if gone:
            _overwrite(warc, gone)
            write_index(warc, (one.line() for one in held if one not in gone))
            count += len(gone)
    return count


def is_of(one: Indexed, urls: Collection[str]) -> bool:
    """Whether an answer is of one of these addresses, or was listed under one."""
    return one.url in urls or one.about.get("listed") in urls


def _overwrite(warc: Path, gone: list[Indexed]) -> None:
    with warc.open("r+b") as file:
        for one in gone:
            start = one.offset + one.length
            following, end = next(scan(warc, start), (one, start))
            for at, length in ((one.offset, one.length), (start, end - start if following is None else 0)):
                if length:
                    file.seek(at)
                    file.write(_nothing(length))
        file.flush()
        os.fsync(file.fileno())


def _nothing(length: int) -> bytes:
    """A gzip member of exactly this length that says that there was something; an empty one if that has no room."""
    said = b"software: newsloom\r\nerased: true\r\n"
    head = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Type: application/warc-fields\r\n"
    content = head + b"Content-Length: %d\r\n\r\n" % len(said) + said + b"\r\n\r\n"
    for text in (content, b""):
        deflate = zlib.compressobj(level=9, wbits=-15)
        packed = deflate.compress(text) + deflate.flush() + struct.pack("<II", zlib.crc32(text), len(text))
        room = length - len(packed) - 11  # what the header and the comment's end take
        if room >= 0:
            break
    return b"\x1f\x8b\x08" + bytes([_COMMENT]) + b"\x00\x00\x00\x00\x00\xff" + b" " * room + b"\x00" + packed
