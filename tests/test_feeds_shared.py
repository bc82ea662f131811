"""A thousand articles as they come, real pages among them: every feed of them is valid."""

import gzip
import json
from itertools import islice
from urllib.parse import urlsplit

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from tests.feed_kit import faults_of, feeds_of, publish_into
from tests.shared import SHARED, needs_shared

PAGES, ARTICLES = 100, 1000
TAKEN = ("url", "title", "text", "language")


def from_pages():
    """Articles that are read off saved pages."""
    folders = (SHARED / "data" / "news-pages", SHARED / "data" / "article-text")
    files = [file for folder in folders for file in sorted(folder.glob("*.html.gz"))[: PAGES // 2]]
    for number, file in enumerate(files):
        url = f"http://page{number % 9}.example/{number}"
        opened = open_with_blocks(gzip.decompress(file.read_bytes()), url=url, content_type=None, encoding=None)
        article = read_page(opened, name=file.name, site=None, template=None).article
        yield article.model_copy(update={"site": f"page{number % 9}"})


def from_records():
    """Articles that come as records."""
    with gzip.open(SHARED / "data" / "stories" / "articles.jsonl.gz") as lines:
        for said in map(json.loads, lines):
            about = {key: said[key] for key in TAKEN if said.get(key)}
            about["published"] = {"at": said["published"][:10], "precision": "day", "basis": "visible"}
            yield Article.model_validate(about | {"site": urlsplit(said["url"]).hostname.split(".")[0]})


@needs_shared
def test_every_feed_of_a_thousand_articles_is_valid(tmp_path) -> None:
    archive = Archive(f"sqlite:///{tmp_path}/archive.db")
    made = [*from_pages()]
    made += islice(from_records(), ARTICLES - len(made))
    assert len(made) == ARTICLES
    with archive.writing() as connection:
        for article in made:
            keep(connection, article)
    assert publish_into(tmp_path / "public", archive).trouble == []
    archive.close()
    assert len(feeds_of(tmp_path / "public")) > 300
    assert faults_of(tmp_path / "public") == []
