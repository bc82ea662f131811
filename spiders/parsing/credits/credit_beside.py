"""Credits that only stand beside the date, with nothing that says what they are."""

from __future__ import annotations

import re

from spiders.parsing.credits import credit_words as words
from spiders.parsing.credits.credit_labels import EDGE, Reading, clean_name, is_nobody, outlet_and_names
from spiders.parsing.credits.credit_outlets import (
    HAN,
    HAS_HAN,
    MARKS,
    OUTLET_NAME,
    PIECES,
    PREPOSITION,
    REPORTER,
    is_agency,
    is_outlet,
)
from spiders.parsing.credits.name_words import HAN_COMMON_SURNAMES
from spiders.parsing.credits.people import is_desk, is_han_name, is_latin_name, is_person, split_names

_NEWS_WORDS = words.han("综合报道|综合|报道|讯|消息")

_OUTLET = rf"[{HAN}A-Za-z0-9·《》]{{2,16}}"

_HAN_BRACKET_OUTLET = re.compile(
    rf"^[【\[〔](?P<name>{_OUTLET}?)(?:{_NEWS_WORDS})?(?P<who>[\s,，、/／]{{0,2}}{REPORTER}[\s:：]{{0,2}}[^】\]〕]"
    rf"{{2,40}})?[】\]〕]"
)

_AGENCY_EXACT = re.compile(rf"(?:{words.AGENCIES_LATIN})")

_DESK_AND_AGENCY = re.compile(
    rf"(?:redacción|redaktion|rédaction|redazione|redação|la rédaction)\s?(?:/|\||y|et|e|mit|avec|con|com|"
    rf"und)\s?(?P<name>{words.AGENCIES_LATIN})",
    re.IGNORECASE,
)

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

_POSTED_FROM = re.compile(words.han("发布于|官方(?:账号|帐号)$"))
_NAME_AND_AGENCY = re.compile(rf"(?P<who>[^,/|]{{4,40}}),\s(?P<name>{words.AGENCIES_LATIN})")
_ACCOUNT_PLACE = re.compile(words.han("发布于|发表于|来自") + r"[:：\s]{0,2}")

_NEWSY = re.compile(words.han("新闻|资讯|动态|快讯|要闻|首页|正文|频道|头条|专题|公告|行情|政策|知识|分析|原创|整理"))

_SLASHED = re.compile(
    rf"^(?P<one>[{HAN}A-Za-z0-9]{{2,12}})\s?[/／]\s?(?P<other>[{HAN}A-Za-z0-9]{{2,12}})(?=$|[\s/／{EDGE}]|\d{{4}})"
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

_PLACE_PREFIX = re.compile(
    words.han(
        "(?:北京|上海|天津|重庆|广东|浙江|江苏|山东|福建|四川|湖北|湖南|河南|河北|安徽|江西|陕西|辽宁|吉林|黑龙江|"
        "山西|云南|贵州|广西|海南|甘肃|青海|宁夏|新疆|西藏|内蒙古|香港|澳门|"
        "台湾)[省市]?"
    )
)

_HAS_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

_JAPANESE_SIGNED = re.compile(rf"【(?P<who>[{HAN}]{{3,5}}(?:[、・][{HAN}]{{3,5}}){{0,3}})】")

_JAPANESE_HEADING = re.compile(
    "本報|訊|記事|関連|写真|速報|特集|連載|動画|解説|社説|独自|詳報|一覧|編集|新聞|通信|電子|限定|会員|登録|東京|大阪"
)

_HAN_WORD = re.compile(rf"[{HAN}A-Za-z·]*[{HAN}][{HAN}A-Za-z0-9·]*")

_BUTTON = re.compile(
    words.han(
        "发布|更新|推荐|余额|文章|登录|注册|编辑|查看|关注|热门|最新|返回|全文|原文|作者|下载|客户端|阅读|时间|日期|"
        "收藏|字体|放大|缩小|支付|充值|购买|点赞|回复|楼主|积分|会员|简体|繁体|朗读|播报|语音|背景|双击|滚屏|复制|二维码|"
        "扫码|客服|广告|首页|正文|页面|版权|声明|投稿|搜索|设置|信息$|于$|字$|版$|楼$"
    )
)

_PROSE_MARK = re.compile(r"[，。！？!?；]|.{130}")

_BREADCRUMB = re.compile(r"[>»›]|" + words.han("网友|当前位置|您的位置|所在位置|您现在"))


def read_beside_date(reading: Reading, *, language: str | None, beside_date: bool) -> None:
    """Names that only stand beside the date: `2019-09-26 10:56:28 证券时报网`, `Joe Ayling | 7 December 2007`."""
    text = reading.left
    if "〔" in text and (found := _JAPANESE_DIGEST.search(text)):
        reading.credit(found["name"], "unlabelled", found.start("name"), found.end("name"))
        return
    turkish = language == "tr" or (language is None and _is_turkish(text))
    if turkish and (found := _TURKISH_LEAD.match(text)) and is_latin_name(found["who"].title()):
        reading.people("author", [found["who"]], found.start("who"), found.end("who"))
        return
    if found := _HAN_BRACKET_OUTLET.match(text):
        name = clean_name(found["name"])
        if is_outlet(name) and not _NEWSY.fullmatch(name) and not is_nobody(name):
            reading.credit(name, "unlabelled", found.start("name"), found.end("name"))
            return
    if len(text) < 60 and _HOUSE.search(text):
        reading.credit(clean_name(text), "site", 0, len(text))
        return
    if (found := _INITIALS.match(text.strip())) and not is_agency(found["who"]):
        reading.people("editor", [found["who"]], 0, len(text))
        return
    if _slashed(reading) or _signed(reading) or _outlet_line(reading):
        return
    if (reading.dates or beside_date or _POSTED_FROM.search(text)) and not _PROSE_MARK.search(text):
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
    pieces = [part for piece in _pieces(left) for part in _parted(*piece)]
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


def _parted(piece: str, start: int) -> list[tuple[str, int]]:
    """`新华网 张伟`: Han words set apart by white space are fields of their own when one of them is a person."""
    tokens = [(found.group(), start + found.start()) for found in re.finditer(r"\S+", piece)]
    if len(tokens) in (2, 3) and HAS_HAN.search(piece) and any(_is_bare_person(token) for token, _ in tokens):
        return tokens
    return [(piece, start)]


def _is_bare_person(piece: str) -> bool:
    """A name with no label: a short Han one needs a common family name."""
    return is_person(piece) and (len(piece) > 2 or piece[0] in HAN_COMMON_SURNAMES)


def _best_piece(reading: Reading, pieces: list[tuple[str, int]], dates: list[tuple[int, int]]) -> None:
    """The piece that is an outlet by its name; else, in Chinese lines, the one next to the date."""
    names = [
        (name, start, len(piece)) for piece, start in pieces if (name := _account_name(piece)) and not is_nobody(name)
    ]
    names = [item for item in names if not _SECTION.fullmatch(item[0])]
    outlets = [item for item in names if is_outlet(item[0]) and (_HAS_ASIAN.search(item[0]) or is_agency(item[0]))]
    outlets = outlets or [item for item in names if OUTLET_NAME.fullmatch(item[0])]
    if not outlets and len(pieces) <= 3 and dates:
        outlets = sorted(
            (item for item in names if _is_account(item[0])),
            key=lambda item: min(abs(item[1] + item[2] - dates[0][0]), abs(item[1] - dates[0][1])),
        )
    if outlets:
        name, start, length = outlets[0]
        reading.credit(name, "unlabelled", start, start + length)


def _account_name(piece: str) -> str:
    """`北京环球时报新媒体官方账号` -> `环球时报新媒体`: without the platform's place and words."""
    name = clean_name(re.split(r"[\[（(【]", piece)[0].split("  ")[0]) or ""
    if HAS_HAN.search(name) and " " in name:
        name = clean_name(name.split()[0])
    if name != piece and (place := _PLACE_PREFIX.match(name)) and is_outlet(name[place.end() :]):
        name = name[place.end() :]
    return name


def _account_before_date(reading: Reading, piece: str) -> None:
    if 2 <= len(piece) <= 8 and HAS_HAN.search(piece) and not is_outlet(piece) and not _SECTION.fullmatch(piece):
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
    if is_han_name(other) and is_outlet(one):
        person, outlet = "other", "one"
    elif is_han_name(one) and is_outlet(other):
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
    text = reading.left.strip(MARKS)
    if len(text) > 40:
        return False
    start = reading.left.find(text)
    if found := _DESK_AND_AGENCY.fullmatch(text):
        reading.credit(found["name"], "byline", start + found.start("name"), start + found.end("name"))
        return True
    if is_agency(text):
        reading.credit(text, "unlabelled", start, start + len(text))
        return True
    if (found := _NAME_AND_AGENCY.fullmatch(text)) and is_latin_name(found["who"]):
        reading.credit(found["name"], "byline", start + found.start("name"), start + found.end("name"))
        reading.people("author", [found["who"]], start, start + found.end("who"))
        return True
    if read := outlet_and_names(text):
        name, names, end = read
        if reading.found.source is None:
            reading.credit(name, "byline", start, start + end)
        reading.people("author", names, start + end, start + len(text))
        return True
    return False


def _is_account(name: str) -> bool:
    """A short Han name that may be an account: no counters, no buttons, no Japanese."""
    return 2 <= len(name) <= 12 and bool(_HAN_WORD.fullmatch(name)) and not _BUTTON.search(name)


def _is_turkish(text: str) -> bool:
    return not text.isascii() and any(letter in text for letter in "ğışĞİŞ")


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + EDGE * (end - start) + text[end:]


def _pieces(text: str) -> list[tuple[str, int]]:
    """The fields of a line with where each begins, without the marks around them."""
    out, start = [], 0
    for gap in (*PIECES.finditer(text), None):
        piece = text[start : gap.start() if gap else len(text)]
        bare = PREPOSITION.sub("", piece.strip(MARKS))
        if bare and any(char.isalpha() for char in bare):
            out.append((bare, start + piece.index(bare)))
        start = gap.end() if gap else start
    return out
