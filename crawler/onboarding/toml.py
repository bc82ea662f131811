"""Site files as people read them: keys in the order of the documents, only what is not the default."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from items.site import FieldRule, Site

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def site_toml(site: Site) -> str:
    """A site's file."""
    said = site.model_dump(mode="json", exclude_defaults=True, exclude={"fields", "layouts"})
    lines = [f"{key} = {_value(value)}" for key, value in said.items() if not _is_table(value)]
    for key in ("name", "politeness"):
        if said.get(key):
            lines += ["", f"[{key}]", *_pairs(said[key])]
    for key in ("feeds", "sitemaps", "listings"):
        for way in said.get(key, []):
            lines += ["", f"[[{key}]]", *_pairs(way)]
    if site.fields:
        lines += ["", "[fields]", *fields_toml(site.fields)]
    for layout in site.layouts:
        since = [f"since = {layout.since}"] if layout.since else []
        charset = [f"charset = {_value(layout.charset)}"] if layout.charset else []
        rules = ["[layouts.fields]", *fields_toml(layout.fields)] if layout.fields else []
        lines += ["", "[[layouts]]", *since, f"until = {layout.until}", *charset, *rules]
    return "\n".join(lines) + "\n"


def fields_toml(fields: dict[Any, FieldRule]) -> list[str]:
    """Field rules, one a line."""
    return [f"{name} = {_rule(rule)}" for name, rule in fields.items()]


def _rule(rule: FieldRule) -> str:
    said = rule.model_dump(exclude_defaults=True)
    if said.keys() == {"select"}:
        return _value(rule.select)
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in said.items()) + " }"


def _pairs(table: dict[str, Any]) -> list[str]:
    return [f"{key if _BARE.fullmatch(key) else _value(key)} = {_value(value)}" for key, value in table.items()]


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    """A value: text that holds a backslash and nothing that forbids it stands in single quotes, where it is literal."""
    if isinstance(value, str):
        if "\\" in value and "'" not in value and value.isprintable():
            return f"'{value}'"
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)
