"""WebSub: hubs are told of feeds that say something new, and of no other."""

from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from crawler.websub import tell_hubs
from tests.loopback import Loopback


class Hub(Loopback):
    """A hub that remembers what it was told."""

    def __init__(self, status: int = 204) -> None:
        super().__init__()
        self.told: list[str] = []
        self.status = status


@pytest.fixture
def hub(monkeypatch):
    def do_post(handler: BaseHTTPRequestHandler) -> None:
        said = parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        assert said["hub.mode"] == ["publish"]
        handler.loopback.told += said["hub.url"]
        handler.send_response(handler.loopback.status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    monkeypatch.setattr("tests.loopback._Handler.do_POST", do_post, raising=False)
    with Hub() as server:
        yield server


def test_a_hub_is_told_of_each_renewed_feed(hub, tmp_path) -> None:
    assert tell_hubs([hub.home], ["http://f.example/b", "http://f.example/a"], tmp_path / "hubs.json") == []
    assert hub.told == ["http://f.example/a", "http://f.example/b"]


def test_nothing_new_asks_no_hub(hub, tmp_path) -> None:
    assert tell_hubs([hub.home], [], tmp_path / "hubs.json") == []
    assert hub.told == []


def test_a_hub_that_fails_is_one_line_and_is_told_next_time(hub, tmp_path) -> None:
    hub.status = 503
    (line,) = tell_hubs([hub.home], ["http://f.example/a"], tmp_path / "hubs.json")
    assert "told next time" in line
    hub.status, hub.told = 204, []
    assert tell_hubs([hub.home], ["http://f.example/b"], tmp_path / "hubs.json") == []
    assert hub.told == ["http://f.example/a", "http://f.example/b"]
    assert tell_hubs([hub.home], [], tmp_path / "hubs.json") == []


def test_a_memory_that_somebody_broke_is_forgotten(hub, tmp_path) -> None:
    (tmp_path / "hubs.json").write_text("[1")
    assert tell_hubs([hub.home], ["http://f.example/a"], tmp_path / "hubs.json") == []
