"""WebSub (https://www.w3.org/TR/websub/): telling hubs which feeds say something new, so that nobody needs to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import orjson

from items.article import canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TIMEOUT = 10
"""Seconds that a hub may take to answer."""

_MOST_OWED = 10_000


def tell_hubs(hubs: Sequence[str], renewed: Sequence[str], memory: Path) -> list[str]:
    """Tell every hub of the feeds that say something new, and of those that it could not be told of before.

    Args:
        hubs: addresses, as the operator gave them.
        renewed: addresses of feeds.
        memory: a file that keeps what a hub is still owed.

    Returns:
        A line of trouble for each hub that could not be told; it is told next time.
    """
    owed, trouble = _owed(memory), []
    still: dict[str, list[str]] = {}
    for hub in hubs:
        topics = sorted({*owed.get(hub, []), *renewed})
        while topics:
            if reason := _publish(hub, topics[0]):
                trouble.append(f"{hub}: could not be told of {len(topics)} feeds: {reason}; it is told next time")
                still[hub] = topics[:_MOST_OWED]
                break
            topics.pop(0)
    if still:
        memory.write_bytes(canonical_json(still))
    else:
        memory.unlink(missing_ok=True)
    return trouble


def _owed(memory: Path) -> dict[str, list[str]]:
    try:
        said = orjson.loads(memory.read_bytes())
        return {str(hub): [str(topic) for topic in topics] for hub, topics in said.items()}
    except (OSError, ValueError, AttributeError, TypeError):  # nothing is owed, or the file was broken by somebody
        return {}


def _publish(hub: str, topic: str) -> str | None:
    """Say to a hub that a feed changed; why that failed, if it did."""
    said = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
    request = Request(hub, data=said, headers={"User-Agent": "newsloom"})  # noqa: S310  # http or https, by its type
    try:
        with urlopen(request, timeout=_TIMEOUT):  # noqa: S310
            return None
    except URLError as error:
        return str(error.reason)
    except (OSError, ValueError) as error:
        return str(error) or type(error).__name__
