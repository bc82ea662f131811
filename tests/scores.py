"""How well newsloom reads the sample sites' pages by itself, without their site files: a score a field and site.

`python -m tests.scores` prints the scores; with `--raise` it stores them in scores.json where they are better than what
stands there. It never lowers one: `tests/test_scores.py` fails when a score drops.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from crawler.samples_server import samples_folder
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from spiders.parsing.template import learn_template

FILE = Path(__file__).parent / "scores.json"
SITES = ("silkfed", "apparelwire", "eurofabric")


def page_file(site: str, url: str) -> Path:
    path = url.split("/", 3)[3]
    file = samples_folder() / site / "pages" / path
    return file / "index.html" if path.endswith("/") else file


def marks(expected: dict[str, Any], got: dict[str, Any]) -> dict[str, bool]:
    """Per field, whether the reading says what a careful reader found."""
    lines = (got["text"] or "").splitlines()
    titles = {r["title"] for r in expected["related"]}
    categories = [(c["category"], c["title"]) for c in expected.get("categories", []) if c["title"] not in titles]
    return {
        "title": got["title"] == expected["title"],
        "source": (got["source"] and got["source"]["name"]) == (expected["source"] and expected["source"]["name"]),
        "published": (got["published"] or {}).get("at", "")[:16] == expected["published"]["at"][:16],
        "related": [(r["title"], r["url"]) for r in got["related"] if not r["category"]]
        == [(r["title"], r["url"]) for r in expected["related"]],
        "categories": [(r["category"], r["title"]) for r in got["related"] if r["category"]] == categories,
        "authors": got["authors"] == expected["authors"],
        "editors": got["editors"] == expected["editors"],
        "text": bool(lines)
        and (lines[0], lines[-1]) == (expected["first_line"], expected["last_line"])
        and len(lines) == expected["paragraphs"] + len(expected["subheads"]),
        "language": got["language"] == expected["language"],
    }


def measure() -> dict[str, dict[str, float]]:
    """Share of pages right, by site and field: each page read alone, and again with what recurs on its site."""
    scores: dict[str, dict[str, float]] = {}
    for site in SITES:
        rows = [json.loads(line) for line in (samples_folder() / site / "expected.jsonl").read_text().splitlines()]
        rows = [row for row in rows if 1 in row["visits"]]
        opened = [open_with_blocks(page_file(site, row["url"]).read_bytes(), url=row["url"]) for row in rows]
        template = learn_template(opened[:4])
        for way, known in (("alone", None), ("with its site", template)):
            right: dict[str, int] = defaultdict(int)
            for row, page in zip(rows, opened, strict=True):
                got = read_page(page, template=known).article.model_dump(mode="json")
                for field, is_right in marks(row, got).items():
                    right[field] += is_right
            scores[f"{site}, {way}"] = {field: round(n / len(rows), 4) for field, n in sorted(right.items())}
    return scores


def main() -> None:
    measured = measure()
    stored = json.loads(FILE.read_text()) if FILE.exists() else {}
    best = {
        name: {field: max(score, stored.get(name, {}).get(field, 0.0)) for field, score in fields.items()}
        for name, fields in measured.items()
    }
    for name, fields in measured.items():
        print(name, *(f"{field} {score:.2f}" for field, score in fields.items()), sep="  ")
    if "--raise" in sys.argv:
        FILE.write_text(json.dumps(best, indent=1) + "\n")


if __name__ == "__main__":
    main()
