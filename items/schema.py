"""JSON Schema of what is published, made from the models."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from items.article import SCHEMA_VERSION, Fact

SCHEMA_NAME = f"article-{SCHEMA_VERSION}.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one line of a release: an article, a tombstone, a merge or a redaction."""
    adapter: TypeAdapter[Fact] = TypeAdapter(Fact)
    schema = adapter.json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "title": "A line of a newsloom release", **schema}


def schema_of_type(name: str) -> dict[str, Any]:
    """The part of it that describes lines of one type: `Record`, `Tombstone`, `Merge` or `Redaction`."""
    schema = record_schema()
    return {"$schema": DIALECT, "$defs": schema["$defs"], "$ref": f"#/$defs/{name}"}
