# one line a finding
"""Sites of pages that are redesigned: is it told, with the right field, and do learned rules read the field again?

`python -m tests.health.redesigns [SEED] [SITE…]` makes sites of the sample pages and of the shared ones, lets health
learn each of them for 30 pages, then befalls the next five with each mutation. It prints how many were told with the
right verdict and field on the first run after, and how many of the fields whose words are still on the page
`newsloom sites rules` then proposes rules for that read them as before: a line for each miss, at the end the totals.
The order of the sites is the seed's, so that a part of a run is a fair sample.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from crawler.health.state import SiteState
from crawler.onboarding.learn import learn
from crawler.onboarding.rules import learn_anew
from crawler.onboarding.sample import Sample
from items.health import TROUBLED, Asked, RunSigns
from items.run import Cause, Outcome
from items.site import Site
from spiders.discover import Listed
from spiders.disguise import challenge_of, soft_404_of
from spiders.parsing.article import NotAnArticleError, read_page
from spiders.parsing.template import learn_template
from spiders.signs import signs_of
from tests.health.mutations import FIELDS, MUTATIONS, Mutation
from tests.health.page_sites import NOW, PageSite, Told, sites_of_pages

if TYPE_CHECKING:
    from items.article import Article
    from items.health import Evidence


class Watched:
    """A site made of pages, its rules, and what health has learned of it in 30 pages."""

    def __init__(self, pages: PageSite, *, ruled: bool) -> None:
        self.pages = pages
        self.site = Site.model_validate(
            {
                "id": "made", "name": {"en": "made"}, "languages": ["en"], "zone": "Asia/Shanghai", "checked": "never",
                "home": "http://www.made.example/", "listings": [{"url": "http://www.made.example/", "links": "css:a"}],
            }
        )  # fmt: skip
        self.past = [pages.publish() for _ in range(30)]
        first = [told.opened() for told in self.past[:4]]
        self.template = learn_template(first)
        if ruled:
            fields = learn([sample_of(told) for told in self.past[:6]], self.site).fields
            self.site = self.site.model_copy(update={"fields": fields})
        read = [self.read(told) for told in self.past]
        self.credited = {article.source.name for article in read if article and article.source}
        state = SiteState()
        for start in range(0, 30, 2):
            state.learn("made", self.run(self.past[start : start + 2]), rules="1")
        self.false_alarm = "; ".join(brief(each) for each in state.evidence) if state.verdict in TROUBLED else ""
        self.state = state.model_dump_json()
        self.affected = [pages.publish() for _ in range(5)]
        self.true = [self.read(told) for told in self.affected]

    def read(self, told: Told, site: Site | None = None) -> Article | None:
        try:
            return read_page(told.opened(), site=site or self.site, fetched=NOW, template=self.template).article
        except NotAnArticleError:
            return None

    def run(self, pages: list[Told]) -> RunSigns:
        signs, asked = [], [Asked(url="http://www.made.example/", kind="listing", outcome=Outcome.READ)]
        for told in pages:
            said = {"url": told.url, "kind": "article", "outcome": Outcome.KEPT}
            if challenge_of(told.body, {}):
                said |= {"outcome": Outcome.FAILED, "cause": Cause.CHALLENGE, "http_status": 200}
            elif soft_404_of(told.body, told.url, told.url):
                said |= {"outcome": Outcome.FAILED, "cause": Cause.SOFT_404, "http_status": 200}
            else:
                opened = told.opened()
                try:
                    article = read_page(opened, site=self.site, fetched=NOW, template=self.template).article
                    signs.append(signs_of(opened, article))
                except NotAnArticleError:
                    said |= {"outcome": Outcome.REJECTED, "cause": Cause.NO_ARTICLE, "http_status": 200}
            asked.append(Asked.model_validate(said))
        return RunSigns(at=NOW, pages=signs, asked=asked, listed=20, known=15)

    def mutated(self, mutation: Mutation) -> list[Told] | None:
        """The five pages after the mutation; None where it does not apply to each of them."""
        pages = []
        for told, article in zip(self.affected, self.true, strict=True):
            body = mutation.change(told.opened(), article) if article else None
            if body is None:
                return None
            pages.append(Told(told.url, body, told.title, told.day))
        return pages

    def told(self, mutation: Mutation, pages: list[Told]) -> tuple[bool, str]:
        """Whether health says verdict and field, and what it says."""
        state = SiteState.model_validate_json(self.state)
        found = state.learn("made", self.run(pages), rules="1")
        named = {evidence.what for evidence in found.evidence}
        right = found.verdict is mutation.verdict and (not mutation.fields or bool(named & mutation.fields))
        return right, f"{found.verdict}: {'; '.join(brief(each) for each in found.evidence)}"

    def restored(self, name: str, pages: list[Told]) -> tuple[bool, str]:
        """Whether rules that are learned from the changed pages read the field as it was read before."""
        fields = learn_anew([sample_of(told) for told in pages], self.site, self.credited).fields
        site = self.site.model_copy(update={"fields": fields})
        wrong: dict[str, list[str]] = {}
        for told, before in zip(pages, self.true, strict=True):
            after = self.read(told, site)
            for field in FIELDS if name == "all" else (name,):
                if before and (after is None or said(before, field) != said(after, field)):
                    wrong.setdefault(field, []).append(differing(said(before, field), after and said(after, field)))
        return not wrong, "; ".join(f"{field} on {len(each)}: {each[0]}" for field, each in wrong.items())


def brief(evidence: Evidence) -> str:
    """A reason in few words: without the address where it began."""
    return f"{evidence.what} {re.sub(r'since [^ ]*: ', '', evidence.says)[:110]}"


def differing(before: object, after: object) -> str:
    """Two values from shortly before the place where they begin to differ."""
    one, other = str(before), str(after)
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - 10)
    return " -> ".join(f"{'…' if start else ''}{text[start : start + 50]!r}" for text in (one, other))


def said(article: Article, name: str) -> object:
    """What is compared of a field."""
    return {
        "title": article.title,
        "text": " ".join((article.text or "").split()),
        "source": article.source and article.source.name,
        "published": article.published and article.published.at[:10],
        "related": [link.url for link in article.related],
    }[name]


def sample_of(told: Told) -> Sample:
    """A page as `sites rules` has it: with what the listing says of it."""
    listed = Listed(told.url, title=told.title, date=told.day)
    return Sample(told.url, told.body, "text/html; charset=utf-8", NOW, listed, told.opened())


def main(seed: int, only: list[str]) -> None:
    told: dict[str, Counter[bool]] = defaultdict(Counter)
    restored: dict[str, Counter[bool]] = defaultdict(Counter)
    alarmed = sites = 0
    for pages in sites_of_pages(seed, only):
        watched = Watched(pages, ruled=pages.dice.random() < 0.5)
        name, sites = f"{pages.name}{' ruled' if watched.site.fields else ''}", sites + 1
        if watched.false_alarm:
            alarmed += 1
            print(f"{name}: false alarm: {watched.false_alarm}", flush=True)
            continue
        for title, mutation in MUTATIONS.items():
            changed = watched.mutated(mutation)
            if changed is None:
                continue
            right, says = watched.told(mutation, changed)
            told[title][right] += 1
            if not right:
                print(f"{name}: {title}: missed: {says}", flush=True)
            if mutation.stays:
                again, why = watched.restored(mutation.stays, changed)
                restored[title][again] += 1
                if not again:
                    print(f"{name}: {title}: not restored: {why}", flush=True)
    print(f"{'mutation':<24}{'told':>10}{'restored':>10}")
    for title in MUTATIONS:
        print(f"{title:<24}{share(told[title]):>10}{share(restored[title]):>10}")
    for words, counts in (("told", told), ("restored", restored)):
        count = sum(counts.values(), Counter[bool]())
        print(f"{words}: {share(count)} ({count[True] / max(1, count.total()):.1%})")
    print(f"sites: {sites}, of which {alarmed} were called troubled without a fault")


def share(count: Counter[bool]) -> str:
    """How many of how many; `–` of none."""
    return f"{count[True]}/{count.total()}" if count else "–"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1, sys.argv[2:])
