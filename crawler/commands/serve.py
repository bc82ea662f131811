"""`newsloom serve`: the published folder over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from crawler.config import load_config
from crawler.health.metrics import FILE as RUN_METRICS
from crawler.output import complain
from crawler.server.house import House
from items.errors import NewsloomError

if TYPE_CHECKING:
    import argparse

EXAMPLE = "newsloom serve --port 8000 --access-log access.log"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="what to serve (default: what is published)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen at (8000; 0 for any free one)")
    parser.add_argument("--access-log", type=Path, metavar="FILE", help="where requests are noted (standard output)")
    parser.add_argument("--open-metrics", action="store_true", help="show /metrics to others than this machine")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    config = load_config(options.config)
    folder: Path = options.folder or config.public_folder
    if not folder.is_dir():
        raise NewsloomError(f"{folder}: is no folder; `newsloom publish` writes one")

    async def serve() -> None:
        try:
            house = House(
                folder,
                feed_seconds=config.publish.minutes * 60,
                access_log=options.access_log or (Path("/dev/null") if options.quiet else None),
                open_metrics=options.open_metrics,
                run_metrics=config.data_folder / RUN_METRICS,
            )
        except OSError as error:
            raise NewsloomError(f"{options.access_log}: can't be written to: {error.strerror}") from None
        await house.serve(
            options.host, options.port, lambda address: None if options.quiet else complain(f"{folder} is at {address}")
        )

    uvloop.run(serve())
    return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError
    return port
