"""Redaction: what is taken back for legal or privacy reasons is gone everywhere, and the release says that it is."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import orjson
from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from items.run import Outcome
from pipelines.archive.articles import keep
from pipelines.archive.captures import Captures, CaptureWriter, Exchange
from pipelines.archive.captures.erase import erase
from pipelines.archive.captures.index import index_of
from pipelines.archive.redaction import redact
from pipelines.archive.tables import records
from pipelines.publish.release import verify_release

DAY_ONE = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY_TWO = DAY_ONE + timedelta(days=1)
DAYS = "articles/2026/11/articles-2026-11"


def read(path) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def manifest_entry(folder, number: int) -> dict:
    return json.loads((folder / "articles/2026/11/manifest.json").read_text())["partitions"][number]


def test_what_is_taken_back_is_in_no_line_any_longer(archive, article) -> None:
    with archive.writing() as connection:
        kept = keep(connection, article(1), now=DAY_ONE)
        keep(connection, article(1, title="Mill number 1 closes"), now=DAY_TWO)
        done = redact(connection, article(1).url, "privacy", now=DAY_TWO)
        assert (done.article, done.versions, done.days) == (kept.article, 2, ["2026-11-20", "2026-11-21"])
        assert done.urls == [article(1).url]
        lines = connection.execute(select(records.c.line).order_by(records.c.seq)).scalars().all()
    facts = [orjson.loads(line) for line in lines]
    assert [(fact["type"], fact["version"]) for fact in facts] == [("redaction", 1), ("redaction", 2), ("tombstone", 3)]
    assert not any(word in line for line in lines for word in (b"Mill", b"cotton", b"loom.example"))


def test_an_article_that_was_taken_back_is_never_kept_again(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1), now=DAY_ONE)
        redact(connection, article(1).url, "legal")
        again = keep(connection, article(1, title="Mill number 1 again"))
        assert again.outcome is Outcome.REJECTED
        assert "legal or privacy" in again.reason
        assert keep(connection, article(2)).outcome is Outcome.KEPT  # whose text is another


def test_an_article_that_is_not_there_is_not_taken_back(archive, article) -> None:
    with archive.writing() as connection:
        assert redact(connection, "http://nobody.example/", "legal") is None
        assert redact(connection, "00000000-0000-0000-0000-000000000000", "legal") is None


def test_a_closed_day_is_written_anew_under_a_new_name_and_says_what_stood_there(
    release, add, archive, article
) -> None:
    add([1, 2], DAY_ONE)
    add([3], DAY_TWO)
    before = manifest_entry(release(DAY_TWO), 0)
    with archive.writing() as connection:
        redact(connection, article(1).url, "privacy", now=DAY_TWO)
    folder = release(DAY_TWO)
    assert not (folder / f"{DAYS}-20.jsonl.gz").exists()
    assert [fact["type"] for fact in read(folder / f"{DAYS}-20-r1.jsonl.gz")] == ["redaction", "article"]
    assert [fact["type"] for fact in read(folder / f"{DAYS}-21.open.jsonl.gz")] == ["article", "tombstone"]
    entry = manifest_entry(folder, 0)
    assert (entry["revision"], entry["redactions"], entry["articles"]) == (1, 1, 1)
    assert entry["replaces"] == [{"path": before["path"], "sha256": before["sha256"]}]
    assert verify_release(folder).faults == []


def test_every_redaction_gives_its_days_another_revision(release, add, archive, article) -> None:
    add([1, 2], DAY_ONE)
    release(DAY_TWO)
    for number, revision in ((1, 1), (2, 2)):
        with archive.writing() as connection:
            redact(connection, article(number).url, "privacy", now=DAY_TWO)
        folder = release(DAY_TWO)
        assert manifest_entry(folder, 0)["path"] == f"{DAYS}-20-r{revision}.jsonl.gz"
    assert len(manifest_entry(folder, 0)["replaces"]) == 2
    assert [f.name for f in sorted((folder / "articles/2026/11").glob("*11-20*"))] == [
        "articles-2026-11-20-r2.jsonl.gz"
    ]
    assert verify_release(folder).faults == []


def test_a_redaction_on_the_day_itself_writes_the_open_partition_anew(release, add, archive, article) -> None:
    add([1, 2], DAY_ONE)
    release(DAY_ONE)
    with archive.writing() as connection:
        redact(connection, article(1).url, "legal", now=DAY_ONE)
    folder = release(DAY_ONE)
    assert [fact["type"] for fact in read(folder / f"{DAYS}-20-r1.open.jsonl.gz")] == [
        "redaction",
        "article",
        "tombstone",
    ]
    add([3], DAY_ONE)
    assert len(read(release(DAY_ONE) / f"{DAYS}-20-r1.open.jsonl.gz")) == 4
    assert (release(DAY_TWO) / f"{DAYS}-20-r1.jsonl.gz").exists()
    assert verify_release(folder).faults == []


def test_a_copy_takes_the_place_of_an_original_that_was_taken_back(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1), now=DAY_ONE)
        copy = keep(connection, article(site="othersite", url="http://other.example/7"), now=DAY_ONE)
        redact(connection, article(1).url, "legal", now=DAY_TWO)
        last = orjson.loads(connection.execute(select(records.c.line).order_by(records.c.seq.desc())).scalars().first())
    assert (last["type"], last["original"]) == ("merge", str(copy.article))


def test_the_command_takes_back_and_publishes(newsloom, tmp_path) -> None:
    newsloom("init")
    said = {"url": "http://mill.example/1", "title": "A name", "text": "A name that must go. " * 9}
    (tmp_path / "one.jsonl").write_text(json.dumps(said))
    newsloom("import", "one.jsonl")
    newsloom("publish")
    done = newsloom("redact", "http://mill.example/1", "--reason", "privacy")
    assert done.returncode == 0, done.stderr
    assert verify_release(tmp_path / "public" / "archive").faults == []
    for file in (tmp_path / "public" / "archive").rglob("*"):
        content = b"" if file.is_dir() else file.read_bytes()
        assert b"A name" not in (gzip.decompress(content) if file.suffix == ".gz" else content), file


def test_its_captures_are_erased_and_all_others_keep_their_places(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    urls = [f"http://mill.example/{number}" for number in range(4)]
    for url in urls:
        about = {"listed": "http://mill.example/listed"} if url == urls[2] else {}
        writer.write(
            Exchange(url, DAY_ONE, [("Host", "mill.example")], 200, [], f"the page {url}".encode() * 99, about)
        )
    writer.close()
    (warc,) = tmp_path.glob("*.warc.gz")
    size, before = warc.stat().st_size, index_of(warc)
    assert erase(tmp_path, {urls[1], "http://mill.example/listed"}) == 2
    assert warc.stat().st_size == size
    assert index_of(warc) == [one for one in before if one.url in (urls[0], urls[3])]
    for one in index_of(warc):
        assert Captures(tmp_path).read(one).body == f"the page {one.url}".encode() * 99
    unpacked = gzip.decompress(warc.read_bytes())
    assert urls[1].encode() not in unpacked
    assert urls[2].encode() not in unpacked
    with warc.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds.count("response") == 2
    assert kinds.count("metadata") == 4


def test_after_the_index_is_lost_what_was_erased_is_not_found_again(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    for number in range(3):
        writer.write(Exchange(f"http://mill.example/{number}", DAY_ONE, [], 200, [], b"x" * 500))
    writer.close()
    erase(tmp_path, {"http://mill.example/1"})
    for cdxj in tmp_path.glob("*.cdxj"):
        cdxj.unlink()
    (warc,) = tmp_path.glob("*.warc.gz")
    assert [one.url for one in index_of(warc)] == ["http://mill.example/0", "http://mill.example/2"]
