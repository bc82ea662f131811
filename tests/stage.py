"""Where the commands of the documents are run: a fresh machine with newsloom on it, and a small web on loopback.

On it `/srv`, `/etc`, `/var`, `/opt` and `/usr/local` are folders of the test's. The web has the bundled sites, a site
`www.mill.example`, and a newsloom whose release is published at `https://news.example/`; whatever else is asked for
isn't there. Programs that a test can't run as they are are scripts that do as much as can be done.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.samples_server import Answer, SampleSites, samples_folder
from tests.layouts import build
from tests.pulling import FIRST_DAY, Publisher, ReleaseServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests import loopback
    from tests.documents import Block

ROOT = Path(__file__).parent.parent

_NEWSLOOM = """#!/bin/bash
# newsloom itself; what `init` writes leads to the web of the stage, and `serve` ends once it has answered.
case "$1" in
serve)
  exec 3< <(exec {stage}/usr/local/bin/newsloom "$@" --port 0 2>&1 & echo $!; wait)
  read -r pid <&3; read -r said <&3; echo "$said"
  curl -sf -o /dev/null "$(grep -o 'http://[^ ]*' <<<"$said")"; status=$?
  kill "$pid"; cat <&3; exit $status ;;
init)
  {stage}/usr/local/bin/newsloom "$@" || exit
  shift; case "$1" in ""|-*) home=. ;; *) home=$1 ;; esac
  web='proxy = "{proxy}"\\nonly = ["apparelwire", "eurofabric", "silkfed"]'
  sed -i "s|^\\[crawl\\]$|[crawl]\\n$web|" "$home/newsloom.toml"
  cp {samples}/*.toml "$home/sites/" ;;
*) exec {stage}/usr/local/bin/newsloom "$@" ;;
esac
"""
_PYTHON = """#!/bin/bash
# An environment is made from what is here already, so that nothing is asked of a registry.
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
cd {root} && exec {python} -m tests.installed "$3"
"""
_CRONTAB = """#!/bin/bash
# Keeps the table, as cron's own command does.
cd {stage}/var
case "$1" in -l) cat crontab 2>/dev/null ;; -) cat >new; mv new crontab ;; esac
"""
_PIPX = "#!/bin/bash\nexec ln -sf {programs}/newsloom {stage}/usr/local/bin/newsloom\n"
_MAKE = """#!/bin/bash
# The recipe is there; where it calls newsloom, that is run.
recipe=$(/usr/bin/make -s -n -o .venv/run -o .venv/dev -C {root} "$@") || exit
case "$recipe" in *.venv/bin/newsloom*) {stage}/bin/newsloom ${{recipe#*.venv/bin/newsloom }} ;; esac
"""
_SCRIPTS = {"newsloom": _NEWSLOOM, "python3": _PYTHON, "pipx": _PIPX, "crontab": _CRONTAB, "make": _MAKE}


class _Site:
    """A site behind the proxy of the sample sites, from ready answers."""

    def __init__(self, pages: dict[str, loopback.Answer]) -> None:
        self._pages = pages

    def answer(self, path: str, _: int) -> Answer:
        status, headers, body = self._pages.get(path, (404, {}, b"not here"))
        return Answer(HTTPStatus(status), body, headers.get("Content-Type", "text/plain"))


class Stage:
    """A machine.

    Args:
        root: its folder.
        programs: where newsloom is installed.
        proxy: what leads to its web.
        news: where https://news.example/ really is.
    """

    def __init__(self, root: Path, programs: Path, proxy: str, news: str) -> None:
        self._root, self._programs, self._news = root, programs, news
        for folder in ("bin", "srv", "opt", "home", "usr/local/bin", "var/backups", "etc/systemd/system"):
            (root / folder).mkdir(parents=True)
        for known in (".venv", "tests", "deploy", "docs"):  # one stands in a checkout
            (root / "home" / known).symlink_to(ROOT / known)
        about = {"programs": programs, "proxy": proxy, "samples": samples_folder(), "stage": root, "root": ROOT}
        about["python"] = Path(sys.executable)
        for name, script in _SCRIPTS.items():
            (root / "bin" / name).write_text(script.format(**about))
            (root / "bin" / name).chmod(0o755)

    def play(self, blocks: list[Block]) -> None:
        """Run the commands of a page, in order, in one shell whose folder and variables stay.

        Raises:
            AssertionError: a command ended otherwise, or printed other things, than the page says.
        """
        meant = [command for block in blocks if block.not_run is None for command in block.commands()]
        if not any("-m venv" in command.typed for command in meant):
            (self._root / "usr/local/bin/newsloom").symlink_to(self._programs / "newsloom")
        script = "".join(
            f"{{ {self._here(command.typed)}\n}} >{self._root}/out.{n} 2>&1; s=$?\n"
            f'[ $s = {command.status} ] || {{ echo "{command.where}: exit $s"; cat {self._root}/out.{n}; exit 1; }}\n'
            for n, command in enumerate(meant)
        )
        said = self._run(script)
        assert not said, said
        for n, command in enumerate(meant):
            printed = self._there((self._root / f"out.{n}").read_text(encoding="utf-8"))
            assert _shows(printed, command.shown), f"{command.where}: {command.typed} prints\n{printed}"

    def let_cron_work(self) -> list[subprocess.CompletedProcess[str]]:
        """Run what stands in the crontab, as cron does: without a terminal, with next to no environment."""
        table = self._root / "var" / "crontab"
        commands = [line.split(None, 5)[5] for line in table.read_text().splitlines()] if table.exists() else []
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(self._root / "home"), "SHELL": "/bin/sh", "LOGNAME": "root"}
        how = {"cwd": self._root / "home", "env": bare, "stdin": subprocess.DEVNULL, "capture_output": True}
        return [subprocess.run(["sh", "-c", one], text=True, check=False, **how) for one in commands]  # type: ignore[call-overload]

    def units(self) -> list[Path]:
        """The systemd units that were installed."""
        return sorted((self._root / "etc/systemd/system").iterdir())

    def _run(self, script: str) -> str:
        """Run a script as on a terminal where somebody says yes to every question."""
        (self._root / "script").write_text(script, encoding="utf-8")
        keyboard, terminal = pty.openpty()
        os.write(keyboard, b"y\n" * 20)
        environment = {
            "PATH": f"{self._root}/bin:{self._root}/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self._root / "home"),
        }
        try:
            done = subprocess.run(
                ["bash", self._root / "script"],
                cwd=self._root / "home",
                env=environment,
                stdin=terminal,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=300,
                check=False,
            )
        finally:
            os.close(keyboard)
            os.close(terminal)
        return done.stdout

    def _here(self, typed: str) -> str:
        """A command with its addresses and folders as they are on the stage."""
        typed = typed.replace("https://news.example", self._news.rstrip("/"))
        typed = re.sub(r"https://([\w.-]+\.example)\b", r"http://\1", typed)
        return re.sub(r"(?<![\w./-])/(srv|etc|var|opt|usr/local)/", rf"{self._root}/\1/", typed)

    def _there(self, printed: str) -> str:
        """What was printed, as it is on other machines."""
        printed = printed.replace(str(self._root), "")
        return printed.replace(self._news.rstrip("/"), "https://news.example").replace(
            "http://www.mill", "https://www.mill"
        )


def _shows(printed: str, shown: str) -> bool:
    """Whether what is shown was printed, in this order; numbers may be others, and `…` stands for anything."""
    at, text = 0, _loosely(printed)
    for line in shown.splitlines():
        for part in filter(None, map(str.strip, _loosely(line).split("…"))):
            found = text.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
    return True


def _loosely(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\d+", "N", text))


@contextmanager
def web(folder: Path) -> Iterator[tuple[str, str]]:
    """The small web: the address of its proxy, and of the newsloom that publishes on it."""
    publisher = Publisher(folder)
    for day in range(20, 22):
        publisher.add(FIRST_DAY + timedelta(days=day), count=5)
    publisher.publish(FIRST_DAY + timedelta(days=21, hours=1))
    publisher.archive.close()
    pages, _ = build("wordpress", "http://www.mill.example/")
    pages = {
        path: (status, about, body.replace(b"The Federation", b"The Mill"))
        for path, (status, about, body) in pages.items()
    }
    with SampleSites() as samples, ReleaseServer(publisher.public) as release:
        samples.sites["www.mill.example"] = _Site(pages)  # type: ignore[assignment]
        yield samples.proxy_url, release.url
