"""Completion in real shells: a word that is begun is finished, with newsloom's own commands, options and values."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess

import pytest

from tests.conftest import NEWSLOOM

WORDS = [("newsloom cra", "crawl"), ("newsloom crawl --rec", "--recheck"), ("newsloom sites ch", "check")]


@pytest.fixture(scope="module")
def completion():
    """What `newsloom completion` prints for a shell."""
    return functools.cache(lambda shell: subprocess.check_output([NEWSLOOM, "completion", shell], text=True))


_TYPED = """
source ./completion
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE="{words}"; COMP_POINT=${{#COMP_LINE}}
$(complete -p newsloom | grep -o -- '-F [^ ]*' | cut -d' ' -f2) newsloom "${{COMP_WORDS[$COMP_CWORD]}}" ""
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(("words", "finished"), WORDS)
def test_bash_finishes_a_word(completion, tmp_path, words, finished) -> None:
    (tmp_path / "completion").write_text(completion("bash"))
    script = _TYPED.format(words=words)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [finished], done.stderr


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize(("words", "finished"), WORDS)
def test_fish_finishes_a_word(completion, tmp_path, words, finished) -> None:
    (tmp_path / "completion").write_text(completion("fish"))
    script = f"source completion; complete -C '{words}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == [finished], done.stderr


_TYPED_INTO_ZSH = """
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell 'PS1=">"; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; print REA""DY'
zpty -r shell said '*READY*>'
zpty -w -n shell "$1"$'\t'
zpty -r shell said "*$2*"
"""
"""A tab pressed on a terminal of zsh's own; it ends when the words are there."""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
@pytest.mark.parametrize(("words", "finished"), WORDS)
def test_zsh_finishes_a_word(completion, tmp_path, words, finished) -> None:
    (tmp_path / "_newsloom").write_text(completion("zsh"))
    (tmp_path / "typed").write_text(_TYPED_INTO_ZSH)
    command = ["zsh", "-f", "typed", words, finished]
    environment = {**os.environ, "TERM": "dumb", "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=environment, timeout=60, check=True)


def test_a_shell_that_is_not_known_is_one_line(newsloom) -> None:
    said = newsloom("completion", "cmd")
    assert (said.returncode, len(said.stderr.splitlines())) == (1, 1)
