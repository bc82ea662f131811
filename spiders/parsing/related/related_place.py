"""Where on its page a list of links stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spiders.parsing.related.related_lines import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from items.article import RelatedLink
    from spiders.parsing.page import Page


_MOST = 8
"""Places of a list's first link that are tried: a hostile page may repeat it ten thousand times."""


def anchors_together(page: Page, links: Sequence[RelatedLink]) -> list[HtmlElement]:
    """The anchor of each link; empty when one has none.

    Of all the places where a link stands, that nearest the others: another list may hold some of them too.
    """
    wanted = {link.url for link in links if link.url}
    anchors: dict[str, list[HtmlElement]] = {}
    for element in page.elements:
        url = page.absolute(element.get("href")) if wanted and element.tag == "a" else None
        if url in wanted and url:
            anchors.setdefault(url, []).append(element)
    places = [
        [anchor for anchor in anchors.get(link.url or "", ()) if key_of(link.title) in key_of(anchor.text_content())]
        for link in links
    ]
    best: tuple[int, list[HtmlElement]] | None = None
    for first in places[0][:_MOST] if places and all(places) else ():
        for box in first.iterancestors():
            inside = {*box.iter("a")}
            here = [next((anchor for anchor in options if anchor in inside), None) for options in places]
            if all(anchor is not None for anchor in here):
                if best is None or len(inside) < best[0]:
                    best = (len(inside), [anchor for anchor in here if anchor is not None])
                break
    return best[1] if best else []


def box_of(anchors: Sequence[HtmlElement]) -> HtmlElement | None:
    """The smallest element around a list: it holds more than half of the anchors. None for no anchors."""
    own = set(anchors)
    for box in anchors[0].iterancestors() if anchors else ():
        if 2 * sum(anchor in own for anchor in box.iter("a")) > len(anchors):
            return box
    return None
