"""A web server on loopback whose every answer a test decides: the other end of a real HTTP connection."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = tuple[int, dict[str, str], bytes]


class Loopback:
    """Serves `pages` on 127.0.0.1.

    Attributes:
        pages: path → (status, headers, body), or a function that writes to the connection as it likes.
        asked: the paths that were asked for, in order.
        when: seconds on a clock at which each of them came in.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        self.when: list[float] = []
        handler = type("Handler", (_Handler,), {"loopback": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def html(
        self, path: str, body: str | bytes, status: int = 200, content_type: str = "text/html; charset=utf-8"
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"Content-Type": content_type}, content)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    loopback: Loopback
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.loopback.when.append(time.monotonic())
        self.loopback.asked.append(self.path)
        answer = self.loopback.pages.get(self.path)
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer or (404, {"Content-Type": "text/plain"}, b"not here")
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def news_page(title: str, *paragraphs: str) -> str:
    """An article page in the plainest form."""
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><h1>{title}</h1><div class='content'>{text}</div></body></html>"


def listing_page(*hrefs: str, further: str = "") -> str:
    """A listing of links, with a link to the next page if there is one."""
    items = "".join(f'<li><a href="{href}">{href}</a></li>' for href in hrefs)
    more = f'<a class="next" href="{further}">more</a>' if further else ""
    return f"<html><body><ul>{items}</ul>{more}</body></html>"


def site_file(site: str, home: str, listing: str = "") -> str:
    """The site file of a site on loopback that is found by one listing."""
    return f"""
id = "{site}"
languages = ["en"]
zone = "UTC"
home = "{home}"
articles = '/news/'
checked = "never"
[name]
en = "{site}"
[[listings]]
url = "{home}{listing}"
links = "css:li a"
next = "css:a.next"
[politeness]
delay = 0
"""
