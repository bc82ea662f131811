"""What makes newsloom run by itself: the units are what systemd takes, the crontab line is what cron runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from crawler.commands.schedule import Place

DEPLOY = Path(__file__).parent.parent / "deploy"
USUAL = Place(Path("/usr/local/bin/newsloom"), Path("/srv/newsloom"), Path("/srv/newsloom/newsloom.toml"))


def test_the_crontab_line_runs_a_crawl_in_crons_bare_environment(newsloom, tmp_path) -> None:
    newsloom("init")
    config = tmp_path / "newsloom.toml"
    config.write_text(config.read_text().replace("#only = []", 'only = ["nosuch"]'))
    minute, *_, command = newsloom("schedule", "cron").stdout.split(None, 5)
    assert minute == "7"
    bare = {"PATH": "/usr/bin:/bin", "HOME": "/"}
    done = subprocess.run(["sh", "-c", command], cwd="/", env=bare, capture_output=True, text=True, check=False)
    assert "no site 'nosuch'" in done.stderr


@pytest.mark.parametrize(
    ("minutes", "cron", "calendar"),
    [(60, "7 * * * *", "0/1:07"), (15, "7-59/15 * * * *", "*:07/15"), (360, "7 */6 * * *", "0/6:07")],
)
def test_runs_are_spaced_as_asked(minutes, cron, calendar) -> None:
    place = Place(USUAL.program, USUAL.home, USUAL.config, minutes=minutes)
    assert place.cron.startswith(cron + "  ")
    assert f"OnCalendar={calendar}\n" in place.units["newsloom.timer"]


@pytest.mark.parametrize("minutes", ["0", "7", "90", "2880"])
def test_a_spacing_that_no_clock_keeps_is_one_line(newsloom, minutes) -> None:
    newsloom("init")
    said = newsloom("schedule", "cron", "--minutes", minutes)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "must divide an hour" in said.stderr


def test_without_a_configuration_nothing_is_scheduled(newsloom) -> None:
    said = newsloom("schedule", "systemd")
    assert said.returncode == 1
    assert "`newsloom init` writes one" in said.stderr


def test_the_units_in_deploy_are_those_that_the_command_writes() -> None:
    assert {path.name: path.read_text() for path in DEPLOY.glob("newsloom*")} == USUAL.units


def test_systemd_takes_the_units(newsloom, tmp_path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine: apt-get install systemd")
    newsloom("init")
    folder = tmp_path / "units"
    folder.mkdir()
    assert newsloom("schedule", "systemd", "--folder", folder, "--user", "root").returncode == 0
    units = sorted(map(str, folder.iterdir()))
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(folder) not in done.stderr
