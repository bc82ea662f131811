"""Which charset a page's bytes are in."""

from __future__ import annotations

from items.article import Charset


def decode(body: bytes, *, content_type: str | None = None, encoding: str | None = None) -> tuple[str, Charset]:
    """The page's text and how it was read."""
    text = body.decode(encoding or "utf-8", "replace")
    return text, Charset(used="utf-8", replaced=text.count("\ufffd"))
