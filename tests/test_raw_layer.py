"""The raw layer of a release: answers as WARC and CDXJ, of those sites alone that let whole pages be published."""

from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.fetch.release import RemoteRelease
from crawler.pull import pull
from pipelines.archive.captures import Captures, CaptureWriter, Exchange
from pipelines.archive.captures.index import index_of
from pipelines.archive.clock import tick
from pipelines.archive.redaction import redact
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import RawLayer, publish_release, verify_release
from tests.pulling import Publisher, ReleaseServer, snapshot

DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
WARC = "warc/2026/11/newsloom-2026-11-20.warc.gz"


class RawPublisher(Publisher):
    """A publisher that has captures and publishes them."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.captures = folder / "captures"

    def capture(self, url: str, at: datetime, *, site: str = "mill", kind: str = "article", status: int = 200) -> None:
        writer = CaptureWriter(self.captures)
        headers = [("Content-Type", "text/html")]
        about = {"site": site, "kind": kind}
        writer.write(Exchange(url, at, [], status, headers, f"<p>{url} in full</p>".encode(), about))
        writer.close()

    def publish(self, now: datetime) -> None:
        with self.archive.writing() as connection:
            tick(connection, now)
        layer = RawLayer(Captures(self.captures), {"mill"})
        with self.archive.reading() as connection:
            folder = PublicFolder(self.public)
            publish_release(connection, folder, base_url="http://x.example/", now=now, captures=layer)


@pytest.fixture
def publisher(tmp_path):
    made = RawPublisher(tmp_path)
    for url in made.add(DAY, 3):
        made.capture(url, DAY)
    yield made
    made.archive.close()


def urls(warc) -> list[str]:
    """What a WARC file holds, as another library reads it."""
    with warc.open("rb") as file:
        found = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(file)]
    assert found[0] == ("warcinfo", None)
    assert {kind for kind, _ in found[1:]} <= {"response"}
    return [url for _, url in found[1:]]


def test_a_day_of_answers_is_published_once_it_is_over(publisher) -> None:
    publisher.publish(DAY)
    assert not (publisher.release / "warc").exists()
    publisher.publish(NEXT)
    warc = publisher.release / WARC
    assert urls(warc) == [f"http://mill.example/{number}" for number in (1, 2, 3)]
    captured = Captures(warc.parent).read(index_of(warc)[0])
    assert captured.body == b"<p>http://mill.example/1 in full</p>"
    assert verify_release(publisher.release).faults == []


def test_only_articles_are_published_and_only_of_sites_whose_rights_allow_it(publisher) -> None:
    publisher.capture("http://other.example/", DAY, site="other")
    publisher.capture("http://mill.example/", DAY, kind="listing")
    publisher.capture("http://mill.example/gone", DAY, status=404)
    publisher.publish(NEXT)
    assert len(urls(publisher.release / WARC)) == 3


def test_a_published_day_is_never_touched_again(publisher) -> None:
    publisher.publish(NEXT)
    before = snapshot(publisher.release)[WARC]
    publisher.capture("http://mill.example/9", NEXT)
    publisher.add(NEXT)
    publisher.publish(NEXT + timedelta(days=1))
    assert snapshot(publisher.release)[WARC] == before
    assert urls(publisher.release / WARC.replace("11-20", "11-21")) == ["http://mill.example/9"]


def test_what_was_taken_back_leaves_the_raw_layer_too(publisher, tmp_path) -> None:
    publisher.publish(NEXT)
    with ReleaseServer(publisher.release) as server:
        pull(RemoteRelease(server.url), tmp_path / "copy", captures=True)
        with publisher.archive.writing() as connection:
            redact(connection, "http://mill.example/2", "privacy", now=NEXT)
        publisher.publish(NEXT)
        removed = pull(RemoteRelease(server.url), tmp_path / "copy").removed
    for root in (publisher.release, tmp_path / "copy"):
        assert not (root / WARC).exists()
        assert urls(root / WARC.replace(".warc", "-r1.warc")) == ["http://mill.example/1", "http://mill.example/3"]
        assert verify_release(root).faults == []
    assert WARC in removed
    assert snapshot(tmp_path / "copy") == snapshot(publisher.release)


def test_a_copy_has_the_raw_layer_if_it_is_asked_for(publisher, tmp_path) -> None:
    publisher.publish(NEXT)
    with ReleaseServer(publisher.release) as server:
        pull(RemoteRelease(server.url), tmp_path / "copy")
        assert not (tmp_path / "copy" / "warc").exists()
        assert verify_release(tmp_path / "copy").faults == []
        pull(RemoteRelease(server.url), tmp_path / "copy", captures=True)
    assert snapshot(tmp_path / "copy") == snapshot(publisher.release)


def test_verify_names_an_answer_that_was_altered(publisher) -> None:
    publisher.publish(NEXT)
    warc = publisher.release / WARC
    packed = warc.read_bytes()
    warc.write_bytes(packed[:100] + bytes([packed[100] ^ 1]) + packed[101:])
    assert verify_release(publisher.release).faults == [
        f"{WARC}: was altered: its SHA-256 is not the one that the manifest names"
    ]
