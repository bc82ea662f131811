"""Credits worded without a colon: bare labels, bylines, closing brackets."""

from __future__ import annotations

import re
from typing import Literal

from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_labels import EDGE, Reading, clean_name, is_nobody, source_name
from spiders.parsing.credits.credit_outlets import (
    AGENCY,
    AGENCY_ANY,
    HAS_HAN,
    MARKS,
    OUTLET_NAME,
    PIECES,
    PREPOSITION,
    is_agency,
    is_outlet,
)
from spiders.parsing.credits.people import is_desk, is_latin_name, is_person, split_names

_BY = re.compile(
    r"(?:^|(?<=[|•·\ue000] )|(?<=[|•·\ue000]))\W{0,3}(?:(?:posted in .{2,160} )?by|von|par|por|di|de|da|door|av|af|"
    r"przez|ni)(?:[\s:\ue000]{1,4}|(?-i:(?=[A-Z][a-z]{2})))(?P<who>[^\W\d_].{1,120})",
    re.IGNORECASE,
)

_POSTED_BY = re.compile(
    r"\b(?:posted|published|written|submitted|added)\b.{0,160}?\bby\s(?P<who>[^\W\d_].{1,60}?)(?=\s(?:on|at|"
    r"in)[\s\ue000]|[|,•·\ue000]|$)",
    re.IGNORECASE,
)

_WITH_AGENCY = re.compile(
    rf"(?:,|\s(?:with|avec|mit|con|com|and|et|und|y|e|ve|/))\s+(?:l['’])?(?P<agency>{words.AGENCIES_LATIN})(?![\w’'-])"
)
"""`Von Max Muster, dpa`, `Par Claire Dubois avec AFP`: the agency whose text the author worked with."""

_THEIR_ROLE = re.compile(
    r"(?:unsere[mnr]|our|notre|nuestr[oa]|nossa?o?)\s\w{4,20}(?:\s\w{2,12})?\s(?=[A-Z]\w+\s[A-Z])", re.IGNORECASE
)

_BRACKET_END = re.compile(r"[（(\[【〔](?P<inner>[^（()）\[\]【】〔〕]{2,70})[)）\]】〕][\s。.]{0,2}$")

_CLOSERS = (")", "）", "]", "】", "〕")

_PROVIDED = re.compile(words.han("提供|供图|摄|摄影|图|图片|资料图片?|配图|制图") + "$")

_LEAD_IN = re.compile(
    "^(?:"
    + words.han(
        "综合整理自|综合自|综合整理|整理自|编译自|摘编自|摘自|转载自|转自|选自|来源于|来自|原载于|原载|据|源自|来源|"
        "综合"
    )
    + r")[\s:：]{0,2}(?=\S{2})"
)

_PLACED = re.compile(r"\s(?:on|in|at|for)\s(?=[A-Z\d])|\s[-–—|]\s|[{(\[]")

_REPRINT = re.compile(words.han("转自|转载自|摘自|原载|综合自|整理自|编译自|选自"))

_STRONG_END = re.compile(words.han("(?:网|报|社|台|客户端|周刊|杂志|通讯社|新闻|月刊|半月谈)") + "$")

_INFORMED = re.compile(r"inform|inputs?|reporting|material", re.IGNORECASE)
"""Words of `com informações de`, `with inputs from`, which mean a source in the midst of a byline too."""

_FIELD_MARKS = "|｜︱丨•·/／-–(（[【】])）。.🔗\t\n" + EDGE


def read_bare_label(reading: Reading) -> None:
    """Labels that need no colon: `来源CSDN`, `作者魏星`, `Con información de X`, `originally published by X`."""
    han = bool(HAS_HAN.search(reading.text))
    if reading.found.source is None:
        _read_bare_source(reading, words.BARE_SOURCE if han else words.BARE_SOURCE_LATIN)
    if not reading.found.authors:
        _read_bare_people(reading, "author", words.BARE_AUTHOR if han else words.BARE_AUTHOR_LATIN)
    if not reading.found.editors:
        _read_bare_people(reading, "editor", words.BARE_EDITOR if han else words.BARE_EDITOR_LATIN)


def _read_bare_source(reading: Reading, pattern: re.Pattern[str]) -> None:
    for found in pattern.finditer(reading.left):
        before = reading.left[: found.start()].rstrip(" ")
        if before and before[-1] not in _FIELD_MARKS and not (before[-1] in ",;" and _INFORMED.search(found.group())):
            continue
        named = source_name(reading.left[found.end() : found.end() + 90])
        if named is None or (HAS_HAN.search(named[0]) and not (is_outlet(named[0]) or _ends_line(found, named))):
            continue
        reading.credit(named[0], "label", found.start(), found.end() + named[1])
        return


def _ends_line(found: re.Match[str], named: tuple[str, int]) -> bool:
    """`转自微信公众号“纺织机械”`: a word that means nothing but a reprint, then a short name and no more."""
    reprint = _REPRINT.search(found.group())
    return bool(reprint) and len(named[0]) <= 16 and not found.string[found.end() + named[1] :].strip(MARKS + "”’\"'。")


def _read_bare_people(reading: Reading, role: Literal["author", "editor"], pattern: re.Pattern[str]) -> None:
    if found := pattern.search(reading.left):
        who = found["who"] or found.groupdict().get("whom") or ""
        names = [name for name in split_names(who) if is_person(name)]
        if names:
            reading.people(role, names, found.start(), found.end())


def read_byline(reading: Reading) -> None:
    """`By Joe Ayling, News Editor`, `Von X`, `Par X`, `Posted in … by X on August 28, 2011`; an agency is a source."""
    if reading.asian and not reading.text[:1].isascii():
        return
    left = reading.undated()
    if found := _BY.search(left) or ("by" in left.lower() and _POSTED_BY.search(left)):
        who = _joined_names(found["who"])
        if role := _THEIR_ROLE.match(who):
            who = " " * role.end() + who[role.end() :]
        start, end = found.start("who"), found.start("who") + len(who)
        if reading.found.source is None and (agency := _WITH_AGENCY.search(who)):
            reading.credit(agency["agency"], "byline", start + agency.start(), start + agency.end())
            who = who[: agency.start()]
            end = start + len(who)
        if agency := AGENCY.fullmatch(re.sub(r"(?i)\s+(?:staff|reporters?|news agency|/.*)$", "", who.strip(MARKS))):
            reading.credit(agency.group(), "byline", found.start(), end)
            return
        names = [name for name in split_names(who.replace(EDGE, ", "), labelled=False) if is_latin_name(name)]
        if names:
            reading.people("author", names, found.start(), end)
        elif is_desk(who) and len(who) < 50 and start >= 0:
            reading.people("author", [clean_name(who)], found.start(), end)


def read_bracket(reading: Reading) -> None:
    """A closing bracket: `(中國紡織報)`, `（综合整理自澎湃新闻、智东西等）`, `(AFP)`."""
    if reading.found.source or not reading.left.rstrip(" \t\n\u3000\xa0。.").endswith(_CLOSERS):
        return
    found = _BRACKET_END.search(reading.left)
    if found is None:
        return
    inner = found["inner"].strip(MARKS)
    lead = _LEAD_IN.match(inner)
    name = clean_name(inner[lead.end() :] if lead else inner)
    if _PROVIDED.search(inner):
        reading.found.picture = reading.found.picture or not reading.left[: found.start()].strip()
        return
    alone = not reading.left[: found.start()].strip(MARKS)
    if not alone and not lead and not _STRONG_END.search(name) and not is_agency(name):
        return
    if not is_nobody(name) and (
        (alone and OUTLET_NAME.fullmatch(name))
        or is_agency(name)
        or AGENCY_ANY.fullmatch(name)
        or (is_outlet(name) and (lead or len(name) <= 16))
        or (lead and len(lead.group()) > 1)
    ):
        reading.credit(name, "closing", found.start("inner"), found.end("inner"))


def _until_date(text: str) -> str:
    ends = [found.start() for pattern in (words.DATES, PIECES, _PLACED) if (found := pattern.search(text))]
    return text[: min(ends, default=len(text))]


def _joined_names(text: str) -> str:
    """A byline up to its end; names that the markup parts belong to it as long as each is a name."""
    first, *others = text.split(EDGE)
    who = _until_date(first)
    who = PREPOSITION.sub("", who.rstrip())
    if who != first or not is_latin_name(first.strip(" ,")):
        return who
    for other in others:
        if other.strip() and not is_latin_name(other.strip(" ,")):
            break
        who += EDGE + other
    return who
