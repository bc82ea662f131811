"""Readers of other makes find the same entries in a feed's three formats."""

import json
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest

from items.article import Article, RelatedLink, Source
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from tests.feed_kit import publish_into

READER = Path(__file__).parent / "reader"

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (READER / "node_modules").is_dir(),
    reason="no JavaScript reader here: `make .venv/reader` installs it where there are Node.js and npm",
)


@pytest.fixture(scope="module")
def feeds(tmp_path_factory) -> Path:
    """Feeds of some articles in Chinese and English, with everything that an article may have."""
    folder = tmp_path_factory.mktemp("readers")
    archive = Archive(f"sqlite:///{folder}/archive.db")
    with archive.writing() as connection:
        for number in range(1, 25):
            chinese = number % 2
            about = {
                "site": "loomsite" if chinese else "othersite",
                "url": f"http://www.loom.example/news/{number}.html?a=1&b={number}",
                "title": f"第{number}届纺织品博览会“开幕”：棉纱 & 面料"
                if chinese
                else f"R&D at AT&T: yarn <{number}> rises 5%",
                "html": f"<p>Paragraph {number}: 5 &lt; 6 &amp; 7.</p><ul><li>棉纱</li></ul>",
                "text": f"Paragraph {number}: 5 < 6 & 7.\n棉纱",
                "language": "zh" if chinese else "en",
                "authors": ["王小明", "Ann O'Weaver"],
                "tags": ["cotton & wool"],
                "source": Source(name="中国纺织报" if chinese else "Weaver & Sons", url="http://credit.example/"),
                "related": [RelatedLink(title="Older <news>", url="http://www.loom.example/old")],
            }
            keep(connection, Article.model_validate(about))
    assert publish_into(folder / "public", archive).trouble == []
    archive.close()
    return folder / "public" / "feeds"


@needs_node
def test_a_javascript_reader_finds_the_same_entries_as_feedparser_and_the_json_feed(feeds) -> None:
    names = [feeds / f"all.{ending}" for ending in ("atom", "rss", "json")]
    said = subprocess.run(["node", READER / "read.js", *names], capture_output=True, text=True, check=True, timeout=60)
    atom, rss, jsons = (json.loads(line)["entries"] for line in said.stdout.splitlines())
    expected = json.loads(names[2].read_bytes())["items"]
    for found in (atom, rss, jsons):
        assert [e["id"] for e in found] == [item["id"] for item in expected]
        assert [e["title"] for e in found] == [item["title"] for item in expected]
        assert [e["link"] for e in found] == [item["url"] for item in expected]
        assert [e["content"].strip() for e in found] == [item["content_html"].strip() for item in expected]
    for found in (atom, rss):
        assert [e["source"] for e in found] == [item["_newsloom"]["source"]["name"] for item in expected]


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_feedparser_finds_what_the_json_feed_says(feeds, ending) -> None:
    parsed = feedparser.parse((feeds / f"all.{ending}").read_bytes(), sanitize_html=False)
    expected = json.loads((feeds / "all.json").read_bytes())["items"]
    assert not parsed.bozo
    assert [e.id for e in parsed.entries] == [item["id"] for item in expected]
    assert [e.title for e in parsed.entries] == [item["title"] for item in expected]
    assert [e.link for e in parsed.entries] == [item["url"] for item in expected]
    assert [e.dc_source for e in parsed.entries] == [item["_newsloom"]["source"]["name"] for item in expected]
    assert [e.content[0].value.strip() for e in parsed.entries] == [item["content_html"].strip() for item in expected]
    assert [[a.name for a in e.authors] for e in parsed.entries] == [["王小明", "Ann O'Weaver"]] * len(expected)
