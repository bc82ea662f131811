"""`newsloom schedule`: what makes newsloom run by itself, filled in for this machine: a crontab line, systemd units."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import FILE, load_config
from crawler.output import say
from items.errors import ConfigError, NewsloomError

if TYPE_CHECKING:
    import argparse

    from crawler.config import Config

EXAMPLE = "newsloom schedule systemd --folder /etc/systemd/system --user newsloom"

_MINUTE = 7
"""Past the hour: at the full hour everybody's cron asks every server at once."""

_SERVICE = """\
[Unit]
Description=newsloom: {does}
After=network-online.target
Wants=network-online.target

[Service]
Type={type}
User={user}
WorkingDirectory={home}
ExecStart={command}
{more}
# It needs the network, its folder, and nothing else of this machine.
ReadWritePaths={home}
ProtectSystem=strict
ProtectHome={protect_home}
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
LockPersonality=yes
MemoryMax=1G
"""

_RUN = """\
# 2: some sites are in trouble, 4: another run is at work; neither is a failure of this machine.
SuccessExitStatus=2 4
TimeoutStopSec=60
"""

_STAY = """\
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
TimeoutStopSec=20
LimitNOFILE=16384

"""

_INSTALL = """
[Install]
WantedBy=multi-user.target
"""

_TIMER = """\
[Unit]
Description=newsloom: crawl every {minutes} minutes

[Timer]
OnCalendar={calendar}
RandomizedDelaySec=120
Persistent=yes

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where newsloom is at home on a machine.

    Attributes:
        program: the installed command.
        home: the folder of newsloom.toml.
        config: newsloom.toml.
        user: who it runs as.
        minutes: between two runs; divides an hour, or is whole hours.
    """

    program: Path
    home: Path
    config: Path
    user: str = "newsloom"
    minutes: int = 60

    @property
    def cron(self) -> str:
        """The line for a crontab. It mails only when a site is in trouble."""
        hours, rest = divmod(self.minutes, 60)
        minute = str(_MINUTE) if not rest else f"{_MINUTE % rest}-59/{rest}"
        hour = "*" if hours <= 1 else f"*/{hours}"
        command = f"cd {shlex.quote(str(self.home))} && {self._command('crawl', '--quiet')}"
        return f"{minute} {hour} * * *  " + command.replace("%", r"\%")  # cron takes a bare one for a line's end

    @property
    def units(self) -> dict[str, str]:
        """The systemd units by file name: the crawl, its timer, and the server of what is published."""
        hours, rest = divmod(self.minutes, 60)
        calendar = f"*:{_MINUTE % rest:02}/{rest}" if rest else f"0/{hours}:{_MINUTE:02}"
        crawl = {"does": "crawl the sites and publish", "type": "oneshot", "more": _RUN}
        serve = {"does": "serve what is published", "type": "exec", "more": _STAY}
        return {
            "newsloom.service": self._service("crawl", "--quiet", **crawl),
            "newsloom.timer": _TIMER.format(minutes=self.minutes, calendar=calendar),
            "newsloom-serve.service": self._service("serve", "--quiet", **serve) + _INSTALL,
        }

    def _service(self, *arguments: str, **about: str) -> str:
        in_home = self.home.is_relative_to("/home") or self.home.is_relative_to("/root")
        protect = "no" if in_home else "yes"
        command = self._command(*arguments).replace("$", "$$").replace("%", "%%")
        home = str(self.home).replace("%", "%%")
        return _SERVICE.format(home=home, user=self.user, command=command, protect_home=protect, **about)

    def _command(self, *arguments: str) -> str:
        return shlex.join([str(self.program), *arguments, "--config", str(self.config)])


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("kind", choices=["cron", "systemd"], help="a line for crontab, or systemd units")
    parser.add_argument(
        "--minutes", type=int, default=60, help="between two runs (60); parts of an hour or whole hours"
    )
    parser.add_argument("--user", default="newsloom", help="whom systemd runs it as (newsloom)")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="write the units there instead of printing them")


def run(options: argparse.Namespace) -> int:
    """Print, or write into a folder."""
    config = load_config(options.config)
    place = _here(config, options)
    if options.kind == "cron":
        say(place.cron)
        return 0
    for name, unit in place.units.items():
        if options.folder is None:
            say(f"# {name}\n{unit}")
            continue
        try:
            (options.folder / name).write_text(unit, encoding="utf-8")
        except OSError as error:
            raise NewsloomError(f"{options.folder / name}: can't be written: {error.strerror}") from None
        say(f"{options.folder / name}")
    return 0


def _here(config: Config, options: argparse.Namespace) -> Place:
    file = (options.config or Path(FILE)).resolve()
    if not file.is_file():
        raise ConfigError(f"{file}: is not there; `newsloom init` writes one, and what is scheduled needs it")
    minutes: int = options.minutes
    if minutes < 1 or (minutes < 60 and 60 % minutes) or (minutes >= 60 and (minutes % 60 or minutes > 24 * 60)):
        raise NewsloomError(f"--minutes {minutes}: must divide an hour, such as 15, or be whole hours up to 1440")
    program = Path(sys.argv[0]).absolute()
    return Place(program, config.home, file, options.user, minutes)
