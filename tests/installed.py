"""An environment as somebody's who installs newsloom: the locked packages, newsloom's wheel, and nothing else.

No registry is asked: what `requirements.lock` names is taken from the environment that the tests run in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


def build_wheel(folder: Path, source: Path = ROOT) -> Path:
    """Build newsloom's wheel into a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def locked() -> list[Requirement]:
    """What requirements.lock names for this machine."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.rstrip("\\")) for line in lines if line[:1].isalnum()]
    return [requirement for requirement in found if requirement.marker is None or requirement.marker.evaluate()]


def empty_environment(folder: Path, *extras: str) -> Path:
    """A virtual environment with the locked packages, the named ones, and not newsloom; the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for requirement in [*locked(), *map(Requirement, extras)]:
        known = distribution(requirement.name)
        assert requirement.specifier.contains(known.version), f"{requirement} is locked, {known.version} is here: make"
        for file in known.files or ():
            if ".." not in file.parts:  # their commands lie elsewhere, and nobody calls them
                _link(Path(str(file.locate())), packages / file)
    return folder / "bin"


def install(wheel: Path, programs: Path) -> None:
    """Install a wheel into an environment, with nothing that it needs: that must be there."""
    done = _uv("install", "--quiet", "--offline", "--no-deps", "--python", programs / "python", wheel)
    assert done.returncode == 0, done.stderr


def whats_missing(programs: Path) -> str:
    """What packages of an environment need and don't find there; empty if all is there."""
    done = _uv("check", "--python", programs / "python")
    return "" if done.returncode == 0 else done.stderr


def _uv(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("uv"), "pip", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def make_environment(folder: Path) -> None:
    """What `python3 -m venv FOLDER` is on the stage: its `pip install .` installs newsloom's wheel."""
    programs = empty_environment(folder)
    command = f"cd {ROOT} && exec {sys.executable} -m tests.installed --wheel {programs}"
    (programs / "pip").write_text(f'#!/bin/sh\n[ "$*" = "install ." ] && {command}\n')
    (programs / "pip").chmod(0o755)


if __name__ == "__main__":
    if sys.argv[1] == "--wheel":
        with tempfile.TemporaryDirectory() as wheels:
            install(build_wheel(Path(wheels)), Path(sys.argv[2]))
    else:
        make_environment(Path(sys.argv[1]))
