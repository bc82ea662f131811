"""Credits without a label: datelines, reporters' lines, bylines, closing brackets, names beside a date."""

from __future__ import annotations

import re
from typing import Literal

from spiders.parsing import credit_words as words
from spiders.parsing.credit_labels import EDGE, Reading, clean_name, is_nobody, outlet_and_names, source_name
from spiders.parsing.name_words import HAN_COMMON_SURNAMES
from spiders.parsing.people import is_desk, is_hangul_name, is_han_name, is_latin_name, is_person, is_place, split_names

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_DAY = r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}[日号號]?"
_TOLD = words.han("专电|电|讯|消息|报道|报导")
_REPORTER = words.han(
    "(?:本报|本网|本刊|特约|实习|见习|首席|全媒体|融媒体|驻\\S{1,6}?|特派)?(?:记者|通讯员|特派员|实习生|编译)"
)
_TOLD_SHORT = words.han("专电|电|讯|消息")
_NEWS_WORDS = words.han("综合报道|综合|报道|讯|消息")
_OUTLET = rf"[{_HAN}A-Za-z0-9·《》]{{2,16}}"

_HAN_AGENCY_LINE = re.compile(
    rf"^[\s【（(〔\[据據]{{0,3}}(?P<name>{words.AGENCIES_HAN})[\s/／·，,]{{0,2}}(?P<who>(?:{_REPORTER})?[{_HAN}\s、"
    rf"/／]{{0,24}}?)\s?(?:{_DAY})?\s?(?:{_TOLD})"
)
_HAN_OUTLET_LINE = re.compile(
    rf"^[\s【（(〔\[]{{0,2}}(?P<name>[{_HAN}A-Za-z0-9·《》]{{2,14}}?(?:网|網|报|報|社|台|臺|新闻|新聞|客户端|在线|"
    rf"在線|快讯|快訊|周刊|週刊|之声|"
    rf"融媒))(?P<place>[{_HAN}、]{{0,8}}?)\s?[（(]?(?:{_DAY})?[)）]?\s?(?:{_TOLD_SHORT})(?=[\s】）)〕\]（(:：，,　]|$|"
    rf"{_REPORTER})"
)
_BRACKETED_START = re.compile(r"^【[^】]{2,24}】\s?")
_HAN_BRACKET_DAY = re.compile(rf"^【(?P<name>[{_HAN}A-Za-z]{{2,8}}?){_DAY}[讯訊]】")
_HAN_BRACKET_OUTLET = re.compile(
    rf"^[【\[〔](?P<name>{_OUTLET}?)(?:{_NEWS_WORDS})?(?P<who>[\s,，、/／]{{0,2}}{_REPORTER}[\s:：]{{0,2}}[^】\]〕]"
    rf"{{2,40}})?[】\]〕]"
)
_ACCORDING = re.compile(rf"^据(?P<name>{words.AGENCIES_HAN})(?=[{_HAN}\d，,]{{0,14}}(?:{_TOLD}))")
_HAN_REPORTER = re.compile(
    rf"(?:^|(?<=[\s（(〔【［\[／/，,。|｜】)）◎■▲●★◆□○{EDGE}]))(?P<outlet>[{_HAN}A-Za-z0-9·《》]{{0,16}}?)(?:报道|報導|"
    rf"報道)?[\s/／]{{0,2}}(?P<role>{_REPORTER})"
    rf"[\s:：/／]{{0,3}}(?P<who>[{_HAN}·]{{2,9}}(?:[\s、，,/／]{{1,3}}(?:{_REPORTER}[\s:：]?)?[{_HAN}·]{{1,9}}){{0,6}}|"
    rf"[{_HAN}]\s[{_HAN}])"
)
_LATIN_DATELINE = re.compile(
    rf"^(?P<place>\W?[^()]{{0,70}}?)[\s,–—-]{{0,3}}[(/](?P<name>[A-Za-zÀ-žİ][^()]{{1,40}}?)[)/]\s{{0,2}}(?P<mark>[-–—:=.]{{1,3}}|"
    rf"(?=[A-Z]))"
)
_AGENCY = re.compile(rf"(?:{words.AGENCIES_LATIN})", re.IGNORECASE)
_AGENCY_EXACT = re.compile(rf"(?:{words.AGENCIES_LATIN})")
_AGENCY_ANY = re.compile(
    rf"(?:{words.AGENCIES_LATIN}|{words.AGENCIES_OTHER}|{words.AGENCIES_HAN}|{words.JAPANESE_PAPERS})"
)
_AGENCIES = re.compile(
    rf"(?:(?i:agencia|agência|agence|agenzia)\s)?(?:{_AGENCY_ANY.pattern})(?:[/-](?:{_AGENCY_ANY.pattern}|(?i:dpa|"
    rf"afp|ap|rtr|sda)|[a-z]{{2,4}})){{0,3}}|"
    rf"(?i:dpa|afp|ap|rtr|sda)(?:/(?i:dpa|afp|ap|rtr|sda|[a-z]{{2,4}})){{1,3}}"
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
_DESK_AND_AGENCY = re.compile(
    rf"(?:redacción|redaktion|rédaction|redazione|redação|la rédaction)\s?(?:/|\||y|et|e|mit|avec|con|com|"
    rf"und)\s?(?P<name>{words.AGENCIES_LATIN})",
    re.IGNORECASE,
)
_THEIR_ROLE = re.compile(
    r"(?:unsere[mnr]|our|notre|nuestr[oa]|nossa?o?)\s\w{4,20}(?:\s\w{2,12})?\s(?=[A-Z]\w+\s[A-Z])", re.IGNORECASE
)
_BRACKET_END = re.compile(r"[（(\[【〔](?P<inner>[^（()）\[\]【】〔〕]{2,70})[)）\]】〕][\s。.]{0,2}$")
_INITIALS = re.compile(r"^[*(/]\s?(?P<who>[A-ZÄÖÜ]{2,3}|[a-z]{2,3})\)?$")
_RED = re.compile(
    r"^(?:PM|Pressemitteilung|red|Red\.?|pm|ots|dpa|sid|SID|epd|KNA)(?:[\s/,]{1,2}(?:[A-Z]?[\w.]{1,20})){0,4}$"
)
_HOUSE = re.compile(
    r"\b(?:News ?Desk|Web ?Desk|News ?room|News Bureau|News Service|Nachrichtenredaktion|Onlineredaktion)\b",
    re.IGNORECASE,
)
_TURKISH_LEAD = re.compile(r"^(?P<who>[A-ZÇĞİÖŞÜÂ]{2,}(?: [A-ZÇĞİÖŞÜÂ]{2,}){1,3})\s?[-–/]\s?(?=\S)")
_JAPANESE_DIGEST = re.compile(rf"(?P<name>{words.JAPANESE_PAPERS})[,，、]?\s?[〔\[（(]?(?=[\d{EDGE}])")
_ACCOUNT_PLACE = re.compile(words.han("发布于|发表于|来自") + r"[:：\s]{0,2}")
_PROVIDED = re.compile(words.han("提供|供图|摄|摄影|图|图片|资料图片?|配图|制图") + "$")
_NEWSY = re.compile(words.han("新闻|资讯|动态|快讯|要闻|首页|正文|频道|头条|专题|公告|行情|政策|知识|分析|原创|整理"))
_LEAD_IN = re.compile(
    "^(?:"
    + words.han(
        "综合整理自|综合自|综合整理|整理自|编译自|摘编自|摘自|转载自|转自|选自|来源于|来自|原载于|原载|据|源自|来源|"
        "综合"
    )
    + r")[\s:：]{0,2}(?=\S{2})"
)
_HAS_HAN = re.compile(rf"[{_HAN}]")
_SLASHED = re.compile(
    rf"^(?P<one>[{_HAN}A-Za-z0-9]{{2,12}})\s?[/／]\s?(?P<other>[{_HAN}A-Za-z0-9]{{2,12}})(?=$|[\s/／{EDGE}]|\d{{4}})"
)
_SECTION = re.compile(
    words.han(
        "(?:行业|公司|企业|国内|国际|社会|本地|热点|最新|今日|媒体|展会|市场|图片|时政|财经|科技|体育|娱乐|综合|"
        "协会|集团|纺织|服装|家纺|面料|产业|政策|商业|要闻|滚动|地方|会员|展览|技术|"
        "中国|外贸|原料|化纤|棉花|印染|流行|时尚|金融|经济)?(?:新闻|资讯|动态|快讯|要闻|首页|正文|频道|头条|专题|"
        "公告|行情|政策|知识|分析|文章|内容|市场|评论|观察|行业|科技|财经|时尚|"
        "信息|生活|体育|娱乐|国际|社会)"
    )
)
_REPORT_VERB = re.compile(words.han("(?:综合|即时|现场|专题)?(?:摄影)?(?:报道|报导|专电|电|讯|摄|文)") + "$")
_PLACE_PREFIX = re.compile(
    words.han(
        "(?:北京|上海|天津|重庆|广东|浙江|江苏|山东|福建|四川|湖北|湖南|河南|河北|安徽|江西|陕西|辽宁|吉林|黑龙江|"
        "山西|云南|贵州|广西|海南|甘肃|青海|宁夏|新疆|西藏|内蒙古|香港|澳门|"
        "台湾)[省市]?"
    )
)
_PROSE_START = re.compile(
    words.han(
        "在|把|对|从|当|但|这|那|我|你|他|她|它|是|有|不|也|都|就|还|让|被|如果|因为|点击|查看|更多|关注|推荐|相关"
    )
)
_PLACED = re.compile(r"\s(?:on|in|at)\s(?=[A-Z\d])|\s[-–—|]\s|[{(\[]")
_HAS_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_JAPANESE_SIGNED = re.compile(rf"【(?P<who>[{_HAN}]{{3,5}}(?:[、・][{_HAN}]{{3,5}}){{0,3}})】")
_JAPANESE_HEADING = re.compile(
    "記事|関連|写真|速報|特集|連載|動画|解説|社説|独自|詳報|一覧|編集|新聞|通信|電子|限定|会員|登録|東京|大阪"
)
_HAN_WORD = re.compile(rf"[{_HAN}A-Za-z·]*[{_HAN}][{_HAN}A-Za-z0-9·]*")
_BUTTON = re.compile(
    words.han(
        "发布|更新|推荐|余额|文章|登录|注册|编辑|查看|关注|热门|最新|返回|全文|原文|作者|下载|客户端|阅读|时间|日期|"
        "收藏|于$|字$|版$"
    )
)
_PROSE_MARK = re.compile(r"[，。！？!?；]|.{130}")
_REPRINT = re.compile(words.han("转自|转载自|摘自|原载|综合自|整理自|编译自|选自"))
_PREPOSITION = re.compile(r"[,\s]+(?:le|on|el|am|il|at|vom|em|dne|den)$")
_STRONG_END = re.compile(words.han("(?:网|报|社|台|客户端|周刊|杂志|通讯社|新闻|月刊|半月谈)") + "$")
_BREADCRUMB = re.compile(r"[>»›]|" + words.han("网友|当前位置|您的位置|所在位置|您现在"))
_PIECES = re.compile(rf"[|｜︱丨•‖│┃{EDGE}\n\t]+|\s[-–—/·]\s|\s{{2,}}|(?<=\s)[·-]|[·-](?=\s)")
_FIELD_MARKS = "|｜︱丨•·/／-–(（[【】])）。.🔗\t\n" + EDGE
_MARKS = " \t\n\u3000\xa0:：,，;；|｜/／•·-–—()（）[]【】>»" + EDGE


def is_agency(text: str) -> bool:
    """Whether the text is the name of a news agency and nothing else."""
    return bool(_AGENCIES.fullmatch(text)) and (len(text) > 2 or text in ("AP", "AA"))


def read_dateline(reading: Reading) -> None:
    """`中新社北京8月23日电`, `SEOUL, Aug. 20 (Yonhap) --`, `(서울=연합뉴스) X 기자 =`, `【6月18日 AFP】`."""
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
        return
    if (found := _KOREAN_DATELINE.match(text)) or (found := _KOREAN_PLACE.match(text)):
        _korean_dateline(reading, found)
        return
    found = _LATIN_DATELINE.match(text)
    if found and _is_latin_dateline(found):
        reading.take("dateline", *found.span("place"))
        reading.credit(_press_release(found["name"].strip()), "dateline", found.start("name"), found.end("name"))


def read_reporter(reading: Reading) -> None:
    """`扬子晚报记者 张楠`, `〔記者方韋傑／台北報導〕`, `（记者 X 通讯员 Y）`, `홍길동 기자`."""
    for found in _HAN_REPORTER.finditer(reading.left):
        names = _reporters(found["who"])
        if not names:
            continue
        outlet = clean_name(found["outlet"])
        if reading.found.source is None and _is_outlet(outlet) and not outlet.startswith(("本", "据")):
            reading.credit(outlet, "byline", found.start("outlet"), found.end("outlet"))
        reading.people("author", names, found.start("role"), found.start("who") + _end_of(names[-1], found["who"]))
        return
    if found := _KOREAN_REPORTER.search(reading.left):
        names = [name for name in re.split(r"\s?[·,ㆍ]\s?", found["who"]) if is_hangul_name(name)]
        if names:
            reading.people("author", names, found.start(), found.end())


def read_bare_label(reading: Reading) -> None:
    """Labels that need no colon: `来源CSDN`, `作者魏星`, `Con información de X`, `originally published by X`."""
    han = bool(_HAS_HAN.search(reading.text))
    if reading.found.source is None:
        _read_bare_source(reading, words.BARE_SOURCE if han else words.BARE_SOURCE_LATIN)
    if not reading.found.authors:
        _read_bare_people(reading, "author", words.BARE_AUTHOR if han else words.BARE_AUTHOR_LATIN)
    if not reading.found.editors:
        _read_bare_people(reading, "editor", words.BARE_EDITOR if han else words.BARE_EDITOR_LATIN)


def _read_bare_source(reading: Reading, pattern: re.Pattern[str]) -> None:
    for found in pattern.finditer(reading.left):
        before = reading.left[: found.start()].rstrip(" ")
        if before and before[-1] not in _FIELD_MARKS:
            continue
        named = source_name(reading.left[found.end() : found.end() + 90])
        if named is None or (_HAS_HAN.search(named[0]) and not (_is_outlet(named[0]) or _ends_line(found, named))):
            continue
        reading.credit(named[0], "label", found.start(), found.end() + named[1])
        return


def _ends_line(found: re.Match[str], named: tuple[str, int]) -> bool:
    """`转自微信公众号“纺织机械”`: a word that means nothing but a reprint, then a short name and no more."""
    reprint = _REPRINT.search(found.group())
    return (
        bool(reprint) and len(named[0]) <= 16 and not found.string[found.end() + named[1] :].strip(_MARKS + "”’\"'。")
    )


def _read_bare_people(reading: Reading, role: Literal["author", "editor"], pattern: re.Pattern[str]) -> None:
    if found := pattern.search(reading.left):
        names = [name for name in split_names(found["who"]) if is_person(name)]
        if names:
            reading.people(role, names, found.start(), found.end())


def read_byline(reading: Reading) -> None:
    """`By Joe Ayling, News Editor`, `Von X`, `Par X`, `Posted in … by X on August 28, 2011`; an agency is a source."""
    left = reading.undated()
    if found := _BY.search(left) or _POSTED_BY.search(left):
        who = _joined_names(found["who"])
        if role := _THEIR_ROLE.match(who):
            who = " " * role.end() + who[role.end() :]
        start, end = found.start("who"), found.start("who") + len(who)
        if agency := _AGENCY.fullmatch(re.sub(r"(?i)\s+(?:staff|reporters?|news agency|/.*)$", "", who.strip(_MARKS))):
            reading.credit(agency.group(), "byline", found.start(), end)
            return
        names = [name for name in split_names(who.replace(EDGE, ", "), labelled=False) if is_latin_name(name)]
        if names:
            reading.people("author", names, found.start(), end)
        elif is_desk(who) and len(who) < 50 and start >= 0:
            reading.people("author", [clean_name(who)], found.start(), end)


def read_bracket(reading: Reading) -> None:
    """A closing bracket: `(中國紡織報)`, `（综合整理自澎湃新闻、智东西等）`, `(AFP)`."""
    found = _BRACKET_END.search(reading.left)
    if found is None or reading.found.source:
        return
    inner = found["inner"].strip(_MARKS)
    lead = _LEAD_IN.match(inner)
    name = clean_name(inner[lead.end() :] if lead else inner)
    if _PROVIDED.search(inner):
        reading.found.picture = reading.found.picture or not reading.left[: found.start()].strip()
        return
    alone = not reading.left[: found.start()].strip(_MARKS)
    if not alone and not lead and not _STRONG_END.search(name) and not is_agency(name):
        return
    if not is_nobody(name) and (
        _AGENCY_ANY.fullmatch(name)
        or (_is_outlet(name) and (lead or len(name) <= 16))
        or (lead and len(lead.group()) > 1)
    ):
        reading.credit(name, "closing", found.start("inner"), found.end("inner"))


def read_beside_date(reading: Reading, *, language: str | None, beside_date: bool) -> None:
    """Names that only stand beside the date: `2019-09-26 10:56:28 证券时报网`, `Joe Ayling | 7 December 2007`."""
    text = reading.left
    if "〔" in text and (found := _JAPANESE_DIGEST.search(text)):
        reading.credit(found["name"], "unlabelled", found.start("name"), found.end("name"))
        return
    if found := _TURKISH_LEAD.match(text):
        if (language == "tr" or (language is None and _is_turkish(text))) and is_latin_name(found["who"].title()):
            reading.people("author", [found["who"]], found.start("who"), found.end("who"))
            return
    if found := _HAN_BRACKET_OUTLET.match(text):
        name = clean_name(found["name"])
        if _is_outlet(name) and not _NEWSY.fullmatch(name):
            reading.credit(name, "unlabelled", found.start("name"), found.end("name"))
            return
    if _HOUSE.search(text) and len(text) < 60:
        reading.credit(clean_name(text), "site", 0, len(text))
        return
    if found := _INITIALS.match(text.strip()):
        reading.people("editor", [found["who"]], 0, len(text))
        return
    if _slashed(reading) or _signed(reading) or _outlet_line(reading):
        return
    if (reading.dates or beside_date) and not _PROSE_MARK.search(text):
        _pieces_beside(reading)


def _pieces_beside(reading: Reading) -> None:
    """Judge what is left of a line once its dates and furniture are gone."""
    left = reading.undated()
    if _BREADCRUMB.search(left):
        return
    if account := _ACCOUNT_PLACE.search(left):
        left = _blank(left, account.start(), account.end())
    for found in words.FURNITURE.finditer(left):
        left = _blank(left, found.start(), found.end())
    pieces = _pieces(left)
    if not pieces or sum(len(piece) for piece, _ in pieces) > 80:
        return
    dates = reading.dates
    for piece, start in pieces:
        if not reading.found.authors and _is_bare_person(piece.split(",")[0] if start == pieces[0][1] else piece):
            reading.people("author", split_names(piece, labelled=False), start, start + len(piece))
        elif reading.found.source is None:
            _wire(reading, piece, start)
    if reading.found.source is None:
        _best_piece(reading, [(piece, start) for piece, start in pieces if not is_person(piece)], dates)
    elif dates and not reading.found.authors and pieces[0][1] == 0 and dates[0][0] == len(pieces[0][0]):
        _account_before_date(reading, pieces[0][0])


def _is_bare_person(piece: str) -> bool:
    """A name with no label: a short Han one needs a common family name."""
    return is_person(piece) and (len(piece) > 2 or piece[0] in HAN_COMMON_SURNAMES)


def _best_piece(reading: Reading, pieces: list[tuple[str, int]], dates: list[tuple[int, int]]) -> None:
    """The piece that is an outlet by its name; else, in Chinese lines, the one next to the date."""
    names = [
        (name, start, len(piece)) for piece, start in pieces if (name := _account_name(piece)) and not is_nobody(name)
    ]
    names = [item for item in names if not _SECTION.fullmatch(item[0])]
    outlets = [item for item in names if _is_outlet(item[0]) and (_HAS_ASIAN.search(item[0]) or is_agency(item[0]))]
    if not outlets and len(pieces) <= 3 and dates:
        outlets = sorted(
            (item for item in names if _is_account(item[0])),
            key=lambda item: min(abs(item[1] + item[2] - dates[0][0]), abs(item[1] - dates[0][1])),
        )
    if outlets:
        name, start, length = outlets[0]
        reading.credit(name, "unlabelled", start, start + length)


def _account_name(piece: str) -> str:
    """`北京环球时报新媒体官方账号` -> `环球时报新媒体`: without the place a platform sets before it and the words behind."""
    name = clean_name(re.split(r"[\[（(【]", piece)[0].split("  ")[0]) or ""
    if _HAS_HAN.search(name) and " " in name:
        name = clean_name(name.split()[0])
    if name != piece and (place := _PLACE_PREFIX.match(name)) and _is_outlet(name[place.end() :]):
        name = name[place.end() :]
    return name


def _account_before_date(reading: Reading, piece: str) -> None:
    if 2 <= len(piece) <= 8 and _HAS_HAN.search(piece) and not _is_outlet(piece) and not _SECTION.fullmatch(piece):
        reading.people("author", [piece], 0, len(piece))


def _wire(reading: Reading, piece: str, start: int) -> None:
    """`dpa`, `PM Vereine, red`, and an agency glued to the desk that edited it: `dpaMM-Redaktion`."""
    if _RED.fullmatch(piece) or is_agency(piece):
        reading.credit(piece, "unlabelled", start, start + len(piece))
        return
    glued = _AGENCY_EXACT.match(piece)
    desk = glued and re.match(r"[A-Z]{2,4}-\w{4,20}", piece[glued.end() :])
    if glued and desk and is_desk(desk.group()):
        reading.credit(glued.group(), "unlabelled", start, start + glued.end())
        reading.people("author", [desk.group()], start + glued.end(), start + glued.end() + desk.end())


def _slashed(reading: Reading) -> bool:
    """`石佳/中国青年报`, `上報快訊／范姜佳鈺`: a person and an outlet, in either order."""
    found = _SLASHED.match(reading.left)
    if found is None:
        return False
    one, other = found["one"], found["other"]
    if is_han_name(other) and _is_outlet(one):
        person, outlet = "other", "one"
    elif is_han_name(one) and _is_outlet(other):
        person, outlet = "one", "other"
    else:
        return False
    if reading.found.source is None:
        reading.credit(found[outlet], "byline", found.start(outlet), found.end(outlet))
    reading.people("author", [found[person]], found.start(person), found.end(person))
    return True


def _signed(reading: Reading) -> bool:
    """A Japanese reporter's name in brackets: `【松岡大地】`."""
    if (found := _JAPANESE_SIGNED.fullmatch(reading.left)) and not _JAPANESE_HEADING.search(found["who"]):
        reading.people("author", re.split(r"[、・]", found["who"]), *found.span("who"))
        return True
    return False


def _outlet_line(reading: Reading) -> bool:
    """`工商時報 王明`, `Reuters`, `Redacción / EFE`: an outlet alone or with its people, and nothing else."""
    text = reading.left.strip(_MARKS)
    if len(text) > 40:
        return False
    start = reading.left.find(text)
    if found := _DESK_AND_AGENCY.fullmatch(text):
        reading.credit(found["name"], "byline", start + found.start("name"), start + found.end("name"))
        return True
    if is_agency(text):
        reading.credit(text, "unlabelled", start, start + len(text))
        return True
    if read := outlet_and_names(text):
        name, names, end = read
        if reading.found.source is None:
            reading.credit(name, "byline", start, start + end)
        reading.people("author", names, start + end, start + len(text))
        return True
    return False


def _han_dateline(reading: Reading, found: re.Match[str], offset: int = 0) -> None:
    name = clean_name(found["name"])
    if name.startswith(("本报", "本網", "本网", "本報", "本刊", "据", "據")) or is_nobody(name):
        return
    reading.credit(name, "dateline", offset + found.start("name"), offset + found.end("name"))
    who = found.groupdict().get("who") or ""
    if role := re.match(_REPORTER, who):
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
    if is_hangul_name(outlet) and not _is_outlet(outlet):
        return
    reading.credit(outlet, "dateline", found.start("outlet"), found.end("outlet"))
    if names and who:
        reading.people("author", names, found.start("who"), found.end("who"))


def _is_latin_dateline(found: re.Match[str]) -> bool:
    name, place = found["name"].strip(), found["place"].strip(" ,-–—")
    dated = bool(words.DATES.search(place))
    if (not place and found.string[:1] not in "(/") or not (found["mark"] or dated):
        return False
    if is_agency(name) or _AGENCY.fullmatch(name):
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
    for part in re.split(rf"[\s、，,/／]+|{_REPORTER}", text):
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


def _is_outlet(name: str) -> bool:
    return (
        bool(words.OUTLET_END.search(name) or _AGENCY_ANY.fullmatch(name))
        and len(name) > 1
        and not _PROSE_START.match(name)
    )


def _is_account(name: str) -> bool:
    """A short Han name that may be an account: no counters, no buttons, no Japanese."""
    return 2 <= len(name) <= 12 and bool(_HAN_WORD.fullmatch(name)) and not _BUTTON.search(name)


def _is_turkish(text: str) -> bool:
    return bool(re.search(r"[ğışĞİŞ]", text))


def _until_date(text: str) -> str:
    ends = [found.start() for pattern in (words.DATES, _PIECES, _PLACED) if (found := pattern.search(text))]
    return text[: min(ends, default=len(text))]


def _joined_names(text: str) -> str:
    """A byline up to its end; names that the markup parts belong to it as long as each is a name."""
    first, *others = text.split(EDGE)
    who = _until_date(first)
    who = _PREPOSITION.sub("", who.rstrip())
    if who != first or not is_latin_name(first.strip(" ,")):
        return who
    for other in others:
        if other.strip() and not is_latin_name(other.strip(" ,")):
            break
        who += EDGE + other
    return who


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + EDGE * (end - start) + text[end:]


def _pieces(text: str) -> list[tuple[str, int]]:
    """The fields of a line with where each begins, without the marks around them."""
    out, start = [], 0
    for gap in (*_PIECES.finditer(text), None):
        piece = text[start : gap.start() if gap else len(text)]
        bare = _PREPOSITION.sub("", piece.strip(_MARKS))
        if bare and any(char.isalpha() for char in bare):
            out.append((bare, start + piece.index(bare)))
        start = gap.end() if gap else start
    return out
