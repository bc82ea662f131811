"""`newsloom move`: an archive goes to the other kind of database, and what is published from both is the same."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text

from items.errors import ArchiveError
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.move import move
from pipelines.archive.redaction import redact
from pipelines.archive.search import Filters, find
from pipelines.archive.tables import clock, metadata, records, searchable
from pipelines.publish.feeds.shelves import Shelves
from pipelines.publish.feeds.tell import tell
from pipelines.publish.publication import Publication
from pipelines.publish.publish import publish
from tests import published

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture
def elsewhere(database, tmp_path, postgres):
    """The address of an empty database of the other kind."""
    if database.startswith("sqlite"):
        address = postgres.url(postgres.new_database())
        yield address
        postgres.drop(address)
    else:
        yield f"sqlite:///{tmp_path}/moved.db"


@pytest.fixture
def full(archive, tmp_path):
    """An archive with something in every corner: copies, versions, feeds that were told, a redaction."""
    published.fill(archive)
    with archive.writing() as connection:
        redact(connection, published.HOSTILE, reason="legal")
    tell(archive, Shelves.of(published.sites(tmp_path), ()), base_url="http://feeds.example/", page=20)
    return archive


def published_to(archive: Archive, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    publication = Publication(root=folder / "public", base_url="http://feeds.example/", title="Fibres")
    assert publish(archive, published.sites(folder), publication).trouble == []
    root = folder / "public"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_is_published_from_both(full, elsewhere, tmp_path) -> None:
    target = Archive(elsewhere)
    move(full, target)
    here, there = published_to(full, tmp_path / "here"), published_to(target, tmp_path / "there")
    target.close()
    assert len(here) > 50
    assert here == there


def test_every_row_of_every_table_arrives(full, elsewhere) -> None:
    target = Archive(elsewhere)
    told = {moved.table: moved.rows for moved in move(full, target)}
    with full.reading() as before, target.reading() as after:
        for table in metadata.sorted_tables:
            if table is not searchable:
                rows = sorted(map(repr, before.execute(select(table))))
                assert sorted(map(repr, after.execute(select(table)))) == rows
                assert told[table.name] == len(rows)
    target.close()
    assert told["records"] > 5


def test_the_moved_archive_goes_on(full, elsewhere, article) -> None:
    target = Archive(elsewhere)
    move(full, target)
    with full.reading() as connection:
        last = connection.execute(select(records.c.seq).order_by(records.c.seq.desc()).limit(1)).scalar_one()
    with target.writing() as connection:
        keep(connection, article(5))
    with target.reading() as connection:
        newest = connection.execute(select(records.c.seq).order_by(records.c.seq.desc()).limit(1)).scalar_one()
        assert find(connection, "Liverpool", Filters())
    target.close()
    assert newest == last + 1


def test_a_database_that_is_in_use_is_left_alone(full, elsewhere, article) -> None:
    target = Archive(elsewhere)
    with target.writing() as connection:
        keep(connection, article(1))
    with pytest.raises(ArchiveError, match="in use: its table"):
        move(full, target)
    with target.reading() as connection:
        assert len(connection.execute(select(records)).all()) == 1
    target.close()


def test_a_row_that_does_not_arrive_as_it_was_leaves_the_target_empty(full, elsewhere) -> None:
    target = Archive(elsewhere)
    trigger = {
        "sqlite": ["CREATE TRIGGER spoil AFTER INSERT ON tellings BEGIN UPDATE tellings SET size = size + 1; END"],
        "postgresql": [
            """CREATE FUNCTION spoil() RETURNS trigger AS
            'BEGIN NEW.size := NEW.size + 1; RETURN NEW; END' LANGUAGE plpgsql""",
            "CREATE TRIGGER spoil BEFORE INSERT ON tellings FOR EACH ROW EXECUTE FUNCTION spoil()",
        ],
    }
    with target.writing() as connection:
        for statement in trigger[target.engine.dialect.name]:
            connection.execute(text(statement))
    with pytest.raises(ArchiveError, match="table tellings did not arrive as it was sent"):
        move(full, target)
    with target.reading() as connection:
        for table in metadata.sorted_tables:
            assert len(connection.execute(select(table)).all()) == (table in (clock, searchable))
    target.close()


def test_the_command_moves_and_says_what_to_do_next(newsloom, tmp_path, postgres) -> None:
    (tmp_path / "newsloom.toml").write_text("")
    archive = Archive(f"sqlite:///{tmp_path}/data/newsloom.db")
    published.fill(archive)
    archive.close()
    address = postgres.url(postgres.new_database())
    done = newsloom("move", "--to", address)
    assert done.returncode == 0, done.stderr
    assert 'let newsloom.toml say: database = "postgresql://' in done.stdout
    with sqlite3.connect(tmp_path / "data" / "newsloom.db") as before, psycopg.connect(address) as after:
        count = "SELECT count(*) FROM records"
        assert before.execute(count).fetchone() == after.execute(count).fetchone()
    again = newsloom("move", "--to", address)
    assert (again.returncode, again.stdout) == (3, "")
    assert "in use" in again.stderr
    postgres.drop(address)


def test_the_database_in_use_is_no_target(newsloom, tmp_path) -> None:
    done = newsloom("move", "--to", "sqlite:///data/newsloom.db")
    assert done.returncode == 1
    assert done.stderr == "newsloom: --to is the database that is in use; nothing to move\n"
