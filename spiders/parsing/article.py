"""A page's bytes → the article on it. Calls every field's reader; one that fails loses its field, never the article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from items.article import Article, Image, Rights
from spiders.parsing.body.body import Body, read_body
from spiders.parsing.canonical import canonical_url
from spiders.parsing.credits.source import Credits, read_credits
from spiders.parsing.extras import Extras, read_extras
from spiders.parsing.html import article_html
from spiders.parsing.images import read_images
from spiders.parsing.language import read_language
from spiders.parsing.opened import Opened, open_with_blocks
from spiders.parsing.paging import next_page
from spiders.parsing.related.related import Related, read_related
from spiders.parsing.rules import SiteRules
from spiders.parsing.times.published import Times, read_times
from spiders.parsing.title import headline_above, read_title
from spiders.parsing.undisturbed import undisturbed
from spiders.parsing.wishes import NO_WISHES, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from items.site import Site
    from spiders.parsing.blocks import Block
    from spiders.parsing.found import Found
    from spiders.parsing.template import Template
    from spiders.parsing.times.machine_times import Kind

T = TypeVar("T")

_KINDS: tuple[Kind, ...] = ("published", "modified")

_LONGEST_TITLE = 200
"""Characters of a title that is taken from the text."""


class NotAnArticleError(Exception):
    """The page holds no article; the text says what was missing."""


@dataclass(slots=True)
class Reading:
    """A parsed page.

    Attributes:
        article: what it says.
        doubts: per field, what the readers were unsure of, for a person.
        next_page: where the article goes on, if it is split over several pages.
    """

    article: Article
    doubts: dict[str, list[str]] = field(default_factory=dict)
    next_page: str | None = None


def read_article(
    body: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    site: Site | None = None,
    **context: object,
) -> Reading:
    """Read one article page.

    Args:
        body: the response body, not compressed.
        url: where it was read.
        content_type: the HTTP Content-Type header.
        site: the site file whose rules, zone and charset apply.
        context: what else `read_page` takes.

    Raises:
        NotAnArticleError: the page has no text at all.
    """
    encoding = site.charset if site else None
    with undisturbed():
        # the page goes before the collector is back
        return read_page(
            open_with_blocks(body, url=url, content_type=content_type, encoding=encoding),
            site=site,
            **context,  # type: ignore[arg-type]
        )


def read_page(
    opened: Opened,
    *,
    name: str | None = None,
    site: Site | None = None,
    fetched: datetime | None = None,
    listing_date: str | None = None,
    template: Template | None = None,
    wishes: Wishes = NO_WISHES,
) -> Reading:
    """Read the article on an opened page.

    Args:
        opened: the page with its blocks.
        name: what to call the page when neither caller nor page knows its address.
        site: the site file whose rules and zone apply.
        fetched: when it was fetched: relative times and missing years are read by it.
        listing_date: the words beside the article's link on its listing.
        template: what recurs on the site's pages.
        wishes: what the publisher asks of robots besides, as in HTTP headers.

    Raises:
        NotAnArticleError: the page has no text at all.
    """
    laid_out = site.on(fetched.date()) if site and fetched else site
    with undisturbed():
        reader = _Reader(opened, SiteRules(opened.page, opened.blocks, laid_out), template)
        return reader.read(name, site, fetched, listing_date, wishes)


def joined(article: Article, part: Article) -> Article:
    """The article with the part that its next page holds: more text, images and files, and what only that page says."""
    return article.model_copy(
        update={
            "text": "\n".join(filter(None, (article.text, part.text))) or None,
            "html": "\n".join(filter(None, (article.html, part.html))) or None,
            "images": [*article.images, *(i for i in part.images if i.url not in {k.url for k in article.images})],
            "attachments": [*article.attachments, *(a for a in part.attachments if a not in article.attachments)],
            "source": article.source or part.source,
            "authors": article.authors or part.authors,
            "editors": article.editors or part.editors,
            "related": article.related or part.related,
        }
    )


class _Reader:
    """The state of one reading: what was found so far, by which rule, with which doubts."""

    def __init__(self, opened: Opened, rules: SiteRules, template: Template | None) -> None:
        self.page, self.blocks = opened
        self.rules, self.template = rules, template
        self.provenance: dict[str, str] = {}
        self.doubts: dict[str, list[str]] = {}

    def read(
        self, name: str | None, site: Site | None, fetched: datetime | None, listing_date: str | None, wishes: Wishes
    ) -> Reading:
        page, blocks = self.page, self.blocks
        title = self._found("title", lambda: self.rules.text("title") or read_title(page, blocks))
        body = self._safe("text", self._body(title), Body([]))
        if body.kept and self.provenance.get("title") == "title" and self.doubts["title"]:
            title = self._found("title", lambda: headline_above(blocks, body.kept[0])) or title
        if title is None:
            title = self._first_line(body)
        credits_ = self._safe("source", lambda: read_credits(page, blocks, body=body, title=title), Credits())
        zone = ZoneInfo(site.zone) if site else None
        times = self._safe(
            "published",
            lambda: read_times(
                page,
                blocks,
                body=body,
                title=title,
                fetched=fetched,
                zone=zone,
                listing_date=listing_date,
                ruled={kind: words.value for kind in _KINDS if (words := self.rules.text(kind))},
            ),
            Times(),
        )
        related = self._safe(
            "related",
            lambda: read_related(page, blocks, body=body, title=title, template=self.template),
            Related(),
        )
        left = _without_claims(blocks, body.kept, (credits_.claimed, times.claimed, related.claimed))
        text = "\n".join(left.values())
        images = self._safe("images", lambda: read_images(page, blocks, body=body), list[Image]())
        html = self._safe("html", lambda: article_html(page, blocks, left, images), None) if text else None
        self._note("text", body.rule if text else None, body.doubts)
        language = self._found("language", lambda: read_language(page, text or title))
        source = self.rules.source(language) or credits_.source
        links = self.rules.links("related") or related.links
        extras = self._safe("summary", lambda: read_extras(page, blocks, body=body, title=title), Extras())
        paywalled = extras.paywalled is not None and extras.paywalled.value
        rights = Rights(policy=site.rights if site else "full", paywalled=paywalled)
        url = page.url or name or "about:blank"
        article = Article(
            url=url,
            title=title,
            canonical_url=self._safe("canonical_url", lambda: canonical_url(page, page.url), None),
            site=site.id if site else None,
            language=language,
            summary=self._found("summary", lambda: self.rules.text("summary") or extras.summary),
            text=text,
            html=html,
            source=source,
            authors=self.rules.people("authors") or credits_.authors,
            editors=self.rules.people("editors") or credits_.editors,
            published=times.published,
            modified=times.modified,
            related=links,
            images=images,
            attachments=extras.attachments,
            tags=self.rules.texts("tags") or self._found("tags", lambda: extras.tags) or [],
            charset=page.charset,
            rights=extras.wishes.heeded(wishes.heeded(rights)),
        )
        self._note("source", credits_.rules.get("source"), credits_.doubts)
        self._note("authors", credits_.rules.get("authors") if article.authors else None)
        self._note("editors", credits_.rules.get("editors") if article.editors else None)
        self._note("published", times.published_rule if article.published else None, times.doubts)
        self._note("modified", times.modified_rule if article.modified else None)
        self._note("related", related.rule if article.related else None, related.doubts)
        self._note("images", "generic" if article.images else None)
        article.provenance = self.provenance | self.rules.used
        further = self._safe("text", lambda: next_page(page, blocks, body), None)
        return Reading(article, {name: found for name, found in self.doubts.items() if found}, further)

    def _first_line(self, body: Body) -> str:
        """What stands for a title that is nowhere to be found."""
        if not self.blocks:
            raise NotAnArticleError("the page is empty")
        self._note("title", "text", ["the page has no title; this is how its text begins"])
        return self.blocks[body.kept[0] if body.kept else 0].text[:_LONGEST_TITLE]

    def _body(self, title: str | None) -> Callable[[], Body]:
        ruled = self.rules.body()
        return lambda: ruled or read_body(self.page, self.blocks, title=title, template=self.template)

    def _safe(self, name: str, read: Callable[[], T], default: T) -> T:
        """What a reader says; its default when it fails, with a doubt that says so."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001  # a page that breaks one reader must not lose the others' work
            self._note(name, None, [f"newsloom failed on it: {type(error).__name__}: {error}"])
            return default

    def _found(self, name: str, read: Callable[[], Found[T] | None]) -> T | None:
        found = self._safe(name, read, None)
        if found is None:
            return None
        self._note(name, found.rule, found.doubts)
        return found.value

    def _note(self, name: str, rule: str | None, doubts: Sequence[str] = ()) -> None:
        if rule is not None:
            self.provenance[name] = rule
        self.doubts.setdefault(name, []).extend(doubts)


def _without_claims(
    blocks: Sequence[Block], kept: Sequence[int], claims: Sequence[Mapping[int, str | None]]
) -> dict[int, str]:
    """The kept blocks' text by index, less what other fields' readers took as theirs."""
    left = {}
    for index in kept:
        rest = [claim[index] or "" for claim in claims if index in claim]
        text = min(rest, key=len) if rest else blocks[index].text
        if text.strip():
            left[index] = text.strip()
    return left
