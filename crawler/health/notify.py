"""Telling people: once when a site gets into trouble, falls quiet or is well again, not at each run."""

from __future__ import annotations

import json
import os
import shlex
import smtplib
import subprocess
import urllib.error
import urllib.request
from email.message import EmailMessage
from typing import TYPE_CHECKING

from items.health import TROUBLED, Verdict
from pipelines.archive import health

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.config import NotifyConfig
    from items.health import SiteHealth
    from pipelines.archive import Archive

_PATIENCE = 30
"""Seconds that one way of telling may take."""


def notify(archive: Archive, config: NotifyConfig) -> list[str]:
    """Tell of every site whose verdict has changed since it was last told.

    What could not be told is told at the next run.

    Returns:
        one line for each way that failed.
    """
    with archive.reading() as connection:
        changed = health.untold(connection)
    news = [found for found, told in changed if _is_news(found.verdict, told)]
    failures = _tell(news, config) if news else []
    with archive.writing() as connection:
        for found, _ in changed:
            if found not in news or not failures:
                health.mark_told(connection, found)
    return failures


def _is_news(verdict: Verdict, told: Verdict | None) -> bool:
    """Whether people want to hear of it: trouble, its end, and a site that falls quiet."""
    return verdict in TROUBLED or told in TROUBLED or (verdict is Verdict.QUIET and told is not None)


def _tell(news: list[SiteHealth], config: NotifyConfig) -> list[str]:
    text = "".join(f"{found.line()}\n" for found in news)
    body = json.dumps({"sites": [found.model_dump(mode="json") for found in news], "text": text}).encode()
    failures = []
    ways: tuple[tuple[str, object, Callable[[], None]], ...] = (
        ("command", config.command, lambda: _run(config.command or "", text, body)),
        ("webhook", config.webhook, lambda: _post(config.webhook or "", body)),
        ("mail", config.mail, lambda: _mail(config, news, text)),
    )
    for name, wanted, tell in ways:
        if not wanted:
            continue
        try:
            tell()
        except (OSError, ValueError, subprocess.SubprocessError, smtplib.SMTPException, urllib.error.URLError) as error:
            failures.append(f"notify.{name}: {str(error).splitlines()[0] if str(error) else type(error).__name__}")
    return failures


def _run(command: str, text: str, body: bytes) -> None:
    """Run a command with the news as JSON on its standard input, and as text in NEWSLOOM_TEXT."""
    done = subprocess.run(  # noqa: S603  # the operator's own words
        shlex.split(command), input=body, env=os.environ | {"NEWSLOOM_TEXT": text}, timeout=_PATIENCE, check=False,
        capture_output=True,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OSError(f"{command!r} ended with {done.returncode}" + (f": {said[-1]}" if said else ""))


def _post(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310  # checked by the config
    with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310
        pass


def _mail(config: NotifyConfig, news: list[SiteHealth], text: str) -> None:
    message = EmailMessage()
    message["From"], message["To"] = config.mail_from, ", ".join(config.mail)
    message["Subject"] = f"newsloom: {news[0].site} is {news[0].verdict}" + (
        f", and {len(news) - 1} more" if len(news) > 1 else ""
    )
    message.set_content(text)
    host, _, port = config.smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=_PATIENCE) as server:
        server.send_message(message)
