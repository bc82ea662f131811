"""What a publisher asks of robots on an article's page: not to index it, not to mine it, not to train on it.

The robots meta element and the header X-Robots-Tag, with `noai` beside `noindex`; and the TDM Reservation Protocol
(W3C community report, 2024), whose meta elements weigh more than its headers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from items.article import Rights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spiders.parsing.page import Page

_ROBOTS = ("robots", "googlebot", "baiduspider")
_BETWEEN = re.compile(r"[,;\s]+")


class Wishes(NamedTuple):
    """What one place asks.

    Attributes:
        noindex: that the page be not indexed.
        noai: that nothing be trained on it.
        tdm: whether the right to mine it is reserved; None where nothing is said of it.
        policy: the address of the terms for mining, as it was written.
    """

    noindex: bool = False
    noai: bool = False
    tdm: bool | None = None
    policy: str | None = None

    def heeded(self, rights: Rights) -> Rights:
        """The rights with these wishes besides; of mining, what is said here weighs more than what was said before."""
        if self == NO_WISHES:
            return rights
        return Rights(
            policy=rights.policy,
            paywalled=rights.paywalled,
            noindex=rights.noindex or self.noindex,
            tdm_reserved=(rights.tdm_reserved if self.tdm is None else self.tdm) or self.noai,
            tdm_policy=self.policy or rights.tdm_policy,
        )


NO_WISHES = Wishes()


def wishes_of_page(page: Page) -> Wishes:
    """What the page's meta elements ask."""
    robots = [word for name in _ROBOTS for value in page.meta.get(name, ()) for word in _BETWEEN.split(value)]
    policy = next(filter(None, map(page.absolute, page.meta.get("tdm-policy", ()))), None)
    return _wishes(robots, page.meta.get("tdm-reservation", ()), policy)


def wishes_of_headers(headers: Mapping[str, str]) -> Wishes:
    """What HTTP headers ask of every robot; their names are in lower case. A policy's address must be absolute."""
    robots = headers.get("x-robots-tag", "").split(",")  # "bot: noindex" speaks to that bot alone
    return _wishes(robots, [headers.get("tdm-reservation", "")], headers.get("tdm-policy", "").strip() or None)


def _wishes(robots: Iterable[str], reservation: Iterable[str], policy: str | None) -> Wishes:
    words = {word.strip().lower() for word in robots}
    told = next((value.strip() for value in reservation if value.strip() in ("0", "1")), None)
    return Wishes(
        noindex=not words.isdisjoint(("noindex", "none")),
        noai="noai" in words,
        tdm=None if told is None else told == "1",
        policy=policy,
    )
