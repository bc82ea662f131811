"""Writing captures: each record a gzip member of its own, on the disk before anyone reads the answer."""

from __future__ import annotations

import hashlib
import os
import zlib
from base64 import b32encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BaseWARCWriter

from items.article import Capture
from pipelines.archive.captures.files import cut, locked, new_name
from pipelines.archive.captures.index import NAMES, SUFFIX, Indexed, write_index

if TYPE_CHECKING:
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

_LEVEL = 4
"""Of compression: the highest levels cost as much time as reading the page, and save a twentieth."""

_VERSION = "1.1"

_MOST_RECORDS = 20_000
"""From which on a file counts as full: its index is read whole whenever it is written to."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer.

    Attributes:
        url: that was asked.
        at: when the answer came; UTC.
        request: the header lines that were sent, names and values.
        status: the HTTP status of the answer.
        headers: of the answer, as they came.
        body: as it came: compressed, if it came so.
        about: site, kind, listed and date, for a replay.
        same_as: when the same body was last captured, if it was; then only a revisit is written.
        not_modified: whether the server itself said that it is the same.
    """

    url: str
    at: datetime
    request: list[tuple[str, str]]
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    about: dict[str, str] = field(default_factory=dict)
    same_as: datetime | None = None
    not_modified: bool = False


class CaptureWriter:
    """Appends to the newest file of a folder, and begins another when that is full.

    What a killed run left unfinished at the end of a file is cut off before anything is appended. One writer holds a
    file; a second one in the same folder begins a file of its own.

    Args:
        folder: made if it isn't there.
        largest: bytes from which on a file counts as full.

    Raises:
        OSError: the folder can't be written to.
    """

    def __init__(self, folder: Path, *, largest: int = 256 << 20) -> None:
        self._folder, self._largest = folder, largest
        self._builder = RecordBuilder(warc_version=_VERSION)
        self._writer = BaseWARCWriter(gzip=False, warc_version=_VERSION)
        folder.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO | None = None
        self._path: Path
        self._lines: list[bytes] = []  # of the index: a third of what the records themselves would take

    def write(self, exchange: Exchange) -> Capture:
        """Write an exchange; it is on the disk when this returns.

        Raises:
            OSError: it could not be written; the file is as it was before.
        """
        file = self._open()
        start = file.tell()
        try:
            digest = payload_digest(exchange.body)
            response = self._response(exchange, digest)
            file.write(self._packed(response))
            end = file.tell()
            request = self._builder.create_warc_record(
                exchange.url,
                "request",
                warc_headers_dict={"WARC-Date": _iso(exchange.at), **_concurrent(response)},
                http_headers=StatusAndHeaders(_request_line(exchange.url), exchange.request, is_http_request=True),
            )
            file.write(self._packed(request))
            file.flush()
            os.fdatasync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.seek(start)
                file.truncate()
            raise
        mime = _header(exchange.headers, "content-type").partition(";")[0].strip().lower()
        entry = Indexed(
            file=self._path.name,
            offset=start,
            length=end - start,
            url=exchange.url,
            at=exchange.at.strftime("%Y%m%d%H%M%S"),
            status=exchange.status,
            mime="warc/revisit" if exchange.same_as else mime or "unk",
            digest=digest,
            about={name: exchange.about[name] for name in NAMES if exchange.about.get(name)},
        )
        self._lines.append(entry.line())
        if file.tell() >= self._largest or len(self._lines) >= _MOST_RECORDS:
            self.close()
        return Capture(file=entry.file, offset=start, length=entry.length, http_status=exchange.status)

    def close(self) -> None:
        """Write the file's index and let go of it."""
        if self._file is not None:
            with self._file:  # whoever has the file next writes its index after us
                self._file = None
                write_index(self._path, self._lines)

    def _open(self) -> BinaryIO:
        if self._file is None:
            newest = max(self._folder.glob(f"*{SUFFIX}"), default=None)
            self._file = (newest and self._go_on(newest)) or self._begin()
        return self._file

    def _go_on(self, path: Path) -> BinaryIO | None:
        """The newest file, cut to its last whole record; None if it is full or another writer holds it."""
        file = locked(path)
        if file is None:
            return None
        records = cut(file, path)
        if file.tell() >= self._largest or len(records) >= _MOST_RECORDS:
            with file:
                write_index(path, (one.line() for one in records))
            return None
        self._path, self._lines = path, [one.line() for one in records]
        return file

    def _begin(self) -> BinaryIO:
        """A new file, with what it is at its beginning."""
        while True:
            self._path = self._folder / new_name()
            with suppress(FileExistsError):
                self._path.open("xb").close()
                file = locked(self._path)
                if file is not None and not self._path.stat().st_size:
                    break  # and no other writer took it for the newest that is free
        self._lines = []
        info = {
            "software": f"newsloom/{version('newsloom')}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        file.write(self._packed(self._builder.create_warcinfo_record(self._path.name, info)))
        return file

    def _response(self, exchange: Exchange, digest: str) -> ArcWarcRecord:
        about = {NAMES[name]: _one_line(value) for name, value in exchange.about.items() if name in NAMES and value}
        said = {"WARC-Date": _iso(exchange.at), "WARC-Payload-Digest": digest, **about}
        # The body comes without its chunks, so it may not claim to be chunked.
        kept = [(name, value) for name, value in exchange.headers if name.lower() not in _OF_THE_WAY]
        if exchange.same_as is None:
            kept.append(("Content-Length", str(len(exchange.body))))
        headers = StatusAndHeaders(f"{exchange.status} {_reason(exchange.status)}", kept, protocol="HTTP/1.1")
        if exchange.same_as is None:
            body = BytesIO(exchange.body)
            return self._builder.create_warc_record(
                exchange.url,
                "response",
                payload=body,
                length=len(exchange.body),
                warc_headers_dict=said,
                http_headers=headers,
            )
        del said["WARC-Payload-Digest"]
        record = self._builder.create_revisit_record(
            exchange.url,
            digest,
            exchange.url,
            _iso(exchange.same_as),
            http_headers=headers,
            warc_headers_dict=said,
        )
        if exchange.not_modified:
            record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
        return record

    def _packed(self, record: ArcWarcRecord) -> bytes:
        """A record as a gzip member."""
        out = BytesIO()
        self._writer._write_warc_record(out, record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
        return packer.compress(out.getbuffer()) + packer.flush()


_OF_THE_WAY = frozenset({"transfer-encoding", "content-length", "connection", "keep-alive"})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def payload_digest(body: bytes) -> str:
    """`sha1:…` in base 32, as WARC has it."""
    return "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _concurrent(response: ArcWarcRecord) -> dict[str, str]:
    return {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}


def _request_line(url: str) -> str:
    rest = url.partition("#")[0].split("/", 3)[3:]
    return f"GET /{rest[0] if rest else ''} HTTP/1.1"


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _header(headers: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _one_line(value: str) -> str:
    return " ".join(value.split())
