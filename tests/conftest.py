"""What tests share: an archive, articles to put into it, and the `newsloom` command as an operator calls it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.clock import tick
from pipelines.publish.files import PublicFolder
from pipelines.publish.release import publish_release
from tests import forked
from tests.postgres import PostgresServer, serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

NEWSLOOM = Path(sys.executable).with_name("newsloom")

DEAR = {"test_examples.py", "test_packaging.py", "test_upgrades.py", "test_walks.py"}
"""Files that take a minute each, and go to one core whole."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the dear files: at the end one core would wait for the other."""
    items.sort(key=lambda item: item.path.name not in DEAR)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the tests' own, started when the first test asks for it."""
    yield from serving()


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    """The address of an S3 server of the tests' own, started when the first test asks for it."""
    from tests.storage import serving as serving_objects  # takes a second to import

    yield from serving_objects()


@pytest.fixture
def bucket(storage: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in object storage."""
    import s3fs

    from tests.storage import credentials

    for name, value in credentials(storage).items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    name = f"b{uuid4().hex}"
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}/public"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new archive, on each database that newsloom works with."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/archive.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    address = server.new_archive()
    yield address
    server.drop(address)


@pytest.fixture
def archive(database: str) -> Iterator[Archive]:
    """A new, empty archive; the test runs once on each database."""
    opened = Archive(database)
    yield opened
    opened.close()


@pytest.fixture
def article() -> Callable[..., Article]:
    """Makes an article; what matters to a test it says itself."""

    def make(number: int = 1, **said: Any) -> Article:
        about = {
            "site": "loomsite",
            "url": f"http://www.loom.example/news/{number}.html",
            "title": f"Mill number {number} opens",
            "text": f"The mill with the number {number} opened on Monday.\n" + "It spins cotton yarn for export. " * 4,
            "language": "en",
        }
        return Article.model_validate(about | said)

    return make


@pytest.fixture
def newsloom(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command in an empty folder with cron's bare environment."""

    def call(*arguments: str | Path, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
        return forked.run([*map(str, arguments)], cwd=cwd, env=bare)

    return call


@pytest.fixture
def add(archive: Archive, article: Callable[..., Article]) -> Callable[..., None]:
    """Keeps the articles of these numbers as of a moment."""

    def keep_all(numbers: Iterable[int], now: datetime, **said: Any) -> None:
        with archive.writing() as connection:
            for number in numbers:
                keep(connection, article(number, **said), now=now)

    return keep_all


@pytest.fixture
def release(archive: Archive, tmp_path: Path) -> Callable[[datetime], Path]:
    """Publishes the release as of a moment and gives its folder."""

    def publish(now: datetime) -> Path:
        with archive.writing() as connection:
            tick(connection, now)
        with archive.reading() as connection:
            publish_release(connection, PublicFolder(tmp_path / "public"), base_url="http://x.example/", now=now)
        return tmp_path / "public" / "archive"

    return publish


@pytest.fixture(autouse=True)
def _no_stray_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests speak with loopback only, whatever the environment says."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
