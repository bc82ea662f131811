"""The site file: one publisher's web site, described in TOML, checked on load with clear words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from items.article import Model
from items.domain import registrable_domain
from items.errors import SiteFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_MAX_FILE = 256 * 1024


def _to_xpath(rule: str) -> str:
    """The XPath of a rule written `css:…` or `xpath:…`.

    Raises:
        ValueError: the rule has another form, or its selector can't be read.
    """
    kind, _, selector = rule.partition(":")
    selector = selector.strip()
    if kind not in ("css", "xpath") or not selector:
        raise ValueError(f'{rule!r} is no rule: write "css:h1.title" or "xpath://h1"')
    try:
        xpath = HTMLTranslator().css_to_xpath(selector, "descendant-or-self::") if kind == "css" else selector
        etree.XPath(xpath)
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"{rule!r} can't be read as {kind.upper()}: {error}") from None
    return xpath


def _check_rule(rule: str) -> str:
    _to_xpath(rule)
    return rule


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern


def _check_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no web address: it must begin with http:// or https:// and name a host")
    return url


Rule = Annotated[str, AfterValidator(_check_rule)]
"""A selector: `css:…` or `xpath:…`; `::text` and `::attr(name)` work in CSS."""

Pattern = Annotated[str, AfterValidator(_check_pattern)]
Url = Annotated[str, AfterValidator(_check_url)]


class _Paged(Model):
    """A way that is walked page by page, from newer to older."""

    url: Url
    """Its first page."""
    page: Url | None = None
    """The address of its further pages, with `{n}` where their number stands."""
    page_from: int = Field(2, ge=0)
    """The number that the second page has in `page`."""
    pages: int = Field(20, ge=1, le=1000)
    """How many pages a run walks at most; `crawl --backfill` walks on."""

    @field_validator("page")
    @classmethod
    def _page_has_number(cls, value: str | None) -> str | None:
        if value is not None and "{n}" not in value:
            raise ValueError(f"{value!r} names no page: write {{n}} where the number of the page stands")
        return value


class Listing(_Paged):
    """A page that lists articles."""

    links: Rule
    """The anchors of the articles; relative to `item` where that is given."""
    item: Rule | None = None
    """What holds one article's link and date."""
    date: Rule | None = None
    """The date beside the link, within `item`."""
    next: Rule | None = None
    """The anchor of the next page."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Listing:
        if self.date and not self.item:
            raise ValueError("`date` needs `item`: the element that holds one link and its date")
        if self.next and self.page:
            raise ValueError("`next` and `page` both say how to go on: keep one of them")
        return self


class Feed(_Paged):
    """An RSS or Atom feed that lists articles. Pages that it links itself (RFC 5005) need no `page`."""


class Sitemap(Model):
    """A sitemap, a news sitemap, or an index of sitemaps."""

    url: Url
    only: Pattern | None = None
    """Which sitemaps of an index are read, searched in their URLs."""
    most: int = Field(500, ge=1, le=50_000)
    """How many articles a run takes from it at most, newest first; `crawl --backfill` takes the others."""

    def reads(self, url: str) -> bool:
        """Whether a sitemap of the index is read."""
        return self.only is None or re.search(self.only, url) is not None


class FieldRule(Model):
    """How one field is read off this site's article pages."""

    select: Rule
    regex: Pattern | None = None
    """Applied to the selected text; its first group, or the whole match, is the value."""
    drop: list[Rule] = []
    """What is taken out of the selected element first."""


FieldName = Literal[
    "title", "body", "source", "published", "modified", "authors", "editors", "related", "summary", "tags"
]


class Politeness(Model):
    """How the site is asked."""

    delay: float = Field(1.0, ge=0, le=600)
    """Seconds between two requests to its registrable domain."""


class Site(Model):
    """One publisher's web site."""

    id: str
    """Lower-case letters, digits and hyphens; the file's name."""
    name: dict[str, str] = Field(min_length=1)
    """Its name by language, in the order of preference."""
    organisation: str | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$")
    """ISO 3166-1 alpha-2."""
    languages: list[str] = Field(min_length=1)
    """BCP 47, the main one first."""
    zone: str
    """IANA time zone of the times that it prints."""
    home: Url
    articles: Pattern | None = None
    """What an article's URL looks like, searched in the whole URL."""
    follow_related: int = Field(0, ge=0, le=10)
    """How many steps of related-reading links are followed within the site, from article to article."""
    feeds: list[Feed] = []
    sitemaps: list[Sitemap] = []
    listings: list[Listing] = []
    fields: dict[FieldName, FieldRule] = {}
    charset: str | None = None
    """Pins the encoding of every page."""
    politeness: Politeness = Politeness()
    rights: Literal["full", "excerpt", "link"] = "full"
    topics: list[str] = []
    checked: str
    """When and how the rules were last held against live pages, or `never`."""

    @field_validator("id")
    @classmethod
    def _check_id(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise ValueError(f"{value!r} is no id: use lower-case letters, digits and hyphens")
        return value

    @field_validator("zone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError):
            raise ValueError(f"{value!r} is no time zone: write one like Asia/Shanghai") from None
        return value

    @field_validator("charset")
    @classmethod
    def _check_charset(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                "".encode(value)
            except LookupError:
                raise ValueError(f"{value!r} is no encoding: write one like gb18030") from None
        return value

    @field_validator("fields", mode="before")
    @classmethod
    def _allow_bare_rules(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: {"select": rule} if isinstance(rule, str) else rule for name, rule in value.items()}
        return value

    @model_validator(mode="after")
    def _is_discoverable(self) -> Site:
        if not (self.feeds or self.sitemaps or self.listings):
            raise ValueError("nothing leads to its articles: give [[feeds]], [[sitemaps]] or [[listings]]")
        return self

    @property
    def domain(self) -> str:
        """The registrable domain of its home: what politeness counts by."""
        return registrable_domain(self.home)

    @property
    def title(self) -> str:
        """Its name in its own first choice of language."""
        return next(iter(self.name.values()))

    def is_article(self, url: str) -> bool:
        """Whether a URL looks like one of its articles; without a pattern every URL does."""
        return self.articles is None or re.search(self.articles, url) is not None


@lru_cache(maxsize=2048)
def xpath_of(rule: str) -> etree.XPath:
    """A checked rule, compiled."""
    return etree.XPath(_to_xpath(rule))


def load_site(path: Path) -> Site:
    """Read one site file.

    Raises:
        SiteFileError: it can't be read or is wrong; the message names file, key and remedy.
    """
    try:
        if path.stat().st_size > _MAX_FILE:
            raise SiteFileError(f"{path}: larger than {_MAX_FILE // 1024} KB, which no site file is")
        site = Site.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SiteFileError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SiteFileError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SiteFileError(f"{path}: is no TOML: {error}") from None
    except ValidationError as error:
        raise SiteFileError(f"{path}: {explain_validation(error)}") from None
    return site


def load_sites(folders: Iterable[Path]) -> tuple[dict[str, Site], list[SiteFileError]]:
    """Every site of the folders by id, and what was wrong with the files that could not be read.

    A site in a later folder wins over one of the same id in an earlier folder. A file that is wrong hides an earlier
    one too: the operator meant to replace it.
    """
    sites: dict[str, Site] = {}
    errors: list[SiteFileError] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                site = load_site(path)
                if site.id != path.stem:
                    raise SiteFileError(f"{path}: id is {site.id!r}; name the file {site.id}.toml or change the id")
                sites[site.id] = site
            except SiteFileError as error:
                sites.pop(path.stem, None)
                errors.append(error)
    return dict(sorted(sites.items())), errors


def explain_validation(error: ValidationError) -> str:
    """A validation error in one line: key, what is wrong, and how many more there are."""
    first, *more = error.errors(include_url=False, include_context=False)
    where = ".".join(str(part) for part in first["loc"]) or "the whole"
    what = first["msg"].removeprefix("Value error, ")
    if first["type"] == "missing":
        what = "is missing"
    elif first["type"] == "extra_forbidden":
        what = "is no key that newsloom knows; remove or correct it"
    return f"{where}: {what}" + (f" (and {len(more)} more)" if more else "")
