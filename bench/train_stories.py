"""Learn the weights by which `pipelines/stories/` tells copies from look-alikes.

usage: python -m bench.train_stories RECORDS.jsonl[.gz]... [--seed N] [--write]

RECORDS are any real articles (`title`, `text`), Chinese and English: what `newsloom export` prints will do. The script
makes of them the copies and look-alikes of `bench/syndicate.py` and the serial reports of `bench/templates.py`, lays
them beside each other in pairs, and learns small decision trees. Printed are figures on articles that it did not learn
from; `--write` learns from all of them and writes `pipelines/stories/weights.json`. Needs lightgbm and numpy, which
newsloom itself does not.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import lightgbm
import numpy as np

from bench.syndicate import Item, Syndicate
from bench.templates import siblings
from pipelines.stories import judge
from pipelines.stories.compare import Text, compare

WEIGHTS = Path(judge.__file__).with_name("weights.json")
TREES = {
    "objective": "binary",
    "num_leaves": 12,
    "learning_rate": 0.1,
    "lambda_l2": 5,
    "min_data_in_leaf": 40,
    "verbose": -1,
}
DICE = {"bagging_fraction": 0.8, "bagging_freq": 1, "feature_fraction": 0.5, "num_threads": 1}
ROUNDS = 160
FIRST_DAY = date(2024, 1, 1)
SERIES = 60
COLUMNS: list[str] = []
"""Names of the numbers in a row."""


def main() -> None:
    flags = [a for a in sys.argv[1:] if a.startswith("--")]
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in flags else 1
    files = [a for k, a in enumerate(sys.argv[1:]) if not a.startswith("--") and sys.argv[k] != "--seed"]
    items = [item for file in files for item in read(Path(file))]
    random.Random(seed).shuffle(items)
    kept_back, learned = items[: len(items) // 5], items[len(items) // 5 :]
    print(f"{len(items)} articles, {len(kept_back)} of them kept back")
    test = pairs_of(kept_back, seed + 1)
    train = pairs_of(learned, seed)
    report(learn(train), test)
    if "--write" in flags:
        model = learn((np.vstack([train[0], test[0]]), np.concatenate([train[1], test[1]]), train[2] + test[2]))
        WEIGHTS.write_text(json.dumps(trees_of(model), separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {WEIGHTS}")


def read(path: Path) -> list[Item]:
    """The articles of a file that are long enough to make others of."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Item(r["title"], r["text"], 0, len(re.findall(r"[\u4e00-\u9fff]", r["text"])) * 2 > len(r["text"]))
        for r in rows
        if len(r.get("text") or "") > 150
    ]


def pairs_of(items: list[Item], seed: int) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Rows of pairs, whether each is of one story, and what each is."""
    maker, dice = Syndicate(items, seed), random.Random(seed)
    found: list[tuple[dict[str, float], bool, str]] = []

    def add(one: Item, other: Item, *, same: bool, kind: str) -> None:
        row = compare(as_text(one), as_text(other)).row
        if row["contained"] > 0.05:  # what shares less is never compared
            found.append((row, same, kind))

    for item in items:
        copies = [maker.copy(item) for _ in range(4)]
        others = [maker.look_alike(dice.choice([item, item, *copies])) for _ in range(5)]
        told = [item, *copies]
        for k, one in enumerate(told):
            for other in told[k + 1 :]:
                add(one, other, same=True, kind="copy")
            for other in others:
                add(one, other, same=False, kind="look-alike")
        add(others[0], others[1], same=False, kind="look-alike")
        add(others[2], maker.copy(others[2]), same=True, kind="copy of a look-alike")
    for number in range(SERIES):
        rows = [Item(*row, chinese=number % 2 == 0) for row in siblings(number % 2 == 0, 6, dice)]
        for k, one in enumerate(rows):
            copy = maker.copy(one)
            add(one, copy, same=True, kind="copy of a serial")
            for other in rows[k + 1 :]:
                add(dice.choice([one, copy]), other, same=False, kind="serial")
    COLUMNS[:] = list(found[0][0])
    return (
        np.array([list(r.values()) for r, _, _ in found]),
        np.array([s for _, s, _ in found], dtype=float),
        [k for _, _, k in found],
    )


def as_text(item: Item) -> Text:
    return Text(item.title, item.text, FIRST_DAY + timedelta(item.day))


def learn(pairs: tuple[np.ndarray, np.ndarray, list[str]]) -> lightgbm.Booster:
    rows, same, _ = pairs
    # Articles whose day is not known must be judged too: the days of a part of the pairs are hidden.
    hidden = np.random.default_rng(1).random(len(rows)) < 0.15
    rows = rows.copy()
    rows[hidden, COLUMNS.index("gap_days")] = 0.0
    rows[hidden, COLUMNS.index("gap_known")] = 0.0
    return lightgbm.train(TREES | DICE, lightgbm.Dataset(rows, same, feature_name=COLUMNS), ROUNDS)


def report(model: lightgbm.Booster, pairs: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    rows, same, kinds = pairs
    said = model.predict(rows)
    for bound in (0.5, 0.8, 0.9, 0.95):
        taken = said >= bound
        precision, recall = same[taken].mean(), taken[same > 0].mean()
        print(f"at {bound}: precision {precision:.4f} recall {recall:.4f} false {taken[same == 0].mean():.4f}")
    wrong: dict[str, list[float]] = defaultdict(list)
    for certainty, right, kind in zip(said, same, kinds, strict=True):
        wrong[kind].append(float((certainty >= 0.9) != right))
    print({kind: round(sum(w) / len(w), 4) for kind, w in wrong.items()}, "wrong at 0.9")
    gains = sorted(zip(model.feature_importance("gain"), COLUMNS, strict=True), reverse=True)
    print([f"{name} {gain:.0f}" for gain, name in gains[:20]])


def trees_of(model: lightgbm.Booster) -> list[object]:
    """The trees as nested lists: [column, threshold, at most, above], or a leaf's number."""

    def node(tree: dict[str, object]) -> object:
        if "leaf_value" in tree:
            return round(float(tree["leaf_value"]), 4)  # type: ignore[arg-type]
        at = float(f"{tree['threshold']:.5g}")
        return [COLUMNS[tree["split_feature"]], at, node(tree["left_child"]), node(tree["right_child"])]  # type: ignore[arg-type]

    return [node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


if __name__ == "__main__":
    main()
