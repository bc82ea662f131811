"""What an archive of so many articles costs: FOLDER STEP SIZE, a step in a process of its own."""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

from bench import feeds
from pipelines.archive import Archive
from pipelines.archive.search import bring_up_to_date, find

folder, step, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
cpu = time.process_time()
more = {}
if step == "fill":
    feeds.first(folder, size, feeds_alone=True)
    archive = Archive(f"sqlite:///{folder}/archive.db")
    bring_up_to_date(archive)
    archive.close()
elif step == "publish":
    archive = Archive(f"sqlite:///{folder}/archive.db")
    cpu = time.process_time()
    more["files"] = feeds.write_feeds(archive, folder / "public")
elif step == "search":
    archive = Archive(f"sqlite:///{folder}/archive.db")
    bring_up_to_date(archive)
    times = []
    with archive.reading() as connection:
        for words in ("cotton yarn", "silk -waste", "棉花价格", '"carpet fair"', "tariff") * 3:
            begun = time.monotonic()
            find(connection, words)
            times.append(time.monotonic() - begun)
    more["ms"] = statistics.median(times) * 1000
cpu = time.process_time() - cpu
print(json.dumps({"cpu": cpu, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} | more))
