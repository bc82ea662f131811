"""The bundled sample sites, served over loopback: what `newsloom demo` crawls and what the tests crawl.

The sites have hosts of their own (`www.silkfed.example`), so the server is a small HTTP proxy: a client that is told to
use `proxy_url` asks for `http://www.silkfed.example/…` and gets the page. Nothing is ever fetched from anywhere else.

    with SampleSites(visit=1) as samples:
        browser = build_opener(ProxyHandler({"http": samples.proxy_url}))
        browser.open("http://www.silkfed.example/xhzx/index.html")

A site is a folder of plain files, described in tests/fixtures/README.md: `pages/` holds what its web server has,
`visit-2/` what is different when one comes back two days later, `serve.toml` what goes over the wire beside the bytes.
"""

from __future__ import annotations

import hashlib
import socket
import sys
import threading
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

VISITS = (1, 2)
_IDLE_SECONDS = 10
_NOT_FOUND = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n"
_INDEX_FILES = ("index.html", "index.xml")
_TEXT_TYPES = {".html": "text/html", ".xml": "application/xml", ".txt": "text/plain", ".css": "text/css"}
_BINARY_TYPES = {".png": "image/png", ".pdf": "application/pdf"}


def samples_folder() -> Path:
    """The folder that holds the sample sites: inside an installed newsloom, or tests/fixtures/sites of a checkout."""
    here = Path(__file__).resolve().parent
    shipped = here / "samples"
    return shipped if shipped.is_dir() else here.parent / "tests" / "fixtures" / "sites"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that was answered.

    Attributes:
        method: `GET` or `HEAD`.
        url: the whole URL, `http://www.silkfed.example/xhzx/index.html`.
        status: the HTTP status of the answer.
        user_agent: what the client called itself.
    """

    method: str
    url: str
    status: int
    user_agent: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire for one URL."""

    status: HTTPStatus
    body: bytes
    content_type: str
    modified: datetime | None = None

    @property
    def etag(self) -> str:
        """A strong entity tag of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True, slots=True)
class SampleSite:
    """One sample site: its folder and what its `serve.toml` says.

    Attributes:
        folder: holds `pages/`, `visit-2/`, `serve.toml`, `expected.jsonl`; its site file lies beside it.
        host: the host name that it answers to.
        encoding: the encoding of its texts on the wire; on disk they are UTF-8.
        content_type: Content-Type of its HTML, right or wrong.
        content_types: other Content-Types, by path.
        modified: Last-Modified of its pages, by visit.
        removed: paths that are gone, by visit.
    """

    folder: Path
    host: str
    encoding: str
    content_type: str
    content_types: dict[str, str]
    modified: dict[int, datetime]
    removed: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> SampleSite:
        """Read the `serve.toml` of a site's folder."""
        told: dict[str, Any] = tomllib.loads((folder / "serve.toml").read_text(encoding="utf-8"))
        visits: dict[str, dict[str, Any]] = told["visit"]
        return cls(
            folder=folder,
            host=told["host"],
            encoding=told["encoding"],
            content_type=told["content_type"],
            content_types=told.get("content_types", {}),
            modified={int(number): visit["modified"] for number, visit in visits.items()},
            removed={int(number): frozenset(visit.get("removed", ())) for number, visit in visits.items()},
        )

    def answer(self, path: str, visit: int) -> Answer:
        """What the site's server sends for a path at a visit; 404 where it has nothing."""
        found = None if path in self.removed.get(visit, ()) else self._find(path, visit)
        if found is None:
            return Answer(HTTPStatus.NOT_FOUND, _NOT_FOUND, "text/html; charset=us-ascii")
        file, modified = found
        body = file.read_bytes()
        if file.suffix in _TEXT_TYPES:
            body = body.decode("utf-8").encode(self.encoding)
        return Answer(HTTPStatus.OK, body, self._content_type(path, file), modified)

    def _find(self, path: str, visit: int) -> tuple[Path, datetime] | None:
        """The newest file for a path, with the time at which it was put there."""
        for number in range(visit, 0, -1):
            root = self.folder / ("pages" if number == 1 else f"visit-{number}")
            target = root.joinpath(*path.strip("/").split("/"))
            if "\0" in path or not target.resolve().is_relative_to(root.resolve()):
                return None
            names = [target / name for name in _INDEX_FILES] if path.endswith("/") else [target]
            for file in names:
                if file.is_file():
                    return file, self.modified[number]
        return None

    def _content_type(self, path: str, file: Path) -> str:
        if path in self.content_types:
            return self.content_types[path]
        if file.suffix == ".html":
            return self.content_type
        return _TEXT_TYPES.get(file.suffix) or _BINARY_TYPES.get(file.suffix, "application/octet-stream")


class SampleSites:
    """All sample sites behind one proxy on 127.0.0.1, on a free port. A context manager.

    Args:
        visit: 1 is the first visit; 2 is two days later, when articles were added, edited and removed.
        folder: where the sites are, if not where `samples_folder` finds them.

    Attributes:
        sites: the sample sites by host.
        requests: every request that was answered, in order.
    """

    def __init__(self, visit: int = 1, folder: Path | None = None) -> None:
        loaded = [SampleSite.load(file.parent) for file in sorted((folder or samples_folder()).glob("*/serve.toml"))]
        self.sites: dict[str, SampleSite] = {site.host: site for site in loaded}
        self.requests: list[Request] = []
        self.visit = visit
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def visit(self) -> int:
        """The visit that is being served; may be set at any time."""
        return self._visit

    @visit.setter
    def visit(self, value: int) -> None:
        if value not in VISITS:
            raise ValueError(f"there is no visit {value}: the sample sites know {VISITS[0]} and {VISITS[-1]}")
        self._visit = value

    @property
    def proxy_url(self) -> str:
        """The address to use as HTTP proxy: `http://127.0.0.1:PORT`.

        Raises:
            RuntimeError: the server was not started.
        """
        if self._server is None:
            raise RuntimeError("the sample sites are not being served: use `with SampleSites() as samples:`")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def count(self, url: str) -> int:
        """How often a URL was asked for."""
        return sum(request.url == url for request in self.requests)

    def start(self) -> Self:
        """Listen and serve, in threads of its own, until `stop`."""
        if self._server is None:
            self._server = _Server(self)
            self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="sample-sites")
            self._thread.start()
        return self

    def stop(self) -> None:
        """Close every connection, end every thread, free the port."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.hang_up()
            self._server.server_close()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    """Keeps hold of its connections, so that stopping does not wait for clients that hold theirs open."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, samples: SampleSites) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.samples = samples
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Shut the connections that are still open; their threads then end."""
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of errors, but not that a client hung up: that is the client's business."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "SampleSites"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        samples = self.server.samples
        parts = urlsplit(self.path)
        host = (parts.hostname or self.headers.get("Host", "").partition(":")[0]).lower()
        path = unquote(parts.path) or "/"
        site = samples.sites.get(host)
        if site is None or parts.scheme not in ("", "http"):
            known = ", ".join(sorted(samples.sites))
            line = (
                f"the sample sites do not include {host or 'a request without a host'}; they are {known} (http only)\n"
            )
            answer = Answer(HTTPStatus.BAD_GATEWAY, line.encode("ascii", "backslashreplace"), "text/plain")
        else:
            answer = site.answer(path, samples.visit)
        status = HTTPStatus.NOT_MODIFIED if self._is_fresh(answer) else answer.status
        url = f"http://{host}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
        samples.requests.append(Request(self.command, url, status.value, self.headers.get("User-Agent", "")))
        self._send(answer, status)

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def _is_fresh(self, answer: Answer) -> bool:
        """Whether the client's copy is still what would be sent; an entity tag is asked before a date (RFC 9110)."""
        if answer.modified is None:
            return False
        if tags := self.headers.get("If-None-Match"):
            return tags.strip() == "*" or answer.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return since.tzinfo is not None and answer.modified <= since

    def _send(self, answer: Answer, status: HTTPStatus) -> None:
        self.send_response(status)
        if answer.modified is not None:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "GET" and status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Requests are kept in `SampleSites.requests`, not written to stderr."""
