"""What repeats on the pages of a site is not the article: menus, latest news, notices."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from spiders.parsing.related.related_lines import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spiders.parsing.blocks import Block, Box
    from spiders.parsing.page import Page

_SHARE_OF_PAGES: Final = 0.3
_SHARE_OF_LIST: Final = 0.6
_LEAST_ITEMS: Final = 3
_LONG: Final = 80
_VERSION: Final = 1
_ROWS: Final = frozenset(("li", "tr", "td", "th", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "article"))
_VARIES: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Template:
    """The blocks of a site that are not its articles', as digests.

    Attributes:
        pages: how many different articles it was learned from; with less than two it knows nothing.
        texts: digests of what recurring blocks say.
        lists: digests of the places of lists that change slowly: there, a link that is new today is template too.
    """

    pages: int = 0
    texts: frozenset[int] = frozenset()
    lists: frozenset[int] = frozenset()

    def recurs(self, block: Block) -> bool:
        """Whether just these words stood on other pages of the site."""
        return _digest(block.text) in self.texts

    def is_template(self, block: Block) -> bool:
        """Whether a block is the site's: its words recur, or it is a link of a list whose other links recur."""
        return self.recurs(block) or (bool(self.lists) and _is_link(block) and _place(block.box) in self.lists)

    def to_json(self) -> str:
        """A compact form to keep: some kilobytes a site."""
        return json.dumps(
            {"version": _VERSION, "pages": self.pages, "texts": _packed(self.texts), "lists": _packed(self.lists)}
        )

    @classmethod
    def from_json(cls, text: str) -> Template:
        """Read what `to_json` wrote.

        Raises:
            ValueError: the text is no template, or one of another version.
        """
        try:
            value = json.loads(text)
            if value["version"] != _VERSION:
                raise ValueError(f"template of version {value['version']!r}")
            return cls(int(value["pages"]), _unpacked(value["texts"]), _unpacked(value["lists"]))
        except (KeyError, TypeError, struct.error) as error:
            raise ValueError(f"no template: {error}") from error


def learn_template(pages: Sequence[tuple[Page, list[Block]]]) -> Template:
    """Learn what recurs on two or more pages of one site.

    Pages of one article (the same address or titles) count as one page, and so do the texts of a reprint under another
    title, so that an article's own paragraphs are never template.

    Args:
        pages: pages of one site with their blocks; two are enough, fifty are plenty.

    Returns:
        the template; an empty one when the pages hold fewer than two articles.
    """
    seen = [_Seen(page, blocks) for page, blocks in pages]
    articles = _articles(seen, _is_one)
    if len(articles) < 2:
        return Template(pages=len(articles))
    links = _counted({link for page in article for link in page.links} for article in articles)
    recurring = {link for link, count in links.items() if count > 1}
    notices = _notices(seen)
    originals = _articles(seen, lambda a, b: _is_one(a, b) or _is_reprint(a, b, notices))
    texts = _counted({text for page in copies for text in page.texts} for copies in originals)
    often = max(2, _SHARE_OF_PAGES * len(originals))
    recurring.update(text for text, count in texts.items() if count >= often)
    return Template(len(articles), frozenset(recurring), frozenset(_slow_lists(articles, recurring)))


class _Seen:
    """What a page shows to be learned from."""

    __slots__ = ("links", "long", "name", "places", "texts", "url")

    def __init__(self, page: Page, blocks: Iterable[Block]) -> None:
        self.url = page.url
        self.texts: set[int] = set()
        self.links: set[int] = set()
        self.long: dict[int, int] = {}
        self.places: dict[int, set[int]] = defaultdict(set)
        known: dict[Box, int] = {}
        first_heading = ""
        for block in blocks:
            digest = _digest(block.text)
            if _is_link(block):
                self.links.add(digest)
                place = known.get(block.box)
                if place is None:
                    place = known[block.box] = _place(block.box)
                self.places[place].add(digest)
            else:
                self.texts.add(digest)
                if len(block.text) >= (_LONG if block.text.isascii() else _LONG // 2):
                    self.long[digest] = len(block.text)
            if block.heading == 1 and not first_heading:
                first_heading = block.text
        title = page.root.findtext(".//title") or ""
        self.name = tuple(key_of(name) for name in (title, *page.meta.get("og:title", [])[:1], first_heading))


def _articles(pages: list[_Seen], is_same: Callable[[_Seen, _Seen], bool]) -> list[list[_Seen]]:
    """The pages by the article that they hold."""
    articles: list[list[_Seen]] = []
    for page in pages:
        same = next((article for article in articles if any(is_same(page, other) for other in article)), None)
        if same is None:
            articles.append([page])
        else:
            same.append(page)
    return articles


def _is_one(a: _Seen, b: _Seen) -> bool:
    """Whether two pages are one: the same address, or the same names and text; some sites name all pages alike."""
    if a.url is not None and a.url == b.url:
        return True
    return a.name == b.name and len(a.long.keys() & b.long.keys()) * 2 >= min(len(a.long), len(b.long))


def _notices(pages: list[_Seen]) -> set[int]:
    """Long texts that stand on too many pages to be an article's."""
    counts = Counter(digest for page in pages for digest in page.long)
    return {digest for digest, count in counts.items() if count > max(2, _SHARE_OF_PAGES * len(pages))}


def _is_reprint(a: _Seen, b: _Seen, notices: set[int]) -> bool:
    """Whether two pages share so much text that it is their article's; their lists of links may well be the site's."""
    shared = (a.long.keys() & b.long.keys()) - notices
    if not shared:
        return False
    chars = sum(a.long[digest] for digest in shared)
    least = min(sum(size for digest, size in page.long.items() if digest not in notices) for page in (a, b))
    return chars * 2 > least and (len(shared) > 2 or _alike(a.name, b.name))


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two pages' names share most of their letter pairs, as the titles of one article's copies do."""
    x, y = ({name[i : i + 2] for name in names for i in range(len(name) - 1)} for names in (a, b))
    return len(x & y) * 3 > min(len(x), len(y)) * 2


def _slow_lists(articles: list[list[_Seen]], recurring: set[int]) -> set[int]:
    """Places whose links mostly stand on other pages too, at the same place."""
    items: dict[int, Counter[int]] = defaultdict(Counter)
    for article in articles:
        held: dict[int, set[int]] = defaultdict(set)
        for page in article:
            for place, digests in page.places.items():
                held[place] |= digests
        for place, digests in held.items():
            items[place].update(digests)
    slow = set()
    for place, counts in items.items():
        again = [count for digest, count in counts.items() if count > 1 and digest in recurring]
        once = sum(count == 1 for count in counts.values())
        if len(again) >= _LEAST_ITEMS and sum(again) >= _SHARE_OF_LIST * (sum(again) + once):
            slow.add(place)
    return slow


def _counted(sets: Iterable[set[int]]) -> Mapping[int, int]:
    return Counter(digest for digests in sets for digest in digests)


def _is_link(block: Block) -> bool:
    return block.link_chars * 2 > len(block.text)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _place(box: Box | None) -> int:
    """Where a block stands: its elements up to the sixth, with the classes of those that hold lists."""
    steps = []
    for step in range(6):
        if box is None:
            break
        name = "" if box.tag in _ROWS or not step else _VARIES.sub("", box.element.get("class") or "")[:80]
        steps.append(f"{box.tag}.{name}")
        box = box.parent
    return _digest("<".join(steps))


def _packed(digests: frozenset[int]) -> str:
    return base64.b64encode(struct.pack(f">{len(digests)}Q", *sorted(digests))).decode()


def _unpacked(text: str) -> frozenset[int]:
    packed = base64.b64decode(text, validate=True)
    return frozenset(struct.unpack(f">{len(packed) // 8}Q", packed))
