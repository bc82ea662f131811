"""Sites whose pages say nothing without JavaScript, opened in Debian's Chromium."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from crawler.fetch.chromium import lacks
from tests.conftest import NEWSLOOM
from tests.loopback import Loopback, listing_page, news_page, site_file

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY = "The mill opened on Monday and spins cotton yarn for export to eleven countries. "
SCRIPT = """
const said = await (await fetch("/api" + location.pathname)).json();
for (const link of said.links ?? []) document.body.innerHTML += `<li><a href="${link}">${link}</a></li>`;
if (said.title) {
  document.title = said.title;
  document.body.innerHTML += `<h1>${said.title}</h1><div class="content"><p>${said.text}</p></div>`;
}
for (const trick of window.tricks ?? []) try { trick(); } catch {}
"""
SHELL = '<html><head><script type="module" src="/app.js"></script>{}</head><body></body></html>'

pytestmark = pytest.mark.skipif(lacks() is not None, reason=f"no browser to open pages in: {lacks()}")


class Doors:
    """Ports of loopback that nobody may knock at; knows how it was tried."""

    def __init__(self) -> None:
        self.knocks: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", self.port))
        for name, wait in (("tcp", self._socket.accept), ("udp", lambda: self._datagrams.recv(1500))):
            threading.Thread(target=self._watch, args=(name, wait), daemon=True).start()

    def _watch(self, name, wait) -> None:
        while True:
            wait()
            self.knocks.append(name)


@pytest.fixture
def app() -> Iterator[Loopback]:
    with Loopback() as web:
        web.html("/app.js", SCRIPT, content_type="text/javascript")
        web.html("/", SHELL.format(""))
        web.html("/api/", json.dumps({"links": [f"/news/{n}" for n in range(5)]}), content_type="application/json")
        for n in range(5):
            said = {"title": f"Mill {n} opens", "text": STORY * 2 + f"It is mill {n}."}
            web.html(f"/api/news/{n}", json.dumps(said), content_type="application/json")
            web.html(f"/news/{n}", SHELL.format(""))
        yield web


def kept(folder) -> dict[str, str]:
    database = sqlite3.connect(folder / "data" / "newsloom.db")
    lines = [json.loads(line) for (line,) in database.execute("SELECT line FROM records WHERE type = 'article'")]
    database.close()
    return {record["url"][-1]: record["title"] for record in lines}


def test_a_site_that_asks_for_it_is_read_as_a_browser_shows_it_and_can_be_replayed(app, crawl) -> None:
    ended = crawl(mill="javascript = true\n" + site_file("mill", app.home))
    assert ended.status == 0, ended.said
    assert kept(ended.folder) == {str(n): f"Mill {n} opens" for n in range(5)}
    assert app.asked.count("/app.js") == 1
    assert app.asked.count("/robots.txt") == 1
    again = crawl("replay")
    assert again.said.splitlines()[1].split() == ["mill", "5", "5", "0", "0", "0", "0", "0"]


def test_without_the_key_no_page_of_it_is_run(app, crawl) -> None:
    ended = crawl(mill=site_file("mill", app.home))
    assert "/app.js" not in app.asked
    assert ended.ledger()["/"] == ("empty", "empty")


def test_no_page_gets_the_browser_to_knock_where_newsloom_may_not(app, crawl) -> None:
    doors = Doors()
    there = f"127.0.0.1:{doors.port}"
    app.html(
        "/news/0",
        SHELL.format(f"""
<link rel="preconnect" href="http://{there}"><link rel="dns-prefetch" href="//{there}">
<link rel="stylesheet" href="http://{there}/a.css"><link rel="preload" as="script" href="http://{there}/b.js">
<script src="http://{there}/c.js"></script>
<script>
tricks = [
  () => fetch("http://{there}/d"),
  () => fetch("http://[::ffff:127.0.0.1]:{doors.port}/e", {{mode: "no-cors"}}),
  () => fetch("http://2130706433:{doors.port}/f", {{mode: "no-cors"}}),
  () => fetch("http://{there}/g", {{method: "POST", body: "x"}}),
  () => fetch("/away"),
  () => navigator.sendBeacon("http://{there}/h", "x"),
  () => new WebSocket("ws://{there}/i"),
  () => new EventSource("http://{there}/j"),
  () => {{ const call = new RTCPeerConnection({{iceServers: [{{urls: "stun:{there}"}}]}});
          call.createDataChannel("x"); call.createOffer().then(o => call.setLocalDescription(o)); }},
  () => open("http://{there}/k"),
  () => {{ location = "http://{there}/l"; }},
]
</script>
<iframe src="http://{there}/m"></iframe><img src="http://{there}/n.png"><video src="http://{there}/o.mp4"></video>
"""),
    )
    app.pages["/away"] = (302, {"Location": f"http://{there}/p"}, b"")
    ended = crawl(mill="javascript = true\n" + site_file("mill", app.home))
    assert kept(ended.folder)["0"] == "Mill 0 opens"
    assert "/away" in app.asked
    assert doors.knocks == []


def test_pages_that_hang_grow_or_are_none_end_as_any_other_and_hold_nobody_up(app, crawl) -> None:
    app.html("/news/0", SHELL.format("<script>for (;;);</script>"))
    app.html("/news/1", SHELL.format("<script>for (;;) document.write('<b>' + 'x'.repeat(1e6) + '</b>')</script>"))
    app.html("/news/2", "gone", status=404)
    app.html("/news/3", SHELL.format("<script>location.reload()</script>"))
    ended = crawl(config="retries = 0\ntimeout = 6\n", mill="javascript = true\n" + site_file("mill", app.home))
    ledger = ended.ledger()
    assert kept(ended.folder)["4"] == "Mill 4 opens"
    assert ledger["/news/2"] == ("failed", "status")
    assert {ledger[f"/news/{n}"][0] for n in (0, 1)} == {"failed"}
    assert ended.megabytes < 400


def test_where_there_is_no_browser_one_line_says_what_to_install_and_other_sites_go_on(app, tmp_path) -> None:
    app.html("/", listing_page("/news/plain"))
    app.html("/news/plain", news_page("Mill opens", STORY * 2))
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "shown.toml").write_text("javascript = true\n" + site_file("shown", app.home))
    (tmp_path / "sites" / "plain.toml").write_text(site_file("plain", app.home))
    (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["shown", "plain"]\n')
    bare = {"PATH": "/nowhere", "HOME": str(tmp_path)}
    ended = subprocess.run([NEWSLOOM, "crawl"], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "shown: it needs a browser: install Chromium (apt-get install chromium)" in ended.stdout.splitlines()
    assert kept(tmp_path) == {"n": "Mill opens"}
