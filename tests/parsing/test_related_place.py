# ruff: noqa: E501  # pages are written as their sites write them
"""Where a list of links stands: of several places, the one where its links stand together."""

from __future__ import annotations

from items.article import RelatedLink
from spiders.parsing.page import open_page
from spiders.parsing.related.related_place import anchors_together, box_of

PAGE = b"""<html><body>
<ul class="latest"><li><a href="/3">Three mills</a></li><li><a href="/8">Eight looms</a></li><li><a href="/9">Nine</a></li></ul>
<div class="more"><p><a href="/1">One fair</a></p><p><a href="/2">Two days</a></p><p><a href="/3">Three mills</a></p></div>
</body></html>"""

LINKS = [
    RelatedLink(title=title, url=f"http://a.example/{number}")
    for number, title in enumerate(("One fair", "Two days", "Three mills"), 1)
]


def test_a_link_that_another_list_holds_too_is_taken_where_the_others_stand() -> None:
    page = open_page(PAGE, url="http://a.example/n.html")
    anchors = anchors_together(page, LINKS)
    assert [anchor.text for anchor in anchors] == ["One fair", "Two days", "Three mills"]
    box = box_of(anchors)
    assert box is not None
    assert box.get("class") == "more"


def test_a_list_of_which_a_link_is_nowhere_has_no_place() -> None:
    page = open_page(PAGE, url="http://a.example/n.html")
    assert anchors_together(page, [*LINKS, RelatedLink(title="Seven", url="http://a.example/7")]) == []
    assert anchors_together(page, []) == []
    assert box_of([]) is None
