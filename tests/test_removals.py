"""Removals: a page that is not found is believed gone only when its site answers otherwise."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select, update

from items.run import Cause, Entry, Outcome, Visit
from pipelines.archive.articles import due_urls
from pipelines.archive.desk import Desk
from pipelines.archive.tables import articles, records

SITE = "loomsite"


@pytest.fixture
def run(archive, article):
    """Makes a run: pages that answer well, pages that are missing with a status, whether a list was read."""

    def make(*, well=(), missing=(), status: int = 404, listed: bool = True, cause: Cause = Cause.STATUS) -> dict:
        desk = Desk(archive)
        if listed:
            desk.keep(Visit(Entry(site=SITE, url="http://www.loom.example/", kind="listing", outcome=Outcome.READ)))
        for number in well:
            said = article(number)
            desk.keep(Visit(Entry(site=SITE, url=said.url, kind="article", outcome=Outcome.KEPT), article=said))
        for number in missing:
            url, failed = article(number).url, Outcome.FAILED
            entry = Entry(site=SITE, url=url, kind="article", outcome=failed, cause=cause, http_status=status)
            desk.keep(Visit(entry))
        (count,) = desk.close().sites
        return count.outcomes

    return make


def removed(archive) -> int:
    with archive.reading() as connection:
        return connection.execute(select(func.count()).where(articles.c.removed.is_(True))).scalar_one()


def test_a_page_that_is_missing_twice_is_gone_while_the_rest_answers(archive, run) -> None:
    run(well=range(1, 4))
    assert run(well=(2, 3), missing=(1,))[Outcome.UNCHANGED] == 3
    assert run(well=(2, 3), missing=(1,)) == {Outcome.UNCHANGED: 2, Outcome.REMOVED: 1}
    with archive.reading() as connection:
        assert len(due_urls(connection, SITE, everything=True)) == 2
        last = connection.execute(select(records.c.type).order_by(records.c.seq.desc()).limit(1)).scalar_one()
    assert last == "tombstone"


def test_one_page_alone_is_gone_when_a_list_is_read(archive, run) -> None:
    run(well=(1,))
    run(missing=(1,))
    assert run(missing=(1,)) == {Outcome.REMOVED: 1}


def test_a_page_that_is_gone_for_ever_needs_one_look(archive, run) -> None:
    run(well=(1, 2))
    assert run(well=(2,), missing=(1,), status=410) == {Outcome.UNCHANGED: 1, Outcome.REMOVED: 1}


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("listed", [True, False])
def test_a_site_whose_pages_are_all_missing_loses_none_however_often(archive, run, status, listed) -> None:
    run(well=range(1, 6))
    for _ in range(12):
        assert run(missing=range(1, 6), status=status, listed=listed) == {Outcome.UNCHANGED: 5}
    assert removed(archive) == 0


def test_error_pages_that_say_they_are_fine_remove_nothing(archive, run) -> None:
    run(well=range(1, 6))
    for _ in range(3):
        run(missing=range(1, 6), status=200, cause=Cause.SOFT_404)
    assert removed(archive) == 0


def test_missing_pages_are_gone_after_a_month_though_they_are_the_most(archive, run) -> None:
    run(well=range(1, 6))
    outcomes = Counter()
    for _ in range(8):
        assert removed(archive) == 0
        outcomes = run(well=(9,), missing=range(1, 6))
    assert outcomes[Outcome.REMOVED] == 5


def test_a_miss_that_is_not_believed_is_looked_at_ever_more_seldom(archive, run) -> None:
    run(well=range(1, 4))
    waits = []
    for _ in range(5):
        run(missing=range(1, 4))
        with archive.writing() as connection:
            next_check = connection.execute(select(articles.c.next_check)).scalars().first()
            waits.append(next_check)
            connection.execute(update(articles).values(next_check=None))
    assert waits == sorted(waits)
    assert waits[0][:10] < waits[-1][:10]
