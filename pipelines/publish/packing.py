"""Compressed forms of a published file, as they lie beside it for a web server: `all.atom.gz`, `all.atom.br`."""

from __future__ import annotations

import zlib

import brotli

ENDINGS = {"gzip": "gz", "br": "br"}
"""By content coding, what is added to a file's name."""


def pack(plain: bytes, encoding: str, *, fast: bool = False) -> bytes:
    """Compress in gzip or brotli; the same bytes for the same input."""
    if encoding == "br":
        return bytes(brotli.compress(plain, quality=5 if fast else 9))
    squeeze = zlib.compressobj(6 if fast else 9, zlib.DEFLATED, 31)
    return squeeze.compress(plain) + squeeze.flush()


def unpacks_to(packed: bytes, plain: bytes, encoding: str) -> bool:
    """Whether compressed bytes hold exactly these; takes no more memory than they do, whatever was packed."""
    try:
        if encoding == "br":
            reader = brotli.Decompressor()
            return reader.process(packed, output_buffer_limit=len(plain) + 1) == plain and bool(reader.is_finished())
        inflate = zlib.decompressobj(wbits=31)
        return inflate.decompress(packed, len(plain) + 1) == plain and inflate.eof
    except (brotli.error, zlib.error):
        return False
