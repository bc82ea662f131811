"""Article records that come from elsewhere, taken into the archive as if they had been crawled."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import orjson
from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from items.article import Article
from items.domain import registrable_domain
from items.errors import ArchiveError
from items.run import Outcome
from items.safe import web_url
from items.site import explain_validation
from items.url import normalise_url, split_url
from pipelines.archive.articles import keep
from pipelines.clean import fault_of
from pipelines.stories.credit import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from io import BufferedReader
    from pathlib import Path

    from items.site import Site
    from pipelines.archive import Archive

_LONGEST_LINE = 32 << 20
"""Bytes; a record of the longest text that is kept has half of this."""

_BATCH_RECORDS, _BATCH_BYTES = 200, 4 << 20
"""What is written in one transaction at most, so that other writers and the memory are spared."""

_GZIP = b"\x1f\x8b"
_DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")
_SECONDS = re.compile(r"[T ]\d\d(?::\d\d:\d\d|\d{4})")
_LONGEST_SITE_ID = 63


class BrokenRecordError(ValueError):
    """A line is no article record; the text says in one line what is wrong with it."""


class Intake:
    """Takes article records into an archive, a batch a transaction.

    Args:
        archive: where they are kept.
        sites: the site files; a record of a site's domain gets its id and its rights, another its host's name.
        complain: called with one line for every record that could not be taken.

    Attributes:
        counts: what became of the records: kept, copy, version, unchanged, rejected.
    """

    def __init__(self, archive: Archive, sites: Mapping[str, Site], complain: Callable[[str], None]) -> None:
        self._archive, self._sites, self._complain = archive, sites, complain
        self._names = names_of(sites.values())
        self._by_domain = {site.domain: site for site in sites.values()}
        self._batch: list[tuple[str, Article]] = []
        self._bytes = 0
        self.counts: Counter[Outcome] = Counter()

    def take(self, path: Path, name: str) -> None:
        """Take every record of a file of JSON Lines, plain or gzipped.

        Raises:
            OSError: the file can't be opened or read; what came before is kept.
            ArchiveError: the archive can't be written to.
        """
        with path.open("rb") as file:
            self.take_stream(file, name)

    def take_stream(self, stream: BufferedReader, name: str) -> None:
        """Take every record of an open stream; `name` is what complaints call it. Raises as `take` does."""
        number = 0
        try:
            for number, line in enumerate(_lines(stream), 1):
                if line is None:
                    self._refuse(f"{name}:{number}: longer than {_LONGEST_LINE >> 20} MB, which no article is")
                elif line.strip():
                    self._take_line(f"{name}:{number}", line)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self._refuse(f"{name}:{number + 1}: the gzip file is broken from here on: {error}")
        finally:
            self.flush()

    def flush(self) -> None:
        """Write what was taken and not yet written."""
        batch, self._batch, self._bytes = self._batch, [], 0
        try:
            self._write(batch)
        except (DataError, IntegrityError):
            for one in batch:  # find the record that the database refuses; the others go in
                try:
                    self._write([one])
                except (DataError, IntegrityError) as error:
                    self._refuse(f"{one[0]}: the archive refuses it: {_reason(error)}")
        except OperationalError as error:
            raise ArchiveError(f"the archive can't be written to: {_reason(error)}; what was kept stays") from None

    def _take_line(self, where: str, line: bytes) -> None:
        try:
            article = self._complete(article_of(line))
        except BrokenRecordError as error:
            self._refuse(f"{where}: {error}")
            return
        fault = fault_of(article)
        if fault is not None:
            self._refuse(f"{where}: {article.url}: {fault}")
            return
        self._batch.append((where, article))
        self._bytes += len(line)
        if len(self._batch) >= _BATCH_RECORDS or self._bytes >= _BATCH_BYTES:
            self.flush()

    def _complete(self, article: Article) -> Article:
        """Fill in what the crawl would have known: site, rights, canonical address."""
        said = article.model_fields_set
        site = self._sites.get(article.site) if article.site else self._by_domain.get(registrable_domain(article.url))
        if article.site is None:
            article.site = site.id if site else _host(article.url)
        if site is not None and "rights" not in said:
            article.rights.policy = site.rights
        if article.canonical_url is None:
            article.canonical_url = normalise_url(article.url)
        return article

    def _write(self, batch: Sequence[tuple[str, Article]]) -> None:
        counts = Counter[Outcome]()
        with self._archive.writing() as connection:
            for _, article in batch:
                counts[keep(connection, article, names=self._names).outcome] += 1
        self.counts += counts

    def _refuse(self, complaint: str) -> None:
        self.counts[Outcome.REJECTED] += 1
        self._complain(complaint)


def article_of(line: bytes) -> Article:
    """The article that a line of JSON holds.

    `published`, `modified` and `source` may be plain strings too: an ISO 8601 time, a name.

    Raises:
        BrokenRecordError: the line holds none.
    """
    try:
        said: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BrokenRecordError(f"is no JSON: {error}") from None
    if not isinstance(said, dict):
        raise BrokenRecordError("is no JSON object")
    if said.get("type", "article") != "article":
        raise BrokenRecordError(f"a line of type {said['type']!r} is no article")
    try:
        for name in ("published", "modified"):
            if isinstance(said.get(name), str):
                said[name] = _published(said[name])
        if isinstance(said.get("source"), str):
            said["source"] = {"name": said["source"]}
        article = Article.model_validate(said)
    except ValidationError as error:
        raise BrokenRecordError(explain_validation(error)) from None
    except ValueError as error:
        raise BrokenRecordError(str(error)) from None
    if web_url(article.url) is None:
        raise BrokenRecordError(f"url: {article.url!r} is no web address")
    return article


def _published(said: str) -> dict[str, str] | None:
    """A plain time as the record has it: ISO 8601, as precise as it is written."""
    at = said.strip()
    if not at:
        return None
    if _DAY.fullmatch(at) or _MONTH.fullmatch(at):
        precision = "day" if len(at) == len("2024-12-23") else "month"
        return {"at": at, "precision": precision, "raw": said, "basis": "import"}
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise ValueError(f"{said!r} is no time: write one like 2024-12-23T10:30:00+08:00 or 2024-12-23") from None
    return {
        "at": moment.isoformat(timespec="seconds"),
        "precision": "second" if _SECONDS.search(at) else "minute",
        "raw": said,
        "basis": "import",
        "zone": "unknown" if moment.tzinfo is None else "page",
    }


def _lines(stream: BufferedReader) -> Iterator[bytes | None]:
    """The lines of a plain or gzipped stream; None for one that is too long to be read."""
    if stream.peek(2)[:2] == _GZIP:
        stream = cast("BufferedReader", gzip.GzipFile(fileobj=stream))
    while line := stream.readline(_LONGEST_LINE):
        if line.endswith(b"\n") or len(line) < _LONGEST_LINE:
            yield line
            continue
        while (more := stream.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        yield None


def _host(url: str) -> str:
    """The site id of an article whose site nobody described: its host, without www."""
    return (split_url(url).hostname or "").removeprefix("www.")[:_LONGEST_SITE_ID]


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
