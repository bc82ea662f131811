"""Reading fetched article pages: a site's first pages wait until it is known what recurs on all of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from items.run import Cause, Held, Outcome
from spiders.parsing.article import NotAnArticleError, joined, read_page
from spiders.parsing.template import Template, learn_template
from spiders.parsing.wishes import NO_WISHES, Wishes
from spiders.signs import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scrapy.http import Response

    from items.run import Desk, Visit
    from items.site import Site
    from spiders.discover import Listed
    from spiders.parsing.opened import Opened

_PAGES_TO_LEARN_FROM = 4
"""Article pages of a site that are compared before the first of them is read."""

_MOST_PARTS = 30
"""Pages of one article that are joined."""


@dataclass(slots=True)
class Fetched:
    """An article page that was fetched and not yet read.

    Attributes:
        visit: the article's visit; holds the parts that were read before.
        response: the page as it came.
        opened: the page.
        listing_date: the words beside the article's link on its listing.
        at: when it was fetched.
        steps: how many related-reading links led to it.
        number: of the page, for an article over several; from 1.
        wishes: what its HTTP headers ask of robots.
    """

    visit: Visit
    response: Response
    opened: Opened
    listing_date: str | None
    at: datetime
    steps: int = 0
    number: int = 1
    wishes: Wishes = NO_WISHES

    @property
    def held(self) -> Held:
        """What must be kept of it, so that it need not be fetched again."""
        response, about = self.response, self.response.meta
        return Held(
            site=self.visit.entry.site,
            listed=self.visit.entry.url,
            asked=about["listed_as"],
            url=response.url,
            status=response.status,
            headers=[
                (name.decode("latin-1"), v.decode("latin-1")) for name, vs in response.headers.items() for v in vs
            ],
            body=response.body,
            at=self.at,
            answer=about.get("answer"),
            capture=about.get("capture"),
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """An article of which some pages were read, with the address and the number of the next one."""

    visit: Visit
    url: str
    number: int
    steps: int

    def ended(self, reason: str) -> Visit:
        """The article as far as it was read."""
        self.visit.entry.reason = f"its page {self.number} could not be read: {reason}"
        return self.visit


@dataclass(frozen=True, slots=True)
class Read:
    """An article page that was read to its end, however that went."""

    visit: Visit
    steps: int


@dataclass(slots=True)
class SiteReading:
    """Reads the article pages of one site.

    Args:
        site: the site.
        desk: keeps what is learned of its pages.

    Attributes:
        listed: articles to ask for, each with the number of related-reading links that led to it.
        asked: requests for articles that were not answered yet.
    """

    site: Site
    desk: Desk
    listed: deque[tuple[Listed, int]] = field(default_factory=deque)
    asked: int = 0
    _template: Template | None = None
    _waiting: list[Fetched] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._template = _known_template(self.desk.template(self.site.id))

    def answered(self, fetched: Fetched | None) -> Iterator[Read | Begun]:
        """Take the answer to a request for an article, if it was a page, and read those that need wait no longer."""
        self.asked -= 1
        if fetched is not None:
            self._waiting.append(fetched)
        if self._template is None and (self.asked or self.listed) and len(self._waiting) < _PAGES_TO_LEARN_FROM:
            if fetched is not None:
                self.desk.hold(fetched.held)
            return
        if self._template is None and len(self._waiting) > 1:
            self._template = learn_template([fetched.opened for fetched in self._waiting])
            self.desk.learned(self.site.id, self._template.to_json())
        ready, self._waiting = self._waiting, []
        for page in ready:
            yield self.read(page)

    def read(self, page: Fetched) -> Read | Begun:
        """Read a page, as an article or as a further part of one that was begun."""
        visit = page.visit
        try:
            reading = read_page(
                page.opened,
                site=self.site,
                fetched=page.at,
                listing_date=page.listing_date,
                template=self._template,
                wishes=page.wishes,
            )
            visit.article = joined(visit.article, reading.article) if visit.article else reading.article
            if visit.signs is None:
                visit.signs = signs_of(page.opened, reading.article, listed=visit.entry.url)
            if reading.next_page and page.number < _MOST_PARTS:
                self.desk.hold(page.held)
                return Begun(visit, reading.next_page, page.number + 1, page.steps)
        except NotAnArticleError as error:
            visit.entry.reason = str(error)
            if visit.article is None:
                visit.entry.outcome, visit.entry.cause = Outcome.REJECTED, Cause.NO_ARTICLE
        except Exception as error:  # noqa: BLE001  # one page that breaks the parser must not take the waiting ones along
            failed_on(visit, error)
        return Read(visit, page.steps)


def failed_on(visit: Visit, error: Exception) -> None:
    """Say of a visit that our own code failed on the page."""
    fault = f"newsloom failed on it: {type(error).__name__}: {error}".splitlines()[0]
    visit.entry.outcome, visit.entry.cause, visit.entry.reason = Outcome.FAILED, Cause.PARSER, fault


def _known_template(text: str | None) -> Template | None:
    try:
        return Template.from_json(text) if text else None
    except ValueError:  # of another version: it is learned anew
        return None
