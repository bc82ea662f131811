"""The house has four floors; a file imports its own floor and those below, never upwards, and never its neighbour's."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "items": {"items"},
    "spiders": {"items", "spiders"},
    "pipelines": {"items", "pipelines"},
    "crawler": {"items", "spiders", "pipelines", "crawler"},
}
FILES = sorted(path.relative_to(ROOT) for floor in MAY_IMPORT for path in (ROOT / floor).rglob("*.py"))


def imported_packages(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_imports_only_its_own_floor_and_those_below(path: Path) -> None:
    floor = path.parts[0]
    upwards = (imported_packages((ROOT / path).read_text(encoding="utf-8")) & set(MAY_IMPORT)) - MAY_IMPORT[floor]
    assert not upwards, f"{path} imports {', '.join(sorted(upwards))}, which is no floor below {floor}"


def test_parsing_needs_no_scrapy() -> None:
    for path in FILES:
        if path.parts[:2] == ("spiders", "parsing"):
            assert "scrapy" not in imported_packages((ROOT / path).read_text(encoding="utf-8")), path


def test_an_upward_import_is_seen() -> None:
    assert imported_packages("from crawler.cli import main\nimport pipelines.keep") == {"crawler", "pipelines"}
