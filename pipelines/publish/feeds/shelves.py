"""Which feeds a story stands in: all, its sites, languages, countries, sources and topics, and the operator's own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from items.article import canonical_json
from items.topics import Terms, fold, vocabulary
from pipelines.publish.feeds.words import language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from items.site import Site

_FORM = 1
"""Raised when the rules below change: every story is then looked at again."""

_SITE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_NO_LETTER = re.compile(r"[\W_]+")
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """A feed that the operator defines: stories that meet every filter which is given, by any of its values.

    Attributes:
        name: the feed's path is `own/NAME`.
        title: plain text.
        words: words or phrases in title or text; a `*` lets the last word go on.
        without: words or phrases that keep a story out.
    """

    name: str
    title: str
    description: str = ""
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Below `feeds/`."""
        return f"own/{self.name}"

    @property
    def rule(self) -> str:
        """A digest of what it lets in."""
        filters = [self.sites, self.languages, self.countries, self.sources, self.topics, self.words, self.without]
        return hashlib.sha256(canonical_json(filters)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """What decides where a story stands.

    Attributes:
        sites: ids of the sites of all its articles.
        sources: names that its articles credit, as printed.
        language: of its original.
        topics: ids, of its original.
        words: title and text of its original.
    """

    sites: Sequence[str]
    sources: Sequence[str]
    language: str | None
    topics: Sequence[str]
    words: str


@dataclass(slots=True)
class Shelves:
    """Sorts stories into feeds.

    Args:
        countries: site id → ISO 3166 code, where known.
        own: the operator's feeds.
    """

    countries: Mapping[str, str]
    own: Sequence[OwnFeed] = ()
    _terms: dict[str, tuple[Terms, Terms]] = field(default_factory=dict)

    @classmethod
    def of(cls, sites: Mapping[str, Site], own: Sequence[OwnFeed] = ()) -> Shelves:
        """The shelves of these sites."""
        return cls({site.id: site.country for site in sites.values() if site.country}, own)

    @property
    def rules(self) -> str:
        """A digest of everything that decides where a story stands, besides the story."""
        said: Any = [_FORM, vocabulary().version, dict(self.countries), [[o.name, o.rule] for o in self.own]]
        return hashlib.sha256(canonical_json(said)).hexdigest()[:16]

    def of_story(self, told: Told) -> dict[str, str | None]:
        """Paths of the feeds that a story stands in, each with the name by which the story brought it there."""
        paths: dict[str, str | None] = {"all": None}
        countries = sorted({self.countries[site] for site in told.sites if site in self.countries})
        paths |= {f"site/{slug(site)}": site for site in told.sites}
        if language := language_tag(told.language):
            paths[f"language/{language}"] = language
        paths |= {f"topic/{topic}": topic for topic in told.topics}
        paths |= {f"country/{country.lower()}": country for country in countries}
        for name in told.sources:
            paths.setdefault(f"source/{slug(name)}", name)
        paths |= {own.path: own.name for own in self.own if self._lets_in(own, told, countries)}
        return paths

    def _lets_in(self, own: OwnFeed, told: Told, countries: Sequence[str]) -> bool:
        language = told.language or ""
        filters: list[tuple[Sequence[str], bool]] = [
            (own.sites, not set(own.sites).isdisjoint(told.sites)),
            (own.languages, any(language == wanted or language.startswith(f"{wanted}-") for wanted in own.languages)),
            (own.countries, not set(own.countries).isdisjoint(countries)),
            (own.sources, not {slug(s) for s in own.sources}.isdisjoint(slug(s) for s in told.sources)),
            (own.topics, not set(own.topics).isdisjoint(told.topics)),
        ]
        if not all(met for values, met in filters if values):
            return False
        if own.name not in self._terms:
            self._terms[own.name] = (_terms(own.words), _terms(own.without))
        wanted, unwanted = self._terms[own.name]
        return (not own.words or bool(wanted.found_in(told.words))) and not unwanted.found_in(told.words)


def slug(name: str) -> str:
    """A name as part of a path: ASCII on every file system and in every URL, the same for spellings of one name.

    Latin letters lose their accents; a name in another script is written in Punycode (RFC 3492), as in domain names.
    """
    if _SITE_ID.fullmatch(name):
        return name
    bare = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
    made = _NO_LETTER.sub("-", bare).strip("-")
    letters = _NO_LETTER.sub("-", fold(name)).strip("-")
    if not made.isascii():
        made = "xn--" + letters.encode("punycode", "replace").decode("ascii").lower()
    if made and len(made) <= _LONGEST_SLUG:
        return made
    digest = hashlib.sha256((letters or name).encode("utf-8", "replace")).hexdigest()[:12]
    return f"{made[: _LONGEST_SLUG - 13].strip('-')}-{digest}".lstrip("-")


def kind_of(path: str) -> str:
    """What kind of feed a path is of: `site` of `site/ctei`."""
    return path.split("/", 1)[0]


def _terms(words: Sequence[str]) -> Terms:
    terms = Terms()
    for word in words:
        terms.add(word, word)
    return terms
