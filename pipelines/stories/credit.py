"""Whom an article credits, as a site that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from items.domain import registrable_domain
from items.url import split_url
from pipelines.stories.fold import fold, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from items.article import Source
    from items.site import Site


def names_of(sites: Iterable[Site]) -> dict[str, str]:
    """The ids of sites by everything that they are called: their names in every language, organisation, domain."""
    found: dict[str, str] = {}
    for site in sites:
        for name in (*site.name.values(), site.organisation or "", site.id):
            found.setdefault(letters(fold(name)), site.id)
        found.setdefault(site.domain, site.id)
    found.pop("", None)
    return found


def credited_site(source: Source | None, names: Mapping[str, str]) -> str | None:
    """The id of the site that an article credits; a site that nobody described is called by its host.

    Args:
        source: the article's.
        names: see `names_of`.
    """
    if source is None:
        return None
    by_name = names.get(letters(fold(source.name)))
    if by_name is not None or source.url is None:
        return by_name
    host = (split_url(source.url).hostname or "").removeprefix("www.")
    return names.get(registrable_domain(source.url)) or host or None
