"""The `newsloom` command as a fork of a process that has imported it: a run costs its work alone.

What an operator starts takes two seconds of imports each time. How that goes is tested where it matters: in
cron's environment, from a wheel, in the documents; there the command is started as it is.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.process import BaseProcess

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["__main__", "crawler.run", "crawler.replaying", __name__])


def start(
    arguments: list[str], *, cwd: Path, env: Mapping[str, str], out: str = os.devnull, err: str = os.devnull
) -> BaseProcess:
    """Start the command, as `run` does, with files for what it prints."""
    process = _FORKS.Process(target=_call, args=(arguments, str(cwd), dict(env), out, err))
    process.start()
    return process


def run(arguments: list[str], *, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command to its end.

    Args:
        arguments: behind its name.
        cwd: the folder that it stands in.
        env: its whole environment.

    Raises:
        subprocess.TimeoutExpired: it took five minutes.
    """
    with tempfile.TemporaryDirectory() as name:
        out, err = f"{name}/out", f"{name}/err"
        process = start(arguments, cwd=cwd, env=env, out=out, err=err)
        process.join(300)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(["newsloom", *arguments], 300)
        printed = (Path(path).read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(["newsloom", *arguments], process.exitcode, *printed)


def _call(arguments: list[str], cwd: str, env: dict[str, str], out: str, err: str) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    with Path(out).open("w", encoding="utf-8") as sys.stdout, Path(err).open("w", encoding="utf-8") as sys.stderr:
        os.dup2(sys.stdout.fileno(), 1)
        os.dup2(sys.stderr.fileno(), 2)
        sys.argv = [str(Path(sys.executable).with_name("newsloom")), *arguments]
        sys.exit(main())
