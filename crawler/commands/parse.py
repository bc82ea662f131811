"""`newsloom parse`: what newsloom reads off a page, and why."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.collector import relax_collector
from crawler.config import load_config
from crawler.output import complain, console, say_json
from crawler.reading import show
from crawler.sites import sites_to_crawl
from items.domain import registrable_domain
from items.errors import NewsloomError
from spiders.made import made
from spiders.parsing.article import NotAnArticleError, Reading, read_page
from spiders.parsing.opened import Opened, open_with_blocks
from spiders.parsing.template import learn_template

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from crawler.config import Config
    from items.site import Site
    from spiders.parsing.template import Template

EXAMPLE = "newsloom parse page.html --url https://www.example.org/news/1.html"

_LARGEST_PAGE = 64 << 20
_PAGES_TO_LEARN_FROM = 6
_HELD_OPEN = 8 << 20
"""Bytes of pages that are held open between learning from them and reading them."""
_OWN_ADDRESS = re.compile(rb"""["'][^<>]{0,200}?(?:href|content)=["']?(https?://[^"'\s<>]+)""", re.IGNORECASE)


@dataclass(slots=True)
class _Given:
    """A page that was named on the command line.

    Attributes:
        name: as it was named.
        url: where it was read, if that is known.
        body: its bytes.
        content_type: the HTTP header, if it was fetched.
        fault: why there are no bytes; None when there are.
    """

    name: str
    url: str | None
    body: bytes = b""
    content_type: str | None = None
    fault: str | None = None

    def domain(self) -> str:
        """The registrable domain it is from, by its address or what it calls its own; "" when neither is known."""
        return registrable_domain(self.url if self.url is not None else self._own_address())

    def _own_address(self) -> str:
        for word in (b"canonical", b"og:url"):
            at = self.body.find(word, 0, 100_000)
            while at >= 0:
                if own := _OWN_ADDRESS.match(self.body, at + len(word)):
                    return own[1].decode("ascii", "replace")
                at = self.body.find(word, at + len(word), 100_000)
        return ""


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
    failed, out = False, console()
    relax_collector()
    for name, reading in _readings(_given(options, config), site):
        if isinstance(reading, Reading):
            say_json(reading.article.model_dump(mode="json", by_alias=True)) if options.json else show(
                name, reading, out
            )
        else:
            failed = True
            if options.json:
                say_json({"type": "error", "url": name, "error": reading})
            complain(f"{name}: {reading}")
    return 2 if failed else 0


def _readings(pages: Sequence[_Given], site: Site | None) -> Iterator[tuple[str, Reading | str]]:
    """Each page's reading, or in a few words why there is none, in the order given.

    Pages of one site tell each other what recurs on that site and so is no article's.
    """
    desk = _Desk(pages, site)
    for given in pages:
        if given.fault is not None:
            yield given.name, given.fault
            continue
        template = desk.template(given)
        try:
            yield given.name, read_page(desk.open(given), name=given.name, site=site, template=template)
        except NotAnArticleError as error:
            yield given.name, str(error)


class _Desk:
    """Opens pages and learns what recurs on those of one domain, each page once as long as there is room."""

    def __init__(self, pages: Sequence[_Given], site: Site | None) -> None:
        self.site = site
        self._domains = {id(given): given.domain() for given in pages}
        self._by_domain: dict[str, list[_Given]] = defaultdict(list)
        for given in pages:
            self._by_domain[self._domains[id(given)]].append(given)
        self._templates: dict[str, Template | None] = {"": None}
        self._open: dict[int, Opened] = {}
        self._room = _HELD_OPEN

    def template(self, given: _Given) -> Template | None:
        """What recurs on the pages of a page's domain; None for a page without a domain or alone of it."""
        domain = self._domains[id(given)]
        if domain not in self._templates:
            of_one = self._by_domain[domain]
            known = [self._hold(one) for one in of_one[:_PAGES_TO_LEARN_FROM]] if len(of_one) > 1 else []
            self._templates[domain] = learn_template(known) if known else None
        return self._templates[domain]

    def open(self, given: _Given) -> Opened:
        """The opened page, which is held no longer."""
        opened = self._open.pop(id(given), None)
        if opened is None:
            return self._opened(given)
        self._room += len(given.body)
        return opened

    def _hold(self, given: _Given) -> Opened:
        opened = self._opened(given)
        if len(given.body) <= self._room:
            self._room -= len(given.body)
            self._open[id(given)] = opened
        return opened

    def _opened(self, given: _Given) -> Opened:
        encoding = self.site.charset if self.site else None
        body = made(self.site, given.body, given.url or "")
        return open_with_blocks(body, url=given.url, content_type=given.content_type, encoding=encoding)


def _given(options: argparse.Namespace, config: Config) -> list[_Given]:
    """The named pages, loaded or fetched."""
    addresses = [name for name in options.page if name.startswith(("http://", "https://"))]
    fetched = {}
    if addresses:
        from crawler.fetch.once import fetch  # noqa: PLC0415  # Scrapy takes its time, and files don't need it

        fetched = {got.url: got for got in fetch(addresses, config)}
    return [
        _Given(name, got.final_url, got.body, got.content_type, got.fault)
        if (got := fetched.get(name))
        else _load(name, options.url)
        for name in options.page
    ]


def _load(name: str, url: str | None) -> _Given:
    """A saved page."""
    path = Path(name)
    try:
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = zlib.decompressobj(wbits=31).decompress(body, _LARGEST_PAGE)
    except OSError as error:
        return _Given(name, url, fault=f"can't be read: {error.strerror}")
    except zlib.error as error:
        return _Given(name, url, fault=f"is no gzip file: {error}")
    return _Given(name, url, body[:_LARGEST_PAGE])
