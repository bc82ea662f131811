"""`newsloom parse`: what newsloom reads off a page, and why."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import load_config
from crawler.output import complain, say_json
from crawler.reading import show
from crawler.sites import sites_to_crawl
from items.errors import NewsloomError
from spiders.parsing.article import NotAnArticleError, Reading, read_article

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from crawler.config import Config
    from items.site import Site

EXAMPLE = "newsloom parse page.html --url https://www.example.org/news/1.html"

_LARGEST_PAGE = 64 << 20


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "page", nargs="+", metavar="FILE-OR-URL", help="a saved page (.html, .html.gz) or a web address"
    )
    parser.add_argument("--url", help="where the saved page was read, for its links")
    parser.add_argument("--site", metavar="ID", help="read by this site's rules")


def run(options: argparse.Namespace) -> int:
    """Parse and show; 2 when a page could not be read."""
    config = load_config(options.config)
    site = sites_to_crawl(config, [options.site])[0][0] if options.site else None
    if options.url and len(options.page) > 1:
        raise NewsloomError("--url goes with one page only")
    failed = False
    for name, reading in _readings(options, config, site):
        if isinstance(reading, Reading):
            say_json(reading.article.model_dump(mode="json", by_alias=True)) if options.json else show(name, reading)
        else:
            failed = True
            if options.json:
                say_json({"type": "error", "url": name, "error": reading})
            complain(f"{name}: {reading}")
    return 2 if failed else 0


def _readings(options: argparse.Namespace, config: Config, site: Site | None) -> Iterator[tuple[str, Reading | str]]:
    """Each page's reading, or in a few words why there is none, in the order given."""
    addresses = [page for page in options.page if page.startswith(("http://", "https://"))]
    fetched = {}
    if addresses:
        from crawler.fetch.once import fetch  # noqa: PLC0415  # Scrapy takes its time, and files don't need it

        fetched = dict(zip(addresses, fetch(addresses, config), strict=True))
    for page in options.page:
        if (got := fetched.get(page)) is None:
            url = options.url
            body, fault = _load(Path(page))
            content_type = None
        else:
            url, body, fault, content_type = got.final_url, got.body, got.fault, got.content_type
        if fault is not None:
            yield page, fault
            continue
        try:
            yield page, read_article(body, url=url, name=page, content_type=content_type, site=site)
        except NotAnArticleError as error:
            yield page, str(error)


def _load(path: Path) -> tuple[bytes, str | None]:
    """A saved page's bytes, or why it can't be read."""
    try:
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = zlib.decompressobj(wbits=31).decompress(body, _LARGEST_PAGE)
    except OSError as error:
        return b"", f"can't be read: {error.strerror}"
    except zlib.error as error:
        return b"", f"is no gzip file: {error}"
    return body[:_LARGEST_PAGE], None
