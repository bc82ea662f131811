"""Keeping articles: identity, versions, copies, removals. Each function works within its caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from sqlalchemy import bindparam, insert, select, update

from items.article import Article, Published, Record, Tombstone
from items.run import Outcome
from items.url import twins
from pipelines.archive.archive import timestamp
from pipelines.archive.clock import tick
from pipelines.archive.differences import keep_difference
from pipelines.archive.facts import append_fact
from pipelines.archive.tables import addresses as known_by
from pipelines.archive.tables import articles, records, stories
from pipelines.archive.untold import touch
from pipelines.dedupe import body_key, is_other_page, text_hash
from pipelines.stories import index
from pipelines.stories.credit import credited_site
from pipelines.stories.decide import decide, erase_sketch
from pipelines.stories.story import begin, choose_original, link, place, relate, story_of, unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import BindParameter, Connection, Row, Select

RECHECKS = tuple(timedelta(hours=h) for h in (1, 6, 24, 7 * 24))
"""How long after first sight an article is looked at again: most corrections come early."""

_NO_NAMES: Mapping[str, str] = {}

_WITHDRAWN = frozenset({"legal", "privacy"})
"""Reasons of a tombstone after which an article is never kept again."""

_TAKEN_BACK = "it was taken back for legal or privacy reasons"
_REPLACED = "a notice stands in the place of the article; what was kept stays"

# Asked for every article, and so built once.
_URLS: BindParameter[str] = bindparam("urls", expanding=True)
_KNOWN = select(known_by.c.url).where(known_by.c.url.in_(_URLS))
_FOUND = select(articles).join(known_by).where(known_by.c.url.in_(_URLS))
_ANY_RECORD = select(records.c.seq).where(records.c.subject == bindparam("article")).limit(1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article that was handed over."""

    outcome: Outcome
    article: UUID
    reason: str | None = None


def known_urls(connection: Connection, urls: Iterable[str]) -> set[str]:
    """Which of the URLs lead to articles that the archive has."""
    wanted, found = list(urls), set[str]()
    for start in range(0, len(wanted), 500):  # within every database's limit of parameters
        part = wanted[start : start + 500]
        found.update(connection.execute(_KNOWN, {"urls": part}).scalars())
    return found


def current_records(connection: Connection, urls: Iterable[str]) -> dict[str, bytes]:
    """The newest record, as its line, of each article that one of the URLs leads to, by that URL."""
    wanted, found = list(urls), dict[str, bytes]()
    for start in range(0, len(wanted), 500):
        rows = (
            select(known_by.c.url, records.c.line)
            .join(articles, articles.c.id == known_by.c.article)
            .join(records, records.c.seq == articles.c.seq)
            .where(known_by.c.url.in_(wanted[start : start + 500]))
        )
        found.update({row.url: row.line for row in connection.execute(rows)})
    return found


def due_urls(connection: Connection, site: str, *, everything: bool = False) -> list[str]:
    """URLs of a site's articles that are due for another look, oldest due first; or of all that were not removed."""
    rows = select(articles.c.canonical_url, known_by.c.url).join(known_by).where(articles.c.site == site)
    rows = rows.where(articles.c.removed.is_(False))
    if not everything:
        rows = rows.where(articles.c.next_check <= timestamp())
    first: dict[str, str] = {}
    for canonical, url in connection.execute(rows.order_by(articles.c.next_check, known_by.c.url)):
        if canonical not in first or url == canonical:
            first[canonical] = url
    return list(first.values())


def keep(
    connection: Connection,
    article: Article,
    *,
    addresses: Iterable[str] = (),
    names: Mapping[str, str] = _NO_NAMES,
    now: datetime | None = None,
    mended: bool = False,
) -> Kept:
    """Put a parsed article into the archive: as new, as a copy, as a version, or as nothing new.

    Args:
        connection: a writing transaction of the archive.
        article: cleaned; `site`, `url` and `title` known.
        addresses: further URLs that led to it.
        names: ids of sites by what they are called, for whom it credits; see `pipelines.stories.credit.names_of`.
        now: the time of writing (default: the clock's).
        mended: it is what the archive has, read better: a version though title and text are the same, and not seen now.
    """
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    tick(connection, moment)  # first of all: what is found from here on holds until the end of the transaction
    urls = {article.url, *addresses}
    row = _find(connection, urls)
    if row is None and article.canonical_url:
        row = _find(connection, {article.canonical_url})
        if row is not None and _is_another(connection, row, article):
            # a template that gives every page the same canonical address
            article, row = article.model_copy(update={"canonical_url": None}), None
    if row is None:
        twin = _find(connection, twins(article.url) | twins(article.canonical_url or article.url))
        row = twin if twin is not None and not _is_another(connection, twin, article) else None
    urls.add(article.canonical_url or article.url)
    if row is None:
        kept = _keep_new(connection, article, moment, names)
        if kept.outcome is not Outcome.REJECTED:
            learn_addresses(connection, kept.article, urls)
        return kept
    if reason := None if mended else _refusal(connection, row, article):
        return Kept(Outcome.REJECTED, row.id, reason)
    learn_addresses(connection, row.id, urls)
    seen = {} if mended else _seen(row, moment)
    is_same = row.text_hash == text_hash(article)
    if is_same and not row.removed and not mended:
        connection.execute(update(articles).where(articles.c.id == row.id).values(seen))
        return Kept(Outcome.UNCHANGED, row.id)
    original = connection.execute(select(stories.c.original).where(stories.c.id == row.story)).scalar() == row.id
    record = _record(
        article,
        moment,
        id=row.id,
        canonical_url=row.canonical_url,
        version=row.version + 1,
        story=row.story,
        original=original,
        first_seen=row.first_seen,
        last_seen=row.last_seen if mended else moment,
    )
    if not row.removed:
        erase_sketch(connection, row.seq)
    decision = decide(connection, record, body_key(record), credited_site(record.source, names))
    before = connection.execute(last_version(row.id)).scalar_one()
    seq = append_fact(connection, record)
    keep_difference(connection, seq, orjson.loads(before), record.model_dump(mode="json"))
    columns = seen | columns_of(record, seq, names)
    connection.execute(update(articles).where(articles.c.id == row.id).values(columns))
    if original and not is_same:
        connection.execute(update(stories).where(stories.c.id == row.story).values(updated=timestamp(moment)))
    index.write(connection, seq, decision.keys)
    link(connection, row.id, decision)
    relate(connection, record)
    place(connection, row.id, decision, moment)
    touch(connection, row.story)
    return Kept(Outcome.VERSION, row.id)


def _seen(row: Row[Any], now: datetime) -> dict[str, object]:
    """What is noted of an article whose page was there."""
    planned = _next_check(datetime.fromisoformat(row.first_seen), now)
    return {"last_seen": timestamp(now), "next_check": planned, "misses": 0, "removed": False}


def unchanged(connection: Connection, url: str) -> Kept | None:
    """Note that the server said of an article's page that it is as it was.

    Returns:
        What became of it; None when no article has this URL.
    """
    row = connection.execute(select(articles).join(known_by).where(known_by.c.url == url)).first()
    if row is None:
        return None
    now = datetime.now(UTC)
    seen = {
        "last_seen": timestamp(now),
        "next_check": _next_check(datetime.fromisoformat(row.first_seen), now),
        "misses": 0,
    }
    connection.execute(update(articles).where(articles.c.id == row.id).values(seen))
    return Kept(Outcome.UNCHANGED, row.id)


def remove(connection: Connection, identity: UUID) -> None:
    """Take an article away that its publisher took down: it leaves its story and can be found no more."""
    now = tick(connection)
    row = connection.execute(select(articles).where(articles.c.id == identity)).one()
    tombstone = Tombstone(
        id=row.id, version=row.version + 1, recorded=now, url=row.canonical_url, reason="publisher-removed"
    )
    erase_sketch(connection, row.seq)
    seq = append_fact(connection, tombstone)
    gone = {"removed": True, "next_check": None, "version": tombstone.version, "seq": seq}
    connection.execute(update(articles).where(articles.c.id == row.id).values(gone))
    choose_original(connection, row.story, now)
    touch(connection, row.story)


def last_version(article: UUID) -> Select[bytes]:
    """Asks for the newest version of an article, as its line: its text may have been taken away since."""
    versions = select(records.c.line).where(records.c.subject == article, records.c.type == "article")
    return versions.order_by(records.c.seq.desc()).limit(1)


def sort_time(published: Published | None, first_seen: datetime) -> datetime:
    """When an article is placed in time: as published where known, a day at its noon, never after first sight."""
    if published is None:
        return first_seen
    if published.precision == "month":
        at = datetime.combine(datetime.fromisoformat(published.at + "-01"), time(12))
    elif published.precision == "day":
        at = datetime.combine(datetime.fromisoformat(published.at), time(12))
    else:
        at = datetime.fromisoformat(published.at)
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), first_seen)


def _find(connection: Connection, urls: set[str]) -> Row[Any] | None:
    return connection.execute(_FOUND, {"urls": list(urls)}).first()


def _is_withdrawn(connection: Connection, seq: int) -> bool:
    """Whether a removed article's last record, of the given number, forbids that it is ever kept again."""
    line = connection.execute(select(records.c.line).where(records.c.seq == seq)).scalar_one()
    return orjson.loads(line).get("reason") in _WITHDRAWN


def _is_another(connection: Connection, row: Row[Any], article: Article) -> bool:
    """Whether an article shares neither title nor text with the one that is kept under its canonical address."""
    if row.body_key is not None and row.body_key == body_key(article):
        return False
    line = connection.execute(last_version(row.id)).scalar_one()
    return bool(orjson.loads(line)["title"] != article.title)


def _refusal(connection: Connection, row: Row[Any], article: Article) -> str | None:
    """Why what was read is no later state of an article that is there; None when it is one."""
    if row.removed:
        return _TAKEN_BACK if _is_withdrawn(connection, row.seq) else None
    if row.text_hash == text_hash(article):
        return None
    former = orjson.loads(connection.execute(select(records.c.line).where(records.c.seq == row.seq)).scalar_one())
    return _REPLACED if is_other_page(former["title"], former["text"], article) else None


def _keep_new(connection: Connection, article: Article, now: datetime, names: Mapping[str, str]) -> Kept:
    identity = uuid5(NAMESPACE_URL, article.canonical_url or article.url)
    if connection.execute(_ANY_RECORD, {"article": identity}).first():
        return Kept(Outcome.REJECTED, identity, _TAKEN_BACK)  # by another archive, whose release was imported here
    own = story_of(identity)
    record = _record(
        article,
        now,
        id=identity,
        version=1,
        story=own,
        original=True,
        first_seen=article.first_seen or now,
        last_seen=article.last_seen or now,
    )
    decision = decide(connection, record, body_key(record), credited_site(record.source, names))
    found = decision.stories
    if found:
        record.story, record.original = unite(connection, found, now, "an article that is a copy of both"), False
    seq = append_fact(connection, record)
    columns = {
        "id": identity,
        "site": record.site,
        "canonical_url": record.canonical_url,
        "story": record.story,
        "first_seen": timestamp(record.first_seen),
        "last_seen": timestamp(record.last_seen),
        "next_check": _next_check(record.first_seen, now),
        "misses": 0,
        "removed": False,
    } | columns_of(record, seq, names)
    if not found:
        begin(connection, own, identity, str(columns["published"]))
    connection.execute(insert(articles), columns)
    index.write(connection, seq, decision.keys)
    link(connection, identity, decision)
    relate(connection, record)
    if found:
        choose_original(connection, record.story, now)
    touch(connection, record.story)
    return Kept(Outcome.COPY if found else Outcome.KEPT, identity)


def _record(article: Article, now: datetime, **known: object) -> Record:
    """The article's next version: what it says of itself, and what the archive knows of it."""
    said = article.model_dump(exclude_none=True) | {"canonical_url": article.canonical_url or article.url}
    said["hashes"] = {"text": text_hash(article)}
    return Record.model_validate(said | known | {"recorded": now})


def columns_of(record: Record, seq: int, names: Mapping[str, str] = _NO_NAMES) -> dict[str, object]:
    """What the articles table looks up of a record."""
    site = credited_site(record.source, names)
    return {
        "version": record.version,
        "seq": seq,
        "text_hash": record.hashes.text or text_hash(record),
        "body_key": body_key(record),
        "credited": record.source is not None and site != record.site,
        "credits": site,
        "language": record.language,
        "published": timestamp(sort_time(record.published, record.first_seen)),
    }


def learn_addresses(connection: Connection, identity: UUID, urls: set[str]) -> None:
    """Note that these URLs lead to an article, as far as they lead to none yet."""
    new = sorted(urls - known_urls(connection, urls))
    if new:
        connection.execute(insert(known_by), [{"url": url, "article": identity} for url in new])


def plan_check(connection: Connection, identity: UUID, hours: Iterable[float]) -> None:
    """Let an article be looked at again so many hours after its first sight, whichever of them comes next."""
    row = connection.execute(select(articles.c.first_seen).where(articles.c.id == identity)).one()
    steps = [timedelta(hours=number) for number in hours]
    planned = _next_check(datetime.fromisoformat(row.first_seen), datetime.now(UTC), steps)
    connection.execute(update(articles).where(articles.c.id == identity).values(next_check=planned))


def _next_check(first_seen: datetime, now: datetime, steps: Iterable[timedelta] = RECHECKS) -> str | None:
    return next((timestamp(first_seen + step) for step in steps if first_seen + step > now), None)
