"""Registrable domains, by the Public Suffix List that ships with its library."""

import pytest

from items.domain import registrable_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.news.example.com.cn", "example.com.cn"),
        ("example.org", "example.org"),
        ("a.example.co.uk", "example.co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(f"http://{host}/news/1.html") == domain


def test_what_is_no_url_has_no_domain() -> None:
    assert registrable_domain("http://[") == ""
