"""The article record: what parsing reads off a page, and what the archive and a release keep of it.

`Article` is what one page says. `Record` is an article that was kept: it has an identity, a version and the times at
which it was seen. Field names follow schema.org's NewsArticle where it has a word for the thing. Unknown is null or an
empty list, never an empty string.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from items.safe import clean_html, clean_text, web_url

SCHEMA_VERSION: Literal[1] = 1


def _clean(value: Any) -> Any:
    return clean_text(value).strip() if isinstance(value, str) else value


def _clean_or_none(value: Any) -> Any:
    return _clean(value) or None


def _one_line(value: Any) -> Any:
    return " ".join(clean_text(value).split()) if isinstance(value, str) else value


def _safe_html_or_none(value: Any) -> Any:
    return clean_html(value).strip() or None if isinstance(value, str) else value


def _web_url_or_none(value: Any) -> Any:
    return web_url(value) if isinstance(value, str) else value


def _without_blanks(values: Any) -> Any:
    return [v for v in map(_one_line, values) if v] if isinstance(values, list | tuple) else values


def _to_utc_seconds(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _assume_utc(value: Any) -> Any:
    if isinstance(value, str) and value[-1:] in "zZ":
        value = value[:-1] + "+00:00"
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return value


Text = Annotated[str | None, BeforeValidator(_clean_or_none)]
"""Text of the page, stripped; blank text is unknown text."""

Line = Annotated[str, BeforeValidator(_one_line), Field(min_length=1)]
"""Text on one line, never blank."""

Lines = Annotated[list[str], BeforeValidator(_without_blanks)]
"""A list of lines; blank ones fall out."""

Html = Annotated[str | None, BeforeValidator(_safe_html_or_none)]
"""Sanitised HTML; see `items.safe`."""

Link = Annotated[str | None, BeforeValidator(_web_url_or_none)]
"""An absolute http or https URL; anything else is unknown."""

Address = Annotated[str, BeforeValidator(_clean), Field(min_length=1)]
"""A URL that must be there: of the web, or of a file when a saved page is parsed."""

Instant = Annotated[
    datetime,
    BeforeValidator(_assume_utc),
    PlainSerializer(_to_utc_seconds, return_type=str, when_used="json"),
    Field(json_schema_extra={"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}),
]
"""A moment of our own clock: UTC, whole seconds, written `2024-12-23T02:31:07Z` (RFC 3339)."""

_MINUTE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d|)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")


def _with_seconds(at: str) -> str:
    """A time to the minute with its seconds written out, as every reader of ISO 8601 takes it."""
    return _MINUTE.sub(r"\1:00\2", at) if _MINUTE.fullmatch(at) else at


Precision = Literal["second", "minute", "day", "month"]
Basis = Literal[
    "site",
    "json-ld",
    "meta",
    "visible",
    "url",
    "listing",
    "feed",
    "sitemap",
    "script",
    "title",
    "dateline",
    "http",
    "import",
]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")


class Model(BaseModel):
    """Base of every model here: unknown keys are an error, values are checked on assignment."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True, populate_by_name=True)

    def json_line(self) -> bytes:
        """Its canonical JSON, by the names that are published: sorted keys, no spaces, UTF-8, no newline."""
        return canonical_json(self.model_dump(mode="json", by_alias=True))


class Source(Model):
    """Who the article itself credits; never the site it was crawled from."""

    name: Line
    """The credited name, as printed, without its label."""
    url: Link = None
    """Where the credit links to, absolute."""
    raw: Text = None
    """The words the page printed, label included."""
    kind: Literal["site", "label", "byline", "dateline", "closing", "json-ld", "meta", "unlabelled"] = "label"
    """How the credit was worded: `label` "Source: X", `closing` "(X)" at the end, `dateline` "CITY (X) --", …"""
    republished_from: Text = None
    """The second name where a page gives two: header re-publisher and closing original."""


class RelatedLink(Model):
    """One entry of the page's own related-reading list."""

    title: Line
    url: Link = None
    category: Text = None
    """First field of "Category | Title" lists."""
    article: UUID | None = None
    """Id of the linked article, once it is in the archive."""


class Image(Model):
    """An image of the article's body."""

    url: Address
    caption: Text = None
    credit: Text = None
    width: int | None = Field(None, ge=1)
    height: int | None = Field(None, ge=1)


class Attachment(Model):
    """A document that the article links to (PDF, Word, …)."""

    url: Address
    title: Text = None
    type: Text = None
    """MIME type, guessed from the file name."""


class Reading(Model):
    """One reading of a time: its value, the words it was read from, and where they stood."""

    at: str
    raw: Text = None
    basis: Basis = "visible"


class Published(Model):
    """A moment that the page states, with its evidence."""

    at: Annotated[str, AfterValidator(_with_seconds)]
    """ISO 8601: with precision `day` a bare date, with `month` YYYY-MM, else date and time, with an offset if known."""
    precision: Precision
    raw: Text = None
    """The words the page printed."""
    basis: Basis
    zone: Literal["page", "site", "language", "unknown"] = "unknown"
    """Where the offset came from: printed by the page, the site file, the page's language; `unknown` leaves it out."""
    conflicts: list[Reading] = []
    """Other readings of the same fact on the page that disagree with this one."""

    @model_validator(mode="after")
    def _at_fits_precision(self) -> Published:
        shape = {"day": _DAY, "month": _MONTH}.get(self.precision, _MOMENT)
        if not shape.fullmatch(self.at):
            raise ValueError(f"{self.at!r} is not a time of precision {self.precision}")
        if self.precision == "month":
            date.fromisoformat(self.at + "-01")
        else:
            datetime.fromisoformat(self.at)
        return self


class Charset(Model):
    """How the page's bytes were read as text."""

    declared: Text = None
    """The label of the HTTP header or, without one, of the page's meta element."""
    used: str = "utf-8"
    """WHATWG name of the encoding that was used."""
    basis: Literal["bom", "utf-8", "header", "meta", "detected", "site", "default"] = "default"
    """What decided it: the bytes being valid UTF-8, the header, the meta element, detection, or the site file."""
    replaced: int = Field(0, ge=0)
    """Bytes that could not be read, counted as U+FFFD."""
    mojibake: int = Field(0, ge=0)
    """Sequences that look like text decoded twice."""


class Hashes(Model):
    """Digests of the record's content."""

    text: str | None = Field(None, pattern=r"^sha256:[0-9a-f]{64}$")
    """SHA-256 of the normalised title and text: what decides whether an article has a new version."""


class Rights(Model):
    """What may be published of the article."""

    policy: Literal["full", "excerpt", "link"] = "full"
    paywalled: bool = False
    noindex: bool = False
    """The page asks robots not to index it."""
    tdm_reserved: bool = False
    """The publisher reserves the right of text and data mining (TDMRep), or asks that no AI be trained (`noai`)."""
    tdm_policy: Link = None
    """Where it says on what terms it may be mined (TDMRep)."""


class Capture(Model):
    """Where the raw response is kept."""

    file: Text = None
    offset: int | None = Field(None, ge=0)
    length: int | None = Field(None, ge=0)
    http_status: int | None = Field(None, ge=100, le=999)


class Article(Model):
    """One news page, parsed. Only `url` and `title` are required."""

    schema_: Literal[1] = Field(SCHEMA_VERSION, alias="schema")
    type: Literal["article"] = "article"
    url: Address
    """The address it was read at."""
    title: Line
    canonical_url: Link = None
    """The page's own address for itself, where plausible; else `url` in canonical form."""
    site: Text = None
    """Id of the site file."""
    language: Text = None
    """BCP 47, as short as it can be: `zh`, `zh-Hant`, `en`."""
    summary: Text = None
    text: Text = None
    """The article only, paragraphs and headings one a line."""
    html: Html = None
    """The same, as sanitised HTML with absolute URLs."""
    source: Source | None = None
    authors: Lines = []
    editors: Lines = []
    published: Published | None = None
    modified: Published | None = None
    related: list[RelatedLink] = []
    images: list[Image] = []
    attachments: list[Attachment] = []
    tags: Lines = []
    provenance: dict[str, str] = {}
    """Per field, the rule that filled it: `site:h1.title`, `json-ld`, `meta:og:title`, `generic`."""
    charset: Charset | None = None
    rights: Rights = Rights()
    capture: Capture | None = None
    hashes: Hashes = Hashes()

    id: UUID | None = None
    version: int | None = Field(None, ge=1)
    recorded: Instant | None = None
    first_seen: Instant | None = None
    last_seen: Instant | None = None
    story: UUID | None = None
    original: bool | None = None


class Record(Article):
    """An article that was kept: one version, as a line of a release holds it."""

    id: UUID
    """UUIDv5 of the canonical URL at first sight; never changes."""
    version: int = Field(ge=1)
    recorded: Instant
    """When this version was written to the archive."""
    site: str = Field(min_length=1)
    canonical_url: str = Field(min_length=1)
    first_seen: Instant
    last_seen: Instant
    story: UUID
    original: bool
    """Whether it is the original of its story, as known when it was recorded."""


class Tombstone(Model):
    """A line that says that an article was removed."""

    schema_: Literal[1] = Field(SCHEMA_VERSION, alias="schema")
    type: Literal["tombstone"] = "tombstone"
    id: UUID
    version: int = Field(ge=1)
    recorded: Instant
    url: str | None = None
    """Its canonical URL; null where the reason is `legal` or `privacy`: an address may say too much."""
    reason: Literal["publisher-removed", "correction", "duplicate", "legal", "privacy", "error"]
    replaced_by: UUID | None = None


class Redaction(Model):
    """What stands in the place of an article's version that was taken back for legal or privacy reasons.

    A tombstone of the same moment says the same of the whole article. It is the only way in which a line ever changes.
    """

    schema_: Literal[1] = Field(SCHEMA_VERSION, alias="schema")
    type: Literal["redaction"] = "redaction"
    id: UUID
    version: int = Field(ge=1)
    recorded: Instant
    """When the version was recorded that stood here."""
    redacted: Instant
    """When it was taken back."""
    reason: Literal["legal", "privacy"]


class Merge(Model):
    """A line that says that articles were joined into a story, or parted from it."""

    schema_: Literal[1] = Field(SCHEMA_VERSION, alias="schema")
    type: Literal["merge"] = "merge"
    id: UUID
    """The story."""
    recorded: Instant
    original: UUID
    articles: list[UUID] = Field(min_length=1)
    """Every article of the story from now on."""
    reason: str


Fact = Record | Tombstone | Merge | Redaction
"""What a line of a release says."""


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys, no spaces and UTF-8, so that equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
