"""Captures of many machines in one bucket: whole files, index last, and read from anywhere as if they lay there."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from items.errors import ArchiveError
from pipelines.archive.captures import Captures, CaptureWriter
from pipelines.archive.captures.index import index_path
from tests import forked
from tests.loopback import Loopback, listing_page, news_page, site_file
from tests.storage import credentials
from tests.test_captures import exchange

if TYPE_CHECKING:
    import subprocess


class BreaksOff(Captures):
    """The line is cut after so many changes of the bucket."""

    steps = 10**9

    def _put(self, path) -> None:
        type(self).steps -= 1
        if type(self).steps < 0:
            raise ArchiveError("the line is cut")
        super()._put(path)


def write(folder, numbers) -> None:
    writer = CaptureWriter(folder)
    for number in numbers:
        writer.write(exchange(number))
    writer.close()


def urls(captures: Captures) -> list[str]:
    """Of every record, each of which can be read."""
    return sorted(captures.read(one).url for one in captures.indexed())


def objects(bucket: str) -> set[str]:
    import s3fs

    return {path.rpartition("/")[2] for path in s3fs.S3FileSystem().find(bucket)}


def test_an_index_that_is_broken_in_the_bucket_is_one_line(bucket, tmp_path) -> None:
    import s3fs

    write(tmp_path / "here", [1])
    Captures(tmp_path / "here", bucket).bring_up()
    (index,) = s3fs.S3FileSystem().glob(f"{bucket}/*.cdxj")
    s3fs.S3FileSystem().pipe(index, b"no line of an index\n")
    with pytest.raises(ArchiveError, match=r"^captures.bucket: the index of .* is broken$"):
        urls(Captures(tmp_path / "there", bucket))


def test_interrupted_at_any_step_there_are_whole_files_alone_and_nothing_is_missing(bucket, tmp_path) -> None:
    here = tmp_path / "here"
    held = []
    for numbers in ((1, 2), (3,), (4, 5)):
        held.append(CaptureWriter(here))  # which leaves the others to begin files of their own
        for number in numbers:
            held[-1].write(exchange(number))
    for writer in held:
        writer.close()
    everything = urls(Captures(here))
    assert len(everything) == 5
    elsewhere = Captures(tmp_path / "elsewhere", bucket)
    seen = []
    for steps in (0, 1, 2, 1, 2, 1, 2):
        BreaksOff.steps = steps
        with suppress(ArchiveError):
            BreaksOff(here, bucket).bring_up()
        seen.append(urls(elsewhere))
        assert set(seen[-1]) <= set(everything)
        assert urls(Captures(here, bucket)) == everything
        indexes = {name.removesuffix(".cdxj") for name in objects(bucket) if name.endswith(".cdxj")}
        assert indexes <= {name.removesuffix(".warc.gz") for name in objects(bucket)}
    assert seen[0] == []
    assert sorted({len(each) for each in seen}) == [0, 2, 3, 5]
    assert seen[-1] == everything
    assert not list(here.glob("*.warc.gz"))


def test_a_file_that_is_written_to_stays_until_it_is_closed(bucket, tmp_path) -> None:
    writer = CaptureWriter(tmp_path)
    writer.write(exchange(1))
    captures = Captures(tmp_path, bucket)
    assert captures.bring_up() == []
    writer.close()
    (name,) = captures.bring_up()
    fresh = Captures(tmp_path / "fresh", bucket)  # as a job finds it that is told of one file alone
    assert [one.url for one in fresh.index(name)] == [exchange(1).url]
    assert fresh.index("newsloom-gone.warc.gz") == []
    writer.write(exchange(2))  # into a file of its own: the one before is gone
    writer.close()
    assert objects(bucket) == {name, index_path(tmp_path / name).name}
    assert len(urls(captures)) == 2


def test_what_a_killed_run_left_unfinished_is_cut_off_before_it_is_brought_up(bucket, tmp_path) -> None:
    write(tmp_path, (1, 2))
    (warc,) = tmp_path.glob("*.warc.gz")
    with warc.open("ab") as file:
        file.write(warc.read_bytes()[:200])
    index_path(warc).unlink()
    captures = Captures(tmp_path, bucket)
    captures.bring_up()
    assert len(urls(captures)) == 2


def test_what_was_taken_back_is_erased_in_the_bucket_too(bucket, tmp_path) -> None:
    write(tmp_path / "one", (1, 2))
    write(tmp_path / "two", (3,))
    for machine in ("one", "two"):
        Captures(tmp_path / machine, bucket).bring_up()
    other = Captures(tmp_path / "other", bucket)
    entry = next(one for one in other.indexed() if "/2?" in one.url)
    assert Captures(tmp_path / "one", bucket).erase({entry.url}) == 1
    assert [url.split("/")[4] for url in urls(other)] == ["1?a=b", "3?a=b"]
    with pytest.raises(ArchiveError):
        other.read(entry)


def test_old_files_are_dropped_from_the_bucket(bucket, tmp_path) -> None:
    write(tmp_path, (1,))
    (warc,) = tmp_path.glob("*.warc.gz")
    day = datetime.now(UTC) - timedelta(days=8)
    warc.rename(warc.with_name(f"newsloom-{day:%Y%m%d%H%M%S%f}-abcdef.warc.gz"))
    index_path(warc).unlink()
    captures = Captures(tmp_path, bucket)
    captures.bring_up()
    write(tmp_path, (2,))
    captures.bring_up()
    captures.drop_old(7)
    assert [url.split("/")[4] for url in urls(captures)] == ["2?a=b"]


@pytest.fixture
def call(storage):
    def run(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
        bare = {"PATH": os.environ["PATH"], "HOME": str(folder)} | credentials(storage)
        return forked.run([*map(str, arguments)], cwd=folder, env=bare)

    return run


def test_a_replay_anywhere_reads_what_a_crawl_brought_up(bucket, call, tmp_path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    with Loopback() as web:
        (one / "sites").mkdir(parents=True)
        (one / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (one / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        for number in range(5):
            words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. "
            web.html(f"/news/{number}", news_page(f"Mill {number} opens", words * 3, f"It is mill {number} of all."))
        web.html("/", listing_page(*(f"/news/{number}" for number in range(5))))
        assert call(one, "crawl").returncode == 0
        before = call(one, "replay", "--json").stdout
        assert len(before.splitlines()) == 5
        (one / "newsloom.toml").write_text(f'[crawl]\nonly = ["mill"]\n[captures]\nbucket = "{bucket}"\n')
        crawled = call(one, "crawl")
        assert crawled.returncode == 0, crawled.stdout + crawled.stderr
    assert not list((one / "data" / "captures").glob("*.warc.gz"))
    shutil.copytree(one, two, ignore=shutil.ignore_patterns("captures"))
    after = call(two, "replay", "--json")
    assert sorted(map(json.loads, after.stdout.splitlines()), key=str) == sorted(
        map(json.loads, before.splitlines()), key=str
    )
    assert {json.loads(line)["capture"]["file"] for line in before.splitlines()} <= objects(bucket)
    learned = call(two, "sites", "rules", "mill")
    assert "from captures" in learned.stdout + learned.stderr or learned.returncode in (0, 2)


def test_a_bucket_that_is_away_is_told_in_one_line_and_loses_nothing(call, tmp_path, bucket) -> None:
    with Loopback() as web:
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (tmp_path / "newsloom.toml").write_text(
            '[crawl]\nonly = ["mill"]\n[captures]\nbucket = "s3://no-such-bucket/captures"\n'
        )
        web.html("/news/1", news_page("Mill 1 opens", "The mill opened on Monday and spins cotton for export. " * 4))
        web.html("/", listing_page("/news/1"))
        done = call(tmp_path, "crawl")
    assert done.returncode == 2
    assert "captures.bucket s3://no-such-bucket/captures: " in done.stdout + done.stderr
    assert len(list((tmp_path / "data" / "captures").glob("*.warc.gz"))) == 1
