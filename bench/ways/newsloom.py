"""newsloom's crawl, as `newsloom crawl` does it, without publishing."""

import json
import resource
import sys
import time
from pathlib import Path

from crawler.config import load_config
from crawler.run import crawl_sites
from crawler.sites import sites_to_crawl
from pipelines.archive import Archive

folder, _, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
config = load_config(folder / "newsloom.toml")
sites, _errors = sites_to_crawl(config, ["mills"])
archive = Archive(config.database_url)
cpu, wall = time.process_time(), time.monotonic()
run = crawl_sites(config, archive, sites).run
cpu, wall = time.process_time() - cpu, time.monotonic() - wall
assert sum(site.fetched for site in run.sites) == count, run
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu": cpu, "wall": wall, "pages": count, "megabytes": peak}))
