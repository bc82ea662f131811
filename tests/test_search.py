"""Search: the same answers on every database, in every script, by words, phrases and filters."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from items.article import Published, Source
from pipelines.archive.articles import keep
from pipelines.archive.redaction import redact
from pipelines.archive.search import Filters, bring_up_to_date, find
from pipelines.archive.search.context import marked
from pipelines.archive.search.question import EmptyQuestionError, flat, understand
from pipelines.archive.search.words import tokens, units, units_in_place
from tests.removing import take_down

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

ARTICLES = {
    "silk": {"title": "Silk prices rise in Suzhou", "text": "Raw silk cost more on Monday. Cotton did not."},
    "cotton": {
        "title": "Cotton prices fall",
        "text": "The mill spins cotton. Its silk looms stand still; prices are café talk.",
        "source": Source(name="China Textile News"),
    },
    "export": {
        "title": "中国纺织品出口增长",
        "text": "前三季度，纺织品服装出口保持增长。采购商来自３Ｄ打印行业，采用新疆长绒棉。",
        "language": "zh",
        "source": Source(name="中国纺织报"),
    },
    "fair": {"title": "紹興纺织博覽會开幕", "text": "出口企业参加。", "language": "zh-Hant", "site": "silkfed"},
    "thai": {"title": "ส่งออกสิ่งทอ", "text": "ผ้าไหมไทย", "language": "th"},
    "korean": {"title": "섬유산업은 성장한다", "text": "한국섬유산업연합회", "language": "ko"},
    "german": {"title": "Textilmaschinen: Aufträge", "text": "Die Webstühle für Öko-Garne laufen.", "language": "de"},
}


@pytest.fixture
def shelf(archive, article):
    """An archive with one article for each name above, each published a day before the one after it."""
    names = {}
    with archive.writing() as connection:
        for number, (name, said) in enumerate(ARTICLES.items(), 1):
            day = Published(at=f"2026-11-{number:02}", precision="day", basis="visible")
            kept = keep(connection, article(number, **({"published": day} | said)), now=NOON)
            names[kept.article] = name
    bring_up_to_date(archive)

    def search(typed: str, **filters) -> list[str]:
        with archive.reading() as connection:
            return [names[found.record.id] for found in find(connection, typed, Filters(**filters)).found]

    return search


QUESTIONS = {
    "silk": ["cotton", "silk"],
    "SILK Monday": ["silk"],
    "cotton prices": ["cotton", "silk"],
    '"cotton prices"': ["cotton"],
    "“silk prices rise”": ["silk"],
    "silk -mill": ["silk"],
    'silk -"raw silk"': ["cotton"],
    "loom*": ["cotton"],
    "loom": [],
    '"silk loom*"': ["cotton"],
    "cafe": ["cotton"],
    "纺织": ["fair", "export"],
    "纺织品": ["export"],
    "纺织品出口": ["export"],
    "纺织 出口": ["fair", "export"],
    "紡織品出口": ["export"],
    "紹興": ["fair"],
    "出口纺织": [],
    "纺织 -博览": ["export"],
    "棉": ["export"],
    "绒": ["export"],
    "3d打印": ["export"],
    "สิ่งทอ": ["thai"],
    "섬유산업": ["korean"],
    "auftrage oko-garne": ["german"],
    "中国纺织报": ["export"],
    "china textile news": ["cotton"],
    "nothing of the kind": [],
}


def test_what_is_found_newest_first(shelf) -> None:
    assert {typed: shelf(typed) for typed in QUESTIONS} == QUESTIONS


def test_filters_narrow_what_is_found(shelf) -> None:
    assert shelf("出口", sites=("silkfed",)) == ["fair"]
    assert shelf("出口", sites=("silkfed", "loomsite")) == ["fair", "export"]
    assert shelf("出口", languages=("zh",)) == ["fair", "export"]
    assert shelf("出口", languages=("zh-Hant",)) == ["fair"]
    assert shelf("出口", source="纺织报") == ["export"]
    assert shelf("出口", topics=("fairs",)) == ["fair"]
    assert shelf("出口", topics=("fairs", "cotton"), sites=("loomsite",)) == []
    assert shelf("出口", first=date(2026, 11, 4)) == ["fair"]
    assert shelf("出口", last=date(2026, 11, 3)) == ["export"]
    assert shelf("出口", first=date(2026, 11, 3), last=date(2026, 11, 3)) == ["export"]


@pytest.mark.parametrize("typed", ["", "  ", "---", '""', "-silk", "*"])
def test_a_question_without_a_word_is_a_users_error(typed) -> None:
    with pytest.raises(EmptyQuestionError, match="no word to look for"):
        understand(typed)


@given(st.text())
def test_any_question_is_understood_or_refused(typed) -> None:
    with contextlib.suppress(EmptyQuestionError):
        assert understand(typed).wanted


def test_a_question_is_never_a_command_to_the_database(shelf) -> None:
    for typed in (
        'silk" OR "1',
        "silk'); DROP TABLE records; --",
        "silk NEAR(",
        "silk & | ! <->",
        "silk:*",
        "a\x00b silk",
    ):
        shelf(typed)
    assert shelf("silk") == ["cotton", "silk"]


def test_only_the_newest_version_is_found_and_nothing_that_was_removed(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1, title="Old words"))
        keep(connection, article(1, title="New words"))
        keep(connection, article(2, title="Gone words"))
        take_down(connection, article(2).url)
    bring_up_to_date(archive)
    with archive.reading() as connection:
        assert [found.record.title for found in find(connection, "words").found] == ["New words"]
        assert find(connection, "old").found == []


def test_what_was_kept_after_the_index_was_made_is_found_once_it_is_brought_up_to_date(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1))
    assert bring_up_to_date(archive) == 1
    with archive.writing() as connection:
        keep(connection, article(2))
    assert bring_up_to_date(archive) == 1
    assert bring_up_to_date(archive) == 0
    with archive.reading() as connection:
        assert len(find(connection, "cotton").found) == 2


def test_what_was_taken_back_is_in_no_index(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(1, title="Unspeakable"))
    bring_up_to_date(archive)
    with archive.writing() as connection:
        redact(connection, article(1).url, "privacy")
    bring_up_to_date(archive)
    with archive.reading() as connection:
        if connection.dialect.name == "sqlite":
            left = "SELECT count(*) FROM search_words WHERE search_words MATCH 'unspeakable'"
        else:
            left = "SELECT count(*) FROM search_words WHERE words @@ 'unspeakable'"
        assert connection.execute(text(left)).scalar() == 0


def test_answers_come_in_pages(archive, article) -> None:
    with archive.writing() as connection:
        for number in range(7):
            keep(connection, article(number))
    bring_up_to_date(archive)
    with archive.reading() as connection:
        pages = [find(connection, '"cotton yarn"', limit=3, skip=skip) for skip in (0, 3, 6)]
    assert [len(page.found) for page in pages] == [3, 3, 1]
    assert [page.more for page in pages] == [True, True, False]
    assert len({found.record.id for page in pages for found in page.found}) == 7


def test_the_words_are_marked_in_title_and_context() -> None:
    wanted = understand('纺织 "silk looms"').wanted
    said = marked("很久以前。" * 60 + "那里的纺织厂 has Silk  looms and silk. " + "More follows. " * 30, wanted)
    assert [said.text[start:end] for start, end in said.places] == ["纺织", "Silk looms"]
    assert said.text.startswith("… ")
    assert said.text.endswith(" …")
    assert len(said.text) < 210


@given(st.text(), st.text(min_size=1))
def test_marks_lie_within_the_text(typed, printed) -> None:
    try:
        wanted = understand(typed + " " + printed[:10]).wanted
    except EmptyQuestionError:
        return
    said = marked(printed, wanted)
    ends = [place for pair in said.places for place in pair]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(said.text) for end in ends)


@given(st.text())
def test_places_give_the_same_units_as_the_text(printed) -> None:
    assert [unit.text for unit in units_in_place(printed)] == units(printed)


@given(st.text(alphabet="纺织品出口 cotton3Ｄé,。", max_size=30), st.integers(0, 29), st.integers(1, 8))
def test_whatever_stands_in_a_text_the_index_can_find(printed, start, length) -> None:
    """Each phrase of the text asks the index only for tokens that the text has."""
    parts = units(printed)[start : start + length]
    if not parts:
        return
    run = units_in_place(printed)[start : start + length]
    typed = printed[run[0].start : run[-1].end].replace('"', " ")
    held = tokens([printed])
    for phrase in understand(f"{typed}").wanted:
        for token in phrase.tokens:
            assert any(h.startswith(token.text) if token.begins else h == token.text for h in held)
        assert phrase.within(flat(printed))


def test_the_command_shows_what_it_found(newsloom, tmp_path) -> None:
    (tmp_path / "one.jsonl").write_text(
        '{"url": "http://mill.example/1", "title": "纺织品出口增长", "text": "前三季度，纺织品服装出口保持增长。"}'
    )
    newsloom("import", "one.jsonl")
    said = newsloom("search", "服装")
    assert said.returncode == 0
    assert "«服装»" in said.stdout
    assert '"marks":[[3,5]]' in newsloom("search", "出口", "--json").stdout
