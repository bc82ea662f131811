"""The wheel: everything that an installed newsloom needs is in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_every_module_and_site_file_of_the_four_packages_is_in_the_wheel(wheel) -> None:
    names = set(wheel.namelist())
    for package in ("items", "spiders", "pipelines", "crawler"):
        for path in (ROOT / package).rglob("*"):
            if (
                path.suffix in (".py", ".toml", ".mako", ".json", ".typed", ".html", ".css", ".js", ".svg")
                and "__pycache__" not in path.parts
            ):
                assert str(path.relative_to(ROOT)) in names


def test_no_test_is_in_the_wheel_but_the_sample_sites_are(wheel) -> None:
    assert not [name for name in wheel.namelist() if name.startswith(("tests/", "bench/", "docs/"))]
    assert "crawler/samples/silkfed.toml" in wheel.namelist()
