"""`newsloom move`: the archive into another database, from SQLite to PostgreSQL and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import make_url

from crawler.config import load_config
from crawler.lock import run_lock
from crawler.output import complain, say, say_json, say_table
from items.errors import ConfigError
from pipelines.archive import Archive
from pipelines.archive.move import move

if TYPE_CHECKING:
    import argparse

    from pipelines.archive.move import Moved

EXAMPLE = "newsloom move --to postgresql://newsloom@db.example/newsloom"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "--to", required=True, metavar="URL", help="an empty database, as `database` in newsloom.toml takes it"
    )


def run(options: argparse.Namespace) -> int:
    """Carry the archive over, prove that it arrived, and say what to do next."""
    config = load_config(options.config)
    there = config.model_copy(update={"database": options.to})
    if there.database_url == config.database_url:
        raise ConfigError("--to is the database that is in use; nothing to move")

    def told(moved: Moved) -> None:
        if not options.quiet and not options.json:
            complain(f"{moved.table}: {moved.rows} rows arrived")

    with run_lock(config.data_folder):
        source = Archive(config.database_url)
        try:
            target = Archive(there.database_url)
            try:
                tables = move(source, target, told)
            finally:
                target.close()
        finally:
            source.close()
    if options.json:
        rows = [{"table": each.table, "rows": each.rows, "digest": each.digest} for each in tables]
        say_json({"to": str(make_url(there.database_url)), "tables": rows})
    elif not options.quiet:
        say_table(("table", "rows", "sha256 sum"), [(each.table, each.rows, each.digest[:16]) for each in tables])
        say(f"all of it is in {make_url(there.database_url)} too, read back and equal.")
        say(
            f'Now let newsloom.toml say: database = "{make_url(options.to)}"; captures and public/ stay where they are.'
        )
    return 0
