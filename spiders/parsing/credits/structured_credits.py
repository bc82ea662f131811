"""Credits that a page gives in its head: JSON-LD, meta elements, the names it calls itself by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from items.article import Source
from spiders.parsing.credits.credit_labels import clean_name, is_nobody, source_name
from spiders.parsing.credits.people import is_person, split_names

if TYPE_CHECKING:
    from spiders.parsing.page import Page

_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage$", re.ASCII)
_META_SOURCE = (
    "mediaid",
    "source",
    "article:source",
    "news_source",
    "newssource",
    "contentsource",
    "source_name",
    "og:article:source",
    "dc.source",
    "originalsource",
    "copyfrom",
)
_META_AUTHOR = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "og:article:author",
    "authors",
    "article:author_name",
    "cxenseparse:author",
    "twitter:data1",
)
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
_MARKS = re.compile(r"[\W_]+")
_TITLE_PART = re.compile(r"\s*[|_\-–—·»]\s*")


@lru_cache(maxsize=512)
def fold(text: str | None) -> str:
    """A name without case, width, spaces and marks, to compare it by."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text or "").casefold())


def site_names(page: Page) -> set[str]:
    """Folded names that the page's own site goes by: its name, its publisher, its host."""
    found = [value for key in _SITE for value in page.meta.get(key, ())]
    for item in page.json_ld:
        kinds = str(item.get("@type"))
        if "WebSite" in kinds or "Organization" in kinds:
            found += _names(item)
        found += _names(item.get("publisher"))
    names = {fold(part) for value in found for part in (value, *_TITLE_PART.split(value)[:2])}
    host = urlsplit(page.url or "").hostname or ""
    labels = host.removeprefix("www.").split(".")
    if len(labels) > 1:
        names |= {fold(host), fold(".".join(labels[-2:])), labels[-2], fold(host.removeprefix("www."))}
    return {name for name in names if len(name) > 1}


def is_own(name: str, own: set[str]) -> bool:
    """Whether a name is the site's own: equal to one of its names, or its beginning (`AP` of AP News)."""
    folded = fold(
        re.sub(r"^(?:the|der|die|das|le|la|el|il)\s|\s?(?:19|20)\d\d$", "", name.strip(), flags=re.IGNORECASE)
    )
    return bool(folded) and any(
        site == folded or (site.startswith(folded) and len(site) - len(folded) <= 4) or site == f"the{folded}"
        for site in own
    )


def structured_source(page: Page, own: set[str]) -> tuple[Source, str] | None:
    """A source named in the head: `<meta name="source">`, `sourceOrganization`; never the site itself."""
    for key in _META_SOURCE:
        for value in page.meta.get(key, ())[:2]:
            named = source_name(value[:120])
            if (
                named
                and not is_own(named[0], own)
                and not is_nobody(named[0])
                and not named[0].startswith(("http", "www."))
            ):
                return Source(name=named[0], raw=value[:200], kind="meta"), f"meta:{key}"
    for item in page.json_ld:
        for key in ("sourceOrganization", "creditText", "isBasedOn"):
            for name in _names(item.get(key)):
                if not is_own(name, own) and not is_nobody(name) and len(name) < 80:
                    return Source(name=clean_name(name), raw=name, kind="json-ld"), "json-ld"
    return None


def structured_authors(page: Page, own: set[str]) -> tuple[list[str], str]:
    """Authors named in the head, and the rule: JSON-LD first, then meta elements. The site's own name is no author."""
    found: list[str] = []
    for item in page.json_ld:
        if _ARTICLE.search(str(item.get("@type"))):
            found += _json_ld_people(item.get("author"), own)
    found = list(dict.fromkeys(found))
    if found:
        return found, "json-ld"
    for key in _META_AUTHOR:
        names = [name for value in page.meta.get(key, ()) for name in split_names(value[:200])]
        names = [name for name in dict.fromkeys(names) if _credible(name, own) and is_person(name)]
        if names:
            return names, f"meta:{key}"
    return [], ""


def _json_ld_people(value: Any, own: set[str]) -> list[str]:
    """People of a JSON-LD author; one who owns the site is a person all the same."""
    found: list[str] = []
    for item in value[:20] if isinstance(value, list) else [value]:
        person = isinstance(item, dict) and "Person" in str(item.get("@type"))
        names = [name for text in _names(item) for name in split_names(text)]
        found.extend(name for name in names if (person and is_person(name)) or _credible(name, own))
    return found


def _credible(name: str, own: set[str]) -> bool:
    return (
        len(name) > 1 and fold(name) not in own and not is_nobody(name) and "." not in name.strip(".").replace(". ", "")
    )


def _names(value: Any, depth: int = 0) -> list[str]:
    """The names in a JSON-LD value: a text, an object with a name, or a list of these."""
    if isinstance(value, str):
        return [value.strip()] if 1 < len(value.strip()) < 200 and not value.startswith(("http://", "https://")) else []
    if isinstance(value, list) and depth < 3:
        return [name for item in value[:20] for name in _names(item, depth + 1)]
    if isinstance(value, dict) and depth < 3:
        return _names(value.get("name"), depth + 1)
    return []
