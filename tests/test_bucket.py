"""Publishing into object storage: interrupted at any step it leaves whole files that name what is there."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from crawler.bucket import Bucket
from items.errors import PublishError
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.publish.release import verify_release
from tests import forked, published
from tests.loopback import Loopback
from tests.storage import credentials
from tests.test_kills import grow, site_file

if TYPE_CHECKING:
    from pathlib import Path


class StopsAfter(Bucket):
    """Breaks off before its n-th change of the bucket."""

    steps = 10**9

    def ahead(self) -> list[str]:
        """What a publication would bring up."""
        there = self._storage.there()
        return [path for path in self._here() if path not in there or not self._is_same(path, there[path])]

    def _put(self, path: str) -> None:
        self._step()
        super()._put(path)

    def _remove(self, path: str) -> None:
        self._step()
        super()._remove(path)

    def _step(self) -> None:
        if not self.steps:
            raise ConnectionError("the line is cut")
        self.steps -= 1


def brought_down(url: str, folder: Path) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    Bucket(url, folder, feed_seconds=60).bring_down()
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_is_whole(files: dict[str, bytes]) -> None:
    """Every file that is there can be read, and what an index or a feed names is there."""
    for path, content in files.items():
        if path.endswith((".atom", ".rss", ".opml")):
            etree.fromstring(content)
            for link in etree.fromstring(content).iterfind("{http://www.w3.org/2005/Atom}link[@rel='prev-archive']"):
                assert link.get("href").removeprefix("http://localhost:8000/") in files
        elif path.endswith(".json"):
            json.loads(content)
    if "archive/index.json" in files:
        for month in json.loads(files["archive/index.json"])["months"]:
            for partition in json.loads(files[f"archive/{month['manifest']}"])["partitions"]:
                assert f"archive/{partition['path']}" in files


def test_interrupted_at_any_step_it_is_whole_and_then_made_up_for(bucket, tmp_path, article) -> None:
    archive = Archive(f"sqlite:///{tmp_path}/archive.db")
    with archive.writing() as connection:
        keep(connection, article(2, site="silk"))
        keep(connection, article(3, site="silk"))
    published.publish_into(tmp_path, archive)
    root = tmp_path / "public"
    first = StopsAfter(bucket, root, feed_seconds=60).bring_up()
    assert first.index("archive/index.json") > max(
        map(first.index, (p for p in first if p.startswith("archive/articles")))
    )
    with archive.writing() as connection:
        keep(connection, article(1, site="cotton"))
    published.publish_into(tmp_path, archive)
    archive.close()
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    changes = len(StopsAfter(bucket, root, feed_seconds=60).ahead())
    assert changes > 20
    for _ in range(changes):
        brings = StopsAfter(bucket, root, feed_seconds=60)
        brings.steps = 1  # each try gets one change further than the one before
        with suppress(PublishError):
            brings.bring_up()
        assert_is_whole(brought_down(bucket, tmp_path / "seen"))
    seen = brought_down(bucket, tmp_path / "seen")
    assert seen == {path: files[path] for path in seen}
    assert verify_release(tmp_path / "seen" / "archive").faults == []
    assert StopsAfter(bucket, root, feed_seconds=60).bring_up() == []


def test_a_publication_that_breaks_off_says_so_in_one_line(bucket, tmp_path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").write_text("new")
    brings = StopsAfter(bucket, tmp_path / "public", feed_seconds=60)
    brings.steps = 0
    with pytest.raises(PublishError, match="the line is cut; what is there stays whole, the next run goes on"):
        brings.bring_up()


def test_what_another_machine_published_is_gone_on_from(bucket, tmp_path, article) -> None:
    archive = Archive(f"sqlite:///{tmp_path}/archive.db")
    for number, machine in enumerate(("one", "two", "one")):
        folder = tmp_path / machine
        folder.mkdir(exist_ok=True)
        with archive.writing() as connection:
            keep(connection, article(number, site="cotton"))
        brings = Bucket(bucket, folder / "public", feed_seconds=60)
        (folder / "public").mkdir(exist_ok=True)
        brings.bring_down()
        before = (folder / "public" / "archive" / "index.json").read_bytes() if number else b""
        published.publish_into(folder, archive)
        brings.bring_up()
        if number:
            index = json.loads((folder / "public" / "archive" / "index.json").read_bytes())
            assert index["previous"] == hashlib.sha256(before).hexdigest()
    archive.close()
    brought_down(bucket, tmp_path / "whole")
    assert verify_release(tmp_path / "whole" / "archive").faults == []


def test_a_crawl_brings_what_it_published_into_the_bucket(bucket, storage, tmp_path) -> None:
    with Loopback() as web:
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (tmp_path / "newsloom.toml").write_text(f'[crawl]\nonly = ["mill"]\n[publish]\nbucket = "{bucket}"\n')
        grow(web, 3)
        bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} | credentials(storage)
        done = forked.run(["crawl"], cwd=tmp_path, env=bare)
    assert done.returncode == 0, done.stderr
    import s3fs

    name, _, prefix = bucket.removeprefix("s3://").partition("/")
    files = s3fs.S3FileSystem()
    about = files.call_s3("head_object", Bucket=name, Key=f"{prefix}/feeds/all.atom")
    assert about["ContentType"] == "application/atom+xml; charset=utf-8"
    assert about["CacheControl"].startswith("public, max-age=3600")
    feed = (tmp_path / "public" / "feeds" / "all.atom").read_bytes()
    assert files.cat_file(f"{name}/{prefix}/feeds/all.atom") == feed


def test_a_storage_that_nobody_knows_is_one_clear_line(newsloom, tmp_path) -> None:
    (tmp_path / "newsloom.toml").write_text('[publish]\nbucket = "nowhere://x"\n')
    done = newsloom("publish")
    assert done.returncode == 1
    assert done.stderr.startswith("newsloom: publish.bucket 'nowhere://x': ")
    assert done.stderr.count("\n") == 1
