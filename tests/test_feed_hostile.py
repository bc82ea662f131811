"""Ten thousand hostile strings, in every field of an article: every feed stays valid, and nothing in it runs."""

import json
import random

import pytest
from lxml import etree, html

from items.article import Article
from pipelines.archive import Archive
from pipelines.archive.articles import keep
from tests.feed_kit import faults_of, feeds_of, publish_into

ARTICLES = 450
TRAPS = [
    *"\x00\x08\x0b\x1f\x7f\x85\x9f\u200e\u202e\u2066\ufeff\ufffd\ufffe\uffff\ufdd0\u2028<>&\"'`",
    *("]]>", "<![CDATA[", "-->", "<!--", "<?xml ?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#x1F;"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "&amp;lt;"),
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "JaVaScRiPt\t:alert(1)"),
    *("</title>", "</item>", "</channel>", "</feed>", "<b>", "</b>", "<table><a><table><a>", "<p><h4><p>"),
    *("\ud83e\uddf5", "纺织", "نسيج", "שלום", "e\u0301", "\U0001f469\u200d\U0001f3ed", "%zz", "http://["),
    *("&copy", "&nbsp;", "AT&T", "a&1", "</scr</script>ipt>", "<a href='javascript:x()'>y</a>", "\r\n", "\t"),
    *("<iframe src='//e.example'>", "<math><style>", "//x", "../..", "\\", "{{x}}"),
]
LINKS = ["javascript:x()", "data:text/html,x", "http://e.example/ä ö?a=[1]|2#\u202e", "http://[::1", "//e.example", "x"]


def hostile(seeded: random.Random) -> str:
    """Traps, letters and any characters, some at a time; lone surrogates too, as a broken page may give them."""
    made = [seeded.choice(TRAPS) for _ in range(seeded.randint(1, 6))]
    made += [
        chr(seeded.choice([seeded.randrange(0x250), seeded.randrange(0xD7FF), seeded.randrange(0xE000, 0x10FFFF)]))
    ]
    seeded.shuffle(made)
    return "".join(made)


def hostile_article(number: int, seeded: random.Random) -> Article:
    """An article with some two dozen hostile strings in it."""

    def words() -> str:
        return hostile(seeded)

    def link() -> str:
        return seeded.choice([*LINKS, f"http://e.example/{words()}"])

    own = " ".join(f"{seeded.getrandbits(40):x}" for _ in range(40))  # or articles of the same traps were copies
    return Article.model_validate(
        {
            "site": "loomsite",
            "url": f"http://mill{number}.example/{words()}",
            "title": f"{number}{words()}",
            "text": f"{words()}\n{own}\n{words()}",
            "html": f"<p onclick='x()'>{words()}<a href='{link()}'>{words()}</a><img src='{link()}' alt='{words()}'>",
            "summary": words(),
            "source": {"name": f"x{words()}", "url": link(), "raw": words()},
            "authors": [words(), words()],
            "editors": [words()],
            "tags": [words(), words()],
            "language": seeded.choice(["en", "zh-Hant", "ar", "xx", "e", "../en", words() or None]),
            "related": [{"title": f"x{words()}", "url": link(), "category": words()} for _ in range(2)],
            "images": [{"url": f"x{link()}", "caption": words(), "credit": words()}, {"url": "http://e.example/i.jpg"}],
        }
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    seeded = random.Random(20261125)
    place = tmp_path_factory.mktemp("hostile")
    archive = Archive(f"sqlite:///{place}/archive.db")
    with archive.writing() as connection:
        for number in range(ARTICLES):
            keep(connection, hostile_article(number, seeded))
    assert publish_into(place / "public", archive, entries=200).trouble == []
    archive.close()
    return place / "public"


def test_every_feed_is_valid(folder) -> None:
    assert faults_of(folder) == []


def test_nothing_in_any_feed_runs_or_leads_anywhere_but_to_the_web(folder) -> None:
    seen = set()
    for path, document in feeds_of(folder).items():
        if path.endswith(".json"):
            seen |= {item["content_html"] for item in json.loads(document)["items"]}
        else:
            for element in etree.fromstring(document).iter():
                links = {str(v) for k, v in element.attrib.items() if k in ("href", "url", "src", "xmlUrl", "htmlUrl")}
                assert all(link.startswith(("http://", "https://")) for link in links)
    assert len(seen) == ARTICLES
    for content in seen:
        for element in html.fragment_fromstring(content, create_parent="div").iter():
            assert element.tag not in ("script", "style", "iframe", "object", "svg", "math", "form", "input", "link")
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            links = {element.get(name, "http://") for name in ("href", "src")}
            assert all(link.startswith(("http://", "https://")) for link in links)
