"""A loop without a framework: aiohttp fetches, the same parsing reads, the same archive and captures keep."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from crawler.config import load_config
from crawler.sites import sites_to_crawl
from items.run import Entry, Outcome, Visit
from pipelines.archive import Archive
from pipelines.archive.captures import CaptureWriter, Exchange
from pipelines.archive.desk import Desk
from spiders.discover import links_of_listing, next_page_of
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.page import open_page
from spiders.parsing.template import learn_template

folder, home, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
config = load_config(folder / "newsloom.toml")
(site,), _errors = sites_to_crawl(config, ["mills"])
rules = site.listings[0]
archive = Archive(config.database_url)
desk = Desk(archive)
writer = CaptureWriter(config.captures_folder)


async def fetch(session: aiohttp.ClientSession, url: str):
    async with session.get(url) as response:
        body = await response.read()
        headers = [*response.headers.items()]
        about = {"site": site.id, "kind": "article", "listed": url}
        capture = writer.write(Exchange(url, datetime.now(UTC), [], response.status, headers, body, about))
        return body, response.headers["Content-Type"], capture


async def crawl() -> int:
    kept, waiting, template = 0, [], None
    async with aiohttp.ClientSession() as session:
        url, number = home, 1
        urls = []
        while url:
            body, kind, _ = await fetch(session, url)
            page = open_page(body, url=url, content_type=kind)
            urls += [link.url for link in links_of_listing(page, rules)]
            number += 1
            url = next_page_of(page, rules, number)
        for url in urls:
            body, kind, capture = await fetch(session, url)
            waiting.append((url, capture, open_with_blocks(body, url=url, content_type=kind, encoding=None)))
            if template is None and len(waiting) < 4:
                continue
            if template is None:
                template = learn_template([opened for _, _, opened in waiting])
            for listed, at, opened in waiting:
                reading = read_page(opened, site=site, fetched=datetime.now(UTC), listing_date=None, template=template)
                entry = Entry(site=site.id, url=listed, kind="article", outcome=Outcome.KEPT, http_status=200)
                desk.keep(Visit(entry, reading.article, {listed}, capture=at))
                kept += 1
            waiting.clear()
    writer.close()
    return kept


cpu, wall = time.process_time(), time.monotonic()
pages = asyncio.run(crawl())
cpu, wall = time.process_time() - cpu, time.monotonic() - wall
assert pages == count, pages
print(json.dumps({"cpu": cpu, "wall": wall, "pages": pages}))
