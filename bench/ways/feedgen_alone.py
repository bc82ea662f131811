"""feedgen as its readme has it: documents of so many entries each. FILE: {"atom": [sizes], "rss": [sizes]}."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedgen.feed import FeedGenerator

sizes = json.loads(Path(sys.argv[1]).read_text())
html = "<p>" + "cotton yarn loom mill prices exports silk dyeing fair tariff " * 6 + "</p>"
cpu = time.process_time()
for form, count in [(form, count) for form, counts in sizes.items() for count in counts]:
    feed = FeedGenerator()
    feed.id("urn:feed")
    feed.title("Textiles")
    feed.link(href="http://feeds.example/all.atom", rel="self")
    feed.description("Textiles")
    for number in range(count):
        entry = feed.add_entry(order="append")
        entry.id(f"urn:entry:{number}")
        entry.title(f"Cotton prices {number}")
        entry.link(href=f"http://mill.example/{number}")
        entry.published(datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=number))
        entry.updated(datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=number))
        entry.content(html * 4, type="html")
    feed.atom_str() if form == "atom" else feed.rss_str()
cpu = time.process_time() - cpu
print(json.dumps({"cpu": cpu, "documents": sum(map(len, sizes.values()))}))
