"""`newsloom stories`: a story and how it came about; joining and parting by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.cli import common
from crawler.config import load_config
from crawler.output import say, say_json, say_table
from items.errors import NewsloomError
from items.url import normalise_url
from pipelines.archive import Archive
from pipelines.stories import overrule
from pipelines.stories.tell import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from pipelines.stories.tell import Told

EXAMPLE = "newsloom stories show https://www.example.org/news/1.html"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="the story of an article: who is in it, and why", parents=[common()])
    show.add_argument("article", metavar="ARTICLE", help="its URL or id")
    join = actions.add_parser("join", help="put articles into one story, for good", parents=[common()])
    join.add_argument("article", nargs="+", metavar="ARTICLE", help="two or more, by URL or id")
    part = actions.add_parser("part", help="put an article into a story of its own, for good", parents=[common()])
    part.add_argument("article", metavar="ARTICLE", help="its URL or id")


def run(options: argparse.Namespace) -> int:
    """Show, join or part, and show what came of it."""
    named = options.article if options.action == "join" else [options.article]
    if options.action == "join" and len(set(named)) == 1:
        raise NewsloomError("join needs two articles or more; name each by its URL or id")
    archive = Archive(load_config(options.config).database_url)
    try:
        with archive.reading() if options.action == "show" else archive.writing() as connection:
            found = _find(connection, named)
            if options.action == "join":
                overrule.join(connection, found)
            elif options.action == "part":
                overrule.part(connection, found[0])
            told = tell(connection, found[0])
    finally:
        archive.close()
    if options.json:
        say_json(told.model_dump(mode="json"))
    elif not (options.quiet and options.action != "show"):
        _say(told)
    return 0


def _find(connection: Connection, named: Sequence[str]) -> list[UUID]:
    found = []
    for name in named:
        article = overrule.find(connection, name) or overrule.find(connection, normalise_url(name))
        if article is None:
            raise NewsloomError(f"{name}: the archive has no such article; give its URL or its id")
        found.append(article)
    return found


def _say(told: Told) -> None:
    say(f"story {told.story}")
    say(f"original: {told.original_url} ({told.reason})" if told.original_url else "every article of it is removed")
    say_table(
        ("site", "published", "title", "joined by"),
        [(m.site, m.published[:10], m.title, m.joined or "") for m in told.articles],
    )
    for kind, heading in (("possible", "possible copies, not joined"), ("translation", "in other languages")):
        rows = [(f"{link.certainty:.2f}", link.url, link.reason) for link in told.links if link.kind == kind]
        if rows:
            say(f"{heading}:")
            say_table(("certainty", "article", "seen"), rows)
