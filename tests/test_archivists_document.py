"""What docs/archivists.md tells archivists to type without newsloom works as it stands there."""

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pulling import FIRST_DAY, Publisher, ReleaseServer

DOCUMENT = Path(__file__).parent.parent / "docs" / "archivists.md"
BLOCKS = re.findall(r"^```\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


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
