"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from items.article import canonical_json
from pipelines.publish.entry import article_summary, content_of, link_of

if TYPE_CHECKING:
    from pipelines.publish.feed import Feed
    from pipelines.publish.stories import Story


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed document in UTF-8."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.base_url,
        "feed_url": feed.url("json"),
        "authors": [{"name": feed.title}],
        "items": [_item(feed, story) for story in feed.stories],
    }
    return canonical_json(document | ({"language": feed.language} if feed.language else {})) + b"\n"


def _item(feed: Feed, story: Story) -> dict[str, Any]:
    article = story.original
    images = article.images if article.rights.policy == "full" else []
    item: dict[str, Any] = {
        "id": story.id.urn,
        "url": link_of(article),
        "title": article.title,
        "summary": article_summary(article),
        "content_html": content_of(story, feed.site_names),
        "date_published": story.published.isoformat(),
        "date_modified": story.updated.isoformat(),
        "language": article.language,
        "authors": [{"name": name} for name in article.authors],
        "tags": article.tags,
        "image": images[0].url if images else None,
        "_newsloom": {
            "about": "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a",
            "site": article.site,
            "source": article.source.model_dump(include={"name", "url"}) if article.source else None,
            "published": article.published.model_dump(include={"at", "precision"}) if article.published else None,
            "copies": [{"site": c.site, "title": c.title, "url": link_of(c)} for c in story.copies],
            "related": [r.model_dump(include={"title", "url", "category"}) for r in article.related],
        },
    }
    return {key: value for key, value in item.items() if value not in (None, [])}
