"""Checking a release: whatever index.json says must hold of the files beside it. Needs nothing but the folder."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import TypeAdapter, ValidationError

from items.article import Merge, Record, Tombstone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FACT: TypeAdapter[Record | Tombstone | Merge] = TypeAdapter(Record | Tombstone | Merge)
_CHUNK = 1 << 20
_LONGEST_LINE = 64 << 20


@dataclass(slots=True)
class Verified:
    """What was found of a release.

    Attributes:
        partitions: files of records that were read.
        records: lines that were read.
        faults: one line each; empty when the release is whole and unaltered.
    """

    partitions: int = 0
    records: int = 0
    faults: list[str] = field(default_factory=list)


def verify_release(root: Path) -> Verified:
    """Check every file that the release in a folder names: sizes, digests, counts, schema, order of versions."""
    result = Verified()
    index = _load(root, "index.json", None, result)
    versions: dict[str, int] = {}
    seen: dict[str, int] = {"records": 0, "articles": 0, "tombstones": 0, "merges": 0}
    for month in _list_of(index, "months"):
        manifest = _load(root, str(month.get("manifest")), month.get("sha256"), result)
        for entry in _list_of(manifest, "partitions"):
            counts = _check_partition(root, entry, versions, result)
            seen = {name: seen[name] + counts.get(name, 0) for name in seen}
    if isinstance(index, dict) and not result.faults:
        result.faults += [
            f"index.json: says {index.get(name)} {name}, the files hold {count}"
            for name, count in seen.items()
            if index.get(name) != count
        ]
    return result


def _load(root: Path, path: str, sha256: str | None, result: Verified) -> Any:
    """A JSON file of the release; faults are noted and an empty object returned."""
    try:
        file = root / path
        if not file.resolve().is_relative_to(root.resolve()):
            result.faults.append(f"{path}: lies outside the release")
            return {}
        content = file.read_bytes()
        if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
            result.faults.append(f"{path}: its SHA-256 is not the one that index.json names")
        return orjson.loads(content)
    except FileNotFoundError:
        result.faults.append(f"{path}: is missing")
    except (OSError, orjson.JSONDecodeError) as error:
        result.faults.append(f"{path}: can't be read: {error}")
    return {}


def _list_of(value: Any, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _check_partition(root: Path, entry: dict[str, Any], versions: dict[str, int], result: Verified) -> dict[str, int]:
    """Check one file against its manifest entry and return its counts."""
    path = str(entry.get("path"))
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        result.faults.append(f"{path}: lies outside the release")
        return {}
    if not file.is_file():
        result.faults.append(f"{path}: is missing")
        return {}
    result.partitions += 1
    before = len(result.faults)
    packed = hashlib.sha256()
    raw = hashlib.sha256()
    counts = {"records": 0, "articles": 0, "tombstones": 0, "merges": 0}
    try:
        for number, line in enumerate(_lines(file, packed), 1):
            raw.update(line)
            counts["records"] += 1
            fault = _check_line(line, versions, counts)
            if fault and len(result.faults) - before < 10:  # a broken file needs no thousand lines to say so
                result.faults.append(f"{path}: line {number}: {fault}")
    except (zlib.error, ValueError) as error:
        result.faults.append(f"{path}: is no whole gzip file: {error}")
    result.records += counts["records"]
    said = {"bytes": file.stat().st_size, "sha256": packed.hexdigest(), "raw_sha256": raw.hexdigest(), **counts}
    result.faults += [
        f"{path}: the manifest says {name} {entry.get(name)}, the file has {value}"
        for name, value in said.items()
        if entry.get(name) != value
    ]
    return counts


def _lines(file: Path, packed: Any) -> Iterator[bytes]:
    """The lines inside a gzip file of many members, newline included; its bytes go to `packed` on the way.

    Raises:
        zlib.error: a member is damaged.
        ValueError: the last member or line is not whole, or a line is longer than any record.
    """
    inflate = zlib.decompressobj(wbits=31)
    begun, rest = False, b""
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            packed.update(chunk)
            while chunk:
                begun = True
                *whole, rest = (rest + inflate.decompress(chunk)).split(b"\n")
                yield from (line + b"\n" for line in whole)
                if len(rest) > _LONGEST_LINE:
                    raise ValueError("a line is longer than any record")
                chunk = inflate.unused_data
                if inflate.eof:
                    inflate, begun = zlib.decompressobj(wbits=31), False
    if begun or rest:
        raise ValueError("its end is missing")


def _check_line(line: bytes, versions: dict[str, int], counts: dict[str, int]) -> str | None:
    """What is wrong with a line, if anything; counts it by type."""
    try:
        fact = _FACT.validate_json(line)
    except ValidationError as error:
        return f"is no fact of this schema: {error.errors(include_url=False)[0]['msg']}"
    counts[f"{fact.type}s"] += 1
    if isinstance(fact, Merge):
        return None
    known = versions.get(str(fact.id), 0)
    versions[str(fact.id)] = fact.version
    if isinstance(fact, Tombstone) and known == 0:
        return f"a tombstone for {fact.id}, which no article before it has"
    if fact.version != known + 1:
        return f"version {fact.version} of {fact.id} follows version {known}"
    return None
