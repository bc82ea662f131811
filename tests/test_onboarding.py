"""From a URL to rules: sites in many layouts, on loopback, are read right without a word from anybody."""

import asyncio
import json
import re
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.fetch.once import Fetched
from crawler.onboarding.addresses import pattern_of
from crawler.onboarding.explore import UnexplorableError
from crawler.onboarding.fixtures import read_fixtures
from crawler.onboarding.proposal import propose
from crawler.onboarding.rules import relaid
from crawler.onboarding.toml import site_toml
from items.site import FieldRule, Site, load_site
from spiders.parsing.article import read_page
from spiders.parsing.opened import open_with_blocks
from tests.bare_layouts import BARE
from tests.layouts import LAYOUTS, build
from tests.loopback import Loopback, news_page


async def fetch(url: str) -> Fetched:
    """A page over real HTTP; the command's own way of fetching is tried by the tests that call the command."""

    def ask() -> Fetched:
        try:
            with urllib.request.urlopen(url) as answer:
                return Fetched(url, answer.url, answer.read(), answer.headers.get("Content-Type"))
        except urllib.error.HTTPError as error:
            return Fetched(url, url, fault=f"HTTP {error.code}")

    return await asyncio.to_thread(ask)


@pytest.fixture
def web():
    with Loopback() as server:
        yield server


def read(page: tuple[int, dict[str, str], bytes], url: str, site: Site, template=None) -> dict[str, object]:
    opened = open_with_blocks(page[2], url=url, content_type=page[1]["Content-Type"], encoding=site.charset)
    article = read_page(opened, site=site, template=template, fetched=datetime.now(UTC)).article
    return {
        "url": url,
        "title": article.title,
        "at": article.published.at[:10] if article.published else None,
        "source": article.source.name if article.source else None,
        "text": article.text,
        "related": [(link.title, link.url) for link in article.related],
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_site_is_learned_so_that_every_article_of_it_is_read_right(web, tmp_path, layout) -> None:
    pages, expected = build(layout, web.home)
    web.pages.update(pages)
    proposal = asyncio.run(propose(web.home, fetch))
    file, fixtures = proposal.write(tmp_path)
    site = load_site(file)
    assert fixtures == 6
    assert [line for line in proposal.unsure if not line.startswith("zone")] == []
    for wanted in expected:
        url = str(wanted["url"])
        assert site.is_article(url)
        found = read(pages[url.removeprefix(web.home.rstrip("/"))], url, site, proposal.learned.template)
        assert found == wanted | {"at": str(wanted["at"])[:10]}
    assert not any(fixture.faults(site) for fixture in read_fixtures(tmp_path / site.id))


@pytest.mark.parametrize("layout", BARE)
def test_a_field_that_is_learned_wrong_is_called_unsure(web, layout) -> None:
    """Pages without containers, with other days about: those that can't be learned whole say so."""
    pages, expected = build(layout, web.home, BARE)
    web.pages.update(pages)
    proposal = asyncio.run(propose(web.home, fetch))
    doubted = {line.partition(":")[0] for line in proposal.unsure}
    wrong = set()
    for wanted in expected:
        url = str(wanted["url"])
        found = read(pages[url.removeprefix(web.home.rstrip("/"))], url, proposal.site, proposal.learned.template)
        is_wrong = {name for name in found if found[name] != (str(wanted[name])[:10] if name == "at" else wanted[name])}
        wrong |= {"published" if name == "at" else name for name in is_wrong}
    assert wrong <= doubted
    assert doubted - {"zone"} <= {"text", "related"}
    assert layout in ("one cell", "front page") or not doubted - {"zone"}


@pytest.mark.parametrize("layout", ["trs", "tables", "next"])
def test_a_listings_pages_are_found_to_the_last(web, tmp_path, layout) -> None:
    from spiders.discover import links_of_listing, next_page_of
    from spiders.parsing.page import open_page

    pages, expected = build(layout, web.home)
    web.pages.update(pages)
    (listing,) = asyncio.run(propose(web.home, fetch)).site.listings
    found, url, number = [], listing.url, 0
    while url:
        number += 1
        _, headers, body = pages[url.removeprefix(web.home.rstrip("/"))]
        page = open_page(body, url=url, content_type=headers["Content-Type"])
        links = links_of_listing(page, listing)
        found += links
        url = next_page_of(page, listing, number)
    assert [link.url for link in found] == [wanted["url"] for wanted in expected]
    assert all(re.search(r"\d{4}-\d\d-\d\d", link.date or "") for link in found)


def test_a_pager_that_a_script_writes_is_understood(web) -> None:
    pages, _ = build("trs", web.home)
    web.pages.update(pages)
    _, headers, body = pages["/xwzx/hyxw/"]
    script = b'<script>createPageHTML(2, 0, "index", "html");</script></div>'
    written = re.sub(rb"<a [^>]*class=.next.>.*?</a>", b"", body).replace(b"</div></body>", script + b"</body>")
    web.pages["/xwzx/hyxw/"] = (200, headers, written)
    (listing,) = asyncio.run(propose(web.home, fetch)).site.listings
    assert (listing.page, listing.page_from) == (f"{web.home}xwzx/hyxw/index_{{n}}.html", 1)


def test_a_day_that_another_could_be_taken_for_is_not_called_sure(web) -> None:
    """No list says when; two days stand on each page, and nothing tells which is meant."""
    for n in range(6):
        words = "".join(f"<p>The mill with the number {n} said in line {k} that it spins yarn.</p>" for k in range(5))
        days = f"<p>{3 + n} March 2026</p><p>{20 - n} February 2026</p>"
        web.html(
            f"/news/{n}.html", f"<html><body><h1>The great mill {n} opens its doors</h1>{days}{words}</body></html>"
        )
    links = "".join(f'<li><a href="/news/{n}.html">The great mill {n} opens its doors</a></li>' for n in range(6))
    web.html("/", f"<html><body><ul>{links}</ul></body></html>")
    proposal = asyncio.run(propose(web.home, fetch))
    assert "published: right on 0 of 6 samples" in proposal.unsure


def test_what_is_no_news_site_is_one_line(web) -> None:
    web.html("/", "<html><body><h1>Under construction</h1><a href='/about'>About us</a></body></html>")
    with pytest.raises(UnexplorableError, match="no page with a list of articles was found"):
        asyncio.run(propose(web.home, fetch))


def test_a_site_that_credits_nobody_ends_with_what_is_unsure(web) -> None:
    for number in range(4):
        words = f"The mill with the number {number} opened on Monday and spins cotton yarn for export. " * 3
        web.html(f"/news/{number}.html", news_page(f"The great mill {number} opens its doors", words))
    links = "".join(f'<li><a href="/news/{n}.html">The great mill {n} opens its doors</a></li>' for n in range(4))
    web.html("/", f"<html><body><ul>{links}</ul></body></html>")
    proposal = asyncio.run(propose(web.home, fetch))
    assert "source: right on 0 of 4 samples" in proposal.unsure


@pytest.mark.parametrize(
    ("articles", "others", "pattern"),
    [
        (["/a/202411/t20241101_17.html", "/a/202410/t20241001_3.html"], [], r"/a/\d+/t\d+_\d+\.html?$"),
        (["/News/View.asp?id=3", "/News/View.asp?id=44"], [], r"/News/View\.asp\?(?:.*&)?id=\d+"),
        (["/2024/11/a-mill-opens/", "/2024/10/b-mill-shuts/"], [], r"/\d+/\d+/[^/?#]+/$"),
        (["/a-mill-opens/", "/b-mill-shuts/"], ["/contact/"], r"^https?://[^/]+/[^/?#-]+(?:-[^/?#-]+){2,}/$"),
        (["/news/yarn/1.html", "/news/silk/2.html", "/news/wool/3.html"], [], r"/news/[^/]+/\d+\.html?$"),
        (["/x/12-a-mill-opens", "/x/7-b-mill-shuts"], [], r"/x/\d+-[^/?#]+$"),
    ],
)
def test_a_pattern_is_learned_from_addresses(articles, others, pattern) -> None:
    home = "http://www.mill.example"
    assert pattern_of([home + path for path in articles], [home + path for path in others]) == pattern


def test_a_feeds_pattern_finds_in_every_address_or_is_none() -> None:
    home = "http://www.mill.example"
    feed = [*(f"{home}/news/new-mill-opens-{n}00/" for n in range(9)), f"{home}/de/presse/neue-weberei-eröffnet/"]
    assert pattern_of(feed, every=True) == "(?:/news/[^/?#]+-\\d+/$)|(?:/de/presse/[^/?#]+/$)"
    assert pattern_of([*feed, f"{home}/x"], [f"{home}/y"], every=True) is not None
    assert pattern_of([*feed, f"{home}/x/1"], [f"{home}/x/2"], every=True) is None


def test_a_site_file_is_written_as_it_is_read(tmp_path) -> None:
    from tests.test_site_files import FULL

    (tmp_path / "mill.toml").write_text(FULL)
    site = load_site(tmp_path / "mill.toml")
    (tmp_path / "mill.toml").write_text(site_toml(site))
    assert load_site(tmp_path / "mill.toml") == site


def test_the_rules_of_before_become_a_layout_that_ended_yesterday(tmp_path) -> None:
    from tests.test_site_files import GOOD

    (tmp_path / "mill.toml").write_text(GOOD)
    site = load_site(tmp_path / "mill.toml")
    new = relaid(site, {"title": FieldRule(select="css:h2")}, datetime.now(UTC).date())
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert new.on(yesterday).fields == site.fields
    assert new.on(date(2020, 1, 1)).fields == site.fields
    assert new.fields == {"title": FieldRule(select="css:h2")}


def test_the_commands_lead_from_an_address_to_articles_and_on_to_a_new_layout(web, newsloom, tmp_path) -> None:
    pages, expected = build("dedecms", web.home)
    web.pages.update(pages)
    newsloom("init")
    added = newsloom("sites", "add", web.home, "--id", "mill", "--yes", "--json")
    assert (added.returncode, added.stderr) == (0, "")
    assert json.loads(added.stdout)["unsure"] == []
    (tmp_path / "newsloom.toml").write_text('[crawl]\nonly = ["mill"]\n')
    (count,) = json.loads(newsloom("crawl", "--json").stdout)["run"]["sites"]
    assert count["outcomes"] == {"kept": len(expected)}
    assert newsloom("sites", "check", "mill", "--offline").returncode == 0
    live = newsloom("sites", "check", "mill")
    assert live.returncode == 0, live.stdout
    assert "live, by `newsloom sites check`" in (tmp_path / "sites" / "mill.toml").read_text()

    told = newsloom("explain", str(expected[0]["url"])).stdout
    assert "asked for in run 1 as article of mill: kept, HTTP 200" in told
    assert f"kept as version 1: “{expected[0]['title']}”" in told
    assert "published as the original of story" in told
    unmet = newsloom("explain", f"{web.home}a/hangye/2024/0101/1.html")
    assert (unmet.returncode, "no feed, sitemap or listing of mill has named it yet" in unmet.stdout) == (2, True)
    assert "mill takes it for no article" in newsloom("explain", f"{web.home}about.html").stdout

    for path, (status, headers, body) in list(web.pages.items()):
        changed = body.replace(b'class="viewbox"', b'class="story"').replace(b'class="content"', b'class="story-text"')
        web.pages[path] = (status, headers, changed.replace(b"<h2>", b"<h1>").replace(b"</h2>", b"</h1>"))
    broken = newsloom("sites", "check", "mill")
    assert broken.returncode == 2
    assert "finds nothing on 3 pages" in broken.stdout
    learned = newsloom("sites", "rules", "mill", "--yes")
    assert learned.returncode == 0, learned.stdout + learned.stderr
    assert "asking the site for its newest articles" in learned.stderr
    assert "+[[layouts]]" in learned.stdout
    assert newsloom("sites", "check", "mill").returncode == 0
