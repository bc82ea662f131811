"""Site files: what one may say, and the one clear line for what it can't mean."""

from pathlib import Path

import pytest

from items.errors import SiteFileError
from items.site import load_site, load_sites
from spiders import BUNDLED_SITES

GOOD = """
id = "mill"
languages = ["en"]
zone = "Europe/London"
home = "https://www.mill.example/"
articles = '/news/\\d+$'
checked = "never"
[name]
en = "The Mill"
[[listings]]
url = "https://www.mill.example/news/"
item = "css:li"
links = "css:a"
date = "xpath:.//time"
[fields]
title = "css:h1::text"
body = { select = "css:div.text", drop = ["css:.advert"] }
source = { select = "css:.meta", regex = "Source: (.+)" }
"""


@pytest.fixture
def load(tmp_path):
    def write_and_load(text: str, name: str = "mill.toml"):
        (tmp_path / name).write_text(text)
        return load_site(tmp_path / name)

    return write_and_load


def test_a_good_file_is_read(load) -> None:
    site = load(GOOD)
    assert (site.id, site.title, site.domain) == ("mill", "The Mill", "mill.example")
    assert site.fields["title"].select == "css:h1::text"
    assert site.is_article("https://www.mill.example/news/12")
    assert not site.is_article("https://www.mill.example/about")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "mill"', 'id = "The Mill"', "id: 'The Mill' is no id"),
        ('languages = ["en"]', "", "languages: is missing"),
        ('"Europe/London"', '"Mars/Olympus"', "zone: 'Mars/Olympus' is no time zone"),
        ('home = "https://', 'home = "file://', "home: 'file://www.mill.example/' is no web address"),
        (
            'home = "https://www.mill.example/"',
            'home = "www.mill.example"',
            "home: 'www.mill.example' is no web address",
        ),
        ("'/news/\\d+$'", "'/news/(\\d+$'", "is no regular expression"),
        ('links = "css:a"', 'links = "a"', "is no rule: write"),
        ('links = "css:a"', 'links = "css:a["', "can't be read as CSS"),
        ('"xpath:.//time"', '"xpath:.//time["', "can't be read as XPATH"),
        ('item = "css:li"', "", "`date` needs `item`"),
        ('checked = "never"', 'checked = "never"\ncolour = "red"', "colour: is no key that newsloom knows"),
        ('checked = "never"', 'checked = "never"\ncharset = "klingon"', "charset: 'klingon' is no encoding"),
        ('checked = "never"', 'checked = "never"\nrights = "all"', "rights"),
        ("[[listings]]", "[[lists]]", "lists"),
        ('checked = "never"', "checked = never", "is no TOML"),
        ("[fields]", "[fields]\ncolour = 'css:b'", "fields.colour"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_file_key_and_remedy(load, tmp_path, before, after, said) -> None:
    assert before in GOOD
    with pytest.raises(SiteFileError) as caught:
        load(GOOD.replace(before, after, 1))
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "mill.toml"))
    assert "\n" not in str(caught.value).strip()


def test_a_site_that_nothing_leads_to_is_refused(load) -> None:
    head, _, rest = GOOD.partition("[[listings]]")
    with pytest.raises(SiteFileError, match="nothing leads to its articles"):
        load(head + "[fields]" + rest.partition("[fields]")[2])


def test_a_binary_file_is_one_line(tmp_path) -> None:
    (tmp_path / "mill.toml").write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(SiteFileError, match="is not UTF-8"):
        load_site(tmp_path / "mill.toml")


def test_a_wrong_file_leaves_the_other_sites(tmp_path) -> None:
    (tmp_path / "mill.toml").write_text(GOOD)
    (tmp_path / "other.toml").write_text("id = ")
    (tmp_path / "name.toml").write_text(GOOD)
    sites, errors = load_sites([tmp_path])
    assert list(sites) == ["mill"]
    assert [str(e).split(": ")[0] for e in errors] == [str(tmp_path / "name.toml"), str(tmp_path / "other.toml")]


def test_the_operators_file_wins_over_the_bundled_one(tmp_path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "mill.toml").write_text(GOOD)
    (own / "mill.toml").write_text(GOOD.replace("The Mill", "My Mill"))
    sites, _ = load_sites([tmp_path, own])
    assert sites["mill"].title == "My Mill"


def test_a_broken_file_of_the_operator_hides_the_bundled_one(tmp_path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "mill.toml").write_text(GOOD)
    (own / "mill.toml").write_text("id = ")
    sites, errors = load_sites([tmp_path, own])
    assert (sites, len(errors)) == ({}, 1)


@pytest.mark.parametrize("path", sorted(BUNDLED_SITES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_bundled_site_file_is_good(path: Path) -> None:
    assert load_site(path).id == path.stem
