"""The catalogue: every bundled site file with a page of its site's form, and what a careful reader finds on it."""

import pytest

from crawler.onboarding.fixtures import read_fixtures
from items.site import load_site, load_sites
from spiders import BUNDLED_SITES

SITES, ERRORS = load_sites([BUNDLED_SITES])


def test_the_catalogue_holds_forty_sites_and_more() -> None:
    assert ERRORS == []
    assert len(SITES) >= 40
    assert len({site.country for site in SITES.values()}) >= 12
    assert len({language for site in SITES.values() for language in site.languages}) >= 10


@pytest.mark.parametrize("site", SITES)
def test_a_site_reads_its_fixtures_right(site) -> None:
    fixtures = read_fixtures(BUNDLED_SITES / site)
    assert fixtures, f"spiders/sites/{site}/ has no fixture"
    for fixture in fixtures:
        assert fixture.faults(SITES[site]) == {}
        assert SITES[site].is_article(fixture.url)


@pytest.mark.parametrize("site", SITES)
def test_a_site_says_how_its_rules_were_checked_and_takes_no_more_than_an_excerpt(site) -> None:
    checked = SITES[site].checked
    assert checked == "never" or "live" in checked
    assert SITES[site].rights in ("excerpt", "link")


def test_a_fixture_that_is_read_otherwise_is_seen(tmp_path) -> None:
    (fixture,) = read_fixtures(BUNDLED_SITES / "ctei")
    broken = load_site(BUNDLED_SITES / "ctei.toml").model_copy(update={"charset": "utf-8"})
    assert "title" in fixture.faults(broken)


def test_a_broken_fixture_is_left_out(tmp_path) -> None:
    (tmp_path / "1.json").write_text("{")
    (tmp_path / "2.json").write_text("{}")
    assert read_fixtures(tmp_path) == []
