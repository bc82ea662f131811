"""An archive of every earlier version is brought up to date, works as ever, and loses nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, insert, inspect, select, text

from crawler.config import load_config
from crawler.publishing import republish
from pipelines.archive import Archive
from pipelines.archive.archive import NEWEST
from pipelines.archive.search import Filters, bring_up_to_date, find
from pipelines.archive.tables import addresses, articles, records, stories
from pipelines.export.facts import Selection, facts
from pipelines.publish.release import verify_release
from tests import archives, forked
from tests.documents import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.postgres import PostgresServer

VERSIONS = sorted(path.name.split(".")[0] for path in archives.FOLDER.glob("*.db.gz"))
MIGRATIONS = ROOT / "pipelines" / "archive" / "migrations"
each_version = pytest.mark.parametrize("version", VERSIONS)


def test_an_archive_of_every_version_before_this_one_is_kept() -> None:
    missing = [f"{n:04}" for n in range(1, int(NEWEST)) if f"{n:04}" not in VERSIONS]
    assert not missing, "tests/archives.py says how one is kept"


def facts_of(connection: Connection) -> dict[str, set[Any]]:
    """What must never be lost: each line of the archive, each article's address, each story."""
    return {
        "lines": set(connection.execute(select(records.c.seq, records.c.line))),
        "articles": set(connection.execute(select(articles.c.id, articles.c.canonical_url, articles.c.site))),
        "addresses": set(connection.execute(select(addresses.c.url, addresses.c.article))),
        "stories": set(connection.execute(select(stories.c.id)).scalars()),
    }


def assert_it_works(config_file: Path, before: dict[str, set[Any]]) -> None:
    """It is published, exported and searched in whole."""
    config = load_config(config_file)
    published = republish(config)
    assert published.trouble == []
    verified = verify_release(config.public_folder / "archive")
    assert verified.faults == []
    archive = Archive(config.database_url)
    bring_up_to_date(archive)
    with archive.reading() as connection:
        now = facts_of(connection)
        assert all(before[name] <= now[name] for name in before)
        exported = list(facts(connection, Selection(None, Filters())))
        assert {line.rstrip(b"\n") for _, line in before["lines"]} <= {line.rstrip(b"\n") for line in exported}
        assert verified.records == len(exported)
        assert find(connection, "silk", Filters()).found
    archive.close()
    feed = (config.public_folder / "feeds" / "all.json").read_text()
    assert all(str(story) in feed for story in before["stories"])


@each_version
def test_an_archive_of_a_version_is_published_exported_and_crawled_on(version, tmp_path) -> None:
    database = tmp_path / "data" / "newsloom.db"
    archives.unpack(version, database)
    (tmp_path / "newsloom.toml").write_text(archives.CONFIG.replace(', "apparelwire"', ""))
    before = snapshot(create_engine(f"sqlite:///{database}"))
    assert_it_works(tmp_path / "newsloom.toml", before)
    done = forked.run(["crawl"], cwd=tmp_path, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    row = next(line.split() for line in done.stdout.splitlines() if line.startswith("silkfed"))
    assert row[3:5] == ["0", "0"], f"what was known is taken for new: {done.stdout}"
    archive = Archive(f"sqlite:///{database}")
    with archive.reading() as connection:
        now = facts_of(connection)
    archive.close()
    assert all(before[name] <= now[name] for name in before)


@pytest.mark.parametrize("version", VERSIONS[::3])
def test_an_archive_of_a_version_is_brought_up_to_date_on_postgresql(version, postgres, tmp_path) -> None:
    address = old_archive(postgres, version, tmp_path)
    before = snapshot(create_engine(address))
    (tmp_path / "newsloom.toml").write_text(f'database = "{address}"\n{archives.CONFIG}')
    assert_it_works(tmp_path / "newsloom.toml", before)
    postgres.drop(address)


def snapshot(engine: Engine) -> dict[str, set[Any]]:
    """The facts of an archive that is not migrated."""
    with engine.connect() as connection:
        found = facts_of(connection)
    engine.dispose()
    assert found["lines"]
    return found


def old_archive(postgres: PostgresServer, version: str, folder: Path) -> str:
    """A PostgreSQL archive as the newsloom of that version had it: its tables, with the rows of the kept one."""
    archives.unpack(version, folder / "old.db")
    old = create_engine(f"sqlite:///{folder}/old.db")
    address = postgres.url(postgres.new_database())
    new = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with old.connect() as reading, new.begin() as writing:
        config.attributes["connection"] = writing
        command.upgrade(config, version)
        known = MetaData()
        known.reflect(writing)
        for table in known.sorted_tables:
            if table.name in ("alembic_version", "searchable", "search_words"):  # the words are each database's own
                continue
            writing.execute(table.delete())
            rows = [
                {name: as_postgresql(value, table.c[name].type) for name, value in row.items()}
                for row in reading.execute(text(f"SELECT * FROM {table.name}")).mappings()
            ]
            if rows:
                writing.execute(insert(table), rows)
            for column in inspect(writing).get_columns(table.name):
                if column["autoincrement"] and rows:
                    most = max(row[column["name"]] for row in rows)
                    writing.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column['name']}'), {most})")
                    )
    old.dispose()
    new.dispose()
    return address


def as_postgresql(value: Any, kind: Any) -> Any:
    """SQLite keeps a UUID as text and a truth as a number."""
    if value is None:
        return None
    if kind.python_type is UUID:
        return UUID(value)
    return bool(value) if kind.python_type is bool else value
