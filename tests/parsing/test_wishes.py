"""What publishers ask of robots: not to index, not to mine, not to train."""

from __future__ import annotations

import pytest

from items.article import Rights
from spiders.parsing.page import open_page
from spiders.parsing.wishes import Wishes, wishes_of_headers, wishes_of_page


def read(head: str) -> Wishes:
    html = f"<html><head>{head}</head><body><p>Yarn.</p></body></html>"
    return wishes_of_page(open_page(html.encode(), url="https://example.org/news/yarn.html"))


@pytest.mark.parametrize(
    ("content", "noindex"),
    [("noindex, follow", True), ("NOINDEX", True), ("none", True), ("index,follow", False), ("max-snippet:-1", False)],
)
def test_a_meta_element_asks_not_to_be_indexed(content: str, *, noindex: bool) -> None:
    assert read(f'<meta name="robots" content="{content}">').noindex is noindex


def test_noai_reserves_the_article_as_tdmrep_does() -> None:
    assert read('<meta name="robots" content="index, noai, noimageai">').heeded(Rights()).tdm_reserved
    assert wishes_of_headers({"x-robots-tag": "NoAI"}).heeded(Rights()).tdm_reserved


def test_tdmrep_is_read_with_the_address_of_its_terms() -> None:
    head = '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/terms/mining.json">'
    rights = read(head).heeded(Rights(policy="excerpt", paywalled=True))
    assert (rights.tdm_reserved, rights.tdm_policy) == (True, "https://example.org/terms/mining.json")
    assert (rights.policy, rights.paywalled, rights.noindex) == ("excerpt", True, False)


@pytest.mark.parametrize("said", ["", "yes", "2", "true"])
def test_a_reservation_of_another_form_says_nothing(said: str) -> None:
    assert wishes_of_headers({"tdm-reservation": said}).tdm is None


def test_a_page_may_open_what_its_headers_reserve() -> None:
    headers = wishes_of_headers({"tdm-reservation": "1", "x-robots-tag": "noindex"})
    rights = read('<meta name="tdm-reservation" content="0">').heeded(headers.heeded(Rights()))
    assert (rights.tdm_reserved, rights.noindex) == (False, True)


def test_what_a_header_asks_of_another_robot_is_not_asked_of_us() -> None:
    assert not wishes_of_headers({"x-robots-tag": "otherbot: noindex"}).noindex


def test_a_policy_that_is_no_web_address_is_left_out() -> None:
    said = {"tdm-reservation": "1", "tdm-policy": "javascript:alert(1)"}
    assert wishes_of_headers(said).heeded(Rights()) == Rights(tdm_reserved=True)
