"""Loads what jobs need, so that the processes that are forked from this one need not: a second of each job's time."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from scrapy.settings import Settings

from crawler import settings
from crawler.cluster import jobs
from crawler.config import load_config
from crawler.sites import all_sites
from items.errors import NewsloomError
from pipelines.publish.pages import pages

__all__ = ["jobs", "pages"]

CONFIG = "NEWSLOOM_WARM"
"""Environment variable that names newsloom.toml, whose site files are then read once for all jobs; empty for ./ ."""

_COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "DOWNLOAD_HANDLERS", "ITEM_PIPELINES")


def _load_components() -> None:
    """Import every component that a crawl has, without making one: nothing here may start Twisted's reactor."""
    known = Settings()
    known.setmodule(settings)
    for name in _COMPONENTS:
        for base in (name, f"{name}_BASE"):
            for key, value in known.getdict(base).items():
                path = key if not isinstance(value, str) else value
                if isinstance(path, str) and "." in path:
                    import_module(path.rpartition(".")[0])
    for name in ("DOWNLOADER", "SCHEDULER", "DUPEFILTER_CLASS", "STATS_CLASS", "TWISTED_DNS_RESOLVER"):
        import_module(known[name].rpartition(".")[0])


def _load_sites() -> None:
    """Read every site file: a job then reads those alone that have changed since."""
    with suppress(NewsloomError):  # the jobs will say so
        all_sites(load_config(Path(os.environ[CONFIG]) if os.environ.get(CONFIG) else None))


_load_components()
_load_sites()
gc.collect()
gc.freeze()
