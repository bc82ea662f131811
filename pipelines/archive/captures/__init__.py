"""Captures: every answer of a server as it came, in WARC files (ISO 28500), found again by CDXJ indexes."""

from pipelines.archive.captures.index import Indexed
from pipelines.archive.captures.newest import Newest, newest
from pipelines.archive.captures.place import Captures
from pipelines.archive.captures.read import Captured
from pipelines.archive.captures.write import CaptureWriter, Exchange

__all__ = ["CaptureWriter", "Captured", "Captures", "Exchange", "Indexed", "Newest", "newest"]
