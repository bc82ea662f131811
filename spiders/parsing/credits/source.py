"""Who a page credits for its article: the source, the authors, the editors. Never the site, never a sidebar."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spiders.parsing.credits.credit_line import read_labelled
from spiders.parsing.credits.credit_outlets import is_outlet
from spiders.parsing.credits.credit_places import Place, read_places
from spiders.parsing.credits.people import is_desk, is_latin_name, is_person
from spiders.parsing.credits.structured_credits import fold, is_own, site_names, structured_authors, structured_source

if TYPE_CHECKING:
    from items.article import Source
    from spiders.parsing.blocks import Block
    from spiders.parsing.body.body import Body
    from spiders.parsing.credits.credit_labels import LineCredits
    from spiders.parsing.page import Page

_LONGEST_CREDIT = 60
_SURE = 45
_HAS_MARK = re.compile(r"[:：︰|｜丨/／=\[【]")
_LATIN_NUMBER = re.compile(r"^[\x00-\u024f]*\d")
# Where authors are looked for, the surest first: place, whether a label or role names them, rule.
_AUTHOR_PLACES = (
    ("header", True, "visible"),
    ("opening", True, "visible"),
    ("closing", True, "closing"),
    ("after", True, "closing"),
    ("header", False, "visible"),
    ("opening", False, "visible"),
)


@dataclass(slots=True)
class Credits:
    """What a page says about where its article comes from.

    Attributes:
        source: who the article credits; None where it credits nobody but its own site.
        authors: people, or desks where no person is named.
        editors: editors and proof-readers.
        rules: per field (`source`, `authors`, `editors`) the rule that filled it.
        doubts: short sentences for a person.
        claimed: block index -> what is left of the block for the article; None when nothing is.
    """

    source: Source | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    claimed: dict[int, str | None] = field(default_factory=dict)


def read_credits(page: Page, blocks: list[Block], *, body: Body, title: str | None = None) -> Credits:
    """Read who a page credits.

    Args:
        page: the page.
        blocks: its blocks.
        body: which of them are the article's.
        title: the article's title, as read.

    Returns:
        The credits; empty where the page names nobody. Never raises.
    """
    language = (page.html_lang or "").split("-")[0].lower() or None
    names = site_names(page)
    places = read_places(blocks, body, title, language)
    credits_ = Credits()
    _choose_source(credits_, places, page, names)
    _choose_people(credits_, places, page, names)
    _claim(credits_, places, blocks, body.kept)
    return credits_


def _choose_source(out: Credits, places: list[Place], page: Page, names: set[str]) -> None:
    """The original's name, by how surely the page prints it; the re-publisher beside it."""
    people = {fold(name) for place in places if place.found.sure_authors for name in place.found.authors}
    ranked = [claim for place in places if (claim := _claim_of(place, names, people)) is not None]
    if (structured := structured_source(page, names)) is not None:
        ranked.append((60, structured[0], None, structured[1]))
    if not ranked:
        return
    ranked.sort(key=lambda claim: claim[0])
    rank, source, block, rule = ranked[0]
    out.source = source
    out.rules["source"] = rule
    if block is not None:
        source.url = _link_of(block, source.name)
    others = [claim[1].name for claim in ranked[1:] if claim[0] <= 30 and fold(claim[1].name) != fold(source.name)]
    if others and source.kind in ("label", "closing"):
        source.republished_from = others[0]
        out.doubts.append(f"source: the page also names {others[0]}")
    if rank > _SURE:
        out.doubts.append(f"source: {source.name} has no label")


def _claim_of(place: Place, names: set[str], people: set[str]) -> tuple[int, Source, Block | None, str] | None:
    """A place's claim to name the source, with its rank; None when it names nobody that can be believed."""
    source, block = place.found.source, place.block
    if source is None or place.found.boilerplate or source.kind == "site":
        return None
    if source.kind != "label" and fold(source.name) in people:
        return None
    if source.kind == "unlabelled" and block.link_chars > 0.9 * len(block.text) > 0.9 * len(source.name):
        return None  # a teaser: its date lies in the link as well
    rank = _rank(place, source, names)
    if rank is None:
        return None
    if (source.raw or "").rstrip(")）").endswith(("...", "…")):
        rank += 25  # cut short by the page
    at_end = source.kind == "label" and place.where in ("closing", "after")
    return rank, source, block, "closing" if at_end else "visible" if source.kind == "unlabelled" else source.kind


def _rank(place: Place, source: Source, names: set[str]) -> int | None:
    """Lower is surer; None is not believed."""
    own = is_own(source.name, names)
    where, kind = place.where, source.kind
    if kind == "label":
        return {"header": 20, "opening": 25, "closing": 10, "after": 10}[where]
    if own:
        return None
    if kind == "closing":
        return {"header": 40, "opening": None, "closing": 15, "after": 15}[where]
    if kind == "unlabelled":
        return 30 if where == "header" else 55 if where == "opening" and is_outlet(source.name) else None
    if kind == "byline":
        return 45
    return 50 if where in ("opening", "header") else None


def _choose_people(out: Credits, places: list[Place], page: Page, names: set[str]) -> None:
    authors: list[tuple[str, list[str]]] = []
    for where, sure, rule in _AUTHOR_PLACES:
        found = [
            name
            for place in places
            if place.where == where and place.found.sure_authors is sure
            for name in place.found.authors
        ]
        authors.append((rule, _own(found, out, names)))
    structured, rule = structured_authors(page, names)
    authors.insert(1, (rule, _own(structured, out, names)))
    for place in places:
        for name in place.found.editors:
            if name not in out.editors:
                out.editors.append(name)
                out.rules["editors"] = "label"
    out.authors, rule = _best_people(authors, set(map(fold, out.editors)))
    if out.authors:
        out.rules["authors"] = rule


def _own(found: list[str], out: Credits, names: set[str]) -> list[str]:
    source = fold(out.source.name) if out.source else None
    seen: dict[str, str] = {}
    for name in found:
        if fold(name) != source and (fold(name) not in names or is_latin_name(name)):
            seen.setdefault(fold(name), name)
    return list(seen.values())


def _best_people(groups: list[tuple[str, list[str]]], editors: set[str]) -> tuple[list[str], str]:
    """The first group that names a person; else the first that names a desk or a pen name."""
    groups = [group for group in groups if group[1]]
    if len(groups) > 1 and groups[1][0] == "json-ld" and _says_it_cleaner(groups[1][1], groups[0][1]):
        groups = groups[1:]
    for rule, names in groups:
        people = [name for name in names if is_person(name) and not (rule.startswith("meta") and fold(name) in editors)]
        if people:
            return [name for name in names if name in people or not is_desk(name)], rule
    for rule, names in groups:
        named = [name for name in names if not _LATIN_NUMBER.search(name)]
        if named and not rule.startswith("meta"):
            return named, rule
    return [], ""


def _says_it_cleaner(head: list[str], printed: list[str]) -> bool:
    """Whether JSON-LD names more people than the line that was read, or the same ones without words glued to them."""
    declared, read = {fold(name) for name in head}, {fold(name) for name in printed}
    if read < declared:
        return True
    return all(is_person(name) for name in head) and any(
        name in other and name != other for name in declared for other in read
    )


def _claim(out: Credits, places: list[Place], blocks: list[Block], kept: list[int]) -> None:
    """Kept blocks lose their credit lines; a dateline belongs to the text, a time or place may too."""
    known = set(kept)
    for place in places:
        found, block = place.found, place.block
        if block.index not in known:
            continue
        if found.boilerplate and place.where == "closing":
            out.claimed[block.index] = None
        elif _is_credit(found):
            if not found.rest:
                out.claimed[block.index] = None
            elif len(found.rest) < len(block.text) and block.text.startswith(found.rest):
                out.claimed[block.index] = found.rest
    for index in kept[3:-6]:
        text = blocks[index].text
        if len(text) <= _LONGEST_CREDIT and _HAS_MARK.search(text):
            found = read_labelled(text)
            if found.picture and not found.rest:
                out.claimed[index] = None


def _is_credit(found: LineCredits) -> bool:
    """Whether a line is a credit for certain: no dateline, no bare name that may be a subhead or a letter's writer."""
    if not found.spans.keys() - {"other"} or "dateline" in found.spans:
        return False
    if found.source is None:
        return found.sure_authors or not found.authors
    return found.source.kind != "dateline" or bool(found.rest)


def _link_of(block: Block, name: str) -> str | None:
    wanted = fold(name)
    for text, href in block.links:
        if href and wanted and (fold(text) == wanted or (wanted in fold(text) and len(text) < 3 * len(name))):
            return href
    return None
