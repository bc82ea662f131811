"""What was fetched is not fetched again, however the run ended: at most the request that was on its way."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import threading
from collections import Counter

import pytest

from tests.conftest import NEWSLOOM
from tests.loopback import Loopback, listing_page, news_page, site_file


@pytest.fixture
def mill(tmp_path):
    """A site of eight articles, asked for from the last to the first; the server thinks as long as a test likes."""
    with Loopback() as web:
        web.gate = threading.Event()
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "mill.toml").write_text(site_file("mill", web.home).replace("delay = 0", "delay = 0.05"))
        (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        for number in range(8):
            words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. "
            web.html(f"/news/{number}", news_page(f"Mill {number} opens", words * 3, f"It is mill {number} of all."))
        web.html("/", listing_page(*(f"/news/{number}" for number in range(8))))
        yield web
        web.gate.set()


def think(web: Loopback, path: str) -> None:
    """Let the server hold this page back until the gate is open."""
    page = web.pages[path]

    def answer(handler) -> None:
        web.gate.wait(30)
        status, headers, body = page
        handler.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    web.pages[path] = answer


def begin(web: Loopback, folder, until: str) -> subprocess.Popen[bytes]:
    """A crawl that has come as far as asking for this."""
    running = subprocess.Popen([NEWSLOOM, "crawl", "--quiet"], cwd=folder)
    while until not in web.asked:
        assert running.poll() is None
    return running


def asked(web: Loopback) -> Counter[str]:
    return Counter(path for path in web.asked if path.startswith("/news/"))


def kept(newsloom) -> list[str]:
    lines = newsloom("export").stdout.splitlines()
    return sorted(json.loads(line)["url"].rpartition("/news/")[2] for line in lines)


def test_pages_that_wait_for_others_outlive_a_kill(mill, tmp_path, newsloom) -> None:
    think(mill, "/news/4")
    running = begin(mill, tmp_path, "/news/4")
    running.kill()
    running.wait()
    mill.gate.set()
    assert newsloom("crawl").returncode == 0
    assert asked(mill) == Counter({f"/news/{number}": 1 + (number == 4) for number in range(8)})
    assert kept(newsloom) == [str(number) for number in range(8)]


def test_a_run_that_is_told_to_stop_fetches_nothing_that_another_must_fetch_again(mill, tmp_path, newsloom) -> None:
    think(mill, "/news/6")
    running = begin(mill, tmp_path, "/news/6")
    running.terminate()
    mill.gate.set()
    assert running.wait(20) == 0
    assert asked(mill).total() == 2  # what was on its way came to its end; what stood in line was not sent
    assert newsloom("crawl").returncode == 0
    assert asked(mill) == Counter({f"/news/{number}": 1 for number in range(8)})
    assert kept(newsloom) == [str(number) for number in range(8)]


def test_pages_of_an_article_that_goes_on_outlive_a_kill(mill, tmp_path, newsloom) -> None:
    for number in (1, 2, 3):
        text = f"This is part {number} of what the eighth mill of all had to say to its buyers about yarn. " * 3
        more = f'<a rel="next" href="/news/7_{number + 1}.html">Next page</a>' if number < 3 else ""
        path = "/news/7" if number == 1 else f"/news/7_{number}.html"
        mill.html(path, news_page("Mill 7 opens", text).replace("</body>", f"{more}</body>"))
    think(mill, "/news/7_3.html")
    running = begin(mill, tmp_path, "/news/7_3.html")
    running.kill()
    running.wait()
    mill.gate.set()
    assert newsloom("crawl").returncode == 0
    again = {path for path, times in asked(mill).items() if times > 1}
    assert again == {"/news/7_3.html"}
    assert "This is part 3" in newsloom("export").stdout


def test_nothing_more_is_asked_for_once_nothing_can_be_kept(mill, tmp_path, newsloom) -> None:
    newsloom("status")  # makes the archive
    archive = tmp_path / "data" / "newsloom.db"
    think(mill, "/news/6")
    running = begin(mill, tmp_path, "/news/6")
    with sqlite3.connect(archive) as connection:
        connection.execute("DROP TABLE held")
    connection.close()
    mill.gate.set()
    assert running.wait(20) == 3
    assert asked(mill).total() <= 3
