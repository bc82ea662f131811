"""What a published file is, and how long a reader may keep it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "ico": "image/x-icon",
    "webmanifest": "application/manifest+json",
    "parquet": "application/vnd.apache.parquet",
    "gz": "application/gzip",
    "zst": "application/zstd",
    "zip": "application/zip",
}
_PACKABLE = re.compile(r"text/|application/(atom|rss|feed|manifest|xml|json)|image/svg")

_FOR_EVER = "public, max-age=31536000, immutable"
_NEVER_CHANGES = re.compile(
    r"archive/articles/\d{4}/\d\d/articles-\d{4}-\d\d-\d\d(\.p\d+)?\.jsonl\.(gz|zst)"  # a closed partition
    r"|archive/schema/[^/]+"
    r"|assets/[^/]+\.[0-9a-f]{10}\.\w+"  # named by its content
)


@dataclass(frozen=True, slots=True)
class Media:
    """How a file is sent.

    Attributes:
        type: the Content-Type.
        caching: the Cache-Control.
        packable: whether compressing it is worth while.
    """

    type: str
    caching: str
    packable: bool


def media_of(path: str, feed_seconds: int) -> Media:
    """The media of a file by its path below the published folder.

    Args:
        path: `feeds/all.atom`.
        feed_seconds: how long a feed reader may wait before it asks again; pages are asked for after a minute.
    """
    ending = path.rsplit("/", 1)[-1].rpartition(".")[2]
    type_ = _TYPES.get(ending, "text/plain; charset=utf-8" if "SUMS" in path else "application/octet-stream")
    if path.startswith("feeds/") and ending == "json":
        type_ = "application/feed+json; charset=utf-8"
    if _NEVER_CHANGES.fullmatch(path):
        caching = _FOR_EVER
    elif path.startswith("feeds/") and ending != "html":
        caching = f"public, max-age={feed_seconds}, stale-if-error=86400"
    else:
        caching = "public, max-age=60, stale-if-error=86400"
    return Media(type_, caching, _PACKABLE.match(type_) is not None)
