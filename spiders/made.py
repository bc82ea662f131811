"""Pages that a site's own code makes of what came: for what no rule can read, such as a list that comes as data.

A site file names it, `spider = "module:Class"`: a file `module.py` beside the site file, or among those that newsloom
ships, and a class in it that takes no arguments and has a method `page`. The file's rules then read what that returns.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING, Protocol

from items.errors import NewsloomError, SiteFileError
from spiders import BUNDLED_SITES

if TYPE_CHECKING:
    from pathlib import Path

    from items.site import Site


class PageMaker(Protocol):
    """What the class has to have."""

    def page(self, body: bytes, url: str) -> bytes:
        """The HTML page that the site file's rules are for; `body` as it is, where it is one already.

        Args:
            body: of the answer to a listing page or an article, decompressed.
            url: that answered.
        """


class MakerError(NewsloomError):
    """A site's own code failed on a page."""


def made(site: Site | None, body: bytes, url: str) -> bytes:
    """The page that a site's rules are for.

    Raises:
        MakerError: the site's code failed on it.
        SiteFileError: the code can't be loaded.
    """
    if site is None or site.spider is None:
        return body
    maker = maker_of(site)
    try:
        page = maker.page(body, url)
    except Exception as error:
        raise MakerError(f"{site.spider} failed on {url}: {type(error).__name__}: {error}".splitlines()[0]) from error
    if not isinstance(page, bytes):
        raise MakerError(f"{site.spider} made no bytes of {url}, but {type(page).__name__}")
    return page


def maker_of(site: Site) -> PageMaker:
    """The code that a site file names.

    Raises:
        SiteFileError: it can't be loaded; one line that says why.
    """
    assert site.spider is not None
    module, _, name = site.spider.partition(":")
    folders = [folder for folder in (site.folder, BUNDLED_SITES) if folder is not None]
    where = f"{folders[0] / site.id}.toml: spider"
    file = next((file for folder in folders if (file := folder / f"{module}.py").is_file()), None)
    if file is None:
        raise SiteFileError(f"{where}: there is no {folders[0] / module}.py")
    return _loaded(file, name, where)


@cache
def _loaded(file: Path, name: str, where: str) -> PageMaker:
    spec = importlib.util.spec_from_file_location(f"newsloom_site_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        maker: PageMaker = getattr(module, name)()
    except AttributeError:
        raise SiteFileError(f"{where}: {file} has no class {name}") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever it does, the other sites crawl
        raise SiteFileError(
            f"{where}: {file} can't be loaded: {type(error).__name__}: {error}".splitlines()[0]
        ) from None
    if not callable(getattr(maker, "page", None)):
        raise SiteFileError(f"{where}: {name} has no method page(body, url)")
    return maker


def without_broken(sites: dict[str, Site], errors: list[SiteFileError]) -> tuple[dict[str, Site], list[SiteFileError]]:
    """The sites but for those whose code can't be loaded; of each of them an error more."""
    good, found = {}, [*errors]
    for name, site in sites.items():
        try:
            if site.spider is not None:
                maker_of(site)
            good[name] = site
        except SiteFileError as error:
            found.append(error)
    return good, found
