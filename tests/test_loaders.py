"""A partition of a release is read as it is by the tools that archivists use."""

from datetime import UTC, datetime

import duckdb
import pandas
import polars
import pytest

from tests.pulling import Publisher

DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def partition(tmp_path_factory):
    """A closed partition of two members, with a tombstone among its articles."""
    publisher = Publisher(tmp_path_factory.mktemp("loaders"))
    publisher.add(DAY, 51)
    publisher.publish(datetime(2026, 11, 22, tzinfo=UTC))
    publisher.archive.close()
    return publisher.release / "articles/2026/11/articles-2026-11-20.jsonl.gz"


def test_pandas(partition) -> None:
    frame = pandas.read_json(partition, lines=True)
    assert len(frame) == 51
    assert frame["title"].iloc[-1] == "Mill 51"


def test_duckdb(partition) -> None:
    rows = duckdb.sql(f"SELECT count(*), max(version), count(DISTINCT id) FROM read_json('{partition}')").fetchall()
    assert rows == [(51, 1, 51)]


def test_polars(partition) -> None:
    frame = polars.read_ndjson(partition)
    assert frame.height == 51
    assert frame["title"][50] == "Mill 51"
