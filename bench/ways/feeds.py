"""newsloom's feeds of an archive of SIZE stories, all written for the first time; validated, in three formats."""

import json
import sys
import tempfile
import time
from pathlib import Path

from bench import feeds
from pipelines.archive import Archive

size = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    root = Path(folder) / "public"
    archive = Archive(f"sqlite:///{folder}/archive.db")
    feeds.fill(archive, size)
    cpu = time.process_time()
    documents = feeds.write_feeds(archive, root)
    cpu = time.process_time() - cpu
    archive.close()
    sizes = {"atom": [file.read_bytes().count(b"<entry>") for file in root.rglob("*.atom")]}
    sizes["rss"] = [file.read_bytes().count(b"<item>") for file in root.rglob("*.rss")]
print(json.dumps({"cpu": cpu, "documents": documents, "sizes": sizes}))
