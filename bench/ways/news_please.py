"""news-please as a library: fetch, extract, write each article as JSON."""

import json
import sys
import time
from pathlib import Path

from newsplease import NewsPlease

folder, home, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
cpu, wall = time.process_time(), time.monotonic()
for number in range(count):
    article = NewsPlease.from_url(f"{home}news/{number}")
    assert article.title, number
    (folder / f"{number}.json").write_text(json.dumps(article.get_serializable_dict()))
cpu, wall = time.process_time() - cpu, time.monotonic() - wall
print(json.dumps({"cpu": cpu, "wall": wall, "pages": count}))
