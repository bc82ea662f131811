"""A story as a reader is given it: what every format says of it, in words and addresses that are safe in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from items.topics import vocabulary
from pipelines.publish.entry import article_summary, content_of, link_of
from pipelines.publish.feeds.words import label, language_tag, plain, uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from items.article import Image, Record
    from pipelines.publish.publication import Publication
    from pipelines.publish.stories import Story

TOPICS = "urn:newsloom:topics"
"""Scheme of categories that are topics of the vocabulary; other categories are the article's own tags."""

_MOST_RELATED = 20
_MOST_IMAGES = 10
_MOST_NAMES = 30
_FIRST_YEAR = 1990
"""The web has no older news: a page that dates itself before is told without that date (its words stay in the JSON)."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an entry: a topic, which has a scheme, or a tag."""

    term: str
    label: str
    scheme: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of an entry."""

    url: str
    width: int | None
    height: int | None
    caption: str | None


@dataclass(frozen=True, slots=True)
class SiteFeed:
    """The feed of the site that the story's original stands on."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What every format says of a story.

    Attributes:
        published: None when the page's date can't be true.
        links: attributes of Atom links: the story's copies, its related reading, its source.
        content: HTML.
        source: who the article credits.
    """

    story: Story
    id: str
    title: str
    link: str | None
    published: datetime | None
    updated: datetime
    language: str | None
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    summary: str | None
    content: str
    links: tuple[dict[str, str], ...]
    images: tuple[Picture, ...]
    source: str | None
    site_title: str
    site_home: str | None
    site_feed: SiteFeed


def read(story: Story, publication: Publication, site_feed: Callable[[str], SiteFeed]) -> Reading:
    """What the formats say of a story.

    Args:
        story: as it was told.
        publication: names the sites.
        site_feed: finds the feed of a site.
    """
    article = story.original
    names = {site.id: site.title for site in publication.sites.values()}
    true_date = story.published.year >= _FIRST_YEAR
    site = publication.sites.get(article.site)
    summary = article_summary(article)
    return Reading(
        story=story,
        id=story.id.urn,
        title=plain(article.title),
        link=uri(link_of(article)),
        published=story.published if true_date else None,
        updated=story.updated if story.updated.year >= _FIRST_YEAR else article.first_seen,
        language=language_tag(article.language),
        authors=tuple(_names(article.authors)),
        categories=tuple(_categories(story)),
        summary=plain(summary) if summary else None,
        content=content_of(story, names),
        links=tuple(_links(story)),
        images=tuple(_pictures(article)),
        source=label(article.source.name) if article.source else None,
        site_title=label(publication.site_title(article.site)),
        site_home=uri(site.home) if site else None,
        site_feed=site_feed(article.site),
    )


def _names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(label(name) for name in names))[:_MOST_NAMES]


def _categories(story: Story) -> list[Category]:
    known = vocabulary()
    topics = [
        Category(topic, known.name_of(topic, story.original.language), TOPICS)
        for topic in story.topics
        if topic in known.names
    ]
    return topics + [Category(tag, tag, None) for tag in _names(story.original.tags)]


def _links(story: Story) -> list[dict[str, str]]:
    """The story's copies, what stands beside it, its related reading, and where its source has it from: `via`."""
    links: dict[str, dict[str, str]] = {}

    def add(rel: str, url: str | None, title: str, language: str | None = None) -> None:
        href = uri(url)
        if href is None or href in links or href == uri(link_of(story.original)):
            return
        links[href] = {"rel": rel, "href": href, "title": label(title)}
        if tag := language_tag(language):
            links[href]["hreflang"] = tag

    source = story.original.source
    if source is not None:
        add("via", source.url, source.name)
    for copy in story.copies[:_MOST_RELATED]:
        add("related", link_of(copy), copy.title, copy.language)
    for other in (*story.translations, *story.possible):
        add("related", link_of(other), other.title, other.language)
    for related in story.original.related[:_MOST_RELATED]:
        add("related", related.url, related.title)
    return list(links.values())


def _pictures(article: Record) -> list[Picture]:
    if article.rights.policy != "full":
        return []
    found = ((uri(image.url), image) for image in article.images[:_MOST_IMAGES])
    return [Picture(url, i.width, i.height, _caption(i)) for url, i in found if url is not None]


def _caption(image: Image) -> str | None:
    return label(image.caption) if image.caption else None
