"""The sketch of a text: a few numbers by which texts that share passages find each other."""

from __future__ import annotations

from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

from pipelines.stories.fold import is_ideographic

SIZE = 17
"""Numbers in a sketch: the smallest hashes of all runs of letters, most of which outlast cutting and inserting."""

_RUN, _RUN_OF_IDEOGRAPHS = 12, 6
"""Letters in a run."""

_SHORTEST = 40
"""Letters below which a text says too little to be found by."""


def sketch(letters: str) -> list[int]:
    """The sketch of a text's letters, as signed 64-bit numbers; empty for a text that is too short."""
    ideographic = is_ideographic(letters)
    if len(letters) * (2 if ideographic else 1) < _SHORTEST:
        return []
    run = _RUN_OF_IDEOGRAPHS if ideographic else _RUN
    # Two bytes a letter: what is beyond the first plane counts as two letters, which does no harm.
    raw = letters.encode("utf-16-le", "replace")
    width = 2 * run
    runs = {raw[i : i + width] for i in range(0, len(raw) - width + 2, 2)}
    chosen = nsmallest(SIZE, runs, key=crc32)
    return [int.from_bytes(blake2b(r, digest_size=8).digest(), "big", signed=True) for r in chosen]
