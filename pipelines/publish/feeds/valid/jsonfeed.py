"""JSON Feed 1.1 as rules: which keys, of what type, with what in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publish.feeds.valid import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.publish.feeds.valid.values import Check

_FEED: Mapping[str, Check] = {
    "version": values.one_of("https://jsonfeed.org/version/1.1"),
    "title": values.words,
    "description": values.words,
    "home_page_url": values.web,
    "feed_url": values.web,
    "next_url": values.web,
    "icon": values.web,
    "language": values.language,
}
_ITEM: Mapping[str, Check] = {
    "id": values.urn,
    "url": values.web,
    "external_url": values.web,
    "title": values.words,
    "summary": values.words,
    "content_html": values.html,
    "content_text": values.words,
    "date_published": values.rfc3339,
    "date_modified": values.rfc3339,
    "language": values.language,
    "image": values.web,
}


def json_faults(feed: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a feed, its items aside."""
    yield from _faults(feed, _FEED, {"version", "title", "feed_url"}, lists={"items", "authors", "hubs"})
    yield from _author_faults(feed)
    for hub in feed.get("hubs", []):
        if not isinstance(hub, dict) or set(hub) != {"type", "url"} or values.web(str(hub["url"])):
            yield "hubs: holds what is no hub"


def json_item_faults(item: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an item."""
    yield from _faults(item, _ITEM, {"id", "date_modified"}, lists={"authors", "tags", "attachments"})
    yield from _author_faults(item)
    if "content_html" not in item and "content_text" not in item:
        yield "has no content"
    for tag in item.get("tags", []):
        if not isinstance(tag, str) or values.words(tag):
            yield "tags: holds what is no tag"


def _faults(said: dict[str, Any], checks: Mapping[str, Check], required: set[str], lists: set[str]) -> Iterator[str]:
    yield from (f"lacks {key}" for key in sorted(required - said.keys()))
    for key, value in said.items():
        if key.startswith("_"):
            if not isinstance(value, dict):
                yield f"{key}: an extension is an object"
        elif key in lists:
            if not isinstance(value, list):
                yield f"{key}: is no list"
        elif key not in checks:
            yield f"{key}: is no key of JSON Feed 1.1"
        elif not isinstance(value, str):
            yield f"{key}: is no text"
        elif fault := checks[key](value):
            yield f"{key}: {fault}"


def _author_faults(said: dict[str, Any]) -> Iterator[str]:
    for author in said.get("authors", []):
        if not isinstance(author, dict) or not {"name", "url", "avatar"} & set(author):
            yield "authors: holds what is no author"
        elif fault := values.words(str(author.get("name", "-"))):
            yield f"authors: {fault}"
