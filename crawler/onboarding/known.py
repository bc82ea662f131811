"""What is known of a site's articles without its rules: samples out of captures, and what its lists say of each."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.fetch.once import Fetched
from crawler.health.state import SiteState
from crawler.onboarding.listings import read_listing_page
from crawler.onboarding.sample import Sample
from items.errors import ArchiveError
from items.site import Feed, Listing
from pipelines.archive import answers, health
from pipelines.archive.account import newest_articles
from pipelines.archive.captures import newest
from spiders.discover import Listed, links_of_listing, of_this_site, read_feed_page
from spiders.made import made
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.page import open_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from crawler.fetch.once import Fetch
    from items.site import Site
    from pipelines.archive import Archive
    from pipelines.archive.captures import Captures, Indexed
    from pipelines.archive.captures.read import Captured

SAMPLES = 6
_REMEMBERED = 200
"""Articles whose sources are remembered."""

_TRIED = 12
"""Articles that are asked for: some may be gone."""


def captured(archive: Archive, captures: Captures, site: Site) -> list[Sample]:
    """The newest captures of a site's articles; where health has seen its pages change, only those from then on."""
    with newest(captures.indexed(), {site.id}) as found:
        pages = [*found.pages(site.id)]
    with archive.reading() as connection:
        state = SiteState.of(health.state_of(connection, site.id))
        facts = _facts(connection, site, state)
    samples = []
    for entry in reversed(_since(pages, state.began())[-2 * SAMPLES :]):
        try:
            capture = captures.read(entry)
        except ArchiveError:
            continue
        url = entry.about.get("listed", entry.url)
        listed = facts.get(url) or facts.get(entry.url) or Listed(url, date=entry.about.get("date"))
        samples.append(
            _sample(Fetched(url, capture.url, capture.body, _content_type(capture)), capture.at, listed, site)
        )
        if len(samples) == SAMPLES:
            break
    return samples


def has_changed(archive: Archive, site: Site) -> bool:
    """Whether health has seen a site's articles change, so that there are captures from after that."""
    with archive.reading() as connection:
        return bool(SiteState.of(health.state_of(connection, site.id)).began())


def known_articles(archive: Archive, site: Site) -> list[Listed]:
    """The newest articles of a site, with what its lists say of them, or else the archive."""
    with archive.reading() as connection:
        state = SiteState.of(health.state_of(connection, site.id))
        facts = _facts(connection, site, state)
        records = newest_articles(connection, site.id, _TRIED)
    return [facts.get(record.url) or Listed(record.url) for record in records]


def names_credited(archive: Archive, site: Site) -> set[str]:
    """Whom the newest articles of a site credit, by the word of a label or of a rule."""
    with archive.reading() as connection:
        records = newest_articles(connection, site.id, _REMEMBERED)
    return {record.source.name for record in records if record.source}


def captured_lists(captures: Captures, site: Site) -> dict[str, Fetched]:
    """The newest capture of each of a site's listings."""
    last = {
        entry.about.get("listed", entry.url): entry
        for entry in captures.indexed()
        if entry.about.get("site") == site.id and entry.about.get("kind") == "listing"
        if entry.status == 200 and entry.mime != "warc/revisit"
    }
    found = {}
    for url in last.keys() & {listing.url for listing in site.listings}:
        try:
            capture = captures.read(last[url])
        except ArchiveError:
            continue
        found[url] = Fetched(url, capture.url, capture.body, _content_type(capture))
    return found


def listings_anew(site: Site, pages: Mapping[str, Fetched]) -> list[Listing]:
    """The site's listings: those whose page shows no article by their rules have them learned from it.

    Args:
        site: the site with its old rules.
        pages: by its address, each listing's newest page, where there is one.
    """
    return [_listing_anew(site, listing, pages.get(listing.url)) for listing in site.listings]


def _listing_anew(site: Site, listing: Listing, answer: Fetched | None) -> Listing:
    if answer is None or answer.fault or site.articles is None:
        return listing
    page = open_page(
        made(site, answer.body, answer.final_url),
        url=answer.final_url,
        content_type=answer.content_type,
        encoding=site.charset,
    )
    if any(of_this_site(links_of_listing(page, listing), site)):
        return listing
    found = read_listing_page(page, re.compile(site.articles))
    return found.rules.model_copy(update={"url": listing.url, "pages": listing.pages}) if found else listing


async def fetched(known: Sequence[Listed], fetch: Fetch, site: Site) -> tuple[list[Sample], dict[str, Fetched]]:
    """The pages of articles, and of the site's listings, as they are now."""
    samples: list[Sample] = []
    for link in known:
        if len(samples) == SAMPLES:
            break
        answer = await fetch(link.url)
        if answer.fault is None:
            samples.append(_sample(answer, datetime.now(UTC), link, site))
    return samples, {listing.url: await fetch(listing.url) for listing in site.listings}


def _sample(answer: Fetched, at: datetime, listed: Listed, site: Site) -> Sample:
    url, body, kind = answer.final_url, answer.body, answer.content_type
    return Sample(
        url,
        body,
        kind,
        at,
        listed,
        open_with_blocks(made(site, body, url), url=url, content_type=kind, encoding=site.charset),
    )


def _content_type(capture: Captured) -> str | None:
    return next((value for name, value in capture.headers if name.lower() == "content-type"), None)


def _since(pages: list[Indexed], began: set[str]) -> list[Indexed]:
    """The pages from the latest on at which a change began; all of them where that leaves fewer than two."""
    starts = [place for place, entry in enumerate(pages) if began & {entry.url, entry.about.get("listed", entry.url)}]
    return pages[starts[-1] :] if starts and len(pages) - starts[-1] > 1 else pages


def _facts(connection: Connection, site: Site, state: SiteState) -> dict[str, Listed]:
    """Per article what the archive says of it, as far as no field is in doubt, and over that what a list says."""
    found = {}
    doubted = {name for name, memory in state.fields.items() if memory.shifted}
    for record in newest_articles(connection, site.id, _TRIED):
        title = record.title if "title" not in doubted else None
        date = record.published.at[:10] if record.published and "published" not in doubted else None
        found[record.url] = Listed(record.url, title=title, date=date)
    for way in (*site.listings, *site.feeds):
        answer = answers.recall(connection, way.url)
        if answer is None or not answer.body:
            continue
        if isinstance(way, Listing):
            page = open_page(
                made(site, answer.body, answer.url),
                url=answer.url,
                content_type=answer.content_type,
                encoding=site.charset,
            )
            found |= {link.url: link for link in links_of_listing(page, way) if link.title}
        elif isinstance(way, Feed):
            links = read_feed_page(answer.body, answer.url, answer.content_type, way, 1).links
            found |= {link.url: link for link in links}
    return found
