"""What pages cost in a large archive: 20 new stories among 200,000, beside the same among 2,000 (the baseline).

The archive is generated row by row, the pages of all but its newest month are taken for published. Printed are the
seconds of CPU, the files written, and what a reader's browser fetches of the front page and for a search.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import orjson
from sqlalchemy import func, insert, select, text

from items.article import Article, Record
from items.site import Site
from pipelines.archive import Archive
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import feeds, records, tellings
from pipelines.publish.feeds.feed import Feed
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.files import PublicFolder
from pipelines.publish.packing import pack
from pipelines.publish.pages.look import Look
from pipelines.publish.pages.pages import publish_pages
from pipelines.publish.publication import Publication

MONTHS = 60
NEW = 20
SITES = [f"site{n}" for n in range(10)]
SOURCES = [f"Textile Daily {n}" for n in range(200)]
START = datetime(2020, 1, 1, tzinfo=UTC)
WORDS = ["cotton", "yarn", "loom", "mill", "price", "export", "silk", "dye", "fair", "trade", "weaving", "spinning"]
HAN = "纺织棉花价格出口市场丝绸印染企业工厂设备纤维贸易展会报告"


def line(number: int, moment: datetime, seeded: random.Random, paragraphs: int = 5) -> Record:
    """An article of some 300 letters a paragraph, every other one Chinese."""
    chinese = number % 2 == 0
    letters = (
        (lambda n: "".join(seeded.choices(HAN, k=n)))
        if chinese
        else (lambda n: " ".join(seeded.choices(WORDS, k=n // 6)))
    )
    said = Article(
        url=f"http://{SITES[number % 10]}.example/{number}",
        title=f"{letters(24)} {number}",
        text="\n".join(letters(300) for _ in range(paragraphs)),
        site=SITES[number % 10],
        language="zh" if chinese else "en",
        source={"name": SOURCES[number % 200]},
        published={"at": moment.isoformat(), "precision": "minute", "basis": "visible"},
    )
    known = {"id": uuid4(), "version": 1, "recorded": moment, "canonical_url": said.url, "story": uuid4()}
    known |= {"first_seen": moment, "last_seen": moment, "original": True}
    return Record.model_validate(said.model_dump(by_alias=True, exclude_none=True) | known)


_OLD = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
INSERT INTO records (seq, recorded, type, subject, version, line)
SELECT i + 1, strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-01', '+' || CAST(i * :step AS INTEGER) || ' seconds'),
  'article', lower(hex(randomblob(16))), 1, :line FROM n
"""
_THE_REST = (
    "INSERT INTO stories (id, original, published, updated, reason) SELECT subject, subject, recorded, recorded, ''",
    (
        "INSERT INTO articles (id, site, canonical_url, version, seq, story, text_hash, credited, language, published, "
        "first_seen, last_seen, misses, removed) SELECT subject, 'site' || (seq % 10), 'http://x.example/' || seq, 1, "
        "seq, subject, '', 1, 'en', recorded, recorded, recorded, 0, 0"
    ),
    (
        "INSERT INTO tellings (id, story, parts, topics, published, updated, size) "
        "SELECT seq, subject, seq, 'cotton', recorded, recorded, 9"
    ),
    *(
        f"INSERT INTO feed_entries (feed, story, telling, published, pending) SELECT {feed}, subject, seq, recorded, 0"
        for feed in ("1", "2 + seq % 10", "12 + seq % 2", "14", "15 + seq % 200")
    ),
)


def grow(archive: Archive, numbers: range, count: int, *, alike: bool = False) -> None:
    """Write articles and all that feeds know of them, straight into the tables; old ones may all read alike."""
    seeded = random.Random(numbers.start)
    step = 30 * 86_400 * MONTHS / count
    span = {"first": numbers.start, "last": numbers.stop}
    with archive.writing() as connection:
        if alike:
            same = line(0, START, seeded, 0).json_line()
            connection.execute(text(_OLD), span | {"step": step, "line": same})
        else:
            made = [line(n, (START + timedelta(seconds=step * n)).replace(microsecond=0), seeded) for n in numbers]
            columns = ("seq", "recorded", "type", "subject", "version", "line")
            values = (
                (n + 1, timestamp(one.recorded), "article", one.id, 1, one.json_line())
                for n, one in zip(numbers, made, strict=True)
            )
            connection.execute(insert(records), [dict(zip(columns, row, strict=True)) for row in values])
        for statement in _THE_REST:
            connection.execute(text(f"{statement} FROM records WHERE seq > :first AND seq <= :last"), span)


def the_feeds(told: int) -> list[Feed]:
    """Every feed there is."""
    paths = [
        "all",
        *(f"site/{s}" for s in SITES),
        "language/zh",
        "language/en",
        "topic/cotton",
        *(f"source/{slug(s)}" for s in SOURCES),
    ]
    names = [
        "loom",
        *(f"loom: {s}" for s in SITES),
        "loom: 中文",
        "loom: English",
        "loom: Cotton",
        *(f"loom: {s}" for s in SOURCES),
    ]
    return [
        Feed(n, path, f"urn:{n}", name, name, None, told)
        for n, (path, name) in enumerate(zip(paths, names, strict=True), 1)
    ]


def measure(count: int) -> None:
    """Print a line for an archive of that many stories."""
    with tempfile.TemporaryDirectory() as home:
        archive = Archive(f"sqlite:///{home}/archive.db")
        every = the_feeds(0)
        with archive.writing() as connection:
            table = [
                {"id": f.number, "path": f.path, "uuid": uuid4(), "name": f.title, "rule": "", "told": 0} for f in every
            ]
            connection.execute(insert(feeds), table)
        newest = count - count // MONTHS
        grow(archive, range(newest), count, alike=True)
        grow(archive, range(newest, count), count)
        sites = {
            s: Site(
                id=s,
                name={"en": s},
                languages=["en"],
                zone="UTC",
                home=f"http://{s}.example/",
                checked="never",
                feeds=[{"url": f"http://{s}.example/f"}],
            )
            for s in SITES
        }
        publication = Publication(root=Path(home) / "public", base_url="http://x.example/", title="loom", sites=sites)
        folder = PublicFolder(publication.root)
        memory = {"design": Look(publication).design, "told": newest, "days": {}, "counts": {}, "search": {}}
        folder.write(".pages.json", orjson.dumps(memory))
        with archive.reading() as connection:
            publish_pages(connection, folder, publication, the_feeds(count), until=count)
        grow(archive, range(count, count + NEW), count)
        folder.changed.clear()
        before, began = time.process_time(), time.perf_counter()
        with archive.reading() as connection:
            assert connection.execute(select(func.max(tellings.c.id))).scalar() == count + NEW
            touched = {1, 14, *range(2, 14), *(15 + number % 200 for number in range(count, count + NEW))}
            told = [replace(feed, told=count + NEW) if feed.number in touched else feed for feed in the_feeds(count)]
            publish_pages(connection, folder, publication, told, until=count + NEW)
        cpu, wall = time.process_time() - before, time.perf_counter() - began
        front = [
            *(folder.root / "assets").glob("style*"),
            *(folder.root / "assets").glob("pages*"),
            folder.root / "index.html",
        ]
        packed = sum(len(pack(path.read_bytes(), "gzip")) for path in front)
        shards = [len(pack(path.read_bytes(), "gzip")) for path in (folder.root / "search").glob("20*/*.json")]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        whole = sum(path.stat().st_size for path in front)
        print(f"  {count:7,} stories: {NEW} new cost {cpu:.2f} s CPU ({wall:.2f} s), {len(folder.changed)} files;")
        print(f"          front page with style and script {whole / 1000:.0f} KB, gzipped {packed / 1000:.0f} KB;")
        print(f"          a shard of the search at most {max(shards) / 1000:.0f} KB gzipped; peak memory {peak:.0f} MB")
        archive.close()


def main() -> None:
    """Print a line for each size of archive."""
    print(f"pages: publishing {NEW} new stories")
    for count in (2_000, 200_000):
        measure(count)


if __name__ == "__main__":
    main()
