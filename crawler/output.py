"""What commands print: results on standard output, as a table for people or as JSON for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from items.article import canonical_json
from items.health import TROUBLED
from items.run import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.run import RunReport
    from items.run import Run

_MOST_TROUBLE = 20
"""Lines of trouble that are printed of one site; the rest is counted."""

_WIDE = 200
"""Columns of a table that goes to a file or a program, where nothing wraps."""


def console() -> Console:
    """Standard output, in colour on a terminal."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print a line on standard error."""
    sys.stderr.write(text + "\n")


def say_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    sys.stdout.write(canonical_json(value).decode() + "\n")


def say_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their columns; numbers stand to the right."""
    lines = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        right = bool(lines) and all(isinstance(row[number], int) for row in lines)
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in lines:
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)


def say_run(report: RunReport, *, quiet: bool) -> None:
    """Print a run's counts for each site, and a line for everything that went wrong."""
    if not quiet:
        counts = (
            "listed",
            "known",
            "new",
            "copies",
            "changed",
            "unchanged",
            "removed",
            "rejected",
            "failed",
            "skipped",
        )
        outcomes = (
            *(Outcome.KNOWN, Outcome.KEPT, Outcome.COPY, Outcome.VERSION, Outcome.UNCHANGED),
            *(Outcome.REMOVED, Outcome.REJECTED, Outcome.FAILED, Outcome.SKIPPED),
        )
        rows = [[s.site, s.listed, *(s.outcomes.get(o, 0) for o in outcomes)] for s in report.run.sites]
        say_table(("site", *counts), rows)
    for error in report.site_errors:
        say(str(error))
    for found in report.health:
        if found.verdict in TROUBLED:
            say(found.line())
    if not quiet:
        _say_details(report.run)
    for way in report.untold:
        say(f"could not be told: {way}")
    for line in report.published.trouble:
        say(f"published: {line}")
    if not quiet:
        files = len(report.published.changed)
        say(f"published: {report.published.feeds} feeds, {files} file{'' if files == 1 else 's'} changed")


def _say_details(run: Run) -> None:
    """Print every single page that could not be read, and what no run has read yet."""
    for site in run.sites:
        for line in site.trouble[:_MOST_TROUBLE]:
            say(f"{site.site}: {line}")
        if (more := len(site.trouble) - _MOST_TROUBLE) > 0:
            say(f"{site.site}: and {more} more; `newsloom status --json` has them all")
        for gap in site.gaps:
            say(f"{site.site}: {'history' if gap.is_history else 'gap'}: {gap}")
