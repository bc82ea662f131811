"""Gzip (RFC 1952) with reproducible bytes: whole members of a fixed header, so that files can grow by appending."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RECORDS_A_MEMBER = 50
"""Costs 0.4 % in size against one member, and gives random access and appending for it."""

LONGEST_LINE = 64 << 20
"""Bytes; the longest record that is kept has a tenth of it."""

_HEADER = bytes.fromhex("1f8b08000000000000ff")  # deflate, no name, no time, unknown system: the same everywhere
_AT_ONCE = 1 << 20
"""Bytes that are unpacked in one go: a few of them may hold a thousand times as many."""


def member(content: bytes) -> bytes:
    """One gzip member. The same content gives the same bytes with the same zlib."""
    deflate = zlib.compressobj(level=6, wbits=-15)
    packed = deflate.compress(content) + deflate.flush()
    return _HEADER + packed + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What a gzip file of any number of members holds, in pieces of bounded size.

    Raises:
        zlib.error: a member is damaged.
        EOFError: the last member is not whole.
    """
    inflate = zlib.decompressobj(wbits=31)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            begun = True
            piece = inflate.decompress(rest, _AT_ONCE)
            if piece:
                yield piece
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            if inflate.eof:
                inflate, begun = zlib.decompressobj(wbits=31), False
        while begun and (piece := inflate.decompress(b"", _AT_ONCE)):  # what it held back
            yield piece
        if inflate.eof:
            inflate, begun = zlib.decompressobj(wbits=31), False
    if begun:
        raise EOFError("its end is missing")


def lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a text, newline included.

    Raises:
        EOFError: the last line has no end.
        ValueError: a line is longer than any record.
    """
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(rest) > LONGEST_LINE:
            raise ValueError("a line is longer than any record")
    if rest:
        raise EOFError("its last line has no end")
