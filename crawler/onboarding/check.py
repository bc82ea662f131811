"""`newsloom sites check [ID]`: do a site's rules still find what they should, on its fixtures and on its live pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.fetch.once import errand
from crawler.health.drift import drifted, structure_of
from crawler.onboarding.fixtures import FIELDS, read_fixtures, said
from crawler.onboarding.guess import is_loopback
from crawler.output import complain, say, say_json, say_table
from crawler.sites import fixtures_folder, sites_to_crawl
from items.site import Feed, Listing
from spiders.discover import links_of_listing, links_of_sitemap, of_this_site, read_feed_page
from spiders.made import made
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.page import open_page
from spiders.parsing.template import learn_template
from spiders.signs import signs_of

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from crawler.config import Config
    from crawler.fetch.once import Fetch, Fetched
    from crawler.health.drift import Structure
    from items.site import Site, Sitemap
    from spiders.discover import Listed
    from spiders.parsing.opened import Opened

_ARTICLES = 3
"""Live articles that are read of a site."""

_NEEDED = ("title", "text")
"""Fields that every article has."""


@dataclass(slots=True)
class Checked:
    """How a site stood its check.

    Attributes:
        site: its id.
        pages: `fixtures` or `live`.
        number: pages that were read.
        found: per field, on how many of them it was found.
        faults: one clear line each.
        drift: what the live pages have elsewhere than the fixtures, a line each; no fault.
    """

    site: str
    pages: str
    number: int = 0
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    faults: list[str] = field(default_factory=list)
    drift: list[str] = field(default_factory=list)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("site", nargs="*", metavar="ID", help="check only these sites")
    parser.add_argument("--offline", action="store_true", help="against the fixtures only")


def run(options: argparse.Namespace, config: Config) -> int:
    """Check, report, and write into the file of each site that stood it live when that was; 2 when one did not."""
    sites, errors = sites_to_crawl(config, options.site)
    checks = [check_fixtures(site, fixtures_folder(config, site)) for site in sites]
    if not options.offline:
        spared = all(is_loopback(site.home) for site in sites)
        held = {site.id: structure_of(site, fixtures_folder(config, site)) for site in sites}
        live = errand(lambda fetch: _check_all(sites, fetch, held), config, sites=sites, delay=0 if spared else None)
        checks += live
        for site, check in zip(sites, live, strict=True):
            if not check.faults:
                _write_checked(fixtures_folder(config, site).with_suffix(".toml"))
    checks.sort(key=lambda check: check.site)
    if options.json:
        say_json([{name: getattr(check, name) for name in Checked.__slots__} for check in checks])
    else:
        say_table(("site", "against", "pages", *FIELDS), [_row(check) for check in checks])
        for check in checks:
            for line in check.faults:
                say(f"{check.site}: {line}")
            for line in check.drift:
                say(f"{check.site}: drift: {line}")
    for error in errors:
        complain(str(error))
    return 2 if errors or any(check.faults for check in checks) else 0


def check_fixtures(site: Site, folder: Path) -> Checked:
    """A site against the pages that are kept beside its file."""
    check = Checked(site.id, "fixtures")
    for fixture in read_fixtures(folder):
        check.number += 1
        faults = fixture.faults(site)
        for name in FIELDS:
            check.found[name] += bool(fixture.expected.get(name)) and name not in faults and "page" not in faults
        for name, (wanted, found) in faults.items():
            state = "missing" if not found else "changed"
            check.faults.append(f"{fixture.name}: {name} {state}: {_short(wanted)} was expected, {_short(found)} found")
    return check


async def _check_all(sites: list[Site], fetch: Fetch, held: dict[str, Structure]) -> list[Checked]:
    return [await check_live(site, fetch, held[site.id]) for site in sites]


async def check_live(site: Site, fetch: Fetch, structure: Structure) -> Checked:
    """A site against what it shows today: each way leads to articles, and each rule finds something on them.

    Args:
        site: the site.
        fetch: asks for a page.
        structure: where its fixtures have each field.
    """
    check = Checked(site.id, "live")
    links: dict[str, Listed] = {}
    ways: list[Feed | Listing | Sitemap] = [*site.feeds, *site.listings, *site.sitemaps]
    for way in ways:
        answer = await fetch(way.url)
        found = [] if answer.fault else await _links(answer, way, site, fetch)
        if not found:
            check.faults.append(f"{way.url}: {answer.fault or 'no link to an article'}")
        links.update({link.url: link for link in found[: 2 * _ARTICLES]})
    pages: list[tuple[Listed, Opened]] = []
    for link in [*links.values()][:_ARTICLES]:
        answer = await fetch(link.url)
        if answer.fault:
            check.faults.append(f"{link.url}: {answer.fault}")
            continue
        opened = open_with_blocks(
            made(site, answer.body, answer.final_url),
            url=answer.final_url,
            content_type=answer.content_type,
            encoding=site.charset,
        )
        pages.append((link, opened))
    _read(check, site, pages, structure)
    return check


def _read(check: Checked, site: Site, pages: list[tuple[Listed, Opened]], structure: Structure) -> None:
    signs = []
    template = learn_template([opened for _, opened in pages])
    ruled = dict.fromkeys(site.fields, 0)
    for link, opened in pages:
        check.number += 1
        try:
            article = read_page(opened, site=site, listing_date=link.date, template=template).article
        except NotAnArticleError as error:
            check.faults.append(f"{link.url}: {error}")
            continue
        facts = said(article)
        signs.append(signs_of(opened, article))
        for name in FIELDS:
            check.found[name] += bool(facts[name])
        for name in ruled:
            ruled[name] += article.provenance.get("text" if name == "body" else name, "").startswith("site:")
        check.faults += [f"{link.url}: {name} missing" for name in _NEEDED if not facts[name]]
    check.drift += drifted(structure, signs)
    if check.number:
        for name, times in ruled.items():
            if not times:
                check.faults.append(
                    f"fields.{name}: {site.fields[name].select!r} finds nothing on {check.number} pages"
                )


async def _links(answer: Fetched, way: Feed | Listing | Sitemap, site: Site, fetch: Fetch) -> list[Listed]:
    if isinstance(way, Feed):
        links = read_feed_page(answer.body, answer.final_url, answer.content_type, way, 1).links
    elif isinstance(way, Listing):
        body = made(site, answer.body, answer.final_url)
        page = open_page(body, url=answer.final_url, content_type=answer.content_type, encoding=site.charset)
        links = links_of_listing(page, way)
    else:
        found = links_of_sitemap(answer.body)
        links = found.pages
        parts = [part.url for part in found.sitemaps if way.reads(part.url)]
        if parts:
            part = await fetch(parts[-1])
            links = [] if part.fault else links_of_sitemap(part.body).pages
    return list(of_this_site(links, site))


def _write_checked(file: Path) -> None:
    """Write into a site file that its rules stood today's check; leave one alone that can't be written to."""
    try:
        text = file.read_text(encoding="utf-8")
        now = f'checked = "{datetime.now(UTC):%Y-%m-%d} live, by `newsloom sites check`"'
        file.write_text(re.sub(r"(?m)^checked *=.*$", now, text, count=1), encoding="utf-8")
    except OSError as error:
        complain(f"{file}: can't be written: {error.strerror}")


def _row(check: Checked) -> list[object]:
    if not check.number:
        return [check.site, check.pages, 0, *("–" for _ in FIELDS)]
    return [check.site, check.pages, check.number, *(f"{check.found[name]}/{check.number}" for name in FIELDS)]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
