"""One client's connection: requests in, answers out in order, and a bound on everything a client can make us hold."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING, Any, cast

import httptools

from crawler.server import answer as answers
from crawler.server.metrics import TYPE as METRICS_TYPE
from crawler.server.request import HEAD, KEPT_FIELDS, Request, fault, path_of
from crawler.server.semantics import encodings
from crawler.server.shelf import IsFolderError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from crawler.server.answer import Answer
    from crawler.server.house import House
    from crawler.server.shelf import File, Representation

_log = logging.getLogger(__name__)
_HTML = "text/html; charset=utf-8"

MOST_WAITING = 32
"""Requests that a client may send ahead (pipelining) before it is no longer read."""

_CHUNK = 256 * 1024
"""Bytes of a large file that are in memory at a time, for each client."""


class Connection(asyncio.Protocol):
    """Reads requests and writes answers.

    Args:
        house: what all connections share.

    Attributes:
        deadline: when, on the loop's clock, patience ends; None while it is our turn.
    """

    __slots__ = (
        *("_house", "_transport", "_parser", "_request", "_head", "_begun", "_queue", "_busy", "_closing", "_flowing"),
        *("_address", "_left", "deadline", "reason"),
    )

    def __init__(self, house: House) -> None:
        self._house = house
        self._transport: asyncio.Transport = cast("asyncio.Transport", None)
        self._parser: Any = None
        self._request = Request()
        self._head, self._begun = 0, False
        self._queue: list[Request] = []
        self._busy: asyncio.Task[None] | None = None
        self._closing = False
        self._flowing: asyncio.Event | None = None
        self._address = "-"
        self._left = 0
        self.deadline: float | None = None
        self.reason = "slow-request"

    # What the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there; it has a while to send a request."""
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._address = peer[0] if peer else "-"
        self._house.arrived(self)
        self._wait("slow-request")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """It is gone."""
        self._house.left(self)
        self._queue.clear()
        if self._busy is not None:
            self._busy.cancel()
        if self._flowing is not None:
            self._flowing.set()

    def eof_received(self) -> bool:
        """It will send no more; what it asked for is still answered."""
        self._closing = True
        return not self.idle

    def pause_writing(self) -> None:
        """It reads more slowly than we write."""
        if self._flowing is None:
            self._flowing = asyncio.Event()
        self._flowing.clear()
        self._listen(on=False)
        self._wait("slow-reader")

    def resume_writing(self) -> None:
        """It has read what was written."""
        if self._flowing is not None:
            self._flowing.set()
        if self._busy is None:
            self._go_on()

    def data_received(self, data: bytes) -> None:
        """It sent something."""
        if self._closing:
            return
        if self._parser is None:
            self._parser = httptools.HttpRequestParser(self)
        self._head += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._closing = True  # we change to no other protocol; the request itself was answered
            self._go_on()
        except httptools.HttpParserError:
            self._refuse(400, "bad-request")
        if self._head > HEAD:
            self._refuse(431, "large-head")
        elif self._begun and self.reason == "idle":
            self._wait("slow-request")

    # What the parser tells

    def on_message_begin(self) -> None:
        """A request begins."""
        self._request = Request()
        self._begun = True

    def on_url(self, url: bytes) -> None:
        """Part of the target."""
        self._request.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole field."""
        self._request.size += len(name) + len(value) + 4
        name = name.lower()
        if name in KEPT_FIELDS:
            request = self._request
            text = value.decode("latin-1")
            if name == b"host":
                request.hosts += 1
            request.fields[name] = f"{request.fields[name]}, {text}" if name in request.fields else text

    def on_headers_complete(self) -> None:
        """Its head is whole. We answer at once: no request that we serve has a body."""
        request, self._request = self._request, Request()
        self._head, self._begun = 0, False
        if self._closing:
            return
        request.method = self._parser.get_method()
        request.version = self._parser.get_http_version()
        request.lasting = self._parser.should_keep_alive()
        request.fault = fault(request)
        if request.fault or request.fields.get(b"content-length", "0") != "0" or b"transfer-encoding" in request.fields:
            request.lasting = False
        if not request.lasting:
            self._closing = True
        self._queue.append(request)
        if len(self._queue) >= MOST_WAITING:
            self._listen(on=False)
        if self._busy is None:
            self._go_on()

    # Answering

    def _go_on(self) -> None:
        """Answer what was asked, in order, until one has to wait for the disk or the client's reading."""
        while self._queue and self._busy is None and (self._flowing is None or self._flowing.is_set()):
            self._answer(self._queue.pop(0))
        if self._queue or self._busy is not None:
            return
        if self._closing or self._house.stopping:
            self._closing = True
            self._wait("slow-reader")
            self._transport.close()
            return
        self._listen(on=True)
        if self._transport.get_write_buffer_size():
            self._wait("slow-reader")
        else:
            self._wait("slow-request" if self._begun else "idle")

    def _answer(self, request: Request) -> None:
        path = None if request.fault else path_of(request)
        if request.fault:
            self._send(request, answers.plain(request.fault))
        elif request.method == b"OPTIONS":
            self._send(request, answers.options())
        elif request.method not in (b"GET", b"HEAD"):
            self._send(request, answers.wrong_method())
        elif path is None:
            self._work(self._missing(request))
        elif path == "metrics" and self._house.may_see_metrics(self._address):
            self._send(request, answers.plain(200, body=self._house.metrics_page(), type_=METRICS_TYPE))
        else:
            encoding = self._encoding(request)
            kept = self._house.shelf.kept(path, encoding)
            if kept is None:
                self._work(self._from_disk(request, path, encoding))
            else:
                self._send_file(request, *kept)

    def _work(self, what: Coroutine[Any, Any, None]) -> None:
        """Answer later; until then nothing else is answered."""

        async def work() -> None:
            try:
                await what
            except Exception:  # noqa: BLE001  # whatever went wrong with one answer, the others go on
                _log.exception("an answer to %s failed", self._address)
                self.drop("error")
                return
            self._busy = None
            self._go_on()

        self._busy = self._house.spawn(work())

    def _encoding(self, request: Request) -> str:
        """The encoding to send; a part can only be asked of the plain form."""
        accepted = request.fields.get(b"accept-encoding")
        if accepted is None or b"range" in request.fields:
            return ""
        return next(iter(encodings(accepted)), "")

    async def _from_disk(self, request: Request, path: str, encoding: str) -> None:
        try:
            found = await self._house.load(path, encoding)
        except IsFolderError:
            self._send(request, answers.redirect(path.rsplit("/", 1)[-1]))
            return
        if found is None:
            await self._missing(request)
        else:
            answer = answers.answer_file(request.method, request.fields, *found)
            await self._stream(request, found[0], answer)

    async def _missing(self, request: Request) -> None:
        """404, with the published page of that name for people."""
        page = await self._house.load("404.html", "") if "html" in request.fields.get(b"accept", "") else None
        body = page[1].body if page is not None else None
        self._send(request, answers.plain(404) if body is None else answers.plain(404, body=body, type_=_HTML))

    def _send_file(self, request: Request, file: File, form: Representation) -> None:
        answer = answers.answer_file(request.method, request.fields, file, form)
        if form.body is None and answer.body:
            self._work(self._stream(request, file, answer))
        else:
            self._send(request, answer)

    def _send(self, request: Request, answer: Answer) -> None:
        """Write an answer that is in memory."""
        body = () if request.method == b"HEAD" else cast("tuple[bytes, ...]", answer.body)
        self._note(request, answer, answer.size if body else 0)
        if not self._transport.is_closing():
            self._transport.writelines((self._head_of(request, answer), *body))

    def _head_of(self, request: Request, answer: Answer) -> bytes:
        if request.lasting and not self._house.stopping:
            kept = b"Connection: keep-alive\r\n" if request.version == "1.0" else b""
            return answer.head + self._house.clock.field() + kept + b"\r\n"
        return answer.head + self._house.clock.field() + b"Connection: close\r\n\r\n"

    async def _stream(self, request: Request, file: File, answer: Answer) -> None:
        """Send an answer that may hold spans of a large file: a chunk at a time, no faster than the client reads."""
        if request.method == b"HEAD" or not any(isinstance(piece, tuple) for piece in answer.body):
            self._send(request, answer)
            return
        handle = await self._house.reopen(file)
        if handle is None:  # replaced between digest and sending: what it is now
            await self._from_disk(request, file.path, "")
            return
        sent = 0
        try:
            self._transport.write(self._head_of(request, answer))
            for piece in answer.body:
                sent += await self._write(piece) if isinstance(piece, bytes) else await self._copy(handle, *piece)
        finally:
            os.close(handle)
            self._note(request, answer, sent)

    async def _write(self, chunk: bytes) -> int:
        self._transport.write(chunk)
        self._wait("slow-reader")
        if self._flowing is not None:
            await self._flowing.wait()
        return len(chunk)

    async def _copy(self, handle: int, first: int, last: int) -> int:
        at = first
        while at <= last and not self._transport.is_closing():
            chunk = await self._house.read(handle, min(_CHUNK, last + 1 - at), at)
            if not chunk:
                self._transport.abort()  # the file became shorter: an honest break, not a padded answer
                break
            at += await self._write(chunk)
        return at - first

    def _refuse(self, status: int, reason: str) -> None:
        """Answer what is no request, after what came before it, and hang up."""
        if self._closing:
            return
        self._closing = True
        self._house.metrics.dropped[reason] += 1
        request, self._request = self._request, Request()
        request.fault = status
        self._queue.append(request)
        if self._busy is None:
            self._go_on()

    def _note(self, request: Request, answer: Answer, size: int) -> None:
        metrics = self._house.metrics
        method = request.method.decode("latin-1") or "-"
        metrics.answers[method if method in ("GET", "HEAD", "OPTIONS") else "other", answer.status] += 1
        metrics.sent += size
        line = f"{method} {request.target.decode('latin-1')} HTTP/{request.version}"
        self._house.log.write(self._address, line, answer.status, size, request.fields)

    # Patience

    def _listen(self, *, on: bool) -> None:
        """Read from the client, or let it wait."""
        if not self._transport.is_closing() and self._transport.is_reading() != on:
            (self._transport.resume_reading if on else self._transport.pause_reading)()

    def _wait(self, reason: str) -> None:
        """From now on it is the client's turn."""
        self.reason = reason
        self._left = self._transport.get_write_buffer_size()
        self.deadline = self._house.now() + self._house.patience[reason]

    def overdue(self) -> bool:
        """Whether the client used up our patience; one that reads at all, however slowly, gets more of it."""
        if self.deadline is None or self._house.now() < self.deadline:
            return False
        if self.reason == "slow-reader" and 0 < self._transport.get_write_buffer_size() < self._left:
            self._wait("slow-reader")
            return False
        return self._busy is None or self.reason == "slow-reader"

    @property
    def waiting(self) -> int:
        """Requests that are not answered yet."""
        return len(self._queue)

    @property
    def idle(self) -> bool:
        """Whether nothing that it asked for is on its way."""
        return self._busy is None and not self._queue and not self._transport.get_write_buffer_size()

    def drop(self, reason: str) -> None:
        """Hang up at once."""
        self._house.metrics.dropped[reason] += 1
        self._transport.abort()

    def stop(self) -> None:
        """Hang up as soon as what was asked for is answered."""
        if self.idle:
            self._transport.close()
