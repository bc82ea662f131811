"""Broken pages, made by seed from good ones. `python -m tests.mutations 20000` reads that many and says how it went."""

from __future__ import annotations

import gzip
import random
import resource
import sys
import time
from itertools import chain
from typing import TYPE_CHECKING

from crawler.samples_server import samples_folder
from spiders.parsing.article import NotAnArticleError, read_article
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 2.0
"""CPU that any page may take."""

STUFFING = [
    b"\x00", b"\xff\xfe", b"<", b">", b"&#0;", b"&#x110000;", b"&lt", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<table>",
    b"</div>" * 40, b"<a href='", b"<script>", b"</script", b"<svg><p>", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<p" * 50,
    "来源：".encode(), b"2024-13-45 99:99", b"<base href='http://[::1'>", b"<meta charset=utf-16>", b"\r", b"\x1b$B",
    b'<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":[1,{"a":null}]}]}</script>',
    b'<script type="application/ld+json">{"@type":"Article","datePublished":{},"author":[[]]}</script>',
    b'<a href="http://[bad">x</a>', b'<img srcset="a 1x,, b" src="//">', b"<time datetime='\x00'>", b"<h1>" * 20,
]  # fmt: skip

WHOLE = {
    "50,000 deep": b"<div>" * 50_000 + b"text",
    "20 MB of one tag": b"<p>" * (20_000_000 // 3),
    "20 MB of text": "纺织".encode() * (20_000_000 // 6),
    "20 MB of one attribute": b'<p title="' + b"x" * 20_000_000,
    "a million attributes": b"<p " + b"a=1 " * 1_000_000 + b">",
    "entities": b"<p>" + b"&nbsp;" * 200_000 + b"&" * 200_000,
    "links without end": b'<ul><li><a href="/a">b</a>' * 100_000,
    "dates without end": b"<p>2024-12-23 10:26 </p>" * 50_000,
    "source lines without end": "<p>来源：新华网 作者：张三 </p>".encode() * 40_000,
    "NULs": b"\x00" * 5_000_000,
    "nothing": b"",
    "white space": b" \r\n\t" * 1_000_000,
    "one long line of digits": b"<p>" + b"1" * 5_000_000,
    "brackets": b"<p>" + "（【(".encode() * 500_000,
    "spaces in a title": b"<title>" + b"a " * 500_000 + b"</title><h1>" + b"a " * 500_000,
    "deep JSON-LD": b'<script type="application/ld+json">' + b'{"a":[' * 100_000 + b"</script><p>text</p>",
}


def seeds() -> list[bytes]:
    """Good pages: the sample sites', and real ones where the shared data sets lie beside the project."""
    pages = [path.read_bytes() for path in sorted(samples_folder().rglob("pages/**/*.html"))]
    for name in ("news-pages", "article-text"):
        folder = SHARED / "data" / name
        if folder.is_dir():
            pages += [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))]
    return pages


def cut(page: bytes, chance: random.Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def torn(page: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(page) + 1)
        page = page[:at] + page[at + chance.randint(1, 200) :]
    return page


def flipped(page: bytes, chance: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(min(len(changed), chance.randint(1, 300))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def stuffed(page: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(page) + 1)
        page = page[:at] + chance.choice(STUFFING) * chance.choice([1, 1, 5, 50]) + page[at:]
    return page


def recoded(page: bytes, chance: random.Random) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(
        chance.choice(["gb18030", "big5", "utf-16", "shift_jis", "latin-1", "utf-7", "euc-kr"]), "replace"
    )


def shuffled(page: bytes, chance: random.Random) -> bytes:
    parts = page.split(b"<")
    for _ in range(chance.randint(1, 50)):
        i, j = chance.randrange(len(parts)), chance.randrange(len(parts))
        parts[i], parts[j] = parts[j], parts[i]
    return b"<".join(parts)


WAYS: list[Callable[[bytes, random.Random], bytes]] = [cut, torn, flipped, stuffed, recoded, shuffled]


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Broken pages with the name of what was done to them."""
    chance = random.Random(seed)
    pages = seeds()
    for number in range(count):
        page, done = chance.choice(pages), []
        for way in chance.sample(WAYS, chance.randint(1, 3)):
            page = way(page, chance)
            done.append(way.__name__)
        yield f"{number}: {', '.join(done)}", page


def read(page: bytes) -> float:
    """Read a page and return the seconds of CPU that it took. Anything but a page without text must give an article."""
    begin = time.process_time()
    try:
        reading = read_article(page, url="http://www.loom.example/news/1.html")
        failed = [doubt for found in reading.doubts.values() for doubt in found if "newsloom failed" in doubt]
        assert not failed, failed
        reading.article.json_line()
    except NotAnArticleError:
        pass
    return time.process_time() - begin


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    slowest, faults = (0.0, ""), 0
    for name, page in chain(WHOLE.items(), mutated(count, seed=20261122)):
        try:
            slowest = max(slowest, (read(page), name))
        except Exception as error:  # noqa: BLE001  # counted, named, and the next one is tried
            faults += 1
            print(f"{name}: {type(error).__name__}: {error}"[:300])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count + len(WHOLE)} pages, {faults} faults, slowest {slowest[0]:.2f} s ({slowest[1]}), at most {memory} MB"
    )


if __name__ == "__main__":
    main()
