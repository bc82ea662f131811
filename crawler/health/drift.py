"""Drift: fixtures are frozen for the code, live pages change; where each field stands on both is held side by side."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from crawler.onboarding.fixtures import FIELDS, read_fixtures
from items.article import Model
from items.health import Evidence
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.signs import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from items.health import PageSigns
    from items.site import Site

_LEAST = 4
"""Pages in a row that must differ from every fixture before it is no chance."""

_IN_A_BOX = ("text", "related")
"""Fields of many lines: the box around them counts, not which of its lines was looked at."""

Structure = dict[str, list[str]]
"""Per field, the places at which a site's fixtures have it."""


class Drift(Model):
    """How the live pages of a site stand to its fixtures."""

    fixtures: str = ""
    """Digest of the fixtures that `structure` was read from."""
    structure: Structure = {}
    strays: dict[str, int] = {}
    """Per field, how many of the newest pages in a row have it where no fixture has it."""
    places: dict[str, str] = {}
    """Where the newest page has it."""
    pages: dict[str, str] = {}
    """The page on which it was first so."""

    def hold(self, site: Site, folder: Path, digest: str) -> None:
        """Take the site's fixtures to hold pages against; they are read only when they, or the rules, are others."""
        digest += fixtures_digest(folder)
        if digest != self.fixtures:
            self.fixtures, self.structure = digest, structure_of(site, folder)
            self.strays, self.places, self.pages = {}, {}, {}

    def see(self, page: PageSigns) -> None:
        """Hold a page against the fixtures."""
        for name, place, fits in _compared(self.structure, page):
            self.places[name] = place
            self.strays[name] = 0 if fits else self.strays.get(name, 0) + 1
            if self.strays[name] == 1:
                self.pages[name] = page.url

    def evidence(self, site: str) -> list[Evidence]:
        """A line for each field that stands elsewhere on the live pages than on the fixtures."""
        return [
            Evidence(
                what="drift",
                says=f"{name} stands elsewhere than on the fixtures, on {number} pages in a row: "
                f"{told(self.places[name], self.structure[name])}",
                url=self.pages[name],
                remedy=f"newsloom sites rules {site}",
            )
            for name, number in self.strays.items()
            if number >= _LEAST
        ]


def structure_of(site: Site, folder: Path) -> Structure:
    """Where the fixtures in a folder have each field, as they are read by the site's rules."""
    found: Structure = {}
    for fixture in read_fixtures(folder):
        opened = fixture.opened(site)
        try:
            signs = signs_of(opened, read_page(opened, site=site, fetched=fixture.fetched).article)
        except NotAnArticleError:
            continue
        for name, place in _places(signs):
            if place not in found.setdefault(name, []):
                found[name].append(place)
    return found


def drifted(structure: Structure, pages: Iterable[PageSigns]) -> list[str]:
    """A line for each field that some pages have, and all of them where no fixture has it."""
    strays: dict[str, list[str]] = {}
    fitting = set()
    for page in pages:
        for name, place, fits in _compared(structure, page):
            strays.setdefault(name, []).append(place)
            if fits:
                fitting.add(name)
    return [
        f"{name} stands elsewhere than on the fixtures: {told(places[-1], structure[name])}"
        for name, places in strays.items()
        if name not in fitting
    ]


def told(now: str, before: list[str]) -> str:
    """Two places side by side, innermost element first."""
    return f"now {now.replace('<', ' in ')}, there {' or '.join(place.replace('<', ' in ') for place in before[:2])}"


def fixtures_digest(folder: Path) -> str:
    """Tells one state of a folder of fixtures from another, by names, sizes and times."""
    files = [(path.name, (about := path.stat()).st_size, about.st_mtime_ns) for path in sorted(folder.glob("*"))]
    return hashlib.sha256(repr(files).encode()).hexdigest()[:16]


def _compared(structure: Structure, page: PageSigns) -> Iterator[tuple[str, str, bool]]:
    for name, place in _places(page):
        if known := structure.get(name):
            yield name, place, place in known


def _places(page: PageSigns) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        signs = page.fields.get(name)
        if signs is not None and signs.place:
            yield name, signs.place.partition("<")[2] if name in _IN_A_BOX else signs.place
