"""A release of many records: written, verified, exported and searched, against gzip -6 and sha256sum on the same bytes.

`python -m bench.release 1000000` takes about half an hour and 12 GB of disk; without a number it measures 20,000.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import insert, update

from items.article import Record, canonical_json
from pipelines.archive import Archive
from pipelines.archive.clock import tick
from pipelines.archive.search import Filters, bring_up_to_date, find
from pipelines.archive.tables import articles, records, stories
from pipelines.archive.tables import clock as clock_table
from pipelines.export.facts import Selection, facts
from pipelines.export.formats import write_jsonl
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import publish_release, verify_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW = 20_000
A_DAY = 1000
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
ENGLISH = (
    *(
        "cotton",
        "yarn",
        "mill",
        "spins",
        "export",
        "price",
        "weaving",
        "loom",
        "silk",
        "wool",
        "fibre",
        "dyeing",
        "order",
    ),
    *("market", "growth", "federation", "buyer", "season", "quarter", "machine", "polyester", "garment", "recycled"),
    *("standard", "tariff", "fair", "exhibitor", "demand", "supply", "technical"),
)
CHINESE = (
    *(
        "纺织品",
        "服装",
        "出口",
        "增长",
        "企业",
        "市场",
        "棉花",
        "化纤",
        "印染",
        "织造",
        "产业",
        "集群",
        "博览会",
        "国际",
    ),
    *("采购商", "绿色", "制造", "标准", "价格", "行业", "协会", "发展"),
)


class Spent(NamedTuple):
    """What a process took."""

    cpu: float
    peak: float
    said: str


def texts(chance: random.Random, number: int) -> tuple[str, str, str]:
    """Language, title and text of an article."""
    if number % 2:
        text = "\n".join(" ".join(chance.choices(ENGLISH, k=40)).capitalize() + "." for _ in range(4))
        return "en", f"Mill {number}: {' '.join(chance.choices(ENGLISH, k=6))}", text
    text = "\n".join("".join(chance.choices(CHINESE, k=50)) + "。" for _ in range(4))
    return "zh", f"{''.join(chance.choices(CHINESE, k=6))}{number}", text


def rows(first: int, count: int) -> Iterator[tuple[dict, dict, dict]]:
    """Rows of records, articles and stories, as keeping the articles would have written them."""
    chance = random.Random(first)
    like = Record.model_validate(
        {"url": "http://mill.example/", "title": "x", "id": UUID(int=0), "version": 1, "recorded": FIRST}
        | {"site": "mill", "canonical_url": "http://mill.example/", "first_seen": FIRST, "last_seen": FIRST}
        | {"story": UUID(int=0), "original": True}
    ).model_dump(mode="json", by_alias=True)
    for number in range(first, first + count):
        url = f"http://mill.example/news/{number}.html"
        identity = uuid5(NAMESPACE_URL, url)
        day, second = divmod(number, A_DAY)
        at = (FIRST + timedelta(days=day, seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
        language, title, text = texts(chance, number)
        said = {"id": str(identity), "url": url, "canonical_url": url, "title": title, "text": text}
        said |= {"html": "".join(f"<p>{p}</p>" for p in text.split("\n")), "language": language, "story": str(identity)}
        line = canonical_json(like | said | {"recorded": at, "first_seen": at, "last_seen": at})
        seq = number + 1
        yield (
            {"seq": seq, "recorded": at, "type": "article", "subject": identity, "version": 1, "line": line},
            {"id": identity, "site": "mill", "canonical_url": url, "version": 1, "seq": seq, "story": identity}
            | {"text_hash": "sha256:" + "0" * 64, "credited": False, "language": language, "published": at}
            | {"first_seen": at, "last_seen": at, "misses": 0, "removed": False},
            {"id": identity, "original": identity, "published": at, "updated": at},
        )


def generate(folder: Path, first: int, count: int) -> None:
    """Put so many articles into the archive."""
    archive = opened(folder)
    made = rows(first, count)
    while batch := [row for _, row in zip(range(A_DAY), made, strict=False)]:
        of_records, of_articles, of_stories = map(list, zip(*batch, strict=True))
        with archive.writing() as connection:
            connection.execute(insert(records), of_records)
            connection.execute(insert(stories), of_stories)
            connection.execute(insert(articles), of_articles)
            connection.execute(update(clock_table).values(at=of_records[-1]["recorded"]))


def publish(folder: Path, count: int) -> str:
    """Publish the release, every day closed; say how many files changed."""
    archive = opened(folder)
    now = FIRST + timedelta(days=count // A_DAY + 1)
    with archive.writing() as connection:
        tick(connection, now)
    public = PublicFolder(folder / "public")
    with archive.reading() as connection:
        publish_release(connection, public, base_url="http://x.example/", now=now)
    return " ".join(Path(path).name for path in public.changed[:12])


def verify(folder: Path) -> str:
    result = verify_release(folder / "public" / "archive")
    assert result.faults == []
    return f"{result.records} records"


def export(folder: Path) -> str:
    with opened(folder).reading() as connection, Path(os.devnull).open("wb") as file:
        return f"{write_jsonl(facts(connection, Selection(None, Filters())), file)} records"


def index(folder: Path) -> str:
    return f"{bring_up_to_date(opened(folder))} records"


def search(folder: Path, typed: str) -> str:
    with opened(folder).reading() as connection:
        return f"{len(find(connection, typed).found)} shown"


def opened(folder: Path) -> Archive:
    return Archive(f"sqlite:///{folder}/newsloom.db")


STEPS: dict[str, Callable[..., str | None]] = {
    "generate": generate,
    "publish": publish,
    "verify": verify,
    "export": export,
    "index": index,
    "search": search,
}


def step(name: str, folder: Path, *more: object) -> Spent:
    """Run a step in a process of its own, so that its memory is its own."""
    return spent([sys.executable, "-m", "bench.release", name, str(folder), *map(str, more)])


def spent(command: list[str], stdin: Path | None = None) -> Spent:
    with tempfile.TemporaryFile() as out, Path(stdin or os.devnull).open("rb") as given:
        process = subprocess.Popen(command, stdin=given, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, command
        out.seek(0)
        said = out.read(2000).decode("utf-8", "replace").strip()
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def main(count: int = FEW) -> None:
    """Measure everything with so many records."""
    print(f"a release of {count} records: CPU, peak memory, and CPU as a ratio to a baseline of the same run")
    with tempfile.TemporaryDirectory(prefix="newsloom-bench-", dir=os.environ.get("TMPDIR", "/var/tmp")) as work:
        folder = Path(work)
        step("generate", folder, 0, count)
        published = step("publish", folder, count)
        raw = folder / "raw.jsonl"
        files = sorted(map(str, folder.glob("public/archive/articles/*/*/*.gz")))
        with raw.open("wb") as file:
            for at in range(0, len(files), 500):
                subprocess.run(["gzip", "-dc", *files[at : at + 500]], stdout=file, check=True)
        packing = spent(["sh", "-c", "gzip -6 -c > /dev/null"], raw)
        summing = spent(["sha256sum", str(raw)])
        size = raw.stat().st_size >> 20
        print(f"  baselines on its {size} MB: gzip -6 {packing.cpu:.1f} s, sha256sum {summing.cpu:.1f} s")
        raw.unlink()
        tell("published", published, packing, "gzip -6")
        tell("verified", verified := step("verify", folder), packing, "gzip -6")
        tell("verified", verified, summing, "sha256sum")
        tell("exported", step("export", folder), packing, "gzip -6")
        step("generate", folder, count, A_DAY)
        one_day = step("publish", folder, count + A_DAY)
        print(f"  one day of {A_DAY} more: {one_day.cpu:.2f} s CPU, {one_day.peak:.0f} MB; wrote {one_day.said}")
        tell("indexed for searching", step("index", folder), packing, "gzip -6")
        nothing = step("search", folder, "nothingofthekind")
        for typed in ("cotton", '"cotton yarn mill"', "纺织", "纺织品服装", "tariff -silk"):
            found = step("search", folder, typed)
            more = f"{found.cpu - nothing.cpu:.2f} s CPU more than finding nothing"
            print(f"  search {typed}: {found.said}, {more}, {found.peak:.0f} MB at most")


def tell(what: str, took: Spent, base: Spent, named: str) -> None:
    ratio = f"{took.cpu / max(base.cpu, 0.01):.2f} of {named}"
    print(f"  {what}: {took.cpu:.1f} s CPU, {took.peak:.0f} MB at most, {ratio} ({took.said[:40]})")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        given = [int(word) if word.isdigit() else word for word in sys.argv[3:]]
        print(STEPS[sys.argv[1]](Path(sys.argv[2]), *given) or "")
    else:
        main(*map(int, sys.argv[1:]))
