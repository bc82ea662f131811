"""The article's own related reading, apart from what the site lists on every page."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from items.article import RelatedLink
from spiders.parsing import related_lines as lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.body import Body
    from spiders.parsing.page import Page
    from spiders.parsing.template import Template

_MAX_DEPTH: Final = 120
_MAX_EXTENT: Final = 300
_LOOK_AHEAD: Final = 14
_MAX_LIST: Final = 60
_LIST_TAGS: Final = frozenset(("ul", "ol", "table", "tbody"))


@dataclass(slots=True)
class Related:
    """What a page says is worth reading besides it.

    Attributes:
        links: the article's own list: first the links without a category, then those of a "Category | Title" list.
        rule: what found the first of them: `heading`, `inline`, `lines` (titles without anchors), `none`.
        doubts: short sentences for a person.
        claimed: block index → what is left of its text for the article (None: nothing).
        site_wide: links of lists that are the site's, not the article's.
    """

    links: list[RelatedLink] = field(default_factory=list)
    rule: str = "none"
    doubts: list[str] = field(default_factory=list)
    claimed: dict[int, str | None] = field(default_factory=dict)
    site_wide: list[RelatedLink] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """One entry of a list."""

    title: str
    url: str | None
    line: str
    """The line as printed, signs and category included."""
    index: int
    """The block that holds its title."""
    rank: int
    """How surely `title` is the title and not a summary of the same link."""
    category: str | None = None


def read_related(
    page: Page, blocks: Sequence[Block], *, body: Body, title: str | None, template: Template | None = None
) -> Related:
    """Find the article's own list or lists of related reading.

    Args:
        page: the page; its address tells links to itself.
        blocks: all blocks of the page.
        body: the article's blocks; a list in it or close to it is believed sooner than one elsewhere.
        title: the article's title, to leave links to itself out.
        template: what recurs on the site's pages; a list that recurs is the site's.

    Returns:
        the links with the blocks that they claim; nothing is found in an empty page.
    """
    reader = _Reader(page, blocks, body, title, template)
    reader.read()
    return reader.found


class _Reader:
    """One reading of one page."""

    def __init__(
        self, page: Page, blocks: Sequence[Block], body: Body, title: str | None, template: Template | None
    ) -> None:
        self.blocks = blocks
        self.template = template
        self.found = Related()
        self.kept = sorted(index for index in body.kept if 0 <= index < len(blocks))
        self.is_kept = frozenset(self.kept)
        self.first = self.kept[0] if self.kept else 0
        self.last = self.kept[-1] if self.kept else -1
        self.weight = list(accumulate((len(blocks[index].text) for index in self.kept), initial=0))
        self.own_title = lines.key_of(title or "")
        self.own_url = _address(page.url)
        self.kinds: dict[int, lines.Kind] = {}
        self._linked: dict[int, list[tuple[str, str | None]]] = {}
        self._own: list[_Item] = []
        self._categories: list[_Item] = []
        self._site: list[_Item] = []

    def read(self) -> None:
        for block in self.blocks:
            if kind := _kind_of(block, inside=self.first < block.index < self.last):
                self.kinds[block.index] = kind
        for index, kind in self.kinds.items():
            if index not in self.found.claimed and kind in ("related", "close"):
                self._read_list(index, kind)
        for index in range(max(0, self.first - 3), min(len(self.blocks), self.last + 9)):
            if self.blocks[index].links and index not in self.found.claimed:
                self._read_inline(self.blocks[index])
        for index, kind in self.kinds.items():
            if kind == "site" and self.first < index < self.last and index not in self.found.claimed:
                self._read_site_list(index)
        self._read_template_lists()
        self._finish()

    # Lists under a heading

    def _read_list(self, head: int, kind: lines.Kind) -> None:
        close = kind == "close"
        if close and not self._is_close(head):
            return
        extent = self._extent(head)
        items, rule = self._items(extent), "heading"
        if not items and not close:
            extent = self._plain_extent(head)
            items, rule = self._plain_items(extent), "lines"
        own, categories = _segments(items)
        if not own or (close and (len(own) > 15 or self._ads_in(extent))):
            if kind == "related" and self._is_close(head):
                self.found.claimed[head] = None
            return
        if len(own) > _MAX_LIST:
            self.found.doubts.append(f"a list of {len(own)} under {self.blocks[head].text!r} was taken for a channel's")
            return
        if self._is_feed(own, extent) or self._recurs(own, kind):
            self._site += own
            self._claim(head, extent, items)
            return
        if not categories and len(own) == len(items):
            categories = self._category_list(extent[-1] + 1)
        if not self._own:
            self.found.rule = rule
        self._own += own
        self._categories += categories
        self._claim(head, extent if len(own) == len(items) else [], own)
        self.found.claimed.update((item.index, None) for item in categories)

    def _claim(self, head: int, extent: Iterable[int], items: Iterable[_Item]) -> None:
        self.found.claimed[head] = None
        self.found.claimed.update(dict.fromkeys(extent))
        self.found.claimed.update((item.index, None) for item in items)

    def _is_close(self, index: int) -> bool:
        """Whether a block stands in the article or soon after it, and not in a column, a menu or a footer."""
        if not self.first <= index <= self.last + 45:
            return False
        box: Box | None = self.blocks[index].box
        for _ in range(12):
            if box is None:
                break
            if _is_aside(box):
                return False
            box = box.parent
        return True

    def _is_feed(self, items: Sequence[_Item], extent: Sequence[int]) -> bool:
        """Whether a list is the endless feed of a platform: its lines count comments or readers, item by item."""
        counted = sum(lines.counts_readers(self.blocks[index].text) for index in extent)
        return counted > 2 and counted * 2 > len(items)

    def _recurs(self, items: Sequence[_Item], kind: lines.Kind) -> bool:
        """Whether a list stands on other pages too: under an article's own heading only if all of it does."""
        if self.template is None or len(items) < 2:
            return False
        blocks = [self.blocks[item.index] for item in items]
        if kind == "related":
            return all(self.template.recurs(block) for block in blocks)
        return sum(self.template.is_template(block) for block in blocks) * 2 >= len(blocks)

    def _ads_in(self, extent: Sequence[int]) -> bool:
        urls = [url for index in extent for _, url in self.blocks[index].links if url]
        return sum(lines.is_ad(url) for url in urls) * 3 >= len(urls) > 0

    def _extent(self, head: int) -> list[int]:
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
        extent = groups[0][1]
        links = len({url or text for index in extent for text, url in self._links(index)})
        if child.tag in _LIST_TAGS and links > 1:
            return extent
        for box, indices in groups[1:]:
            alike = box is not None and box.tag == child.tag
            if links > 1:
                alike = alike and box is not None and box.element.get("class") == child.element.get("class")
            if alike and any(self._links(index) for index in indices) and not (loose and self._reads_as_text(indices)):
                extent += indices
            elif loose and any(not lines.is_meta(self.blocks[index].text) for index in indices):
                break
            elif links == 1:
                extent += indices
        return extent

    def _first_linked(self, head: int) -> int | None:
        """The first block after a heading that links to an article, if none but the list's own words stand between."""
        level = self.blocks[head].heading
        for index in range(head + 1, min(head + _LOOK_AHEAD, len(self.blocks))):
            block = self.blocks[index]
            if index in self.kinds or (block.heading and not block.links and (not level or block.heading <= level)):
                return None
            if self._links(index):
                return None if self._reads_as_text([index]) else index
            if index in self.is_kept and len(block.text) > 120:
                return None
        return None

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
            if index in self.is_kept and block.link_chars * 2 < len(block.text) > 60:
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
        return (self.weight[held[0]] - self.weight[held[1]]) * 4 > self.weight[-1]

    def _items(self, extent: Sequence[int]) -> list[_Item]:
        """The links of some blocks, one item for all links to one address that stand together."""
        items: list[_Item] = []
        for index in extent:
            block = self.blocks[index]
            rank = 2 if block.heading else 1 if "tit" in (block.element.get("class") or "") else 0
            for text, url, line in self._entries(index):
                item = _Item(lines.clean_title(text), url, line, index, rank)
                last = items[-1] if items else None
                if last and url and last.url == url and last.index != index:
                    if rank > last.rank:
                        items[-1] = item
                    continue
                items.append(item)
        return [item for item in _weeded(items) if item.title and not self._is_self(item)]

    def _links(self, index: int) -> list[tuple[str, str | None]]:
        """The links of a block that can lead to articles; not the category's or author's beside a title."""
        links = self._linked.get(index)
        if links is None:
            links = [link for link in self.blocks[index].links if lines.is_article_link(*link)]
            if len(links) > 1:
                longest = max(lines.letters(text) for text, _ in links)
                links = [link for link in links if (size := lines.letters(link[0])) * 3 >= longest or size > 24]
            self._linked[index] = links
        return links

    def _entries(self, index: int) -> list[tuple[str, str | None, str]]:
        """The links of a block with the lines that they stand in, a category before the link included."""
        text, links = self.blocks[index].text, self._links(index)
        if not links:
            return []
        parts = lines.split_category(text)
        if parts and len(links) == 2 and lines.key_of(parts[0]) == lines.key_of(links[0][0]):
            links = links[1:]
        if len(links) == 1:
            return [(*links[0], text)]
        return [(*link, link[0]) for link in links]

    def _is_self(self, item: _Item) -> bool:
        if self.own_url and _address(item.url) == self.own_url:
            return True
        return bool(self.own_title) and lines.key_of(item.title) == self.own_title

    # Titles without anchors

    def _plain_extent(self, head: int) -> list[int]:
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

    def _plain_items(self, extent: Sequence[int]) -> list[_Item]:
        items: list[_Item] = []
        rows: set[int] = set()
        for index in extent:
            block = self.blocks[index]
            row = next((box.first for box in _around(block.box, 4) if box.tag in ("li", "tr")), index)
            if row in rows or not lines.is_plain_title(block.text):
                continue
            rows.add(row)
            item = _Item(lines.clean_title(block.text), None, block.text, index, 0)
            if not self._is_self(item):
                items.append(item)
        return items if len(items) > 1 else []

    def _category_list(self, start: int) -> list[_Item]:
        """The list of "Category | Title" lines that follows the article's list without a heading of its own."""
        items: list[_Item] = []
        for index in range(start, min(start + _MAX_EXTENT, len(self.blocks))):
            entries = self._entries(index) or [(self.blocks[index].text, None, self.blocks[index].text)]
            if index in self.kinds or any(lines.split_category(line) is None for _, _, line in entries):
                if items or index > start or index in self.kinds:
                    break
                continue
            items += [_with_category(_Item(text, url, line, index, 0)) for text, url, line in entries]
        return items if len(items) > 2 else []

    # Links in the text

    def _read_inline(self, block: Block) -> None:
        """`此前报道：<link>`, `(Read also: <link>)`, `<link>ALSO READ: …</link>` in the article's own paragraphs."""
        text, at = block.text, 0
        begin = end = -1
        items: list[_Item] = []
        for label, url in block.links:
            place = text.find(label, at)
            if place < 0:
                continue
            before = text[at:place]
            at = place + len(label)
            own_label, rest = lines.split_label(label)
            lead = _SENTENCE.split(before)[-1].lstrip(" (（[")
            if begin < 0 and not own_label and not _is_lead(lead, text[at:]):
                continue
            if begin >= 0 and lines.letters(before) > 4:
                break
            item = _Item(lines.clean_title(rest), url, label, block.index, 0)
            if not lines.is_article_link(item.title, url) or self._is_self(item):
                continue
            begin = place - len(lead) if begin < 0 else begin
            end = at
            items.append(item)
        if not items:
            return
        left = f"{text[:begin].rstrip(' (（[【|')} {text[end:].lstrip(' )）]】|.')}".strip()
        self.found.claimed[block.index] = left if lines.letters(left) > 3 else None
        if not self._own:
            self.found.rule = "inline"
        self._own += items

    # Lists of the site

    def _read_site_list(self, head: int) -> None:
        """A list of the site in the midst of the article: none of its lines is the article's text."""
        extent = self._extent(head)
        items = self._items(extent)
        self._site += items
        if items:
            self._claim(head, extent, items)

    def _read_template_lists(self) -> None:
        """Lists without a known heading that recur on other pages of the site; a line or two may be new in them."""
        if self.template is None:
            return
        run: list[_Item] = []
        new: list[_Item] = []
        for block in self.blocks:
            if block.index in self.found.claimed or lines.is_meta(block.text):
                continue
            recurs = self.template.is_template(block)
            items = self._template_items(block) if recurs or run else []
            if items and recurs:
                run += new + items
                new = []
            elif items and len(new) < 2 and block.box.parent is self.blocks[run[-1].index].box.parent:
                new += items
            elif run:
                self._end_template_list(run)
                run, new = [], []
        self._end_template_list(run)

    def _template_items(self, block: Block) -> list[_Item]:
        if not block.links and lines.marker_of(block.text) and lines.is_plain_title(block.text):
            return [_Item(lines.clean_title(block.text), None, block.text, block.index, 0)]
        return self._items([block.index])

    def _end_template_list(self, run: list[_Item]) -> None:
        if len(run) > 2 and sum(lines.letters(item.title) for item in run) > 20 * len(run):
            self._site += run
            self.found.claimed.update((item.index, None) for item in run)

    # The end

    def _finish(self) -> None:
        found = self.found
        found.links = _unique([*self._own, *self._categories])
        found.site_wide = _unique(self._site)
        if len(self._own) > 20:
            found.doubts.append(f"{len(self._own)} related links are many: perhaps a channel's list")
        titles = {lines.key_of(link.title) for link in found.links} - {"", self.own_title}
        if not titles:
            return
        longest = max(map(len, titles)) + 40
        for block in self.blocks[self.first : self.last + 1]:
            if len(block.text) <= longest and block.index not in found.claimed:
                key = lines.key_of(block.text)
                if any(title in key and len(key) < len(title) + 24 for title in titles):
                    found.claimed[block.index] = None


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


def _end(box: Box, of_page: int) -> int:
    """The index after a box's last block; a box that the page's end left open goes on to it."""
    return box.end if box.end > box.first else of_page


_SENTENCE: Final = re.compile(r"[.!?;…]\s+|[。！？；\n]")
_ENDS_LABEL: Final = re.compile(r"[:：|｜】\])）>»→–-]\s*$")
_ASIDE: Final = re.compile(r"(?:^|[\s_-])(?:sidebar|aside|footer|foot|nav|menu|right|rightbar|col-?right|ranking?|hot)(?:$|[\s_-])", re.IGNORECASE)


def _is_lead(label: str, after: str) -> bool:
    """Whether the words before a link announce it: with a colon or the like, or alone with it on their line."""
    label = label.strip()
    if not label or not lines.is_link_label(label):
        return False
    return bool(_ENDS_LABEL.search(label)) or lines.letters(after) < 4


def _kind_of(block: Block, *, inside: bool) -> lines.Kind | None:
    """What a block introduces; links beside the heading's words are its tabs or tags, unless they lead to articles."""
    text = block.text
    if len(text) > lines.HEADING_CHARS:
        return None
    kind = lines.heading_kind(text)
    if kind is None and block.links and (label := block.links[0][0]) != text:
        before = text[: text.find(label)].strip()
        kind = lines.heading_kind(before or label)
        if kind and any(lines.is_article_link(link, url) for link, url in block.links):
            kind = None
    if inside and kind in (None, "site") and lines.is_link_label(text):
        kind = "close"
    return kind


def _is_aside(box: Box) -> bool:
    return box.tag in ("aside", "footer", "nav") or bool(
        _ASIDE.search(box.element.get("class") or "") or _ASIDE.search(box.element.get("id") or "")
    )


def _address(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query if 'id=' in parts.query else ''}"


def _weeded(items: list[_Item]) -> list[_Item]:
    """A list without its odd ones out: authors, categories and "all of them" links are unlike the titles round them."""
    if sum(item.url is not None for item in items) * 2 > len(items):
        items = [item for item in items if item.url]
    ranked = [lines.letters(item.title) for item in items if item.rank]
    if len(ranked) > 1 and len(ranked) * 5 >= len(items) * 2:
        least = median(ranked) * 0.6
        items = [item for item in items if item.rank or lines.letters(item.title) > least]
    shaped = [item for item in items if item.url and _ARTICLE_PATH.search(item.url)]
    return shaped if len(shaped) > 2 and len(shaped) * 10 >= len(items) * 7 else items


_ARTICLE_PATH: Final = re.compile(r"\d{4}|\w-\w+-\w+-\w|[?&]\w*id=\w|[0-9a-f]{8}", re.IGNORECASE)


def _segments(items: list[_Item]) -> tuple[list[_Item], list[_Item]]:
    """Part a run of items into the first list and the "Category | Title" list after it; what follows is neither.

    Lists that stand in one container are told apart by the stray signs at the heads of their lines (`|`, `|-`, `-`) and by
    their form.
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


def _with_category(item: _Item) -> _Item:
    parts = lines.split_category(item.line)
    if parts:
        item.category, item.title = parts[0], lines.clean_title(parts[1])
    return item


def _unique(items: Iterable[_Item]) -> list[RelatedLink]:
    """One link per title; one per address as long as its titles say the same."""
    links: list[RelatedLink] = []
    titles: set[str] = set()
    for item in items:
        key = lines.key_of(item.title)
        if key and key not in titles:
            titles.add(key)
            links.append(RelatedLink(title=item.title, url=item.url, category=item.category))
    return links
