"""Answering a question: the articles that hold its words, newest first, with the words marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import bindparam, column, or_, select, table, text

from items.article import Record
from items.topics import vocabulary
from pipelines.archive.search.context import Marked, marked
from pipelines.archive.search.index import texts_of
from pipelines.archive.search.question import Phrase, Question, flat, understand
from pipelines.archive.tables import articles, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from pipelines.archive.search.words import Token

_AT_ONCE = 50
"""Candidates whose texts are read in one go."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles come into question; an empty one excludes none.

    Attributes:
        sites: ids; one of them.
        languages: BCP 47; `zh` stands for `zh-Hant` too.
        source: words in the name that the article credits.
        topics: ids of the vocabulary; one of them.
        first: first day of publication, UTC.
        last: last day of publication, UTC.
    """

    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source: str = ""
    topics: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def looks_inside(self) -> bool:
        """Whether the articles' table alone can't tell."""
        return bool(self.source or self.topics)

    def hold_inside(self, line: bytes) -> bool:
        """Whether a record credits the source and is about one of the topics."""
        return self.hold_of(orjson.loads(line))

    def hold_of(self, record: dict[str, Any]) -> bool:
        """The same of a record that was read already."""
        if self.source:
            credited = flat((record.get("source") or {}).get("name") or "")
            if not all(phrase.within(credited) for phrase in self.credited):
                return False
        if not self.topics:
            return True
        return not set(self.topics).isdisjoint(vocabulary().topics_of(record["title"], record.get("text")))

    @property
    def credited(self) -> tuple[Phrase, ...]:
        """What must stand in the credited name."""
        return understand(self.source).wanted if self.source else ()

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """What holds of the articles that come into question, as far as their table knows."""
        if self.sites:
            yield articles.c.site.in_(self.sites)
        if self.languages:
            yield or_(*(self._in_language(language) for language in self.languages))
        if self.first is not None:
            yield articles.c.published >= self.first.isoformat()
        if self.last is not None:
            yield articles.c.published < (self.last + timedelta(days=1)).isoformat()

    @staticmethod
    def _in_language(language: str) -> ColumnElement[bool]:
        return or_(articles.c.language == language, articles.c.language.startswith(f"{language}-", autoescape=True))


@dataclass(frozen=True, slots=True)
class Found:
    """An article that holds what was looked for.

    Attributes:
        record: its newest version.
        published: as it is placed in time (`2026-11-22T12:00:00Z`).
        title: with the places of the words in it.
        context: the passage of its text, or the name of its source, that holds most of the words.
    """

    record: Record
    published: str
    title: Marked
    context: Marked


@dataclass(frozen=True, slots=True)
class Answer:
    """Articles, newest first.

    Attributes:
        found: as many as were asked for, or all that there are.
        more: whether there are others.
    """

    found: list[Found] = field(default_factory=list)
    more: bool = False


def find(
    connection: Connection, typed: str, filters: Filters | None = None, *, limit: int = 20, skip: int = 0
) -> Answer:
    """Look for articles. The index must be up to date (`bring_up_to_date`).

    Args:
        connection: a reading transaction of the archive.
        typed: the question; see `question`.
        filters: which articles come into question.
        limit: how many are wanted at most.
        skip: how many of the first are passed over.

    Raises:
        EmptyQuestionError: the question holds nothing to look for.
    """
    asked = understand(typed)
    hits = list(islice(_hits(connection, asked, filters or Filters()), skip, skip + limit + 1))
    return Answer([_found(said, published, asked) for said, published in hits[:limit]], more=len(hits) > limit)


def _hits(connection: Connection, asked: Question, filters: Filters) -> Iterator[tuple[dict[str, Any], str]]:
    """The records that hold what was asked for, newest first, and when they were published."""
    needed = [token for phrase in (*asked.wanted, *filters.credited) for token in phrase.tokens]
    excluded = [phrase.tokens[0] for phrase in asked.unwanted if phrase.certain]
    doubtful = not all(phrase.certain for phrase in (*asked.wanted, *asked.unwanted))
    candidates = _candidates(connection, needed, excluded, filters)
    while group := list(islice(candidates, _AT_ONCE)):
        lines = select(records.c.seq, records.c.line).where(records.c.seq.in_([seq for seq, _ in group]))
        said = {row.seq: orjson.loads(row.line) for row in connection.execute(lines)}
        for seq, published in group:
            if (not doubtful or _holds(said[seq], asked)) and filters.hold_of(said[seq]):
                yield said[seq], published


def _candidates(
    connection: Connection, needed: list[Token], excluded: list[Token], filters: Filters
) -> Iterator[tuple[int, str]]:
    """Numbers and times of the records that the index offers, newest first."""
    sqlite = connection.dialect.name == "sqlite"
    index = table("search_words", column("rowid"), column("seq"))
    number = index.c.rowid if sqlite else index.c.seq
    matches = "search_words MATCH :tokens" if sqlite else "search_words.words @@ CAST(:tokens AS tsquery)"
    asked = _fts5(needed, excluded) if sqlite else _tsquery(needed, excluded)
    query = (
        select(articles.c.seq, articles.c.published)
        .join_from(index, articles, articles.c.seq == number)
        .where(
            text(matches).bindparams(bindparam("tokens", asked)), articles.c.removed.is_(False), *filters.conditions()
        )
        .order_by(articles.c.published.desc(), articles.c.id)
    )
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield row.seq, row.published


def _fts5(needed: list[Token], excluded: list[Token]) -> str:
    """In the language of SQLite's FTS5; a token holds letters and digits alone."""

    def said(token: Token) -> str:
        return f'"{token.text}"{" *" if token.begins else ""}'

    return "(" + " AND ".join(map(said, needed)) + ")" + "".join(f" NOT {said(token)}" for token in excluded)


def _tsquery(needed: list[Token], excluded: list[Token]) -> str:
    """In the language of PostgreSQL's tsquery."""

    def said(token: Token) -> str:
        return f"'{token.text}'{':*' if token.begins else ''}"

    return " & ".join([*map(said, needed), *(f"!{said(token)}" for token in excluded)])


def _holds(record: dict[str, Any], asked: Question) -> bool:
    """Whether a record holds what was asked for, by its text itself."""
    fields = [flat(said) for said in texts_of(record)]
    if not all(any(phrase.within(said) for said in fields) for phrase in asked.wanted):
        return False
    return not any(phrase.within(said) for phrase in asked.unwanted for said in fields)


def _found(said: dict[str, Any], published: str, asked: Question) -> Found:
    record = Record.model_validate(said)
    texts = [record.text or "", record.source.name if record.source else ""]
    contexts = [marked(text, asked.wanted) for text in texts]
    return Found(record, published, marked(record.title, asked.wanted), max(contexts, key=lambda c: len(c.places)))
