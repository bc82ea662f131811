"""`newsloom stories`: show, join, part; and deciding that is killed or done by two at once."""

from __future__ import annotations

import json
import os
import random

import pytest
from sqlalchemy import text

from pipelines.archive import Archive
from tests import forked
from tests.loopback import Loopback, listing_page, news_page, site_file

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


@pytest.fixture
def shared_archive(database, tmp_path) -> str:
    """A new archive, on each database, that `newsloom` in this folder writes to."""
    (tmp_path / "newsloom.toml").write_text(f'database = "{database}"\n')
    Archive(database).close()
    return database


def check(database: str) -> tuple[int, int, int]:
    """Articles and stories, and rows that belong to nothing."""
    archive = Archive(database)
    with archive.reading() as connection:
        row = connection.execute(
            text(
                "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM stories),"
                " (SELECT count(*) FROM stories WHERE id NOT IN (SELECT story FROM articles))"
                " + (SELECT count(*) FROM stories WHERE original NOT IN (SELECT id FROM articles))"
                " + (SELECT count(*) FROM sketches WHERE seq NOT IN (SELECT seq FROM articles))"
                " + (SELECT count(*) FROM records WHERE type = 'article' AND subject NOT IN (SELECT id FROM articles))"
                " + (SELECT count(*) FROM links WHERE kind = 'copy' AND article NOT IN (SELECT id FROM articles))"
            )
        ).one()
    archive.close()
    return tuple(row)


def test_kills_while_deciding_leave_no_orphan_and_one_story_for_two_copies(newsloom, tmp_path, shared_archive) -> None:
    rows, chance = texts(150, 2), random.Random(3)
    write(tmp_path / "all.jsonl", "a", rows)
    write(tmp_path / "copies.jsonl", "b", [row + " said the mill" for row in rows])
    for _ in range(3):
        running = forked.start(["import", "--quiet", "all.jsonl", "copies.jsonl"], cwd=tmp_path, env=os.environ)
        running.join(chance.uniform(0.1, 1.5))
        running.kill()
        running.join()
        assert check(shared_archive)[2] == 0
    assert newsloom("import", "all.jsonl", "copies.jsonl").returncode == 0
    assert check(shared_archive) == (300, 150, 0)


def test_two_writers_that_decide_the_same_new_stories_make_one_of_each(newsloom, tmp_path, shared_archive) -> None:
    rows = texts(60, 4)
    write(tmp_path / "one.jsonl", "a", rows)
    write(tmp_path / "two.jsonl", "b", [row + " said the mill" for row in rows])
    running = [
        forked.start(["import", "--quiet", name], cwd=tmp_path, env=os.environ) for name in ("one.jsonl", "two.jsonl")
    ]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0]
    assert check(shared_archive) == (120, 60, 0)


def groups(newsloom, cwd) -> set[frozenset[str]]:
    """The titles of each story."""
    exported = newsloom("export", cwd=cwd)
    assert exported.returncode == 0, exported.stderr
    found: dict[str, set[str]] = {}
    for line in map(json.loads, exported.stdout.splitlines()):
        if line["type"] == "article":
            found.setdefault(line["story"], set()).add(line["title"])
    return {frozenset(titles) for titles in found.values()}


def test_imported_in_one_go_in_ten_or_crawled_the_stories_are_the_same(newsloom, tmp_path) -> None:
    made: list[tuple[str, list[str]]] = []
    for number, report in enumerate(texts(14, 5)):
        words = report.split()
        lines = [" ".join(words[n : n + 20]).capitalize() + "." for n in range(0, 100, 20)]
        others = (
            lines[:3],
            ["From our man in the trade.", *lines],
            lines[1:],
            [*lines, "More is to follow."],
        )
        made += [(f"Report {number}, form {form}", said) for form, said in enumerate((lines, *others[: number % 5]))]
    random.Random(6).shuffle(made)
    for name in ("one", "ten", "crawled"):
        (tmp_path / name).mkdir()
    rows = [
        json.dumps({"url": f"http://mill.example/news/{n}", "site": "mill", "title": title, "text": "\n".join(said)})
        for n, (title, said) in enumerate(made)
    ]
    (tmp_path / "one" / "all.jsonl").write_text("\n".join(rows))
    assert newsloom("import", "all.jsonl", cwd=tmp_path / "one").returncode == 0
    for part in range(10):
        (tmp_path / "ten" / f"{part}.jsonl").write_text("\n".join(reversed(rows[part::10])))
        assert newsloom("import", f"{part}.jsonl", cwd=tmp_path / "ten").returncode == 0
    with Loopback() as web:
        web.html("/", listing_page(*(f"/news/{n}" for n in range(len(made)))))
        for number, (title, said) in enumerate(made):
            web.html(f"/news/{number}", news_page(title, *said))
        (tmp_path / "crawled" / "sites").mkdir()
        (tmp_path / "crawled" / "sites" / "mill.toml").write_text(site_file("mill", web.home))
        (tmp_path / "crawled" / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
        assert newsloom("crawl", cwd=tmp_path / "crawled").returncode == 0
    expected: dict[str, set[str]] = {}
    for title, _ in made:
        expected.setdefault(title.split(",")[0], set()).add(title)
    wanted = {frozenset(titles) for titles in expected.values()}
    assert groups(newsloom, tmp_path / "one") == wanted
    assert groups(newsloom, tmp_path / "ten") == wanted
    assert groups(newsloom, tmp_path / "crawled") == wanted
