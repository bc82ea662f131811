"""Captures: what came, as it came, in files that any WARC tool reads, whole to the last record."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from items.errors import ArchiveError
from pipelines.archive.captures import Captures, CaptureWriter, Exchange, Indexed, newest
from pipelines.archive.captures.files import drop_old
from pipelines.archive.captures.index import index_path, surt

AT = datetime(2024, 12, 23, 2, 31, 7, tzinfo=UTC)
PAGE = "<html><body><p>中国纺织报 reports.</p></body></html>".encode()


def exchange(number: int = 1, body: bytes = PAGE, **said) -> Exchange:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"x"'), *said.pop("headers", [])]
    about = {"site": "mill", "kind": "article", "listed": f"http://mill.example/old/{number}", "date": "12月23日"}
    return Exchange(
        f"http://mill.example/news/{number}?a=b", AT, [("User-Agent", "newsloom")], 200, headers, body, about, **said
    )


def warcs(folder) -> list:
    return sorted(folder.glob("*.warc.gz"))


def test_an_answer_comes_out_as_it_went_in(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    capture = writer.write(exchange())
    writer.close()
    (entry,) = Captures(tmp_path).indexed()
    assert (entry.file, entry.offset, entry.length) == (capture.file, capture.offset, capture.length)
    assert entry.about == exchange().about
    got = Captures(tmp_path).read(entry)
    assert (got.url, got.at, got.status, got.body) == ("http://mill.example/news/1?a=b", AT, 200, PAGE)
    assert ("ETag", '"x"') in got.headers


def test_a_compressed_body_is_kept_compressed_and_read_decompressed(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    packed = gzip.compress(PAGE)
    writer.write(exchange(body=packed, headers=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]))
    writer.close()
    (entry,) = Captures(tmp_path).indexed()
    assert Captures(tmp_path).read(entry).body == PAGE
    records = ArchiveIterator(warcs(tmp_path)[0].open("rb"))
    response = next(record for record in records if record.rec_type == "response")
    assert response.raw_stream.read() == packed


def test_other_tools_read_requests_responses_and_revisits(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    writer.write(exchange(1))
    writer.write(exchange(1, same_as=AT))
    writer.write(exchange(1, body=b"", same_as=AT, not_modified=True))
    writer.close()
    with warcs(tmp_path)[0].open("rb") as file:
        records = [
            (r.rec_type, r.rec_headers, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")
        ]
    kinds = [kind for kind, _, _ in records]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "revisit", "request"]
    revisit, not_modified = records[3][1], records[5][1]
    assert revisit["WARC-Refers-To-Date"] == "2024-12-23T02:31:07Z"
    assert revisit["WARC-Payload-Digest"] == records[1][1]["WARC-Payload-Digest"]
    assert revisit["WARC-Profile"].endswith("identical-payload-digest")
    assert not_modified["WARC-Profile"].endswith("server-not-modified")
    assert records[2][1]["WARC-Concurrent-To"] == records[1][1]["WARC-Record-ID"]


def test_the_index_is_sorted_and_made_anew_when_it_is_lost_or_falls_short(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    for number in (3, 1, 2):
        writer.write(exchange(number))
    writer.close()
    path = index_path(warcs(tmp_path)[0])
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines == sorted(lines)
    assert lines[0].startswith(b"example,mill)/news/1?a=b 20241223023107 {")
    whole = [*Captures(tmp_path).indexed()]
    path.unlink()
    assert [*Captures(tmp_path).indexed()] == whole
    path.write_bytes(b"what is this?\n")
    assert [*Captures(tmp_path).indexed()] == whole
    path.write_bytes(b"".join(lines))
    writer.write(exchange(4))  # and the run is killed before it writes its index
    assert [*Captures(tmp_path).indexed()][:3] == whole
    assert len([*Captures(tmp_path).indexed()]) == 4


@pytest.mark.parametrize("lost", [1, 5, 60, 400])
def test_what_a_killed_run_left_unfinished_is_cut_off_and_the_rest_goes_on(tmp_path, lost) -> None:
    writer = CaptureWriter(tmp_path)
    writer.write(exchange(1))
    writer.write(exchange(2))
    (path,) = warcs(tmp_path)
    os.truncate(path, path.stat().st_size - lost)
    whole = [entry.url for entry in Captures(tmp_path).indexed()]
    assert whole[0].endswith("/1?a=b")
    os.close(os.dup(writer._file.fileno()))
    writer._file.close()  # the process is gone, and its lock with it
    again = CaptureWriter(tmp_path)
    again.write(exchange(3))
    again.close()
    assert warcs(tmp_path) == [path]
    with path.open("rb") as file:
        urls = [r.rec_headers["WARC-Target-URI"] for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert urls == [*whole, "http://mill.example/news/3?a=b"] == [entry.url for entry in Captures(tmp_path).indexed()]


def test_a_full_file_is_followed_by_another(tmp_path) -> None:
    writer = CaptureWriter(tmp_path, largest=4000)
    for number in range(12):
        writer.write(exchange(number, body=os.urandom(900)))
    writer.close()
    assert len(warcs(tmp_path)) >= 3
    assert all(path.stat().st_size < 4000 + 2500 for path in warcs(tmp_path))
    assert [entry.url.split("/")[4] for entry in Captures(tmp_path).indexed()] == [
        f"{number}?a=b" for number in range(12)
    ]


def test_two_writers_in_one_folder_write_files_of_their_own(tmp_path) -> None:
    first, second = CaptureWriter(tmp_path), CaptureWriter(tmp_path)
    for number in range(4):
        (first, second)[number % 2].write(exchange(number))
    first.close()
    second.close()
    assert len(warcs(tmp_path)) == 2
    assert len([*Captures(tmp_path).indexed()]) == 4


def test_a_full_disk_leaves_the_file_whole(tmp_path, monkeypatch) -> None:
    writer = CaptureWriter(tmp_path)
    writer.write(exchange(1))
    size = warcs(tmp_path)[0].stat().st_size

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    with pytest.raises(OSError, match="No space"):
        writer.write(exchange(2))
    monkeypatch.undo()
    assert warcs(tmp_path)[0].stat().st_size == size
    writer.write(exchange(3))
    writer.close()
    assert [entry.url.split("/")[4] for entry in Captures(tmp_path).indexed()] == ["1?a=b", "3?a=b"]


def test_files_older_than_the_operator_wants_are_removed_with_their_indexes(tmp_path) -> None:
    writer = CaptureWriter(tmp_path, largest=1)
    writer.write(exchange(1))
    writer.write(exchange(2))
    writer.close()
    old, new = warcs(tmp_path)
    os.utime(old, (time.time() - 8 * 86400,) * 2)
    assert drop_old(tmp_path, 7) == [old]
    assert sorted(tmp_path.iterdir()) == sorted([new, index_path(new)])


def test_a_capture_that_is_not_there_is_one_clear_line(tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    writer.write(exchange(1))
    writer.close()
    (entry,) = Captures(tmp_path).indexed()
    warcs(tmp_path)[0].write_bytes(b"not a gzip file at all, for a change" * 100)
    with pytest.raises(ArchiveError, match="no capture can be read"):
        Captures(tmp_path).read(entry)


def test_hosts_stand_together_in_the_index() -> None:
    assert surt("https://www.Example.org:443/News?id=1") == "org,example)/news?id=1"
    assert surt("http://127.0.0.1:8080") == "1,0,0,127:8080)/"


def test_writers_that_begin_at_the_same_time_never_fail(tmp_path) -> None:
    def work(number: int) -> None:
        for each in range(5):
            writer = CaptureWriter(tmp_path)
            writer.write(exchange(10 * number + each))
            writer.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert len([*Captures(tmp_path).indexed()]) == 80


def listed(number: int, at: str = "20261126000000", **said) -> Indexed:
    page = f"http://mill.example/news/{number}"
    about = {"site": "mill", "kind": "article", "listed": page}
    entry = Indexed("newsloom-1.warc.gz", number * 1000, 1000, page, at, 200, "text/html", "sha1:A", about)
    return replace(entry, **said)


def test_of_each_page_the_newest_whole_answer_is_found_whatever_comes_first() -> None:
    entries = [
        listed(1, "20261126000300"),
        listed(1, "20261126000200"),
        listed(1, "20261126000400", mime="warc/revisit"),
        listed(1, "20261126000500", status=500),
        listed(2, "20261126000100"),
        listed(3, about={"site": "weaver", "kind": "article"}),
        listed(4, about={"site": "mill", "kind": "part"}),
    ]
    with newest(entries, {"mill"}) as found:
        assert [*found.pages("mill")] == [entries[4], entries[0]]
        assert found.count() == 2
        assert found.further("mill", entries[6].url) == entries[6]
        assert found.further("mill", entries[0].url) is None
    with newest(entries, {"mill"}, since=datetime(2026, 11, 26, 0, 2, tzinfo=UTC)) as found:
        assert [*found.pages("mill")] == [entries[0]]


def test_finding_them_takes_no_more_memory_for_more_captures() -> None:
    peaks = []
    for count in (1_000, 20_000):
        tracemalloc.start()
        with newest(map(listed, range(count)), {"mill"}) as found:
            assert sum(1 for _ in found.pages("mill")) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0], peaks
