"""A parsed page for a person: every field, the rule that filled it, and what newsloom was unsure of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from items.article import Article, Published
    from spiders.parsing.article import Reading

_SHOWN_TEXT = 6
"""Paragraphs of the text that are shown; the rest is counted."""


def show(name: str, reading: Reading, out: Console) -> None:
    """Print a reading: one line a field, its rule behind it, doubts below it."""
    article = reading.article
    out.print(Text(name, style="bold"))
    for field, value in _fields(article):
        rule = article.provenance.get(field)
        line = Text.assemble((f"{field:>10}  ", "cyan"), value or "–")
        if rule:
            line.append(f"  [{rule}]", style="dim")
        out.print(line)
        for doubt in reading.doubts.get(field, []):
            out.print(Text(f"{'?':>10}  {doubt}", style="yellow"))
    paragraphs = (article.text or "").splitlines()
    for paragraph in paragraphs[:_SHOWN_TEXT]:
        out.print(Padding(Text(paragraph), (0, 0, 0, 12)))
    if len(paragraphs) > _SHOWN_TEXT:
        out.print(Text(f"{'':>12}… and {len(paragraphs) - _SHOWN_TEXT} more paragraphs", style="dim"))
    out.print()


def _fields(article: Article) -> list[tuple[str, str | None]]:
    source = article.source
    credit = None
    if source is not None:
        credit = f"{source.name}  “{source.raw}”" if source.raw else source.name
    fields = [
        ("url", article.url),
        ("title", article.title),
        ("source", credit),
        ("published", _moment(article.published)),
        ("modified", _moment(article.modified)),
        ("authors", ", ".join(article.authors)),
        ("editors", ", ".join(article.editors)),
        ("language", article.language),
        ("charset", f"{article.charset.used} ({article.charset.basis})" if article.charset else None),
        ("summary", article.summary),
        ("tags", ", ".join(article.tags)),
        ("images", ", ".join(image.url for image in article.images[:3])),
        ("files", ", ".join(attachment.url for attachment in article.attachments)),
    ]
    fields += [("related", f"{f'{r.category} | ' if r.category else ''}{r.title}") for r in article.related]
    characters = len(article.text or "")
    paragraphs = len((article.text or "").splitlines())
    fields.append(("text", f"{characters} characters in {paragraphs} paragraphs" if characters else None))
    return fields


def _moment(moment: Published | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.at} (to the {moment.precision}, from {moment.basis})" + (f"  “{moment.raw}”" if moment.raw else "")
