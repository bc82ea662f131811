"""Real pages, whole way: served over loopback as one site with a listing, crawled, kept, published, verified."""

import gzip
import json

import feedparser

from tests.loopback import Loopback, listing_page, site_file
from tests.shared import SHARED, needs_shared


@needs_shared
def test_every_real_article_page_is_crawled_kept_published_and_verified(newsloom, tmp_path) -> None:
    folder = SHARED / "data" / "news-pages"
    rows = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    files = [row["file"] for row in rows if row["page_type"] == "article"]
    with Loopback() as web:
        for file in files:
            web.html(f"/news/{file}", gzip.decompress((folder / file).read_bytes()), content_type="text/html")
        web.html("/", listing_page(*(f"/news/{file}" for file in files)))
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "real.toml").write_text(site_file("real", web.home))
        (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["real"]\n')
        report = json.loads(newsloom("crawl", "--json").stdout)
    (site,) = report["run"]["sites"]
    assert site["trouble"] == []
    assert site["listed"] == len(files)
    assert site["outcomes"].get("kept", 0) + site["outcomes"].get("copy", 0) == len(files)
    assert newsloom("verify").returncode == 0
    for ending in ("atom", "rss"):
        feed = feedparser.parse((tmp_path / "public" / "feeds" / f"all.{ending}").read_bytes())
        assert not feed.bozo
        assert len(feed.entries) == min(100, site["outcomes"]["kept"])
