"""Learn the weights by which `spiders/parsing/body/` chooses an article's blocks, and say how well they do.

usage: python -m bench.train_body DATA_DIR... [--write]

Each DATA_DIR holds `truth.jsonl` (file, set, url, language, text) and the pages it names, gzipped. Needs lightgbm and
numpy, which newsloom itself does not. Printed are cross-validated figures: each page is judged by weights learned
without any page of its site. `--write` then learns from all pages and writes `spiders/parsing/body/body_weights.json`.

Every page is also learned from with all but the first few of its paragraphs cut out, since short articles among long
surroundings are what goes wrong, and there are few of them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from lxml import etree

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body import body as reader
from spiders.parsing.body import trees
from spiders.parsing.body.lines import Lines
from spiders.parsing.body.measures import Measures
from spiders.parsing.body.regions import Regions
from spiders.parsing.page import open_page
from spiders.parsing.title import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spiders.parsing.blocks import Block

WEIGHTS = Path(reader.__file__).with_name("body_weights.json")
FOLDS = 5
REGION_TREES = {"num_leaves": 16, "learning_rate": 0.1}, 50
LINE_TREES = {"num_leaves": 16, "learning_rate": 0.2}, 40
COMMON = {"verbose": -1, "num_threads": 1, "lambda_l2": 5, "bagging_fraction": 0.8, "bagging_freq": 1}
SEED = 1
GRADES = 15
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
SPACE = re.compile(r"\s+")


@dataclass
class Example:
    """One page: what its boxes and blocks look like, and which of them are the article's."""

    file: str
    group: str
    chinese: bool
    fold: int
    text: str
    cut: bool
    body: bytes
    url: str | None
    boxes: list[list[float]]
    fits: list[float]
    marks: list[tuple[int, int]]
    box: int | None = None
    chosen: list[int] = field(default_factory=list)
    lines: list[list[float]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """Sets that are small but like what is read in the field count more."""
        return (3.0 if self.chinese else 1.5 if self.group == "magic" else 1.0) * (0.5 if self.cut else 1.0)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)) if words)


def marked(blocks: Sequence[Block], text: str) -> list[tuple[int, int]]:
    """For each block whether it is the article's (1 or 0), and how many shingles it has."""
    left = shingles(text)
    lines = {SPACE.sub("", line) for line in text.splitlines()}
    whole = SPACE.sub("", text)
    found: list[tuple[int, int]] = []
    for block in blocks:
        own = shingles(block.text)
        count = own.total()
        plain = SPACE.sub("", block.text)
        if count and len(next(iter(own))) >= 4:
            is_text = (own & left).total() * 2 >= count
            if is_text:
                left -= own
            found.append((int(is_text), count))
        elif not count:
            found.append((-1, 1))
        else:
            found.append((1 if plain in lines else -1 if len(plain) < 40 and plain in whole else 0, 3))
    for at, (mark, count) in enumerate(found):
        if mark == -1:
            near = [other for other, _ in found[max(0, at - 3) : at + 4] if other >= 0]
            found[at] = int(sum(near) * 2 > len(near)), min(count, 1)
    return found


def shortened(page: Example, kept: int) -> tuple[bytes, str] | None:
    """The page and its text with only the first few paragraphs of the article and nothing after them in its box."""
    blocks, regions, measures = opened(page.body, page.url)
    if max(page.fits, default=0) < 0.8:
        return None
    box = regions.boxes[page.fits.index(max(page.fits))]
    inside = [block for block in blocks[box.first : box.end] if page.marks[block.index][0]]
    paragraphs = [block for block in inside if page.marks[block.index][1] > 15 and block.index != measures.title_at]
    if len(paragraphs) < kept + 2:
        return None
    last = paragraphs[kept - 1].index
    text = "\n".join(block.text for block in inside if block.index <= last)
    stay = {block.element for block in blocks[: last + 1]} | {block.element for block in blocks[box.end :]}
    for block in blocks[last + 1 : box.end]:
        parent = block.element.getparent()
        if parent is not None and not any(inner in stay for inner in block.element.iter()):
            parent.remove(block.element)
    html = etree.tostring(regions.boxes[0].element.getroottree(), encoding="utf-8", method="html")
    return html.replace(b'"articleBody"', b'"-"'), text


def examples(folders: Sequence[Path]) -> Iterator[Example]:
    dice = random.Random(3)
    for folder in folders:
        for line in (folder / "truth.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            body = gzip.decompress((folder / row["file"]).read_bytes())
            page = example(row, body, row["text"], cut=False)
            yield page
            for kept in (dice.choice((1, 1, 2, 3)), 2, 4)[: 3 if page.chinese else 1 if page.group == "wcxb" else 2]:
                if (cut := shortened(page, kept)) is not None:
                    yield example(row, *cut, cut=True)


def example(row: dict[str, Any], body: bytes, text: str, *, cut: bool) -> Example:
    blocks, regions, _ = opened(body, row["url"])
    marks = marked(blocks, text)
    total = sum(size for mark, size in marks if mark) or 1
    fits = []
    for box in regions.boxes:
        inside = marks[box.first : box.end]
        fits.append(2 * sum(size for mark, size in inside if mark) / (sum(size for _, size in inside) + total))
    site = ".".join((urlsplit(row["url"] or "").hostname or row["file"]).split(".")[-2:])
    return Example(
        row["file"], row["set"], row["language"].startswith("zh"), zlib.crc32(site.encode()) % FOLDS, text, cut, body,
        row["url"], [regions.row(box) for box in regions.boxes], fits, marks,
    )  # fmt: skip


def opened(body: bytes, url: str | None) -> tuple[list[Block], Regions, Measures]:
    page = open_page(body, url=url)
    blocks = blocks_of(page)
    title = read_title(page, blocks)
    measures = Measures(page, blocks, title.value if title else None)
    return blocks, Regions(measures), measures


def learn_regions(pages: Sequence[Example]) -> list[Any]:
    pages = [page for page in pages if max(page.fits, default=0) > 0.2]
    rows = np.array([row for page in pages for row in page.boxes])
    grades = np.array([round(GRADES * fit / max(page.fits)) for page in pages for fit in page.fits])
    weights = np.array([page.weight * (2 if page.cut else 1) for page in pages for _ in page.fits])
    data = lightgbm.Dataset(
        rows, grades, group=[len(page.boxes) for page in pages], weight=weights, free_raw_data=False
    )
    shape, rounds = REGION_TREES
    gains = [grade * grade for grade in range(GRADES + 1)]
    options = {"objective": "lambdarank", "label_gain": gains, "lambdarank_truncation_level": 3}
    return trained(COMMON | shape | options | {"min_data_in_leaf": 20, "feature_fraction": 0.6}, data, rounds)


def learn_lines(pages: Sequence[Example]) -> list[Any]:
    pages = [page for page in pages if page.lines]
    rows = np.array([row for page in pages for row in page.lines])
    marks, weights = [], []
    for page in pages:
        inside = [page.marks[index] for index in page.chosen]
        sizes = np.sqrt(np.array([size for _, size in inside]) + 3.0)
        marks += [mark for mark, _ in inside]
        weights += list(sizes / sizes.sum() * 40 * page.weight)
    data = lightgbm.Dataset(rows, np.array(marks), weight=np.array(weights), free_raw_data=False)
    shape, rounds = LINE_TREES
    return trained(
        COMMON | shape | {"objective": "binary", "min_data_in_leaf": 30, "feature_fraction": 0.5}, data, rounds
    )


def trained(options: dict[str, Any], data: lightgbm.Dataset, rounds: int) -> list[Any]:
    """The trees, as nested lists, in the order in which they say most."""
    return exported(lightgbm.train(options | {"seed": SEED}, data, rounds))


def choose(page: Example, weights: list[Any]) -> None:
    """Set the box that the weights choose, and the lines in and around it."""
    if page.boxes:
        ranks = trees.sums(trees.judges(weights), page.boxes, reader._leaders)
        page.box = int(np.argmax(ranks))
        blocks, regions, measures = opened(page.body, page.url)
        lines = Lines(measures, regions.whole(regions.boxes[page.box]))
        page.chosen, page.lines = lines.chosen, lines.rows()
        page.texts = [blocks[index].text for index in lines.chosen]
        page.sizes = [measures.widths[index] for index in lines.chosen]


def read(page: Example, weights: list[Any]) -> str:
    if not page.lines:
        return ""
    chances = [reader._chance(total) for total in trees.sums(trees.judges(weights), page.lines, reader._undecided)]
    cut, _ = reader._cut(chances, page.sizes)
    return "\n".join(text for text, chance in zip(page.texts, chances, strict=True) if chance >= cut)


def report(pages: Sequence[Example], texts: dict[str, str]) -> None:
    groups = {"chinese": [page for page in pages if page.chinese]}
    for page in pages:
        groups.setdefault(page.group, []).append(page)
    for name, members in groups.items():
        precision, recall, half = [], [], 0
        for page in members:
            want, got = shingles(page.text), shingles(texts[page.file])
            both = (want & got).total()
            if got:
                precision.append(both / got.total())
            recall.append(both / want.total())
            half += 2 * both < 0.5 * (want.total() + got.total())
        p, r = sum(precision) / max(1, len(precision)), sum(recall) / len(recall)
        lost = [max(page.fits, default=0) - (0 if page.box is None else page.fits[page.box]) for page in members]
        print(
            f"{name:14} F1 {2 * p * r / (p + r):.4f}  precision {p:.4f}  recall {r:.4f}  below half {half}"
            f"  lost by the choice of box {sum(lost) / len(lost):.4f}  pages {len(members)}"
        )


def exported(model: lightgbm.Booster) -> list[Any]:
    def node(found: dict[str, Any]) -> Any:
        if "leaf_value" in found:
            return round(found["leaf_value"], 4)
        threshold = float(f"{found['threshold']:.5g}")
        return [found["split_feature"], threshold, node(found["left_child"]), node(found["right_child"])]

    return [node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    pages = list(examples(folders))
    whole = [page for page in pages if not page.cut]
    print(f"{len(whole)} pages, {len(pages) - len(whole)} shortened", flush=True)
    for fold in range(FOLDS):
        weights = learn_regions([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                choose(page, weights)
    texts = {}
    for fold in range(FOLDS):
        weights = learn_lines([page for page in pages if page.fold != fold])
        texts |= {page.file: read(page, weights) for page in whole if page.fold == fold}
    report(whole, texts)
    if "--write" in sys.argv:
        weights = {"regions": learn_regions(pages), "lines": learn_lines(pages)}
        WEIGHTS.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{WEIGHTS} {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
