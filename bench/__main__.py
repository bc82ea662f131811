"""`make bench`: newsloom beside its peers, written into docs/benchmarks.md; `python -m bench TOPIC` for one topic."""

import sys
from importlib import import_module

TOPICS = ("cluster", "compare", "crawl", "feeds", "pages", "parsing", "release", "serve", "stories")

if __name__ == "__main__":
    topic = sys.argv.pop(1) if sys.argv[1:] and sys.argv[1] in TOPICS else "compare"
    import_module(f"bench.{topic}").main()
