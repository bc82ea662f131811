"""Export: facts from a cursor on, filtered, in formats that others read."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime, timedelta

import pyarrow.parquet
import pytest

from items.article import Rights, Source
from items.errors import NewsloomError
from pipelines.archive.articles import keep
from pipelines.archive.search import Filters
from pipelines.export.facts import Selection, facts, newest_cursor
from pipelines.export.formats import write_csv, write_jsonl_gz, write_parquet
from tests.removing import take_down

DAY_ONE = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def kept(archive, article):
    """Two articles of two sites, a version, a tombstone, a copy that makes a merge."""
    with archive.writing() as connection:
        keep(connection, article(1, source=Source(name="Loom Federation")), now=DAY_ONE)
        keep(connection, article(2, language="zh", rights=Rights(policy="link")), now=DAY_ONE)
        keep(connection, article(1, site="federation", url="http://federation.example/1"), now=DAY_ONE)
        keep(connection, article(2, title="Mill 2 closes", language="zh", rights=Rights(policy="link")))
        take_down(connection, article(2).url)
    return archive


def exported(archive, **said) -> list[dict]:
    selection = Selection(**({"since": None, "filters": Filters()} | said))
    with archive.reading() as connection:
        return [json.loads(line) for line in facts(connection, selection)]


def kinds(found: list[dict]) -> list[str]:
    return [fact["type"] for fact in found]


def test_everything_is_exported_in_the_order_in_which_it_was_recorded(kept) -> None:
    found = exported(kept)
    assert kinds(found) == ["article", "article", "article", "merge", "article", "tombstone"]
    assert [fact["recorded"] for fact in found] == sorted(fact["recorded"] for fact in found)


def test_an_export_goes_on_after_the_cursor_of_the_one_before(kept, article) -> None:
    with kept.reading() as connection:
        cursor = newest_cursor(connection)
    assert exported(kept, since=cursor) == []
    with kept.writing() as connection:
        keep(connection, article(3))
    assert [fact["title"] for fact in exported(kept, since=cursor)] == ["Mill number 3 opens"]


def test_an_export_goes_on_from_a_day_or_a_moment_of_recording(kept) -> None:
    assert len(exported(kept, since="2026-11-20")) == 6
    assert kinds(exported(kept, since=(DAY_ONE + timedelta(seconds=1)).isoformat())) == ["article", "tombstone"]
    with pytest.raises(NewsloomError, match="neither a cursor"):
        exported(kept, since="yesterday")


def test_filters_take_an_articles_tombstones_and_merges_along(kept) -> None:
    assert kinds(exported(kept, filters=Filters(languages=("zh",)))) == ["article", "article", "tombstone"]
    assert kinds(exported(kept, filters=Filters(sites=("federation",)))) == ["article", "merge"]
    assert kinds(exported(kept, filters=Filters(source="federation"))) == ["article"]


def test_only_what_holds_now_is_exported_if_asked_for(kept) -> None:
    assert [fact["site"] for fact in exported(kept, current=True)] == ["loomsite", "federation"]


def test_only_what_may_be_published_is_exported_if_asked_for(kept) -> None:
    assert [fact["text"] for fact in exported(kept, filters=Filters(languages=("zh",)), public=True)[:2]] == [
        None,
        None,
    ]


def written(archive, write) -> tuple[int, bytes]:
    file = io.BytesIO()
    with archive.reading() as connection:
        count = write(facts(connection, Selection(None, Filters())), file)
    return count, file.getvalue()


def test_json_lines_are_gzipped_as_a_release_is(kept) -> None:
    count, content = written(kept, write_jsonl_gz)
    assert count == len(gzip.decompress(content).splitlines()) == 6


def test_a_csv_has_a_row_for_each_version_and_tombstone(kept) -> None:
    count, content = written(kept, write_csv)
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert count == len(rows) == 5
    assert rows[0]["source"] == "Loom Federation"
    assert "\n" in rows[0]["text"]
    assert rows[-1]["reason"] == "publisher-removed"


def test_a_csv_holds_nothing_that_a_spreadsheet_would_run(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(title="=HYPERLINK(1)", tags=["@sum", "x"]))
    _, content = written(archive, write_csv)
    (row,) = csv.DictReader(io.StringIO(content.decode(), newline=""))
    assert (row["title"], row["tags"]) == ("'=HYPERLINK(1)", "'@sum; x")


def test_a_parquet_file_has_nested_columns(archive, article) -> None:
    related = [{"title": "Another mill", "url": "http://x.example/"}]
    with archive.writing() as connection:
        keep(connection, article(related=related, tags=["yarn"], html="<p>whole</p>"))
        take_down(connection, article().url)
    count, content = written(archive, write_parquet)
    rows = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
    assert count == 2
    assert rows[0]["tags"] == ["yarn"]
    assert rows[0]["related"] == [related[0] | {"category": None, "article": None}]
    assert (rows[0]["html"], rows[1]["type"]) == ("<p>whole</p>", "tombstone")


def test_the_command_keeps_its_cursor_in_a_file(newsloom, tmp_path) -> None:
    def add(number: int) -> None:
        said = {"url": f"http://mill.example/{number}", "title": f"Mill {number}", "text": f"Number {number}. " * 9}
        (tmp_path / "one.jsonl").write_text(json.dumps(said))
        newsloom("import", "one.jsonl")

    add(1)
    first = newsloom("export", "--cursor", "seen", "--output", "first.jsonl")
    assert first.returncode == 0, first.stderr
    assert "1 records" in first.stdout
    add(2)
    second = newsloom("export", "--cursor", "seen")
    assert [json.loads(line)["title"] for line in second.stdout.splitlines()] == ["Mill 2"]
    assert sorted(path.name for path in tmp_path.glob(".*.jsonl*")) == []
