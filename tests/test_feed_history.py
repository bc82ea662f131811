"""The history of a feed: with the feed itself it holds every story, and what is closed never changes again."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from lxml import etree
from sqlalchemy import event

from items.article import Published
from pipelines.archive.articles import keep
from pipelines.archive.redaction import redact
from tests.feed_kit import ATOM, HISTORY, documents, faults_of, feeds_of, files_of, ids_of, items, publish_into
from tests.removing import take_down

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def database(request, tmp_path):
    """SQLite, and PostgreSQL for the tests that ask for both."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path}/archive.db"
        return
    server = request.getfixturevalue("postgres")
    address = server.new_archive()
    yield address
    server.drop(address)


on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def told(archive, article, tmp_path):
    """Publishes articles, given as number → day of publication, four entries a feed; returns the folder."""

    def tell(days: dict[int, str], **said):
        with archive.writing() as connection:
            for number, day in days.items():
                when = Published(at=day, precision="day", basis="url")
                keep(connection, article(number, published=when, **said), now=NOW)
        assert publish_into(tmp_path / "public", archive, entries=4).trouble == []
        return tmp_path / "public"

    return tell


def closed_of(folder) -> dict[str, bytes]:
    """The documents that say that they are archives, and the JSON Feeds beside them."""
    atoms = [p for p, c in feeds_of(folder).items() if p.endswith(".atom") and b"<fh:archive/>" in c]
    return {p: files_of(folder)[p] for atom in atoms for p in (atom, f"{atom[:-4]}rss", f"{atom[:-4]}json")}


OLD = {n: f"2026-0{1 + n // 4}-{1 + n:02d}" for n in range(1, 21)}


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
def test_reading_back_finds_every_story(told, ending) -> None:
    folder = told(OLD)
    found = {identity for _, document in documents(folder, "all", ending) for identity in ids_of(document)}
    assert len(found) == 20
    assert faults_of(folder) == []


def test_a_document_a_month_and_further_parts_of_a_full_one(told) -> None:
    folder = told({**dict.fromkeys(range(1, 7), "2026-09-10"), 7: "2026-10-02", 8: "2026-11-03"})
    names = [path for path, _ in documents(folder)]
    assert names == [
        "feeds/all.atom",
        "feeds/all/history/2026-10.atom",
        "feeds/all/history/2026-09-part2.atom",
        "feeds/all/history/2026-09.atom",
    ]


def test_a_closed_document_links_to_its_neighbours_and_to_the_feed(told) -> None:
    folder = told({1: "2026-08-01", 2: "2026-09-01", 3: "2026-10-01"})
    archive = etree.fromstring((folder / "feeds/all/history/2026-09.atom").read_bytes())
    links = {link.get("rel"): link.get("href") for link in archive.findall(f"{ATOM}link")}
    assert archive.find(f"{HISTORY}archive") is not None
    assert links["current"] == "http://feeds.example/feeds/all.atom"
    assert links["prev-archive"] == "http://feeds.example/feeds/all/history/2026-08.atom"
    assert links["next-archive"] == "http://feeds.example/feeds/all/history/2026-10.atom"
    assert (folder / "feeds/all/history/2026-10.atom").exists()


@on_both
def test_closed_documents_never_change_whatever_comes(told, archive) -> None:
    folder = told(OLD)
    before = closed_of(folder)
    assert len(before) > 20
    told({30: "2026-01-05", 31: "2026-11-20"})  # one comes too late for its month
    told({3: OLD[3]}, title="Mill number 3 closes")  # one is told anew
    with archive.writing() as connection:
        take_down(connection, "http://www.loom.example/news/4.html")
    told({})
    assert before.items() <= closed_of(folder).items()
    assert faults_of(folder) == []


def test_a_story_that_comes_too_late_for_its_month_is_in_the_feed_until_a_document_holds_it(told) -> None:
    folder = told(OLD)
    told({30: "2026-01-05"})
    assert "http://www.loom.example/news/30.html" in [item["url"] for item in items(folder)]
    told(dict.fromkeys(range(40, 50), "2026-11-20"))
    assert "http://www.loom.example/news/30.html" not in [item["url"] for item in items(folder)]
    read = [item["url"] for _, document in documents(folder, "all", "json") for item in document["items"]]
    assert "http://www.loom.example/news/30.html" in read


def test_a_story_that_is_told_anew_is_found_in_its_newest_words_first(told) -> None:
    folder = told(OLD)
    told({3: OLD[3]}, title="Mill number 3 closes")
    read = [item for _, document in documents(folder, "all", "json") for item in document["items"]]
    first = next(item for item in read if item["url"].endswith("/3.html"))
    assert first["title"] == "Mill number 3 closes"


@on_both
def test_an_empty_folder_gets_the_same_bytes_as_one_that_was_published_to_all_along(told, archive, tmp_path) -> None:
    folder = told(OLD)
    told({30: "2026-01-05", 31: "2026-11-20", 3: OLD[3]}, title="Told anew")
    with archive.writing() as connection:
        take_down(connection, "http://www.loom.example/news/4.html")
    told(dict.fromkeys(range(40, 46), "2026-11-21"))
    publish_into(tmp_path / "new", archive, entries=4)
    assert feeds_of(tmp_path / "new") == feeds_of(folder)


@on_both
def test_what_was_taken_back_for_legal_reasons_leaves_closed_documents_too(told, archive) -> None:
    folder = told(OLD)
    before = closed_of(folder)
    with archive.writing() as connection:
        redact(connection, "http://www.loom.example/news/1.html", "privacy")
    told({})
    assert b"news/1.html" not in b"".join(feeds_of(folder).values())
    changed = {path for path, content in closed_of(folder).items() if before[path] != content}
    assert {path.rsplit("/", 1)[1].split(".")[0] for path in changed} == {"2026-01"}
    assert faults_of(folder) == []


def test_when_the_feeds_move_closed_documents_name_the_new_address(told, archive) -> None:
    folder = told(OLD)
    publish_into(folder, archive, entries=4, base_url="https://new.example/")
    assert b"feeds.example" not in b"".join(feeds_of(folder).values())


def test_a_run_that_is_killed_after_telling_is_made_up_for(told, archive, tmp_path, article) -> None:
    folder = told({1: "2026-11-01"})
    remembered = (folder / ".newsloom.json").read_bytes()
    told({2: "2026-11-02"})
    after = feeds_of(folder)
    shutil.rmtree(folder / "feeds" / "all", ignore_errors=True)
    (folder / ".newsloom.json").write_bytes(remembered)  # the folder knows nothing of the second telling
    (folder / "feeds" / "all.json").write_text(json.dumps({"items": []}))
    told({})
    assert feeds_of(folder) == after


def test_what_no_document_holds_yet_is_found_by_its_own_index(archive, told) -> None:
    asked = []

    @event.listens_for(archive.engine, "before_cursor_execute")
    def _(connection, _cursor, statement, values, _context, _many) -> None:
        if "feed_entries.pending" in statement and statement.startswith("SELECT"):
            asked.append([row[3] for row in connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)])

    told(OLD)
    assert asked
    assert all(any("ix_feed_entries_pending" in step for step in steps) for steps in asked)
