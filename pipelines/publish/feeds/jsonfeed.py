"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from items.article import canonical_json
from pipelines.publish.entry import link_of
from pipelines.publish.feeds.words import plain, uri

if TYPE_CHECKING:
    from items.article import Record, RelatedLink
    from pipelines.publish.feeds.feed import Document
    from pipelines.publish.feeds.reading import Reading

_ABOUT = "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a"


def json_item(reading: Reading) -> bytes:
    """An item, to be joined into documents."""
    article = reading.story.original
    source = article.source
    item: dict[str, Any] = {
        "id": reading.id,
        "url": reading.link,
        "title": reading.title,
        "summary": reading.summary,
        "content_html": reading.content,
        "date_published": reading.published.isoformat() if reading.published else None,
        "date_modified": reading.updated.isoformat(),
        "language": reading.language,
        "authors": [{"name": name} for name in reading.authors],
        "tags": [category.label for category in reading.categories],
        "image": reading.images[0].url if reading.images else None,
        "_newsloom": {
            "about": _ABOUT,
            "site": article.site,
            "publisher": reading.site_title,
            "source": {"name": plain(source.name), "url": uri(source.url)} if source else None,
            "published": article.published.model_dump(include={"at", "precision"}) if article.published else None,
            "topics": list(reading.story.topics),
            "rights": article.rights.policy,
            "copies": [_copy(copy) for copy in reading.story.copies],
            "translations": [_copy(other) for other in reading.story.translations],
            "possible_copies": [_copy(other) for other in reading.story.possible],
            "related": [_related(related) for related in article.related],
        },
    }
    return canonical_json({key: value for key, value in item.items() if value not in (None, [])})


def json_feed(document: Document) -> bytes:
    """A document of a feed as a JSON Feed."""
    feed, publication = document.feed, document.publication
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "description": plain(feed.description),
        "home_page_url": f"{publication.base_url}{feed.page}",
        "feed_url": document.url("json"),
        "authors": [{"name": plain(publication.title)}],
        "items": [orjson.Fragment(entry.json) for entry in document.entries],
        "_newsloom": {"about": _ABOUT, "id": feed.id},
    }
    if feed.language:
        said["language"] = feed.language
    if document.previous is not None:
        said["next_url"] = document.url("json", document.previous)
    if document.is_current and publication.hubs:
        said["hubs"] = [{"type": "WebSub", "url": hub} for hub in publication.hubs]
    return canonical_json(said) + b"\n"


def _copy(copy: Record) -> dict[str, Any]:
    said = {"site": copy.site, "title": plain(copy.title), "url": uri(link_of(copy)), "language": copy.language}
    return {name: value for name, value in said.items() if value is not None}


def _related(related: RelatedLink) -> dict[str, Any]:
    category = plain(related.category) if related.category else None
    return {"title": plain(related.title), "url": uri(related.url), "category": category}
