"""Times for machines: values, meta names, JSON-LD objects and addresses."""

from __future__ import annotations

import orjson
import pytest

from spiders.parsing.page import open_page
from spiders.parsing.times.machine_times import machine_evidence, read_stamp, url_evidence


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-23T16:55:10+05:30", (2024, 5, 23, 16, 55, 10, 330)),
        ("2024-05-23T16:55:10.123Z", (2024, 5, 23, 16, 55, 10, 0)),
        ("2024-05-23 16:55", (2024, 5, 23, 16, 55, None, None)),
        ("2024-05-23", (2024, 5, 23, None, None, None, None)),
        ("20240523165510", (2024, 5, 23, 16, 55, 10, None)),
        ("1716463510", (2024, 5, 23, 11, 25, 10, 0)),
        ("1716463510000", (2024, 5, 23, 11, 25, 10, 0)),
        ("Thu, 23 May 2024 16:55:10 GMT", (2024, 5, 23, 16, 55, 10, 0)),
        ("13/11/2025 09:21:40", (2025, 11, 13, 9, 21, 40, None)),
        ("Nov 05, 2025", (2025, 11, 5, None, None, None, None)),
        ("2024-02-30", None),
        ("2024-05-23T25:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_read_stamp(value: str, expected: tuple[int | None, ...] | None) -> None:
    moment = read_stamp(value)
    if expected is None:
        assert moment is None
        return
    assert moment is not None
    assert (
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.offset
    ) == expected  # fmt: skip


def dates(
    *objects: dict[str, object], url: str = "https://example.org/yarn", title: str = "Yarn exports rise"
) -> list[str]:
    scripts = "".join(f'<script type="application/ld+json">{orjson.dumps(item).decode()}</script>' for item in objects)
    page = open_page(f"<html><head>{scripts}</head></html>".encode(), url=url)
    found = machine_evidence(page, title=title, language="en")
    return [item.raw for item in sorted(found, key=lambda item: -item.weight) if item.kind == "published"]


def test_the_pages_own_article_comes_before_others() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Wool",
        "url": "https://example.org/wool",
        "datePublished": "2024-01-01",
    }
    own = {"@type": "NewsArticle", "headline": "Yarn exports rise", "datePublished": "2024-05-23"}
    assert dates(other, own)[0] == "2024-05-23"


def test_the_own_address_makes_an_object_the_pages_own() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Wool",
        "url": "https://example.org/wool",
        "datePublished": "2024-01-01",
    }
    own = {
        "@type": "NewsArticle",
        "headline": "YARN",
        "mainEntityOfPage": {"@id": "https://example.org/yarn"},
        "datePublished": "2024-05-23",
    }
    assert dates(other, own)[0] == "2024-05-23"


def test_events_and_persons_have_no_publication() -> None:
    assert dates({"@type": "Event", "startDate": "2024-05-23", "datePublished": "2024-05-23"}) == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/201909/t20190902_3923789.html", "2019-09-02"),
        ("https://example.org/Articles/2021-7-8/483843.html", "2021-07-08"),
        ("https://example.org/hqsd/2017-8-17/1284688.aspx", "2017-08-17"),
        ("https://example.org/2024/02/24/yarn", "2024-02-24"),
        ("https://example.org/2024/feb/24/yarn", "2024-02-24"),
        ("https://example.org/c/2019-11/25/yarn.htm", "2019-11-25"),
        ("https://example.org/21/1123/08/X.html", "2021-11-23"),
        ("https://example.org/a/210120/8605520.html", "2021-01-20"),
        ("https://example.org/esteri/25_gennaio_05/yarn", "2025-01-05"),
        ("https://example.org/show?date=20240223", "2024-02-23"),
    ],
)
def test_addresses_hold_days_in_many_forms(url: str, day: str) -> None:
    evidence = url_evidence(url)
    assert evidence is not None
    assert str(evidence.moment.date()) == day


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://example.org/",
        "https://example.org/news/1234567890",
        "https://example.org/spring-summer-2024-trends",
        "https://example.org/p/99991399",
        "http://[broken/2024/02/24/",
    ],
)
def test_other_numbers_are_no_days(url: str | None) -> None:
    assert url_evidence(url) is None
