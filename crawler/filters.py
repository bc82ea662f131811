"""The options that say which articles come into question, for every command that has them."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING

from items.errors import NewsloomError
from items.topics import vocabulary
from pipelines.archive.search import Filters

if TYPE_CHECKING:
    import argparse


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Describe them."""
    parser.add_argument("--site", action="append", default=[], metavar="ID", help="of this site; may be repeated")
    parser.add_argument(
        "--language", action="append", default=[], metavar="TAG", help="in this language, such as zh; may be repeated"
    )
    parser.add_argument("--source", default="", metavar="NAME", help="crediting a source with these words in its name")
    parser.add_argument("--topic", action="append", default=[], metavar="ID", help="about this topic; may be repeated")
    parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="published on this day or later")
    parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="published on this day or before")


def filters_of(options: argparse.Namespace) -> Filters:
    """What a command line says.

    Raises:
        NewsloomError: it names a topic that there isn't.
    """
    unknown = next((topic for topic in options.topic if topic not in vocabulary().names), None)
    if unknown is not None:
        raise NewsloomError(f"no topic {unknown!r}; there are: {', '.join(vocabulary().names)}")
    return Filters(
        sites=tuple(options.site),
        languages=tuple(options.language),
        source=options.source,
        topics=tuple(options.topic),
        first=options.first,
        last=options.last,
    )


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ArgumentTypeError(f"{said!r} is no day like 2026-11-22") from None
