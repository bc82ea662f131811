"""What tests of feeds share: a site, publishing into a folder, reading a feed back with its history, and a judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import feedparser
import html5lib
from lxml import etree

from items.site import Site
from pipelines.publish.feeds.valid import Validator
from pipelines.publish.publish import Publication, Published, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.archive import Archive

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
BASE = "http://feeds.example/"
SITE = Site.model_validate(
    {
        "id": "loomsite",
        "name": {"en": "Loom News"},
        "languages": ["en"],
        "country": "DE",
        "zone": "UTC",
        "home": "http://www.loom.example/",
        "checked": "never",
        "feeds": [{"url": "http://www.loom.example/feed"}],
    }
)


def publish_into(folder: Path, archive: Archive, **said: Any) -> Published:
    """Publish an archive into a folder as it is published in these tests, but for what a test says."""
    about = {"base_url": BASE, "title": "Textiles"} | said
    return publish(archive, {"loomsite": SITE}, Publication(folder, **about))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file that is published, by its path."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def feeds_of(folder: Path) -> dict[str, bytes]:
    """Every document of a feed and the outline of them all, by its path."""
    endings = (".atom", ".rss", ".json", ".opml")
    said = {path: content for path, content in files_of(folder).items() if path.endswith(endings)}
    return {path: content for path, content in said.items() if path.startswith("feeds")}


def faults_of(folder: Path) -> list[str]:
    """What the validator says of every feed, and a strict HTML parser of every entry's content."""
    validator, contents, found = Validator(), set(), []
    for path, document in feeds_of(folder).items():
        found += [f"{path}: {fault}" for fault in validator.faults(path.rsplit(".", 1)[1], document)]
        if path.endswith(".json"):
            contents |= {item["content_html"] for item in json.loads(document)["items"]}
    for content in contents:
        try:
            html5lib.HTMLParser(strict=True).parseFragment(content)
        except html5lib.html5parser.ParseError as error:
            found.append(f"{error}: {content[:200]}")
    return found


def items(folder: Path, feed: str = "all") -> list[dict[str, Any]]:
    """The items of a JSON feed."""
    return json.loads((folder / "feeds" / f"{feed}.json").read_bytes())["items"]


def entries(folder: Path, name: str) -> list[Any]:
    """The entries of a feed as feedparser reads them, without complaint."""
    parsed = feedparser.parse((folder / "feeds" / name).read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed.entries


def documents(folder: Path, feed: str = "all", ending: str = "atom") -> Iterator[tuple[str, Any]]:
    """A feed and the documents before it, as a reader follows them back: each with its path."""
    path: str | None = f"feeds/{feed}.{ending}"
    while path is not None:
        content = (folder / path).read_bytes()
        document = json.loads(content) if ending == "json" else etree.fromstring(content)
        yield path, document
        url = document.get("next_url") if ending == "json" else link_of(document, "prev-archive")
        path = url.removeprefix(BASE) if url else None


def link_of(document: Any, relation: str) -> str | None:
    """Where a feed's link of a relation leads."""
    found = [link.get("href") for link in document.iter(f"{ATOM}link") if link.get("rel") == relation]
    return found[0] if found else None


def ids_of(document: Any) -> list[str]:
    """Ids of the entries of a document of any format, in its order."""
    if isinstance(document, dict):
        return [item["id"] for item in document["items"]]
    return [e.text for e in document.iterfind(f"{ATOM}entry/{ATOM}id")] + [e.text for e in document.iter("guid")]
