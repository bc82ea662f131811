"""What feeds cost in a large archive: 20 new stories among 200,000, beside the same among 2,000 (the baseline).

Both archives are generated row by row and told to the feeds; the files of all that are taken for written (their first
writing costs some 5 ms of CPU a file). Then 20 articles come, and publishing them is measured in a process of its own,
once as `newsloom publish` does it (feeds, release, pages), once the feeds alone: CPU, files written, peak memory.

    python -m bench.feeds [SIZE …]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import event, func, insert, select

from items.article import Article, Record, canonical_json
from items.site import Site
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.tables import addresses, articles, feed_documents, feeds, records, stories, tellings
from pipelines.archive.untold import touch_all
from pipelines.dedupe import text_hash
from pipelines.publish.changes import changes_of, remember
from pipelines.publish.feeds.feed import FORMATS
from pipelines.publish.feeds.shelves import Shelves
from pipelines.publish.feeds.tell import tell
from pipelines.publish.feeds.write import FeedWriter
from pipelines.publish.files import PublicFolder
from pipelines.publish.pages.look import Look
from pipelines.publish.publication import Publication
from pipelines.publish.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (2_000, 200_000)
NEW = 20
BASE = "http://feeds.example/"
MONTHS = 60
START = datetime(2021, 10, 1, tzinfo=UTC)
COUNTRIES = ("CN", "IN", "DE", "IT", "TR")
LANGUAGES = ("zh", "en", "en", "de", "it")
SOURCES = [f"Textile Daily {number}" for number in range(200)]
WORDS = ("cotton", "yarn", "loom", "mill", "prices", "exports", "silk", "dyeing", "fair", "tariff", "weaving", "carpet")
HAN = (
    "纺织",
    "棉花",
    "价格",
    "出口",
    "市场",
    "丝绸",
    "印染",
    "企业",
    "工厂",
    "设备",
    "纤维",
    "贸易",
    "展会",
    "面料",
    "服装",
)
SITES = {
    f"site{n}": Site.model_validate(
        {
            "id": f"site{n}",
            "name": {"en": f"Site {n}"},
            "languages": [LANGUAGES[n % 5]],
            "country": COUNTRIES[n % 5],
            "zone": "UTC",
            "home": f"http://site{n}.example/",
            "checked": "never",
            "feeds": [{"url": f"http://site{n}.example/feed"}],
        }
    )
    for n in range(40)
}


@cache
def paragraphs(language: str) -> list[str]:
    """Made-up paragraphs, of which texts are put together."""
    seeded = random.Random(language)
    words, space = (HAN, "") if language == "zh" else (WORDS, " ")
    return [space.join(seeded.choices(words, k=60)) for _ in range(2_000)]


def article(number: int, moment: datetime, seeded: random.Random) -> Article:
    """An article of some 1,500 letters."""
    site = number % len(SITES)
    language = LANGUAGES[site % 5]
    words, space = (HAN, "") if language == "zh" else (WORDS, " ")
    lines = seeded.choices(paragraphs(language), k=4)
    return Article.model_validate(
        {
            "site": f"site{site}",
            "url": f"http://site{site}.example/{number}",
            "title": f"{space.join(seeded.choices(words, k=6))} {number}",
            "text": "\n".join(lines),
            "html": "".join(f"<p>{line}</p>" for line in lines),
            "language": language,
            "source": {"name": SOURCES[number % len(SOURCES)]} if number % 2 else None,
            "published": {"at": moment.isoformat(timespec="seconds"), "precision": "second", "basis": "visible"},
        }
    )


def fill(archive: Archive, size: int) -> None:
    """Write articles into the tables, spread over five years, without the work of deciding each."""
    seeded = random.Random(size)
    step = timedelta(days=30 * MONTHS) / size
    with archive.writing() as connection:
        for first in range(0, size, 1000):
            rows: dict[str, list[dict[str, object]]] = {name: [] for name in ("records", "stories", "articles", "urls")}
            for number in range(first, min(first + 1000, size)):
                add(rows, number, START + step * number, seeded)
            connection.execute(insert(records), rows["records"])
            connection.execute(insert(stories), rows["stories"])
            connection.execute(insert(articles), rows["articles"])
            connection.execute(insert(addresses), rows["urls"])
        touch_all(connection)


def add(rows: dict[str, list[dict[str, object]]], number: int, moment: datetime, seeded: random.Random) -> None:
    """Add the rows of one article."""
    said = article(number, moment, seeded)
    identity, story = uuid5(NAMESPACE_URL, said.url), uuid5(NAMESPACE_URL, f"story:{said.url}")
    known = {"id": identity, "version": 1, "recorded": moment, "canonical_url": said.url, "story": story}
    known |= {"first_seen": moment, "last_seen": moment, "original": True}
    record = Record.model_construct(**(said.__dict__ | known))
    at = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    fact = {"seq": number + 1, "recorded": at, "type": "article", "subject": identity, "version": 1}
    rows["records"].append(fact | {"line": record.json_line()})
    rows["stories"].append({"id": story, "original": identity, "published": at, "updated": at})
    row = {"id": identity, "site": said.site, "canonical_url": said.url, "version": 1, "seq": number + 1}
    row |= {"story": story, "text_hash": text_hash(said), "credited": said.source is not None, "misses": 0}
    row |= {"language": said.language, "published": at, "first_seen": at, "last_seen": at, "removed": False}
    rows["articles"].append(row)
    rows["urls"].append({"url": said.url, "article": identity})


def write_feeds(archive: Archive, root: Path) -> int:
    """Publish the feeds alone: how many files were written."""
    publication = Publication(root, BASE, "Textiles", sites=SITES)
    folder = PublicFolder(root)
    tell(archive, Shelves.of(SITES), base_url=publication.base_url, page=publication.entries)
    with archive.reading() as connection:
        changes = changes_of(connection, folder, publication)
        writer = FeedWriter(connection, folder, publication, changes)
        writer.write()
        remember(folder, publication, changes)
    assert writer.trouble == []
    return len(folder.changed)


def write_all(archive: Archive, root: Path) -> int:
    """Publish as `newsloom publish` does: how many files were written."""
    published = publish(archive, SITES, Publication(root, BASE, "Textiles"))
    assert published.trouble == []
    return len(published.changed)


def first(folder: Path, size: int, *, feeds_alone: bool = False) -> float:
    """Make an archive and tell the feeds of all of it; then take for published what would cost hours to write.

    An empty file lies where each document of a feed would be, and the pages of all but the newest month are taken for
    there. The release and the newest month's pages are written, unless only the feeds are measured.
    """
    archive = in_haste(Archive(f"sqlite:///{folder}/archive.db"))
    fill(archive, size)
    publication = Publication(folder / "public", BASE, "Textiles", sites=SITES)
    begun = time.process_time()
    tell(archive, Shelves.of(SITES), base_url=BASE, page=publication.entries)
    cpu = time.process_time() - begun
    public = PublicFolder(publication.root)
    with archive.reading() as connection:
        paths = [f"feeds/{path}" for path in connection.execute(select(feeds.c.path)).scalars()]
        names = select(feeds.c.path, feed_documents.c.name).join(feeds)
        paths += [f"feeds/{path}/history/{name}" for path, name in connection.execute(names)]
        for path in paths:
            (publication.root / path).parent.mkdir(parents=True, exist_ok=True)
            for ending in FORMATS:
                (publication.root / f"{path}.{ending}").touch()
        remember(public, publication, changes_of(connection, public, publication))
        newest = (START + timedelta(days=30 * (MONTHS - 1))).strftime("%Y-%m-%dT%H:%M:%SZ")
        there = connection.execute(select(func.max(tellings.c.id)).where(tellings.c.published < newest)).scalar_one()
        memory = {"design": Look(publication).design, "told": there, "days": {}, "counts": {}, "search": {}}
        public.write(".pages.json", canonical_json(memory))
    if not feeds_alone:
        write_all(archive, publication.root)
    archive.close()
    return cpu


def in_haste(archive: Archive) -> Archive:
    """An archive that is only built here, and measured in another process: with much memory, and unsafe."""

    @event.listens_for(archive.engine, "connect")
    def _(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-1000000")

    archive.engine.dispose()
    return archive


def then(folder: Path, first_number: int, write: Callable[[Archive, Path], int]) -> tuple[float, int, float]:
    """Publish articles that come: seconds of CPU, files written, peak memory."""
    archive = Archive(f"sqlite:///{folder}/archive.db")
    seeded = random.Random(first_number)
    with archive.writing() as connection:
        for number in range(first_number, first_number + NEW):
            keep(connection, article(number, START + timedelta(days=30 * MONTHS), seeded))
    begun = time.process_time()
    files = write(archive, folder / "public")
    return time.process_time() - begun, files, megabytes()


def megabytes() -> float:
    """Peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure each size in processes of their own, and print them beside the first."""
    print(f"publishing {NEW} new stories; CPU as a ratio to the archive of {sizes[0]:,}")
    baselines: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="newsloom-bench-") as name:
            folder = Path(name)
            with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
                told = pool.apply(first, (folder, size))
                print(f"  {size:>9,} stories told the first time: {told / size * 1000:.1f} ms CPU each", flush=True)
                for number, (what, write) in enumerate((("the whole command", write_all), ("feeds", write_feeds))):
                    cpu, files, memory = pool.apply(then, (folder, size + number * NEW, write))
                    ratio = cpu / baselines.setdefault(what, cpu)
                    said = f"{ratio:4.1f} × ({cpu:.1f} s), {files:,} files, {memory:,.0f} MB peak"
                    print(f"  {'':9} {what}: {said}", flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
