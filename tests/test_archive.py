"""The archive: what is kept, what becomes a version, a copy, a tombstone."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import orjson
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from items.article import Published, Source
from items.errors import ArchiveError
from items.run import Outcome
from pipelines.archive import Archive
from pipelines.archive.archive import timestamp
from pipelines.archive.articles import due_urls, keep, known_urls, plan_check
from pipelines.archive.clock import tick
from pipelines.archive.tables import articles, metadata, records, stories
from tests.removing import take_down

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def lines(archive: Archive) -> list[dict]:
    with archive.reading() as connection:
        return [
            orjson.loads(line) for line in connection.execute(select(records.c.line).order_by(records.c.seq)).scalars()
        ]


def test_migrations_make_the_tables_that_the_code_describes(archive) -> None:
    def ours(name: str, kind: str, _: object) -> bool:
        return kind != "table" or not name.startswith("search_words")  # made by hand, for each database its own

    with archive.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert compare_metadata(context, metadata) == []


def test_an_archive_of_a_newer_newsloom_is_refused(archive, database) -> None:
    with archive.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer newsloom"):
        Archive(database)


def test_a_database_that_makes_no_sense_is_one_clear_line(tmp_path) -> None:
    (tmp_path / "text.db").write_text("this is no database" * 100)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive(f"sqlite:///{tmp_path}/text.db")


def test_a_new_article_is_kept_with_an_id_of_its_canonical_url(archive, article) -> None:
    with archive.writing() as connection:
        kept = keep(connection, article(canonical_url="http://www.loom.example/1"))
    assert kept.outcome is Outcome.KEPT
    (line,) = lines(archive)
    assert line["id"] == str(kept.article) == str(uuid5(NAMESPACE_URL, "http://www.loom.example/1"))
    assert line["version"] == 1
    assert line["original"] is True


def test_the_same_text_again_is_nothing_new(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article())
        again = keep(connection, article(text=article().text.replace(" ", "  "), tags=["cotton"]))
    assert again.outcome is Outcome.UNCHANGED
    assert len(lines(archive)) == 1


def test_changed_text_is_one_new_version_under_the_same_id(archive, article) -> None:
    with archive.writing() as connection:
        first = keep(connection, article())
        second = keep(connection, article(title="Mill number 1 opens again"))
    assert (second.outcome, second.article) == (Outcome.VERSION, first.article)
    assert [line["version"] for line in lines(archive)] == [1, 2]


def test_an_address_that_led_to_an_article_is_known_from_then_on(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(), addresses={"http://www.loom.example/old/1.html"})
        asked = ["http://www.loom.example/old/1.html", "http://www.loom.example/news/1.html", "http://x.example/"]
        assert known_urls(connection, asked) == set(asked[:2])


def test_the_same_article_under_another_address_is_known_by_its_canonical_one(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1, canonical_url="http://www.loom.example/1"))
        again = article(1, url="http://www.loom.example/print/1", canonical_url="http://www.loom.example/1")
        assert keep(connection, again).outcome is Outcome.UNCHANGED


def test_articles_of_a_site_that_gives_them_all_one_canonical_address_stay_apart(archive, article) -> None:
    with archive.writing() as connection:
        kept = [keep(connection, article(n, canonical_url="http://www.loom.example/all")) for n in (1, 2, 3)]
        again = keep(connection, article(2, canonical_url="http://www.loom.example/all"))
    assert [k.outcome for k in kept] == [Outcome.KEPT] * 3
    assert (again.outcome, again.article) == (Outcome.UNCHANGED, kept[1].article)


def test_the_same_text_on_another_site_is_a_copy_in_the_same_story(archive, article) -> None:
    with archive.writing() as connection:
        first = keep(connection, article())
        copy = keep(connection, article(site="othersite", url="http://other.example/7", title="A mill opens"))
    assert copy.outcome is Outcome.COPY
    one, other, *_ = lines(archive)
    assert one["story"] == other["story"]
    assert one["id"] == str(first.article) != other["id"]


def test_equal_texts_too_short_to_mean_anything_are_no_copies(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1, text="No news today."))
        assert keep(connection, article(2, text="No news today.")).outcome is Outcome.KEPT


def test_a_copy_that_credits_nobody_becomes_the_original_and_the_change_is_recorded(archive, article) -> None:
    with archive.writing() as connection:
        reprint = keep(connection, article(source=Source(name="Loom Federation")))
        original = keep(connection, article(site="federation", url="http://federation.example/1"))
        story = connection.execute(select(stories)).one()
    assert story.original == original.article
    merge = lines(archive)[-1]
    assert merge["type"] == "merge"
    assert merge["id"] == str(story.id)
    assert set(merge["articles"]) == {str(reprint.article), str(original.article)}


def test_an_article_is_placed_at_its_publication_never_after_first_sight(archive, article) -> None:
    day = Published(at="2026-11-20", precision="day", basis="visible")
    future = Published(at="2031-01-01T00:00:00+00:00", precision="second", basis="meta")
    with archive.writing() as connection:
        keep(connection, article(1, published=day), now=NOON)
        keep(connection, article(2, published=future), now=NOON)
        placed = connection.execute(select(articles.c.published).order_by(articles.c.canonical_url)).scalars().all()
    assert placed == ["2026-11-20T12:00:00Z", "2026-11-22T12:00:00Z"]


def test_an_article_is_due_again_on_a_decaying_plan(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(), now=datetime.now(UTC))
        assert due_urls(connection, "loomsite") == []
        keep(connection, article(2), now=datetime.now(UTC) - timedelta(hours=2))
        assert due_urls(connection, "loomsite") == ["http://www.loom.example/news/2.html"]
        keep(connection, article(3), now=datetime.now(UTC) - timedelta(days=30))
        assert "http://www.loom.example/news/3.html" in due_urls(connection, "loomsite")


def test_an_old_article_that_was_looked_at_often_enough_is_left_alone(archive, article) -> None:
    month_ago = datetime.now(UTC) - timedelta(days=30)
    with archive.writing() as connection:
        keep(connection, article(), now=month_ago)
        keep(connection, article())
        assert due_urls(connection, "loomsite") == []
        assert due_urls(connection, "loomsite", everything=True) == ["http://www.loom.example/news/1.html"]


def test_an_article_that_comes_back_is_a_new_version_after_its_tombstone(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article())
        take_down(connection, article().url)
        assert keep(connection, article()).outcome is Outcome.VERSION
    assert [line["version"] for line in lines(archive)] == [1, 2, 3]


def test_when_the_original_is_removed_a_copy_takes_its_place_in_the_same_story(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article())
        copy = keep(connection, article(site="othersite", url="http://other.example/7"))
        before = connection.execute(select(stories)).one()
        take_down(connection, article().url)
        after = connection.execute(select(stories)).one()
    assert before.id == after.id
    assert after.original == copy.article


def test_a_transaction_that_fails_leaves_nothing(archive, article) -> None:
    class Broken(Exception):
        pass

    with pytest.raises(Broken), archive.writing() as connection:
        keep(connection, article())
        raise Broken
    assert lines(archive) == []


def test_a_clock_that_is_set_back_over_midnight_writes_into_no_earlier_day(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1), now=NOON)
        keep(connection, article(2), now=NOON - timedelta(days=1))
        take_down(connection, article(1).url)
        keep(connection, article(3), now=NOON)
    recorded = [line["recorded"] for line in lines(archive)]
    assert recorded[:2] == ["2026-11-22T12:00:00Z"] * 2
    assert recorded == sorted(recorded)


def test_nothing_is_recorded_before_the_archives_clock_even_after_a_pause(archive, article) -> None:
    with archive.writing() as connection:
        tick(connection, NOON)  # as publishing does when it closes a day
    with archive.writing() as connection:
        keep(connection, article(), now=NOON - timedelta(hours=13))
    assert lines(archive)[0]["recorded"] == "2026-11-22T12:00:00Z"


def test_an_article_is_looked_at_again_by_its_sites_own_policy(archive, article) -> None:
    seen = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
    with archive.writing() as connection:
        kept = keep(connection, article(), now=seen)
        plan_check(connection, kept.article, [1, 2])
        assert connection.execute(select(articles.c.next_check)).scalar() is None
        plan_check(connection, kept.article, [1, 6])
        assert connection.execute(select(articles.c.next_check)).scalar() == timestamp(seen + timedelta(hours=6))
