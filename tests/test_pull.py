"""Pulling a release: once whole, then only what is new; resumed, checked, and never outside its folder."""

import hashlib
import json
import shutil
from datetime import timedelta

import pytest

from crawler.fetch.release import RemoteError, RemoteRelease
from crawler.pull import pull
from pipelines.archive.redaction import redact
from pipelines.publish.release import verify_release
from tests.pulling import FIRST_DAY, Publisher, ReleaseServer, pull_under_kills, snapshot

SECOND_DAY = FIRST_DAY + timedelta(days=1)
THIRD_DAY = FIRST_DAY + timedelta(days=2)
CLOSED = "articles/2026/11/articles-2026-11-01.jsonl.gz"
OPEN = "articles/2026/11/articles-2026-11-02.open.jsonl.gz"
MANIFEST = "articles/2026/11/manifest.json"


@pytest.fixture
def publisher(tmp_path):
    made = Publisher(tmp_path)
    made.add(FIRST_DAY, 9, letters=3000)
    made.add(SECOND_DAY, 3)
    made.publish(SECOND_DAY)
    yield made
    made.archive.close()


@pytest.fixture
def server(publisher):
    with ReleaseServer(publisher.release) as serving:
        yield serving


@pytest.fixture
def pulled(server, tmp_path):
    """Pulls into a folder and returns what came of it."""

    def again():
        return pull(RemoteRelease(server.url), tmp_path / "copy")

    return again


@pytest.fixture
def copy(tmp_path):
    return tmp_path / "copy"


def test_a_copy_is_the_release_byte_for_byte_and_verifies(pulled, publisher, copy) -> None:
    said = pulled()
    assert said.faults == []
    assert said.records == 12
    assert snapshot(copy) == snapshot(publisher.release)
    assert verify_release(copy).faults == []


def test_a_second_pull_with_nothing_new_is_one_request(pulled, server) -> None:
    pulled()
    server.asked.clear()
    assert pulled().bytes == 0
    assert [(asked.path, asked.status) for asked in server.asked] == [("index.json", 304)]


def test_of_an_open_partition_that_grew_only_the_new_members_are_fetched(pulled, server, publisher, copy) -> None:
    pulled()
    before = (publisher.release / OPEN).stat().st_size
    publisher.add(SECOND_DAY, 2)
    publisher.publish(SECOND_DAY)
    server.asked.clear()
    pulled()
    assert [(asked.start, asked.status) for asked in server.asked if asked.path == OPEN] == [(before, 206)]
    assert CLOSED not in {asked.path for asked in server.asked}
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_day_that_closed_replaces_its_open_file(pulled, publisher, copy) -> None:
    pulled()
    publisher.publish(THIRD_DAY)
    assert pulled().removed == [OPEN]
    assert snapshot(copy) == snapshot(publisher.release)


def test_what_was_redacted_leaves_the_copy_too(pulled, publisher, copy) -> None:
    (url,) = publisher.add(SECOND_DAY)
    publisher.publish(THIRD_DAY)
    pulled()
    with publisher.archive.writing() as connection:
        redact(connection, url, "privacy", now=THIRD_DAY)
    publisher.publish(THIRD_DAY)
    said = pulled()
    assert said.faults == []
    assert said.removed == ["articles/2026/11/articles-2026-11-02.jsonl.gz"]
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_copy_that_was_made_by_other_means_is_taken_over_without_fetching_it_again(
    pulled, server, publisher, copy
) -> None:
    shutil.copytree(publisher.release, copy)
    pulled()
    assert {asked.path for asked in server.asked} == {"index.json"}


def test_a_file_that_was_lost_from_the_copy_is_fetched_again(pulled, copy, publisher) -> None:
    pulled()
    (copy / CLOSED).unlink()
    pulled()
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_transfer_that_breaks_off_goes_on_where_it_broke(pulled, server, publisher, copy) -> None:
    breaks = {3000, 6000, 9000, 13000}

    def now(sent: int) -> bool:
        due = {at for at in breaks if sent >= at}
        breaks.difference_update(due)
        return bool(due)

    server.on_piece = now
    assert pulled().faults == []
    assert not breaks
    assert any(asked.status == 206 for asked in server.asked)
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_server_without_ranges_serves_as_well(pulled, server, publisher, copy) -> None:
    pulled()
    server.ranges = False
    publisher.add(SECOND_DAY, 2)
    publisher.publish(SECOND_DAY)
    assert pulled().faults == []
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_release_that_is_published_anew_meanwhile_is_pulled_as_it_then_is(pulled, server, publisher, copy) -> None:
    def republish(sent: int) -> bool:
        server.on_piece = lambda _: False
        publisher.add(SECOND_DAY, 2)
        publisher.publish(THIRD_DAY)
        return False

    server.on_piece = republish
    assert pulled().faults == []
    assert snapshot(copy) == snapshot(publisher.release)


def test_a_closed_file_that_was_altered_is_refused_and_the_copy_stays(pulled, publisher, copy) -> None:
    pulled()
    before = snapshot(copy)
    altered = b"something else"
    listed = json.loads((publisher.release / MANIFEST).read_text())
    listed["partitions"][0] |= {"sha256": hashlib.sha256(altered).hexdigest(), "bytes": len(altered)}
    forge(publisher, listed, {CLOSED: altered})
    assert [fault for fault in pulled().faults if CLOSED in fault and "another" in fault]
    assert snapshot(copy) == before


def test_a_closed_file_that_vanished_is_reported_and_the_copy_stays(pulled, publisher, copy) -> None:
    pulled()
    before = snapshot(copy)
    listed = json.loads((publisher.release / MANIFEST).read_text())
    del listed["partitions"][0]
    forge(publisher, listed, {})
    assert [fault for fault in pulled().faults if "no longer in the release" in fault]
    assert snapshot(copy) == before


def test_a_file_that_is_not_what_its_manifest_says_never_gets_its_place(pulled, server, copy) -> None:
    server.instead[CLOSED] = b"x" * 100_000
    said = pulled()
    assert [fault for fault in said.faults if CLOSED in fault]
    assert not (copy / CLOSED).exists()
    assert not (copy / "index.json").exists()


def forge(publisher: Publisher, manifest: dict, files: dict[str, bytes]) -> None:
    """Give out another manifest, with an index that fits it."""
    for path, content in files.items():
        (publisher.release / path).write_bytes(content)
    written = json.dumps(manifest).encode()
    (publisher.release / MANIFEST).write_bytes(written)
    index = json.loads((publisher.release / "index.json").read_text())
    index["months"][0] |= {"sha256": hashlib.sha256(written).hexdigest(), "bytes": len(written)}
    (publisher.release / "index.json").write_bytes(json.dumps(index).encode())


@pytest.mark.parametrize(
    "path",
    [
        "../../outside.jsonl.gz",
        "/tmp/outside.jsonl.gz",
        "articles/2026/11/../../../../outside.jsonl.gz",
        "articles/2026/11/articles-2026-11-01.jsonl.gz/../../../../../outside",
        ".pull/state.json",
        "index.json",
        "articles\\2026\\outside.jsonl.gz",
    ],
)
def test_a_hostile_path_is_refused_and_nothing_is_written(pulled, publisher, copy, tmp_path, path) -> None:
    listed = json.loads((publisher.release / MANIFEST).read_text())
    listed["partitions"][0]["path"] = path
    forge(publisher, listed, {})
    before = {p for p in tmp_path.rglob("*") if copy not in p.parents}
    with pytest.raises(RemoteError, match="path"):
        pulled()
    assert {p for p in tmp_path.rglob("*") if copy not in p.parents} - {copy} == before
    assert not (copy / "index.json").exists()


@pytest.mark.parametrize("content", [b"<html>Not found</html>", b"[]", b"{}", b'{"months": 1}', b"\xff\xfe", b""])
def test_what_is_no_release_is_one_clear_line(pulled, server, content) -> None:
    server.instead["index.json"] = content
    with pytest.raises(RemoteError) as error:
        pulled()
    assert len(str(error.value).splitlines()) == 1


def test_more_than_the_manifest_says_is_never_read(pulled, server, publisher, copy) -> None:
    """An open partition that goes on for ever: what its manifest vouches for is taken."""
    content = (publisher.release / OPEN).read_bytes()
    server.instead[OPEN] = content + b"x" * 5_000_000
    assert pulled().faults == []
    assert (copy / OPEN).read_bytes() == content


def test_an_index_that_promises_more_than_memory_holds_is_refused(pulled, server, publisher) -> None:
    index = json.loads((publisher.release / "index.json").read_text())
    index["months"] = [index["months"][0] | {"bytes": 4 << 20}] * 17
    server.instead["index.json"] = json.dumps(index).encode()
    with pytest.raises(RemoteError, match="larger than those of any release"):
        pulled()


def test_an_index_without_end_is_not_read_to_it(pulled, server) -> None:
    server.instead["index.json"] = b" " * (100 << 20)
    with pytest.raises(RemoteError, match="larger"):
        pulled()
    assert server.sent < 20 << 20


def test_a_server_that_leads_to_another_is_not_followed(tmp_path) -> None:
    from tests.loopback import Loopback

    with Loopback() as web:
        web.pages["/index.json"] = (302, {"Location": "http://10.0.0.1/index.json"}, b"")
        with pytest.raises(RemoteError, match="another server"):
            pull(RemoteRelease(web.home), tmp_path / "copy")


def test_a_server_that_is_not_there_is_one_clear_line(tmp_path, newsloom) -> None:
    said = newsloom("pull", "http://127.0.0.1:9/", "copy")
    assert said.returncode == 3
    assert "can't be reached" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_release_is_verified_where_it_is_served(server, publisher) -> None:
    assert verify_release(RemoteRelease(server.url)).faults == []
    packed = (publisher.release / CLOSED).read_bytes()
    (publisher.release / CLOSED).write_bytes(packed[:-1])
    assert any(f"{CLOSED}: is truncated" in fault for fault in verify_release(RemoteRelease(server.url)).faults)
    (publisher.release / CLOSED).unlink()
    assert f"{CLOSED}: is missing" in verify_release(RemoteRelease(server.url)).faults


def test_killed_and_resumed_it_ends_whole_and_fetches_no_held_byte_again(tmp_path) -> None:
    assert pull_under_kills(tmp_path, 5) >= 3
