"""Every example of README and docs works as it stands there: commands are run, files are read by what reads them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from crawler.cli import parser_of
from crawler.config import Config, load_config
from items.article import Record
from items.site import Site, load_site
from tests.documents import DOCUMENTS, LANGUAGES, ROOT, anchors, blocks, links
from tests.installed import build_wheel, empty_environment, install
from tests.stage import Stage, web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.documents import Block

ALL = [block for page in DOCUMENTS for block in blocks(page)]
each_page = pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
PLAYED = [page for page in DOCUMENTS if any(block.commands() and block.not_run is None for block in blocks(page))]


def of(*languages: str, run: bool | None = None) -> list[Block]:
    return [b for b in ALL if b.language in languages and (run is None or run == (b.not_run is None))]


def test_every_block_says_what_it_is() -> None:
    unsaid = [f"{block}: ```{block.language}" for block in ALL if block.language not in LANGUAGES]
    assert not unsaid, f"tests/documents.py tells the words that a block may begin with: {unsaid}"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """newsloom installed from its wheel, with its extra `parquet`, and the web that it finds."""
    folder = tmp_path_factory.mktemp("machine")
    programs = empty_environment(folder / "newsloom", "pyarrow")
    install(build_wheel(folder), programs)
    with web(folder) as (proxy, news):
        yield programs, proxy, news


def assert_systemd_takes(units: list[Path]) -> None:
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_in_its_order(page, machine, tmp_path) -> None:
    stage = Stage(tmp_path / "stage", *machine)
    stage.play(blocks(page))
    for done in stage.let_cron_work():
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    if page.name == "operators.md":
        assert len(stage.units()) == 3
        assert_systemd_takes(stage.units())


@pytest.mark.parametrize("block", [b for b in ALL if b.not_run is not None], ids=str)
def test_a_command_that_no_test_runs_is_read(block) -> None:
    """The shell reads it; what it calls of newsloom and make is there."""
    assert block.commands(), f"{block}: only commands are run, and so only they can be `not run`"
    for command in block.commands():
        subprocess.run(["bash", "-n", "-c", command.typed], check=True)
        for part in re.split(r"&&|\||;|\n", command.typed.split(" #")[0]):
            words = shlex.split(part)
            if words and words[0] == "make":
                subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True)
            if words and words[0].endswith("newsloom"):
                parser_of(words[1:]).parse_args(words[1:])


@each_page
def test_every_toml_is_taken_by_what_reads_it(page, tmp_path) -> None:
    """A site file, what is to be added to the site file before, or a newsloom.toml."""
    site = ""
    for block in blocks(page):
        if block.language != "toml":
            continue
        said = tomllib.loads(block.text)
        if "id" in said or (site and not said.keys() & Config.model_fields.keys() - Site.model_fields.keys()):
            site = block.text if "id" in said else site + block.text
            file = tmp_path / f"{tomllib.loads(site)['id']}.toml"
            file.write_text(site)
            load_site(file)
        else:
            (tmp_path / "newsloom.toml").write_text(block.text)
            load_config(tmp_path / "newsloom.toml")


@pytest.mark.parametrize("block", of("json", "yaml"), ids=str)
def test_every_record_and_file_that_is_shown_can_be_read(block) -> None:
    said = yaml.safe_load(block.text) if block.language == "yaml" else json.loads(block.text)
    if isinstance(said, dict) and said.get("type") == "article":
        Record.model_validate(said)


@each_page
def test_no_link_inside_the_documents_is_broken(page) -> None:
    """Neither to a file, nor to a heading in one."""
    for link in links(page):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in anchors(file), f"{page.name}: {link}: there is no such heading"
