"""One line of a page read for its credits: who it names as source, author and editor, and what is left of it."""

from __future__ import annotations

import re

from items.article import Source
from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_beside import read_beside_date
from spiders.parsing.credits.credit_bylines import read_bare_label, read_bracket, read_byline
from spiders.parsing.credits.credit_datelines import read_dateline, read_reporter
from spiders.parsing.credits.credit_labels import EDGE, LineCredits, Reading, clean_name, is_nobody, read_labels
from spiders.parsing.credits.credit_outlets import is_agency

_LONGEST_LINE = 260
_ENDS = 140
_SENTENCE = re.compile(r"[。！？](?=.{6})|[^\W\d_]{3}[.!?]\s+[A-ZÀ-Þ].{12}")
_CLOSING_LABEL = re.compile(r"(?:[。！？!?”’\"'）)]|[^\W\d_]{2}\.)\s{0,3}(?=[^。！？!?]{4,80}$)")
_TRAILING_BRACKETS = re.compile(r"(?:\s{0,3}[（(\[【〔][^（()）\[\]【】〔〕]{2,90}[)）\]】〕]){1,4}[\s。.*]{0,3}$")
_BRACKETS = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]{2,90}[)）\]】〕]")
_OPENING_BRACKET = re.compile(
    r"[（(〔【\[](?=[^）)〕】\]]{0,30}(?:记者|記者|通讯员|通訊員))[^）)〕】\]]{2,60}[）)〕】\]]"
)
_INITIALS = re.compile(r"[（(\[]\w{1,4}[)）\]]")
_LEFT_WORTH = re.compile(r"[^\W\d_]")


def read_line(text: str, *, language: str | None = None, beside_date: bool = False) -> LineCredits:
    """Read one meta, byline, dateline, closing or boilerplate line.

    Args:
        text: the line; only the ends of prose are looked at. `EDGE` may part fields that the markup parts.
        language: BCP 47 language of the page, where a form belongs to one language only.
        beside_date: the line stands next to the date, so that a bare name in it may be a credit.

    Returns:
        The credits; empty for a line that names nobody. Never raises.
    """
    reading = Reading(text)
    if len(text) <= _LONGEST_LINE:
        read_labels(reading)
        if _is_notice(reading):
            return _notice(text)
        if reading.found.picture and reading.found.empty:
            return _finish(reading)
    if _is_prose(text) and not reading.found.spans:
        return read_prose(text)
    return _read_forms(reading, language=language, beside_date=beside_date)


def read_labelled(text: str) -> LineCredits:
    """Read only what labels say, and whether the line is a notice: for lines that may be anything."""
    if len(text) > _LONGEST_LINE:
        return LineCredits(rest=text)
    reading = Reading(text)
    read_labels(reading)
    return _notice(text) if reading.found.spans and _is_notice(reading) else _finish(reading)


def _read_forms(reading: Reading, *, language: str | None = None, beside_date: bool = False) -> LineCredits:
    """Every form without a label in turn, the surest first; each reads what the ones before it left."""
    if reading.found.source is None:
        read_dateline(reading)
    if not reading.found.authors:
        read_reporter(reading)
    read_bare_label(reading)
    if not reading.found.authors:
        read_byline(reading)
    read_bracket(reading)
    if reading.found.source is None or not reading.found.authors:
        reading.found.sure_authors = bool(reading.found.authors)
        read_beside_date(reading, language=language, beside_date=beside_date)
    return _finish(reading)


def _is_notice(reading: Reading) -> bool:
    """Whether the line is a notice about rights; a source that stands before the notice is a credit all the same."""
    text, found = reading.text, reading.found
    if not found.spans and not words.BOILERPLATE_SIGNS.search(text):
        return False
    heading = words.NOTICE_HEADING.match(text)
    notice = words.BOILERPLATE.search(text, heading.end() if heading and found.source else 0)
    first = min((start for start, _ in found.spans.get("source", ())), default=len(text))
    return notice is not None and not (found.source and first <= 8 and notice.start() > first)


def read_prose(text: str, *, opening: bool = True) -> LineCredits:
    """Read the ends of a paragraph: a dateline with its reporters, closing brackets, a credit after the last stop.

    `rest` is the paragraph without its closing credits; a dateline belongs to the text and stays.
    """
    out = LineCredits(rest=text)
    if opening:
        _read_opening(out, text)
    tail_start = max(0, len(text) - _ENDS)
    tail = text[tail_start:]
    end = len(text)
    if found := _TRAILING_BRACKETS.search(tail):
        end = _read_closing_brackets(out, text, tail_start + found.start())
    elif (stop := _last(_CLOSING_LABEL, tail)) is not None:
        closing = read_labelled(tail[stop:])
        if not closing.empty and not closing.rest and not closing.boilerplate:
            _merge(out, closing, tail_start + stop)
            end = tail_start + stop
    out.rest = text[:end].rstrip()
    return out


def _read_opening(out: LineCredits, text: str) -> None:
    reading = Reading(text[:_ENDS])
    read_dateline(reading)
    authors = reading.found.authors
    if bracket := _OPENING_BRACKET.search(reading.left):
        inside = Reading(bracket.group())
        read_reporter(inside)
        authors.extend(name for name in inside.found.authors if name not in authors)
    out.source, out.authors = reading.found.source, list(authors)


def _read_closing_brackets(out: LineCredits, text: str, start: int) -> int:
    """Read each bracket at the end of a paragraph; returns where it ends without those that credit somebody."""
    end = len(text)
    for bracket in reversed(list(_BRACKETS.finditer(text, start))):
        if _INITIALS.fullmatch(bracket.group()) and not is_agency(bracket.group()[1:-1]):
            break
        if _is_prose(bracket.group()) or words.BOILERPLATE.search(bracket.group()):
            break
        inside = Reading(bracket.group())
        read_labels(inside)
        closing = _finish(inside) if inside.found.picture else _read_forms(inside)
        if closing.empty and not closing.picture:
            break
        if closing.source is None or out.source is None or closing.source.kind in ("label", "closing"):
            _merge(out, closing, bracket.start())
        end = bracket.start()
    return end


def _merge(out: LineCredits, other: LineCredits, offset: int) -> None:
    out.source = other.source or out.source
    out.authors.extend(name for name in other.authors if name not in out.authors)
    out.editors.extend(name for name in other.editors if name not in out.editors)
    for role, spans in other.spans.items():
        out.spans.setdefault(role, []).extend((start + offset, end + offset) for start, end in spans)


def _notice(text: str) -> LineCredits:
    """A notice about rights: the holder it names is a house credit, not a source of the article."""
    found = LineCredits(boilerplate=True)
    if len(text) <= 120 and (holder := words.RIGHTS_HOLDER.search(text)):
        name = clean_name(holder["name"])
        if not is_nobody(name):
            found.source = Source(name=name, raw=text.strip(), kind="site")
            found.spans["source"] = [(holder.start("name"), holder.end("name"))]
    return found


def _finish(reading: Reading) -> LineCredits:
    """What is left: dates, counters and buttons do not count once the line credits somebody."""
    found = reading.found
    if found.source is not None:
        name = found.source.name.casefold()
        found.authors = [author for author in found.authors if author.casefold() != name]
    if not found.spans:
        found.rest = reading.text
        return found
    rest = words.FURNITURE.sub(EDGE, reading.undated())
    kept = " ".join(part for part in rest.split(EDGE) if _LEFT_WORTH.search(part)).strip()
    found.rest = "" if len(kept) <= 16 and not _SENTENCE.search(kept) else kept
    return found


def _is_prose(text: str) -> bool:
    return len(text) > 160 or (len(text) > 70 and text[-1] in '.。!?！？”"') or bool(_SENTENCE.search(text))


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the last match ends, if any."""
    end = None
    for found in pattern.finditer(text):
        end = found.end()
    return end
