"""Completion in real shells: a word that is begun is finished, with newsloom's own commands, options and values."""

from __future__ import annotations

import shutil
import subprocess

import pytest

_TYPED = """
source ./completion
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE="{words}"; COMP_POINT=${{#COMP_LINE}}
$(complete -p newsloom | grep -o -- '-F [^ ]*' | cut -d' ' -f2) newsloom "${{COMP_WORDS[$COMP_CWORD]}}" ""
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "finished"),
    [("newsloom cra", "crawl"), ("newsloom crawl --re", "--recheck"), ("newsloom sites ch", "check")],
)
def test_bash_finishes_a_word(newsloom, tmp_path, words, finished) -> None:
    (tmp_path / "completion").write_text(newsloom("completion", "bash").stdout)
    script = _TYPED.format(words=words)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [finished], done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_take_their_script(newsloom, tmp_path, shell) -> None:
    script = newsloom("completion", shell)
    assert script.returncode == 0
    for word in ("crawl", "recheck", "newsloom"):
        assert word in script.stdout
    if shutil.which(shell):
        (tmp_path / "completion").write_text(script.stdout)
        subprocess.run([shell, "-n", "completion"], cwd=tmp_path, check=True)


def test_a_shell_that_is_not_known_is_one_line(newsloom) -> None:
    said = newsloom("completion", "cmd")
    assert (said.returncode, len(said.stderr.splitlines())) == (1, 1)
