"""Captures: every answer of a server as it came, in WARC files (ISO 28500), found again by CDXJ indexes."""

from pipelines.archive.captures.index import Indexed, indexed
from pipelines.archive.captures.read import Captured, read_capture
from pipelines.archive.captures.write import CaptureWriter, Exchange, drop_old

__all__ = ["CaptureWriter", "Captured", "Exchange", "Indexed", "drop_old", "indexed", "read_capture"]
