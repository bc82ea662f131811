"""Code of a site's own: it makes the page that the rules are for, where what comes is none."""

import json

import pytest

from tests.loopback import Loopback, news_page, site_file

STORY = "The mill opened on Monday and spins cotton yarn for export to eleven countries. It employs two hundred people."
RECORDS = "".join(
    f'<record><![CDATA[<li><a href="/news/{n}.html">Mill {n} opens</a></li>]]></record>' for n in range(3)
)
JPAGE = f"<datastore><totalrecord>3</totalrecord><recordset>{RECORDS}</recordset></datastore>"


@pytest.fixture
def web():
    with Loopback() as server:
        for n in range(3):
            server.html(f"/news/{n}.html", news_page(f"Mill number {n} opens its doors", f"{STORY} That is mill {n}."))
        yield server


@pytest.fixture
def crawl(newsloom, tmp_path, web):
    def run(spider: str, **code: str):
        (tmp_path / "sites").mkdir(exist_ok=True)
        for name, text in code.items():
            (tmp_path / "sites" / f"{name}.py").write_text(text)
        (tmp_path / "sites" / "mill.toml").write_text(f'spider = "{spider}"\n' + site_file("mill", web.home, "list"))
        (tmp_path / "sites" / "loom.toml").write_text(site_file("loom", web.home, "other"))
        (tmp_path / "newsloom.toml").write_text('[crawl]\nretries = 0\nonly = ["loom", "mill"]\n')
        web.html("/other", '<ul><li><a href="/news/0.html">Mill number 0</a></li></ul>')
        return newsloom("crawl", "mill", "--json")

    return run


def test_a_list_of_jpage_is_read_with_the_code_that_newsloom_ships(web, crawl) -> None:
    web.html("/list", JPAGE, content_type="text/xml; charset=utf-8")
    (site,) = json.loads(crawl("jpage:Lists").stdout)["run"]["sites"]
    assert site["outcomes"] == {"kept": 3}


def test_an_operators_own_code_reads_articles_that_come_as_data(web, crawl) -> None:
    web.html("/list", "".join(f'<li><a href="/news/{n}.json">{n}</a></li>' for n in range(2)))
    for n in range(2):
        about = json.dumps({"headline": f"Mill number {n} opens its doors", "text": f"{STORY} That is mill {n}."})
        web.html(f"/news/{n}.json", about, content_type="application/json")
    code = """
import json
class Pages:
    def page(self, body, url):
        if not url.endswith(".json"):
            return body
        said = json.loads(body)
        return f"<html><body><h1>{said['headline']}</h1><p>{said['text']}</p></body></html>".encode()
"""
    (site,) = json.loads(crawl("data:Pages", data=code).stdout)["run"]["sites"]
    assert site["outcomes"] == {"kept": 2}


def test_a_page_that_the_code_fails_on_is_one_line(web, crawl) -> None:
    web.html("/list", "".join(f'<li><a href="/news/{n}.html">{n}</a></li>' for n in range(3)))
    code = "class P:\n    def page(self, body, url):\n        return body if '1.html' not in url else 1 / 0\n"
    (site,) = json.loads(crawl("own:P", own=code).stdout)["run"]["sites"]
    assert site["outcomes"] == {"kept": 2, "failed": 1}
    (line,) = site["trouble"]
    assert "own:P failed on" in line
    assert "ZeroDivisionError" in line


@pytest.mark.parametrize(
    ("spider", "code", "says"),
    [
        ("gone:P", "", "there is no"),
        ("own:P", "class Q: ...", "has no class P"),
        ("own:P", "class P: ...", "has no method page(body, url)"),
        ("own:P", "import no_such_thing", "can't be loaded: ModuleNotFoundError"),
        ("own:P", "raise SystemExit", "can't be loaded: SystemExit"),
        ("../own:P", "", "spider: "),
        ("os:path", "", "spider: "),
    ],
)
def test_code_that_cant_be_loaded_is_one_line_and_the_other_sites_are_there(tmp_path, spider, code, says) -> None:
    from items.site import load_sites
    from spiders.made import without_broken

    (tmp_path / "own.py").write_text(code)
    (tmp_path / "mill.toml").write_text(f'spider = "{spider}"\n' + site_file("mill", "http://www.mill.example/"))
    (tmp_path / "loom.toml").write_text(site_file("loom", "http://www.loom.example/"))
    sites, errors = without_broken(*load_sites([tmp_path]))
    assert [*sites] == ["loom"]
    (error,) = errors
    assert str(error).startswith(f"{tmp_path / 'mill.toml'}: spider: ")
    assert says in str(error)
    assert "\n" not in str(error)
