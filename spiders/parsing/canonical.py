"""One address a page: the page's own word for its address, where it can be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from items.domain import registrable_domain
from items.url import normalise_url, split_url

if TYPE_CHECKING:
    from spiders.parsing.page import Page


def canonical_url(page: Page, url: str | None) -> str | None:
    """The article's own address in normal form: what the page calls canonical where that is plausible, else `url`.

    A canonical link is believed when it stays on the same registrable domain and is neither the home page nor a listing
    above the article. Many templates get this wrong.

    Args:
        page: the opened page.
        url: where it was read; the page's own if None.
    """
    url = url or page.url
    for said in (rel_canonical(page), next(iter(page.meta.get("og:url", [])), None)):
        address = page.absolute(said)
        if address is None:
            continue
        plain = normalise_url(address)
        if url is None or plain == normalise_url(url) or _plausible(address, url):
            return plain
    return normalise_url(url) if url else None


def rel_canonical(page: Page) -> str | None:
    """What the page links to as canonical, as it stands; None where it links to nothing."""
    for element in page.stating:
        if element.tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip() or None
    return None


def _plausible(address: str, url: str) -> bool:
    said, read = split_url(normalise_url(address)), split_url(normalise_url(url))
    if registrable_domain(address) != registrable_domain(url):
        return False
    if (said.path, said.query) == (read.path, read.query):
        return True
    if said.path in ("", "/") and not said.query:
        return False
    above = said.path if said.path.endswith("/") else said.path + "/"
    is_above = read.path.startswith(above) and not _is_page_number(read.path[len(above) :])
    # A template that forgets the parameter which names the article.
    loses_id = said.path == read.path and bool(re.search(r"\d", read.query)) and not said.query
    return not is_above and not loses_id


def _is_page_number(rest: str) -> bool:
    return re.fullmatch(r"(?:(?:page/?|p)?\d{1,2}|amp)?/?", rest, re.IGNORECASE) is not None
