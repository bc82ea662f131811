"""The command line: results on standard output, one line for a user's error, and the exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli import COMMANDS
from crawler.config import load_config
from crawler.lock import run_lock
from items.errors import RunLockedError

ROOT = Path(__file__).parent.parent


def test_help_shows_every_command(newsloom) -> None:
    said = newsloom("--help")
    assert said.returncode == 0
    for command in COMMANDS:
        assert re.search(rf"\n    {command}\s", said.stdout), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(newsloom, command) -> None:
    said = newsloom(command, "--help")
    assert said.returncode == 0
    assert f"example: newsloom {command}" in said.stdout
    assert "\nexit status:\n  0  all well\n" in said.stdout
    assert "\nfiles:\n  newsloom.toml " in said.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["weave"], "invalid choice: 'weave'"),
        ([], "required: COMMAND"),
        (["crawl", "--config", "nowhere.toml"], "`newsloom init` writes one"),
        (["crawl", "nosuchsite"], "`newsloom sites list` names those there are"),
        (["sites", "show", "nosuchsite"], "no site 'nosuchsite'"),
        (["verify", "nowhere"], "is no folder"),
        (["parse", "a.html", "b.html", "--url", "http://x.example/"], "--url goes with one page only"),
    ],
)
def test_a_users_error_is_one_line_and_exit_status_one(newsloom, arguments, named) -> None:
    said = newsloom(*arguments)
    assert said.returncode == 1
    assert named in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour: is no key that newsloom knows"),
        ("[crawl]\ntimeout = 'long'", "crawl.timeout"),
        ("[publish]\nbase_url = 'ftp://x'", "publish.base_url"),
        ("home = '/'", "home: is no key"),
        ("=", "is no TOML"),
    ],
)
def test_a_wrong_configuration_is_one_line_that_names_the_key(newsloom, tmp_path, text, named) -> None:
    (tmp_path / "newsloom.toml").write_text(text)
    said = newsloom("crawl")
    assert said.returncode == 1
    assert named in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_init_writes_a_configuration_that_says_the_defaults(newsloom, tmp_path) -> None:
    assert newsloom("init", ".", "--contact", "me@mill.example").returncode == 0
    written = load_config(tmp_path / "newsloom.toml")
    assert written.crawl.contact == "me@mill.example"
    assert (tmp_path / "public").is_dir()
    uncommented = "\n".join(
        line.removeprefix("#") if line.startswith("#") and " = " in line else line
        for line in (tmp_path / "newsloom.toml").read_text().split("#[[feeds]]")[0].splitlines()
        if not line.startswith(("#proxy", "#command", "#webhook", "#bucket"))  # examples: these have no default
    )
    (tmp_path / "newsloom.toml").write_text(uncommented)
    assert load_config(tmp_path / "newsloom.toml").model_dump() == written.model_dump()


def test_init_never_overwrites(newsloom) -> None:
    newsloom("init")
    assert newsloom("init").returncode == 1


def test_sites_list_names_every_site_and_says_which_were_never_checked(newsloom) -> None:
    sites = json.loads(newsloom("sites", "list", "--json").stdout)
    assert {"euratex", "ctei"} <= {site["id"] for site in sites}
    assert all(site["checked"] for site in sites)


def test_a_wrong_site_file_of_the_operator_is_named_and_the_others_are_listed(newsloom, tmp_path) -> None:
    newsloom("init")
    (tmp_path / "sites" / "mill.toml").write_text("id = 'mill'")
    said = newsloom("sites", "list")
    assert said.returncode == 1
    assert "mill.toml: " in said.stderr
    assert "euratex" in said.stdout


def test_status_before_the_first_run_says_so(newsloom) -> None:
    said = newsloom("status")
    assert said.returncode == 0
    assert "no run" in said.stdout


def test_the_lock_refuses_a_second_run_and_is_free_after_the_first(tmp_path) -> None:
    with run_lock(tmp_path), pytest.raises(RunLockedError, match="another run"), run_lock(tmp_path):
        pass
    with run_lock(tmp_path):
        pass


def test_a_command_that_meets_the_lock_exits_with_four(newsloom, tmp_path) -> None:
    newsloom("init")
    with run_lock(tmp_path / "data"):
        said = newsloom("publish")
    assert said.returncode == 4
    assert "another run is at work here" in said.stderr


def test_the_lock_of_a_killed_run_is_free(newsloom, tmp_path) -> None:
    newsloom("init")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    assert newsloom("publish").returncode == 4
    holder.kill()
    holder.wait()
    assert newsloom("publish").returncode == 0


HOLD = """
import sys, pathlib, signal
from crawler.lock import run_lock
with run_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    signal.pause()
"""


def test_scrapys_own_list_names_every_site() -> None:
    scrapy = Path(sys.executable).with_name("scrapy")
    said = subprocess.run([scrapy, "list"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"euratex", "ctei"} <= set(said.stdout.split())
