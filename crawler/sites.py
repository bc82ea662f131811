"""Which site files there are, and which of them a run crawls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.samples_server import samples_folder
from items.errors import UnknownSiteError
from items.site import load_sites
from spiders import BUNDLED_SITES
from spiders.made import without_broken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.config import Config
    from items.errors import SiteFileError
    from items.site import Site


def folders_of(config: Config) -> list[Path]:
    """The folders of site files, in the order in which a later one wins."""
    if config.crawl.samples:
        return [samples_folder()]
    return [BUNDLED_SITES, config.home / config.sites]


def fixtures_folder(config: Config, site: Site) -> Path:
    """Where a site's fixtures lie: beside the file that counts, under its id."""
    folders = [folder for folder in folders_of(config) if (folder / f"{site.id}.toml").exists()]
    return folders[-1] / site.id


def all_sites(config: Config) -> tuple[dict[str, Site], list[SiteFileError]]:
    """Every site by id, and what is wrong with the files that could not be read."""
    return without_broken(*load_sites(folders_of(config)))


def sites_to_crawl(config: Config, named: Sequence[str]) -> tuple[list[Site], list[SiteFileError]]:
    """The sites that a run crawls: those named, or those of `crawl.only`, or all.

    Raises:
        UnknownSiteError: one was named that there is no good file for.
    """
    sites, errors = all_sites(config)
    wanted = list(named) or config.crawl.only or list(sites)
    for name in wanted:
        if name not in sites:
            wrong = next((str(e) for e in errors if f"{name}.toml" in str(e)), None)
            raise UnknownSiteError(wrong or f"no site {name!r}; `newsloom sites list` names those there are")
    return [sites[name] for name in dict.fromkeys(wanted)], errors
