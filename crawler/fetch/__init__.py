"""How requests reach the web: Scrapy's downloader middlewares of our own."""
