"""After a crawl: every site that was crawled is judged by what the run showed of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from crawler.health.state import SiteState
from pipelines.archive import health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from items.health import SiteHealth
    from items.site import Site
    from pipelines.archive import Archive

_RULES = {"home", "articles", "feeds", "sitemaps", "listings", "fields", "layouts", "charset"}
"""Keys of a site file that say how its pages are read."""


def check_sites(
    archive: Archive, run: int, sites: Iterable[Site], fixtures: Callable[[Site], Path]
) -> list[SiteHealth]:
    """Judge the sites of a run that has ended, each in one transaction.

    Args:
        archive: holds the run's ledger and what its pages showed.
        run: its number.
        sites: those that it crawled.
        fixtures: the folder of a site's fixtures.

    Returns:
        the verdicts, in the order of the sites.
    """
    found = []
    for site in sites:
        with archive.writing() as connection:
            shown = health.run_signs(connection, run, site.id)
            state = SiteState.of(health.state_of(connection, site.id))
            digest = _digest(site)
            if shown.pages:
                state.drift.hold(site, fixtures(site), digest)
            verdict = state.learn(site.id, shown, rules=digest)
            health.keep_state(connection, run, verdict, state.model_dump_json(exclude_defaults=True).encode())
        found.append(verdict)
    return found


def accept(archive: Archive, site: str, field: str | None = None) -> bool:
    """Take a site's field (default: every field) as it is now for usual. False for a site of which nothing is known."""
    with archive.writing() as connection:
        packed = health.state_of(connection, site)
        if packed is None:
            return False
        state = SiteState.of(packed)
        state.accept(field)
        health.replace_state(connection, site, state.model_dump_json(exclude_defaults=True).encode())
        return True


def _digest(site: Site) -> str:
    rules = site.model_dump_json(include=_RULES)
    return hashlib.sha256(rules.encode()).hexdigest()[:16]
