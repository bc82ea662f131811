"""The release: partitions that close, manifests, an index written last, and verifying it all."""

import gzip
import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from items.article import Rights
from pipelines.archive.articles import keep, miss
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import publish_release
from pipelines.publish.verify import verify_release

DAY_ONE = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY_TWO = DAY_ONE + timedelta(days=1)
CLOSED = "articles/2026/11/articles-2026-11-20.jsonl.gz"
OPEN = "articles/2026/11/articles-2026-11-20.open.jsonl.gz"


@pytest.fixture
def release(archive, tmp_path):
    """Publishes the release as of a moment and returns its folder."""

    def publish(now: datetime) -> Path:
        with archive.reading() as connection:
            publish_release(connection, PublicFolder(tmp_path / "public"), base_url="http://x.example/", now=now)
        return tmp_path / "public" / "archive"

    return publish


@pytest.fixture
def add(archive, article):
    """Keeps articles, as of a moment."""

    def keep_all(numbers, now: datetime, **said) -> None:
        with archive.writing() as connection:
            for number in numbers:
                keep(connection, article(number, **said), now=now)

    return keep_all


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(f.relative_to(folder)): (f.read_bytes(), f.stat().st_mtime_ns) for f in folder.rglob("*") if f.is_file()
    }


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def test_todays_partition_is_open_and_closes_when_its_day_is_over(release, add) -> None:
    add(range(3), DAY_ONE)
    folder = release(DAY_ONE)
    assert (folder / OPEN).exists()
    folder = release(DAY_TWO)
    assert not (folder / OPEN).exists()
    assert [record["version"] for record in read(folder / CLOSED)] == [1, 1, 1]
    assert verify_release(folder).faults == []


def test_an_open_partition_only_grows_by_whole_members(release, add) -> None:
    add(range(60), DAY_ONE)
    before = (release(DAY_ONE) / OPEN).read_bytes()
    add(range(60, 70), DAY_ONE)
    after = (release(DAY_ONE) / OPEN).read_bytes()
    assert after.startswith(before)
    assert len(gzip.decompress(after).splitlines()) == 70
    assert len(gzip.decompress(after[len(before) :]).splitlines()) == 10


def test_a_closed_partition_is_never_touched_again(release, add) -> None:
    add(range(3), DAY_ONE)
    closed = release(DAY_TWO) / CLOSED
    before = closed.read_bytes(), closed.stat().st_mtime_ns
    add(range(10, 14), DAY_TWO)
    release(DAY_TWO)
    release(DAY_TWO + timedelta(days=40))
    assert (closed.read_bytes(), closed.stat().st_mtime_ns) == before


def test_publishing_with_nothing_new_leaves_every_byte_and_time(release, add) -> None:
    add(range(3), DAY_ONE)
    add(range(10, 14), DAY_TWO)
    before = snapshot(release(DAY_TWO))
    assert snapshot(release(DAY_TWO)) == before


def test_a_partition_that_was_lost_is_written_again_with_the_same_bytes(release, add) -> None:
    add(range(3), DAY_ONE)
    folder = release(DAY_TWO)
    before = (folder / CLOSED).read_bytes()
    (folder / CLOSED).unlink()
    release(DAY_TWO)
    assert (folder / CLOSED).read_bytes() == before


def test_a_partition_that_was_closed_late_is_the_same_as_one_that_was_closed_in_time(release, add, tmp_path) -> None:
    add(range(60), DAY_ONE)
    release(DAY_ONE)
    add(range(60, 120), DAY_ONE)
    grown = (release(DAY_TWO) / CLOSED).read_bytes()
    shutil.rmtree(tmp_path / "public")
    assert (release(DAY_TWO) / CLOSED).read_bytes() == grown


def test_each_index_names_the_digest_of_the_one_before(release, add) -> None:
    add(range(3), DAY_ONE)
    first = (release(DAY_ONE) / "index.json").read_bytes()
    add(range(3, 6), DAY_ONE)
    second = json.loads((release(DAY_ONE) / "index.json").read_bytes())
    assert json.loads(first)["previous"] is None
    assert second["previous"] == hashlib.sha256(first).hexdigest()


def test_sha256sums_lists_what_is_closed(release, add) -> None:
    add(range(3), DAY_ONE)
    add(range(3, 6), DAY_TWO)
    folder = release(DAY_TWO)
    digest, path = (folder / "SHA256SUMS").read_text().split()
    assert path == CLOSED
    assert hashlib.sha256((folder / CLOSED).read_bytes()).hexdigest() == digest


def test_every_line_follows_the_schema_in_the_release(release, add, archive, article) -> None:
    add(range(2), DAY_ONE)
    with archive.writing() as connection:
        miss(connection, article(0).url, for_ever=True)
    folder = release(datetime.now(UTC))
    schema = Draft202012Validator(json.loads((folder / "schema" / "article-1.json").read_text()))
    found = [record for file in folder.rglob("articles-*.jsonl.gz") for record in read(file)]
    assert {record["type"] for record in found} >= {"article", "tombstone"}
    for record in found:
        schema.validate(record)
    assert not schema.is_valid(found[0] | {"title": None})


@pytest.mark.parametrize(("policy", "summary"), [("excerpt", True), ("link", False)])
def test_what_a_sites_rights_forbid_is_not_released(release, add, policy, summary) -> None:
    add([1], DAY_ONE, rights=Rights(policy=policy), html="<p>whole</p>")
    (record,) = read(release(DAY_ONE) / OPEN)
    assert (record["text"], record["html"]) == (None, None)
    assert bool(record["summary"]) is summary


def damaged(folder: Path, how: str) -> None:
    index = json.loads((folder / "index.json").read_text())
    manifest = folder / "articles/2026/11/manifest.json"
    closed = folder / CLOSED
    packed = closed.read_bytes()
    match how:
        case "flipped bit":
            closed.write_bytes(packed[:200] + bytes([packed[200] ^ 1]) + packed[201:])
        case "missing file":
            closed.unlink()
        case "truncated file":
            closed.write_bytes(packed[:-40])
        case "swapped file":
            shutil.copy(folder / "articles/2026/11/articles-2026-11-21.open.jsonl.gz", closed)
        case "wrong count":
            (folder / "index.json").write_bytes(orjson.dumps(index | {"records": index["records"] + 1}))
        case "altered manifest":
            manifest.write_text(manifest.read_text().replace('"merges": 0', '"merges": 1', 1))


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ("flipped bit", CLOSED),
        ("missing file", f"{CLOSED}: is missing"),
        ("truncated file", CLOSED),
        ("swapped file", CLOSED),
        ("wrong count", "index.json: says"),
        ("altered manifest", "manifest.json: its SHA-256"),
    ],
)
def test_verify_names_what_was_altered(release, add, how, named) -> None:
    add(range(30), DAY_ONE)
    add(range(100, 105), DAY_TWO)
    folder = release(DAY_TWO)
    assert verify_release(folder).faults == []
    damaged(folder, how)
    assert any(named in fault for fault in verify_release(folder).faults)


def relined(folder: Path, lines: list[dict]) -> None:
    """Put other lines into the closed partition, with every digest and count made to fit."""
    raw = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    packed = gzip.compress(raw)
    (folder / CLOSED).write_bytes(packed)
    manifest = json.loads((folder / "articles/2026/11/manifest.json").read_text())
    kinds = [line["type"] for line in lines]
    manifest["partitions"][0] |= {
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
        "raw_bytes": len(raw),
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
        "records": len(lines),
        "articles": kinds.count("article"),
        "tombstones": kinds.count("tombstone"),
    }
    written = orjson.dumps(manifest)
    (folder / "articles/2026/11/manifest.json").write_bytes(written)
    index = json.loads((folder / "index.json").read_text())
    index["months"][0]["sha256"] = hashlib.sha256(written).hexdigest()
    index |= {"records": len(lines), "articles": kinds.count("article"), "tombstones": kinds.count("tombstone")}
    (folder / "index.json").write_bytes(orjson.dumps(index))


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("a version that was left out", "version 3 of"),
        ("an orphan tombstone", "a tombstone for"),
        ("no record at all", "is no fact of this schema"),
    ],
)
def test_verify_names_lines_that_cannot_be_even_if_every_digest_fits(release, add, what, named) -> None:
    add([1], DAY_ONE)
    folder = release(DAY_TWO)
    (line,) = read(folder / CLOSED)
    tombstone = {k: line[k] for k in ("schema", "recorded", "url")}
    tombstone |= {"type": "tombstone", "id": line["id"], "version": 1, "reason": "error", "replaced_by": None}
    lines = {
        "a version that was left out": [line, line | {"version": 3}],
        "an orphan tombstone": [tombstone],
        "no record at all": [line, {"type": "article"}],
    }
    relined(folder, lines[what])
    assert any(named in fault for fault in verify_release(folder).faults)


def test_verify_reads_nothing_outside_the_release(release, add, tmp_path) -> None:
    add([1], DAY_ONE)
    folder = release(DAY_TWO)
    shutil.copy(folder / CLOSED, tmp_path / "outside.jsonl.gz")
    index = (folder / "index.json").read_text()
    (folder / "index.json").write_text(index.replace("articles/2026/11/manifest.json", "../../outside.jsonl.gz"))
    assert any("outside the release" in fault for fault in verify_release(folder).faults)
