"""The files of a release that is served over HTTP: whole, from a place on, or only if they changed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from items.errors import NewsloomError
from items.safe import web_url
from pipelines.publish.release.files import ReleaseFiles, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16
_SECONDS = urllib3.Timeout(connect=30, read=60)
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


class RemoteError(NewsloomError):
    """The server can't be reached, breaks off, or answers what helps nobody."""

    exit_status = 3


@dataclass(slots=True)
class Answer:
    """What the server answered; its body is read through `chunks`.

    Attributes:
        status: 200, 206, 304, 404, 410 or 416; whatever else comes is an error.
        start: where in the file the body begins.
        etag: entity tag and date of last change, to ask again with.
    """

    status: int
    start: int
    etag: str | None
    modified: str | None
    _response: urllib3.BaseHTTPResponse

    def chunks(self, at_most: int) -> Iterator[bytes]:
        """The body, as far as it is wanted.

        Raises:
            RemoteError: it breaks off.
        """
        left = at_most
        try:
            while left > 0 and (chunk := self._response.read(min(_CHUNK, left), decode_content=False)):
                left -= len(chunk)
                yield chunk
        except HTTPError as error:
            raise RemoteError(f"the server broke off: {_reason(error)}") from None


class RemoteRelease(ReleaseFiles):
    """A release on a web server.

    Args:
        url: of its folder or of its index.json.
        proxy: an HTTP proxy, if there is one.

    Attributes:
        requests: how many were made.

    Raises:
        RemoteError: the URL is none of the web.
    """

    def __init__(self, url: str, *, proxy: str | None = None) -> None:
        if web_url(url) is None:
            raise RemoteError(f"{url}: is no http or https URL")
        self.url = url.removesuffix("index.json").rstrip("/") + "/"
        self.requests = 0
        self._pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        self._headers = {"User-Agent": f"newsloom/{version('newsloom')}", "Accept-Encoding": "identity"}

    @contextmanager
    def get(self, path: str, headers: dict[str, str] | None = None) -> Iterator[Answer]:
        """Ask for a file.

        Raises:
            RemoteError: the server can't be reached, leads elsewhere, or answers with an error that isn't "not here".
        """
        response = self._response(urljoin(self.url, path), headers or {})
        try:
            if response.status not in (200, 206, 304, 404, 410, 416):
                raise RemoteError(f"{self.url}{path}: the server answers {response.status} {response.reason or ''}")
            start = 0
            if response.status == 206:
                said = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
                if not said.isascii() or not said.isdigit():
                    raise RemoteError(f"{self.url}{path}: the server answers a part and doesn't say which")
                start = int(said)
            tags = response.headers.get("ETag"), response.headers.get("Last-Modified")
            yield Answer(response.status, start, *tags, response)
        finally:
            response.close()  # an answer that was read to its end has given its connection back already

    def chunks(self, path: str, size: int, *, to_the_end: bool) -> Iterator[bytes]:
        """See `ReleaseFiles`. One byte more than it should have tells that a file is too long."""
        try:
            with self.get(path) as answer:
                if answer.status != 200:
                    raise UnreadableFileError("is missing")
                yield from answer.chunks(size + 1 if to_the_end else size)
        except RemoteError as error:
            raise UnreadableFileError(f"can't be read: {error}") from None

    def _response(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        for _ in range(_MOST_REDIRECTS):
            self.requests += 1
            try:
                response = self._pool.request(
                    "GET",
                    url,
                    headers=self._headers | headers,
                    preload_content=False,
                    redirect=False,
                    retries=urllib3.Retry(connect=2, read=1, redirect=0, status=0, other=0, backoff_factor=0.3),
                    timeout=_SECONDS,
                )
            except HTTPError as error:
                raise RemoteError(f"{url}: the server can't be reached: {_reason(error)}") from None
            if response.status not in _REDIRECTS:
                return response
            leads = urljoin(url, response.headers.get("Location", ""))
            response.close()
            if urlsplit(leads).hostname != urlsplit(url).hostname or urlsplit(leads).scheme not in ("http", "https"):
                raise RemoteError(f"{url}: leads to another server, {leads[:200]}; name that one if you trust it")
            url = leads
        raise RemoteError(f"{url}: leads round in circles")


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error)[:300]
