"""Makes the pictures of the documents anew: `python docs/pictures.py`."""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from crawler.reading import show
from crawler.samples_server import samples_folder
from spiders.parsing.article import read_article

FOLDER = Path(__file__).parent / "pictures"
PAGE = "t20241220_4423611.html"


def main() -> None:
    """Draw what `newsloom parse` shows of a sample page."""
    page = next(samples_folder().rglob(PAGE))
    reading = read_article(page.read_bytes(), url=f"http://www.silkfed.example/xhzx/202412/{PAGE}")
    out = Console(record=True, width=110, file=StringIO())
    show(f"newsloom parse {PAGE}", reading, out)
    FOLDER.mkdir(exist_ok=True)
    picture = re.sub(r"@font-face \{.*?\}", "", out.export_svg(title="newsloom parse"), flags=re.DOTALL)
    (FOLDER / "parse.svg").write_text(picture, encoding="utf-8")  # without fonts from elsewhere: a picture asks nobody


if __name__ == "__main__":
    main()
