"""Site files: what one may say, and the one clear line for what it can't mean."""

import random
from datetime import date
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


FULL = """
id = "mill"
organisation = "The Mill Owners"
country = "GB"
languages = ["en", "zh-Hant"]
zone = "Europe/London"
home = "https://www.mill.example/"
articles = '/news/\\d+$'
follow_related = 1
charset = "utf-8"
recheck = [1, 24]
rights = "excerpt"
topics = ["yarn"]
checked = "never"
[name]
en = "The Mill"
[[feeds]]
url = "https://www.mill.example/feed/"
page = "https://www.mill.example/feed/?paged={n}"
[[sitemaps]]
url = "https://www.mill.example/sitemap.xml"
only = "post"
most = 50
[[listings]]
url = "https://www.mill.example/news/"
item = "css:li"
links = "css:a"
date = "xpath:.//time"
page = "https://www.mill.example/news/{n}"
page_from = 1
pages = 5
[fields]
title = "css:h1::text"
body = { select = "css:div.text", drop = ["css:.advert"] }
source = { select = "css:.meta", regex = "Source: (.+)" }
[politeness]
delay = 2
[[layouts]]
until = 2019-12-31
fields = { title = "css:h2" }
[[layouts]]
since = 2020-01-01
until = 2022-06-30
charset = "gbk"
fields = { title = "css:h3" }
"""

WRONG = (
    *(
        '"css:a["',
        '"css:a:hover(2"',
        '"css:>"',
        '"xpath://a["',
        '"xpath://a[nothing()]"',
        '"xpath:x:a"',
        '"a.b"',
        '"css:"',
    ),
    *(
        '"Mars/Olympus"',
        '"Europe"',
        '""',
        '"../../etc/passwd"',
        "17",
        "-1",
        "true",
        "[]",
        "{}",
        "1979-05-27",
        "3.5",
        "inf",
    ),
    *('"http://["', '"ftp://x.example/"', '"//x.example"', '"http://x.example:99999999/"', "'('", "'a{99999999999}'"),
    *(
        '["x", 3]',
        "[[]]",
        '"\\u0000"',
        "nan",
        '"http:// x"',
        "2019-02-30",
        "{ select = 3 }",
        '{ regex = "(" }',
        '"klingon"',
    ),
)


def mutated(chance: random.Random) -> str:
    """A site file with one line gone, doubled, broken off or saying something else."""
    lines = FULL.strip().splitlines()
    at = chance.randrange(len(lines))
    key, _, value = lines[at].partition(" = ")
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = lines[at][: chance.randrange(len(lines[at]))]
        case 3:
            lines[at] = f"{key}s = {value}" if value else f"{key}\ncolour = 1"
        case _:
            lines[at] = f"{key} = {chance.choice(WRONG)}"
    return "\n".join(lines)


def test_two_hundred_mutated_files_are_one_clear_line_each_and_the_others_are_read(tmp_path) -> None:
    chance, wrong = random.Random(4), 0
    (tmp_path / "good.toml").write_text(GOOD.replace('id = "mill"', 'id = "good"'))
    while wrong < 200:
        (tmp_path / "mill.toml").write_text(mutated(chance))
        sites, errors = load_sites([tmp_path])
        assert "good" in sites
        assert len(errors) == 1 - ("mill" in sites)
        wrong += len(errors)
        for line in map(str, errors):
            assert line.startswith(f"{tmp_path / 'mill.toml'}: ")
            assert "\n" not in line
            assert 20 < len(line.removeprefix(str(tmp_path))) < 300
            assert not any(word in line for word in ("Traceback", "Input should", "Value error", "object at 0x"))


def test_each_layout_is_used_on_the_days_in_which_it_holds(load) -> None:
    site = load(FULL)
    titles = {
        day: site.on(day).fields["title"].select for day in (date(2015, 1, 1), date(2021, 1, 1), date(2024, 1, 1))
    }
    assert [*titles.values()] == ["css:h2", "css:h3", "css:h1::text"]
    assert site.on(date(2021, 1, 1)).charset == "gbk"
    assert site.on(None) is site


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("until = 2019-12-31", "", "layouts.0.until: is missing"),
        ("until = 2019-12-31", "until = 2020-03-01", "two layouts hold on 2020-01-01"),
        ("until = 2022-06-30", "until = 2019-06-30", "it ends on 2019-06-30, before it begins on 2020-01-01"),
        ("pages = 5", "pages = 0", "listings.0.pages: must not be less than 1"),
        ("pages = 5", "next = 'css:a'", "`next` and `page` both say how to go on"),
        ("/news/{n}", "/news/", "write {n} where the number of the page stands"),
        ("recheck = [1, 24]", "recheck = [24, 1]", "recheck: write hours that grow"),
        ("zh-Hant", "Chinese!", "'Chinese!' is no language"),
        ('country = "GB"', 'country = "Britain"', "'Britain' is no country"),
        ("only = ", "only = 3 #", 'sitemaps.0.only: must be text: "…"'),
        ("most = 50", 'most = "many"', "sitemaps.0.most: must be a whole number"),
        ("delay = 2", "delay = 'long'", "politeness.delay: must be a number"),
        ('rights = "excerpt"', 'rights = "all"', "rights: must be 'full', 'excerpt' or 'link'"),
    ],
)
def test_what_a_full_file_cannot_mean_is_said(load, before, after, said) -> None:
    assert before in FULL
    with pytest.raises(SiteFileError) as caught:
        load(FULL.replace(before, after, 1))
    assert said in str(caught.value)
