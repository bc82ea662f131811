"""What servers see of us: one request after the other, spaced, within a budget, none when they ask to be left alone."""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.fetch.conftest import Crawl, Ended
from tests.loopback import Loopback, listing_page, news_page, site_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler

STORY = ("The mill opened on Monday and spins cotton yarn for export to eleven countries. ", "It employs hundreds.")
DELAY = 0.15
MILL = ("www.mill.example", "news.mill.example", "mill.example")


@dataclass
class Server(Loopback):
    """A server under names of its own, that site files name."""

    names: tuple[str, ...]
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def fill(self, count: int, name: str, politeness: str = "delay = 0", padding: str = "") -> None:
        """Put up a listing and its articles, and write the site file."""
        paths = [f"/news/{name}/{number}" for number in range(count)]
        for number, path in enumerate(paths):
            self.html(path, news_page(f"Mill {number} opens", *STORY, f"It is mill {number} of {name}.") + padding)
        self.html(f"/{name}", listing_page(*paths))
        site = name.replace(".", "-")
        home = self.home.replace("127.0.0.1", name)
        self.files[site] = site_file(site, home, name).replace("delay = 0", politeness)

    @property
    def articles(self) -> int:
        return sum(path.startswith("/news/") for path in self.asked)

    @property
    def intervals(self) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.when)]


def busy_once(good: tuple[int, dict[str, str], bytes], when: list[float]):
    """Answers "too many requests" at first."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        when.append(time.monotonic())
        status, headers, body = good if len(when) > 1 else (429, {"Retry-After": "2"}, b"busy")
        handler.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@dataclass
class Visits:
    """Two runs over the same servers."""

    servers: dict[str, Server]
    first: Ended
    first_ledger: dict[str, dict[str, tuple[str, str | None]]]
    first_asked: dict[str, list[str]]
    second: Ended
    busy: list[float]


@pytest.fixture(scope="module")
def visits(tmp_path_factory) -> Iterator[Visits]:
    with ExitStack() as open_servers:
        servers = {
            name: open_servers.enter_context(Server(names))
            for name, names in {
                "mill": MILL,
                **{n: (f"{n}.example",) for n in ("slow", "busy", "closed", "small", "heavy", "broken", "remembered")},
            }.items()
        }
        for name in MILL:
            servers["mill"].fill(6, name, f"delay = {DELAY if name == 'mill.example' else 0}")
        servers["slow"].fill(3, "slow.example")
        servers["slow"].html("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n", content_type="text/plain")
        servers["busy"].fill(2, "busy.example")
        busy: list[float] = []
        path = "/news/busy.example/0"
        servers["busy"].pages[path] = busy_once(servers["busy"].pages[path], busy)
        servers["closed"].fill(9, "closed.example")
        hour = format_datetime(datetime.fromtimestamp(time.time() + 3600, UTC), usegmt=True)
        servers["closed"].pages["/news/closed.example/3"] = (503, {"Retry-After": hour}, b"down for maintenance")
        servers["small"].fill(12, "small.example", "delay = 0\nrequests = 8")
        servers["heavy"].fill(8, "heavy.example", "delay = 0\nmegabytes = 1", "<!--" + "x" * 400_000 + "-->")
        servers["broken"].fill(2, "broken.example")
        servers["broken"].html("/robots.txt", "oops", status=500)
        servers["remembered"].fill(2, "remembered.example")
        rules = "User-agent: *\nDisallow: /news/remembered.example/1\n"
        servers["remembered"].html("/robots.txt", rules, content_type="text/plain")
        names = {name: ["127.0.0.1"] for server in servers.values() for name in server.names}
        files = {site: text for server in servers.values() for site, text in server.files.items()}
        crawl = Crawl(tmp_path_factory.mktemp("polite"))
        config = f"allow_hosts = {[*names]}\nretries = 1\n".replace("'", '"')
        first = crawl(config=config, names=names, **files)
        ledger = {site: first.ledger(site) for site in files}
        asked = {name: list(server.asked) for name, server in servers.items()}
        for server in servers.values():
            server.asked.clear()
        servers["remembered"].html("/robots.txt", "oops", status=500)
        age_robots(first, "remembered.example", days=7)
        second = crawl("crawl", names=names)
        yield Visits(servers, first, ledger, asked, second, busy)


def age_robots(ended: Ended, host: str, days: int) -> None:
    database = sqlite3.connect(ended.folder / "data" / "newsloom.db")
    then = datetime.fromtimestamp(time.time() - days * 86400, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    database.execute("UPDATE robots SET fetched = ? WHERE origin LIKE ?", (then, f"%{host}%"))
    database.commit()
    database.close()


def test_three_site_files_on_one_domain_stand_in_one_line(visits) -> None:
    server = visits.servers["mill"]
    intervals = server.intervals[: len(visits.first_asked["mill"]) - 1]
    assert len(intervals) + 1 == 3 * (1 + 1 + 6)  # robots.txt of each host, a listing, the articles
    assert sum(interval < DELAY for interval in intervals) <= len(intervals) / 100
    assert all(visits.first_ledger[name.replace(".", "-")][f"/{name}"] == ("read", None) for name in MILL)


def test_robots_txt_may_ask_for_a_longer_delay(visits) -> None:
    assert min(visits.servers["slow"].intervals[: len(visits.first_asked["slow"]) - 1]) >= 0.4


def test_a_busy_server_is_asked_again_when_it_said(visits) -> None:
    assert visits.first_ledger["busy-example"]["/news/busy.example/0"] == ("kept", None)
    assert len(visits.busy) == 2
    assert visits.busy[1] - visits.busy[0] >= 2


def test_a_server_that_asks_for_a_long_pause_is_left_alone_in_the_next_run_too(visits) -> None:
    ends = visits.first_ledger["closed-example"]
    assert ends["/news/closed.example/3"] == ("failed", "status")
    assert visits.first_asked["closed"][-1] == "/news/closed.example/3"
    not_asked = ends.keys() - set(visits.first_asked["closed"])
    assert len(not_asked) in (3, 5)
    assert {ends[path] for path in not_asked} == {("skipped", "paused")}
    assert visits.servers["closed"].asked == []
    assert visits.second.ledger("closed-example")["/closed.example"] == ("skipped", "paused")


def test_a_budget_of_requests_holds_and_the_next_run_goes_on(visits) -> None:
    assert len([path for path in visits.first_asked["small"] if path != "/robots.txt"]) == 8
    assert ("skipped", "budget") in visits.first_ledger["small-example"].values()
    assert visits.servers["small"].articles == 12 - 7
    assert set(visits.second.ledger("small-example").values()) == {("read", None), ("kept", None)}


def test_a_budget_of_bytes_holds_too(visits) -> None:
    assert sum(path.startswith("/news/") for path in visits.first_asked["heavy"]) == 3


def test_a_server_whose_robots_txt_fails_is_not_crawled(visits) -> None:
    assert visits.first_ledger["broken-example"] == {"/broken.example": ("failed", "status")}
    assert set(visits.first_asked["broken"]) == {"/robots.txt"}


def test_a_robots_txt_that_fails_holds_as_it_was_last_read(visits) -> None:
    assert visits.first_ledger["remembered-example"]["/news/remembered.example/1"] == ("skipped", "robots")
    assert visits.second.ledger("remembered-example")["/news/remembered.example/1"] == ("skipped", "robots")
    assert "/robots.txt" in visits.servers["remembered"].asked


def test_every_request_names_the_project_and_robots_txt_is_asked_for_once_a_day(visits) -> None:
    assert visits.first_asked["busy"].count("/robots.txt") == 1
    assert "/robots.txt" not in visits.servers["busy"].asked
