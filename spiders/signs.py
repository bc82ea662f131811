"""What a page showed of each field: where, in what form, by which rule. Health learns from it what is usual."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from lxml import etree

from items.domain import domain_of_owner
from items.health import FieldSigns, PageSigns
from spiders.parsing.canonical import rel_canonical
from spiders.parsing.related.related_place import anchors_together, box_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from items.article import Article
    from spiders.parsing.blocks import Block
    from spiders.parsing.opened import Opened
    from spiders.parsing.page import Page

_STEPS = 5
"""Elements around a field that are remembered of its place."""

_MARKUP = 600
"""Characters of HTML that are kept as evidence."""

_ABOUT = ("source", "published", "authors", "editors")
"""Fields that tell of the article, and are printed near its title."""

_META_LINE = 200
"""Characters of a line that may hold the time of publication; longer ones are paragraphs."""

_OWN_LINES = 12
"""Lines of a text that are remembered, to be found again on other pages."""

_DIGITS = re.compile(r"\d+")
_NUMBERS = re.compile(r"\d+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u05ff]+")
_VARIES = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def signs_of(opened: Opened, article: Article, *, listed: str | None = None) -> PageSigns:
    """What a page showed of the fields of the article that was read from it.

    Args:
        opened: the page with its blocks.
        article: what was read.
        listed: the URL that led to it, before redirects.
    """
    look = _Look(opened.blocks)
    source, published = article.source, article.published
    credit = (source.raw or source.name) if source else None
    label = _label(source.raw, source.name) if source else None
    time = published.raw if published else None
    lines = (article.text or "").splitlines()
    related = [link.url or link.title for link in article.related]
    looked_for: dict[str, tuple[str | None, str | None, int, list[str]]] = {
        # field: (words to find on the page, words whose form matters, size, what should be this article's own)
        "title": (article.title, None, len(article.title), [article.title]),
        "text": (_longest(lines), None, len(article.text or ""), lines[:_OWN_LINES]),
        "source": (credit, label, 0, []),
        "published": (time, time, 0, []),
        "authors": (next(iter(article.authors), None), None, len(article.authors), []),
        "editors": (next(iter(article.editors), None), None, len(article.editors), []),
        "related": (next((link.title for link in article.related), None), None, len(related), related),
        "images": (None, None, len(article.images), []),
        "language": (None, article.language, 0, []),
    }
    fields = {}
    title = look.up(article.title)
    for name, (words, form, size, own) in looked_for.items():
        block = (look.near(words, title) if name in _ABOUT else look.up(words)) if words else None
        element = _innermost(block, words) if block and words else None
        shown = None
        if name == "published" and block is None and published and (block := look.day_near(published.at, title)):
            element = _innermost(block, published.at[:4])
            shown = element.text
        if name == "related" and (box := box_of(anchors_together(opened.page, article.related))) is not None:
            element = box
        shape = shown or form
        fields[name] = FieldSigns(
            rule=article.provenance.get(name),
            place=_place(element) if element is not None else None,
            form=_form(shape) if shape else None,
            size=size,
            values=[_digest(value) for value in own],
            markup=_markup(block) if block else None,
        )
    charset = article.charset
    if charset is not None:
        fields["charset"] = FieldSigns(rule=f"{charset.used} by {charset.basis}", size=charset.replaced)
    last = look.up(lines[-1]) if lines else None
    return PageSigns(
        url=article.url,
        domain=_home_of(opened.page, listed or article.url),
        fields=fields,
        head=_around(title) if title else None,
        foot=_around(last) if last else None,
    )


def _home_of(page: Page, listed: str) -> str:
    """The domain that answered; if that is the one that was asked, the one that the page says is its own."""
    if page.url and domain_of_owner(page.url) != domain_of_owner(listed):
        return domain_of_owner(page.url)
    own = page.absolute(rel_canonical(page)) or page.absolute(next(iter(page.meta.get("og:url", [])), None))
    return domain_of_owner(own or page.url or listed)


class _Look:
    """Finds the block that words were read from."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = list(blocks)
        self._whole: dict[str, Block] = {}
        for block in self._blocks:
            self._whole.setdefault(block.text, block)

    def up(self, words: str) -> Block | None:
        """The first block that is the words, else the first that holds them."""
        words = " ".join(words.split())
        found = self._whole.get(words)
        if found is None:
            found = next((block for block in self._blocks if words in block.text), None)
        return found

    def near(self, words: str, title: Block | None) -> Block | None:
        """The block nearest the title that holds the words: a list of others may print the same day, or name."""
        words = " ".join(words.split())
        return _nearest((block for block in self._blocks if words in block.text), title)

    def day_near(self, at: str, title: Block | None) -> Block | None:
        """The line nearest the title that shows a day, for a time that was read where no reader of the page sees it."""
        year, _, day = (int(part) for part in f"{at[:10]}-1-1".split("-")[:3])
        lines = (block for block in self._blocks if len(block.text) < _META_LINE)
        return _nearest((line for line in lines if {year, day} <= {int(n) for n in _NUMBERS.findall(line.text)}), title)


def _nearest(blocks: Iterable[Block], title: Block | None) -> Block | None:
    start = title.index if title else 0
    return min(blocks, key=lambda block: abs(block.index - start), default=None)


def _longest(lines: list[str]) -> str | None:
    """The longest of a text's first lines: short ones may stand elsewhere on the page too."""
    return max(lines[:8], key=len, default=None)


def _innermost(block: Block, words: str) -> HtmlElement:
    """The element within a block that holds all the words; the block's own when they run over several."""
    element, words = block.element, " ".join(words.split())
    while (inner := next((child for child in element if words in _text_of(child)), None)) is not None:
        element = inner
    return element


def _text_of(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if isinstance(element.tag, str) else ""


def _place(element: HtmlElement | None) -> str:
    """The elements around a field with their classes, innermost first; numbers in classes vary and are left out."""
    steps: list[str] = []
    while element is not None and len(steps) < _STEPS:
        name = _SPACE.sub(".", _VARIES.sub("", element.get("class") or element.get("id") or "").strip())
        steps.append(f"{element.tag}.{name[:60]}" if name else str(element.tag))
        element = element.getparent()
    return "<".join(steps)


def _form(words: str) -> str:
    """The shape of words: digits as 9, one or two alike, words as x; other signs stay: 9999年9月9日."""
    digits = _DIGITS.sub(lambda run: "9" * len(run[0]) if len(run[0]) > 2 else "9", _SPACE.sub(" ", words[:80]).strip())
    return _LATIN.sub("x", digits)


def _label(raw: str | None, name: str) -> str | None:
    """What a credit is printed with, less the name, which varies."""
    return raw.replace(name, "X") if raw else None


def _markup(block: Block) -> str:
    found = etree.tostring(block.element, encoding="unicode", method="html", with_tail=False)
    return found if len(found) <= _MARKUP else found[:_MARKUP] + "…"


def _around(block: Block) -> str:
    """A block's element and what comes after it in the same element, as HTML."""
    found, element = "", block.element
    while element is not None and len(found) <= _MARKUP:
        found += etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        element = element.getnext()
    return found if len(found) <= _MARKUP else found[:_MARKUP] + "…"


def _digest(value: str) -> str:
    return blake2b(value.encode("utf-8", "replace"), digest_size=6).hexdigest()
