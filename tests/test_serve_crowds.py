"""`newsloom serve` under clients that dawdle, pile up or read slowly: others are answered, memory is bounded."""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.server import connection as connections
from crawler.server.house import PATIENCE, House
from pipelines.publish.files import PublicFolder
from tests.serving import serving
from tests.test_serve import ask, raw

CROWD = 10_000
FEED = b"<feed>" + b"0123456789abcdef" * 12_800 + b"</feed>"
LARGE = 64 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    public = PublicFolder(tmp_path / "public")
    public.write("feeds/all.atom", FEED)
    with (tmp_path / "public" / "large.bin").open("wb") as file:
        file.truncate(LARGE)
    return tmp_path / "public"


def memory(server) -> int:
    """Bytes that a server has in memory."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def dropped(server, reason: str) -> int:
    for line in ask(server, "/metrics").body.decode().splitlines():
        if line.startswith(f'newsloom_http_dropped_total{{reason="{reason}"}}'):
            return int(line.rsplit(" ", 1)[1])
    return 0


@pytest.fixture
def many_files():
    """Lets this process hold both ends' share of the crowd."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CROWD + 500:
        pytest.skip(f"this machine allows {hard} open files, and the crowd needs {CROWD + 500}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, CROWD + 500), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize(
    "sent", [b"", b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\nX-Slow: "], ids=["half-open", "slow"]
)
def test_ten_thousand_dawdlers_keep_nobody_from_being_answered(folder, many_files, sent) -> None:
    with serving(folder) as server:
        before = memory(server)
        crowd = []
        try:
            for number in range(CROWD):
                wire = socket.create_connection((server.host, server.port), 20)
                wire.sendall(sent)
                crowd.append(wire)
                if number % 2_500 == 0:
                    assert ask(server, "/feeds/all.atom").status == 200
            began = time.monotonic()
            for _ in range(20):
                assert ask(server, "/feeds/all.atom").body == FEED
            assert time.monotonic() - began < 10
            assert memory(server) - before < 150 << 20
            assert dropped(server, "crowded-out") > 0 or CROWD < 8_000
        finally:
            for wire in crowd:
                wire.close()


def test_two_thousand_readers_that_never_read_share_one_copy_of_the_feed(folder, many_files) -> None:
    with serving(folder) as server:
        ask(server, "/feeds/all.atom")
        before = memory(server)
        crowd = []
        try:
            for _ in range(2_000):
                wire = socket.socket()
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                wire.connect((server.host, server.port))
                wire.sendall(b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\n\r\n")
                crowd.append(wire)
            assert ask(server, "/feeds/all.atom").body == FEED
            assert memory(server) - before < 100 << 20  # 2,000 copies would be 400 MB
        finally:
            for wire in crowd:
                wire.close()


def test_a_large_file_takes_no_more_memory_than_a_small_one(folder) -> None:
    with serving(folder) as server:
        before = memory(server)
        wires = []
        for _ in range(8):
            wire = socket.create_connection((server.host, server.port), 20)
            wire.sendall(b"GET /large.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            wires.append(wire)
        got = 0
        for wire in wires:
            with closing(wire):
                while part := wire.recv(1 << 20):
                    got += len(part)
        assert got > 8 * LARGE
        assert memory(server) - before < 60 << 20


def in_house(folder: Path, work, **said) -> None:
    """Run a house within this process, so that its patience can be short."""

    async def run() -> None:
        house = House(folder, feed_seconds=60, access_log=Path("/dev/null"), **said)
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        serving_ = asyncio.create_task(house.serve("127.0.0.1", 0, ready.set_result))
        port = int((await ready).rsplit(":", 1)[1].strip("/"))
        try:
            await work(house, port)
        finally:
            house.stop()
            await serving_

    asyncio.run(run())


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "slow-request"),
        (b"GET / HTTP/1.1\r\n", "slow-request"),
        (b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\n\r\nGET", "slow-request"),
        (b"HEAD /feeds/all.atom HTTP/1.1\r\nHost: a\r\n\r\n", "idle"),
        (b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\n\r\n" * 30, "slow-reader"),
    ],
)
def test_patience_ends(folder, sent, reason) -> None:
    async def work(house, port) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(sent)
        async with asyncio.timeout(20):
            while not house.metrics.dropped[reason] or house.connections:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
        writer.close()

    in_house(folder, work, patience={**dict.fromkeys(PATIENCE, 30.0), reason: 0.2})


def test_a_head_that_comes_byte_by_byte_gets_no_more_time_for_it(folder) -> None:
    async def work(house, port) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(20):
            while not ended.done():
                writer.write(b"a")
                await asyncio.wait([ended], timeout=0.02)
        assert house.metrics.dropped["slow-request"] == 1
        writer.close()

    in_house(folder, work, patience=PATIENCE | {"slow-request": 0.3})


def test_a_full_house_lets_the_longest_waiting_go_and_answers_the_newest(folder) -> None:
    async def work(house, port) -> None:
        waiting = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).endswith(FEED)
        assert await waiting[0][0].read() == b""
        assert house.metrics.dropped["crowded-out"] == 1
        for _, each in waiting:
            each.close()

    in_house(folder, work, most=5)


def test_a_client_that_sends_ahead_without_end_is_not_read_without_end(folder) -> None:
    async def work(house, port) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\n\r\n" * 2_000)
        async with asyncio.timeout(20):
            while not any(one.waiting for one in house.connections):  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
        (one,) = house.connections
        assert one.waiting <= 2 * connections.MOST_WAITING + 256 * 1024 // 40
        writer.close()

    in_house(folder, work)


def test_told_to_stop_it_ends_what_is_under_way_and_hangs_up_on_the_idle(folder) -> None:
    with serving(folder) as server:
        idle = socket.create_connection((server.host, server.port), 20)
        busy = socket.create_connection((server.host, server.port), 20)
        busy.sendall(b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
        got = len(busy.recv(1024))
        server.process.terminate()
        assert idle.recv(10) == b""
        while part := busy.recv(1 << 20):
            got += len(part)
        assert got > LARGE
        assert server.process.wait(20) == 0
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((server.host, server.port), 2)


def test_an_address_that_is_taken_is_one_line(folder, newsloom) -> None:
    with serving(folder) as server:
        said = newsloom("serve", folder, "--port", server.port)
        assert said.returncode == 1
        assert len(said.stderr.splitlines()) == 1


def test_a_log_that_was_moved_away_is_begun_anew(folder) -> None:
    with serving(folder) as server:
        ask(server, "/feeds/all.atom")
        moved = server.log.with_suffix(".1")
        server.log.rename(moved)
        subprocess.run(["kill", "-HUP", str(server.process.pid)], check=True)
        until = time.monotonic() + 20
        while not server.log.exists():
            assert time.monotonic() < until
        assert "all.atom" in moved.read_text()


def test_a_body_is_never_waited_for(folder) -> None:
    with serving(folder) as server:
        answer = raw(server, b"GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(FEED)
