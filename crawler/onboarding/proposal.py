"""A site as it is proposed after a look at it: its file, how sure each field is, and what was read by its rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.onboarding.explore import UnexplorableError, explore
from crawler.onboarding.fixtures import write_fixtures
from crawler.onboarding.guess import country_of, id_of, is_loopback, zone_of
from crawler.onboarding.learn import learn
from crawler.onboarding.toml import site_toml
from items.site import Politeness, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from crawler.fetch.once import Fetch
    from crawler.onboarding.explore import Found
    from crawler.onboarding.lesson import Learned
    from crawler.onboarding.sample import Sample

_FEW = 4
"""Samples below which nothing can be called sure."""


@dataclass(slots=True)
class Proposal:
    """What is proposed for a site.

    Attributes:
        site: its file.
        learned: its field rules with how sure each is.
        samples: the articles it was learned from.
        doubts: what a person should look at, one clear line each.
    """

    site: Site
    learned: Learned
    samples: Sequence[Sample]
    doubts: list[str] = field(default_factory=list)

    @property
    def unsure(self) -> list[str]:
        """Every doubt, those about fields included."""
        fields = [
            f"{name}: right on {sure.right} of {sure.of} samples"
            for name, sure in self.learned.sure.items()
            if sure.word != "sure"
        ]
        return [*fields, *self.doubts]

    @property
    def exit_status(self) -> int:
        """2 when a field is read wrong, or may be, on more than a third of the samples."""
        return 2 if any(sure.word == "unsure" for sure in self.learned.sure.values()) else 0

    def write(self, folder: Path) -> tuple[Path, int]:
        """Write the site file, its fixtures and its baseline. Returns the file, and the number of fixtures."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.site.id}.toml"
        number = write_fixtures(folder / self.site.id, self.samples, self.site)
        file.write_text(site_toml(self.site), encoding="utf-8")
        return file, number


async def propose(
    url: str, fetch: Fetch, *, taken: Iterable[str] = (), identity: str | None = None, zone: str | None = None
) -> Proposal:
    """Look at a site and propose its file.

    Args:
        url: its home page, or a page that lists its news.
        fetch: asks for a page.
        taken: ids of the sites that there are.
        identity: the id to give it.
        zone: its time zone, where the user knows it.

    Raises:
        UnexplorableError: the page can't be fetched, or no articles were found from it.
    """
    found = await explore(url, fetch)
    site, doubts = _described(found, identity or id_of(found.home, found.name, taken), zone)
    learned = learn(found.samples, site)
    site = site.model_copy(
        update={"fields": learned.fields, "follow_related": int("related" in learned.fields and bool(found.articles))}
    )
    if len(found.samples) < _FEW:
        doubts.append(f"only {len(found.samples)} articles were found to learn from")
    return Proposal(site, learned, found.samples, doubts)


def _described(found: Found, identity: str, zone: str | None) -> tuple[Site, list[str]]:
    """The site's file without field rules, and what is doubtful about it."""
    languages = Counter(
        reading.article.language for sample in found.samples if (reading := sample.read()) and reading.article.language
    )
    common = [language for language, _ in languages.most_common(3)] or ["en"]
    country = country_of(found.home, common[0])
    guessed, doubt = (zone, None) if zone else zone_of(found.samples, country)
    if not (found.feeds or found.sitemaps or found.listings):
        raise UnexplorableError(f"{found.url}: nothing that lists its articles was found")
    site = Site(
        id=identity,
        name={common[0]: found.name or identity},
        country=country,
        languages=common,
        zone=guessed or "UTC",
        home=found.home,
        articles=found.articles,
        feeds=found.feeds,
        sitemaps=found.sitemaps,
        listings=[listing.rules for listing in found.listings],
        politeness=Politeness(delay=0) if is_loopback(found.home) else Politeness(),
        rights="excerpt",
        checked=f"{datetime.now(UTC):%Y-%m-%d} live, by `newsloom sites add`",
    )
    return site, [*found.doubts, *([doubt] if doubt else [])]
