"""Pulling a release and being killed, again and again; `python -m tests.pulling 50` does it that often."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.clock import tick
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import publish_release, verify_release

if TYPE_CHECKING:
    from collections.abc import Callable

NEWSLOOM = Path(sys.executable).with_name("newsloom")
FIRST_DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)
_PIECE = 2048


class Asked(NamedTuple):
    """A request: for what, from which byte on, and what was answered."""

    path: str
    start: int
    status: int


class ReleaseServer:
    """Serves a folder with ranges and entity tags.

    Attributes:
        asked: every request.
        sent: bytes of bodies that went out.
        ranges: whether it knows ranges.
        on_piece: called with the bytes sent so far before each piece of a body; if it says so, the server breaks off.
        instead: path → a body that is sent instead of the file's, whatever was asked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[Asked] = []
        self.sent = 0
        self.ranges = True
        self.on_piece: Callable[[int], bool] = lambda _: False
        self.instead: dict[str, bytes] = {}
        handler = type("Handler", (_Handler,), {"server_": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever is killed hangs up
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_: ReleaseServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        file = self.server_.folder / path
        content = self.server_.instead.get(path, file.read_bytes() if file.is_file() else None)
        if content is None:
            self._head(path, 0, 404, 0)
            return
        tag = f'"{hashlib.sha256(content).hexdigest()}"'
        start = 0
        if self.headers.get("If-None-Match") == tag:
            self._head(path, 0, 304, 0, ETag=tag)
            return
        asked = self.headers.get("Range", "")
        if asked and self.server_.ranges:
            first, last = asked.removeprefix("bytes=").split("-")
            start, end = int(first), min(int(last or len(content)), len(content) - 1)
            if start >= len(content):
                self._head(path, start, 416, 0)
                return
            body = content[start : end + 1]
            said = {"Content-Range": f"bytes {start}-{end}/{len(content)}"}
            self._head(path, start, 206, len(body), ETag=tag, **said)
        else:
            body = content
            self._head(path, 0, 200, len(body), ETag=tag)
        for at in range(0, len(body), _PIECE):
            if self.server_.on_piece(self.server_.sent):
                self.close_connection = True
                self.connection.close()
                return
            piece = body[at : at + _PIECE]
            self.wfile.write(piece)
            self.server_.sent += len(piece)

    def _head(self, path: str, start: int, status: int, length: int, **headers: str) -> None:
        self.server_.asked.append(Asked(path, start, status))
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Publisher:
    """An archive and its release, day by day."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(f"sqlite:///{folder}/publisher.db")
        self.public = folder / "published"
        self.release = self.public / "archive"
        self._chance = random.Random(8)
        self._number = 0

    def add(self, now: datetime, count: int = 1, letters: int = 400) -> list[str]:
        """Keep so many articles, of text that packs badly, and return their URLs."""
        urls = []
        with self.archive.writing() as connection:
            for _ in range(count):
                self._number += 1
                url = f"http://mill.example/{self._number}"
                text = self._chance.randbytes(letters // 2).hex()
                article = Article(site="mill", url=url, title=f"Mill {self._number}", text=text)
                keep(connection, article, now=now)
                urls.append(url)
        return urls

    def publish(self, now: datetime) -> None:
        with self.archive.writing() as connection:
            tick(connection, now)
        with self.archive.reading() as connection:
            publish_release(connection, PublicFolder(self.public), base_url="http://x.example/", now=now)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a release or a copy, without what the copy keeps for itself."""
    files = {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.startswith(".pull/")}


def pull_under_kills(work: Path, kills: int, seed: int = 20261122) -> int:
    """Pull a release of nine days while being killed at seeded moments, then to the end; say how often it was killed.

    Raises:
        AssertionError: the copy isn't whole, or a byte that was held was asked for again.
    """
    publisher = Publisher(work)
    for day in range(9):
        publisher.add(FIRST_DAY + timedelta(days=day), count=10, letters=5000 * (day % 4 + 1))
    publisher.publish(FIRST_DAY + timedelta(days=8))
    total = sum(len(content) for content in snapshot(publisher.release).values())
    chance, killed = random.Random(seed), 0
    with ReleaseServer(publisher.release) as server:
        for _ in range(kills):
            killed += _killed_pull(server, work / "copy", chance.randrange(1, max(2 * total // (kills + 2), 2)))
        _killed_pull(server, work / "copy", 2 * total)  # which is more than there is
    assert snapshot(work / "copy") == snapshot(publisher.release)
    assert verify_release(work / "copy").faults == []
    publisher.archive.close()
    return killed


def _pull(server: ReleaseServer, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([NEWSLOOM, "pull", server.url, folder, "--quiet"], cwd=folder.parent)


def _killed_pull(server: ReleaseServer, folder: Path, after: int) -> bool:
    """Pull, and be killed when so many more bytes were sent; say if it came to that."""
    held = _parts(folder)
    done = {str(f.relative_to(folder)) for f in folder.glob("articles/**/*.jsonl.gz")}
    before, limit = len(server.asked), server.sent + after
    pulling = _pull(server, folder)

    def kill(sent: int) -> bool:
        if sent >= limit:
            pulling.kill()
            pulling.wait()
        return sent >= limit

    server.on_piece = kill
    pulling.wait(120)
    server.on_piece = lambda _: False
    _assert_nothing_held_is_asked_for(server.asked[before:], held, done)
    return pulling.returncode != 0


def _parts(folder: Path) -> dict[str, int]:
    """How much of each file of records is on its way."""
    staged = folder / ".pull" / "staged"
    return {str(f.relative_to(staged)).removesuffix(".part"): f.stat().st_size for f in staged.rglob("*.jsonl.gz.part")}


def _assert_nothing_held_is_asked_for(asked: list[Asked], held: dict[str, int], done: set[str]) -> None:
    first = {request.path: request for request in reversed(asked)}
    for path, size in held.items():
        if path in first:
            assert first[path].start == size, f"{path}: {size} bytes were held, and it was asked for from {first[path]}"
    again = done & first.keys()
    assert not again, f"{again}: was there, and was asked for again"


def main() -> None:
    """Be killed as often as the command line says."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as work:
        killed = pull_under_kills(Path(work), kills)
    print(
        f"killed {killed} times of {kills} and resumed: the copy is whole, and no byte that was held was fetched again"
    )


if __name__ == "__main__":
    main()
