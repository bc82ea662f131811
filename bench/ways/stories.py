"""newsloom's decision: every article kept in an archive, each joined to its story. FILE: texts as a JSON list."""

import json
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.archive.tables import articles

texts = json.loads(Path(sys.argv[1]).read_text())
with tempfile.TemporaryDirectory() as folder:
    archive = Archive(f"sqlite:///{folder}/archive.db")
    cpu, kept = time.process_time(), []
    for number, text in enumerate(texts):
        title, _, body = text.partition("\n")
        site = f"site{number % 40}"
        with archive.writing() as connection:
            article = Article(site=site, url=f"http://{site}.example/{number}", title=title[:200], text=body or title)
            kept.append(keep(connection, article).article)
    cpu = time.process_time() - cpu
    with archive.reading() as connection:
        story = {row.id: row.story for row in connection.execute(select(articles.c.id, articles.c.story))}
    archive.close()
groups: dict[object, list[int]] = {}
for number, one in enumerate(kept):
    groups.setdefault(story.get(one), []).append(number)
pairs = [(a, b) for group in groups.values() for a in group for b in group if a < b]
print(json.dumps({"cpu": cpu, "pairs": pairs}))
