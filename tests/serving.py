"""`newsloom serve`, or nginx or Caddy with our snippet, before a folder: started, waited for, and stopped."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
NEWSLOOM = Path(sys.executable).with_name("newsloom")
CADDY = shutil.which("caddy")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class Server:
    """A server that answers."""

    process: subprocess.Popen[str]
    host: str
    port: int
    log: Path

    @property
    def program(self) -> str:
        """`newsloom`, `nginx` or `caddy`."""
        assert isinstance(self.process.args, list)
        return Path(self.process.args[0]).name

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """`newsloom serve` on a free port."""
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "access.log"
        command = [str(NEWSLOOM), "serve", str(folder), "--port", "0", "--access-log", str(log), *arguments]
        process = subprocess.Popen(command, cwd=home, stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://([\d.]+):(\d+)/", said)
            assert found, said
            yield Server(process, found[1], int(found[2]), log)
        finally:
            process.terminate()
            process.wait(20)
            process.stderr.close()


@contextmanager
def nginx_serving(folder: Path) -> Iterator[Server]:
    """nginx with deploy/nginx.conf as it is shipped, but for folder and port."""
    assert NGINX is not None
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        port = free_port()
        snippet = (ROOT / "deploy" / "nginx.conf").read_text()
        snippet = snippet.replace("/srv/newsloom/public", str(folder)).replace(
            "listen 8080", f"listen 127.0.0.1:{port}"
        )
        (Path(home) / "newsloom.conf").write_text(snippet)
        paths = "".join(
            f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (Path(home) / "nginx.conf").write_text(
            ("user root;\n" if os.geteuid() == 0 else "")
            + f"worker_processes 1;\ndaemon off;\npid {home}/pid;\nerror_log {home}/error.log;\n"
            "events { worker_connections 4096; }\n"
            f"http {{ access_log {home}/access.log; sendfile on; {paths} include {home}/newsloom.conf; }}\n"
        )
        process = subprocess.Popen([NGINX, "-c", f"{home}/nginx.conf", "-e", f"{home}/start.log"], text=True)
        try:
            wait_for(port)
            yield Server(process, "127.0.0.1", port, Path(home) / "access.log")
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def caddy_serving(folder: Path) -> Iterator[Server]:
    """Caddy with deploy/Caddyfile as it is shipped, but for folder and port."""
    assert CADDY is not None
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        port = free_port()
        snippet = (ROOT / "deploy" / "Caddyfile").read_text().replace("/srv/newsloom/public", str(folder))
        snippet = snippet.replace(":8080 {", f":{port} {{\n\tbind 127.0.0.1")
        (Path(home) / "Caddyfile").write_text(snippet)
        command = [CADDY, "run", "--config", f"{home}/Caddyfile"]
        with (Path(home) / "log").open("w") as log:
            process = subprocess.Popen(
                command, env={"HOME": home, "CADDY_ADMIN": f"unix/{home}/admin"}, stderr=log, text=True
            )
        try:
            wait_for(port)
            yield Server(process, "127.0.0.1", port, Path(home) / "log")
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 20) -> None:
    """Until somebody answers at a port."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, f"nobody answers at port {port}"
            time.sleep(0.02)
        else:
            return
