"""Scrapy's settings, all in one place, and what newsloom.toml adds to them."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from crawler.fetch import chromium
from crawler.fetch.addresses import own_addresses
from crawler.sites import folders_of

if TYPE_CHECKING:
    from collections.abc import Collection

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
DOWNLOADER_MIDDLEWARES = {
    "crawler.fetch.proxy.ProxyMiddleware": 10,
    "crawler.fetch.robots.RobotsMiddleware": 100,
    "crawler.fetch.conditional.ConditionalMiddleware": 540,  # sees decompressed bodies
    "crawler.fetch.domain.DomainMiddleware": 900,
    "crawler.fetch.guard.GuardMiddleware": 950,  # the last before the network: whoever wrote the address
    "crawler.fetch.capture.CaptureMiddleware": 980,  # sees answers as they came
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
}

SPIDER_MIDDLEWARES = {
    # A request that these drop ends without a word; the spider sees to depth, and to addresses without end, itself.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every answer reaches the spider
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}

# A guest on small servers: one request at a time to a domain, spaced, and slower when the server is slow.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",  # what every reader of WARC files can open
}

# Nothing a page says may open a door on this machine.
TWISTED_DNS_RESOLVER = "crawler.fetch.resolver.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetch.handler.BoundedHandler",
    "https": "crawler.fetch.handler.BoundedHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
DOWNLOAD_VERIFY_CERTIFICATES = True
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
METAREFRESH_ENABLED = False
DOWNLOAD_MAXSIZE = 16 << 20
REDIRECT_MAX_TIMES = 8
REACTOR_THREADPOOL_MAXSIZE = 20  # for names that are slow to resolve

WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads our source code to see
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
LOG_LEVEL = "CRITICAL"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0.0


def settings_for(config: Config, sites: Collection[Site] = (), *, quiet: bool = False) -> dict[str, Any]:
    """What the configuration and the sites add to this module's settings."""
    about = f"newsloom/{version('newsloom')} (news archive; "
    default = (config.crawl.requests, config.crawl.megabytes << 20)
    slots: dict[str, dict[str, Any]] = {}
    budgets: dict[str, tuple[int, int]] = {}
    for site in sites:  # those of one domain share one line and one budget, by the most careful wish among them
        slot = slots.setdefault(site.domain, {"concurrency": 1, "delay": 0.0, "jitter": 0.0})
        slot["delay"] = max(slot["delay"], site.politeness.delay)
        requests, size = budgets.get(site.domain, default)
        asked = site.politeness
        budgets[site.domain] = (
            min(requests, asked.requests or requests),
            min(size, (asked.megabytes << 20) if asked.megabytes else size),
        )
    browser: dict[str, Any] = {}
    if any(site.javascript for site in sites) and chromium.lacks() is None:
        browser = {
            "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES | {"crawler.fetch.browser.BrowserMiddleware": 890},
            "PLAYWRIGHT_LAUNCH_OPTIONS": chromium.launch_options(),
        }
    return browser | {
        "USER_AGENT": about + (f"contact: {config.crawl.contact})" if config.crawl.contact else "no contact given)"),
        "DOWNLOAD_TIMEOUT": config.crawl.timeout,
        "RETRY_TIMES": config.crawl.retries,
        "DOWNLOAD_SLOTS": slots,
        "NEWSLOOM_SITES": [str(folder) for folder in folders_of(config)],
        "NEWSLOOM_DATABASE": config.database_url,
        "NEWSLOOM_PROXY": config.crawl.proxy,
        "NEWSLOOM_ALLOW_HOSTS": sorted({*config.crawl.allow_hosts, *own_addresses(sites)}),
        "NEWSLOOM_BUDGET": default,
        "NEWSLOOM_BUDGETS": budgets,
        "CONCURRENT_REQUESTS": max(16, 2 * len(slots)),  # a domain that waits holds no other up
        "NEWSLOOM_CAPTURES": str(config.captures_folder) if config.captures.keep else None,
        "NEWSLOOM_CAPTURE_SIZE": config.captures.megabytes << 20,
        "NEWSLOOM_QUIET": quiet,
    }
