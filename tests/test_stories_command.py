"""`newsloom stories`: show, join, part; and deciding that is killed or done by two at once."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess

import pytest

from tests.conftest import NEWSLOOM

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def texts(count: int, seed: int) -> list[str]:
    """Made-up reports that have no sentence in common."""
    dice = random.Random(seed)
    return [" ".join("".join(dice.choices(SYLLABLES, k=3)) for _ in range(100)) for _ in range(count)]


def write(path, site: str, rows: list[str]) -> None:
    lines = [
        {"url": f"https://{site}.example/{n}", "title": f"Report {n} of {site}", "text": t} for n, t in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.fixture
def two(newsloom, tmp_path):
    """Two copies and another article."""
    one, other = texts(2, 1)
    write(tmp_path / "a.jsonl", "a", [one, other])
    write(tmp_path / "b.jsonl", "b", [one + " more of it"])
    assert newsloom("import", "a.jsonl", "b.jsonl").returncode == 0


def shown(newsloom, url: str) -> dict:
    said = newsloom("stories", "show", url, "--json")
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_show_tells_who_is_in_a_story_and_why(newsloom, two) -> None:
    told = shown(newsloom, "https://a.example/0")
    assert [m["url"] for m in told["articles"]] == ["https://a.example/0", "https://b.example/0"]
    assert "of the shorter text is in the other" in told["articles"][1]["joined"]
    assert "original: https://a.example/0 (" in newsloom("stories", "show", "https://b.example/0").stdout


def test_part_and_join_hold(newsloom, two, tmp_path) -> None:
    assert newsloom("stories", "part", "https://b.example/0").returncode == 0
    assert len(shown(newsloom, "https://a.example/0")["articles"]) == 1
    newsloom("import", "b.jsonl", "a.jsonl")
    assert len(shown(newsloom, "https://a.example/0")["articles"]) == 1
    assert newsloom("stories", "join", "https://a.example/0", "https://b.example/0").returncode == 0
    assert len(shown(newsloom, "https://a.example/0")["articles"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["show", "https://x.example/"], "no such article"), (["join", "https://a.example/0"], "two articles or more")],
)
def test_what_is_not_there_is_one_clear_line(newsloom, two, arguments, said) -> None:
    result = newsloom("stories", *arguments)
    assert result.returncode == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def check(path) -> tuple[int, int, int]:
    """Articles and stories, and rows that belong to nothing."""
    db = sqlite3.connect(path)
    (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    (stories,) = db.execute("SELECT count(*) FROM stories").fetchone()
    (orphans,) = db.execute(
        "SELECT (SELECT count(*) FROM stories WHERE id NOT IN (SELECT story FROM articles))"
        " + (SELECT count(*) FROM stories WHERE original NOT IN (SELECT id FROM articles))"
        " + (SELECT count(*) FROM sketches WHERE seq NOT IN (SELECT seq FROM articles))"
        " + (SELECT count(*) FROM records WHERE type = 'article' AND subject NOT IN (SELECT id FROM articles))"
    ).fetchone()
    db.close()
    return articles, stories, orphans


def test_kills_while_deciding_leave_no_orphan_and_one_story_for_two_copies(newsloom, tmp_path) -> None:
    rows, chance = texts(200, 2), random.Random(3)
    write(tmp_path / "all.jsonl", "a", rows)
    write(tmp_path / "copies.jsonl", "b", [row + " said the mill" for row in rows])
    newsloom("init")
    newsloom("status")  # makes the archive
    for _ in range(4):
        running = subprocess.Popen([NEWSLOOM, "import", "--quiet", "all.jsonl", "copies.jsonl"], cwd=tmp_path)
        try:
            running.wait(timeout=chance.uniform(0.8, 2.5))
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        assert check(tmp_path / "data" / "newsloom.db")[2] == 0
    assert newsloom("import", "all.jsonl", "copies.jsonl").returncode == 0
    assert check(tmp_path / "data" / "newsloom.db") == (400, 200, 0)


def test_two_writers_that_decide_the_same_new_stories_make_one_of_each(newsloom, tmp_path) -> None:
    rows = texts(60, 4)
    write(tmp_path / "one.jsonl", "a", rows)
    write(tmp_path / "two.jsonl", "b", [row + " said the mill" for row in rows])
    newsloom("init")
    newsloom("status")  # makes the archive
    running = [
        subprocess.Popen([NEWSLOOM, "import", "--quiet", name], cwd=tmp_path) for name in ("one.jsonl", "two.jsonl")
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert check(tmp_path / "data" / "newsloom.db") == (120, 60, 0)
