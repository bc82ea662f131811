"""Fixtures: pages of a site that are kept beside its file with what is to be read on them, and its first baseline."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from spiders.made import made
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.parsing.opened import open_with_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.onboarding.sample import Sample
    from items.article import Article
    from items.site import Site
    from spiders.parsing.opened import Opened

FIELDS = ("title", "source", "published", "text", "related")
"""The fields that a fixture tells of."""

_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Fixture:
    """A page and what is to be read on it.

    Attributes:
        name: of its files, without their endings.
        url: where it was read.
        content_type: the HTTP header.
        fetched: when.
        body: its bytes.
        expected: per field, in the form of `said`.
    """

    name: str
    url: str
    content_type: str | None
    fetched: datetime
    body: bytes
    expected: dict[str, Any]

    def opened(self, site: Site) -> Opened:
        """The page as the site's rules read it."""
        body = made(site, self.body, self.url)
        return open_with_blocks(body, url=self.url, content_type=self.content_type, encoding=site.charset)

    def faults(self, site: Site) -> dict[str, tuple[Any, Any]]:
        """What is read otherwise than it should be: per field, what was expected and what was found."""
        try:
            found = said(read_page(self.opened(site), site=site, fetched=self.fetched).article)
        except NotAnArticleError as error:
            return {"page": ("an article", str(error))}
        return {name: (wanted, found.get(name)) for name, wanted in self.expected.items() if found.get(name) != wanted}


def said(article: Article) -> dict[str, Any]:
    """What a fixture holds of an article."""
    return {
        "title": article.title,
        "source": article.source.name if article.source else None,
        "published": article.published.at if article.published else None,
        "text": article.text,
        "related": [[link.title, link.url] for link in article.related],
    }


def read_fixtures(folder: Path) -> list[Fixture]:
    """The fixtures of a folder, those that can't be read left out; none where there is no folder."""
    found = []
    for facts in sorted(folder.glob("*.json")):
        if facts.stem == "baseline":
            continue
        try:
            about = json.loads(facts.read_text(encoding="utf-8"))
            page = next(path for path in (facts.with_suffix(".html"), facts.with_suffix(".html.gz")) if path.exists())
            body = page.read_bytes()
            if page.suffix == ".gz":
                body = zlib.decompressobj(wbits=31).decompress(body, _LARGEST)
            fetched = datetime.fromisoformat(about["fetched"])
            found.append(Fixture(facts.stem, about["url"], about.get("content_type"), fetched, body, about["expected"]))
        except (OSError, ValueError, KeyError, StopIteration, zlib.error):
            continue
    return found


def write_fixtures(folder: Path, samples: Sequence[Sample], site: Site) -> int:
    """Cut fixtures from samples, with what is read on them now, and the baseline. Returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = []
    for number, sample in enumerate(samples, 1):
        reading = sample.read(site)
        if reading is None:
            continue
        articles.append(reading.article)
        about = {
            "url": sample.url,
            "content_type": sample.content_type,
            "fetched": sample.fetched.astimezone(UTC).isoformat(timespec="seconds"),
            "expected": said(reading.article),
        }
        (folder / f"{number}.html.gz").write_bytes(gzip.compress(sample.body, mtime=0))
        (folder / f"{number}.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    facts = json.dumps(baseline(articles), ensure_ascii=False, indent=1)
    (folder / "baseline.json").write_text(facts + "\n", encoding="utf-8")
    return len(articles)


def baseline(articles: Sequence[Article]) -> dict[str, Any]:
    """What is usual for a site: per field how often it is found and by which rules, and how long texts are."""
    fields = {}
    for name in FIELDS:
        rules: dict[str, int] = {}
        for article in articles:
            if said(article)[name] and (rule := article.provenance.get(name)):
                rules[rule] = rules.get(rule, 0) + 1
        fields[name] = {"found": sum(bool(said(article)[name]) for article in articles), "rules": rules}
    letters = [len(article.text or "") for article in articles]
    return {"articles": len(articles), "fields": fields, "median_letters": int(median(letters)) if letters else 0}
