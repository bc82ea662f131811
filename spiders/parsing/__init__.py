"""Page → article: pure functions over bytes, no I/O and no running Scrapy."""
