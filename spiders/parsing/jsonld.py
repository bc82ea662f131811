"""JSON-LD as pages really hold it: broken a little, wrapped in comments, nested in lists and graphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SCRIPTS = 50
MAX_CHARS = 1_000_000
MAX_OBJECTS = 500

_OPENING = re.compile(r"\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)?\s*")
_CLOSING = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?|;|\s)+$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_ARTICLE = re.compile(r"article|posting|report|webpage|story|review|recipe", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def json_ld_of(elements: list[HtmlElement]) -> list[dict[str, Any]]:
    """Every JSON-LD object of the page, lists and `@graph` flattened, in page order; the unreadable left out."""
    found: list[dict[str, Any]] = []
    scripts = 0
    for element in elements:
        if element.tag != "script" or "ld+json" not in (element.get("type") or "").lower():
            continue
        scripts += 1
        text = element.text or ""
        if scripts > MAX_SCRIPTS or len(found) >= MAX_OBJECTS:
            break
        if len(text) <= MAX_CHARS:
            _flatten(_loads(text), found)
    return found


def is_article(thing: dict[str, Any]) -> bool:
    """Whether a JSON-LD object describes an article or a page with one."""
    types = thing.get("@type")
    return any(isinstance(one, str) and _ARTICLE.search(one) for one in (types if isinstance(types, list) else [types]))


def _loads(text: str) -> Any:
    """The value of a JSON text; of a nearly-JSON text, its value once mended; else None."""
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    text = text[_OPENING.match(text).end() :]  # type: ignore[union-attr]
    text = text[:-60] + _CLOSING.sub("", text[-60:])
    text = _STRING.sub(_mend_string, text)
    text = _TRAILING_COMMA.sub("", text)
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def _mend_string(match: re.Match[str]) -> str:
    text = match.group()
    text = _CONTROL.sub(lambda control: "\\n" if control.group() == "\n" else " ", text)
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _flatten(value: Any, found: list[dict[str, Any]]) -> None:
    waiting = [value]
    while waiting and len(found) < MAX_OBJECTS:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item[:MAX_OBJECTS]))
        elif isinstance(item, dict):
            found.append(item)
            inner = [item[key] for key in ("@graph", "mainEntity") if isinstance(item.get(key), list | dict)]
            waiting.extend(reversed(inner))
