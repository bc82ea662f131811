# ruff: noqa: E501  # pages are written as their sites write them
"""Verdicts and evidence that need more than one sign: moved, new, drift."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.health.drift import Drift, structure_of
from crawler.health.state import SiteState
from crawler.onboarding.fixtures import write_fixtures
from crawler.onboarding.sample import Sample
from items.health import Asked, PageSigns, RunSigns, Verdict
from items.run import Outcome
from items.site import Site
from spiders.discover import Listed
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from spiders.signs import signs_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOME = "https://www.mill.example/"
SITE = Site.model_validate(
    {"id": "mill", "name": {"en": "Mill"}, "languages": ["en"], "zone": "UTC", "home": HOME, "checked": "never",
     "listings": [{"url": HOME, "links": "css:a"}]}
)  # fmt: skip


def page(number: int, *, head: str = "", box: str = "story") -> bytes:
    lines = "".join(
        f"<p>The mill said in line {n} of report {number} that orders for yarn rose again.</p>" for n in range(5)
    )
    return f"""<html><head><title>Report {number} of the mill</title>{head}</head><body><h1>Report {number} of the mill</h1>
<div class="date">2026-02-{1 + number % 27:02} 10:00</div><div class="{box}">{lines}</div></body></html>""".encode()


def signs(number: int, *, listed: str | None = None, url: str | None = None, **form: str) -> PageSigns:
    url = url or f"{HOME}news/{number}"
    opened = open_with_blocks(page(number, **form), url=url)
    return signs_of(opened, read_page(opened, fetched=NOW).article, listed=listed or url)


def run(*pages: PageSigns, news: tuple[str, ...] = (), at: datetime = NOW) -> RunSigns:
    asked = [Asked(url=HOME, kind="listing", outcome=Outcome.READ)]
    asked += [Asked(url=shown.url, kind="article", outcome=Outcome.KEPT) for shown in pages]
    return RunSigns(at=at, pages=list(pages), asked=asked, news=list(news))


def known() -> SiteState:
    state = SiteState()
    for start in range(0, 30, 10):
        state.learn("mill", run(*(signs(n) for n in range(start, start + 10))), rules="1")
    return state


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"url": "https://www.loom.example/news/{n}"},
        {"head": '<link rel="canonical" href="https://www.loom.example/news/{n}">'},
        {"head": '<meta property="og:url" content="https://www.loom.example/news/{n}">'},
    ],
    ids=["redirected", "canonical", "og:url"],
)
def test_a_site_whose_articles_are_at_home_elsewhere_has_moved(elsewhere) -> None:
    state = known()
    shown = []
    for n in range(31, 36):
        form = {name: value.format(n=n) for name, value in elsewhere.items()}
        shown.append(signs(n, listed=f"{HOME}news/{n}", **form))
    said = state.learn("mill", run(*shown), rules="1")
    assert said.verdict is Verdict.MOVED
    assert "at home on loom.example, before on mill.example" in said.evidence[0].says
    assert said.evidence[0].remedy == "newsloom sites add https://loom.example/"


def test_now_and_then_a_page_of_another_site_is_no_move() -> None:
    state = known()
    partner = '<link rel="canonical" href="https://www.partner{n}.example/">'
    for n in range(31, 60):
        head = partner.format(n=n) if n % 4 == 0 else ""
        said = state.learn("mill", run(signs(n, head=head)), rules="1")
    assert said.verdict is not Verdict.MOVED


def test_the_operator_may_say_that_the_new_domain_is_the_same_site() -> None:
    state = known()
    head = '<link rel="canonical" href="https://www.loom.example/x">'
    state.learn("mill", run(*(signs(n, head=head) for n in range(31, 36))), rules="1")
    state.accept("domain")
    assert state.learn("mill", run(signs(36, head=head)), rules="1").verdict is Verdict.HEALTHY


def test_a_site_is_new_before_it_can_be_quiet() -> None:
    state, old = SiteState(), tuple((NOW - timedelta(days=400 + 3 * n)).isoformat() for n in range(8))
    verdicts = [state.learn("mill", run(news=old), rules="1").verdict for _ in range(3)]
    assert verdicts == [Verdict.NEW, Verdict.NEW, Verdict.QUIET]


@pytest.fixture
def fixtures(tmp_path):
    samples = []
    for n in range(3):
        url = f"{HOME}news/{n}"
        opened = open_with_blocks(page(n), url=url)
        samples.append(Sample(url, page(n), "text/html", NOW, Listed(url), opened))
    write_fixtures(tmp_path / "mill", samples, SITE)
    return tmp_path / "mill"


def test_a_field_that_stands_elsewhere_than_on_the_fixtures_is_told_as_drift_and_is_no_trouble(fixtures) -> None:
    state = SiteState()
    for start in range(0, 30, 10):
        state.drift.hold(SITE, fixtures, "1")
        said = state.learn("mill", run(*(signs(n, box="text-block") for n in range(start, start + 10))), rules="1")
    assert said.verdict is Verdict.HEALTHY
    (evidence,) = said.evidence
    assert (evidence.what, evidence.remedy) == ("drift", "newsloom sites rules mill")
    assert "text stands elsewhere than on the fixtures, on 30 pages in a row" in evidence.says
    assert "now div.text-block in body in html, there div.story in body in html" in evidence.says


def test_pages_that_are_built_as_the_fixtures_are_no_drift(fixtures) -> None:
    drift = Drift()
    drift.hold(SITE, fixtures, "1")
    for n in range(10):
        drift.see(signs(n))
    assert drift.evidence("mill") == []


def test_a_single_odd_page_is_no_drift_and_new_fixtures_begin_anew(fixtures) -> None:
    drift = Drift()
    drift.hold(SITE, fixtures, "1")
    for n in range(3):
        drift.see(signs(n, box="odd"))
    assert drift.evidence("mill") == []
    drift.see(signs(4, box="odd"))
    assert drift.evidence("mill")
    (fixtures / "9.html.gz").write_bytes(gzip.compress(page(9, box="odd")))
    about = json.loads((fixtures / "1.json").read_text())
    (fixtures / "9.json").write_text(json.dumps(about))
    drift.hold(SITE, fixtures, "1")
    assert drift.evidence("mill") == []
    assert "div.odd<body<html" in structure_of(SITE, fixtures)["text"]
