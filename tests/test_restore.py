"""A release becomes an archive again: the same facts, and published again the same bytes for every closed day."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from sqlalchemy import select

from items.article import Rights, Source
from items.errors import ArchiveError
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.clock import tick
from pipelines.archive.redaction import redact
from pipelines.archive.restore import Restore
from pipelines.archive.search import bring_up_to_date, find
from pipelines.archive.tables import articles, records, stories
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import publish_release, verify_release
from pipelines.publish.release.reading import lines_of, partitions_of
from tests.pulling import Publisher, ReleaseServer, snapshot
from tests.removing import take_down

DAY_ONE = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY_TWO = DAY_ONE + timedelta(days=1)
LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
NOW = datetime.now(UTC)


def publish(archive: Archive, folder, now: datetime):
    with archive.writing() as connection:
        tick(connection, now)
    with archive.reading() as connection:
        publish_release(connection, PublicFolder(folder), base_url="http://x.example/", now=now)
    return folder / "archive"


def restore(archive: Archive, release) -> Restore:
    complaints: list[str] = []
    taking = Restore(archive, complaints.append)
    for partition in partitions_of(release):
        taking.take(lines_of(release, partition), partition.path)
    assert complaints == []
    return taking


@pytest.fixture
def source(tmp_path, article):
    """An archive in which everything happened that can."""
    (tmp_path / "source").mkdir()
    archive = Archive(f"sqlite:///{tmp_path}/source/archive.db")
    long = "All about yarn, at such length that an excerpt must end somewhere. " * 20
    with archive.writing() as connection:
        for number in range(60):
            keep(connection, article(number), now=DAY_ONE)
        keep(connection, article(70, rights=Rights(policy="excerpt"), text=long), now=DAY_ONE)
        keep(connection, article(71, rights=Rights(policy="link")), now=DAY_ONE)
        keep(connection, article(1, title="Mill 1 closes"), now=DAY_TWO)
        keep(connection, article(80, source=Source(name="Loom Federation")), now=DAY_TWO)
        keep(connection, article(80, site="federation", url="http://federation.example/1"), now=DAY_TWO)
        redact(connection, article(5).url, "privacy", now=DAY_TWO)
        take_down(connection, article(2).url)
    yield archive
    archive.close()


@pytest.fixture
def release(source, tmp_path):
    return publish(source, tmp_path / "source", NOW)


def test_published_again_every_closed_day_has_the_same_bytes(release, archive, tmp_path) -> None:
    counts = restore(archive, release).counts
    assert counts["altered"] == counts["refused"] == counts["known"] == 0
    again = publish(archive, tmp_path / "again", NOW)
    assert verify_release(again).faults == []
    closed = {path for path in snapshot(release) if path.endswith(".jsonl.gz") and ".open." not in path}
    assert len(closed) == 2
    assert {path: snapshot(again)[path] for path in closed} == {path: snapshot(release)[path] for path in closed}
    facts = [[*lines_of(root, partition)] for root in (release, again) for partition in partitions_of(root)]
    assert facts[: len(facts) // 2] == facts[len(facts) // 2 :]


def test_the_archive_knows_what_the_other_knew(release, source, archive, article) -> None:
    restore(archive, release)
    known = (articles.c.id, articles.c.version, articles.c.story, articles.c.removed, articles.c.published)
    told = select(stories.c.id, stories.c.original).order_by(stories.c.id)
    seen = []
    for which in (source, archive):
        with which.reading() as connection:
            shown = connection.execute(
                select(*known).where(articles.c.canonical_url != article(5).url).order_by(known[0])
            )
            rows = shown.all()
            live = {row.story for row in rows}
            seen.append((rows, [row for row in connection.execute(told).all() if row.id in live]))
    assert seen[0] == seen[1]


def test_the_archive_goes_on_where_the_other_stopped(release, archive, article) -> None:
    restore(archive, release)
    with archive.writing() as connection:
        assert keep(connection, article(3)).outcome is Outcome.UNCHANGED
        assert keep(connection, article(1, title="Mill 1 opens anew")).outcome is Outcome.VERSION
        assert keep(connection, article(2)).outcome is Outcome.VERSION  # which had been removed
        assert keep(connection, article(5)).outcome is Outcome.REJECTED  # which had been taken back
    bring_up_to_date(archive)
    with archive.reading() as connection:
        assert find(connection, '"Mill 1 opens anew"').found


def test_the_same_release_again_changes_nothing(release, archive) -> None:
    first = restore(archive, release).counts
    again = restore(archive, release).counts
    assert again == {"known": first.total()}


def test_a_release_that_grew_is_taken_on_from_where_it_was(release, source, archive, article, tmp_path) -> None:
    restore(archive, release)
    with source.writing() as connection:
        keep(connection, article(90))
        redact(connection, article(6).url, "legal")
    counts = restore(archive, publish(source, tmp_path / "source", NOW)).counts
    assert (counts["article"], counts["redaction"], counts["tombstone"]) == (1, 1, 1)
    with archive.reading() as connection:
        lines = connection.execute(select(records.c.line)).scalars().all()
    assert not [line for line in lines if b"number 6 opened" in line]


def test_a_release_does_not_go_into_days_that_are_over_here(release, archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(99))
    with pytest.raises(ArchiveError, match="newer"):
        restore(archive, release)


def test_what_a_hostile_release_holds_is_made_safe(archive, tmp_path, release) -> None:
    (line, *_) = lines_of(release, next(iter(partitions_of(release))))
    evil = orjson.loads(line) | {"html": "<p onclick=x>a</p><script>b</script>"}
    taking = Restore(archive, lambda _: None)
    taking.take([orjson.dumps(evil) + b"\n", b"{}\n", b"no json\n"], "evil")
    assert (taking.counts["altered"], taking.counts["refused"]) == (1, 2)
    with archive.reading() as connection:
        (kept,) = connection.execute(select(records.c.line)).scalars()
    assert orjson.loads(kept)["html"] == "<p>a</p>"


def test_the_command_takes_a_release_from_a_folder_or_a_server_and_refuses_one_that_is_not_whole(
    newsloom, tmp_path
) -> None:
    (tmp_path / "from").mkdir()
    publisher = Publisher(tmp_path / "from")
    publisher.add(LONG_AGO, 3)
    publisher.publish(DAY_ONE)
    with ReleaseServer(publisher.release) as server:
        taken = newsloom("import", server.url, "--json")
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["article"] == 3
    assert json.loads(newsloom("import", publisher.release, "--json").stdout)["known"] == 3
    (file,) = publisher.release.glob("articles/*/*/*.jsonl.gz")
    file.write_bytes(gzip.compress(b"{}\n"))
    assert newsloom("import", publisher.release).returncode == 5
