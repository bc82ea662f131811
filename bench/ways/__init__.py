"""The ways that bench.crawl compares, each run in a process of its own: FOLDER HOME COUNT; figures as JSON."""
