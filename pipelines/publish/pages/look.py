"""How pages look: the templates, and the style, scripts and icon that they name by content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from items.safe import web_url
from pipelines.publish.feeds.names import language_name
from pipelines.publish.pages import times
from pipelines.stories.fold import SIMPLIFIED, TRADITIONAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.publish.files import PublicFolder
    from pipelines.publish.publication import Publication

_HERE = files("pipelines.publish.pages")


class Look:
    """Renders pages of one publication.

    Attributes:
        title: how the publication is called.
        base_url: where it is served, ending in a slash.
        design: a digest of all that decides how a page looks; when it changes every page is written anew.
    """

    def __init__(self, publication: Publication) -> None:
        self.title = publication.title
        self.base_url = publication.base_url
        self._assets = {file.name: file.read_bytes() for file in sorted_files("assets")}
        self._assets["simplified.json"] = orjson.dumps([TRADITIONAL, SIMPLIFIED])
        templates = [file.read_bytes() for file in sorted_files("templates")]
        code = [file.read_bytes() for file in sorted_files("") if file.name.endswith(".py")]
        everything = [*self._assets.values(), *templates, *code, publication.settings.encode()]
        self.design = hashlib.sha256(b"\0".join(everything)).hexdigest()[:16]
        self._environment = _environment()

    def asset(self, name: str) -> str:
        """The path of an asset: its name holds a digest, so that it may be kept for ever."""
        stem, _, ending = name.rpartition(".")
        return f"assets/{stem}.{hashlib.sha256(self._assets[name]).hexdigest()[:10]}.{ending}"

    def write_assets(self, folder: PublicFolder) -> None:
        """Publish the assets. Former ones stay: a page that a reader still has may name them."""
        for name, content in self._assets.items():
            folder.write(self.asset(name), content)

    def page(self, template: str, path: str, **said: Any) -> bytes:
        """A page, as it is to stand under a path of the published folder. The one for 404 may stand under any."""
        root = urlsplit(self.base_url).path if path == "404.html" else "../" * path.count("/")
        given = {"look": self, "root": root, "here": path, **said}
        return self._environment.get_template(template).render(given).encode()

    def picture(self, drawing: str, **said: Any) -> Markup:
        """A drawing, as SVG to stand within a page."""
        return Markup(self._environment.get_template(f"{drawing}.svg").render(said))  # noqa: S704  # escaped by the template


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """The templates, compiled once."""
    environment = Environment(
        loader=PackageLoader("pipelines.publish.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "long_day": times.long_day,
        "long_month": times.long_month,
        "month_name": times.month_name,
        "weekday": times.weekday,
        "language_name": language_name,
        "thousands": lambda number: f"{number:,}".replace(",", "\u2009"),
        "size": size,
        "web": lambda url: web_url(url or ""),
        "host": lambda url: (urlsplit(url).hostname or "").removeprefix("www."),
    }
    environment.filters.update(filters)
    return environment


@lru_cache(maxsize=8)
def sorted_files(folder: str) -> list[Any]:
    """The files of a folder beside this module, by name."""
    at = _HERE.joinpath(folder) if folder else _HERE
    return sorted((file for file in at.iterdir() if file.is_file()), key=lambda file: file.name)


def size(count: int) -> str:
    """Bytes as people say them."""
    number = float(count)
    for unit in ("B", "KB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            return f"{number:.0f} {unit}" if unit == "B" or number >= 10 else f"{number:.1f} {unit}"
        number /= 1000
    raise AssertionError
