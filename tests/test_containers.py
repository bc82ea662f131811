"""The Dockerfile, the compose file and the crontab, as far as they can be held without Docker."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import yaml

from crawler.commands.schedule import Place
from crawler.config import load_config
from tests.documents import ROOT
from tests.installed import build_wheel
from tests.test_schedule import USUAL

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
STEPS = [
    line.split(None, 1)
    for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines()
    if line.strip() and not line.startswith("#")
]
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def told(word: str) -> list[str]:
    return [rest for step, rest in STEPS if step == word]


def test_every_image_is_pinned_to_a_patch_and_a_distribution() -> None:
    images = [rest.split()[0] for rest in told("FROM")]
    images += [service["image"] for service in COMPOSE["services"].values() if service["image"] != "newsloom"]
    assert len(images) == 3
    for image in images:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+", image), image


def test_the_image_runs_as_nobody_in_particular_and_says_if_it_is_well() -> None:
    last = [word for word, _ in STEPS][[word for word, _ in STEPS].index("HEALTHCHECK") :]
    assert "RUN" not in last
    assert told("USER") == ["10001"]
    assert told("HEALTHCHECK")
    assert all(rest.startswith("[") for rest in [*told("ENTRYPOINT"), *told("CMD")]), "a shell swallows signals"


def test_what_the_image_copies_is_all_that_the_wheel_needs(tmp_path) -> None:
    """The wheel, built from those files alone, is the wheel of the checkout."""
    import zipfile

    source = tmp_path / "source"
    for rest in told("COPY"):
        if rest.startswith("--from"):
            continue
        *names, target = rest.split()
        for name in names:
            into = source / target.removeprefix("/source").strip("/")
            if (ROOT / name).is_dir():
                into.parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-r", ROOT / name, into], check=True)
            else:
                into.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", ROOT / name, into], check=True)
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here, there = build_wheel(tmp_path / "here"), build_wheel(tmp_path / "there", source)
    assert sorted(zipfile.ZipFile(here).namelist()) == sorted(zipfile.ZipFile(there).namelist())


def test_what_the_image_installs_is_locked() -> None:
    (installs,) = [rest for rest in told("RUN") if "requirements.lock" in rest]
    assert "--require-hashes -r /source/requirements.lock" in installs
    assert any('"/source[postgresql]"' in rest for rest in told("RUN"))


def test_no_container_writes_to_its_image_or_has_rights_that_it_needs_not() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["mem_limit"], name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
    assert COMPOSE["services"]["database"]["healthcheck"]["test"]
    assert COMPOSE["services"]["crawl"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_what_compose_mounts_and_names_is_there() -> None:
    for service in COMPOSE["services"].values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert (DEPLOY / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]
    config = load_config(DEPLOY / "compose.toml")
    user, database = re.fullmatch(r"postgresql://(\w+)@database/(\w+)", config.database).groups()
    said = COMPOSE["services"]["database"]["environment"]
    assert (said["POSTGRES_USER"], said["POSTGRES_DB"]) == (user, database)


def test_the_crontab_in_deploy_is_what_the_command_prints() -> None:
    assert isinstance(USUAL, Place)
    lines = [line for line in (DEPLOY / "crontab").read_text().splitlines() if not line.startswith("#")]
    assert lines == [USUAL.cron]
