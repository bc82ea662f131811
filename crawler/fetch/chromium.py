"""The system's Chromium: where it is, how it is started, and what a site that needs it lacks here."""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib.util import find_spec
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

_FLAGS = (
    # No network of its own: not a name and not an address resolves, the proxy's own included, and nothing goes around.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its name in older ones
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Little memory, nothing on the screen or the disk.
    "--js-flags=--max-old-space-size=256",
    "--disk-cache-size=1",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--mute-audio",
    "--no-first-run",
    "--blink-settings=imagesEnabled=false",
)


@cache
def chromium() -> str | None:
    """The path of the browser; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def lacks() -> str | None:
    """What must be installed before a site with `javascript = true` can be crawled; None when all is there."""
    if find_spec("scrapy_playwright") is None:
        return "it needs a browser: pip install 'newsloom[js]'"
    return None if chromium() else "it needs a browser: install Chromium (apt-get install chromium)"


def launch_options() -> dict[str, Any]:
    """How Playwright starts it. Signals are left to the crawl, which closes it in the end."""
    return {
        "executable_path": chromium(),
        "args": [*_FLAGS],
        "chromium_sandbox": os.geteuid() != 0,  # root has no sandbox to offer
        **dict.fromkeys(("handle_sigint", "handle_sigterm", "handle_sighup"), False),
    }
