"""Fetching to archiving: CPU a page against a bare loop and news-please; replay; memory; kills.

python -m bench.crawl                 speed and replay
python -m bench.crawl memory 50000    memory of a run over so many pages; with a 1 behind it they hold their text alone
python -m bench.crawl kills 30 2000   so many kills of a crawl of so many pages
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
NEWSLOOM = Path(sys.executable).with_name("newsloom")
ON_A_LISTING = 100
CONSONANTS = "b c d f g h k l m n p r s t v w br gr pl st tr".split()  # noqa: SIM905
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in ("a", "e", "i", "o", "u", "ai", "ea")]
WORDS = ["".join(random.Random(n).choices(SYLLABLES, k=n % 3 + 1)) for n in range(4000)]
COMMON = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(WORDS))))
"""How often each word is said: as in any language, a few of them most of the time."""


def page(number: int, *, plain: bool = False) -> bytes:
    """An article page of about 50 KB, most of it what a site prints on every page; plain: its text alone, 8 KB."""
    chance = random.Random(number)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, cum_weights=COMMON, k=count)).capitalize()

    title, said = words(7), [words(60) + "." for _ in range(14)]
    menus = "".join(
        f"<h4>Part {menu}</h4><ul class='menu'>"
        + "".join(f'<li><a href="/about/{menu}/{n}" class="nav-item">Section {menu} {n}</a></li>' for n in range(19))
        + "</ul>"
        for menu in range(12)
    )
    script = "<script>" + "var a = {b: [1, 2, 3], c: 'd'};\n" * 900 + "</script>"
    body = "".join(f"<p>{text}</p>" for text in said)
    if plain:
        menus = script = ""
    head = f"<head><title>{title} - Mills</title>{script}</head>"
    when = f'<div class="meta">2024-12-{number % 28 + 1:02} 10:30 Source: Mill Federation {number % 7}</div>'
    article = f"<h1>{title}</h1>{when}<div class='content'>{body}</div>"
    return f"<html>{head}<body><nav>{menus}</nav>{article}<footer>Mills</footer></body></html>".encode()


def listing(number: int, count: int) -> bytes:
    first, last = number * ON_A_LISTING, min((number + 1) * ON_A_LISTING, count)
    items = "".join(f'<li><a href="/news/{n}">Mill {n}</a></li>' for n in range(first, last))
    more = f'<a class="next" href="/list/{number + 1}">more</a>' if last < count else ""
    return f"<html><body><ol>{items}</ol>{more}</body></html>".encode()


async def serve(count: int, *, plain: bool = False) -> None:
    """Serve so many articles on loopback; print the port, then each request as a line on standard error."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                sys.stderr.write(path + "\n")
                sys.stderr.flush()
                found = re.fullmatch(r"/(?:(news|list)/(\d+))?", path)
                if found is None:
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    continue
                number = int(found[2] or 0)
                body = page(number, plain=plain) if found[1] == "news" else listing(number, count)
                head_out = (
                    f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                writer.write(head_out.encode() + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def served(count: int, *, plain: bool = False) -> Iterator[tuple[str, Path]]:
    """A server in a process of its own: its home page, and the file that holds what was asked for."""
    with tempfile.NamedTemporaryFile() as log:
        command = [sys.executable, "-m", "bench.crawl", "serve", str(count), str(int(plain))]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/", Path(log.name)
        finally:
            process.kill()
            process.wait()


@contextmanager
def place(home: str) -> Iterator[Path]:
    """A folder with a configuration and the site file of the served site."""
    folder = Path(tempfile.mkdtemp(prefix="newsloom-bench-"))
    (folder / "sites").mkdir()
    budget = "requests = 1000000\nmegabytes = 1000000\n"
    (folder / "newsloom.toml").write_text(f'[crawl]\nonly = ["mills"]\n{budget}')
    (folder / "sites" / "mills.toml").write_text(f"""
id = "mills"
languages = ["en"]
zone = "UTC"
home = "{home}"
articles = '/news/'
checked = "never"
name = {{ en = "Mills" }}
politeness = {{ delay = 0 }}
[[listings]]
url = "{home}"
links = "css:li a"
next = "css:a.next"
pages = 1000
""")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def measured(work: str, *arguments: str, python: str = sys.executable) -> dict[str, float]:
    """Run one of the ways below in a process of its own; its figures."""
    command = [python, str(ROOT / "bench" / "ways" / f"{work}.py"), *arguments]
    done = subprocess.run(
        command,
        cwd=arguments[0],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{work} failed")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def speed(count: int = 600) -> None:
    """CPU a page of newsloom, of a bare loop with the same parsing and the same store, and of news-please."""
    size = len(page(1)) // 1000
    print(f"fetch to archive, {count} pages of {size} KB on loopback, CPU of the process after its imports")
    figures = {}
    with served(count) as (home, _):
        for work in ("bare_loop", "newsloom"):
            with place(home) as folder:
                figures[work] = measured(work, str(folder), home, str(count))
        python = news_please()
        if python:
            with place(home) as folder:
                figures["news_please"] = measured("news_please", str(folder), home, str(min(count, 150)), python=python)
    bare = figures["bare_loop"]["cpu"] / figures["bare_loop"]["pages"]
    ours = figures["newsloom"]["cpu"] / figures["newsloom"]["pages"]
    print(f"{'':>14} {'pages':>6} {'CPU ms/page':>12} {'pages a CPU second, newsloom against it':>40}")
    for work, figure in figures.items():
        each = figure["cpu"] / figure["pages"]
        print(f"{work:>14} {figure['pages']:>6.0f} {each * 1000:>12.2f} {each / ours:>40.2f}")
    print(f"newsloom / bare loop: {bare / ours:.2f}")


def news_please() -> str | None:
    """The Python of a venv outside the project's with news-please in it; None, with a word why, if there is none."""
    home = Path(os.environ.get("NEWS_PLEASE_VENV", Path.home() / ".cache" / "newsloom-bench" / "news-please"))
    python = home / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True)
            install = [python, "-m", "pip", "install", "-q", "news-please"]
            subprocess.run(install, check=True, capture_output=True, timeout=1200)
        subprocess.run([python, "-c", "import newsplease"], check=True, capture_output=True)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"news-please is not compared: it can't be installed or imported ({error})")
        return None
    return str(python)


def replay(count: int = 2000) -> None:
    """A crawl of so many pages, then its replay: the same articles, and how much faster."""
    with served(count) as (home, _), place(home) as folder:
        figure = measured("newsloom", str(folder), home, str(count))
        begin, spent = time.monotonic(), children_cpu()
        said = subprocess.run([NEWSLOOM, "replay", "--diff"], cwd=folder, capture_output=True, text=True, check=True)
        wall, cpu = time.monotonic() - begin, children_cpu() - spent
        ratio, crawled = figure["wall"] / wall, figure["wall"]
        print(f"replay of {count} captures: {wall:.1f} s, the crawl {crawled:.1f} s: {ratio:.1f} times as fast")
        cores, ours, its = os.cpu_count() or 1, cpu / count * 1000, figure["cpu"] / count * 1000
        print(f"CPU a page: {ours:.1f} ms, on {cores} cores; the crawl {its:.1f} ms, on one:")
        print(f"{cores * its / ours:.1f} times as fast where no one else is at work")
        print(said.stdout.strip())


def children_cpu() -> float:
    """Seconds of CPU that ended processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(count: int = 50_000, plain: int = 0) -> None:
    """Memory of one run over so many pages, as it goes on."""
    with served(count, plain=bool(plain)) as (home, _), place(home) as folder:
        command = [sys.executable, str(ROOT / "bench" / "ways" / "newsloom.py"), str(folder), home, str(count)]
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        most, shown = 0.0, time.monotonic()
        print(f"memory of a run over {count} pages")
        while process.poll() is None:
            with_rss = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
            found = re.search(r"VmRSS:\s+(\d+)", with_rss)
            used = int(found[1]) / 1024 if found else 0.0
            most = max(most, used)
            if time.monotonic() - shown > 30:
                shown = time.monotonic()
                print(f"{kept(folder):>7} kept {used:>6.0f} MB", flush=True)
            time.sleep(0.5)
        print(f"{kept(folder):>7} kept, {most:.0f} MB at most")


def kills(times: int = 30, count: int = 2000, seed: int = 1) -> None:
    """kill -9 at random moments, each time going on; then nothing is missing, doubled, or fetched needlessly."""
    chance = random.Random(seed)
    with served(count) as (home, log), place(home) as folder:
        killed = 0
        for _ in range(times):
            running = subprocess.Popen([NEWSLOOM, "crawl", "--quiet"], cwd=folder)
            enough = kept(folder) + chance.randint(1, 2 * count // (times + 1))
            while running.poll() is None and kept(folder) < enough:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.2))
            killed += running.poll() is None
            running.kill()
            running.wait()
        subprocess.run([NEWSLOOM, "crawl", "--quiet"], cwd=folder, check=True)
        asked = Counter(line for line in log.read_text().split() if line.startswith("/news/"))
        twice = sum(times - 1 for times in asked.values())
        whole = 0
        for path in sorted((folder / "data" / "captures").glob("*.warc.gz")):
            with path.open("rb") as file:
                whole += sum(record.rec_type == "response" for record in ArchiveIterator(file))
        versions = rows(folder, "SELECT count(*) FROM records WHERE type = 'article'")
        print(f"{killed} kills of a crawl of {count} pages: {kept(folder)} articles kept, {versions} records,")
        print(f"{len(asked)} pages asked for, {twice} of them a second time, {whole} responses in whole WARC files")
        assert kept(folder) == versions == len(asked) == count
        assert twice <= killed * 16


def kept(folder: Path) -> int:
    return rows(folder, "SELECT count(*) FROM articles")


def rows(folder: Path, query: str) -> int:
    try:
        database = sqlite3.connect(f"file:{folder}/data/newsloom.db?mode=ro", uri=True, timeout=10)
        with database:
            return int(database.execute(query).fetchone()[0])
    except sqlite3.Error:
        return 0


def main() -> None:
    """Speed and replay."""
    speed()
    replay()


if __name__ == "__main__":
    name, *given = sys.argv[1:] or [""]
    if name == "serve":
        asyncio.run(serve(int(given[0]), plain=given[1:] == ["1"]))
    elif name:
        {"speed": speed, "replay": replay, "memory": memory, "kills": kills}[name](*map(int, given))
    else:
        main()
