"""`newsloom import`: records go in as if crawled, broken lines are named and the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from items.run import Outcome
from items.site import Site
from pipelines import intake
from pipelines.archive import Archive
from pipelines.archive.tables import articles, records
from pipelines.intake import BrokenRecordError, Intake, article_of
from tests import forked
from tests.conftest import NEWSLOOM

TEXT = "The mill in Hechi opened its second cocoon reeling line on Monday and will spin raw silk for export. " * 2


def record(number: int = 1, **said: object) -> dict[str, object]:
    about = {
        "url": f"https://www.loom.example/news/{number}",
        "title": f"Mill {number} opens",
        "text": f"{number}: {TEXT}",
    }
    return about | said


def as_lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def kept(archive: Archive) -> dict[str, dict[str, object]]:
    with archive.reading() as connection:
        lines = connection.execute(select(records.c.line).join_from(articles, records)).scalars()
        return {row["url"]: row for row in map(json.loads, lines)}


@pytest.fixture
def take(archive, tmp_path):
    """Imports bytes and returns what was complained of, beside the counts."""

    def call(content: bytes, sites=None) -> tuple[list[str], dict[Outcome, int]]:
        (tmp_path / "given.jsonl").write_bytes(content)
        said: list[str] = []
        into = Intake(archive, sites or {}, said.append)
        into.take(tmp_path / "given.jsonl", "given.jsonl")
        return said, dict(into.counts)

    return call


def test_url_and_title_are_enough_and_the_site_is_the_host(archive, take) -> None:
    assert take(as_lines(record())) == ([], {Outcome.KEPT: 1})
    (row,) = kept(archive).values()
    assert (row["site"], row["version"], row["original"]) == ("loom.example", 1, True)


def test_a_record_of_a_known_domain_gets_that_sites_id_and_rights(archive, take) -> None:
    feed = {"url": "https://loom.example/feed"}
    mill = {"id": "mill", "name": {"en": "Mill"}, "languages": ["en"], "zone": "UTC", "checked": "never"}
    site = Site.model_validate(mill | {"home": "https://loom.example/", "feeds": [feed], "rights": "excerpt"})
    take(as_lines(record()), {"mill": site})
    (row,) = kept(archive).values()
    assert (row["site"], row["rights"]["policy"]) == ("mill", "excerpt")


def test_the_canonical_address_is_the_url_in_normal_form(archive, take) -> None:
    take(as_lines(record(url="https://www.loom.example/news/1?utm_source=x#top")))
    (row,) = kept(archive).values()
    assert row["canonical_url"] == "https://www.loom.example/news/1"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda b: gzip.compress(b[:90]) + gzip.compress(b[90:])])
def test_plain_and_gzipped_files_are_read_alike(archive, take, pack) -> None:
    assert take(pack(as_lines(*map(record, range(5))))) == ([], {Outcome.KEPT: 5})


def test_the_same_file_again_changes_nothing(archive, take) -> None:
    content = as_lines(*map(record, range(5)))
    take(content)
    assert take(content) == ([], {Outcome.UNCHANGED: 5})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 2000, "is no JSON"),
        (b"[]", "is no JSON object"),
        (b'{"type": "poem"}', "a line of type 'poem' is no article"),
        (b'{"type": ["article"]}', "is no article"),
        (as_lines({"title": "No address"}), "url: is missing"),
        (as_lines(record(title=" ")), "title: "),
        (as_lines(record(url="file:///etc/passwd")), "is no web address"),
        (as_lines(record(colour="red")), "colour: is no key that newsloom knows"),
        (as_lines(record(published="yesterday")), "'yesterday' is no time"),
        (as_lines(record(published="2024-13-41")), "published"),
        (as_lines(record(text=None)), "no text was found"),
    ],
)
def test_a_broken_line_is_named_in_one_line_and_the_others_go_in(archive, take, line, said) -> None:
    complaints, counts = take(as_lines(record(1)) + line.rstrip(b"\n") + b"\n\n" + as_lines(record(2)))
    assert counts == {Outcome.KEPT: 2, Outcome.REJECTED: 1}
    (complaint,) = complaints
    assert complaint.startswith("given.jsonl:2: ")
    assert said in complaint
    assert "\n" not in complaint


def test_a_line_too_long_to_be_an_article_is_passed_over(archive, take, monkeypatch) -> None:
    monkeypatch.setattr(intake, "_LONGEST_LINE", 1000)
    complaints, counts = take(as_lines(record(1), record(2, text="x" * 5000), record(3)))
    assert counts == {Outcome.KEPT: 2, Outcome.REJECTED: 1}
    assert complaints[0].startswith("given.jsonl:2: longer than")


def test_a_gzip_file_cut_short_gives_what_it_holds(archive, take) -> None:
    whole = gzip.compress(as_lines(*map(record, range(50))))
    complaints, counts = take(whole[:-20])
    assert counts[Outcome.KEPT] > 0
    assert len(complaints) == 1
    assert "the gzip file is broken" in complaints[0]


@pytest.mark.parametrize(
    ("said", "at", "precision"),
    [
        ("2024-12-23", "2024-12-23", "day"),
        ("2024-12", "2024-12", "month"),
        ("2024-12-23T10:30:05+08:00", "2024-12-23T10:30:05+08:00", "second"),
        ("2024-12-23 10:30", "2024-12-23T10:30:00", "minute"),
        ("2024-12-23T10:30Z", "2024-12-23T10:30:00+00:00", "minute"),
        ("2024-12-23T10:30-05:00", "2024-12-23T10:30:00-05:00", "minute"),
        (" ", None, None),
    ],
)
def test_a_time_may_be_a_plain_string(said, at, precision) -> None:
    published = article_of(as_lines(record(published=said))).published
    assert (published and (published.at, published.precision)) == (at and (at, precision))


def test_a_source_may_be_a_plain_name() -> None:
    assert article_of(as_lines(record(source="Silk Federation"))).source.name == "Silk Federation"


def test_a_record_as_newsloom_prints_it_goes_in_again(archive, take) -> None:
    take(as_lines(record(source={"name": "Silk Federation"}, published="2024-12-23", tags=["silk"])))
    (printed,) = kept(archive).values()
    assert take(as_lines(printed)) == ([], {Outcome.UNCHANGED: 1})


def test_what_is_no_article_says_why() -> None:
    with pytest.raises(BrokenRecordError, match="no JSON object"):
        article_of(b'"text"')


def test_the_command_counts_and_says_with_two_that_lines_were_refused(newsloom, tmp_path) -> None:
    (tmp_path / "good.jsonl.gz").write_bytes(gzip.compress(as_lines(*map(record, range(3)))))
    said = newsloom("import", "good.jsonl.gz")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "3 new, 0 copies, 0 changed, 0 unchanged, 0 refused\n"
    (tmp_path / "bad.jsonl").write_bytes(b"{\n" + as_lines(record(9)))
    said = newsloom("import", "--quiet", "bad.jsonl", "good.jsonl.gz")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("bad.jsonl:1: is no JSON")


def test_the_command_reads_standard_input(tmp_path) -> None:
    command = [NEWSLOOM, "import", "--json", "-"]
    said = subprocess.run(command, cwd=tmp_path, input=as_lines(record()), capture_output=True, check=True)
    assert json.loads(said.stdout)["kept"] == 1


def test_a_file_that_is_not_there_is_a_users_error(newsloom) -> None:
    said = newsloom("import", "nowhere.jsonl")
    assert (said.returncode, said.stderr) == (1, "newsloom: nowhere.jsonl: is no file\n")


def test_memory_stays_bounded_however_long_the_file(tmp_path) -> None:
    file = tmp_path / "long.jsonl"
    with file.open("wb") as out:
        for number in range(80):
            out.write(as_lines(record(number, text=f"{number} " + "cotton yarn " * 40_000)))
    probe = (
        "import sys; from pathlib import Path; from crawler.cli import main; main(sys.argv[1:]);"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    command = [sys.executable, "-c", probe, "import", "--quiet", str(file)]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert file.stat().st_size > 38_000_000
    assert int(said.stdout) < 130_000, "kilobytes"


def test_two_imports_at_once_put_everything_in(tmp_path) -> None:
    for half in ("one", "two"):
        rows = [record(f"{half}/{n}", text=f"{n}: {TEXT}") for n in range(100)]
        (tmp_path / f"{half}.jsonl").write_bytes(as_lines(*rows))
    Archive(f"sqlite:///{tmp_path}/data/newsloom.db").close()
    running = [
        forked.start(["import", "--quiet", f"{half}.jsonl"], cwd=tmp_path, env=os.environ) for half in ("one", "two")
    ]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0]
    archive = Archive(f"sqlite:///{Path(tmp_path)}/data/newsloom.db")
    with archive.reading() as connection:
        by_story = select(func.count()).select_from(articles).group_by(articles.c.story)
        assert connection.execute(by_story).scalars().all() == [2] * 100
    archive.close()
