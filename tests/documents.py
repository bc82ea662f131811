"""What stands in the documents: their blocks, links and headings.

A fenced block says in its first word what it is, and a test tries it accordingly (tests/test_examples.py):

| word | is |
|---|---|
| `sh` | commands, run in the order of the page in a fresh folder, a line each |
| `console` | the same behind `$ `, and below each what it prints: `…` stands for anything, a number for any number |
| `toml` | a newsloom.toml, a site file, or what is to be added to the one before |
| `python`, `json`, `yaml` | run; read |
| `text` | shown only |

A comment `<!-- not run: why -->` before a block of commands says that a test only reads it; `# exits with 2` behind a
command that it ends so.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LANGUAGES = ("sh", "console", "toml", "python", "json", "yaml", "text")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        page: the document.
        line: where its text begins.
        language: the first word after the fence.
        text: what stands in it.
        not_run: why no test runs it; None where one does.
    """

    page: Path
    line: int
    language: str
    text: str
    not_run: str | None

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    def commands(self) -> list[Command]:
        """What is to be typed, in order."""
        found: list[Command] = []
        if self.language == "python":
            return [Command(str(self), f"{sys.executable} - <<'END'\n{self.text}END")]
        if self.language not in ("sh", "console"):
            return []
        for number, line in enumerate(self.text.splitlines(), self.line):
            is_typed = self.language == "sh" or line.startswith("$ ")
            typed = line if self.language == "sh" else line[2:]
            if is_typed and found and found[-1].goes_on:
                found[-1].typed += "\n" + typed
            elif is_typed and typed.strip() and not typed.startswith("#"):
                found.append(Command(f"{self.page.relative_to(ROOT)}:{number}", typed))
            elif not is_typed and found:
                found[-1].shown += line + "\n"
        return found


@dataclass
class Command:
    """A command, and what the document shows of its output."""

    where: str
    typed: str
    shown: str = ""

    @property
    def goes_on(self) -> bool:
        return self.typed.endswith("\\")

    @property
    def status(self) -> int:
        """The exit status that is told of it."""
        found = re.search(r"#.*\bexits with (\d)", self.typed)
        return int(found[1]) if found else 0


@cache
def tokens(page: Path) -> list[Token]:
    """A document as CommonMark with tables has it."""
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a document."""
    found, why = [], None
    for token in tokens(page):
        if token.type == "fence":
            assert token.map is not None
            language = (token.info.split() or [""])[0]
            found.append(Block(page, token.map[0] + 2, language, token.content, why))
        comment = re.match(r"<!-- not run: (.+?) -->", token.content) if token.type == "html_block" else None
        why = comment[1] if comment else None
    return found


def links(page: Path) -> list[str]:
    """Where links and pictures of a document lead."""
    inline = [child for token in tokens(page) for child in token.children or ()]
    return [
        str(child.attrs.get("href") or child.attrs.get("src"))
        for child in inline
        if child.type in ("link_open", "image")
    ]


def anchors(page: Path) -> set[str]:
    """The names of a document's headings, as links lead to them."""
    all_tokens = tokens(page)
    titles = [after.content for token, after in pairwise(all_tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
