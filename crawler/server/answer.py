"""Answers: status, head and body for a request and the file it asks for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from crawler.server.semantics import UnsatisfiableError, condition, spans

if TYPE_CHECKING:
    from crawler.server.semantics import Span
    from crawler.server.shelf import File, Representation

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""Whatever a page might be made to carry, a browser runs nothing but our own scripts and asks nobody but us."""

_COMMON = (
    "X-Content-Type-Options: nosniff\r\n"
    f"Content-Security-Policy: {CONTENT_SECURITY}\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"
    "Cross-Origin-Resource-Policy: cross-origin\r\n"
    "Access-Control-Allow-Origin: *\r\n"
)
_BOUNDARY = "newsloom-4f1c9a7be2d05683"

METHODS = "GET, HEAD, OPTIONS"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back.

    Attributes:
        status: of HTTP.
        head: status line and fields, without Date, Connection and the blank line.
        size: bytes of the body.
        body: the body's pieces: bytes, or spans of the file on disk.
    """

    status: int
    head: bytes
    size: int
    body: tuple[bytes | Span, ...] = ()


def answer_file(method: bytes, fields: dict[bytes, str], file: File, form: Representation) -> Answer:
    """Answer GET or HEAD with a file, its part, or the news that the reader has it already."""
    if (
        b"if-none-match" in fields
        or b"if-modified-since" in fields
        or b"if-match" in fields
        or b"if-unmodified-since" in fields
    ):
        status = condition(fields, form.etag, file.modified)
        if status == HTTPStatus.NOT_MODIFIED:
            return Answer(304, _head(304, file, form), 0)
        if status is not None:
            return plain(HTTPStatus.PRECONDITION_FAILED)
    if method == b"GET" and b"range" in fields and not form.encoding:
        try:
            wanted = spans(fields, form.size, form.etag, file.modified)
        except UnsatisfiableError:
            return plain(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"Content-Range: bytes */{form.size}\r\n")
        if len(wanted) == 1:
            return _part(file, form, wanted[0])
        if wanted:
            return _parts(file, form, wanted)
    whole = (form.body if form.body is not None else (0, form.size - 1),)
    return Answer(200, _head(200, file, form), form.size, whole if form.size else ())


def _head(status: int, file: File, form: Representation) -> bytes:
    """The head of a 200 or 304, made once."""
    made = form.heads.get(status)
    if made is None:
        form.heads[status] = made = _file_head(file, form, status=status, size=form.size, type_=file.media.type).encode(
            "latin-1"
        )
    return made


def _file_head(file: File, form: Representation, *, status: int, size: int, type_: str, more: str = "") -> str:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"]
    if status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Type: {type_}\r\nContent-Length: {size}\r\n{more}")
        if form.encoding:
            lines.append(f"Content-Encoding: {form.encoding}\r\n")
        else:
            lines.append("Accept-Ranges: bytes\r\n")
    lines.append(f"ETag: {form.etag}\r\nLast-Modified: {file.last_modified}\r\nCache-Control: {file.media.caching}\r\n")
    if file.packs:
        lines.append("Vary: Accept-Encoding\r\n")
    return "".join(lines) + _COMMON


def _piece(form: Representation, span: Span) -> bytes | Span:
    return span if form.body is None else form.body[span[0] : span[1] + 1]


def _part(file: File, form: Representation, span: Span) -> Answer:
    size = span[1] - span[0] + 1
    range_ = f"Content-Range: bytes {span[0]}-{span[1]}/{form.size}\r\n"
    head = _file_head(file, form, status=206, size=size, type_=file.media.type, more=range_)
    return Answer(206, head.encode("latin-1"), size, (_piece(form, span),))


def _parts(file: File, form: Representation, wanted: list[Span]) -> Answer:
    body: list[bytes | Span] = []
    size = 0
    for first, last in wanted:
        about = f"Content-Type: {file.media.type}\r\nContent-Range: bytes {first}-{last}/{form.size}\r\n\r\n"
        opening = f"\r\n--{_BOUNDARY}\r\n{about}".encode("latin-1")
        body += [opening, _piece(form, (first, last))]
        size += len(opening) + last - first + 1
    closing = f"\r\n--{_BOUNDARY}--\r\n".encode()
    size += len(closing)
    head = _file_head(file, form, status=206, size=size, type_=f"multipart/byteranges; boundary={_BOUNDARY}")
    return Answer(206, head.encode("latin-1"), size, (*body, closing))


def plain(status: int, more: str = "", body: bytes | None = None, type_: str = "text/plain; charset=utf-8") -> Answer:
    """An answer of our own words, such as an error; nobody keeps it."""
    phrase = HTTPStatus(status).phrase
    content = f"{status} {phrase}\n".encode() if body is None else body
    length = "" if status == HTTPStatus.NO_CONTENT else f"Content-Type: {type_}\r\nContent-Length: {len(content)}\r\n"
    head = f"HTTP/1.1 {status} {phrase}\r\n{length}Cache-Control: no-store\r\n{more}{_COMMON}"
    return Answer(status, head.encode("latin-1"), len(content) if length else 0, (content,) if length else ())


def redirect(folder: str) -> Answer:
    """To the address of the folder that was asked for as if it were a file."""
    return plain(HTTPStatus.MOVED_PERMANENTLY, f"Location: ./{quote(folder)}/\r\n")


def wrong_method() -> Answer:
    """Only reading is offered."""
    return plain(HTTPStatus.METHOD_NOT_ALLOWED, f"Allow: {METHODS}\r\n")


def options() -> Answer:
    """What may be asked, also from scripts of other sites."""
    allowed = (
        f"Allow: {METHODS}\r\nAccess-Control-Allow-Methods: {METHODS}\r\n"
        "Access-Control-Allow-Headers: If-None-Match, If-Modified-Since, Range, If-Range\r\n"
        "Access-Control-Max-Age: 86400\r\n"
    )
    return plain(HTTPStatus.NO_CONTENT, allowed)


class Clock:
    """The Date field, made once a second."""

    def __init__(self) -> None:
        self._second = 0
        self._field = b""

    def field(self) -> bytes:
        """`Date: …` with its line end."""
        second = int(time.time())
        if second != self._second:
            self._second, self._field = second, f"Date: {formatdate(second, usegmt=True)}\r\n".encode()
        return self._field
