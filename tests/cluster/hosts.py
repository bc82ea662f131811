"""Many sites on few hosts of loopback, each of which notes when it was asked for what."""

from __future__ import annotations

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from tests.loopback import listing_page, news_page

if TYPE_CHECKING:
    from pathlib import Path

_THINGS = ["spindles", "looms", "bales", "carders", "dyers", "weavers", "knitters", "cones", "reels", "needles"]


class Hosts:
    """Serves so many sites on so many hosts, `127.0.0.2` and on, each with so many articles of which some are copies.

    The same numbers give the same pages, whoever asks in whatever order.

    Attributes:
        asked: (host, path, when) of each request, in the order of coming in.
        gate: nothing is answered while it is cleared.
    """

    def __init__(self, sites: int, hosts: int, articles: int, *, delay: float) -> None:
        self.sites, self.hosts, self.articles, self.delay = sites, hosts, articles, delay
        self.asked: list[tuple[str, str, float]] = []
        self.gate = threading.Event()
        self.gate.set()
        self._servers: list[ThreadingHTTPServer] = []
        self._pages: dict[str, bytes] = {}
        each = articles // sites
        for site in range(sites):
            paths = []
            for number in range(each):
                path = f"/{self.name(site)}/news/{number}"
                paths.append(path)
                # Every fifth article is a copy of the one with its number on the site before.
                copy = number % 5 == 4 and site % 2 == 1
                self._pages[path] = _article(site - copy, number, copy=copy).encode()
            self._pages[f"/{self.name(site)}/"] = listing_page(*paths).encode()

    @staticmethod
    def name(site: int) -> str:
        return f"site{site}"

    def urls(self) -> set[str]:
        """The addresses of all articles."""
        return {self._host(int(path.split("/")[1][4:])) + path for path in self._pages if "/news/" in path}

    def write_sites(self, folder: Path) -> None:
        """Write a site file for each."""
        folder.mkdir(exist_ok=True)
        for site in range(self.sites):
            name = self.name(site)
            home = f"{self._host(site)}/{name}/"
            (folder / f"{name}.toml").write_text(f"""
id = "{name}"
languages = ["en"]
zone = "UTC"
home = "{home}"
articles = '/{name}/news/'
checked = "never"
[name]
en = "{name}"
[[listings]]
url = "{home}"
links = "css:li a"
[politeness]
delay = {self.delay}
""")

    def short(self) -> tuple[int, int]:
        """How many of the intervals between two requests to a host were shorter than the delay, and of how many."""
        short = intervals = 0
        for host in {host for host, _, _ in self.asked}:
            times = sorted(when for one, _, when in self.asked if one == host)
            gaps = [after - before for before, after in pairwise(times)]
            intervals += len(gaps)
            short += sum(gap < self.delay * 0.98 for gap in gaps)  # the clock of another process is a little off
        return short, intervals

    def twice(self) -> Counter[str]:
        """How many requests for articles each host got that had got the same before."""
        again: Counter[str] = Counter()
        before = set[str]()
        for host, path, _ in list(self.asked):
            again[host] += "/news/" in path and path in before
            before.add(path)
        return again

    @property
    def fetched(self) -> int:
        """How many requests for articles came in."""
        return sum("/news/" in path for _, path, _ in list(self.asked))

    @property
    def listed(self) -> int:
        """How many requests for listings came in."""
        return sum(path.count("/") == 2 for _, path, _ in list(self.asked))

    def _host(self, site: int) -> str:
        number = site % self.hosts
        return f"http://127.0.0.{2 + number}:{self._servers[number].server_address[1]}"

    def __enter__(self) -> Self:
        for number in range(self.hosts):
            handler = type("Handler", (_Handler,), {"hosts": self, "pages": self._pages})
            server = ThreadingHTTPServer((f"127.0.0.{2 + number}", 0), handler)
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            self._servers.append(server)
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


def _article(site: int, number: int, *, copy: bool) -> str:
    """An article with figures and words of its own; a copy of it appears a day later."""
    first, second, third = (_THINGS[(site + number * step) % len(_THINGS)] for step in (1, 3, 7))
    figure = site * 1000 + number * 37 + 11
    page = news_page(
        f"Report {figure}: {first} of mill {site}-{number}",
        f"The mill {site}-{number} counted {figure} {first} on its floor and sold {figure * 3} {second} abroad.",
        f"Its owner, who has {figure % 89} {third}, said in Ardley{site}x{number} that {figure * 7} more would come.",
        f"In all {figure % 53 + 2} people of {number} street worked {figure % 17 + 1} shifts on {second} and {third}.",
    )
    day = 10 + number % 9 + copy
    return page.replace("<head>", f'<head><meta property="article:published_time" content="2026-03-{day}T08:00:00Z">')


class _Handler(BaseHTTPRequestHandler):
    hosts: Hosts
    pages: dict[str, bytes]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.hosts.asked.append((str(self.server.server_address[0]), self.path, time.monotonic()))
        self.hosts.gate.wait(60)
        body = self.pages.get(self.path)
        status, content = (200, body) if body is not None else (404, b"not here")
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
