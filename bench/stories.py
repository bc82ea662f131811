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
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import insert, select

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.tables import addresses, articles, records, sketches, stories
from pipelines.stories import index
from pipelines.stories.compare import Text, compare
from pipelines.stories.fold import fold, letters
from pipelines.stories.judge import certainty
from pipelines.stories.sketch import sketch

SMALL, LARGE, ASKED, WARM = 10_000, 1_000_000, 1_000, 200
BATCH = 2_000
KEYS = 21
"""Numbers that an article is found by: those of its sketch, and some of its facts."""

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
FILLER = b"A mill spins cotton yarn for export. " * 40


def texts(count: int, seed: int) -> list[str]:
    """So many made-up articles; every tenth is a copy of one before it."""
    dice = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(20_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    made: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            made.append(made[dice.randrange(max(0, number - 500), number)][: dice.randint(600, 1200)])
        else:
            made.append(" ".join(dice.choices(words, cum_weights=weights, k=dice.randint(120, 400))))
    return made


def main() -> None:
    """Measure and print."""
    large = int(sys.argv[sys.argv.index("--large") + 1]) if "--large" in sys.argv else LARGE
    few = texts(SMALL, 1)
    baseline = of_datasketch(few)
    with tempfile.TemporaryDirectory(prefix="newsloom-bench-") as name:
        candidates, whole = of_ours(Path(name) / "candidates.db", few)
        of_one: dict[int, float] = {}
        for count in (SMALL, large):
            path = Path(name) / f"{count}.db"
            with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
                size = pool.apply(generate, (path, count))
                opened, of_one[count], memory = pool.apply(ask, (path, count))
            path.unlink()
            ratio = of_one[count] / of_one[SMALL]
            print(f"a new article kept among {count:,}: {of_one[count] * 1e6:.0f} us, {ratio:.2f} x", flush=True)
            print(f"    opened in {opened * 1000:.0f} ms, {memory:.0f} MB peak, {size:.0f} bytes of index an article")
    if baseline:
        print(f"candidates of {SMALL:,} articles: {candidates / baseline:.2f} x datasketch ({baseline:.1f} s)")
        print(f"deciding {SMALL:,} articles: {whole / baseline:.2f} x datasketch")


def of_ours(path: Path, rows: list[str]) -> tuple[float, float]:
    """Seconds of CPU of the candidates of all articles, and of all with their comparisons."""
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
    archive.close()
    return finding, finding + comparing


def generate(path: Path, count: int) -> float:
    """Make an archive of so many articles, and return the bytes of index that each of them takes.

    The rows are those that keeping the articles would have written, in the same order. Their sketches are drawn as such
    sketches are: the smallest of many hashes, a tenth of them shared with an article before.
    """
    archive = Archive(f"sqlite:///{path}")
    with archive.engine.connect() as connection:
        raw = connection.connection.driver_connection
        for said in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
            raw.execute(f"PRAGMA {said}")
        made = (row_of(number) for number in range(count))
        while batch := list(islice(made, BATCH)):
            for table, rows in zip((records, stories, articles, addresses), zip(*batch, strict=True), strict=True):
                connection.execute(insert(table), list(rows))
        connection.commit()
        before = path.stat().st_size
        dice = random.Random(2)
        recent: list[list[int]] = []
        for first in range(1, count + 1, BATCH):
            found = []
            for seq in range(first, min(first + BATCH, count + 1)):
                keys = [dice.getrandbits(64) - (1 << 63) for _ in range(KEYS)]
                if seq % 10 == 9:
                    keys[:13] = dice.choice(recent)[:13]
                recent = [*recent[-500:], keys]
                found += [{"key": key, "seq": seq} for key in keys]
            connection.execute(insert(sketches).prefix_with("OR IGNORE"), found)
        connection.commit()
    archive.close()
    return (path.stat().st_size - before) / count


def row_of(number: int) -> tuple[dict[str, object], ...]:
    """The rows of an article in records, stories, articles and addresses."""
    url = f"http://site{number % 40}.example/{number}"
    identity, story = uuid5(NAMESPACE_URL, url), uuid5(NAMESPACE_URL, f"story:{url}")
    at = (FIRST + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    seq = number + 1
    line = b'{"title":"Title %d","text":"%b","published":null}' % (number, FILLER)
    seen = {"published": at, "first_seen": at, "last_seen": at}
    return (
        {"seq": seq, "recorded": at, "type": "article", "subject": identity, "version": 1, "line": line},
        {"id": story, "original": identity, "published": at, "updated": at, "reason": "the only article"},
        {"id": identity, "site": f"site{number % 40}", "canonical_url": url, "version": 1, "seq": seq, "story": story}
        | {"text_hash": "sha256:" + identity.hex * 2, "body_key": identity.hex, "credited": False, "language": "en"}
        | {"misses": 0, "removed": False} | seen,
        {"url": url, "article": identity},
    )  # fmt: skip


def ask(path: Path, count: int) -> tuple[float, float, float]:
    """Keep further articles as a crawl does, each in a transaction of its own.

    Returns:
        Seconds of CPU to open the archive and to keep one article; peak memory in megabytes.
    """
    began = time.process_time()
    archive = Archive(f"sqlite:///{path}")
    with archive.reading() as connection:
        connection.execute(select(sketches.c.key).limit(1)).all()
    opened = time.process_time() - began
    rows = texts(ASKED + WARM, 3)
    for number, row in enumerate(rows):
        if number == WARM:  # modules, statements, pages of the database
            began = time.process_time()
        said = Article(
            site="new", url=f"http://new.example/{count}/{number}", title=f"Title {number}", text=row, language="en"
        )
        with archive.writing() as connection:
            keep(connection, said)
    took = (time.process_time() - began) / ASKED
    archive.close()
    return opened, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
