"""What deciding costs: a new article among a million beside one among ten thousand, and beside MinHash-LSH.

usage: python -m bench.stories [--large N]

The texts are made up: words of a made-up language, in the lengths of news, one in ten a copy with its tail cut.
Compared with `datasketch` (MinHash of 128 permutations, LSH at 0.5, runs of 12 letters) where that is installed.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from pipelines.archive import Archive
from pipelines.archive.tables import sketches
from pipelines.stories import index
from pipelines.stories.compare import Text, compare
from pipelines.stories.fold import fold, letters
from pipelines.stories.judge import certainty
from pipelines.stories.sketch import sketch

SMALL, LARGE, ASKED = 10_000, 1_000_000, 2_000
BATCH = 2_000


def texts(count: int, seed: int) -> list[str]:
    """So many made-up articles; every tenth is a copy of one before it."""
    dice = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    made: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            made.append(made[dice.randrange(max(0, number - 500), number)][: dice.randint(600, 1200)])
        else:
            made.append(" ".join(dice.choices(words, weights, k=dice.randint(120, 400))))
    return made


def main() -> None:
    large = int(sys.argv[sys.argv.index("--large") + 1]) if "--large" in sys.argv else LARGE
    few = texts(SMALL + ASKED, 1)
    baseline = of_datasketch(few[:SMALL])
    with tempfile.TemporaryDirectory() as folder:
        small, candidates, whole = of_ours(Path(folder) / "small.db", few)
        big, size = among_many(Path(folder) / "large.db", few[SMALL:], large)
    print(f"a new article among {large:,}: {big * 1e6:.0f} us, {big / small:.2f} x that among {SMALL:,}")
    print(
        f"the index takes {size:.0f} bytes an article; "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    )
    if baseline:
        print(f"candidates of {SMALL:,} articles: {candidates / baseline:.2f} x datasketch ({baseline:.1f} s)")
        print(f"deciding {SMALL:,} articles: {whole / baseline:.2f} x datasketch")


def of_ours(path: Path, rows: list[str]) -> tuple[float, float, float]:
    """Seconds of CPU: of one article after `SMALL`, of the candidates of all, of all with their comparisons."""
    archive = Archive(f"sqlite:///{path}")
    finding = comparing = 0.0
    for start in range(0, SMALL, BATCH):
        with archive.writing() as connection:
            for seq in range(start, start + BATCH):
                began = time.process_time()
                keys = sketch(letters(fold(rows[seq])))
                found = index.look(connection, keys)
                index.write(connection, seq, found.room)
                looked = time.process_time()
                if found.candidates:
                    text = Text(f"Title {seq}", rows[seq])
                for other in found.candidates:
                    certainty(compare(text, Text(f"Title {other}", rows[other])))
                finding += looked - began
                comparing += time.process_time() - looked
    after = ask(archive, rows[SMALL:], SMALL)
    archive.close()
    return after, finding, finding + comparing


def ask(archive: Archive, rows: list[str], first: int) -> float:
    """Seconds of CPU that it takes to find one article's candidates and let it be found."""
    began = time.process_time()
    with archive.writing() as connection:
        for number, row in enumerate(rows):
            found = index.look(connection, sketch(letters(fold(row))))
            index.write(connection, first + number, found.room)
    return (time.process_time() - began) / len(rows)


def among_many(path: Path, rows: list[str], count: int) -> tuple[float, float]:
    """The same as `ask` among so many articles, and the bytes of index that each of them takes.

    The index is filled with sketches of as many articles, drawn as such sketches are: the smallest of many hashes, a
    tenth of them shared with an article before.
    """
    archive = Archive(f"sqlite:///{path}")
    dice = random.Random(2)
    empty = path.stat().st_size
    recent: list[list[int]] = []
    for start in range(0, count, BATCH):
        found = []
        for seq in range(start, start + BATCH):
            keys = [dice.getrandbits(63) for _ in range(21)]
            if seq % 10 == 9:
                keys[:13] = dice.choice(recent)[:13]
            recent = [*recent[-500:], keys]
            found += [{"key": key, "seq": seq} for key in keys]
        with archive.writing() as connection:
            connection.execute(insert(sketches).prefix_with("OR IGNORE"), found)
    with archive.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (path.stat().st_size - empty) / count
    archive.close()
    reopened = Archive(f"sqlite:///{path}")
    took = ask(reopened, rows, count)
    reopened.close()
    return took, size


def of_datasketch(rows: list[str]) -> float | None:
    """Seconds of CPU of the library: signatures, insert and query of all texts."""
    try:
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415
    except ImportError:
        print("datasketch is not installed: no comparison with it (pip install datasketch)")
        return None
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    began = time.process_time()
    for number, row in enumerate(rows):
        said = row.encode()
        signature = MinHash(num_perm=128)
        signature.update_batch({said[i : i + 12] for i in range(len(said) - 11)})
        lsh.query(signature)
        lsh.insert(number, signature)
    return time.process_time() - began


if __name__ == "__main__":
    main()
