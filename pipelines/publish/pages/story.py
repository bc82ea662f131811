"""The page of a story: everything that its template shows, found and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from markupsafe import Markup
from sqlalchemy import select

from items.safe import text_html
from items.topics import vocabulary
from pipelines.archive.differences import Paragraph, differences_of
from pipelines.archive.tables import addresses, articles, links, related, stories
from pipelines.publish.entry import article_summary
from pipelines.publish.feeds.shelves import slug
from pipelines.publish.feeds.words import language_tag
from pipelines.publish.pages.catalogue import source_path, story_path
from pipelines.publish.pages.search import Entry, fold, words
from pipelines.publish.pages.times import When, kept, stated, when
from pipelines.publish.stories import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from items.article import Record
    from pipelines.publish.pages.catalogue import Catalogue, Item
    from pipelines.publish.publication import Publication
    from pipelines.publish.stories import Story

_INDEXED = 4_000
"""Letters of a text that the search index reads."""

_MOST_RELATED = 40
_MOST_PICTURES = 40
_MOST_VERSIONS = 10
_MOST_CARRIED = 200
_LINKS = {
    "translation": ("In other languages", "The same report, as others tell it in another language."),
    "possible": ("Possible copies", "Much alike, but not surely the same story."),
}
"""By the kind of link, its title and what it means."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the related reading; `path` leads to our own page of it, where the archive has it."""

    title: str
    url: str | None
    path: str | None
    category: str | None


@dataclass(frozen=True, slots=True)
class Carried:
    """An article of the story, as the table of its copies shows it."""

    when: When
    site_path: str
    site_name: str
    title: str
    url: str
    language: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """What a version changed. `hidden` where rights leave the text to its publisher and only the text changed."""

    number: int
    site_name: str
    when: When
    language: str | None
    paragraphs: list[Paragraph]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Other stories that this one is linked to, and how."""

    title: str
    about: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class StoryView:
    """What the page shows beyond the article itself."""

    article: Record
    language: str
    site_path: str
    site_name: str
    when: When
    modified: When | None
    first_seen: When
    source_path: str
    topics: list[dict[str, str]]
    summary: str | None
    html: Markup | None
    images: list[Any]
    attachments: list[Any]
    related: list[Link]
    carried: list[Carried]
    reason: str
    linked: list[Linked]
    versions: list[Version]
    linked_data: Markup


def view(connection: Connection, story: Story, publication: Publication, catalogue: Catalogue) -> StoryView:
    """Look at a story for its page."""
    article = story.original
    full = article.rights.policy == "full"
    known = vocabulary()
    return StoryView(
        article=article,
        language=language_tag(article.language) or "",
        site_path=f"sites/{slug(article.site)}.html",
        site_name=publication.site_title(article.site),
        when=_when(article),
        modified=stated(article.modified.at, article.modified.precision) if article.modified else None,
        first_seen=kept(article.first_seen),
        source_path=source_path(article.source.name) if article.source else "",
        topics=[{"id": topic, "name": known.name_of(topic, "en")} for topic in story.topics if topic in known.names],
        summary=article_summary(article),
        html=Markup(text_html(article.html)) if full and article.html else None,  # noqa: S704  # sanitised
        images=article.images[:_MOST_PICTURES] if full else [],
        attachments=article.attachments if full else [],
        related=_related(connection, article),
        carried=[_carried(one, publication) for one in (article, *story.copies[:_MOST_CARRIED])],
        reason=connection.execute(select(stories.c.reason).where(stories.c.id == story.id)).scalar() or "",
        linked=_linked(connection, story, catalogue),
        versions=[v for one in (article, *story.copies[:20]) for v in _versions(connection, one, article, publication)],
        linked_data=linked_data(story, publication),
    )


def entry_of(story: Story, seen: StoryView, published: str) -> Entry:
    """What the search index takes of a story: no more of its text than its rights let the page show."""
    article = story.original
    source = article.source.name if article.source else ""
    found = set(words(f"{article.title} {source}", single=True))
    found.update(word for copy in story.copies for word in words(copy.title))
    found.update(words(" ".join((seen.site_name, *article.tags, *article.authors))))
    shown = article.text if article.rights.policy == "full" else seen.summary
    found.update(words((shown or "")[:_INDEXED]))
    found.update(f"=s:{site}" for site in {article.site, *(copy.site for copy in story.copies)})
    found.update(f"=t:{topic['id']}" for topic in seen.topics)
    found.update((f"=l:{seen.language}", f"=d:{seen.when.day}"))
    found.update(f"=c:{fold(one.source.name)}" for one in (article, *story.copies) if one.source)
    told = [str(story.id), article.title, article.site, source, seen.source_path, published, seen.language]
    row = [*told, seen.when.machine, int(seen.when.seen), len(story.copies)]
    return Entry(str(story.id), published[:7], row, frozenset(found))


def linked_data(story: Story, publication: Publication) -> Markup:
    """The story as schema.org's NewsArticle, safe inside a script element."""
    article = story.original
    site = publication.sites.get(article.site)
    publisher = {"@type": "Organization", "name": (site and site.organisation) or publication.site_title(article.site)}
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": story.id.urn,
        "url": f"{publication.base_url}{story_path(story.id)}",
        "isBasedOn": article.canonical_url,
        "headline": article.title,
        "description": article_summary(article),
        "inLanguage": article.language,
        "datePublished": article.published.at if article.published else None,
        "dateModified": story.updated.isoformat() if article.version > 1 else None,
        "author": [{"@type": "Person", "name": name} for name in article.authors] or None,
        "publisher": publisher | ({"url": site.home} if site else {}),
        "creditText": article.source.name if article.source else None,
        "keywords": article.tags or None,
        "citation": [copy.canonical_url for copy in story.copies[:_MOST_CARRIED]] or None,
    }
    text = orjson.dumps({name: value for name, value in said.items() if value is not None}).decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704  # no letter in it can end the element


def _when(article: Record) -> When:
    stated_at = article.published.model_dump(include={"at", "precision"}) if article.published else None
    return when(stated_at, article.first_seen.isoformat())


def _related(connection: Connection, article: Record) -> list[Link]:
    """The related reading, led to our own pages where the archive has what it names."""
    listed = article.related[:_MOST_RELATED]
    ids = {link.article for link in listed if link.article}
    urls = {link.url for link in listed if link.url}
    by_url = select(addresses.c.url, articles.c.story).join(articles).where(addresses.c.url.in_(urls))
    found: dict[Any, UUID] = dict(_rows(connection, by_url)) if urls else {}
    if ids:
        found |= dict(_rows(connection, select(articles.c.id, articles.c.story).where(articles.c.id.in_(ids))))
    made = []
    for link in listed:
        story = found.get(link.article) or found.get(link.url)
        made.append(Link(link.title, link.url, story_path(story) if story else None, link.category))
    return made


def _linked(connection: Connection, story: Story, catalogue: Catalogue) -> list[Linked]:
    """Stories that are told elsewhere in another language, or that may be copies: shown beside, never merged."""
    ids = [story.original.id, *(copy.id for copy in story.copies[:_MOST_CARRIED])]
    found: dict[str, set[UUID]] = {kind: set() for kind in _LINKS}
    for one, other in ((links.c.article, links.c.other), (links.c.other, links.c.article)):
        rows = select(links.c.kind, articles.c.story).join(articles, articles.c.id == other)
        wanted = rows.where(one.in_(ids), links.c.kind.in_(list(_LINKS)), articles.c.removed.is_(False))
        for kind, linked in connection.execute(wanted.limit(_MOST_RELATED)):
            if linked != story.id:
                found[kind].add(linked)
    made = []
    for kind, others in found.items():
        items = catalogue.items(sorted(told(connection, others).values()))
        if items:
            made.append(Linked(*_LINKS[kind], sorted(items, key=lambda item: item.order)))
    return made


def pointing_at(connection: Connection, changed: Sequence[UUID]) -> set[UUID]:
    """Stories whose pages lead to these: by their related reading, or because the two are linked."""
    urls = select(addresses.c.url).join(articles).where(articles.c.story.in_(changed))
    named = select(articles.c.story).join(related, related.c.article == articles.c.id).where(related.c.url.in_(urls))
    found = set(connection.execute(named.distinct()).scalars())
    own = select(articles.c.id).where(articles.c.story.in_(changed))
    for one, other in ((links.c.article, links.c.other), (links.c.other, links.c.article)):
        linked = select(articles.c.story).join(links, articles.c.id == other)
        found.update(
            connection.execute(linked.where(one.in_(own), links.c.kind.in_(list(_LINKS))).distinct()).scalars()
        )
    return found


def _rows(connection: Connection, query: Any) -> Iterable[tuple[Any, UUID]]:
    return [(row[0], row[1]) for row in connection.execute(query.where(articles.c.removed.is_(False)))]


def _carried(article: Record, publication: Publication) -> Carried:
    return Carried(
        when=_when(article),
        site_path=f"sites/{slug(article.site)}.html",
        site_name=publication.site_title(article.site),
        title=article.title,
        url=article.canonical_url,
        language=article.language,
        source=article.source.name if article.source else None,
    )


def _versions(connection: Connection, article: Record, original: Record, publication: Publication) -> list[Version]:
    """The article's later versions, newest first, each with what it changed."""
    if article.version < 2:
        return []
    name = "" if article.id == original.id else publication.site_title(article.site)
    hidden = article.rights.policy != "full"
    made = []
    for one in differences_of(connection, article.id, _MOST_VERSIONS):
        paragraphs = one.title if hidden else [*one.title, *one.text]
        at = kept(datetime.fromisoformat(one.recorded))
        made.append(Version(one.version, name, at, article.language, paragraphs, hidden and not paragraphs))
    return made
