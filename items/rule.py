"""Rules of a site file: selectors, regular expressions and addresses, checked with clear words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator

_EMPTY = etree.Element("html")


def _to_xpath(rule: str) -> str:
    """The XPath of a rule written `css:…` or `xpath:…`.

    Raises:
        ValueError: the rule has another form, or its selector can't be read.
    """
    kind, _, selector = rule.partition(":")
    selector = selector.strip()
    if kind not in ("css", "xpath") or not selector:
        raise ValueError(f'{rule!r} is no rule: write "css:h1.title" or "xpath://h1"')
    try:
        xpath = HTMLTranslator().css_to_xpath(selector, "descendant-or-self::") if kind == "css" else selector
        etree.XPath(xpath)(_EMPTY)  # an unknown function or prefix shows only here
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise ValueError(f"{rule!r} can't be read as {kind.upper()}: {error}") from None
    return xpath


def _check_rule(rule: str) -> str:
    _to_xpath(rule)
    return rule


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern


def _check_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        good = False
    if not good or any(c.isspace() or not c.isprintable() for c in url):
        raise ValueError(f"{url!r} is no web address: it must begin with http:// or https:// and name a host")
    return url


Rule = Annotated[str, AfterValidator(_check_rule)]
"""A selector: `css:…` or `xpath:…`; `::text` and `::attr(name)` work in CSS."""

Pattern = Annotated[str, AfterValidator(_check_pattern)]
Url = Annotated[str, AfterValidator(_check_url)]


@lru_cache(maxsize=2048)
def xpath_of(rule: str) -> etree.XPath:
    """A checked rule, compiled."""
    return etree.XPath(_to_xpath(rule))
