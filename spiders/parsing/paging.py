"""Articles that a site splits over several pages: where the next part is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from items.url import normalise_url, split_url

if TYPE_CHECKING:
    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.page import Page

_NEXT: Final = re.compile(
    r"[\s\[［<《«»›>→▶]{0,4}(?:下一?[页頁]|后一页|後一頁|next(?:\spage|\s?part)?|continue(?:\sto\snext\spage)?"
    r"|nächste(?:\sseite)?|weiter|zur nächsten seite|page suivante|suivante?"
    r"|siguiente(?:\spágina)?|página siguiente|próxima(?:\spágina)?|pagina successiva|successiva|avanti"
    r"|volgende(?:\spagina)?|następna(?:\sstrona)?|sonraki(?:\ssayfa)?"
    r"|следующая(?:\sстраница)?|далее|次(?:へ|のページ(?:へ)?|ページ)|다음(?:\s?페이지)?|trang sau|tiếp theo"
    r"|halaman berikutnya|selanjutnya)[\s\]］>》»›→▶]{0,4}"
)
"""In lower case."""
_EXTENSION: Final = re.compile(r"(?:\.\w{2,5}|/)$")
_NUMBER: Final = re.compile(r"(?:[_-]p?|/page[/_-]?|/seite-?|/p|/)([1-9]\d?)$")
_PAGE_NAMES: Final = frozenset(
    {"page", "p", "pg", "pn", "paged", "pageno", "page_no", "pageindex", "currentpage", "seite", "pagina", "part"}
)


def next_page(page: Page, blocks: list[Block], body: Body) -> str | None:
    """The absolute URL of the article's next part, or None.

    A link counts when it says "next page", or is `rel=next`, and its address is the page's own but for a page number
    that is one higher. "Next article" links never are.

    Args:
        page: the opened page; without its URL nothing can be told.
        blocks: its blocks.
        body: which of them are the article's: the link stands among or under them.
    """
    if not page.url:
        return None
    here = _readings(page.url)
    last = max((index for index in body.kept if index < len(blocks)), default=-1)
    first = min((index for index in body.kept if index < len(blocks)), default=0)
    for block in blocks[first : last + 25]:
        for text, url in block.links:
            if url and len(text) <= 40 and _NEXT.fullmatch(text.lower()) and _follows(here, url):
                return url
    for element in page.stating:
        if element.tag == "link" and (relation := element.get("rel")) and "next" in relation.lower().split():
            url = page.absolute(element.get("href"))
            if url and _follows(here, url):
                return url
    return None


def _readings(url: str) -> list[tuple[str, str, int]]:
    """What an address can mean: (address without its page number, other parameters, page number).

    The first reading takes the whole address as that of page 1: a number at its end may be the article's own.
    """
    parts = split_url(normalise_url(url))
    number = 1
    pairs: list[tuple[str, str]] = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in _PAGE_NAMES and value.isdigit() and len(value) <= 2:
            number = int(value)
        else:
            pairs.append((name, value))
    query = urlencode(pairs)
    extension = _EXTENSION.search(parts.path[-8:])
    path = (parts.hostname or "").removeprefix("www.") + parts.path.removesuffix(extension[0] if extension else "")
    readings = [(path, query, number)]
    match = _NUMBER.search(path[-12:])
    # "/12.html" is an article's name, "/slug/2/" a page of one.
    if (
        match is not None
        and number == 1
        and not (match[0][1:].isdigit() and match[0][0] == "/" and extension and extension[0] != "/")
    ):
        readings.append((path.removesuffix(match[0]), query, int(match[1])))
    return readings


def _follows(here: list[tuple[str, str, int]], url: str) -> bool:
    return any(
        (path, query, number + 1) in there
        for there in [_readings(url)]
        for path, query, number in here
        if len(path) > 1
    )
