"""The programs that newsloom is compared with, in an environment of their own: newsloom never needs them to run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGES = ("news-please", "newspaper4k", "trafilatura", "readability-lxml", "datasketch")


def environment() -> Path:
    """The Python of the peers' environment; it is made the first time, outside the project."""
    home = Path(os.environ.get("NEWSLOOM_BENCH_PEERS", Path.home() / ".cache" / "newsloom-bench" / "peers"))
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, home], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", python, *PACKAGES], check=True)
        (home / "complete").touch()
    return python


def versions(python: Path) -> dict[str, str]:
    """Which versions of the peers were measured."""
    ask = (
        f"import json; from importlib.metadata import version; print(json.dumps({{p: version(p) for p in {PACKAGES}}}))"
    )
    return dict(json.loads(subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout))


def run(way: str, *arguments: str, python: Path | str = sys.executable, cwd: Path | None = None) -> Any:
    """Run one of `bench/ways` in a process of its own: what it says in its last line, as JSON.

    Raises:
        RuntimeError: it failed; its last words are the message.
    """
    command = [str(python), str(ROOT / "bench" / "ways" / f"{way}.py"), *arguments]
    ours = {"PYTHONPATH": str(ROOT)} if str(python) == sys.executable else {}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | ours)
    if done.returncode:
        raise RuntimeError(f"{way}: " + (done.stderr.strip().splitlines() or ["failed"])[-1])
    return json.loads(done.stdout.splitlines()[-1])
