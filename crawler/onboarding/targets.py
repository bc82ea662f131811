"""Where on a sample page each field stands, as far as that can be told without a rule."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from crawler.onboarding.sample import Sample, fold, is_same_title, text_of
from crawler.onboarding.selectors import select
from spiders.parsing.body.body import read_body
from spiders.parsing.credits.credit_line import read_line
from spiders.parsing.related.related_lines import heading_kind
from spiders.parsing.related.related_place import anchors_together
from spiders.parsing.times.moments import find_moments
from spiders.parsing.title import read_title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from items.article import Published
    from items.site import Site
    from spiders.parsing.article import Reading
    from spiders.parsing.template import Template

Link = tuple[str, str, "HtmlElement"]
"""Address, title and anchor."""

_HEADINGS = ("h1", "h2", "h3")
_LONGEST_TITLE = 300
_LONGEST_PAIR = 120
_LONGEST_CREDIT = 60
_MOST_RELATED = 20
_RECURRING = 0.6
"""Share of a list's links that other pages have too, from which on it is the site's."""

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\D{1,3}(1[0-2]|0?[1-9])\D{1,3}(3[01]|[12]\d|0?[1-9])(?!\d)")


def titled(sample: Sample) -> list[HtmlElement]:
    """Elements that say the article's title and nothing else: headings first, then of nested ones the innermost."""
    found = []
    titles = sample.titles()[:3]
    for element in sample.opened.page.elements:
        if element.tag in ("title", "a", "option", "script", "style", "html", "head", "body", "meta"):
            continue
        if len(element) > 6:
            continue
        text = text_of(element)
        if 0 < len(text) < _LONGEST_TITLE and any(is_same_title(title, text) for title in titles):
            found.append(element)
    headings = [element for element in found if element.tag in _HEADINGS]
    return [*headings, *(element for element in reversed(found) if element not in headings)]


def body_blocks(sample: Sample, template: Template) -> list[int]:
    """Indices of the blocks that the reader takes for the article's text, knowing what recurs on the site's pages."""
    page, blocks = sample.opened
    title = read_title(page, blocks)
    body = read_body(page, blocks, title=title.value if title else None, template=template)
    return body.kept


def around(sample: Sample, kept: Sequence[int], *, levels: int) -> Iterator[HtmlElement]:
    """The smallest element around the blocks, and some above it."""
    blocks = sample.opened.blocks
    yield from above([blocks[index].element for index in kept], levels=levels)


def above(elements: Sequence[HtmlElement], *, levels: int) -> Iterator[HtmlElement]:
    """The smallest element that holds all the elements, and some above it."""
    if not elements:
        return
    lines = [[element, *element.iterancestors()] for element in elements]
    common = set(lines[0])
    for line in lines[1:]:
        common &= set(line)
    nearest = [element for element in lines[0] if element in common and element.tag not in ("html", "body")]
    yield from nearest[:levels]


def spread(samples: Sequence[Sample], kept: Sequence[Sequence[int]], css: str) -> float | None:
    """How much more than the texts the elements of a selector hold: 1 is nothing. None when it misses any of a text."""
    ratios = []
    for sample, indices in zip(samples, kept, strict=True):
        found = select(sample.opened.page.root, css)
        if not found:
            return None
        if len(found) > 1 and css[:1] != "#":
            return None
        inside = {element for one in found for element in one.iter()}
        blocks = sample.opened.blocks
        held = sum(len(block.text) for block in blocks if block.element in inside)
        wanted = sum(len(blocks[index].text) for index in indices)
        missed = sum(len(blocks[index].text) for index in indices if blocks[index].element not in inside)
        if missed * 10 > wanted or not wanted:
            return None
        ratios.append(held / wanted)
    return max(ratios, default=None)


def related_anchors(sample: Sample, reading: Reading | None, site: Site) -> list[Link]:
    """The related list's links: address, title, anchor; as the reader finds them, or under words that announce them."""
    page = sample.opened.page
    if reading is not None:
        related = reading.article.related
        if found := anchors_together(page, related):
            return [(link.url or "", link.title, anchor) for link, anchor in zip(related, found, strict=True)]
    for block in sample.opened.blocks:
        if heading_kind(block.text) == "related":
            for box in [block.element, *block.element.iterancestors()][:4]:
                inside = [anchor for anchor in box.iter("a") if anchor.get("href")]
                links = [
                    (url, text_of(anchor), anchor)
                    for anchor in inside
                    if (url := page.absolute(anchor.get("href"))) and site.is_article(url) and len(text_of(anchor)) > 5
                ]
                if 2 <= len(links) <= _MOST_RELATED:
                    return links
    return []


def varying_lists(samples: Sequence[Sample], kept: Sequence[Sequence[int]], site: Site) -> list[list[Link]]:
    """Per sample, the list of articles that differs from page to page although no known words announce it.

    What is the same on every page is the site's: latest, most read. Two links that lead forth and back are no list.
    """
    places: dict[str, list[list[Link]]] = defaultdict(lambda: [[] for _ in samples])
    for number, (sample, indices) in enumerate(zip(samples, kept, strict=True)):
        page, blocks = sample.opened
        text = {element for index in indices for element in blocks[index].element.iter()}
        for anchor in page.elements:
            url = page.absolute(anchor.get("href")) if anchor.tag == "a" else None
            if url and anchor not in text and site.is_article(url) and len(title := text_of(anchor)) > 5:
                places[place_of(anchor)][number].append((url, title, anchor))
    best: tuple[int, list[list[Link]]] | None = None
    for lists in places.values():
        full = [found for found in lists if 1 < len(found) <= _MOST_RELATED]
        sets = {frozenset(url for url, _, _ in found) for found in full}
        if 3 * len(full) < 2 * len(samples) or max(map(len, full)) < 3 or 3 * len(sets) < 2 * len(full):
            continue
        if best is None or len(full) > best[0]:
            best = (len(full), lists)
    return best[1] if best else [[] for _ in samples]


def is_the_sites(lists: Sequence[Sequence[Link]]) -> bool:
    """Whether most of the lists' links stand on other samples too, as those of the latest news do."""
    counts = Counter(url for found in lists for url in {url for url, _, _ in found})
    return sum(count for count in counts.values() if count > 1) > _RECURRING * counts.total()


def place_of(anchor: HtmlElement) -> str:
    """Where an anchor stands: the tags and classes around it."""
    steps = [f"{e.tag}.{re.sub(r'[0-9]+', '', e.get('class') or '')}" for e in anchor.iterancestors()]
    return "<".join(steps[:7])


def labelled_pairs(sample: Sample) -> list[HtmlElement]:
    """Elements that stand beside a word that labels a source, or hold both."""
    found = []
    for element in sample.opened.page.elements:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "a", "html", "body", "head", "title"):
            continue
        text = text_of(element)
        if not 3 < len(text) < _LONGEST_PAIR:
            continue
        if _is_labelled(text):
            found.append(element)
            continue
        before = _text_before(element)
        if (
            before
            and len(before) < 30
            and _is_labelled(f"{before.rstrip(':： ')}: {text}")
            and not read_line(text).source
        ):
            found.append(element)
    return found


def crediting(sample: Sample, names: Collection[str]) -> list[HtmlElement]:
    """Elements that say one of the names and not much more, the innermost first."""
    found = [
        element
        for element in sample.opened.page.elements
        if isinstance(element.tag, str)
        and element.tag not in ("script", "style", "html", "body", "head", "title", "option")
        and len(text := text_of(element)) < _LONGEST_CREDIT
        and any(name in text for name in names)
    ]
    return found[::-1]


def _is_labelled(text: str) -> bool:
    source = read_line(text).source
    return source is not None and source.kind == "label"


def _text_before(element: HtmlElement) -> str:
    """The words straight before an element: its sibling's, or the text between."""
    previous = element.getprevious()
    if previous is not None:
        return fold(previous.tail or "") or text_of(previous)
    parent = element.getparent()
    return fold(parent.text or "") if parent is not None else ""


def dated(sample: Sample) -> list[HtmlElement]:
    """Elements that print the day that feed or listing name."""
    day = listed_day(sample)
    found = []
    for element in sample.opened.page.elements:
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "html", "body", "head"):
            text = text_of(element)
            if len(text) < _LONGEST_PAIR and (days := _days_told(text)) and (day is None or day in days):
                found.append(element)
    return found


def _days_told(text: str) -> set[date]:
    """Days that are written in whatever form, with their year."""
    return {day for moment in find_moments(text) if moment.year and moment.day and (day := moment.date())}


def listed_day(sample: Sample) -> date | None:
    """The day that feed or listing name for the article."""
    if sample.listed.published is not None:
        return sample.listed.published.date()
    days = days_in(sample.listed.date or "")
    return days[0] if days else None


def rival_days(sample: Sample, text: str | None, recurring: Collection[str]) -> set[date]:
    """Days that lines of the page print beside its text, any of which might be its own; links and events left out.

    Args:
        sample: the page.
        text: its article's.
        recurring: lines that other pages of the site have too.
    """
    own = {*(text or "").splitlines()}
    return {
        day
        for block in sample.opened.blocks
        if len(block.text) < _LONGEST_PAIR and block.text not in recurring and 2 * block.link_chars <= len(block.text)
        for moment in find_moments(block.text)
        if block.text not in own or 2 * (moment.end - moment.start) > len(block.text)  # a line of its own
        if moment.label != "other" and not moment.span and moment.day and (day := moment.date())
    }


def recurring_lines(samples: Sequence[Sample]) -> set[str]:
    """Lines that stand on two samples at least."""
    counts = Counter(text for sample in samples for text in {block.text for block in sample.opened.blocks})
    return {text for text, count in counts.items() if count > 1}


def days_in(text: str) -> list[date]:
    """Days that are written year, month, day."""
    found = []
    for match in _DAY.finditer(text):
        try:
            found.append(date(*map(int, match.groups())))
        except ValueError:
            continue
    return found


def day_of(published: Published) -> date:
    """The day of a published time, as printed."""
    return (
        datetime.fromisoformat(str(published.at)).date()
        if len(str(published.at)) > 7
        else date.fromisoformat(f"{published.at}-01")
    )
