"""Scrapy's settings, all in one place, and what newsloom.toml adds to them."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from crawler.sites import folders_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.config import Config
    from items.site import Site

BOT_NAME = "newsloom"
SPIDER_LOADER_CLASS = "spiders.loader.SiteLoader"
ITEM_PIPELINES = {"pipelines.clean.CleanPipeline": 100, "pipelines.keep.KeepPipeline": 200}
EXTENSIONS = {
    "crawler.run.DeskExtension": 0,
    "crawler.progress.Progress": 500,
    "crawler.fetch.throttle.SiteThrottle": 0,
    "scrapy.extensions.throttle.AutoThrottle": None,
}
DOWNLOADER_MIDDLEWARES = {"crawler.fetch.proxy.ProxyMiddleware": 10}

# A guest on small servers: one request at a time to a domain, spaced, and slower when the server is slow.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

# Nothing a page says may open a door on this machine.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
METAREFRESH_ENABLED = False
DOWNLOAD_MAXSIZE = 20 << 20
REDIRECT_MAX_TIMES = 8

# Every answer reaches the spider, which writes down how it ended.
HTTPERROR_ALLOW_ALL = True
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
LOG_LEVEL = "CRITICAL"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0.0


def settings_for(config: Config, sites: Iterable[Site] = (), *, quiet: bool = False) -> dict[str, Any]:
    """What the configuration and the sites add to this module's settings."""
    about = f"newsloom/{version('newsloom')} (news archive; "
    slots: dict[str, dict[str, Any]] = {}
    for site in sites:
        slot = slots.setdefault(site.domain, {"concurrency": 1, "delay": 0.0, "jitter": 0.0})
        slot["delay"] = max(slot["delay"], site.politeness.delay)  # sites of one domain share its most careful wish
    return {
        "USER_AGENT": about + (f"contact: {config.crawl.contact})" if config.crawl.contact else "no contact given)"),
        "DOWNLOAD_TIMEOUT": config.crawl.timeout,
        "RETRY_TIMES": config.crawl.retries,
        "DOWNLOAD_SLOTS": slots,
        "NEWSLOOM_SITES": [str(folder) for folder in folders_of(config)],
        "NEWSLOOM_DATABASE": config.database_url,
        "NEWSLOOM_PROXY": config.crawl.proxy,
        "NEWSLOOM_QUIET": quiet,
    }
