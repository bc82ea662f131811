"""What the documents promise is what newsloom does."""

import re
import tomllib
from typing import get_args

from pydantic import BaseModel

from crawler.commands.init import write_config
from crawler.config import Config
from items.site import Site
from tests.documents import DOCUMENTS, ROOT


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


def keys_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    """Every key that a file may have, with those of its tables: `publish.title`, `feeds.name`."""
    found = set()
    for name, field in model.model_fields.items():
        inner = [part for part in (field.annotation, *get_args(field.annotation)) if isinstance(part, type)]
        tables = [part for part in inner if issubclass(part, BaseModel)]
        if not field.exclude:
            found |= keys_of(tables[0], f"{prefix}{name}.") if tables else {prefix + name}
    return found


def test_operators_find_every_key_of_newsloom_toml_and_no_other() -> None:
    text = (ROOT / "docs" / "operators.md").read_text()
    section = text.split("## newsloom.toml\n")[1].split("\n## ")[0]
    named = re.findall(r"^\| `([a-z_.]+)` \|", section, re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) == keys_of(Config)


def test_what_init_writes_names_every_key_with_its_default(tmp_path) -> None:
    write_config(tmp_path, "#contact = 'you@example.org'")
    text = (tmp_path / "newsloom.toml").read_text()
    whole = tomllib.loads(re.sub(r"^#(?=\w+ = |\[)", "", text, flags=re.MULTILINE))
    Config.model_validate(whole)
    known = keys_of(Config) - {"crawl.samples", "feeds.description"}
    for key in known:
        table, _, name = key.rpartition(".")
        said = whole[table] if table else whole
        assert name in (said[0] if isinstance(said, list) else said), key


def test_site_authors_find_every_key_of_a_site_file() -> None:
    text = (ROOT / "docs" / "sites.md").read_text()
    for name in Site.model_fields:
        assert f"`{name}" in text, name


def test_every_runtime_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    for requirement in project["dependencies"]:
        name = re.match(r"[a-z0-9-]+", requirement)[0]
        assert f"| {name} |" in reasons, name
        assert re.search(rf"^{name}==\S+", (ROOT / "requirements.lock").read_text(), re.MULTILINE), name


def test_no_document_shows_an_unfinished_merge() -> None:
    assert not [page.name for page in DOCUMENTS if re.search(r"^(<{7}|>{7}|={7})( |$)", page.read_text(), re.MULTILINE)]


def test_the_site_of_the_documents_leads_to_every_page() -> None:
    led_to = re.findall(r"^   ([a-z-]+)$", (ROOT / "docs" / "index.rst").read_text(), re.MULTILINE)
    assert sorted(led_to) == sorted(page.stem for page in (ROOT / "docs").glob("*.md") if page.stem != "README")
