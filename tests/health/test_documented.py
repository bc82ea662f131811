"""Every verdict, piece of evidence, shift and metric stands in docs/operators.md, with what it means and what to do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.health.fields import PLAIN
from crawler.health.metrics import metrics_of
from items.health import OTHER_EVIDENCE, Verdict
from items.run import Run
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from spiders.signs import signs_of
from tests.loopback import news_page

HOUSE = Path(__file__).parent.parent.parent
TEXT = (HOUSE / "docs" / "operators.md").read_text(encoding="utf-8").partition("## Health\n")[2]


def rows() -> dict[str, list[str]]:
    """What the tables say, by each name in their first column."""
    said = {}
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| "):
            for name in re.findall(r"[\w-]+(?: [\w-]+)*", re.sub(r"\{.*?\}", "", cells[0])):
                said.setdefault(name, cells[1:])
    return said


def watched_fields() -> list[str]:
    opened = open_with_blocks(news_page("A mill opens", "It spins cotton yarn for export to many countries.").encode())
    return [*signs_of(opened, read_page(opened).article).fields]


METRICS = {
    *re.findall(r"^# TYPE (\S+)", metrics_of(Run(id=1, started=datetime.now(UTC)), []), re.MULTILINE),
    *(
        name
        for path in (HOUSE / "crawler" / "server").glob("*.py")
        for name in re.findall(r"newsloom_http_[a-z_]+[a-z]", path.read_text(encoding="utf-8"))
    ),
}


@pytest.mark.parametrize("name", [*Verdict, *OTHER_EVIDENCE, *watched_fields()])
def test_what_it_means_and_what_to_do_is_documented(name) -> None:
    means, remedy = rows()[name]
    assert means
    assert remedy


@pytest.mark.parametrize("name", [*PLAIN.values(), *sorted(METRICS)])
def test_what_it_means_is_documented(name) -> None:
    assert rows()[name][0]


def test_there_are_metrics_of_runs_and_of_the_server() -> None:
    assert {"newsloom_site_verdict", "newsloom_http_requests_total"} <= METRICS
