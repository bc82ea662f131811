"""What the archive knows of ways and addresses, alike on each database."""

from datetime import UTC, datetime, timedelta

from items.run import Answer, Entry, Outcome
from items.way import Gap, Way
from pipelines.archive import ledger
from pipelines.archive.account import account_of, newest_articles
from pipelines.archive.answers import remember, rests_until, rhythm
from pipelines.archive.articles import keep
from pipelines.archive.ways import failed_urls, keep_gap, keep_way, look, open_gaps, put_off, read_way

HOME = "http://www.loom.example/"


def note(connection, run: int, url: str, outcome: Outcome, reason: str | None = None) -> None:
    ledger.note(connection, run, Entry(site="loomsite", url=url, kind="article", outcome=outcome, reason=reason))


def test_a_gap_is_kept_by_its_number_until_the_way_has_it_no_longer(archive) -> None:
    gap = Gap(site="mill", way=HOME, opened=datetime.now(UTC), resume=f"{HOME}2", number=2, reason="stopped")
    with archive.writing() as connection:
        keep_way(connection, Way(site="mill", url=HOME, gaps=[gap]), newest=f"{HOME}news/1")
        way = read_way(connection, "mill", HOME)
        assert (len(way.gaps), way.newest, way.is_settled) == (1, f"{HOME}news/1", True)
        way.gaps[0].number = 7
        assert keep_gap(connection, way.gaps[0]) == way.gaps[0].id
        assert [found.number for found in open_gaps(connection, "mill")] == [7]
        way.gaps.clear()
        keep_way(connection, way, newest=None)
        assert open_gaps(connection) == []
        assert read_way(connection, "mill", HOME).walked == way.walked


def test_an_address_is_known_by_its_article_or_by_a_vain_try_and_a_skipped_one_is_not(archive, article) -> None:
    with archive.writing() as connection:
        run = ledger.start_run(connection)
        keep(connection, article(1))
        note(connection, run, f"{HOME}vain", Outcome.FAILED, "HTTP 500")
        note(connection, run, f"{HOME}skipped", Outcome.SKIPPED, "robots.txt forbids it")
        known = look(connection, "loomsite", [article(1).url, f"{HOME}vain", f"{HOME}skipped", f"{HOME}new"])
    assert {url: found.seen is not None for url, found in known.items()} == {article(1).url: True, f"{HOME}vain": False}


def test_what_failed_is_tried_again_until_it_succeeds_or_was_tried_enough(archive, article) -> None:
    with archive.writing() as connection:
        for number in range(5):
            run = ledger.start_run(connection)
            note(connection, run, f"{HOME}hopeless", Outcome.FAILED, "HTTP 500")
            if number == 0:
                note(connection, run, f"{HOME}once", Outcome.FAILED, "timed out")
                note(connection, run, article(1).url, Outcome.FAILED, "timed out")
        keep(connection, article(1))
        assert failed_urls(connection, "loomsite") == [f"{HOME}once"]


def test_an_address_of_which_nothing_comes_is_left_alone_longer_and_longer_until_something_does(
    archive, article
) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    waits = []
    with archive.writing() as connection:
        for number in range(8):
            run = ledger.start_run(connection)
            outcome = Outcome.REJECTED if number % 2 else Outcome.FAILED
            note(connection, run, f"{HOME}hopeless", outcome, "HTTP 500")
            note(connection, run, f"{HOME}forbidden", Outcome.SKIPPED, "robots.txt forbids it")
            if number == 5:
                note(connection, run, f"{HOME}mended", Outcome.KEPT)
            elif number < 7:
                note(connection, run, f"{HOME}mended", Outcome.FAILED, "HTTP 500")
            found = put_off(connection, "loomsite", [f"{HOME}{name}" for name in ("hopeless", "forbidden", "mended")])
            waits.append(round((found.pop(f"{HOME}hopeless", began) - began) / timedelta(hours=1)))
    assert waits == [0, 1, 4, 12, 24, 72, 168, 168]
    assert found == {}


def test_a_site_that_writes_seldom_is_looked_at_seldom_once_its_rhythm_is_known(archive, article) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    rests = []
    with archive.writing() as connection:
        for number in range(20):
            beat = rhythm(connection, "loomsite")
            keep(connection, article(number), now=now - timedelta(days=2 * (19 - number)))
        for longest in (timedelta(days=1), timedelta(hours=1), timedelta(0)):
            remember(connection, Answer(HOME), beat=rhythm(connection, "loomsite"), longest=longest)
            rests.append(rests_until(connection, HOME))
    assert beat == timedelta(0)
    assert [until and round((until - now) / timedelta(minutes=1)) for until in rests] == [288, 60, None]


def test_an_addresss_story_is_told_in_its_order(archive, article) -> None:
    seen = datetime.now(UTC) - timedelta(hours=2)
    with archive.writing() as connection:
        run = ledger.start_run(connection)
        kept = keep(connection, article(1), now=seen)
        keep(connection, article(1, text="The mill is still shut, its owner said on Tuesday. " * 3))
        note(connection, run, article(1).url, Outcome.VERSION)
        events = account_of(connection, article(1).url)
        (newest,) = newest_articles(connection, "loomsite", 5)
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    told = [event["what"] for event in events]
    assert told[:2] == ["first seen", "version"]
    assert (told.count("version"), told.count("asked"), told.count("story")) == (2, 1, 1)
    assert newest.id == kept.article
    assert account_of_nothing(archive) == []


def account_of_nothing(archive) -> list:
    with archive.reading() as connection:
        return account_of(connection, f"{HOME}never")
