"""What is shown beside a story and never merged into it: possible copies, and the same report in other languages.

A telling names each by its kind and the number of the record that stood for it then, so that a document can be written
anew with the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipelines.archive.tables import articles, links, stories, tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import Connection

KINDS = ("possible", "translation")
"""Kinds of links that are shown, as the archive calls them."""

_MOST = 10
"""Of a kind that a story shows."""

_ENDS = ((links.c.article, links.c.other), (links.c.other, links.c.article))
_ONE, _OTHER, _ORIGINAL = articles.alias("one"), articles.alias("other_one"), articles.alias("original")


def beside_of(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What stands beside each of these stories, as a telling names it: of each linked story its original."""
    found: dict[UUID, set[tuple[str, int]]] = defaultdict(set)
    for one, other in _ENDS:
        rows = (
            select(_ONE.c.story, links.c.kind, _ORIGINAL.c.seq)
            .join_from(links, _ONE, _ONE.c.id == one)
            .join(_OTHER, _OTHER.c.id == other)
            .join(stories, stories.c.id == _OTHER.c.story)
            .join(_ORIGINAL, _ORIGINAL.c.id == stories.c.original)
            .where(_ONE.c.story.in_(ids), links.c.kind.in_(KINDS), _OTHER.c.story != _ONE.c.story)
            .where(_ONE.c.removed.is_(False), _OTHER.c.removed.is_(False), _ORIGINAL.c.removed.is_(False))
        )
        for story, kind, seq in connection.execute(rows):
            found[story].add((kind, seq))
    return {story: _named(beside) for story, beside in found.items()}


def _named(beside: Iterable[tuple[str, int]]) -> str:
    ordered = sorted(beside)
    shown = [pair for kind in KINDS for pair in [p for p in ordered if p[0] == kind][:_MOST]]
    return " ".join(f"{kind}:{seq}" for kind, seq in shown)


def linked_with(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Stories that show these beside them, or did until one of these changed."""
    found: set[UUID] = set()
    for one, other in _ENDS:
        rows = select(_OTHER.c.story).join_from(links, _ONE, _ONE.c.id == one).join(_OTHER, _OTHER.c.id == other)
        found.update(connection.execute(rows.where(_ONE.c.story.in_(ids), links.c.kind.in_(KINDS))).scalars())
    return found


def stories_that_named(connection: Connection, numbers: Iterable[int]) -> set[UUID]:
    """Stories that were ever told with one of these records beside them. Reads every telling that names any."""
    gone = {f"{kind}:{number}" for kind in KINDS for number in numbers}
    rows = connection.execute(select(tellings.c.story, tellings.c.beside).where(tellings.c.beside != ""))
    return {story for story, beside in rows if not gone.isdisjoint(beside.split())}
