"""What the documents promise is what newsloom does."""

import re
import tomllib
from pathlib import Path

import pytest

from crawler.cli import COMMANDS
from crawler.config import Config
from items.site import Site, load_site

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def shape(text: str) -> str:
    """The words without the numbers: which of two reprints came first is the network's choice."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "N", text)).strip()


def test_the_readme_shows_what_the_demo_prints(newsloom) -> None:
    said = newsloom("demo")
    assert said.returncode == 0
    assert shape(said.stdout) in shape((ROOT / "README.md").read_text())


def test_ci_runs_the_readmes_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = re.findall(r"^make \w+", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert "make demo" in readme
    assert "make test" in readme
    assert {"make demo", "make test"} <= set(commands)


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert {"demo", "test", "lint", "bench", "clean"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_link_inside_the_documents_is_broken(document) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text()):
        if not target.startswith(("http://", "https://")):
            assert (document.parent / target).exists(), target


def shell_blocks(document: Path) -> list[str]:
    return re.findall(r"^```\n(.*?)^```", document.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_documents_exists(document) -> None:
    for command in re.findall(r"^(?:\S*/)?newsloom (\w+)", "".join(shell_blocks(document)), re.MULTILINE):
        assert command in COMMANDS


def test_operators_find_every_configuration_key_with_its_default() -> None:
    text = (ROOT / "docs" / "operators.md").read_text()
    for name, field in Config.model_fields.items():
        if name == "home":
            continue
        inner = getattr(field.default, "__class__", None)
        keys = [f"{name}.{key}" for key in inner.model_fields] if inner and hasattr(inner, "model_fields") else [name]
        for key in keys:
            assert f"| `{key}` |" in text, key


def test_site_authors_find_every_key_of_a_site_file() -> None:
    text = (ROOT / "docs" / "sites.md").read_text()
    for name in Site.model_fields:
        assert f"`{name}" in text, name


def test_the_site_file_in_the_documents_is_a_good_one(tmp_path) -> None:
    example = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "sites.md").read_text(), re.DOTALL)[1]
    assert tomllib.loads(example)["id"] == "mill"
    (tmp_path / "mill.toml").write_text(example)
    assert load_site(tmp_path / "mill.toml").title == "The Mill"


def test_every_runtime_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    for requirement in project["dependencies"]:
        name = re.match(r"[a-z0-9-]+", requirement)[0]
        assert f"| {name} |" in reasons, name
        assert re.search(rf"^{name}==\S+", (ROOT / "requirements.lock").read_text(), re.MULTILINE), name
