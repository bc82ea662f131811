"""Learning the rules of a listing page: the list among the links, the date beside each, the way to the next page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.onboarding.sample import text_of
from crawler.onboarding.selectors import select, selectors_of
from crawler.onboarding.targets import above, place_of
from items.site import Listing
from spiders.discover import Listed, links_of_listing

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from spiders.parsing.page import Page

_NEXT = re.compile(
    r"[\s\[<«»›→>]*(?:下一?页|下一頁|后一页|next(?: page)?|older(?: posts| entries)?|weiter|nächste(?: seite)?|ältere.*"
    r"|suivante?|page suivante|siguiente|próxima|successiva|avanti|volgende|następna|sonraki|далее|次へ|次のページ"
    r"|다음|trang sau"
    r"|[›»→>]{1,2})[\s\]>»›→]*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [^\W\d]{3,9}\.? \d{4}"
    r"|[^\W\d]{3,9}\.? \d{1,2},? \d{4}|\b\d{2}-\d{2}\b"
)
_TRS_PAGER = re.compile(r"""createPageHTML\w*\(\s*(\d+)\s*,\s*\d+\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']""")
_MOST_SELECTORS = 200


@dataclass(slots=True)
class FoundListing:
    """A listing page with its rules.

    Attributes:
        rules: as a site file has them.
        links: the articles on it.
        next_url: its second page.
    """

    rules: Listing
    links: list[Listed]
    next_url: str | None

    @property
    def leads_on(self) -> bool:
        """Whether it has a next page."""
        return self.next_url is not None

    def stay(self) -> None:
        """Forget the way to the next page."""
        self.next_url = None
        self.rules = self.rules.model_copy(update={"next": None, "page": None})


def read_listing_page(page: Page, wanted: re.Pattern[str]) -> FoundListing | None:
    """The rules of a page that lists articles; None when it lists fewer than two.

    Args:
        page: the page.
        wanted: what the addresses of articles look like.
    """
    anchors = [
        (url, element)
        for element in page.elements
        if element.tag == "a" and (url := page.absolute(element.get("href"))) and wanted.search(url)
        if text_of(element) or element.get("title")
    ]
    groups: dict[str, list[tuple[str, HtmlElement]]] = defaultdict(list)
    for url, anchor in anchors:
        groups[place_of(anchor)].append((url, anchor))
    if not groups:
        return None
    group = max(groups.values(), key=lambda group: (len({url for url, _ in group}), len(text_of(group[0][1]))))
    if len({url for url, _ in group}) < 2 or page.url is None:
        return None
    rules = _rules(page, group)
    found = links_of_listing(page, rules)
    links = list({link.url: link for link in reversed(found) if wanted.search(link.url)}.values())[::-1]
    further = _further_pages(page)
    return (
        FoundListing(rules.model_copy(update=further[1]), links, further[0])
        if further
        else FoundListing(rules, links, None)
    )


def _rules(page: Page, group: list[tuple[str, HtmlElement]]) -> Listing:
    """Selectors for the anchors of a group, by what holds each of them and the date beside it."""
    assert page.url is not None
    anchors = [anchor for _, anchor in group]
    items = _items(anchors)
    if items is None:
        return Listing(url=page.url, links=f"css:{_selector(page, anchors)}")
    item = _selector(page, items)
    dates = [next((e for e in box.iterdescendants() if e.tag != "a" and _is_date(e)), None) for box in items]
    date = None
    if 2 * sum(one is not None for one in dates) > len(dates):
        date = _within([(box, one) for box, one in zip(items, dates, strict=True) if one is not None])
    links = _within([*zip(items, anchors, strict=True)]) or "a"
    return Listing(url=page.url, item=f"css:{item}", links=f"css:{links}", date=f"css:{date}" if date else None)


def _items(anchors: list[HtmlElement]) -> list[HtmlElement] | None:
    """The largest element around each anchor that holds no other anchor of the list."""
    common = next(above(anchors, levels=1), None)
    if common is None:
        return None
    items = []
    for anchor in anchors:
        chain = [element for element in anchor.iterancestors() if common in element.iterancestors()]
        if not chain:
            return None
        items.append(chain[-1])
    return items if len({*items}) == len(anchors) and len({item.tag for item in items}) == 1 else None


def _selector(page: Page, elements: list[HtmlElement]) -> str:
    """The most robust selector that finds all the elements and few others."""
    parents = [*above(elements, levels=3)]
    tag = str(elements[0].tag)
    options: list[tuple[float, str]] = []
    shared = [css for _, css in selectors_of(elements[0])][:40]
    for place, parent in enumerate(parents):
        for weight, css in selectors_of(parent):
            options += [(weight + place, f"{css} > {tag}"), (weight + place + 0.5, f"{css} {tag}")]
    options += [(index * 0.2, css) for index, css in enumerate(shared)]
    best: tuple[float, str] | None = None
    wanted = {*elements}
    for weight, css in sorted(options)[:_MOST_SELECTORS]:
        found = {*select(page.root, css)}
        missed, extra = len(wanted - found), len(found - wanted)
        if missed == 0 and extra <= max(1, len(wanted) // 4):
            score = weight + 2 * extra
            if best is None or score < best[0]:
                best = (score, css)
    return best[1] if best else tag


def _within(pairs: list[tuple[HtmlElement, HtmlElement]]) -> str | None:
    """A selector that finds in each box its element first."""
    for _, css in sorted(selectors_of(pairs[0][1])):
        own = css.rpartition(" ")[2]
        if all(next(iter(_descendants(box, own)), None) is element for box, element in pairs):
            return own
    tag = str(pairs[0][1].tag)
    return tag if all(next(box.iter(tag), None) is element for box, element in pairs) else None


def _descendants(box: HtmlElement, css: str) -> list[HtmlElement]:
    return [element for element in select(box, css) if element is not box]


def _is_date(element: HtmlElement) -> bool:
    """Whether an element says a date and little else."""
    text = text_of(element) if isinstance(element.tag, str) else ""
    return 0 < len(text) <= 24 and _DATE.search(text) is not None


def _further_pages(page: Page) -> tuple[str, dict[str, object]] | None:
    """The address of the second page, and the rule that finds it and those behind it.

    By the link's relation, by its words, by a script that writes the pager, by the number 2: words and relations stay
    when the place of the link changes from page to page.
    """
    assert page.url is not None
    anchors = [
        (anchor, url, text_of(anchor)[:40])
        for anchor in page.elements
        if anchor.tag == "a" and (url := page.absolute(anchor.get("href"))) and url != page.url
    ]
    for anchor, url, _ in anchors:
        if "next" in (anchor.get("rel") or "").lower().split():
            return url, {"next": "css:a[rel~=next]"}
    for _, url, text in anchors:
        if _NEXT.fullmatch(text):
            quoted = f'"{text}"' if '"' not in text else f"'{text}'"
            return url, {"next": f"xpath://a[normalize-space(.)={quoted}]"}
    for element in page.elements:
        if element.tag == "script" and (call := _TRS_PAGER.search(element.text or "")) and int(call[1]) > 1:
            address = urljoin(page.url, f"{call[2]}_{{n}}.{call[3]}")
            return address.replace("{n}", "1"), {"page": address, "page_from": 1}
    for _, url, text in anchors:
        if text == "2" and (places := [*re.finditer(r"(?<!\d)2(?!\d)", url)]):
            start, end = places[-1].span()
            return url, {"page": f"{url[:start]}{{n}}{url[end:]}"}
    return None
