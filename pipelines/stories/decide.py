"""The decision: which articles a text tells the story of, surely or possibly, and what it was seen by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import bindparam, select

from pipelines.archive.tables import articles, records
from pipelines.stories import index
from pipelines.stories.compare import Text, compare
from pipelines.stories.judge import certainty
from pipelines.stories.sketch import sketch
from pipelines.stories.translation import CERTAIN, Facts, agreement, facts_of
from pipelines.stories.words import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy import Connection, Row

    from items.article import Record

    Kept = Row[UUID, UUID, str | None, str | None, bytes]

SURE = 0.55
"""The certainty from which two articles are of one story. The weights were learned among look-alikes that are harder
than a day brings, so they say less than they could: on texts kept back, 98 of 100 pairs joined by it are right."""

POSSIBLE = 0.2
"""The certainty from which an article is shown as a possible copy."""

_SAME = 0.97
"""Share of both texts in order from which a copy needs no sketch of its own: whatever finds it finds the other."""

_MOST_POSSIBLE, _MOST_TRANSLATIONS, _MOST_COPIES = 3, 2, 30

_MOST_REPRINTS = 6
"""Letter for letter copies of a near miss that are asked too: their titles and days may tell more than its own."""

_LONG = 40_000
"""Bytes of a record from which its text is not kept at hand."""

_KEPT = select(articles.c.id, articles.c.story, articles.c.credits, articles.c.body_key, records.c.line).join_from(
    records, articles, articles.c.seq == records.c.seq
)
_LINES = _KEPT.where(records.c.seq.in_(bindparam("seqs", expanding=True)))
_REPRINTS = (
    _KEPT.where(
        articles.c.body_key == bindparam("key"), articles.c.id != bindparam("but"), articles.c.removed.is_(False)
    )
    .order_by(articles.c.first_seen, articles.c.id)
    .limit(_MOST_REPRINTS)
)
_TWINS = (
    select(articles.c.id, articles.c.story)
    .where(articles.c.body_key == bindparam("key"), articles.c.id != bindparam("article"))
    .order_by(articles.c.first_seen, articles.c.id)
    .limit(30)
)


@dataclass(frozen=True, slots=True)
class Match:
    """An article that tells the same, or may.

    Attributes:
        article: its id.
        story: the story that it is in.
        certainty: from 0 to 1.
        reason: what was seen, in a few words.
    """

    article: UUID
    story: UUID
    certainty: float
    reason: str

    @property
    def sure(self) -> bool:
        """Whether they are of one story."""
        return self.certainty >= SURE


@dataclass(frozen=True, slots=True)
class Decision:
    """What a text was found to match.

    Attributes:
        matches: all that are sure and the likeliest that are possible, the surest first.
        translations: what tells the same in another language, the surest first.
        keys: by which it is to be found from now on; none for what another is found in the place of.
    """

    matches: list[Match]
    translations: list[Match]
    keys: list[int]

    @property
    def stories(self) -> list[UUID]:
        """The stories that it surely tells, the surest first."""
        return list(dict.fromkeys(match.story for match in self.matches if match.sure))


def decide(connection: Connection, record: Record, key: str | None, credit: str | None = None) -> Decision:
    """What a record matches among the articles that are there.

    Args:
        connection: a writing transaction.
        record: as it is to be kept.
        key: equal in exact copies of its text; see `pipelines.dedupe.body_key`.
        credit: the site that it credits, if that is known.
    """
    twins = connection.execute(_TWINS, {"key": key, "article": record.id}).all() if key is not None else []
    if twins:
        (story, _), *_ = Counter(row.story for row in twins).most_common(1)
        twin = next(row.id for row in twins if row.story == story)
        return Decision([Match(twin, story, 1.0, "the same text, letter for letter")], [], [])
    text = text_of_record(record)
    found = index.look(connection, sketch(text.letters))
    needless, matches = False, []
    for row in connection.execute(_LINES, {"seqs": found.candidates}).all() if found.candidates else ():
        if row.id == record.id:
            continue
        match, covered = _compared(text, row)
        if match.certainty < SURE and row.body_key is not None:
            reprints = connection.execute(_REPRINTS, {"key": row.body_key, "but": row.id})
            others = [_compared(text, other)[0] for other in reprints if other.id != record.id]
            match = max(match, *others, key=lambda m: m.certainty) if others else match
        needless = needless or (match.sure and covered >= _SAME)
        if match.certainty >= POSSIBLE:
            matches.append(match)
    matches.sort(key=lambda m: (-m.certainty, m.article))
    sure = [m for m in matches if m.sure]
    possible = [m for m in matches if not m.sure][:_MOST_POSSIBLE]
    facts = facts_of(record.title, record.text or "", text.day, credit)
    translations, room = _translations(connection, record.id, facts)
    return Decision(sure + possible, translations, [] if needless else found.room + room)


def _compared(text: Text, row: Kept) -> tuple[Match, float]:
    """What an article that is there is to a text, and the share of the longer text that stands in the shorter one."""
    difference = compare(text, text_of_line(row.line))
    return Match(row.id, row.story, certainty(difference), in_words(difference)), difference.covered


def _translations(connection: Connection, article: UUID, facts: Facts) -> tuple[list[Match], list[int]]:
    """What tells the same in another language, and the keys of the facts that have room."""
    found = index.look(connection, facts.keys)
    matches = []
    for row in connection.execute(_LINES, {"seqs": found.candidates}) if found.candidates else ():
        if row.id != article:
            said = orjson.loads(row.line)
            certain, seen = agreement(facts, facts_of(said["title"], said["text"] or "", _day_of(said), row.credits))
            if certain >= CERTAIN:
                matches.append(Match(row.id, row.story, certain, seen))
    return sorted(matches, key=lambda m: (-m.certainty, m.article))[:_MOST_TRANSLATIONS], found.room


def write_sketch(connection: Connection, record: Record, seq: int) -> None:
    """Let a record be found by those that come after it, without a decision."""
    keys = _keys(text_of_record(record).letters, record.title, record.text)
    index.write(connection, seq, index.look(connection, keys).room)


def erase_sketch(connection: Connection, seq: int) -> None:
    """Let a record be found no more: its article has another text now, or is gone."""
    line = connection.execute(select(records.c.line).where(records.c.seq == seq)).scalar_one()
    said = orjson.loads(line)
    if said["type"] == "article":
        index.erase(connection, seq, _keys_of(said))
        _let_another_be_found(connection, seq)


def _let_another_be_found(connection: Connection, seq: int) -> None:
    """Give a copy a sketch that had none, now that the one in whose place it was found is gone."""
    story = select(articles.c.story).where(articles.c.seq == seq).scalar_subquery()
    copies = (
        select(articles.c.seq, records.c.line)
        .join_from(records, articles, articles.c.seq == records.c.seq)
        .where(articles.c.story == story, articles.c.seq != seq, articles.c.removed.is_(False))
        .order_by(articles.c.first_seen, articles.c.id)
        .limit(_MOST_COPIES)
    )
    for copy in connection.execute(copies).all():
        keys = _keys_of(orjson.loads(copy.line))
        if not index.holds(connection, copy.seq, keys):
            index.write(connection, copy.seq, index.look(connection, keys).room)
            return


def _keys_of(said: Mapping[str, Any]) -> list[int]:
    return _keys(_text(said).letters, said["title"], said["text"])


def _keys(letters: str, title: str, text: str | None) -> list[int]:
    """The keys by which a record is found: of its passages, and of its facts in other languages."""
    return sketch(letters) + facts_of(title, text or "", None).keys


def measure(one: bytes, other: bytes) -> tuple[float, str]:
    """How sure it is that two records tell one story, and what it is seen by."""
    difference = compare(text_of_line(one), text_of_line(other))
    return certainty(difference), in_words(difference)


def text_of_record(record: Record) -> Text:
    """A record's text, made ready to be compared."""
    return Text(record.title, record.text or "", _day(record.published.at if record.published else None))


def text_of_line(line: bytes) -> Text:
    """The same of a record as it was written."""
    return _recent(line) if len(line) < _LONG else _text(orjson.loads(line))


@lru_cache(maxsize=200)
def _recent(line: bytes) -> Text:
    """The last ones are kept at hand: what is new is mostly like what was new lately."""
    return _text(orjson.loads(line))


def _text(said: Mapping[str, Any]) -> Text:
    return Text(said["title"], said["text"] or "", _day_of(said))


def _day_of(said: Mapping[str, Any]) -> date | None:
    return _day(said["published"] and said["published"]["at"])


def _day(at: str | None) -> date | None:
    return None if at is None or len(at) < len("2024-12-23") else date.fromisoformat(at[:10])
