"""The archive: everything ever seen, in SQLite or PostgreSQL."""

from pipelines.archive.archive import Archive

__all__ = ["Archive"]
