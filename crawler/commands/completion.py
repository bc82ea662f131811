"""`newsloom completion`: what makes a shell complete newsloom's commands and options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import shtab

from crawler.cli import parser_of
from crawler.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = "newsloom completion bash > ~/.local/share/bash-completion/completions/newsloom"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell that is to complete")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    parser = parser_of([], whole=True)
    for action in _actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it there
    say(shtab.complete(parser, shell=options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of its commands."""
    for action in parser._actions:  # argparse has no other way to ask
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _actions(each)
