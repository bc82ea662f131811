"""How `make docs` builds the documents as a site: the same Markdown as in the repository, read by MyST."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "newsloom"
author = "newsloom's contributors"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "newsloom"
exclude_patterns = ["pictures", "__pycache__", "README.md"]
suppress_warnings = ["myst.header"]  # a page may begin where it likes

myst_heading_anchors = 4
myst_all_links_external = False
pygments_style = "friendly"


def _lead_outside(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Links to files beside docs/ lead to nowhere on the site: their names stay, as code."""
    source[0] = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"`\1`", source[0])


def setup(app: Sphinx) -> None:
    """Have each page rewritten before it is read."""
    app.connect("source-read", _lead_outside)
