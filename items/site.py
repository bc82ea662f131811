"""The site file: one publisher's web site, described in TOML, checked on load with clear words."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, ValidationError, field_validator, model_validator

from items.article import Model
from items.domain import registrable_domain
from items.errors import SiteFileError
from items.rule import Pattern, Rule, Url

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_IN_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is no key that newsloom knows; remove or correct it",
    "string_type": 'must be text: "…"',
    "list_type": "must be a list: […]",
    "dict_type": "must be a table of keys and values: {{ … }}",
    "model_type": "must be a table of keys and values: {{ … }}",
    "model_attributes_type": "must be a table of keys and values: {{ … }}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "literal_error": "must be {expected}",
    "too_short": "must not be empty",
    "too_long": "has more than {max_length} entries",
    "greater_than_equal": "must not be less than {ge}",
    "less_than_equal": "must not be more than {le}",
    "greater_than": "must be more than {gt}",
    "date_type": "must be a day: 2024-12-31",
    "date_parsing": "must be a day: 2024-12-31",
    "date_from_datetime_parsing": "must be a day: 2024-12-31",
    "date_from_datetime_inexact": "must be a day without a time: 2024-12-31",
}
"""What pydantic calls a fault, in the words of somebody who writes TOML."""

_MAX_FILE = 256 * 1024


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


Fields = dict[FieldName, FieldRule]


def _named(rules: Any) -> Any:
    """Rules as the model takes them: a bare selector is a rule that only selects."""
    if isinstance(rules, dict):
        return {name: {"select": rule} if isinstance(rule, str) else rule for name, rule in rules.items()}
    return rules


def _check_charset(value: str | None) -> str | None:
    try:
        if value is not None:
            "".encode(value)
    except (LookupError, ValueError):
        raise ValueError(f"{value!r} is no encoding: write one like gb18030") from None
    return value


class Layout(Model):
    """How the site's article pages were laid out for a time; pages that were fetched in it are read by its rules."""

    since: date | None = None
    """The first day; none: from the beginning."""
    until: date
    """The last day; the layout of today stands in `fields`."""
    fields: Fields = {}
    charset: str | None = None

    _allow_bare_rules = field_validator("fields", mode="before")(_named)
    _charset_exists = field_validator("charset")(_check_charset)

    @model_validator(mode="after")
    def _is_a_time(self) -> Layout:
        if self.since and self.since > self.until:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.since}")
        return self

    def holds(self, day: date) -> bool:
        """Whether the pages of a day have this layout."""
        return (self.since or date.min) <= day <= self.until


class Politeness(Model):
    """How the site is asked."""

    delay: float = Field(1.0, ge=0, le=600)
    """Seconds between two requests to its registrable domain."""
    requests: int | None = Field(None, ge=1)
    """How many requests a run sends to the domain at most (default: `crawl.requests` of newsloom.toml)."""
    megabytes: int | None = Field(None, ge=1)
    """How much a run takes from the domain at most (default: `crawl.megabytes`)."""


class Site(Model):
    """One publisher's web site."""

    id: str
    """Lower-case letters, digits and hyphens; the file's name."""
    name: dict[str, str] = Field(min_length=1)
    """Its name by language, in the order of preference."""
    organisation: str | None = None
    country: str | None = None
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
    fields: Fields = {}
    """How fields are read off the article pages of today."""
    layouts: list[Layout] = []
    """Earlier layouts of the article pages."""
    charset: str | None = None
    """Pins the encoding of every page."""
    javascript: bool = False
    """Listings and articles say nothing without JavaScript: a browser opens them (`pip install 'newsloom[js]'`)."""
    recheck: list[float] = Field([1, 6, 24, 168], max_length=20)
    """Hours after first sight at which a known article is looked at again for edits."""
    politeness: Politeness = Politeness()
    rights: Literal["full", "excerpt", "link"] = "full"
    topics: list[str] = []
    checked: str
    """When and how the rules were last held against live pages, or `never`."""
    spider: str | None = Field(None, pattern=r"^[a-z_][a-z0-9_]*:[A-Z][A-Za-z0-9_]*$")
    """`module:Class`, code beside the file that makes of what comes the pages that the rules are for."""
    _folder: Path | None = PrivateAttr(None)

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

    _charset_exists = field_validator("charset")(_check_charset)

    _allow_bare_rules = field_validator("fields", mode="before")(_named)

    @field_validator("recheck")
    @classmethod
    def _check_recheck(cls, value: list[float]) -> list[float]:
        if sorted(set(value)) != value or any(hours <= 0 for hours in value):
            raise ValueError("write hours that grow, such as [1, 6, 24, 168]")
        return value

    @field_validator("country")
    @classmethod
    def _check_country(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch("[A-Z]{2}", value):
            raise ValueError(f"{value!r} is no country: write two capital letters, such as CN")
        return value

    @field_validator("languages")
    @classmethod
    def _check_languages(cls, value: list[str]) -> list[str]:
        for language in value:
            if not _LANGUAGE.fullmatch(language):
                raise ValueError(f"{language!r} is no language: write one like en or zh-Hant")
        return value

    @model_validator(mode="after")
    def _layouts_are_one_at_a_time(self) -> Site:
        ordered = sorted(self.layouts, key=lambda layout: layout.since or date.min)
        for before, after in pairwise(ordered):
            if before.until >= (after.since or date.min):
                raise ValueError(
                    f"two layouts hold on {after.since or before.until}: let one end before the other begins"
                )
        return self

    @model_validator(mode="after")
    def _is_discoverable(self) -> Site:
        if not (self.feeds or self.sitemaps or self.listings):
            raise ValueError("nothing leads to its articles: give [[feeds]], [[sitemaps]] or [[listings]]")
        return self

    @property
    def folder(self) -> Path | None:
        """Where its file lies; None for a site that was made without one."""
        return self._folder

    @property
    def domain(self) -> str:
        """The registrable domain of its home: what politeness counts by."""
        return registrable_domain(self.home)

    @property
    def title(self) -> str:
        """Its name in its own first choice of language."""
        return next(iter(self.name.values()))

    def on(self, day: date | None) -> Site:
        """The site with the layout of a day: of today where none is named."""
        layout = next((layout for layout in self.layouts if day and layout.holds(day)), None)
        if layout is None:
            return self
        return self.model_copy(update={"fields": layout.fields, "charset": layout.charset or self.charset})

    def is_article(self, url: str) -> bool:
        """Whether a URL looks like one of its articles; without a pattern every URL does."""
        return self.articles is None or re.search(self.articles, url) is not None


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
    except RecursionError:
        raise SiteFileError(f"{path}: is nested deeper than any site file") from None
    except ValidationError as error:
        raise SiteFileError(f"{path}: {explain_validation(error)}") from None
    site._folder = path.parent
    return site


@lru_cache(maxsize=100_000)
def _load_as_it_stands(path: Path, _changed: int, _size: int) -> Site:
    """A site file that is known to be as it was need not be read again: jobs of a worker begin by the thousand."""
    return load_site(path)


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
                stands = path.stat()
                site = _load_as_it_stands(path, stands.st_mtime_ns, stands.st_size)
                if site.id != path.stem:
                    raise SiteFileError(f"{path}: id is {site.id!r}; name the file {site.id}.toml or change the id")
                sites[site.id] = site
            except SiteFileError as error:
                sites.pop(path.stem, None)
                errors.append(error)
            except OSError as error:  # a link that leads nowhere, a file that is gone since
                sites.pop(path.stem, None)
                errors.append(SiteFileError(f"{path}: can't be read: {error.strerror}"))
    return dict(sorted(sites.items())), errors


def explain_validation(error: ValidationError) -> str:
    """A validation error in one line: key, what is wrong, and how many more there are."""
    first, *more = error.errors(include_url=False)
    where = ".".join(str(part) for part in first["loc"] if part != "[key]") or "the whole"
    form = _IN_WORDS.get(first["type"], first["msg"].removeprefix("Value error, "))
    what = form.format_map(first.get("ctx", {})) if first["type"] in _IN_WORDS else form
    return f"{where}: {what}" + (f" (and {len(more)} more)" if more else "")
