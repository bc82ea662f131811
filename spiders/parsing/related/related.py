"""The article's own related reading, apart from what the site lists on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from items.article import RelatedLink
from spiders.parsing.related import related_lines as lines
from spiders.parsing.related.related_lists import Item, Lists, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.body.body import Body
    from spiders.parsing.page import Page
    from spiders.parsing.related.related_words import Kind
    from spiders.parsing.template import Template

_MAX_LIST: Final = 60
_MAX_CLOSE_LIST: Final = 15
_MAX_LINKS: Final = 200
_MAX_INLINE: Final = 40
_LONG_PARAGRAPH: Final = 250
_CATEGORY_LETTERS: Final = 7
_LINKED_HEADING_CHARS: Final = 40


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
        self.first = self.kept[0] if self.kept else 0
        self.last = self.kept[-1] if self.kept else -1
        self.own_title = lines.key_of((title or "")[:1000])
        self.own_site = _site_of(page.url)
        self.kinds: dict[int, Kind] = {}
        self.labels: set[int] = set()
        self.lists = Lists(blocks, self.kept, self.kinds, title=self.own_title, url=page.url)
        self._own: list[Item] = []
        self._categories: list[Item] = []
        self._site: list[Item] = []

    def read(self) -> None:
        for block in self.blocks:
            if len(block.text) <= lines.HEADING_CHARS and (kind := _kind_of(block)):
                self.kinds[block.index] = kind
        self._find_labels()
        for index, kind in self.kinds.items():
            if kind in ("related", "close") and index not in self.found.claimed:
                self._read_list(index, kind)
        for index in range(max(0, self.first - 3), min(len(self.blocks), self.last + 9)):
            if self.blocks[index].links and index not in self.found.claimed:
                self._read_inline(self.blocks[index])
        for index, kind in self.kinds.items():
            if kind == "site" and self.first < index < self.last and index not in self.found.claimed:
                self._read_site_list(index)
        self._read_template_lists()
        self._finish()

    def _find_labels(self) -> None:
        """Take "Read more" and the like, alone on a line of the article, for the heading of the link that follows."""
        for index in range(self.first + 1, self.last):
            block, following = self.blocks[index], self.blocks[index + 1]
            if not following.links or self.kinds.get(index) not in (None, "site"):
                continue
            own = block.links[0][1] if block.links else None
            if own in (None, following.links[0][1]) and lines.is_link_label(block.text):
                self.kinds[index] = "close"
                self.labels.add(index)

    # Lists under a heading

    def _read_list(self, head: int, kind: Kind) -> None:
        close = self._is_close(head)
        if kind == "close" and not close:
            return
        extent = self.lists.extent(head)
        items, rule = self.lists.items(extent), "heading"
        if head in self.labels:
            items = [item for item in items if _site_of(item.url) == self.own_site]
        if not items and kind == "related":
            extent = self.lists.plain_extent(head)
            items, rule = self.lists.plain_items(extent), "lines"
        own, categories = segments(items)
        if not own:
            if kind == "related" and close:
                self.found.claimed[head] = None
        elif self._is_sites(head, kind, own, extent):
            self._site += own
            self._claim(head, extent, items)
        else:
            if not categories and len(own) == len(items):
                categories = self.lists.category_list(extent[-1] + 1)
            self._take(own, rule)
            self._categories += categories
            self._claim(head, extent if len(own) == len(items) else [], own)
            self.found.claimed.update((item.index, None) for item in categories)

    def _take(self, items: list[Item], rule: str) -> None:
        if not self._own:
            self.found.rule = rule
        self._own += items

    def _claim(self, head: int, extent: Iterable[int], items: Iterable[Item]) -> None:
        """Take a list's lines out of the article; a long paragraph that stands among them stays the article's."""
        self.found.claimed[head] = None
        for index in extent:
            block = self.blocks[index]
            if block.links or len(block.text) < _LONG_PARAGRAPH:
                self.found.claimed[index] = None
        self.found.claimed.update((item.index, None) for item in items)

    def _is_close(self, index: int) -> bool:
        """Whether a block stands in the article or soon after it, and not in a column, a menu or the page's footer."""
        if not self.first <= index <= self.last + 45:
            return False
        aside = False
        box: Box | None = self.blocks[index].box
        for _ in range(12):
            if box is None:
                break
            names = f"{box.element.get('class') or ''} {box.element.get('id') or ''}"[:300]
            if box.tag == "nav" or _COLUMN.search(names):
                return False
            if box.tag == "article" or _ARTICLE.search(names):
                return True
            aside = aside or box.tag in ("aside", "footer")
            box = box.parent
        return not aside

    def _is_sites(self, head: int, kind: Kind, items: Sequence[Item], extent: Sequence[int]) -> bool:
        """Whether a list is the site's in spite of its heading: too long, a feed, bought, or the same elsewhere."""
        if len(items) > (_MAX_LIST if kind == "related" else _MAX_CLOSE_LIST):
            self.found.doubts.append(f"{len(items)} links under {self.blocks[head].text!r} were taken for a channel's")
            return True
        bought = self._is_bought(range(head + 1, extent[-1] + 1))
        return bought or self._is_feed(head, items, extent) or self._recurs(items, kind)

    def _is_feed(self, head: int, items: Sequence[Item], extent: Sequence[int]) -> bool:
        """Whether a list of recommendations is a platform's endless feed: its lines count comments, item by item."""
        counted = sum(lines.counts_readers(self.blocks[index].text) for index in extent)
        recommended = lines.RECOMMENDED.search(self.blocks[head].text) is not None or len(items) > 12
        return recommended and counted > 2 and counted * 2 > len(items)

    def _is_bought(self, extent: Sequence[int]) -> bool:
        """Whether a good part of a list's links lead to an advertiser's counter."""
        urls = [url for index in extent for _, url in self.blocks[index].links[:_MAX_LINKS] if url]
        return sum(lines.is_ad(url) for url in urls) * 3 >= len(urls) > 0

    def _recurs(self, items: Sequence[Item], kind: Kind) -> bool:
        """Whether a list stands on other pages too: under an article's own heading only if all of it does."""
        if self.template is None or len(items) < 2:
            return False
        blocks = [self.blocks[item.index] for item in items]
        if kind == "related":
            return all(self.template.recurs(block) for block in blocks)
        return sum(self.template.is_template(block) for block in blocks) * 2 >= len(blocks)

    # Links in the text

    def _read_inline(self, block: Block) -> None:
        """`此前报道：<link>`, `(Read also: <link>)`, `<link>ALSO READ: …</link>` in the article's own paragraphs."""
        text, at = block.text, 0
        begin = end = -1
        items: list[Item] = []
        for label, url in block.links[:_MAX_INLINE]:
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
            item = Item(lines.clean_title(rest), url, label, block.index)
            if not lines.is_article_link(item.title, url) or self.lists.is_self(item):
                continue
            begin = place - len(lead) if begin < 0 else begin
            end = at
            items.append(item)
        if items:
            left = f"{text[:begin].rstrip(' (（[【|')} {text[end:].lstrip(' )）]】|.')}".strip()
            self.found.claimed[block.index] = left if lines.letters(left) > 3 else None
            self._take(items, "inline")

    # Lists of the site

    def _read_site_list(self, head: int) -> None:
        """A list of the site in the midst of the article: none of its lines is the article's text."""
        extent = self.lists.extent(head)
        items = self.lists.items(extent)
        if items:
            self._site += items
            self._claim(head, extent, items)

    def _read_template_lists(self) -> None:
        """Lists without a known heading that recur on other pages of the site; a line or two may be new in them."""
        if self.template is None:
            return
        run: list[Item] = []
        new: list[Item] = []
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

    def _template_items(self, block: Block) -> list[Item]:
        if not block.links and lines.marker_of(block.text) and lines.is_plain_title(block.text):
            return [Item(lines.clean_title(block.text), None, block.text, block.index)]
        return self.lists.items([block.index])

    def _end_template_list(self, run: list[Item]) -> None:
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


_SENTENCE: Final = re.compile(r"[.!?;…]\s+|[。！？；\n]")
_ENDS_LABEL: Final = re.compile(r"[:：|｜】\])）>»→–-]\s*$")
_COLUMN: Final = re.compile(
    r"(?:^|[\s_-])(?:sidebar|aside|foot|nav|menu|right|rightbar|ranking?|hot)(?:$|[\s_-])", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"(?:^|[\s_-])(?:article|story|post|entry)(?:$|[\s_-])", re.IGNORECASE)


def _is_lead(label: str, after: str) -> bool:
    """Whether the words before a link announce it: a list's heading, words with a colon, or alone with it on a line."""
    label = label.strip()
    if not label or not lines.is_link_label(label):
        return False
    return bool(_ENDS_LABEL.search(label)) or lines.letters(after[:20]) < 4 or lines.heading_kind(label) == "related"


def _kind_of(block: Block) -> Kind | None:
    """What a block introduces; links beside the heading's words are its tabs or tags, unless they lead to articles.

    A short word that is all link (`News`, `视频`) is an item's category.
    """
    text = block.text
    if len(text) > (_LINKED_HEADING_CHARS if block.link_chars >= len(text) else lines.HEADING_CHARS):
        return None
    kind = lines.heading_kind(text)
    if kind is None and not block.links:
        return None
    if block.links and (label := block.links[0][0]) != text:
        if kind is None:
            before = text[: text.find(label)].strip()
            kind = lines.heading_kind(before or label)
        if kind not in (None, "other") and any(lines.is_article_link(*link) for link in block.links[:_MAX_INLINE]):
            return None
    elif kind and block.links and block.links[0][1] and not block.heading and lines.letters(text) <= _CATEGORY_LETTERS:
        return None
    return kind


def _site_of(url: str | None) -> str:
    """The last two labels of an address's host: near enough to tell a shop or an advertiser from the site."""
    host = (url or "").partition("://")[2].partition("/")[0]
    return ".".join(host.rsplit(".", 2)[-2:])


def _unique(items: Iterable[Item]) -> list[RelatedLink]:
    """One link per title; an address may have several titles, for pages do give wrong addresses."""
    links: dict[str, RelatedLink] = {}
    for item in items:
        key = lines.key_of(item.title)
        if key and key not in links:
            links[key] = RelatedLink(title=item.title, url=item.url, category=item.category)
            if len(links) == _MAX_LINKS:
                break
    return list(links.values())
