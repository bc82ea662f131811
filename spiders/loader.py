"""Sites as Scrapy knows spiders: `scrapy list` names every site, `scrapy crawl SITE` crawls one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from items.site import load_sites
from spiders.made import without_broken
from spiders.site import SiteSpider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class SiteLoader:
    """Loads a spider for each site file in the folders of the setting `NEWSLOOM_SITES`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._sites, self._errors = without_broken(*load_sites(folders))

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Make the loader for Scrapy's settings."""
        return cls([Path(folder) for folder in settings.getlist("NEWSLOOM_SITES")])

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of a site.

        Raises:
            KeyError: there is no such site, or its file is wrong.
        """
        site = self._sites.get(spider_name)
        if site is None:
            wrong = next((str(e) for e in self._errors if f"{spider_name}.toml" in str(e)), None)
            raise KeyError(wrong or f"no site file {spider_name}.toml")
        return type(SiteSpider.__name__, (SiteSpider,), {"name": spider_name, "sites": (site,)})

    def find_by_request(self, request: Request) -> Sequence[str]:
        """Ids of the sites whose articles look like this request's URL."""
        return [site.id for site in self._sites.values() if site.articles and site.is_article(request.url)]

    def list(self) -> Sequence[str]:
        """Every site's id."""
        return [*self._sites]
