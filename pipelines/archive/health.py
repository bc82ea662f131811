"""Health as it is kept: what pages showed until it is judged, what was learned of each site, changes of a verdict."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import delete, insert, select, update

from items.health import Asked, Evidence, PageSigns, RunSigns, SiteHealth, Verdict
from pipelines.archive.archive import timestamp
from pipelines.archive.tables import articles, health, ledger, run_sites, runs, signs, verdicts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_NEW = ("kept", "copy")
_MOST_ASKED = 5_000
"""Requests of a site in a run by which it is judged."""


def note_signs(connection: Connection, run: int, site: str, page: PageSigns) -> None:
    """Put by what a page showed until the run is judged."""
    packed = zlib.compress(page.model_dump_json(exclude_defaults=True).encode("utf-8", "replace"))
    connection.execute(insert(signs).values(run=run, site=site, page=packed))


def run_signs(connection: Connection, run: int, site: str) -> RunSigns:
    """What a run showed of a site; of pages also what earlier runs showed that were killed before they were judged."""
    shown = connection.execute(select(signs.c.page).where(signs.c.site == site).order_by(signs.c.id)).scalars()
    entries = select(ledger.c.url, ledger.c.kind, ledger.c.outcome, ledger.c.cause, ledger.c.http_status)
    entries = entries.where(ledger.c.run == run, ledger.c.site == site).order_by(ledger.c.id).limit(_MOST_ASKED)
    counts = connection.execute(
        select(run_sites.c.listed, run_sites.c.known).where(run_sites.c.run == run, run_sites.c.site == site)
    ).one_or_none()
    news = (
        select(articles.c.published)
        .join(ledger, ledger.c.article == articles.c.id)
        .where(ledger.c.run == run, ledger.c.site == site, ledger.c.outcome.in_(_NEW))
    )
    finished = connection.execute(select(runs.c.finished).where(runs.c.id == run)).scalar_one()
    return RunSigns(
        at=finished or timestamp(),
        pages=[PageSigns.model_validate_json(zlib.decompress(page)) for page in shown],
        asked=[Asked.model_validate(row._asdict()) for row in connection.execute(entries)],
        listed=counts.listed if counts else 0,
        known=counts.known if counts else 0,
        news=list(connection.execute(news).scalars()),
    )


def state_of(connection: Connection, site: str) -> bytes | None:
    """What was learned of a site, as `keep_state` was given it; None before its first run."""
    packed = connection.execute(select(health.c.state).where(health.c.site == site)).scalar()
    return None if packed is None else zlib.decompress(packed)


def keep_state(connection: Connection, run: int, found: SiteHealth, state: bytes) -> bool:
    """Keep a site's verdict and what was learned of it, drop what that was learned from; whether the verdict is new."""
    before = connection.execute(select(health.c.verdict).where(health.c.site == found.site)).scalar()
    row = {
        "state": zlib.compress(state),
        "verdict": found.verdict.value,
        "since": timestamp(found.since),
        "evidence": orjson.dumps([each.model_dump(mode="json") for each in found.evidence]).decode(),
    }
    if before is None:
        connection.execute(insert(health).values(site=found.site, **row))
    else:
        connection.execute(update(health).where(health.c.site == found.site).values(**row))
    connection.execute(delete(signs).where(signs.c.site == found.site))
    if before == found.verdict.value:
        return False
    connection.execute(
        insert(verdicts).values(
            run=run, site=found.site, at=row["since"], verdict=row["verdict"], evidence=row["evidence"]
        )
    )
    return True


def replace_state(connection: Connection, site: str, state: bytes) -> None:
    """Keep what an operator made of what was learned; the verdict is the next run's to say."""
    connection.execute(update(health).where(health.c.site == site).values(state=zlib.compress(state)))


def all_health(connection: Connection) -> list[SiteHealth]:
    """Every site's verdict, by id."""
    rows = connection.execute(select(health).order_by(health.c.site))
    return [
        SiteHealth(site=row.site, verdict=Verdict(row.verdict), since=row.since, evidence=_evidence(row.evidence))
        for row in rows
    ]


def changes_since(connection: Connection, moment: datetime) -> list[SiteHealth]:
    """Every change of a verdict from a moment on, oldest first, as it was told then."""
    rows = connection.execute(
        select(verdicts).where(verdicts.c.at >= timestamp(moment)).order_by(verdicts.c.at, verdicts.c.id)
    )
    return [
        SiteHealth(site=row.site, verdict=Verdict(row.verdict), since=row.at, evidence=_evidence(row.evidence))
        for row in rows
    ]


def untold(connection: Connection) -> list[tuple[SiteHealth, Verdict | None]]:
    """The sites whose verdict is another than was last told, with the one that was; None for a site never told of."""
    query = select(health).where(health.c.told.is_distinct_from(health.c.verdict)).order_by(health.c.site)
    return [
        (
            SiteHealth(site=row.site, verdict=Verdict(row.verdict), since=row.since, evidence=_evidence(row.evidence)),
            Verdict(row.told) if row.told else None,
        )
        for row in connection.execute(query)
    ]


def mark_told(connection: Connection, found: SiteHealth) -> None:
    """Remember that a site's verdict was told."""
    connection.execute(update(health).where(health.c.site == found.site).values(told=found.verdict.value))


def _evidence(text: str) -> list[Evidence]:
    return [Evidence.model_validate(each) for each in orjson.loads(text)]
