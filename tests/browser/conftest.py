"""A real browser (Debian's Chromium) before a real server with a real published folder."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from pipelines.archive import Archive
from tests.published import fill, publish_into
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-default-apps", "--disable-sync", "--no-first-run"),
    *("--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say in one line why nothing here runs, where there is no browser."""
    if CHROMIUM is None:
        why = pytest.mark.skip(
            reason="no Chromium here, and `make test` could not install it: apt-get install chromium"
        )
        for item in items:
            if "tests/browser/" in item.nodeid:
                item.add_marker(why)


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a published folder is served."""
    folder = tmp_path_factory.mktemp("published")
    archive = Archive(f"sqlite:///{folder}/archive.db")
    fill(archive)
    assert publish_into(folder, archive).trouble == []
    archive.close()
    with serving(folder / "public") as server:
        yield server.address


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; it can reach loopback only. It is closed before other tests: its driver holds the event loop."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a page did that it must not do."""

    home: str
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(f"console: {m.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.home).netloc and not url.startswith("data:"):
            self.complaints.append(f"asked elsewhere: {url}")


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the published folder in a fresh profile; at the end nothing must have gone wrong in any."""
    watched = Watched(address)
    contexts = []

    def open_(path: str = "index.html", **context: object) -> Page:
        made = chromium.new_context(**({"locale": "en-GB", "timezone_id": "Europe/Berlin"} | context))
        contexts.append(made)
        page = made.new_page()
        watched.watch(page)
        page.goto(address + path, wait_until="load")
        return page

    yield open_
    for made in contexts:
        made.close()
    assert watched.complaints == []
