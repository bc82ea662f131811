"""A request's head: what is kept of it, how large it may be, and what it asks for."""

from __future__ import annotations

import httptools

from crawler.server.shelf import decoded_path

HEAD = 16 * 1024
"""Bytes of a request's head."""

_TARGET = 4 * 1024
"""Bytes of its target."""

KEPT_FIELDS = frozenset(
    b"if-match if-none-match if-modified-since if-unmodified-since range if-range accept-encoding accept user-agent "
    b"referer host content-length transfer-encoding".split()
)


class Request:
    """A request as it was sent.

    Attributes:
        method: as sent.
        target: as sent: path and query, or a whole URL.
        fields: those that matter here, by lower-case name; repeated ones joined by commas.
        hosts: how many Host fields it had.
        size: bytes of its head so far.
        fault: the status that says what is wrong with it; 0 for nothing.
        version: of HTTP.
        lasting: whether the client wants the connection to stay open.
    """

    __slots__ = ("fault", "fields", "hosts", "lasting", "method", "size", "target", "version")

    def __init__(self) -> None:
        self.method = b""
        self.target = b""
        self.fields: dict[bytes, str] = {}
        self.hosts = 0
        self.size = 0
        self.fault = 0
        self.version = "1.1"
        self.lasting = False


def fault(request: Request) -> int:
    """What is wrong with a request's head, as a status; 0 for nothing."""
    if request.size > HEAD:
        return 431
    if request.version not in ("1.0", "1.1"):
        return 505
    if request.hosts > 1 or (request.hosts == 0 and request.version == "1.1"):
        return 400
    return 414 if len(request.target) > _TARGET else 0


def path_of(request: Request) -> str | None:
    """The path that is asked for, in either form of target; its query means nothing to files."""
    target = request.target
    if not target.startswith(b"/"):
        try:
            target = httptools.parse_url(target).path or b"/"
        except httptools.HttpParserInvalidURLError:
            return None
    return decoded_path(target.partition(b"?")[0])
