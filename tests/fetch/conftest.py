"""What the tests of fetching share: a run whose end, ledger and memory can be looked at."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NEWSLOOM
from tests.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = Path(__file__).parent / "names"


@dataclass
class Ended:
    """A run that came to its end.

    Attributes:
        status: its exit status.
        said: what it printed.
        folder: where it ran.
        megabytes: the most memory that it used.
    """

    status: int
    said: str
    folder: Path
    megabytes: float

    def ledger(self, site: str | None = None) -> dict[str, tuple[str, str | None]]:
        """Outcome and cause by path, of the last run."""
        database = sqlite3.connect(self.folder / "data" / "newsloom.db")
        rows = database.execute(
            "SELECT url, outcome, cause FROM ledger"
            " WHERE run = (SELECT max(id) FROM runs) AND site = coalesce(?, site)",
            (site,),
        ).fetchall()
        database.close()
        return {"/" + url.split("/", 3)[3]: (outcome, cause) for url, outcome, cause in rows}


@pytest.fixture
def web() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Ended]:
    """Crawls the sites whose files are given by id, where names lead to the given addresses."""
    return Crawl(tmp_path)


class Crawl:
    """Runs the command in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self, *arguments: str, config: str = "retries = 0\n", names: dict[str, list[str]] | None = None, **files: str
    ) -> Ended:
        folder = self._folder
        (folder / "sites").mkdir(exist_ok=True)
        for site, text in files.items():
            (folder / "sites" / f"{site}.toml").write_text(text)
        if files:
            (folder / "newsloom.toml").write_text(f"[crawl]\nonly = {json.dumps([*files])}\n{config}")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(NAMES),
            "NEWSLOOM_TEST_NAMES": json.dumps(names or {}),
            "NEWSLOOM_TEST_PEAK": str(folder / "peak"),
        }
        command = ["timeout", "300", str(NEWSLOOM), *(arguments or ("crawl",))]
        with (folder / "out").open("w+") as out, (folder / "err").open("w+") as err:
            status = subprocess.call(command, cwd=folder, env=environment, stdout=out, stderr=err)
        said = (folder / "out").read_text() + (folder / "err").read_text()
        assert "Traceback" not in said, said
        return Ended(status, said, folder, int((folder / "peak").read_text()) / 1024)
