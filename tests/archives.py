"""Small archives of every earlier version of the tables, kept so that upgrades are tried on what was really there.

Each `tests/fixtures/archives/NNNN.db.gz` was crawled from two sample sites by the newsloom of its time (0005 and 0006,
whose migrations were not finished then, are 0007 without what came later). Before a migration is added,
`python -m tests.archives` keeps one of the version before it.
"""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from pipelines.archive.archive import NEWEST
from tests.conftest import NEWSLOOM

FOLDER = Path(__file__).parent / "fixtures" / "archives"
CONFIG = '[crawl]\nsamples = true\nonly = ["silkfed", "apparelwire"]\n'


def unpack(version: str, file: Path) -> None:
    """Write the archive of a version to a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.decompress((FOLDER / f"{version}.db.gz").read_bytes()))


def pack(database: Path, version: str) -> None:
    """Keep a database as the archive of a version."""
    connection = sqlite3.connect(database)
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    (FOLDER / f"{version}.db.gz").write_bytes(gzip.compress(database.read_bytes(), mtime=0))


def main() -> None:
    """Crawl and keep."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "newsloom.toml").write_text(CONFIG)
        subprocess.run([NEWSLOOM, "crawl", "--quiet"], cwd=home, check=True)
        pack(Path(home) / "data" / "newsloom.db", NEWEST)


if __name__ == "__main__":
    main()
