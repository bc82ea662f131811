"""What a release looks like: its index, its manifests, the names of its files. Shared by all who write or read one.

Whatever is read through these models may come from anywhere. A path that passes stays below the release's folder and
has one of the names that a release uses; sizes are no more than a release has.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from items.article import canonical_json
from items.schema import DIALECT

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publish.files import PublicFolder

ROOT = "archive"
"""The release's folder below the published one."""

INDEX = "index.json"

COUNTED = ("records", "articles", "tombstones", "merges", "redactions")
"""What is counted of a partition, and in all: lines, and lines of each type."""

FACT_TYPES = ("article", "tombstone", "merge", "redaction")

LARGEST_LISTING = 4 << 20
"""Bytes of an index or a manifest; after a hundred years an index has a tenth of it."""

LARGEST_FILE = 64 << 20
"""Bytes of what lies beside the partitions, and of all manifests together: a hundred years of days take half of it."""

LARGEST_PARTITION = 1 << 40

_DAY_FILE = r"articles/\d{4}/\d\d/articles-\d{4}-\d\d-\d\d(-r\d{1,4})?(\.open)?\.jsonl\.gz"
_DAY_CAPTURES = r"warc/\d{4}/\d\d/newsloom-\d{4}-\d\d-\d\d(-r\d{1,4})?"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d$")]
PartitionPath = Annotated[str, StringConstraints(pattern=f"^{_DAY_FILE}$")]
CapturePath = Annotated[str, StringConstraints(pattern=f"^{_DAY_CAPTURES}\\.warc\\.gz$")]
CaptureIndexPath = Annotated[str, StringConstraints(pattern=f"^{_DAY_CAPTURES}\\.cdxj$")]
ManifestPath = Annotated[str, StringConstraints(pattern=r"^(articles|warc)/\d{4}/\d\d/manifest\.json$")]
OtherPath = Annotated[
    str, StringConstraints(pattern=r"^(schema/[a-z0-9-]{1,40}\.json|[A-Z][A-Za-z0-9]{0,39}(\.txt)?|datapackage\.json)$")
]
Count = Annotated[int, Field(ge=0, le=1 << 53)]


class _Listed(BaseModel):
    """Something that an index or a manifest says; a newer newsloom may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Replaced(_Listed):
    """A file that stood where a redacted one stands now."""

    path: PartitionPath | CapturePath
    sha256: Sha256


class Counts(_Listed):
    """How many lines there are, in all and of each type."""

    records: Count
    articles: Count
    tombstones: Count
    merges: Count
    redactions: Count = 0


class Partition(Counts):
    """One file of facts: what was recorded on one UTC day."""

    path: PartitionPath
    """Below the release's root."""
    state: Literal["open", "closed"]
    bytes: Annotated[int, Field(ge=0, le=LARGEST_PARTITION)]
    """Of an open partition as many of its first bytes as are vouched for: it may have grown since."""
    sha256: Sha256
    raw_bytes: Count
    raw_sha256: Sha256
    """Size and digest of the JSON Lines inside."""
    first_recorded: str
    last_recorded: str
    revision: Annotated[int, Field(ge=0, le=9999)] = 0
    """How often lines of this day were redacted."""
    replaces: list[Replaced] = []
    """What stood here before each redaction."""


class Manifest(_Listed):
    """The partitions of one month."""

    schema_: Literal[1] = Field(1, alias="schema")
    month: Month
    partitions: list[Partition]


class CaptureFile(_Listed):
    """What was captured on one UTC day, as far as it may be published."""

    day: str
    path: CapturePath
    bytes: Annotated[int, Field(ge=0, le=LARGEST_PARTITION)]
    sha256: Sha256
    index: CaptureIndexPath
    index_bytes: Annotated[int, Field(ge=0, le=LARGEST_PARTITION)]
    index_sha256: Sha256
    records: Count
    revision: Annotated[int, Field(ge=0, le=9999)] = 0
    taken_back: Count = 0
    """How many addresses had been taken back in all when it was last looked through."""
    replaces: list[Replaced] = []


class CaptureManifest(_Listed):
    """The captures of one month."""

    schema_: Literal[1] = Field(1, alias="schema")
    month: Month
    files: list[CaptureFile]


class ListedFile(_Listed):
    """A small file of the release."""

    path: OtherPath
    bytes: Annotated[int, Field(ge=0, le=LARGEST_FILE)]
    sha256: Sha256


class ListedMonth(_Listed):
    """A manifest, as the index lists it."""

    month: Month
    manifest: ManifestPath
    bytes: Annotated[int, Field(ge=0, le=LARGEST_LISTING)]
    sha256: Sha256
    records: Count


class Index(Counts):
    """What a release holds. It is written last, so what it names is there."""

    schema_: Literal[1] = Field(1, alias="schema")
    generator: str
    base_url: str
    record_schema: str
    rights: str
    months: list[ListedMonth]
    files: list[ListedFile] = []
    captures: list[ListedMonth] = []
    """The raw layer, where the operator publishes it."""
    open: PartitionPath | None = None
    previous: Sha256 | None = None
    """SHA-256 of the index that this one replaced."""

    @model_validator(mode="after")
    def _bounded(self) -> Index:
        if sum(month.bytes for month in (*self.months, *self.captures)) > LARGEST_FILE:
            raise ValueError("its manifests are larger than those of any release")
        return self


def partition_path(day: date, *, revision: int, closed: bool) -> str:
    """What the file of a day is called: each state and each revision has a name of its own."""
    redacted = f"-r{revision}" if revision else ""
    return f"articles/{day:%Y/%m}/articles-{day.isoformat()}{redacted}{'' if closed else '.open'}.jsonl.gz"


def day_of(path: str) -> str:
    """The day of a partition, as its path says it: `2026-11-22`."""
    return path.rsplit("/", 1)[1].removeprefix("articles-")[:10]


def dump(listing: BaseModel) -> bytes:
    """An index or a manifest as it is published."""
    return pretty(listing.model_dump(mode="json", by_alias=True))


def pretty(value: Any) -> bytes:
    """JSON for people and programs: sorted keys, two spaces, a newline at the end."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def listing_schema(listing: type[BaseModel], title: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of an index or a manifest."""
    return {"$schema": DIALECT, **listing.model_json_schema(by_alias=True, mode="serialization"), "title": title}


def same(one: BaseModel, other: BaseModel, *, but: str) -> bool:
    """Whether two listings say the same, one field aside."""
    exclude = {but}
    return canonical_json(one.model_dump(mode="json", exclude=exclude)) == canonical_json(
        other.model_dump(mode="json", exclude=exclude)
    )


def write_manifest(folder: PublicFolder, tree: str, manifest: Manifest | CaptureManifest) -> ListedMonth:
    """Publish a month's manifest.

    Args:
        folder: the published folder.
        tree: what it is the manifest of, `articles` or `warc`: the folder in the release.
        manifest: what the month holds.

    Returns:
        What the index says of it.
    """
    content = dump(manifest)
    path = f"{tree}/{manifest.month.replace('-', '/')}/manifest.json"
    folder.write(f"{ROOT}/{path}", content)
    held = manifest.partitions if isinstance(manifest, Manifest) else manifest.files
    return ListedMonth(
        month=manifest.month,
        manifest=path,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        records=sum(file.records for file in held),
    )
