"""`newsloom parse`: every field of a page with the rule that filled it, for a person or as JSON."""

import gzip
import json

import pytest

from crawler.samples_server import samples_folder
from tests.loopback import Loopback, news_page

PAGES = samples_folder() / "apparelwire" / "pages" / "news" / "202412"
STORY = (
    "The mill opened on Monday and spins cotton yarn for export to eleven countries. ",
    "It employs two hundred people.",
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(news_page("A mill opens", *STORY, "(Source: Loom Federation)"))
    return path


def test_a_person_sees_each_field_its_rule_and_how_the_text_begins(newsloom, page) -> None:
    said = newsloom("parse", page, "--url", "http://www.loom.example/news/1.html")
    assert said.returncode == 0
    lines = [line.split("  ") for line in said.stdout.splitlines()]
    shown = {line.split()[0]: line for line in said.stdout.splitlines() if line.strip()}
    assert "A mill opens" in shown["title"]
    assert "[h1]" in shown["title"]
    assert "Loom Federation  “(Source: Loom Federation)”" in shown["source"]
    assert shown["source"].endswith("  [closing]")
    assert any("The mill opened on Monday" in part for line in lines for part in line)


def test_json_is_one_record_a_line_in_the_order_given(newsloom, tmp_path) -> None:
    paths = sorted(PAGES.glob("*.html"))[:4]
    packed = tmp_path / "last.html.gz"
    packed.write_bytes(gzip.compress(paths[-1].read_bytes()))
    said = newsloom("parse", "--json", *paths[:-1], packed)
    assert said.returncode == 0
    records = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(records) == 4
    assert [r["type"] for r in records] == ["article"] * 4
    assert records[-1]["title"] == json.loads(newsloom("parse", "--json", paths[-1]).stdout)["title"]


def test_a_page_that_cannot_be_read_is_a_line_of_its_own_and_the_others_are_read(newsloom, page, tmp_path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "broken.html.gz").write_bytes(b"\x1f\x8bnonsense")
    said = newsloom("parse", "--json", "nowhere.html", "empty.html", "broken.html.gz", page)
    assert said.returncode == 2
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["error", "error", "error", "article"]
    assert said.stderr.splitlines()[0] == "nowhere.html: can't be read: No such file or directory"
    assert len(said.stderr.splitlines()) == 3


def test_a_page_is_fetched_from_the_web(newsloom) -> None:
    with Loopback() as web:
        web.html("/news/1", news_page("A mill opens", *STORY))
        said = newsloom("parse", "--json", f"{web.home}news/1", f"{web.home}news/2")
    record, missing = map(json.loads, said.stdout.splitlines())
    assert (record["title"], record["url"]) == ("A mill opens", f"{web.home}news/1")
    assert missing["error"] == "HTTP 404"
    assert said.returncode == 2


def test_a_sites_rules_win_over_the_generic_reading(newsloom, page, tmp_path) -> None:
    newsloom("init")
    (tmp_path / "sites" / "loom.toml").write_text(
        'id = "loom"\nlanguages = ["en"]\nzone = "UTC"\nhome = "http://www.loom.example/"\nchecked = "never"\n'
        '[name]\nen = "Loom"\n[[feeds]]\nurl = "http://www.loom.example/feed"\n'
        '[fields]\ntitle = { select = "css:h1", regex = "A (.*)" }\n'
        'body = { select = "css:.content", drop = ["css:p:last-child"] }\n'
        'source = { select = "css:.content p:last-child" }\n'
    )
    record = json.loads(newsloom("parse", "--json", "--site", "loom", page).stdout)
    assert record["title"] == "mill opens"
    assert record["provenance"]["title"] == "site:h1"
    assert record["text"].splitlines() == [part.strip() for part in STORY]
    assert record["provenance"]["text"] == "site:.content"
    assert record["source"]["name"] == "Loom Federation"
    assert record["provenance"]["source"].startswith("site:")
