"""Loads what jobs need, so that the processes that are forked from this one need not: a second of each job's time."""

from __future__ import annotations

import gc
from importlib import import_module

from scrapy.settings import Settings

from crawler import settings
from crawler.cluster import jobs
from pipelines.publish.pages import pages

__all__ = ["jobs", "pages"]

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


_load_components()
gc.collect()
gc.freeze()
