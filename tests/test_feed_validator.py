"""The validator sees what strict readers and the W3C's own validator would complain of."""

import pytest

from pipelines.archive import Archive
from pipelines.archive.articles import keep
from pipelines.publish.feeds.valid import Validator
from tests.feed_kit import publish_into


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> dict[str, bytes]:
    """A valid document in each format."""
    from items.article import Article, Source

    folder = tmp_path_factory.mktemp("valid")
    archive = Archive(f"sqlite:///{folder}/archive.db")
    said = {"site": "loomsite", "url": "http://www.loom.example/1", "title": "A mill & more", "text": "It spins. " * 9}
    with archive.writing() as connection:
        keep(connection, Article.model_validate(said | {"source": Source(name="Weaver"), "language": "en"}))
    publish_into(folder / "public", archive)
    archive.close()
    feeds = folder / "public"
    return {e: (feeds / f"feeds/all.{e}").read_bytes() for e in ("atom", "rss", "json")} | {
        "opml": (feeds / "feeds.opml").read_bytes()
    }


def test_what_is_valid_has_no_fault(good) -> None:
    assert [fault for ending, document in good.items() for fault in Validator().faults(ending, document)] == []


BROKEN = [
    ("atom", b"<feed ", b"<fed ", "is no XML"),
    ("atom", b'<?xml version="1.0" encoding="UTF-8"?>', b"", "XML declaration"),
    ("atom", b"<id>urn:uuid:", b"<id>http://", "is no UUID"),
    ("atom", b'rel="self"', b'rel="alternate"', "not one link to the feed itself"),
    ("atom", b"</summary>", b"</summary><summary>x</summary>", "has 2 of summary"),
    ("atom", b"+00:00</updated>", b"</updated>", "is no RFC 3339 time"),
    ("atom", b"<updated>2", b"<updated>1", "before there were web pages"),
    ("atom", b"<generator>newsloom", b"<generator>a </b>", "is no XML"),
    ("atom", b"<name>Textiles", b"<name>a &lt;/b&gt;", "looks like HTML"),
    ("atom", b"&lt;p&gt;It", b"&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;It", "not sanitised"),
    ("atom", b"&lt;p&gt;It", b"&lt;p onclick=x()&gt;It", "not sanitised"),
    ("atom", b"&lt;p&gt;It", b"&lt;a href='/x'&gt;It", "not sanitised"),
    ("atom", b"It spins", b"It \xef\xbf\xbd spins", "U+FFFD"),
    ("atom", b"It spins", b"It \xc2\x85 spins", "U+0085"),
    ("atom", b"http://www.loom.example/1", b"http://www.loom.example/a b", "no web address"),
    ("atom", b"<entry", b"<x/><entry", "does not belong here"),
    ("rss", b'isPermaLink="false"', b'isPermaLink="true"', "none of false"),
    ("rss", b"&#x26;", b"&amp;", "unescape twice"),
    ("rss", b"<pubDate>", b"<pubDate>x", "is no RFC 822 time"),
    ("rss", b"<dc:source>", b"<source url='http://x.example/'>x</source><dc:source>", "does not belong here"),
    ("rss", b"<docs>", b"<item/><docs>", "among its entries"),
    ("json", b'"version":"https://jsonfeed.org/version/1.1"', b'"version":"1"', "none of https"),
    ("json", b'+00:00","id":"urn:uuid:', b'+00:00","id":"x', "is no UUID"),
    ("json", b'"content_html"', b'"content"', "has no content"),
    ("json", b'"items":[{', b'"items":[7,{', "list of items"),
    ("opml", b"xmlUrl=", b"url=", "lacks xmlUrl"),
    ("opml", b'version="2.0"', b'version="9"', "version 2.0"),
]


@pytest.mark.parametrize(("ending", "right", "wrong", "fault"), BROKEN)
def test_what_is_broken_is_named(good, ending, right, wrong, fault) -> None:
    assert right in good[ending]
    found = Validator().faults(ending, good[ending].replace(right, wrong, 1))
    assert any(fault in line for line in found), found


def test_an_entry_that_stands_there_twice_is_seen(good) -> None:
    start, end = good["atom"].index(b"<entry"), good["atom"].index(b"</entry>") + 8
    twice = good["atom"].replace(b"</feed>", good["atom"][start:end] + b"</feed>")
    assert any("twice" in fault for fault in Validator().faults("atom", twice))
