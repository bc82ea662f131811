"""How a line of a list of links is read: headings, labels, titles, categories, addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from spiders.parsing.related.related_words import (
    CLOSE,
    INLINE,
    MORE,
    OTHER,
    RELATED,
    SIGN_BEGINNINGS,
    SIGN_PATTERNS,
    SITE,
    WORD_BEGINNINGS,
    WORD_PATTERNS,
    Kind,
)

HEADING_CHARS: Final = 80
"""A longer line is no heading."""
_SIGN_HEADING_CHARS: Final = 30
_TITLE_CHARS: Final = 1500
RECURRING: Final = 4096
"""Lines that are kept in mind as they were read: a site's menus and lists stand on each of its pages."""

_CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_HAS_CJK: Final = re.compile(rf"[{_CJK}]")
_SPACE_IN_CJK: Final = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"[^\W_]+")
# Turkish dots and Arabic vowel signs and hamzas come and go.
_SAME: Final[dict[int, str | None]] = {
    ord("İ"): "i",
    ord("ı"): "i",
    0x307: "",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("آ"): "ا",
    **dict.fromkeys(range(0x64B, 0x653)),
}


def key_of(text: str) -> str:
    """Words only, case and width folded: what headings, labels and titles are compared by."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = _NOT_WORD.sub(" ", text.casefold().translate(_SAME)).strip()
    return _SPACE_IN_CJK.sub("", text) if _HAS_CJK.search(text) else text


def letters(text: str) -> int:
    """How much a text says: letters and digits, an ideograph or a syllable block counted twice."""
    count = len(_NOT_WORD.sub("", text))
    return count if text.isascii() else count + len(_HAS_CJK.findall(text))


# Headings


def _keys(phrases: str) -> frozenset[str]:
    return frozenset(key for phrase in phrases.split(";") if (key := key_of(phrase)))


def _kinds() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    rising: tuple[tuple[Kind, dict[str, str]], ...] = (
        ("other", OTHER), ("site", SITE), ("close", CLOSE), ("related", RELATED),
    )  # fmt: skip
    for kind, by_language in rising:
        for phrases in by_language.values():
            kinds.update(dict.fromkeys(_keys(phrases), kind))
    return kinds


_KINDS: Final = _kinds()
_INLINE: Final = _keys(INLINE)
_MORE: Final = _keys(MORE)

_SIGN_PATTERNS: Final = tuple((re.compile(pattern, re.VERBOSE), kind) for pattern, kind in SIGN_PATTERNS)
_WORD_PATTERNS: Final = tuple((re.compile(pattern, re.VERBOSE), kind) for pattern, kind in WORD_PATTERNS)
# Most lines of a page are told from headings by how they begin.
_PHRASES: Final = _KINDS.keys() | _INLINE
_FIRST_PAIRS: Final = frozenset(SIGN_BEGINNINGS.split()) | {key[:2] for key in _PHRASES if _HAS_CJK.search(key)}
_FIRST_WORDS: Final = frozenset(WORD_BEGINNINGS.split()) | {key.partition(" ")[0] for key in _PHRASES}
_WITHIN: Final = re.compile("[猜荐薦榜グ関記]|小[时時]")
_TAILS: Final = (
    *("更多", "全部", "查看更多", "查看全部", "换一换", "換一換", "もっと見る", "一覧"),
    *(" show all", " see all", " view all", " see more", " view more", " show more", " more"),
    *(" alle anzeigen", " mehr anzeigen", " voir tout", " voir plus", " ver todo", " ver todas", " tümü"),
)
RECOMMENDED: Final = re.compile("推[荐薦]|おすすめ|추천|recomm|empf[eo]hl|recom[ei]nd|consigli|рекоменд", re.IGNORECASE)
"""Words of headings that promise what a reader may like, not what belongs to the article."""
_BARS: Final = re.compile(r"[|｜/]")


def _kind_of_key(key: str) -> Kind | None:
    kind = _KINDS.get(key)
    if kind is None and len(key) > 2:
        patterns = _SIGN_PATTERNS if _HAS_CJK.search(key) else _WORD_PATTERNS
        kind = next((kind for pattern, kind in patterns if pattern.fullmatch(key)), None)
    return kind


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> Kind | None:
    """What a short line introduces, by its words; None for words that introduce nothing known.

    Decoration is looked through: `- Related reading`, `【関連記事】`, `相 关 阅 读：`, `Related Posts (3)`,
    `VERWANDTE ARTIKEL | MEHR VOM AUTOR` (tabs: the first one is open).
    """
    if len(text) > HEADING_CHARS or (first := _WORD.search(text)) is None:
        return None
    if not _may_begin(first[0].lower(), text):
        return None
    key = key_of(text)
    kind = _kind_of_key(key)
    if kind is None and (bare := _without_tail(key)) != key:
        kind = _kind_of_key(bare)
    if kind is None and _BARS.search(text):
        kind = _kind_of_key(key_of(_BARS.split(text[first.start() :], maxsplit=1)[0]))
    return kind


def _may_begin(word: str, text: str) -> bool:
    """Whether a line can be a heading or a label by its first word; most lines of a page end here."""
    if not text.isascii() and _HAS_CJK.search(text):
        return len(text) <= _SIGN_HEADING_CHARS and (
            word[:2] in _FIRST_PAIRS or len(word) == 1 or _WITHIN.search(text) is not None
        )
    return word in _FIRST_WORDS or (not word.isascii() and word.translate(_SAME) in _FIRST_WORDS)


def _without_tail(key: str) -> str:
    if key[-1:].isdecimal():
        key = key.rstrip("0123456789").rstrip()
    if key.endswith(_TAILS):
        tail = next(tail for tail in _TAILS if key.endswith(tail))
        return key.removesuffix(tail).strip()
    return key


def is_link_label(text: str) -> bool:
    """Whether words directly before a link in the text make it related reading: `此前报道：`, `Also read |`."""
    if len(text) > HEADING_CHARS or (first := _WORD.search(text)) is None:
        return False
    if not _may_begin(first[0].lower(), text):
        return False
    return key_of(text) in _INLINE or heading_kind(text) in ("related", "close")


_LABEL_IN_TITLE: Final = re.compile(r"[\[【(（]?([^:：|｜\]】)）]{2,40})[\]】)）]?\s*[:：|｜\]】)）]\s*(?=\S)")


def split_label(text: str) -> tuple[str, str]:
    """The label at the head of a link's text, and the rest: `ALSO READ: Cotton falls`; no label is an empty one."""
    match = _LABEL_IN_TITLE.match(text)
    if match and is_link_label(match[1]):
        return match[1], text[match.end() :]
    return "", text


# Titles

_MONTH: Final = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fév|avr|juin|juil|aoû|déc|gen|mag|giu|lug|set|ott|"
    r"fev|out|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara)\w{0,8}\.?"
)  # fmt: skip
_CLOCK: Final = r"(?:[\s,T]{0,3}(?:um )?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?(?:uhr|h|am|pm)\b)?)?"
_FULL_DATE: Final = (
    r"(?:(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d{2}|\d{2})(?!\d)|"
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d{{2}}|\d{{1,2}}\.?\s(?:de\s)?{_MONTH}(?:\sde)?,?\s(?:19|20)\d{{2}})"
)
_SHORT_DATE: Final = r"(?:\d{1,2}月\d{1,2}日|(?:0?\d|1[0-2])[-/](?:[0-2]\d|3[01])|\d{1,2}\.\d{1,2}\.)"
_RELATIVE: Final = (
    r"(?:今天|昨天|前天|刚刚|\d{1,2}\s?(?:分钟|小时|天|个月|分|時間|日|시간|일)\s?(?:前|전)|"
    r"\d{1,2}\s(?:min|mins|minutes?|hours?|days?|weeks?|months?|years?)\sago|"
    r"yesterday|today|gestern|heute|hier|ayer|hoy|ieri|oggi|dün|bugün)"
)
_LEAD_DATE: Final = re.compile(
    rf"[\[(（【]?(?:{_FULL_DATE}|(?<=[\[(（【]){_SHORT_DATE}){_CLOCK}[\])）】]?[\s|:·,–—-]*", re.IGNORECASE
)
_DIGIT: Final = re.compile(r"\d")
_TRAIL_DATE: Final = re.compile(
    rf"[\s|·,，–—-]*(?:[\[(（【]\s?(?:{_FULL_DATE}|{_SHORT_DATE}){_CLOCK}\s?[\])）】]|(?<![\d.,]){_FULL_DATE}{_CLOCK}|"
    rf"\s{_SHORT_DATE}{_CLOCK})$",
    re.IGNORECASE,
)
_EDGES: Final = r"[\s|·,，、/()\[\]（）【】<>›»-]*"
_ONLY_META: Final = re.compile(
    rf"{_EDGES}(?:(?:{_FULL_DATE}|{_SHORT_DATE}|{_RELATIVE}|(?:mon|tue|wed|thu|fri|sat|sun)\w*\.?,?|{_MONTH}\s\d{{1,2}}|"
    rf"\d{{1,2}}\.?\s{_MONTH}){_CLOCK}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|"
    r"\d[\d.,]{0,8}\s?(?:图|张|条|次|阅读|评论|跟贴|赞|views?|comments?|min(?:ute)?s?(?: read)?|k|m|万)?)"
    rf"{_EDGES}",
    re.IGNORECASE,
)
_COUNTER: Final = re.compile(
    r"\d\s?(?:评论|評論|跟贴|跟帖|回复|回覆|阅读|閱讀|コメント|(?:comments?|replies|kommentare|commentaires|comentarios|yorum)\b)"
)
_LEAD_MARKS: Final = re.compile(r"^(?:[\s|｜│¦·•●○■□◆◇▪▫▶►▸»›>※★☆*・\u200b\ufeff]+|[-–—]+(?!\d))+")
_TRAIL_MARKS_BESIDE_QUOTES: Final = " \u3000|｜│¦·•⋅,，、\u200b\ufeff–—-"
_TRAIL_MARKS: Final = _TRAIL_MARKS_BESIDE_QUOTES + "»›>"
_DETAIL: Final = re.compile(
    r"\s*[\[【(（](?:详细|详情|(?:阅读)?全文|更多|查看详情|(?:read )?more|mehr)[\]】)）]\s*$", re.IGNORECASE
)
_MARKER: Final = re.compile(r"\s*((?:[|｜│¦]\s?)?[-–—•·●■▪*]?)\s*(?=\S)")
_LABELLED: Final = re.compile(r"[^:：]{2,8}[:：]")


def marker_of(text: str) -> str:
    """The stray sign at the head of a list's line: `|`, `-`, `|-` or nothing."""
    match = _MARKER.match(text)
    return re.sub(r"[–—]", "-", re.sub("[｜│¦]", "|", match[1].replace(" ", ""))) if match else ""


@lru_cache(maxsize=RECURRING)
def is_meta(text: str) -> bool:
    """Whether an item's line is only a date, a time, a duration, a counter or stray signs."""
    return len(text) <= 60 and (_ONLY_META.fullmatch(text) is not None or _WORD.search(text) is None)


def counts_readers(text: str) -> bool:
    """Whether a short line counts comments or readers, as the lines of an endless feed do."""
    return len(text) <= 60 and _COUNTER.search(text.casefold()) is not None


@lru_cache(maxsize=RECURRING)
def clean_title(text: str) -> str:
    """An item's title without stray pipes and dashes, dates before or after it, and "details" tails."""
    text = _DETAIL.sub("", _LEAD_MARKS.sub("", text[:_TITLE_CHARS].strip()))
    half = len(text) // 2
    if half > 8 and text[:half] == text[half + 1 :]:
        text = text[:half]
    rest = text
    if date := _LEAD_DATE.match(rest):
        rest = rest[date.end() :]
    if _DIGIT.search(rest[-50:]) and (date := _TRAIL_DATE.search(rest, max(0, len(rest) - 50))):
        rest = rest[: date.start()]
    text = _LEAD_MARKS.sub("", rest if letters(rest) >= 4 else text)
    return text.rstrip(_TRAIL_MARKS if "«" not in text and "‹" not in text else _TRAIL_MARKS_BESIDE_QUOTES)


def is_title(text: str) -> bool:
    """Whether a line can be an article's title: long enough, not "read more", not a date, no heading of a list."""
    if len(text) > _TITLE_CHARS or letters(text) < 9 or is_meta(text):
        return False
    if text.isascii() and " " not in text:
        return False
    if len(text) > HEADING_CHARS:
        return True
    key = key_of(text)
    return key not in _MORE and key not in _KINDS and not _ALL.match(key)


def is_plain_title(text: str) -> bool:
    """Whether a line without a link can be a title in a list: no sentence, no label with its value."""
    text = clean_title(text)
    if len(text) > 400 or not is_title(text) or text[-1] in "。：:;；…" or (text[-1] == "." and len(text) > 60):
        return False
    label = _LABELLED.match(text)
    return not (label and heading_kind(label[0]) == "other")


_ALL: Final = re.compile(
    r"""(?:see|view|show|browse|read|explore)\s(?:all|more)\b|all\s(?:articles|news|posts|stories)|
    alle\s(?:artikel|beiträge|nachrichten|news|meldungen|themen)|tou(?:s|tes)\sles|ver\s(?:todos|todas|más|mais)|
    tutt[ei]\s(?:gli|le|i)|查看|更多|[上下]一[篇页頁条條]|\d+\s(?:comments?|kommentare?|commentaires?|comentarios?)\b""",
    re.VERBOSE,
)
_CATEGORY: Final = re.compile(r"([^|｜│]{2,40}?)\s*[|｜│]\s*(\S.+)", re.DOTALL)


def split_category(text: str) -> tuple[str, str] | None:
    """`Category | Title` in its two parts, the title keeping pipes of its own; None if it has no such form."""
    match = _CATEGORY.fullmatch(_LEAD_MARKS.sub("", text))
    if not match or match[1].count(" ") > 6 or letters(match[2]) < 9 or not letters(match[1]):
        return None
    return match[1].strip(), match[2].strip()


# Addresses

_AD_HOST: Final = re.compile(
    r"(?:^|\.)(?:ads?\d*|adv|adserver|adclick|adx|clicks?|clk|trc|saxn?|beap|cpro|tracking|tracker|popup)\.|"
    r"doubleclick|googlesyndication|googleadservices|taboola|outbrain|revcontent|mgid|plista|ligatus|criteo"
)
_AD_PATH: Final = re.compile(
    r"/(?:ads?|adv|adclick|click|clk|mbclk|aclk|adserver|banner|sponsor(?:ed)?)(?:[/?.]|$)|"
    r"[?&](?:adurl|ano|click(?:id|url)|ad_?id)=",
    re.IGNORECASE,
)
_NO_ARTICLE_PATH: Final = re.compile(
    r"""/(?:tags?|tags?_list|keywords?|search|so|etiquetas?|schlagworte?|stichwort|mots?-cles?|labels?|category|categories|kategorien?|
    categorias?|categorie|rubrik|quote|login|register|signup|subscribe|contact|rss|feed|sharer?|print)(?:/|$)|
    /(?:authors?|autor|autoren|auteur|autore|by|yazar|writer|reporter|users?|profile?|member|space|company|about)(?:/[^/]*)?/?$|
    /tags?[-_]?\w*\.s?html?$|-?tags?-\d+\.html""",
    re.IGNORECASE | re.VERBOSE,
)
_TOPIC_PATH: Final = re.compile(
    r"""/(?:topics?|themen?|thema|temas?|sujets?|specials?|zt(?:_\w)?|subject|dossiers?|channels?|sections?|ressort|index)
    (?:[/._?-]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_SEARCH_KEYS: Final = frozenset(
    ("q", "keyword", "keywords", "word", "words", "wd", "kw", "query", "tag", "tags", "search")
)
_LIKE_AN_ARTICLE: Final = re.compile(r"\d|-\w+-|\.s?html?$")
_SLUG: Final = re.compile(r"-[^/-]+-[^/-]+-|\d{5}")
_ID: Final = re.compile(r"\d{5}|\d[a-z]+\d|=\w*\d", re.IGNORECASE)


def is_ad(url: str) -> bool:
    """Whether an address is that of an advertiser's click counter."""
    scheme, _, rest = url[:300].partition("://")
    return _AD_HOST.search((rest or scheme).partition("/")[0]) is not None or _AD_PATH.search(url[:300]) is not None


@lru_cache(maxsize=RECURRING)
def is_article_link(title: str, url: str | None) -> bool:
    """Whether a link can lead to an article: no advertisement, tag, keyword, author, channel or front page.

    Args:
        title: the link's text.
        url: its absolute address; without one only the text can speak.
    """
    if not is_title(title):
        return False
    return not url or _leads_to_article(title, url)


def _leads_to_article(title: str, url: str) -> bool:
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query[:500])
    except ValueError:
        return False
    path = parts.path.rstrip("/")
    if is_ad(url) or _NO_ARTICLE_PATH.search(parts.path) or any(key in _SEARCH_KEYS for key, _ in query):
        return False
    return bool(path or query) and not _is_channel(title, path, parts.query)


def _is_channel(title: str, path: str, query: str) -> bool:
    """Whether an address is a topic's or a channel's: that of a short title without a number or a sentence in it."""
    short = letters(title) < 16
    if _TOPIC_PATH.search(path) and not _SLUG.search(path):
        return short or not _ID.search(f"{path.rpartition('/')[2]}?{query}")
    if not short:
        return False
    if key_of(path.rpartition("/")[2]) == key_of(title):
        return True
    return not query and path.count("/") <= 2 and _LIKE_AN_ARTICLE.search(path) is None
