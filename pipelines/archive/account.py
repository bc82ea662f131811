"""What the archive knows of one URL: every run that met it, the article that came of it, and what became of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from items.article import Record
from items.run import Outcome
from pipelines.archive.differences import Paragraph, differences_of
from pipelines.archive.tables import addresses, articles, ledger, records, runs
from pipelines.stories.tell import tell

if TYPE_CHECKING:
    from sqlalchemy import Connection


def newest_articles(connection: Connection, site: str, number: int) -> list[Record]:
    """The newest articles of a site that were not removed, as they stand now."""
    rows = (
        select(records.c.line)
        .join(articles, articles.c.seq == records.c.seq)
        .where(articles.c.site == site, articles.c.removed.is_(False), records.c.type == "article")
        .order_by(articles.c.published.desc(), articles.c.seq.desc())
        .limit(number)
    )
    return [Record.model_validate(orjson.loads(line)) for line in connection.execute(rows).scalars()]


def account_of(connection: Connection, url: str) -> list[dict[str, Any]]:
    """A URL's whole story, in the order in which it happened.

    Each event has `at` (UTC, RFC 3339), `what` (`asked`, `first seen`, `version`, `removed`, `story`) and what else
    belongs to it. Empty when no run ever met the URL. Runs in which it was only listed, and known, are not told one
    by one: `last seen` says when its page was last looked at.
    """
    events: list[dict[str, Any]] = []
    asked = (
        select(ledger, runs.c.started)
        .join(runs, runs.c.id == ledger.c.run)
        .where(ledger.c.url == url)
        .order_by(ledger.c.id)
    )
    for row in connection.execute(asked):
        event = {"at": row.started, "what": "asked", "run": row.run, "site": row.site, "kind": row.kind}
        event |= {"outcome": Outcome(row.outcome).value, "reason": row.reason, "http_status": row.http_status}
        events.append({name: value for name, value in event.items() if value is not None})
    of_it = select(articles).join(addresses, addresses.c.article == articles.c.id).where(addresses.c.url == url)
    article = connection.execute(of_it).first()
    if article is None:
        return events
    events.append({"at": article.first_seen, "what": "first seen", "site": article.site, "article": str(article.id)})
    changed = {one.version: one for one in differences_of(connection, article.id)}
    facts = select(records).where(records.c.subject == article.id).order_by(records.c.seq)
    for row in connection.execute(facts):
        event = _fact(row.recorded, row.type, orjson.loads(row.line))
        if event["what"] == "version" and row.version in changed:
            event["changed"] = {name: _lines(getattr(changed[row.version], name)) for name in ("title", "text")}
        events.append(event)
    events += _story(connection, article)
    if not article.removed:
        next_check = {"next_check": article.next_check} if article.next_check else {}
        events.append({"at": article.last_seen, "what": "last seen", **next_check})
    return sorted(events, key=lambda event: event["at"])


def _fact(recorded: str, kind: str, line: dict[str, Any]) -> dict[str, Any]:
    if kind == "tombstone":
        return {"at": recorded, "what": "removed", "version": line["version"], "reason": line["reason"]}
    published = line.get("published") or {}
    return {
        "at": recorded,
        "what": "version",
        "version": line["version"],
        "title": line["title"],
        "published": published.get("at"),
        "provenance": line.get("provenance", {}),
    }


def _lines(paragraphs: list[Paragraph]) -> list[str]:
    """Paragraphs that changed, a line each: what went in [-…-], what came in {+…+}."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return [
        "".join(marks[piece.kind].format(piece.text) for piece in paragraph) for paragraph in paragraphs if paragraph
    ]


def _story(connection: Connection, article: Any) -> list[dict[str, Any]]:
    """In whose company it is published and why: alone, as the original of copies, or as a copy."""
    told = tell(connection, article.id)
    event: dict[str, Any] = {
        "at": article.last_seen,
        "what": "story",
        "story": str(told.story),
        "original": told.original == article.id,
        "original_because": told.reason,
        "joined_by": next((one.joined for one in told.articles if one.article == article.id), None),
        "with": [one.url for one in told.articles if one.article != article.id],
        "beside": [{"kind": link.kind, "url": link.url, "reason": link.reason} for link in told.links],
    }
    return [event]
