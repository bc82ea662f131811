"""newsloom and its peers on the same inputs, in the same run; the tables and the chart of docs/benchmarks.md.

usage: python -m bench [compare] [--sizes 2000,20000,200000] [--only fetch,extract,…] [--write]

Every figure is CPU of a process of its own after its imports, unless it says otherwise. What is printed as a ratio is
against the named baseline of the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench import chart, crawl, peers, stories

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "pictures" / "benchmarks.svg"
SIZES = (2_000, 20_000, 200_000)
EACH = 6
"""Of the labelled pages every sixth is read: a hundred of them."""
Row = tuple[str, ...]


class Table:
    """One comparison as it is printed and written.

    Attributes:
        name: the section of the page.
        bars: (what, figure) of the chart's panel, newsloom first; more is better.
    """

    def __init__(self, name: str, about: str, heads: Row, unit: str = "") -> None:
        self.name, self.about, self.heads, self.unit = name, about, heads, unit
        self.rows: list[Row] = []
        self.bars: list[tuple[str, float]] = []

    def markdown(self) -> str:
        lines = ["| " + " | ".join(row) + " |" for row in (self.heads, tuple("---" for _ in self.heads), *self.rows)]
        return f"{self.about}\n\n" + "\n".join(lines) + "\n"


def fetch(count: int = 200) -> Table:
    """Fetching to keeping, one site on loopback."""
    size = len(crawl.page(1)) // 1000
    about = (
        f"{count} articles of {size} KB and their listings, served on loopback. Bare Scrapy takes two selectors off a page and "
        "writes a line of JSON; news-please downloads, extracts and writes JSON, without captures; newsloom reads every "
        "field, decides copies, keeps the article in the archive and the answer in a WARC file."
    )
    table = Table("Fetch to archive", about, ("", "pages a CPU second", "against bare Scrapy"), "pages a CPU second")
    python = peers.environment()
    speeds = {}
    with crawl.served(count) as (home, _):
        for way, name, taken, runs in (
            ("newsloom", "newsloom", count, sys.executable),
            ("bare_scrapy", "bare Scrapy", count, sys.executable),
            ("news_please", "news-please", min(count, 50), python),
        ):
            with crawl.place(home) as folder:
                figure = peers.run(way, str(folder), home, str(taken), python=runs, cwd=folder)
            speeds[name] = figure["pages"] / figure["cpu"]
    for name, speed in speeds.items():
        table.rows.append((name, f"{speed:.1f}", f"{speed / speeds['bare Scrapy']:.2f} ×"))
        table.bars.append((name, speed))
    return table


def labelled() -> tuple[str, list[dict[str, Any]]]:
    """Pages with their true text and title: the shared sets where they lie beside the project, else the fixtures."""
    found = []
    for folder in ("article-text", "article-text-en"):
        truth = DATA / folder / "truth.jsonl"
        if truth.is_file():
            rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
            found += [row | {"path": str(DATA / folder / row["file"])} for row in rows[::EACH] if row.get("text")]
    if found:
        return "real pages with known text", found
    for site in (ROOT / "tests" / "fixtures" / "sites").glob("*/expected.jsonl"):
        for line in site.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            path = site.parent / "pages" / row["url"].split("/", 3)[3]
            if path.is_file() and row.get("text"):
                found.append(row | {"path": str(path)})
    return "pages of the sample sites", found


def extract() -> Table:
    """Text and title off labelled pages."""
    what, pages = labelled()
    about = (
        f"{len(pages)} {what}. F1 is of words (letters, in Chinese) found and wanted, the mean over all pages; a title is "
        "right when it is the true one but for case and spaces. A page that a program fails on counts 0."
    )
    table = Table(
        "Extraction", about, ("", "text F1", "titles right", "CPU ms a page", "time against newsloom"), "F1 of text"
    )
    python = peers.environment()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(
            json.dumps({"path": page["path"], "url": page.get("url") or "http://x.example/"}) + "\n" for page in pages
        )
        file.flush()
        ours = 0.0
        for way in ("newsloom", "trafilatura", "newspaper4k", "readability_lxml", "news_please"):
            said = peers.run("extract", way, file.name, python=sys.executable if way == "newsloom" else python)
            each = said["cpu"] * 1000 / len(pages)
            ours = ours or each
            quality = sum(f1(text, page["text"]) for (text, _), page in zip(said["read"], pages, strict=True)) / len(
                pages
            )
            titled = [
                (title, page["title"])
                for (_, title), page in zip(said["read"], pages, strict=True)
                if page.get("title")
            ]
            right = sum(plain(a) == plain(b) for a, b in titled) / max(1, len(titled))
            name = way.replace("_", "-")
            table.rows.append((name, f"{quality:.3f}", f"{right:.0%}", f"{each:.1f}", f"{each / ours:.2f} ×"))
            table.bars.append((name, quality))
    return table


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def f1(found: str, wanted: str) -> float:
    """Of words, in scripts without spaces of letters."""
    a, b = (Counter(re.findall(r"[぀-ヿ㐀-鿿가-힯]|[^\W぀-ヿ㐀-鿿가-힯]+", text.casefold())) for text in (found, wanted))
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def duplicates(count: int = 1_000) -> Table:
    """Which articles are copies of one another."""
    source = DATA / "stories" / "articles.jsonl.gz"
    if source.is_file():
        with gzip.open(source, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for _, line in zip(range(count), file, strict=False)]
        with gzip.open(source.parent / "truth.jsonl.gz", "rt", encoding="utf-8") as file:
            story = {row["id"]: row["story"] for row in map(json.loads, file)}
        texts = [f"{row['title']}\n{row['text']}" for row in rows]
        groups = [story[row["url"].rsplit("/", 1)[1]] for row in rows]
        what = "articles of made-up sites, syndicated with cuts and changes, look-alikes among them"
    else:
        texts = stories.texts(count, 1)
        groups = list(range(count))
        for number, text in enumerate(texts):
            if number % 10 == 9:
                groups[number] = next(groups[n] for n, other in enumerate(texts) if other.startswith(text[:200]))
        what = "made-up articles, one in ten a copy with its tail cut"
    true = pairs_of(groups)
    about = f"{len(texts)} {what}; {len(true)} pairs are copies. newsloom's time is that of keeping them in an archive, too."
    table = Table(
        "Duplicates", about, ("", "copies found", "pairs that are copies", "CPU ms an article"), "copies found"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        for name, way, python in (
            ("newsloom", "stories", sys.executable),
            ("datasketch", "minhash", peers.environment()),
        ):
            said = peers.run(way, file.name, python=python)
            found = {(a, b) for a, b in said["pairs"]}
            recall, precision = len(found & true) / len(true), len(found & true) / max(1, len(found))
            table.rows.append((name, f"{recall:.1%}", f"{precision:.1%}", f"{said['cpu'] * 1000 / len(texts):.1f}"))
            table.bars.append((name, recall))
    return table


def pairs_of(groups: list[int]) -> set[tuple[int, int]]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    return {(a, b) for group in members.values() for a in group for b in group if a < b}


def feeds() -> Table:
    """Making feeds."""
    about = (
        "newsloom tells an archive of 200 stories to its feeds and their history and writes them all: Atom, RSS and JSON, "
        "every document validated, the large ones compressed too. feedgen alone makes the same Atom and RSS documents, of as "
        "many entries each, and keeps nothing."
    )
    table = Table(
        "Feeds", about, ("", "documents", "CPU ms a document", "against feedgen alone"), "documents a CPU second"
    )
    ours = peers.run("feeds", "200")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(ours["sizes"], file)
        file.flush()
        alone = peers.run("feedgen_alone", file.name)
    base = alone["cpu"] / alone["documents"]
    for name, figure in (("newsloom", ours), ("feedgen alone", alone)):
        each = figure["cpu"] / figure["documents"]
        table.rows.append((name, f"{figure['documents']:,}", f"{each * 1000:.1f}", f"{each / base:.1f} ×"))
        table.bars.append((name, 1 / each))
    return table


def recrawl(count: int = 200) -> Table:
    """A site on which nothing is new."""
    about = (
        f"The same site of {count} articles, run twice; requests and CPU of the whole second command, its start included. "
        "newsloom's second run publishes, too."
    )
    table = Table("Recrawl of an unchanged site", about, ("", "requests", "CPU s", "against bare Scrapy"))
    figures = {}
    with crawl.served(count) as (home, log):
        for name, command in (
            ("newsloom", [str(crawl.NEWSLOOM), "crawl", "--quiet"]),
            ("bare Scrapy", [sys.executable, str(ROOT / "bench" / "ways" / "bare_scrapy.py"), ".", home, str(count)]),
        ):
            with crawl.place(home) as folder:
                usage(command, folder)
                before = len(log.read_text().splitlines())
                cpu = usage(command, folder)
                figures[name] = (len(log.read_text().splitlines()) - before, cpu)
    base = figures["bare Scrapy"]
    for name, (asked, cpu) in figures.items():
        table.rows.append(
            (name, f"{asked}", f"{cpu:.1f}", f"{asked / base[0]:.2f} × requests, {cpu / base[1]:.2f} × CPU")
        )
    return table


def usage(command: list[str], folder: Path) -> float:
    """Seconds of CPU that a command took."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        raise RuntimeError(f"{command[0]}: exit {process.returncode}")
    return used.ru_utime + used.ru_stime


def growth(sizes: tuple[int, ...], new: int = 100) -> Table:
    """What the size of the archive costs."""
    about = (
        f"Archives of made-up articles in SQLite. Then a site with {new} new articles is crawled, the feeds that they change "
        "are written, and 15 questions are asked of the full-text search. Ratios are to the smallest."
    )
    heads = ("articles", f"crawl of {new} new, CPU s", "memory of it, MB", "feeds written, CPU s", "search, ms")
    table = Table("As the archive grows", about, heads)
    first: list[float] = []
    for size in sizes:
        with crawl.served(new) as (home, _), crawl.place(home) as folder:
            config = folder / "newsloom.toml"
            config.write_text('database = "sqlite:///archive.db"\n' + config.read_text())
            peers.run("growth", str(folder), "fill", str(size))
            crawled = peers.run("newsloom", str(folder), home, str(new), cwd=folder)
            published = peers.run("growth", str(folder), "publish", str(size))
            searched = peers.run("growth", str(folder), "search", str(size))
        figures = [crawled["cpu"], crawled["megabytes"], published["cpu"], searched["ms"]]
        first = first or figures
        cells = [f"{figure:.1f} ({figure / base:.1f} ×)" for figure, base in zip(figures, first, strict=True)]
        table.rows.append((f"{size:,}", *cells))
    return table


def machine() -> str:
    """The machine by its kind."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    size = round(int(memory[1]) / 1024 / 1024) if memory else 0
    return f"a virtual machine with {os.cpu_count()} cores and {size} GB of memory, Python {sys.version.split()[0]}"


def write(tables: list[Table], minutes: float) -> None:
    """Put tables and chart into the page, between its marks; sections that were not measured stay."""
    page = PAGE.read_text(encoding="utf-8")
    for table in tables:
        mark = table.name.lower().replace(" ", "-")
        section = (
            f"<!-- {mark} -->\n{table.markdown()}\nMeasured on {machine()}, {time.strftime('%Y-%m-%d')}.\n<!-- end -->"
        )
        page, found = re.subn(rf"<!-- {mark} -->.*?<!-- end -->", lambda _, new=section: new, page, flags=re.DOTALL)
        assert found == 1, f"{PAGE}: no place for {table.name}"
    said = ", ".join(f"{name} {version}" for name, version in peers.versions(peers.environment()).items())
    page = re.sub(r"<!-- peers -->.*?<!-- end -->", f"<!-- peers -->\n{said}.\n<!-- end -->", page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8")
    shown = [table for table in tables if table.bars]
    if shown:
        PICTURE.write_text(chart.draw([(table.name, table.unit, table.bars) for table in shown]), encoding="utf-8")
    print(f"{minutes:.1f} minutes; written to {PAGE.relative_to(ROOT)}")


def main(arguments: list[str] | None = None) -> None:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench compare")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="of the growing archive")
    parser.add_argument("--only", help="some of fetch,extract,duplicates,feeds,recrawl,growth")
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    options = parser.parse_args(arguments)
    sizes = tuple(map(int, options.sizes.split(",")))
    every = {
        "fetch": fetch,
        "extract": extract,
        "duplicates": duplicates,
        "feeds": feeds,
        "recrawl": recrawl,
        "growth": lambda: growth(sizes),
    }
    begun, tables = time.monotonic(), []
    for name in options.only.split(",") if options.only else every:
        tables.append(every[name]())
        print(f"## {tables[-1].name}\n\n{tables[-1].markdown()}", flush=True)
    if not options.dry:
        write(tables, (time.monotonic() - begun) / 60)


if __name__ == "__main__":
    main()
