"""CDXJ: one sorted index beside each WARC file. It can always be made anew from the file itself."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUFFIX = ".warc.gz"
INDEX = ".cdxj"
_READ = 1 << 16
_LONGEST_HEAD = 64 << 10
"""Bytes of a record that are looked at for its headers."""

NAMES = {"site": "Newsloom-Site", "kind": "Newsloom-Kind", "listed": "Newsloom-Listed-As", "date": "Newsloom-Date"}
"""What a replay needs to know besides, by its name in the index and in the WARC header: for whom it was fetched, as
what, the URL by which it was listed, and the words beside that link.
"""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One response or revisit record.

    Attributes:
        file: its name; it lies in the folder of captures.
        offset: of its gzip member, in bytes.
        length: of that member.
        url: that answered.
        at: when, `20241223T023107Z` without its letters: 14 digits, UTC.
        status: the HTTP status.
        mime: the media type, without parameters; `warc/revisit` for a revisit.
        digest: of the body as it came, `sha1:…`.
        about: site, kind, listed and date, as far as they are known.
    """

    file: str
    offset: int
    length: int
    url: str
    at: str
    status: int
    mime: str
    digest: str
    about: dict[str, str]

    @property
    def moment(self) -> datetime:
        """When it answered."""
        return datetime.strptime(self.at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    def line(self) -> bytes:
        """Its line in the index."""
        return surt(self.url).encode() + b" " + self.facts()

    def facts(self) -> bytes:
        """That line without the key by which it is sorted."""
        facts = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status),
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.file,
        }
        return self.at.encode() + b" " + orjson.dumps(facts | self.about) + b"\n"


def surt(url: str) -> str:
    """The sort key of a URL, by which those of one host stand together: `org,example)/news?id=1`."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url.lower()
    key = ",".join(reversed(host.split("."))) + (f":{port}" if port not in (None, 80, 443) else "")
    return f"{key}){parts.path or '/'}{f'?{parts.query}' if parts.query else ''}".lower().replace(" ", "%20")


def index_of(warc: Path) -> list[Indexed]:
    """The index of one file; read off the file where it is missing or does not reach to the file's end."""
    known = _read(warc)
    end = max((one.offset + one.length for one in known), default=0)
    return known + [one for one, _ in scan(warc, end) if one is not None]


def write_index(warc: Path, lines: Iterable[bytes]) -> None:
    """Write the index of a file, a line for each of its records, whole or not at all."""
    path = index_path(warc)
    new = path.with_suffix(".new")
    new.write_bytes(b"".join(sorted(lines)))
    new.replace(path)


def index_path(warc: Path) -> Path:
    """Where the index of a file lies."""
    return warc.with_name(warc.name.removesuffix(SUFFIX) + INDEX)


def parsed(index: Path) -> list[Indexed]:
    """The records that an index names.

    Raises:
        OSError: it isn't there.
        ValueError: it is broken.
        KeyError: the same.
    """
    return [read_line(line) for line in index.read_bytes().splitlines()]


def scan(warc: Path, start: int = 0) -> Iterator[tuple[Indexed | None, int]]:
    """The whole records of a file from an offset on, each with where it ends; None for what no index lists.

    A record that broke off at the end of the file ends the scan without an error.
    """
    with warc.open("rb") as file:
        offset = start
        while member := _member(file, offset):
            head, length = member
            yield _indexed(head, warc.name, offset, length), offset + length
            offset += length


def _member(file: Any, offset: int) -> tuple[bytes, int] | None:
    """The beginning of the gzip member at an offset, and the member's length; None if there is no whole one."""
    file.seek(offset)
    unpacker, head, read = zlib.decompressobj(wbits=31), b"", 0
    while part := file.read(_READ):
        read += len(part)
        try:
            out = unpacker.decompress(part)
        except zlib.error:
            return None
        head += out[: _LONGEST_HEAD - len(head)]
        if unpacker.eof:
            return head, read - len(unpacker.unused_data)
    return None


def _indexed(head: bytes, file: str, offset: int, length: int) -> Indexed | None:
    warc, _, rest = head.partition(b"\r\n\r\n")
    said = _headers(warc)
    if said.get("warc-type") not in ("response", "revisit"):
        return None
    http, _, _ = rest.partition(b"\r\n\r\n")
    status = http[:64].split(b" ", 2)[1:2]
    mime = _headers(http).get("content-type", "").partition(";")[0].strip().lower()
    return Indexed(
        file=file,
        offset=offset,
        length=length,
        url=said.get("warc-target-uri", ""),
        at="".join(c for c in said.get("warc-date", "") if c.isdigit())[:14],
        status=int(status[0]) if status and status[0].isdigit() else 0,
        mime="warc/revisit" if said["warc-type"] == "revisit" else mime or "unk",
        digest=said.get("warc-payload-digest", "-"),
        about={name: said[header.lower()] for name, header in NAMES.items() if header.lower() in said},
    )


def _headers(block: bytes) -> dict[str, str]:
    """Header lines, by name in lower case."""
    pairs = (line.partition(":") for line in block.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _read(warc: Path) -> list[Indexed]:
    """What a file's index says of it; nothing if there is none, or it is broken, or is of another file."""
    try:
        found = parsed(index_path(warc))
        size = warc.stat().st_size
    except (OSError, ValueError, KeyError):
        return []
    return found if all(one.offset + one.length <= size for one in found) else []


def read_line(line: bytes) -> Indexed:
    """A line of an index. Raises as `parsed` does."""
    return read_facts(line.partition(b" ")[2])


def read_facts(facts: bytes) -> Indexed:
    """What `Indexed.facts` gave. Raises as `parsed` does."""
    at, _, rest = facts.partition(b" ")
    said = orjson.loads(rest)
    return Indexed(
        file=said["filename"],
        offset=int(said["offset"]),
        length=int(said["length"]),
        url=said["url"],
        at=at.decode(),
        status=int(said["status"]),
        mime=said["mime"],
        digest=said["digest"],
        about={name: said[name] for name in NAMES if name in said},
    )
