"""The published folder in object storage: the bucket is the truth, the folder here the copy that is worked on.

Before publishing, what another machine has published since is brought down; afterwards what changed is brought up, in
an order in which nothing names what is not there, the index of the release last of all. An object appears whole or not
at all. What was interrupted is made up for by the next publication.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from crawler.server.media import media_of
from items.errors import PublishError
from pipelines.publish.packing import ENDINGS
from pipelines.storage import Storage

if TYPE_CHECKING:
    from pathlib import Path


class Bucket:
    """A published folder in object storage.

    Args:
        url: such as `s3://bucket/prefix`, as fsspec takes it.
        folder: the copy here.
        feed_seconds: how long a reader may keep a feed.

    Raises:
        ConfigError: nothing is installed that knows such an address.
    """

    def __init__(self, url: str, folder: Path, *, feed_seconds: int) -> None:
        self._storage = Storage("publish.bucket", url)
        self._folder, self._feed_seconds = folder, feed_seconds

    def bring_down(self) -> None:
        """Make the folder what the bucket is, unless that is empty.

        Raises:
            PublishError: the bucket or the folder can't be read or written to.
        """
        with self._storage.troubles(PublishError):
            there = self._storage.there()
            for path, about in there.items():
                if not self._is_same(path, about):
                    target = self._folder / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    part = target.with_name(f".{target.name}.part")
                    self._storage.files.get_file(self._storage.at(path), str(part))
                    part.replace(target)
            for path in self._here() - there.keys() if there else ():
                (self._folder / path).unlink()

    def bring_up(self) -> list[str]:
        """Make the bucket what the folder is; the paths that were written or removed, in that order.

        Raises:
            PublishError: the bucket can't be written to; what is there is whole, and the next publication goes on.
        """
        with self._storage.troubles(PublishError):
            there, here = self._storage.there(), self._here()
            changed = [path for path in here if path not in there or not self._is_same(path, there[path])]
            changed.sort(key=lambda path: (_rank(path), path))
            for path in changed:
                self._put(path)
            gone = sorted(there.keys() - here, key=lambda path: (-_rank(path), path))
            for path in gone:
                self._remove(path)
            return [*changed, *gone]

    def _put(self, path: str) -> None:
        about = {}
        if "s3" in self._storage.files.protocol:
            media = media_of(path, self._feed_seconds)
            about = {"ContentType": media.type, "CacheControl": media.caching}
        self._storage.files.put_file(str(self._folder / path), self._storage.at(path), **about)

    def _remove(self, path: str) -> None:
        self._storage.files.rm_file(self._storage.at(path))

    def _here(self) -> set[str]:
        files = (path for path in self._folder.rglob("*") if path.is_file())
        found = {path.relative_to(self._folder).as_posix() for path in files}
        # Compressed forms beside a file are for web servers: object storage knows nothing of them.
        packed = {path for path in found if path.rpartition(".")[2] in ENDINGS.values()}
        return found - {path for path in packed if path.rpartition(".")[0] in found}

    def _is_same(self, path: str, about: dict[str, Any]) -> bool:
        file = self._folder / path
        if not file.is_file() or file.stat().st_size != about["size"]:
            return False
        tag = str(about.get("ETag", "")).strip('"')
        if len(tag) == 32:  # what was put in one piece is told by its MD5
            with file.open("rb") as stream:
                return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest() == tag
        return bool(self._storage.files.cat_file(self._storage.at(path)) == file.read_bytes())


def _rank(path: str) -> int:
    """What goes up when: first what others name, last what names it."""
    if path.startswith(".newsloom"):
        return 5  # says up to where the folder has come
    if path == "archive/index.json":
        return 4
    if path.startswith("archive/"):
        return 3 if path.endswith(("manifest.json", "SHA256SUMS", "datapackage.json")) else 0
    if path.startswith("feeds/") and "/history/" not in path:
        return 2
    return 2 if path in ("feeds.opml", "index.html", "sitemap.xml") else 1
