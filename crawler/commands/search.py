"""`newsloom search`: full text over the archive, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from crawler.config import load_config
from crawler.filters import add_filters, filters_of
from crawler.output import complain, console, say_json
from pipelines.archive import Archive
from pipelines.archive.search import Found, bring_up_to_date, find

if TYPE_CHECKING:
    import argparse

    from pipelines.archive.search.context import Marked

EXAMPLE = "newsloom search 纺织品出口 --language zh --from 2026-01-01"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help='words that must all be there; "words side by side", -without, beginn*',
    )
    add_filters(parser)
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="how many articles to show (20)")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="pass over the first N")


def run(options: argparse.Namespace) -> int:
    """Search, newest first."""
    config = load_config(options.config)
    archive = Archive(config.database_url)
    try:
        bring_up_to_date(archive)
        with archive.reading() as connection:
            answer = find(
                connection,
                " ".join(options.query),
                filters_of(options),
                limit=max(options.limit, 1),
                skip=max(options.skip, 0),
            )
    finally:
        archive.close()
    for found in answer.found:
        if options.json:
            say_json(_as_json(found))
        else:
            _show(found)
    if not options.quiet and not options.json:
        if not answer.found:
            complain("nothing found")
        elif answer.more:
            complain(f"there are more: --skip {options.skip + len(answer.found)}")
    return 0


def _show(found: Found) -> None:
    record = found.record
    about = [found.published[:10], record.site, record.source.name if record.source else None, record.language]
    out = console()
    out.print(_highlighted(found.title, "bold"))
    out.print(Text("  " + " · ".join(part for part in about if part), style="dim"))
    if found.context.text:
        out.print(Text("  ").append_text(_highlighted(found.context, "")))
    out.print(Text(f"  {record.canonical_url}", style="cyan"), "")


def _highlighted(said: Marked, style: str) -> Text:
    """With the words in colour on a terminal, and between guillemets in a file."""
    out = Text(style=style)
    at, colour = 0, console().is_terminal
    for start, end in said.places:
        out.append(said.text[at:start])
        word = said.text[start:end]
        out.append(word if colour else f"«{word}»", style="bold yellow")
        at = end
    return out.append(said.text[at:])


def _as_json(found: Found) -> dict[str, Any]:
    record = found.record
    return {
        "id": str(record.id),
        "story": str(record.story),
        "url": record.canonical_url,
        "site": record.site,
        "language": record.language,
        "source": record.source.name if record.source else None,
        "published": found.published,
        "title": {"text": found.title.text, "marks": found.title.places},
        "context": {"text": found.context.text, "marks": found.context.places},
    }
