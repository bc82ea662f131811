"""JSON Schema of what is published, made from the models."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from items.article import SCHEMA_VERSION, Merge, Record, Tombstone

SCHEMA_NAME = f"article-{SCHEMA_VERSION}.json"


def record_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one line of a release: an article, a tombstone or a merge."""
    adapter: TypeAdapter[Record | Tombstone | Merge] = TypeAdapter(Record | Tombstone | Merge)
    schema = adapter.json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a newsloom release",
        **schema,
    }
