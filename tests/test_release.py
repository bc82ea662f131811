"""The release: partitions that close, manifests, an index written last, and verifying it all."""

import gzip
import hashlib
import json
import shutil
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from items.article import Rights
from pipelines.publish.release import verify_release
from pipelines.publish.release.files import Folder
from pipelines.publish.release.gzip_members import member, unpacked
from tests.removing import take_down

DAY_ONE = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY_TWO = DAY_ONE + timedelta(days=1)
CLOSED = "articles/2026/11/articles-2026-11-20.jsonl.gz"
OPEN = "articles/2026/11/articles-2026-11-20.open.jsonl.gz"

once = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


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


@once
def test_each_index_names_the_digest_of_the_one_before(release, add) -> None:
    add(range(3), DAY_ONE)
    first = (release(DAY_ONE) / "index.json").read_bytes()
    add(range(3, 6), DAY_ONE)
    second = json.loads((release(DAY_ONE) / "index.json").read_bytes())
    assert json.loads(first)["previous"] is None
    assert second["previous"] == hashlib.sha256(first).hexdigest()


@once
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
        take_down(connection, article(0).url)
    folder = release(datetime.now(UTC))
    schema = Draft202012Validator(json.loads((folder / "schema" / "article-1.json").read_text()))
    found = [record for file in folder.rglob("articles-*.jsonl.gz") for record in read(file)]
    assert {record["type"] for record in found} >= {"article", "tombstone"}
    for record in found:
        schema.validate(record)
    assert not schema.is_valid(found[0] | {"title": None})


@once
@pytest.mark.parametrize(("policy", "summary"), [("excerpt", True), ("link", False)])
def test_what_a_sites_rights_forbid_is_not_released(release, add, policy, summary) -> None:
    add([1], DAY_ONE, rights=Rights(policy=policy), html="<p>whole</p>")
    (record,) = read(release(DAY_ONE) / OPEN)
    assert (record["text"], record["html"]) == (None, None)
    assert bool(record["summary"]) is summary


def damaged(folder: Path, how: str) -> None:  # noqa: C901  # one case a way
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
        case "swapped line":
            raw = gzip.decompress(packed)
            closed.write_bytes(gzip.compress(raw.replace(b"Monday", b"Friday", 1)))
        case "altered text beside the partitions":
            (folder / "RIGHTS.txt").write_text("all rights reversed")
        case "no index":
            (folder / "index.json").unlink()
        case "grown file":
            closed.write_bytes(packed + gzip.compress(b"{}\n"))
        case "swapped file":
            shutil.copy(folder / "articles/2026/11/articles-2026-11-21.open.jsonl.gz", closed)
        case "wrong count":
            (folder / "index.json").write_bytes(orjson.dumps(index | {"records": index["records"] + 1}))
        case "altered manifest":
            manifest.write_text(manifest.read_text().replace('"merges": 0', '"merges": 1', 1))


@once
@pytest.mark.parametrize(
    ("how", "named"),
    [
        ("flipped bit", f"{CLOSED}: was altered"),
        ("missing file", f"{CLOSED}: is missing"),
        ("truncated file", f"{CLOSED}: is truncated"),
        ("grown file", f"{CLOSED}: is too long"),
        ("swapped line", f"{CLOSED}: the manifest says raw_sha256"),
        ("swapped file", f"{CLOSED}: was swapped: it holds what belongs to articles/2026/11/articles-2026-11-21.open"),
        ("altered text beside the partitions", "RIGHTS.txt: "),
        ("no index", "index.json: is missing"),
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
        "redactions": kinds.count("redaction"),
    }
    written = orjson.dumps(manifest)
    (folder / "articles/2026/11/manifest.json").write_bytes(written)
    index = json.loads((folder / "index.json").read_text())
    index["months"][0]["sha256"] = hashlib.sha256(written).hexdigest()
    index |= {"records": len(lines), "articles": kinds.count("article"), "tombstones": kinds.count("tombstone")}
    (folder / "index.json").write_bytes(orjson.dumps(index))


@once
@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("a version that was left out", "version 3 of"),
        ("a version out of order", "version 1 of"),
        ("a line of another day", "on another day"),
        ("times that run backwards", "before the line above it"),
        ("a redaction that nothing explains", "which no tombstone explains"),
        ("an orphan tombstone", "a tombstone for"),
        ("no record at all", "is no article of this schema"),
    ],
)
def test_verify_names_lines_that_cannot_be_even_if_every_digest_fits(release, add, what, named) -> None:
    add([1], DAY_ONE)
    folder = release(DAY_TWO)
    (line,) = read(folder / CLOSED)
    tombstone = {k: line[k] for k in ("schema", "recorded", "url")}
    tombstone |= {"type": "tombstone", "id": line["id"], "version": 1, "reason": "error", "replaced_by": None}
    redaction = {k: line[k] for k in ("schema", "recorded", "id", "version")}
    redaction |= {"type": "redaction", "reason": "legal", "redacted": line["recorded"]}
    lines = {
        "a version out of order": [line, line | {"version": 2}, line],
        "a line of another day": [line | {"recorded": "2026-11-21T00:00:00Z"}],
        "times that run backwards": [line, line | {"version": 2, "recorded": "2026-11-20T08:59:59Z"}],
        "a redaction that nothing explains": [redaction],
        "a version that was left out": [line, line | {"version": 3}],
        "an orphan tombstone": [tombstone],
        "no record at all": [line, {"type": "article"}],
    }
    relined(folder, lines[what])
    assert any(named in fault for fault in verify_release(folder).faults)


@once
@pytest.mark.parametrize(
    ("how", "named"),
    [
        ("flipped bit", f"{CLOSED}: was altered"),
        ("missing file", f"{CLOSED}: is missing"),
        ("truncated file", f"{CLOSED}: is truncated"),
        ("swapped file", f"{CLOSED}: was swapped"),
        ("wrong count", "index.json: says"),
    ],
)
def test_the_command_says_what_was_altered_and_exits_with_five(release, add, newsloom, how, named) -> None:
    add(range(3), DAY_ONE)
    add(range(100, 105), DAY_TWO)
    folder = release(DAY_TWO)
    said = newsloom("verify", folder)
    assert (said.returncode, said.stdout) == (0, f"{folder}: 8 records in 2 partitions, whole and unaltered\n")
    damaged(folder, how)
    said = newsloom("verify", folder)
    assert said.returncode == 5
    assert said.stdout.startswith(named)
    assert said.stdout.endswith("NOT whole and unaltered\n")


@once
def test_verify_reads_nothing_outside_the_release(release, add, tmp_path) -> None:
    add([1], DAY_ONE)
    folder = release(DAY_TWO)
    shutil.copy(folder / CLOSED, tmp_path / "outside.jsonl.gz")
    index = (folder / "index.json").read_text()
    (folder / "index.json").write_text(index.replace("articles/2026/11/manifest.json", "../../outside.jsonl.gz"))
    assert any("is not what a release has there" in fault for fault in verify_release(folder).faults)
    (folder / "index.json").write_text(index)
    shutil.move(folder / "articles", tmp_path / "elsewhere")
    (folder / "articles").symlink_to(tmp_path / "elsewhere")
    assert any("outside the release" in fault for fault in verify_release(folder).faults)


@once
def test_verify_reads_a_release_that_was_published_anew_meanwhile_once_more(release, add, tmp_path) -> None:
    """Its index is read; then a day is closed, and the file that the index named is gone."""
    add(range(3), DAY_ONE)
    folder = release(DAY_ONE)

    class Publishing(Folder):
        read_once = False

        def read(self, path: str, at_most: int) -> bytes:
            content = super().read(path, at_most)
            if path == "RIGHTS.txt" and not self.read_once:
                self.read_once = True
                release(DAY_TWO)
            return content

    assert verify_release(Publishing(folder)).faults == []


@once
def test_an_open_partition_that_has_grown_since_is_whole(release, add) -> None:
    """Publishing may be killed after the file grew and before the index says so."""
    add(range(3), DAY_ONE)
    folder = release(DAY_ONE)
    with (folder / OPEN).open("ab") as file:
        file.write(gzip.compress(b"{}\n"))
    assert verify_release(folder).faults == []


@once
def test_an_open_partition_of_another_archive_is_not_grown_but_written_anew(release, add, tmp_path) -> None:
    add([1], DAY_ONE)
    folder = release(DAY_ONE)
    foreign = gzip.compress(gzip.decompress((folder / OPEN).read_bytes()).replace(b"Monday", b"Friday"))
    damage(folder, OPEN, foreign)
    add([2], DAY_ONE)
    assert [record["title"] for record in read(release(DAY_ONE) / OPEN)] == [
        "Mill number 1 opens",
        "Mill number 2 opens",
    ]
    assert "Friday" not in gzip.decompress((folder / OPEN).read_bytes()).decode()


def damage(folder: Path, path: str, packed: bytes) -> None:
    """Put other bytes into a partition and make the manifest fit in size."""
    (folder / path).write_bytes(packed)
    manifest = folder / "articles/2026/11/manifest.json"
    said = json.loads(manifest.read_text())
    said["partitions"][0]["bytes"] = len(packed)
    manifest.write_bytes(orjson.dumps(said))


@once
def test_listings_follow_the_schemas_in_the_release(release, add) -> None:
    add(range(3), DAY_ONE)
    folder = release(DAY_TWO)
    for listing, schema in (("index.json", "index-1"), ("articles/2026/11/manifest.json", "manifest-1")):
        validator = Draft202012Validator(json.loads((folder / "schema" / f"{schema}.json").read_text()))
        validator.validate(json.loads((folder / listing).read_text()))


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_unpacked_in_pieces() -> None:
    """Much in little: no piece of it is larger than a megabyte."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(32)) + squeeze.flush()
    sizes = {len(piece) for piece in unpacked([packed])}
    assert max(sizes) <= 1 << 20
    assert len(packed) < 1 << 16


@given(st.lists(st.binary(max_size=200), max_size=20), st.integers(1, 64))
def test_members_cut_anywhere_unpack_to_what_was_packed(contents, width) -> None:
    packed = b"".join(map(member, contents))
    chunks = [packed[at : at + width] for at in range(0, len(packed), width)]
    assert b"".join(unpacked(chunks)) == b"".join(contents)
    if packed:
        with pytest.raises((EOFError, zlib.error)):
            list(unpacked([packed[:-1]]))
