"""The `newsloom` command."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from importlib.metadata import version
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.output import complain
from items.errors import NewsloomError

if TYPE_CHECKING:
    from types import ModuleType

COMMANDS = {
    "init": "write a commented newsloom.toml and the data folders",
    "demo": "crawl the bundled sample sites into ./demo and publish them",
    "crawl": "crawl the sites once, then publish; for cron",
    "publish": "write feeds and release from the archive, without crawling",
    "parse": "read saved or fetched pages and show every field with the rule that filled it",
    "import": "put article records into the archive as if crawled, or a whole release as it is",
    "stories": "show a story and why its articles are in it; join or part articles by hand",
    "sites": "list, show, add and check the sites, and learn their rules",
    "explain": "tell everything that is known of one URL",
    "replay": "read the captured pages again and show what differs from the archive, or keep it",
    "status": "show each site's verdict after the last run, with evidence",
    "export": "write facts of the archive as JSON Lines, CSV or Parquet, from a cursor on",
    "search": "look for words in titles, texts and sources, in every language",
    "serve": "serve what was published over HTTP",
    "worker": "crawl and publish as one of many workers on an archive in PostgreSQL",
    "schedule": "print a crontab line or systemd units that run newsloom by itself",
    "move": "carry the archive into another database, from SQLite to PostgreSQL or back",
    "redact": "take articles back for legal or privacy reasons, from the archive and from what is published",
    "pull": "fetch a release, or what is new in it, and check it",
    "verify": "check a release: hashes, schema, counts, versions",
    "completion": "print what makes a shell complete newsloom's commands and options",
}

STATUSES = {
    0: "all well",
    1: "the command or a file of yours is wrong; one line on standard error says what to do",
    2: "it came to its end; some sites, fields or records are in trouble",
    3: "nothing could be crawled or published",
    4: "another run holds the lock",
    5: "a verification failed",
}
_ENDS = {
    "crawl": (2, 3, 4),
    "demo": (2, 3, 4, 5),
    "import": (2, 4, 5),
    "move": (4,),
    "parse": (2,),
    "publish": (2, 3, 4),
    "pull": (5,),
    "redact": (2, 4),
    "replay": (2, 4),
    "sites": (2,),
    "status": (2,),
    "verify": (5,),
    "worker": (2, 3, 4),
}
"""How commands may end besides 0 and 1."""

_FILES = """files:
  newsloom.toml  what newsloom does and where it keeps things, in the folder that one stands in or where --config says;
                 without it everything has its default
  data, public   the archive and what is published, beside newsloom.toml, unless it says otherwise"""


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Returns:
        Its exit status, one of `STATUSES`.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser_of(arguments).parse_args(arguments)
    try:
        status: int = _module(options.command).run(options)
        sys.stdout.flush()
    except NewsloomError as error:
        complain(f"newsloom: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        complain("newsloom: stopped")
        return 130
    except BrokenPipeError:  # `newsloom … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _module(command: str) -> ModuleType:
    """The module of a command; a name that Python keeps for itself, such as `import`, ends in an underscore there."""
    return import_module(f"crawler.commands.{command}{'_' if iskeyword(command) else ''}")


class _Parser(argparse.ArgumentParser):
    """An argument parser whose usage errors are one line and exit with 1."""

    def error(self, message: str) -> None:  # type: ignore[override]
        complain(f"{self.prog}: {message}; `{self.prog} --help` tells more")
        sys.exit(1)


def common() -> _Parser:
    """The options that every command has, and every action of a command."""
    parser = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration (default: ./newsloom.toml)")
    parser.add_argument("--quiet", action="store_true", help="print only what went wrong")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    return parser


def parser_of(arguments: list[str], *, whole: bool = False) -> argparse.ArgumentParser:
    """The parser of a command line. Only the called command is imported, or all: Scrapy takes its time."""
    parser = _Parser(
        prog="newsloom",
        description="Turns the news pages of textile federations into feeds and an archive.",
        epilog=f"`newsloom COMMAND --help` tells more of each.\n\n{_statuses(*STATUSES)}\n\n{_FILES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newsloom {version('newsloom')}")
    parser.set_defaults(config=None, quiet=False, json=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    called = next((word for word in arguments if not word.startswith("-")), None)
    for name, about in COMMANDS.items():
        description = f"{about[0].upper()}{about[1:]}."
        command = commands.add_parser(
            name,
            help=about,
            description=description,
            parents=[common()],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if whole or name == called:
            module = _module(name)
            ends = _statuses(0, 1, *_ENDS.get(name, ()))
            command.epilog = f"example: {module.EXAMPLE}\n\n{ends}\n\n{_FILES}"
            module.add(command)
    return parser


def _statuses(*statuses: int) -> str:
    return "\n".join(["exit status:", *(f"  {status}  {STATUSES[status]}" for status in statuses)])
