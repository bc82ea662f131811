"""How a line of a list of links is read: headings, labels, titles, categories, addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal
from urllib.parse import parse_qsl, urlsplit

from spiders.parsing.related_words import CLOSE, INLINE, MORE, OTHER, RELATED, SITE

Kind = Literal["related", "close", "site", "other"]
"""What a heading introduces: the article's own list; its own list only if it stands close to the article; a list of the
site; something that is no list of articles."""

HEADING_CHARS: Final = 80
"""A longer line is no heading."""
_SIGN_HEADING_CHARS: Final = 30

_CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_HAS_CJK: Final = re.compile(rf"[{_CJK}]")
_SPACE_IN_CJK: Final = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"[^\W_]+")
# Turkish dots and Arabic vowel signs and hamzas come and go.
_SAME: Final = {ord("İ"): "i", ord("ı"): "i", 0x0307: "", **dict.fromkeys(range(0x064B, 0x0653)), **dict.fromkeys(map(ord, "أإآ"), "ا")}


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
    rising: tuple[tuple[dict[str, str], Kind], ...] = ((OTHER, "other"), (SITE, "site"), (CLOSE, "close"), (RELATED, "related"))
    for phrases_by_language, kind in rising:
        for phrases in phrases_by_language.values():
            kinds.update(dict.fromkeys(_keys(phrases), kind))
    return kinds


_KINDS: Final = _kinds()
_INLINE: Final = _keys(INLINE)
_MORE: Final = _keys(MORE)

# Chinese and Japanese build their headings from few parts.
_SIGN_PATTERNS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (
        re.compile(
            r"""(?:更多|本文|与本文|本篇|和本文)?(?:相关|相關|关联|關聯|延伸|拓展|扩展|擴展|類似|类似|同类|同類)的?(?:
            (?:新闻|文章|资讯|内容|推荐|阅读|链接|新聞)?
            (?:阅读|閱讀|新闻|新聞|文章|报道|報道|報導|资讯|資訊|推荐|推薦|内容|內容|稿件|事件|消息|动态|動態|博文|链接))""",
            re.VERBOSE,
        ),
        "related",
    ),
    (
        re.compile(
            r"""(?:.{0,6}(?:猜[你您](?:喜欢|喜歡|爱看|想看)|看了又看|大家(?:都|还|還)?(?:在|爱|愛)(?:看|搜)了?|[为為][你您]推[荐薦])|
            [你您](?:可能|或许|也许|或許|也許)(?:也|还|會|会)?(?:感兴趣|感興趣|喜欢|喜歡|想看)).{0,4}""",
            re.VERBOSE,
        ),
        "site",
    ),
    (
        re.compile(
            r"""(?:最新|最热|最熱|热门|熱門|热点|熱點|热文|熱文|热推|热议|热读|本站|本网|本周|本月|本日|今日|昨日|每日|一[周週]|\d+小[时時]|头条|頭條|频道|頻道|
            人气|人氣|点击|點擊|阅读|閱讀|浏览|瀏覽|编辑|編輯|小编|小編|总编|值班总编|主编|主編|站长|首页|独家|跟贴|跟帖|新闻|新聞|评论|[周月])
            (?:热门|热点|点击|阅读|新闻|文章)?
            (?:推荐|推薦|排行榜?|排名|榜单?|热榜|文章|新闻|新聞|资讯|資訊|报道|報道|報導|发布|发表|更新|动态|動態|消息|内容|內容|阅读|閱讀|热文|热点|热门|
            热搜|热议|要闻|头条|精选|精選|关注|關注|焦点|焦點|导读|话题|視頻|视频|图片|圖片|专题|專題|点击|點擊|评论|評論)
            (?:排行榜?|榜|推荐)?(?:top\s?\d+|更多|hot|new)?""",
            re.VERBOSE,
        ),
        "site",
    ),
    (re.compile(r"(?:ta|[他她]|作者|小编|博主|该作者|该用户)的?(?:热门|最新|最近|其他|更多)?.{0,4}(?:作品|文章|内容|动态|稿件)"), "site"),
    (re.compile(r".{0,8}(?:排行榜|点击排行|點擊排行|ランキング)"), "site"),
    (re.compile(r"(?:[上下]一?|前一|[后後]一)[篇页頁条條则則版章].{0,40}"), "other"),
    (re.compile(r".{1,24}(?:に関する|についての)(?:記事|ニュース)"), "close"),
    (re.compile(r".{1,12}の(?:最新)?(?:記事|ニュース)(?:一覧)?"), "site"),
)
# Elsewhere a heading names its topic or its site after fixed first words.
_WORD_PATTERNS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"more (?:(?:stories |news |articles )?(?:on|about)|(?:news|stories|articles|press releases) from) .{2,70}"), "close"),
    (re.compile(r"mehr (?:zu|zum thema|artikel zu|beiträge zu) .{2,60}|weitere .{4,20} (?:zu|zum|zur|über) .{2,60}|lesen sie .{0,5}(?:auch|mehr zum?) .{2,60}"), "related"),
    (re.compile(r"(?:articles?|actualités?|à lire) (?:aussi )?(?:sur|autour de|à propos de) .{2,50}"), "close"),
    (re.compile(r"(?:más (?:sobre|acerca de)|mais sobre|altro su) .{2,50}"), "close"),
    (re.compile(r"(?:more (?:from|in|by)|mehr (?:aus|von|vom|über|zur)|más (?:de|en|noticias de)|mais (?:de|em)|plus d[e ]|tous les articles|autres articles) .{2,50}"), "site"),
    (re.compile(r"(?:all|latest|recent|top|most|popular|trending) (?:\w+ ){0,4}(?:news|stories|articles|posts|reads|headlines|videos)(?: \w+){0,3}"), "site"),
    (re.compile(r"(?:aktuelle|neueste|letzte|weitere|beliebte|meist\w{3,9}) (?:\w+ ){0,2}(?:artikel|beiträge|nachrichten|meldungen|news|themen|videos)(?: \w+){0,3}"), "site"),
    (re.compile(r"(?:les (?:plus|derniers|dernières)|l[oa]s? (?:más|últim\w+)|[ao]s mais|ultim[ei]) .{2,30}"), "site"),
)  # fmt: skip
_FIRST_PAIRS: Final = frozenset(key[:2] for key in _KINDS if _HAS_CJK.search(key)) | frozenset(
    """更多 本文 与本 和本 本篇 相关 相關 关联 關聯 延伸 拓展 扩展 擴展 類似 类似 同类 同類 您可 你可 您或 你或 您也 你也 最新 最热 最熱 热门 熱門 热点 熱點
    热文 熱文 热推 热议 热读 本站 本网 本周 本月 本日 今日 昨日 每日 一周 一週 头条 頭條 频道 頻道 人气 人氣 点击 點擊 阅读 閱讀 浏览 瀏覽 编辑 編輯 小编
    总编 值班 主编 主編 站长 首页 独家 跟贴 跟帖 新闻 新聞 评论 周排 周热 周点 周阅 月排 月热 月点 月阅 ta 他的 她的 作者 博主 该作 该用 上一 下一 前一
    后一 後一 上篇 下篇 上页 下页""".split()
)
_FIRST_WORDS: Final = frozenset(
    """ta more mehr weitere lesen articles article actualité actualités à más mais altro plus tous autres all latest recent top most popular
    trending aktuelle neueste letzte beliebte les lo la las los as os ultimi ultime""".split()
) | frozenset(key.partition(" ")[0] for key in _KINDS)
_WITHIN: Final = re.compile("猜[你您]|看了又看|大家|推[荐薦]|ランキング|に関する|についての|の記事|の最新|のニュース|排行")
_TAILS: Final = (
    "更多", "全部", "查看更多", "查看全部", "换一换", "換一換", "もっと見る", "一覧", " show all", " see all", " view all", " see more",
    " view more", " show more", " more", " alle anzeigen", " mehr anzeigen", " voir tout", " voir plus", " ver todo", " ver todas", " tümü",
)  # fmt: skip
_BARS: Final = re.compile(r"[|｜/]")


def _kind_of_key(key: str) -> Kind | None:
    kind = _KINDS.get(key)
    if kind is None and len(key) > 3:
        patterns = _SIGN_PATTERNS if _HAS_CJK.search(key) else _WORD_PATTERNS
        kind = next((kind for pattern, kind in patterns if pattern.fullmatch(key)), None)
    return kind


def heading_kind(text: str) -> Kind | None:
    """What a short line introduces, by its words; None for words that introduce nothing known.

    Decoration is looked through: `- Related reading`, `【関連記事】`, `相 关 阅 读：`, `Related Posts (3)`,
    `VERWANDTE ARTIKEL | MEHR VOM AUTOR` (tabs: the first one is open).
    """
    if len(text) > HEADING_CHARS or (first := _WORD.search(text)) is None:
        return None
    word = first[0].lower()
    if not text.isascii() and _HAS_CJK.search(text):
        known = word[:2] in _FIRST_PAIRS or len(word) == 1 or word[0].isdecimal()
        if len(text) > _SIGN_HEADING_CHARS or not (known or _WITHIN.search(text)):
            return None
    elif word not in _FIRST_WORDS and (word.isascii() or word.translate(_SAME) not in _FIRST_WORDS):
        return None
    key = key_of(text)
    kind = _kind_of_key(key)
    if kind is None and (bare := _without_tail(key)) != key:
        kind = _kind_of_key(bare)
    if kind is None and _BARS.search(text):
        kind = _kind_of_key(key_of(_BARS.split(text[first.start() :], maxsplit=1)[0]))
    return kind


def _without_tail(key: str) -> str:
    if key[-1:].isdecimal():
        key = key.rstrip("0123456789").rstrip()
    if key.endswith(_TAILS):
        tail = next(tail for tail in _TAILS if key.endswith(tail))
        return key.removesuffix(tail).strip()
    return key


def is_link_label(text: str) -> bool:
    """Whether words directly before a link of an article's body make it related reading: `此前报道：`, `Also read |`."""
    return len(text) <= HEADING_CHARS and (key_of(text) in _INLINE or heading_kind(text) in ("related", "close"))


_LABEL_IN_TITLE: Final = re.compile(r"[\[【(（]?([^:：|｜\]】)）]{2,40})[\]】)）]?\s*[:：|｜\]】)）]\s*(?=\S)")


def split_label(text: str) -> tuple[str, str]:
    """The label at the head of a link's text and the rest: `ALSO READ: Cotton falls` is (`ALSO READ`, `Cotton falls`)."""
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
_TRAIL_MARKS: Final = re.compile(r"[\s|｜│¦·•⋅»›>,，、\u200b\ufeff–—-]+$")
_TRAIL_MARKS_BESIDE_QUOTES: Final = re.compile(r"[\s|｜│¦·•⋅,，、\u200b\ufeff–—-]+$")
_DETAIL: Final = re.compile(r"\s*[\[【(（](?:详细|详情|全文|更多|阅读全文|查看详情|more|mehr|read more)[\]】)）]\s*$", re.IGNORECASE)
_MARKER: Final = re.compile(r"\s*((?:[|｜│¦]\s?)?[-–—•·●■▪*]?)\s*(?=\S)")
_LABELLED: Final = re.compile(r"[^:：]{2,8}[:：]")


def marker_of(text: str) -> str:
    """The stray sign at the head of a list's line: `|`, `-`, `|-` or nothing."""
    match = _MARKER.match(text)
    return re.sub(r"[–—]", "-", re.sub("[｜│¦]", "|", match[1].replace(" ", ""))) if match else ""


def is_meta(text: str) -> bool:
    """Whether an item's line is only a date, a time, a duration or a counter."""
    return len(text) <= 60 and _ONLY_META.fullmatch(text) is not None


def counts_readers(text: str) -> bool:
    """Whether a short line counts comments or readers, as the lines of an endless feed do."""
    return len(text) <= 60 and _COUNTER.search(text.casefold()) is not None


def clean_title(text: str) -> str:
    """An item's title without stray pipes and dashes, dates before or after it, and "details" tails."""
    text = _DETAIL.sub("", _LEAD_MARKS.sub("", text.strip()))
    rest = _LEAD_DATE.sub("", text, count=1) if _LEAD_DATE.match(text) else text
    rest = _TRAIL_DATE.sub("", rest)
    text = _LEAD_MARKS.sub("", rest if letters(rest) >= 4 else text)
    return (_TRAIL_MARKS_BESIDE_QUOTES if "«" in text or "‹" in text else _TRAIL_MARKS).sub("", text)


def is_title(text: str) -> bool:
    """Whether a line can be an article's title: long enough, not "read more", not a date, no heading of a list."""
    if not 9 <= letters(text) <= 2000 or is_meta(text):
        return False
    if text.isascii() and " " not in text:
        return False
    if len(text) > HEADING_CHARS:
        return True
    key = key_of(text)
    return key not in _MORE and key not in _KINDS and not key.startswith(("上一篇", "下一篇", "上一頁", "下一页"))


def is_plain_title(text: str) -> bool:
    """Whether a line without a link can be a title in a list: no sentence, no label with its value."""
    text = clean_title(text)
    if not is_title(text) or letters(text) > 400 or text[-1] in "。：:;；…":
        return False
    label = _LABELLED.match(text)
    return not (label and heading_kind(label[0]) == "other")


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
    r"/(?:ads?|adv|adclick|click|clk|mbclk|aclk|adserver|banner|sponsor(?:ed)?)(?:[/?.]|$)|[?&](?:adurl|ano|click(?:id|url)|ad_?id)=",
    re.IGNORECASE,
)
_NO_ARTICLE_PATH: Final = re.compile(
    r"/(?:tags?|tags?_list|keywords?|search|so|etiquetas?|schlagworte?|stichwort|mots?-cles?|labels?|category|categories|kategorien?|categorias?|"
    r"categorie|rubrik|authors?|autor|autoren|auteur|autore|yazar|writer|reporter|users?|profile?|member|space|company|quote|login|register|"
    r"signup|subscribe|about|contact|rss|feed|share|print)(?:[/?]|$)|/tags?[-_]?\w*\.s?html?$|-?tags?-\d+\.html",
    re.IGNORECASE,
)
_TOPIC_PATH: Final = re.compile(
    r"/(?:topics?|themen?|thema|temas?|sujets?|specials?|zt|subject|dossiers?|channels?|sections?|ressort|index)(?:[/._?-]|$)", re.IGNORECASE
)
_SEARCH_KEYS: Final = frozenset("q keyword keywords words word wd kw query tag tags search searchword".split())
_LIKE_AN_ARTICLE: Final = re.compile(r"\d|-\w+-|\.s?html?$")


def is_ad(url: str) -> bool:
    """Whether an address is that of an advertiser's click counter."""
    scheme, _, rest = url[:300].partition("://")
    return _AD_HOST.search((rest or scheme).partition("/")[0]) is not None or _AD_PATH.search(url[:300]) is not None


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
    if not path and not query:
        return False
    if letters(title) >= 16:
        return True
    if _TOPIC_PATH.search(parts.path) or key_of(path.rpartition("/")[2]) == key_of(title):
        return False
    return bool(query) or path.count("/") > 2 or _LIKE_AN_ARTICLE.search(path) is not None
