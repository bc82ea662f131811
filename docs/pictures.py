"""Makes the pictures of the documents anew: `python docs/pictures.py`. Needs Chromium and fonts for Chinese."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console

from crawler.reading import show
from crawler.samples_server import samples_folder
from spiders.parsing.article import read_article
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.serving import NEWSLOOM, serving

FOLDER = Path(__file__).parent / "pictures"
PAGE = "t20241220_4423611.html"
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 780}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def draw_parse() -> None:
    """Draw what `newsloom parse` shows of a sample page."""
    page = next(samples_folder().rglob(PAGE))
    reading = read_article(page.read_bytes(), url=f"http://www.silkfed.example/xhzx/202412/{PAGE}")
    out = Console(record=True, width=110, file=StringIO())
    show(f"newsloom parse {PAGE}", reading, out)
    picture = re.sub(r"@font-face \{.*?\}", "", out.export_svg(title="newsloom parse"), flags=re.DOTALL)
    (FOLDER / "parse.svg").write_text(picture, encoding="utf-8")  # without fonts from elsewhere: a picture asks nobody


def draw_pages() -> None:
    """Take pictures of the demo's pages, on a wide screen, on a phone, and one in the dark."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([NEWSLOOM, "demo", "--quiet"], cwd=home, check=True)  # noqa: S603  # our own command
        public = Path(home) / "demo" / "public"
        story = next(
            page
            for page in sorted(public.glob("stories/*/*.html"))
            if 'id="copies"' in (text := page.read_text()) and 'id="related"' in text and 'lang="zh"' in text
        )
        source = max(public.glob("sources/*.html"), key=lambda page: page.read_text().count('class="thread"'))
        pages = {
            "front": "index.html",
            "story": str(story.relative_to(public)),
            "site": "sites/silkfed.html",
            "source": str(source.relative_to(public)),
            "days": "days/2024-12.html",
            "search": "search.html?q=丝绸 出口",
            "feeds": "feeds/index.html",
            "archive": "archive/index.html",
            "health": "health.html",
        }
        with serving(public) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for screen, said in SCREENS.items():
                context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin", **said)
                view = context.new_page()
                for name, path in pages.items():
                    if screen == "desktop" or name in ("front", "story", "source", "search", "health"):
                        view.goto(server.address + path, wait_until="networkidle")
                        view.screenshot(path=FOLDER / f"{name}-{screen}.png")
            browser.close()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    draw_parse()
    if shutil.which("chromium"):
        draw_pages()
    else:
        sys.exit("no Chromium here: the pictures of the pages stay as they were")
