"""CPU of reading a whole record off a page, against one bare lxml.html parse of the same bytes in the same run."""

from __future__ import annotations

import contextlib
import gzip
import statistics
import time
from pathlib import Path

from lxml import html

from crawler.collector import relax_collector
from spiders.parsing.article import NotAnArticleError, read_article

ROOT = Path(__file__).parent.parent
ROUNDS = 3


def pages() -> dict[str, list[bytes]]:
    """Real pages where the shared data sets lie beside the project, and the pages of the sample sites."""
    found = {"sample sites": [p.read_bytes() for p in sorted((ROOT / "tests/fixtures/sites").rglob("pages/**/*.html"))]}
    for name in ("news-pages", "article-text", "article-text-en"):
        folder = ROOT.parent / "shared" / "data" / name
        if folder.is_dir():
            found[name] = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))]
    return found


def spent(work, bodies: list[bytes]) -> float:
    """CPU seconds of the work over all pages."""
    begin = time.process_time()
    for body in bodies:
        work(body)
    return time.process_time() - begin


def bare_parse(body: bytes) -> None:
    """The baseline."""
    if body.strip():
        html.document_fromstring(body)


def whole_record(body: bytes) -> None:
    """What newsloom does with a page, from its bytes to the record."""
    with contextlib.suppress(NotAnArticleError):
        read_article(body)


def main() -> None:
    """Measure each set and print its ratio."""
    relax_collector()  # as the commands do that read pages
    print("reading a page: CPU against a bare lxml.html parse of the same pages")
    print(f"{'pages':>20} {'n':>5} {'lxml ms':>8} {'newsloom ms':>12} {'ratio':>6}   (median of {ROUNDS} rounds)")
    for name, bodies in pages().items():
        rounds = [(spent(bare_parse, bodies), spent(whole_record, bodies)) for _ in range(ROUNDS)]
        bare = statistics.median(b for b, _ in rounds) * 1000 / len(bodies)
        ours = statistics.median(w for _, w in rounds) * 1000 / len(bodies)
        ratio = statistics.median(w / b for b, w in rounds)
        print(f"{name:>20} {len(bodies):>5} {bare:>8.2f} {ours:>12.2f} {ratio:>6.1f}")


if __name__ == "__main__":
    main()
