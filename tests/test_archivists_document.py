"""What docs/archivists.md tells archivists to type without newsloom works as it stands there."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.publish.release import verify_release
from tests.documents import blocks
from tests.pulling import FIRST_DAY, Publisher, ReleaseServer
from tests.serving import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = Path(__file__).parent.parent / "docs" / "archivists.md"
BLOCKS = [block.text for block in blocks(DOCUMENT)]


def block(beginning: str) -> str:
    (found,) = [text for text in BLOCKS if text.startswith(beginning)]
    return found


@pytest.mark.parametrize("tool", ["wget", "curl"])
def test_other_tools_keep_a_copy_too(tmp_path, tool) -> None:
    if shutil.which(tool) is None or shutil.which("curl") is None:
        pytest.skip(f"{tool} is not installed here")
    publisher = Publisher(tmp_path)
    publisher.add(FIRST_DAY, 5)
    publisher.publish(FIRST_DAY + timedelta(days=1))
    list_ = block("base=").replace("https://news.example", "$server")
    fetch = block("cut -c67- SHA256SUMS | sed" if tool == "wget" else "cut -c67- SHA256SUMS | while")
    copy = tmp_path / "copy"
    copy.mkdir()

    def run() -> None:
        with ReleaseServer(publisher.public) as server:
            script = f"set -e; server={server.url.rstrip('/')}\n{list_}\n{fetch}\nsha256sum --check --quiet SHA256SUMS"
            subprocess.run(["bash", "-c", script], cwd=copy, check=True, env={"PATH": "/usr/bin:/bin"})
            asked.append([request.path for request in server.asked if request.status != 416])

    asked: list[list[str]] = []
    run()
    publisher.add(FIRST_DAY + timedelta(days=1), 5)
    publisher.publish(FIRST_DAY + timedelta(days=2))
    run()
    assert len(list(copy.rglob("*.jsonl.gz"))) == 2
    assert asked[1][-1] == "archive/articles/2026/11/articles-2026-11-02.jsonl.gz"
    assert "archive/articles/2026/11/articles-2026-11-01.jsonl.gz" not in asked[1]
    publisher.archive.close()


@contextmanager
def rsync_serving(folder: Path, home: Path) -> Iterator[str]:
    """An rsync server of a release; gives its address."""
    port = free_port()
    (home / "rsyncd.conf").write_text(f"use chroot = no\n[archive]\npath = {folder}\n")
    command = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}", "--config=rsyncd.conf"]
    server = subprocess.Popen(command, cwd=home)
    try:
        wait_for(port)
        yield f"rsync://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed here")
def test_rsync_keeps_a_copy_whose_index_names_only_what_is_there(tmp_path) -> None:
    publisher = Publisher(tmp_path)
    with rsync_serving(publisher.public / "archive", tmp_path) as address:
        script = block("rsync").replace("rsync://news.example", address)
        for day in range(2):
            publisher.add(FIRST_DAY + timedelta(days=day), 5)
            publisher.publish(FIRST_DAY + timedelta(days=day + 1))
            subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
            result = verify_release(tmp_path / "copy")
            assert (result.records, result.faults) == (5 * (day + 1), [])
    publisher.archive.close()
