"""What a version changed is kept beside its record, goes when the article is taken back, and older archives get it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, text, update

from pipelines.archive import Archive
from pipelines.archive.account import account_of
from pipelines.archive.articles import keep
from pipelines.archive.differences import differences_of
from pipelines.archive.redaction import redact
from pipelines.archive.tables import articles, differences, links, sketches
from tests.removing import take_down

BEFORE = "The mill opened on Monday.\n" + "It spins cotton yarn for export to eleven countries. " * 3
AFTER = BEFORE.replace("Monday", "Tuesday")


@pytest.fixture
def changed(archive, article) -> Archive:
    """An article with two versions."""
    with archive.writing() as connection:
        keep(connection, article(1, text=BEFORE))
        keep(connection, article(1, text=AFTER, title="Mill number 1 has opened"))
    return archive


def test_a_version_keeps_what_it_changed(changed, article) -> None:
    with changed.reading() as connection:
        (found,) = differences_of(connection, connection.execute(select(articles.c.id)).scalar_one())
        events = account_of(connection, article(1).url)
    assert found.version == 2
    (paragraph,) = found.text
    assert [(p.kind, p.text) for p in paragraph if p.kind != "same"] == [("gone", "Monday"), ("new", "Tuesday")]
    told = [event.get("changed") for event in events if event["what"] == "version"]
    assert told == [
        None,
        {"title": ["Mill number 1 [-opens-]{+has opened+}"], "text": ["The mill opened on [-Monday-]{+Tuesday+}."]},
    ]


def test_an_article_that_comes_back_keeps_its_difference_from_before_it_went(changed, article) -> None:
    with changed.writing() as connection:
        take_down(connection, article(1).url)
        keep(connection, article(1, text=BEFORE, title="Mill number 1 has opened"))
        found = differences_of(connection, connection.execute(select(articles.c.id)).scalar_one())
    assert [(one.version, bool(one.title), bool(one.text)) for one in found] == [(4, False, True), (2, True, True)]


def test_what_an_article_changed_goes_when_it_is_taken_back(changed, article) -> None:
    with changed.writing() as connection:
        redact(connection, article(1).url, "privacy")
        assert connection.execute(select(func.count()).select_from(differences)).scalar_one() == 0


def test_an_older_archive_gets_differences_and_sketches_when_it_is_opened(changed, article, database) -> None:
    with changed.writing() as connection:
        expected = connection.execute(select(differences)).all()
        keep(connection, article(2, text=AFTER + "A line more.", url="http://www.loom.example/copy.html"))
        connection.execute(text("DROP TABLE held"))
        connection.execute(text("DROP TABLE differences"))
        connection.execute(text("ALTER TABLE tellings DROP COLUMN beside"))
        connection.execute(delete(sketches))
        connection.execute(delete(links))
        connection.execute(update(articles).values(body_key=None))
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    changed.close()
    opened = Archive(database)
    with opened.writing() as connection:
        assert connection.execute(select(differences)).all() == expected
        assert connection.execute(select(func.count()).where(articles.c.body_key.is_(None))).scalar_one() == 0
        copy = article(3, site="othersite", url="http://other.example/1", text="From our desk.\n" + AFTER)
        assert keep(connection, copy).outcome == "copy"
    opened.close()
