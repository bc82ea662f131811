"""Facts as files: JSON Lines as they are, CSV and Parquet as tables with a row for each version of an article."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from items.errors import NewsloomError
from pipelines.publish.release.gzip_members import RECORDS_A_MEMBER, member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

_ROWS_AT_ONCE = 500
_LISTS = ("authors", "editors", "tags")
_COLUMNS = (
    *("type", "id", "version", "recorded", "site", "url", "canonical_url", "language", "title", "summary", "text"),
    *("source", "source_url", "authors", "editors", "published", "published_precision", "modified"),
    *("first_seen", "last_seen", "tags", "story", "original", "rights", "reason"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


def write_jsonl(facts: Iterable[bytes], file: BinaryIO) -> int:
    """Each fact on a line, as the archive has it; say how many there were."""
    count = 0
    for line in facts:
        file.write(line)
        file.write(b"\n")
        count += 1
    return count


def write_jsonl_gz(facts: Iterable[bytes], file: BinaryIO) -> int:
    """The same, gzipped as a release is."""
    rest, count = iter(facts), 0
    while group := list(islice(rest, RECORDS_A_MEMBER)):
        file.write(member(b"".join(line + b"\n" for line in group)))
        count += len(group)
    return count


def write_csv(facts: Iterable[bytes], file: BinaryIO) -> int:
    """A table for spreadsheets: lists joined by "; ", and an apostrophe before what they would run as a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    count = 0
    for row in _rows(facts):
        writer.writerow([_cell(row[name]) for name in _COLUMNS])
        count += 1
    text.detach()
    return count


def write_parquet(facts: Iterable[bytes], file: BinaryIO) -> int:
    """A table with nested columns for HTML, related reading and images beside those of CSV, packed with zstd.

    Raises:
        NewsloomError: pyarrow isn't installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra: it weighs more than all the rest
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise NewsloomError("Parquet needs pyarrow: install newsloom[parquet]") from None
    schema = _arrow_schema(pa)
    rows, count = _rows(facts), 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=schema))
            count += len(group)
    return count


WRITERS: dict[str, Callable[[Iterable[bytes], BinaryIO], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


def _rows(facts: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The facts that are of one article, flat; a merge is none."""
    for line in facts:
        fact = orjson.loads(line)
        if fact["type"] == "merge":
            continue
        source, published, modified = (fact.get(name) or {} for name in ("source", "published", "modified"))
        flat = {
            "source": source.get("name"),
            "source_url": source.get("url"),
            "published": published.get("at"),
            "published_precision": published.get("precision"),
            "modified": modified.get("at"),
            "rights": (fact.get("rights") or {}).get("policy"),
        }
        yield dict.fromkeys(_COLUMNS) | fact | flat


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _arrow_schema(pa: Any) -> Any:
    text = pa.string()
    plain = {name: pa.list_(text) if name in _LISTS else text for name in _COLUMNS}
    plain |= {"version": pa.int32(), "original": pa.bool_(), "html": text}
    related = {"title": text, "url": text, "category": text, "article": text}
    images = {"url": text, "caption": text, "credit": text, "width": pa.int32(), "height": pa.int32()}
    nested = {"related": pa.list_(pa.struct(related.items())), "images": pa.list_(pa.struct(images.items()))}
    return pa.schema((plain | nested).items())
