"""Where the list under a heading ends, and what its items are."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, takewhile
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from spiders.parsing.related import related_lines as lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.related.related_words import Kind

_MAX_DEPTH: Final = 120
_MAX_EXTENT: Final = 300
_MAX_LINKS: Final = 200
_LOOK_AHEAD: Final = 14
_LIST_TAGS: Final = frozenset(("ul", "ol", "table", "tbody"))


@dataclass(slots=True)
class Item:
    """One entry of a list.

    Attributes:
        title: its title, cleaned.
        url: its address; None where the title is no link.
        line: the line as printed, signs and category included.
        index: the block that holds its title.
        rank: how surely `title` is the title and not another line of the same link.
        category: the first field of a "Category | Title" line.
    """

    title: str
    url: str | None
    line: str
    index: int
    rank: int = 0
    category: str | None = None


class Lists:
    """The lists of one page.

    Attributes:
        blocks: all blocks of the page.
        kept: indices of the article's blocks, ascending.
        kinds: what the blocks that are headings introduce; a list ends at the next of them.

    `title` is the key of the article's own title and `url` its address: links to itself are no items.
    """

    def __init__(
        self, blocks: Sequence[Block], kept: Sequence[int], kinds: Mapping[int, Kind], *, title: str, url: str | None
    ) -> None:
        self.blocks = blocks
        self.kept = kept
        self.kinds = kinds
        self._is_kept = frozenset(kept)
        self._weight = list(accumulate((len(blocks[index].text) for index in kept), initial=0))
        self._title = title
        self._address = _address(url)
        self._linked: dict[int, list[tuple[str, str | None]]] = {}

    # Links under a heading

    def extent(self, head: int) -> list[int]:
        """The blocks of the list of links under a heading: its container, or its items standing side by side."""
        first = self._first_linked(head)
        if first is None:
            return []
        common, child = _common(self.blocks[head].box, self.blocks[first].box)
        if common is None:
            return []
        loose = self._holds_body(common)
        if first > head + 1 and self._is_foreign(head, first, common, loose=loose):
            return []
        groups = self._groups(first, common)
        if child is None:
            return [index for box, indices in groups if box is None for index in indices]
        groups = self._until_next_heading(_child(common, self.blocks[head].box), child, groups)
        return self._with_siblings(child, groups, loose=loose)

    def _until_next_heading(
        self, heading: Box | None, child: Box, groups: list[tuple[Box | None, list[int]]]
    ) -> list[tuple[Box | None, list[int]]]:
        """The groups before one that looks as the list's heading does, though its words are not known."""
        if heading is None or _look(heading) == _look(child):
            return groups
        for place, (box, indices) in enumerate(groups):
            if box is not None and _look(box) == _look(heading) and not any(self.links(index) for index in indices):
                return groups[:place]
        return groups

    def _with_siblings(self, child: Box, groups: list[tuple[Box | None, list[int]]], *, loose: bool) -> list[int]:
        """A list's first container or item with those beside it that are of its kind.

        Beside the article's own text (`loose`) the list ends at the first thing that is not of its kind; in a container
        of its own all single items are taken, whatever stands between them.
        """
        extent = groups[0][1]
        single = len({url or text for index in extent for text, url in self.links(index)}) == 1
        if child.tag in _LIST_TAGS and not single:
            return extent
        for box, indices in groups[1:]:
            alike = box is not None and (box.tag == child.tag if single else _look(box) == _look(child))
            if alike and any(self.links(index) for index in indices) and not (loose and self._reads_as_text(indices)):
                extent += indices
            elif not loose:
                extent += indices if single else []
            elif any(not lines.is_meta(self.blocks[index].text) for index in indices):
                break
        return extent

    def _first_linked(self, head: int) -> int | None:
        """The first block after a heading that links to an article, if none but the list's own words stand between."""
        for index in range(head + 1, min(head + _LOOK_AHEAD, len(self.blocks))):
            block = self.blocks[index]
            if index in self.kinds or self._begins_section(head, index):
                return None
            if self.links(index):
                return None if self._reads_as_text([index]) else index
            if index in self._is_kept and len(block.text) > 120:
                return None
        return None

    def _begins_section(self, head: int, index: int) -> bool:
        """Whether an unlinked heading begins something else, and is no kicker above a linked title."""
        block, level = self.blocks[index], self.blocks[head].heading
        if not block.heading or block.links or (level and block.heading > level):
            return False
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return following is None or not following.heading or not following.links

    def _is_foreign(self, head: int, first: int, common: Box, *, loose: bool) -> bool:
        """Whether the words between a heading and the first link say that the link is not of the heading's list."""
        between = [self.blocks[index] for index in range(head + 1, first)]
        if loose:
            return any(not block.links and not lines.is_meta(block.text) for block in between)
        near, _ = _common(self.blocks[head].box, between[0].box)
        return near is not common and any(not block.links and lines.is_plain_title(block.text) for block in between)

    def _reads_as_text(self, indices: Sequence[int]) -> bool:
        """Whether one of some blocks is a paragraph rather than an item: words of its own stand before its link."""
        for index in indices:
            block = self.blocks[index]
            if block.link_chars * 2 < len(block.text) > 60 and (block.links or index in self._is_kept):
                before = block.text.find(block.links[0][0]) if block.links else len(block.text)
                if before > 20:
                    return True
        return False

    def _groups(self, first: int, parent: Box) -> list[tuple[Box | None, list[int]]]:
        """Blocks from `first` on by the child of `parent` that they lie in, up to the next heading."""
        groups: list[tuple[Box | None, list[int]]] = []
        heading = self.blocks[first].heading
        for index in range(first, min(_end(parent, len(self.blocks)), first + _MAX_EXTENT)):
            block = self.blocks[index]
            if index > first:
                if index in self.kinds:
                    break
                if block.heading and not block.links and (not heading or block.heading < heading):
                    break
            if groups and (box := groups[-1][0]) is not None and index < box.end:
                groups[-1][1].append(index)
                continue
            child = _child(parent, block.box)
            if groups and child is None and groups[-1][0] is None:
                groups[-1][1].append(index)
            else:
                groups.append((child, [index]))
        return groups

    def _holds_body(self, box: Box) -> bool:
        """Whether an element holds the article (a quarter of its text is enough) and not the list alone."""
        if box.tag in ("body", "html"):
            return True
        held = bisect_left(self.kept, _end(box, len(self.blocks))), bisect_left(self.kept, box.first)
        return (self._weight[held[0]] - self._weight[held[1]]) * 4 > self._weight[-1]

    def items(self, extent: Sequence[int]) -> list[Item]:
        """The links of some blocks, one item for all links to one address that stand together."""
        items: list[Item] = []
        for index in extent:
            block = self.blocks[index]
            rank = 2 if block.heading else 1 if "tit" in (block.element.get("class") or "") else 0
            for text, url, line in self._entries(index):
                title = lines.clean_title(text)
                if title.endswith(("…", "...")):
                    title = _whole_title(block, title)
                item = Item(title, url, line, index, rank)
                last = items[-1] if items else None
                if last and url and last.url == url and last.index != index:
                    if rank > last.rank or (rank == last.rank and _is_kicker(last.title, item.title)):
                        items[-1] = item
                    continue
                items.append(item)
        return [item for item in _weeded(items) if item.title and not self.is_self(item)]

    def links(self, index: int) -> list[tuple[str, str | None]]:
        """The links of a block that can lead to articles; not the category's or author's beside a title."""
        links = self._linked.get(index)
        if links is None:
            links = [link for link in self.blocks[index].links[:_MAX_LINKS] if lines.is_article_link(*link)]
            if len(links) > 1:
                longest = max(lines.letters(text) for text, _ in links)
                links = [link for link in links if (size := lines.letters(link[0])) * 3 >= longest or size > 24]
            self._linked[index] = links
        return links

    def _entries(self, index: int) -> list[tuple[str, str | None, str]]:
        """The links of a block with the lines that they stand in, a category before the link included."""
        text, links = self.blocks[index].text, self.links(index)
        if not links:
            return []
        if len(links) == 2:
            parts = lines.split_category(text)
            if parts and lines.key_of(parts[0]) == lines.key_of(links[0][0]):
                links = links[1:]
        if len(links) == 1:
            return [(*links[0], text)]
        return [(*link, link[0]) for link in links]

    def is_self(self, item: Item) -> bool:
        """Whether a link leads to the page that it stands on."""
        if self._address and _address(item.url) == self._address:
            return True
        return bool(self._title) and lines.key_of(item.title) == self._title

    # Titles without anchors

    def plain_extent(self, head: int) -> list[int]:
        """The lines of a list of titles without links under a heading; in the open it needs signs at its lines."""
        blocks = self.blocks
        after = range(head + 1, min(head + 4, len(blocks)))
        first = next((index for index in after if not lines.is_meta(blocks[index].text)), None)
        if first is None or first in self.kinds:
            return []
        common, child = _common(blocks[head].box, blocks[first].box)
        if common is None:
            return []
        groups = self._groups(first, common)
        if child is None:
            extent = [index for box, indices in groups if box is None for index in indices]
        elif child.tag in _LIST_TAGS:
            extent = groups[0][1]
        else:
            alike = takewhile(lambda group: group[0] is not None and group[0].tag == child.tag, groups)
            extent = [index for _, indices in alike for index in indices]
        if any(len(blocks[index].text) > 250 for index in extent):
            return []
        if child is not None and (child.tag in _LIST_TAGS or not self._holds_body(common)):
            return extent
        marked = sum(bool(lines.marker_of(blocks[index].text)) for index in extent)
        return extent if marked * 2 >= len(extent) > 1 else []

    def plain_items(self, extent: Sequence[int]) -> list[Item]:
        """The titles among some lines without links: of each row the first, or the headings where there are some."""
        items: list[Item] = []
        rows: set[int] = set()
        headed = sum(self.blocks[index].heading > 0 for index in extent) > 1
        for index in extent:
            block = self.blocks[index]
            if block.links or (headed and not block.heading):
                continue
            row = next((box.first for box in _around(block.box, 4) if box.tag in ("li", "tr")), index)
            if row in rows or not lines.is_plain_title(block.text):
                continue
            rows.add(row)
            item = Item(lines.clean_title(block.text), None, block.text, index, 0)
            if not self.is_self(item):
                items.append(item)
        return items if len(items) > 1 else []

    def category_list(self, start: int) -> list[Item]:
        """The list of "Category | Title" lines that follows the article's list without a heading of its own."""
        items: list[Item] = []
        for index in range(start, min(start + _MAX_EXTENT, len(self.blocks))):
            entries = self._entries(index) or [(self.blocks[index].text, None, self.blocks[index].text)]
            if index in self.kinds or any(lines.split_category(line) is None for _, _, line in entries):
                if items or index > start or index in self.kinds:
                    break
                continue
            items += [_with_category(Item(text, url, line, index, 0)) for text, url, line in entries]
        return items if len(items) > 2 else []


def _around(box: Box | None, limit: int) -> Iterator[Box]:
    for _ in range(limit):
        if box is None:
            return
        yield box
        box = box.parent


def _common(a: Box, b: Box) -> tuple[Box | None, Box | None]:
    """The lowest box that holds both, and its child that holds the second (None if it is the second itself)."""
    above = {id(box) for box in _around(a, _MAX_DEPTH)}
    child = None
    for box in _around(b, _MAX_DEPTH):
        if id(box) in above:
            return box, child
        child = box
    return None, None


def _child(parent: Box, box: Box) -> Box | None:
    """The child of a box that holds another one in it; None if it is the box itself."""
    child = None
    for around in _around(box, _MAX_DEPTH):
        if around is parent:
            return child
        child = around
    return child


def _look(box: Box) -> tuple[str, str | None]:
    return box.tag, box.element.get("class")


def _end(box: Box, of_page: int) -> int:
    """The index after a box's last block; a box that the page's end left open goes on to it."""
    return box.end if box.end > box.first else of_page


def _whole_title(block: Block, cut: str) -> str:
    """A title that was cut for its line, as the anchor's `title` attribute gives it in full."""
    if block.box.end - block.box.first > 20:
        return cut
    begin = cut.rstrip(".… ")
    anchors = islice(chain(block.element.iter("a"), block.element.iterancestors("a")), _MAX_LINKS)
    whole = (" ".join((anchor.get("title") or "").split()) for anchor in anchors)
    return next((title for title in whole if title.startswith(begin) and len(title) > len(begin)), cut)


@lru_cache(maxsize=lines.RECURRING)
def _address(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query if 'id=' in parts.query else ''}"


def _is_kicker(first: str, second: str) -> bool:
    """Whether of two lines of one link the second is the title: the first is short, the second no sentence."""
    length = lines.letters(first)
    return length < 24 and length < lines.letters(second) < 130 and second[-1:] not in (".", "。", "…")


def _weeded(items: list[Item]) -> list[Item]:
    """A list without its odd ones out: authors, categories and "all of them" links are unlike the titles round them."""
    if len(items) < 2:
        return items
    if sum(item.url is not None for item in items) * 2 > len(items):
        items = [item for item in items if item.url]
    ranked = [lines.letters(item.title) for item in items if item.rank]
    if len(ranked) > 1 and len(ranked) * 5 >= len(items) * 2:
        least = median(ranked) * 0.6
        items = [item for item in items if item.rank or lines.letters(item.title) > least]
    shaped = [item for item in items if item.url and _ARTICLE_PATH.search(item.url)]
    return shaped if len(shaped) > 2 and len(shaped) * 10 >= len(items) * 7 else items


_ARTICLE_PATH: Final = re.compile(r"\d{4}|\w-\w+-\w+-\w|[?&]\w*id=\w|[0-9a-f]{8}", re.IGNORECASE)


def segments(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Part a run of items into the first list and the "Category | Title" list after it; what follows is neither.

    Lists that stand in one container are told apart by the stray signs at the heads of their lines (`|`, `|-`, `-`) and
    by their form.
    """
    shaped = [lines.split_category(item.line) is not None for item in items]
    start = next((i for i in range(len(items)) if len(shaped) - i > 2 and all(shaped[i : i + 3])), len(items))
    if start == 0:
        mostly = sum(shaped) * 5 >= len(shaped) * 4
        return ([_with_category(item) for item in items], []) if mostly else (items, [])
    if sum(shaped[:start]) * 2 > start:
        start = len(items)
    stop = start
    while stop < len(items) and shaped[stop]:
        stop += 1
    marks = [lines.marker_of(item.line) for item in items]
    own = start
    if start > 2:
        own = next((i for i in range(2, start) if marks[i] != marks[1] and marks[1] not in marks[i:start]), start)
    if own < start and start - own > own and not any(marks[:own]):
        own = start
    return items[:own], [_with_category(item) for item in items[start:stop]]


def _with_category(item: Item) -> Item:
    parts = lines.split_category(item.line)
    if parts:
        item.category, item.title = parts[0], lines.clean_title(parts[1])
    return item
