"""The index that a reader's browser searches: static files, of which a query loads only those that it needs.

    search/index.json            the months, newest first: name, how many rows, how many shards
    search/2024-12/rows-0.json   64 stories as a list shows them; null where one is no longer in this month
    search/2024-12/0.json        a shard: the words whose CRC-32 leads here, each with its rows, as differences

A month only ever grows: a story that changed gets a new row and its old one becomes null, so that an update touches
what changed. When too many rows are null the month is written anew. `assets/search.js` reads words in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import orjson

from pipelines.stories.fold import TO_SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.publish.files import PublicFolder

ROOT = "search"
BLOCK = 64
"""Rows in a file."""

_ROWS_A_SHARD = 64
"""So that a shard stays some tens of kilobytes."""

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_MARKS = re.compile("[\u0300-\u036f]")
_LONGEST_WORD = 24

Row = list[Any]


def fold(text: str) -> str:
    """Text as it is compared: one width, one case, one Chinese script (simplified), no accents."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower()))
    return unicodedata.normalize("NFC", bare).translate(TO_SIMPLIFIED)


def words(text: str, *, single: bool = False) -> Iterator[str]:
    """The words of a text; of Chinese, Japanese and Korean the pairs of characters, which need no word boundaries.

    Args:
        text: any.
        single: give single characters too, so that one character can be searched for.
    """
    for run in _RUN.findall(fold(text)):
        if re.match(rf"[{CJK}]", run):
            yield from (run[n : n + 2] for n in range(len(run) - 1))
            if single or len(run) == 1:
                yield from run
        else:
            yield _stem(run[:_LONGEST_WORD])


def _stem(word: str) -> str:
    """A word without a plural's ending, so that "prices" finds "price"; elsewhere it does the same to both sides."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index takes of a story.

    Attributes:
        id: the story's; the row's first cell.
        month: `2024-12`.
        row: what a list of results shows.
        words: what it is found by; facets begin with `=`.
    """

    id: str
    month: str
    row: Row
    words: frozenset[str]


@dataclass(slots=True)
class _Month:
    """A month in memory, as far as it was needed."""

    rows: list[Row | None] = field(default_factory=list)
    shards: int = 1
    loaded: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    changed_blocks: set[int] = field(default_factory=set)


class SearchIndex:
    """The index in a published folder.

    Args:
        folder: the published folder.
        months: as `months` gave them after the last update: by name, rows and shards. Empty to write everything anew.
    """

    def __init__(self, folder: PublicFolder, months: dict[str, tuple[int, int]]) -> None:
        self._folder = folder
        self.months = dict(months)

    def update(self, gone: dict[str, set[str]], entries: Iterable[Entry]) -> None:
        """Take out rows that no longer hold and put in new ones.

        Args:
            gone: by month, ids of stories whose rows are to go.
            entries: new rows, oldest first; a story must not have another row that stays.
        """
        by_month: dict[str, list[Entry]] = {}
        for entry in entries:
            by_month.setdefault(entry.month, []).append(entry)
        for name in sorted({*gone, *by_month}):
            self._update_month(name, gone.get(name, set()), by_month.get(name, []))

    def _update_month(self, name: str, gone: set[str], new: list[Entry]) -> None:
        month = self._load(name)
        for number, row in enumerate(month.rows):
            if row is not None and row[0] in gone:
                month.rows[number] = None
                month.changed_blocks.add(number // BLOCK)
        for entry in new:
            number = len(month.rows)
            month.rows.append(entry.row)
            month.changed_blocks.add(number // BLOCK)
            for word in entry.words:
                postings = self._shard(name, month, crc32(word.encode()) % month.shards).setdefault(word, [-1])
                postings.append(number - postings[0])
                postings[0] = number
        empty = month.rows.count(None)
        if empty * 4 > len(month.rows) or len(month.rows) > 2 * _ROWS_A_SHARD * month.shards:
            month = self._anew(name, month)
        self._write(name, month)

    def _load(self, name: str) -> _Month:
        count, shards = self.months.get(name, (0, 1))
        month = _Month(shards=shards)
        for block in range(-(-count // BLOCK)):
            month.rows += orjson.loads(self._folder.read(f"{ROOT}/{name}/rows-{block}.json") or b"[]")
        return month

    def _shard(self, name: str, month: _Month, number: int) -> dict[str, list[int]]:
        """A shard: each word with its last row, then the differences between its rows."""
        shard = month.loaded.get(number)
        if shard is None:
            known = name in self.months
            read = self._folder.read(f"{ROOT}/{name}/{number}.json") if known else None
            shard = month.loaded[number] = orjson.loads(read or b"{}")
        return shard

    def _anew(self, name: str, month: _Month) -> _Month:
        """The month without its empty rows, and with as many shards as it now needs."""
        fresh = _Month(shards=max(1, 1 << (len(month.rows) // _ROWS_A_SHARD).bit_length()))
        moved: dict[int, int] = {}
        for number, row in enumerate(month.rows):
            if row is not None:
                moved[number] = len(fresh.rows)
                fresh.rows.append(row)
        fresh.loaded = {number: {} for number in range(fresh.shards)}
        for number in range(month.shards):
            for word, (_, *steps) in self._shard(name, month, number).items():
                at, last, postings = -1, -1, [-1]
                for step in steps:
                    at += step
                    if (to := moved.get(at)) is not None:
                        postings.append(to - last)
                        last = to
                if last >= 0:
                    postings[0] = last
                    fresh.loaded[crc32(word.encode()) % fresh.shards][word] = postings
        fresh.changed_blocks = set(range(-(-len(fresh.rows) // BLOCK)))
        for number in range(fresh.shards, month.shards):
            self._folder.remove(f"{ROOT}/{name}/{number}.json")
        for block in range(len(fresh.changed_blocks), -(-len(month.rows) // BLOCK)):
            self._folder.remove(f"{ROOT}/{name}/rows-{block}.json")
        return fresh

    def _write(self, name: str, month: _Month) -> None:
        for block in month.changed_blocks:
            rows = month.rows[block * BLOCK : (block + 1) * BLOCK]
            self._folder.write(f"{ROOT}/{name}/rows-{block}.json", orjson.dumps(rows), lasting=False)
        for number, shard in month.loaded.items():
            content = orjson.dumps(shard, option=orjson.OPT_SORT_KEYS)
            self._folder.write(f"{ROOT}/{name}/{number}.json", content, lasting=False)
        if month.rows:
            self.months[name] = (len(month.rows), month.shards)
        else:
            self.months.pop(name, None)
            for number in month.loaded:
                self._folder.remove(f"{ROOT}/{name}/{number}.json")
