"""Credits of datelines and reporters: `中新社北京8月23日电`, `SEOUL, Aug. 20 (Yonhap) --`, `扬子晚报记者 张楠`."""

from __future__ import annotations

import re

from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_labels import EDGE, Reading, clean_name, is_nobody
from spiders.parsing.credits.credit_outlets import AGENCY, HAN, REPORTER, is_agency, is_outlet
from spiders.parsing.credits.people import is_han_name, is_hangul_name, is_place, split_names

_DAY = r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}[日号號]?"

_TOLD = words.han("专电|电|讯|消息|报道|报导")

_TOLD_SHORT = words.han("专电|电|讯|消息")

_HAN_AGENCY_LINE = re.compile(
    rf"^[\s【（(〔\[据據]{{0,3}}(?P<name>{words.AGENCIES_HAN})[\s/／·，,]{{0,2}}(?P<who>(?:{REPORTER})?[{HAN}\s、"
    rf"/／]{{0,24}}?)\s?(?:{_DAY})?\s?(?:{_TOLD})"
)

_HAN_OUTLET_LINE = re.compile(
    rf"^[\s【（(〔\[]{{0,2}}(?P<name>[{HAN}A-Za-z0-9·《》]{{2,14}}?(?:网|網|报|報|社|台|臺|新闻|新聞|客户端|在线|"
    rf"在線|快讯|快訊|周刊|週刊|之声|"
    rf"融媒))(?P<place>[{HAN}、]{{0,8}}?)\s?[（(]?(?:{_DAY})?[)）]?\s?(?:{_TOLD_SHORT})(?=[\s】）)〕\]（(:：，,　]|$|"
    rf"{REPORTER})"
)

_BRACKETED_START = re.compile(r"^【[^】]{2,24}】\s?")

_HAN_BRACKET_DAY = re.compile(rf"^【(?P<name>[{HAN}A-Za-z]{{2,8}}?){_DAY}[讯訊]】")

_ACCORDING = re.compile(rf"^据(?P<name>{words.AGENCIES_HAN})(?=[{HAN}\d，,]{{0,14}}(?:{_TOLD}))")

_HAN_REPORTER = re.compile(
    rf"(?:^|(?<=[\s（(〔【［\[／/，,。|｜】)）◎■▲●★◆□○{EDGE}]))(?P<outlet>[{HAN}A-Za-z0-9·《》]{{0,16}}?)(?:报道|報導|"
    rf"報道)?[\s/／]{{0,2}}(?P<role>{REPORTER})"
    rf"[\s:：/／]{{0,3}}(?P<who>[{HAN}·]{{2,9}}(?:[\s、，,/／]{{1,3}}(?:{REPORTER}[\s:：]?)?[{HAN}·]{{1,9}}){{0,6}}|"
    rf"[{HAN}]\s[{HAN}])"
)

_LATIN_DATELINE = re.compile(
    r"^(?P<place>\W?[^()]{0,70}?)[\s,–—-]{0,3}[(/](?P<name>[A-Za-zÀ-žİ][^()]{1,40}?)[)/]\s{0,2}(?P<mark>[-–—:=.]{1,3}|"
    r"(?=[A-Z]))"
)

_JAPANESE_DATELINE = re.compile(
    rf"^[【\[［](?P<before>[^】\]］]{{0,24}}?)(?P<name>{words.AGENCIES_OTHER}|AFP|AP|CNN|"
    rf"BBC)(?P<after>[^】\]］]{{0,12}})[】\]］]"
)

_KOREAN_DATELINE = re.compile(
    r"^[\[(]?(?:[가-힣]{1,8}\s?=\s?)?(?P<outlet>[가-힣A-Za-z0-9]{2,12})[\])]?\s{0,2}[\])]?(?P<who>[가-힣]{2,4}(?:\s?[·,ㆍ]\s?[가-힣]{2,4}){0,4})\s?(?:선임|"
    r"인턴|객원|수습)?\s?(?:기자|특파원)"
)

_KOREAN_PLACE = re.compile(r"^[\[(](?:[가-힣]{1,8}\s?=\s?)(?P<outlet>[가-힣A-Za-z0-9]{2,12})[\])]")

_KOREAN_REPORTER = re.compile(
    r"(?P<who>[가-힣]{2,4}(?:\s?[·,ㆍ]\s?[가-힣]{2,4}){0,4})\s?(?:선임|인턴|객원|수습)?\s?(?:기자|특파원)(?=$|"
    r"[\s=\])(,])"
)

_REPORT_VERB = re.compile(words.han("(?:综合|即时|现场|专题)?(?:摄影)?(?:报道|报导|专电|电|讯|摄|文)") + "$")


def read_dateline(reading: Reading) -> None:
    """`中新社北京8月23日电`, `SEOUL, Aug. 20 (Yonhap) --`, `(서울=연합뉴스) X 기자 =`, `【6月18日 AFP】`."""
    if reading.asian:
        _asian_dateline(reading)
    if reading.found.source is not None or not ("(" in reading.left or "/" in reading.left):
        return
    if (found := _LATIN_DATELINE.match(reading.left)) and _is_latin_dateline(found):
        reading.take("dateline", *found.span("place"))
        reading.credit(_press_release(found["name"].strip()), "dateline", found.start("name"), found.end("name"))


def _asian_dateline(reading: Reading) -> None:
    text = reading.left
    inner = _BRACKETED_START.match(text)
    if inner and (nested := _HAN_AGENCY_LINE.match(text[inner.end() :])):
        _han_dateline(reading, nested, inner.end())
        return
    for pattern in (_HAN_AGENCY_LINE, _ACCORDING, _HAN_BRACKET_DAY, _HAN_OUTLET_LINE):
        if found := pattern.match(text):
            _han_dateline(reading, found)
            if reading.found.source:
                return
    if found := _JAPANESE_DATELINE.match(text):
        reading.credit(found["name"], "dateline", found.start("name"), found.end("name"))
    elif (korean := _KOREAN_DATELINE.match(text)) or (korean := _KOREAN_PLACE.match(text)):
        _korean_dateline(reading, korean)


def read_reporter(reading: Reading) -> None:
    """`扬子晚报记者 张楠`, `〔記者方韋傑／台北報導〕`, `（记者 X 通讯员 Y）`, `홍길동 기자`."""
    if not reading.asian:
        return
    for found in _HAN_REPORTER.finditer(reading.left):
        names = _reporters(found["who"])
        if not names:
            continue
        outlet = clean_name(found["outlet"])
        if reading.found.source is None and is_outlet(outlet) and not outlet.startswith(("本", "据")):
            reading.credit(outlet, "byline", found.start("outlet"), found.end("outlet"))
        reading.people("author", names, found.start("role"), found.start("who") + _end_of(names[-1], found["who"]))
        return
    if korean := _KOREAN_REPORTER.search(reading.left):
        names = [name for name in re.split(r"\s?[·,ㆍ]\s?", korean["who"]) if is_hangul_name(name)]
        if names:
            reading.people("author", names, korean.start(), korean.end())


def _han_dateline(reading: Reading, found: re.Match[str], offset: int = 0) -> None:
    name = clean_name(found["name"])
    if name.startswith(("本报", "本網", "本网", "本報", "本刊", "据", "據")) or is_nobody(name):
        return
    reading.credit(name, "dateline", offset + found.start("name"), offset + found.end("name"))
    who = found.groupdict().get("who") or ""
    if role := re.match(REPORTER, who):
        names = _reporters(who[role.end() :])
        if names:
            reading.people("author", names, offset + found.start("who"), offset + found.end("who"))
    _names_after(reading, offset + found.end("name"))


def _names_after(reading: Reading, end: int) -> None:
    """`新华社北京5月19日电（刘艺、杨吉）`: a bracket of nothing but names behind the dateline."""
    found = re.match(rf"[{EDGE}\w\s]{{0,24}}[（(]([^（()）]{{2,40}})[)）]", reading.left[end:])
    if found and not reading.found.authors:
        names = split_names(found.group(1), labelled=False)
        if names and sum(len(name) for name in names) >= 0.6 * len(found.group(1)):
            reading.people("author", names, end + found.start(1), end + found.end(1))


def _korean_dateline(reading: Reading, found: re.Match[str]) -> None:
    outlet = found["outlet"]
    who = found.groupdict().get("who")
    names = [name for name in re.split(r"\s?[·,ㆍ]\s?", who or "") if is_hangul_name(name)]
    if is_hangul_name(outlet) and not is_outlet(outlet):
        return
    reading.credit(outlet, "dateline", found.start("outlet"), found.end("outlet"))
    if names and who:
        reading.people("author", names, found.start("who"), found.end("who"))


def _is_latin_dateline(found: re.Match[str]) -> bool:
    name, place = found["name"].strip(), found["place"].strip(" ,-–—")
    dated = bool(words.DATES.search(place))
    if (not place and found.string[:1] not in "(/") or not (found["mark"] or dated):
        return False
    if is_agency(name) or AGENCY.fullmatch(name):
        return len(place.split()) <= 9
    return (
        dated
        and bool(found["mark"])
        and len(name.split()) <= 3
        and not re.search(r"[:;\d]", name)
        and place[:1].isupper()
    )


def _press_release(name: str) -> str:
    return re.sub(r"-[A-Z][a-z].*$", "", name)


def _reporters(text: str) -> list[str]:
    """Names after `记者`, told from the place and the verb that may be glued behind: `韋樞台北`, `方韋傑／台北報導`."""
    names: list[str] = []
    for part in re.split(rf"[\s、，,/／]+|{REPORTER}", text):
        if not part:
            continue
        if len(part) == 1 and names and len(names[-1]) == 1:
            names[-1] += part
        elif (len(part) < 4 and is_han_name(part)) or (len(part) == 1 and part in text.split()):
            names.append(part)
        elif name := _name_before_place(part):
            names.append(name)
            break
        elif is_han_name(part):
            names.append(part)
        else:
            break
    return [name for name in names if is_han_name(name)]


def _end_of(name: str, text: str) -> int:
    place = text.rfind(name)
    return place + len(name) if place >= 0 else len(text)


def _name_before_place(part: str) -> str | None:
    for size in (3, 2, 4):
        rest = _REPORT_VERB.sub("", part[size:])
        if len(part) > size and is_han_name(part[:size]) and (not rest or is_place(rest)):
            return part[:size]
    return None
