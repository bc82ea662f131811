"""Opening the archive: the engine, its pragmas, its migrations, and the transactions that everything goes through."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from items.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

NEWEST = "0009"
"""The migration that this code works with."""


def timestamp(moment: datetime | None = None) -> str:
    """A moment (default: now) as the archive writes it: `2024-12-23T02:31:07Z`."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """The database of one newsloom.

    Args:
        url: an SQLAlchemy URL, such as `sqlite:///data/newsloom.db`.

    Raises:
        ArchiveError: the URL makes no sense, the database can't be opened, or it was written by a newer newsloom.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = _make_engine(url)
            self._migrate()
        except (ArgumentError, NoSuchModuleError) as error:
            raise ArchiveError(f"database {url!r}: {error}") from None
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise ArchiveError(f"database {make_url(url)!r} can't be opened: {reason}") from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the archive throughout."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or, on any exception, not at all."""
        # A PostgreSQL writer that waited for another then sees what that one wrote (SQLite's are alone from the start).
        seeing = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
        options = {"newsloom_writes": True} | seeing
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
            if inspect(connection).has_table("alembic_version"):
                at = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
                if at == NEWEST:
                    return
                if at is not None and at > NEWEST:
                    raise ArchiveError(
                        f"the archive was written by a newer newsloom (its tables are at {at}); upgrade newsloom"
                    )
        # Alembic costs a tenth of a second to import, and is needed only when the tables change.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":  # SQLite's writers wait for each other in any case
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('newsloom migrations'))")
            config.attributes["connection"] = connection
            command.upgrade(config, NEWEST)


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, isolation_level="REPEATABLE READ")
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own idea of when to begin would break up our transactions
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # what was reported as kept survives a power cut
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that reads first and then waits would find its reading outdated.
        writes = connection.get_execution_options().get("newsloom_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
