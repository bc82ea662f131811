"""Scrapy alone, as its tutorial has it: links of the listings, two selectors a page, a JSON Lines file."""

import json
import sys
import time

import scrapy
from scrapy.crawler import CrawlerProcess

folder, home, count = sys.argv[1], sys.argv[2], int(sys.argv[3])


class Mills(scrapy.Spider):
    name = "mills"
    start_urls = [home]

    def parse(self, response):
        yield from response.follow_all(css="li a[href^='/news/']", callback=self.parse_article)
        yield from response.follow_all(css="a.next")

    def parse_article(self, response):
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "text": "\n".join(response.css("div.content p::text").getall()),
        }


process = CrawlerProcess({"LOG_ENABLED": False, "FEEDS": {f"{folder}/articles.jsonl": {"format": "jsonlines"}}})
crawler = process.create_crawler(Mills)
process.crawl(crawler)
cpu, wall = time.process_time(), time.monotonic()
process.start()
cpu, wall = time.process_time() - cpu, time.monotonic() - wall
pages = crawler.stats.get_value("item_scraped_count")
assert pages == count, pages
print(json.dumps({"cpu": cpu, "wall": wall, "pages": pages}))
