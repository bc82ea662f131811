"""Times that a page states for machines: JSON-LD, meta elements, `<time>`, microdata, its address, its scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import unquote

from items.url import split_url
from spiders.parsing.times.moment import Moment, make_date
from spiders.parsing.times.moments import find_moments
from spiders.parsing.times.month_words import month_number

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from items.article import Basis
    from spiders.parsing.page import Page

Kind = Literal["published", "modified"]


@dataclass(slots=True)
class Evidence:
    """One statement of a time.

    Attributes:
        moment: what it says.
        raw: the words or the attribute as printed.
        basis: where it stood, in the record's words.
        rule: the same for provenance, with the name of the field.
        kind: what it is the time of.
        weight: how far it is believed, 0 to 100.
        blocks: the blocks of the page that its words stand in, for visible ones.
        element: the element it was read off, for `<time>` and microdata.
        words: the label that it was printed with, if any.
    """

    moment: Moment
    raw: str
    basis: Basis
    rule: str
    kind: Kind
    weight: float
    blocks: list[int] = field(default_factory=list)
    element: HtmlElement | None = None
    words: str = ""


_ARTICLE_TYPES: Final = re.compile(r"article|posting|report|newsitem|blog$|review$|recipe|howto", re.IGNORECASE)
_PAGE_TYPES: Final = re.compile(r"webpage|itempage|creativework|aboutpage|qapage|audioobject|podcast", re.IGNORECASE)
_VIDEO_TYPES: Final = re.compile(r"video", re.IGNORECASE)
_MARKED: Final = ("time", "span", "abbr", "small", "em")
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(?:(Z)|([+-])(\d\d):?(\d\d)?)?)?"
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_META_PUBLISHED: Final[dict[str, int]] = {
    **dict.fromkeys(_names("""
    article:published_time article:published article:published_date article:publish_date article.published
    og:article:published_time og:published_time og:pubdate og:publish_date og:release_date datepublished
    date_published publishdate publish_date publish-date published publisheddate published_date published_time
    published-date publication_date publicationdate publication-date pubdate pub_date pub-date pubtime pub_time
    _pubtime publishtime publish_time publish-time publishedtime article_date_original article-publish-date
    article:date articlepublished parsely-pub-date sailthru.date cxenseparse:recs:publishtime
    cxenseparse:publishtime bt:pubdate rnews:datepublished dc.date.issued dcterms.issued dcterms.date
    dc.date.published prism.publicationdate prism.datereceived citation_publication_date citation_date
    citation_online_date contentpubtime firstpublishedtime firstpublished first_published newsdate apub:time
    bytedance:published_time weibo:article:create_at article:create_at gwa_contentdate date.published
    release_date displaydate og:time vr:published_time dateposted date_posted post_date datepublication
    date-publication eomportal-publishdate hdl_p_date iso-8601-publish-date shareaholic:article_published_time
"""), 78),
    **dict.fromkeys(_names("""
    date dc.date dc:date dc.date.created dcterms.created dc.created date_created datecreated created
    creation_date creationdate createtime create_time article:created article.created originalpublicationdate
    doc_date pagedate postdate time issued ptime time_published dateformatted page_date
"""), 62),
    "uploaddate": 50,
}  # fmt: skip
_META_MODIFIED: Final = _names("""
    article:modified_time article:modified article.updated article:updated_time article:updated og:updated_time
    og:modified_time og:article:modified_time datemodified date_modified dateupdate date-update modified lastmod
    last-modified last_modified lastmodified updated updated_time updatetime update_time dc.date.modified
    dcterms.modified dc.modified bytedance:updated_time bytedance:lrdate_time weibo:article:update_at
    date-revised revised eomportal-lastupdate article_date_updated parsely-updated
    cxenseparse:recs:articlelastmodified moddate dateupdated lastupdated utime
""")

_CLASS_PUBLISHED: Final = re.compile(
    r"publish|pub[-_]?(?:date|time)|posted|entry-date|post-date|article-date|date-?time|byline|release|created"
    r"|dateline",
    re.IGNORECASE,
)
_CLASS_MODIFIED: Final = re.compile(r"updat|modif|lastmod|edited", re.IGNORECASE)

_URL_FORMS: Final = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_.-](?P<m>[01]?\d)[/_.-](?P<d>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/?(?P<m>0\d|1[0-2])[/-]?(?P<d>[0-2]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-?(?P<m>0\d|1[0-2])/(?P<d>[0-2]\d|3[01])(?=/|_)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{3})/(?P<d>[0-3]?\d)/", re.IGNORECASE),
    re.compile(r"/(?P<y>[0-2]\d)/(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01])/"),
    re.compile(r"/(?P<y>[0-2]\d)/(?P<m>0\d|1[0-2])/(?P<d>[0-2]\d|3[01])/"),
    re.compile(r"/(?P<y>[12]\d)(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01])(?=/)"),
    re.compile(r"(?<![0-9a-zA-Z])(?P<y>(?:20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])\d{0,14}(?!\d)"),
    re.compile(r"/(?P<y>\d\d)_(?P<mon>[a-z]+)_(?P<d>[0-3]\d)/", re.IGNORECASE),
)
_URL_MONTH: Final = re.compile(r"/(?P<y>20[0-3]\d)[/-]?(?P<m>0[1-9]|1[0-2])(?=/)")

_SCRIPT_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "ublish": (
        "publish_time", "publishTime", "publishtime", "PublishTime", "publishDate", "publish_date", "publishedAt",
        "published_at", "datePublished", "published_time", "firstPublished", "publish_at", "publishAt",
    ),
    "pub": ("pubtime", "pubTime", "pub_time", "pubDate", "pub_date", "publicationDate"),
    "reate": ("createTime", "create_time"),
    "ime": ("newsTime", "displayTime", "ptime", "postTime"),
    "var ct": ("var ct",),
    "releaseDate": ("releaseDate",),
}  # fmt: skip
"""Names of variables, by a part of them that most scripts lack: one look saves the others."""
_SCRIPT_VALUE: Final = re.compile(
    r"\\?[\"']?\s{0,3}[:=]\s{0,3}(?:new Date\(\s?)?\\?[\"']?"
    r"(?P<value>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[^\"'\\<>,;}]{0,24}|1\d{9}(?:\d{3})?(?!\d)"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}[^\"'\\<>,;}]{0,12}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}[^\"'\\<>;}]{0,16})"
)
_SCRIPT_CLOCK: Final = re.compile(
    r"(?<![A-Za-z_])(?:[tT]ime|[dD]ate)\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']"
    r"(?P<value>\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ T]\d{1,2}:\d\d(?::\d\d)?[^\"'\\<>]{0,10})[\"'\\]"
)
_CLOCK_LIMIT: Final = 30_000
_SCRIPT_LIMIT: Final = 250_000


def read_stamp(value: str, *, language: str | None = None, month_first: bool = False) -> Moment | None:
    """The moment in a value made for machines: ISO 8601, RFC 822, seconds or milliseconds since 1970, or print."""
    value = value.strip()[:80]
    if match := _ISO.fullmatch(value):
        return _from_iso(match)
    if _EPOCH.fullmatch(value):
        seconds = float(value)
        when = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        return Moment(0, len(value), when.year, when.month, when.day, when.hour, when.minute, when.second, 0)
    moments = find_moments(value, language=language, month_first=month_first, limit=1)
    return moments[0] if moments else None


def _from_iso(match: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second = (int(group) if group else None for group in match.group(1, 2, 3, 4, 5, 6))
    assert year is not None
    if make_date(year, month or 0, day or 0) is None or (hour or 0) > 23 or (minute or 0) > 59 or (second or 0) > 59:
        return None
    offset = None
    if match[7]:
        offset = 0
    elif match[8]:
        offset = (int(match[9]) * 60 + int(match[10] or 0)) * (-1 if match[8] == "-" else 1)
    if offset is not None and abs(offset) > 14 * 60:
        offset = None
    return Moment(0, match.end(), year, month, day, hour, minute, second, offset)


def machine_evidence(page: Page, *, title: str | None, language: str | None) -> list[Evidence]:
    """Every time that JSON-LD, meta elements and microdata state of this page's own article."""
    found = _from_json_ld(page, title, language)
    found.extend(_from_meta(page, language))
    return found


def _from_json_ld(page: Page, title: str | None, language: str | None) -> list[Evidence]:
    graded = sorted(
        (
            (grade, -place, item)
            for place, item in enumerate(page.json_ld)
            if (grade := _own_grade(item, page.url, title))
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    found: list[Evidence] = []
    for grade, _, item in graded[:4]:
        for key, kind in (
            ("datePublished", "published"),
            ("uploadDate", "published"),
            ("dateCreated", "published"),
            ("dateModified", "modified"),
        ):
            for value in _texts(item.get(key))[:1]:
                moment = read_stamp(value, language=language)
                if moment is None:
                    continue
                weight = grade - (20 if key == "dateCreated" else 0)
                found.append(Evidence(moment, value, "json-ld", "json-ld", kind, weight))  # type: ignore[arg-type]
    return found


def _own_grade(item: dict[str, Any], url: str | None, title: str | None) -> float:
    """How surely an object describes this page's article, as the weight of its dates; 0 for what does not."""
    types = " ".join(_texts(item.get("@type")))
    if _ARTICLE_TYPES.search(types):
        grade = 80.0
    elif _PAGE_TYPES.search(types):
        grade = 70.0
    elif _VIDEO_TYPES.search(types):
        grade = 48.0
    else:
        return 0.0
    path = split_url(url).path.rstrip("/") if url else ""
    places = [*_texts(item.get("url")), *_texts(item.get("@id")), *_texts(item.get("mainEntityOfPage"))]
    own_place = bool(path) and any(
        split_url(place).path.rstrip("/") == path for place in places[:6] if "://" in place or place[:1] == "/"
    )
    headline = next(iter([*_texts(item.get("headline")), *_texts(item.get("name"))]), "")
    own_title = bool(title and headline) and _alike(headline, title or "")
    if own_place or own_title:
        return grade + 6
    return grade - 30 if headline and title and places and path else grade - 3


def _alike(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", "", text.casefold())[:40] for text in (one, other))
    return bool(first and second) and (first in second or second in first or first[:12] == second[:12])


def _texts(value: Any) -> list[str]:
    """The strings in a JSON-LD value, which may be a list or an object around them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, dict):
        return [text for key in ("@value", "@id", "url") if isinstance(text := value.get(key), str)]
    if isinstance(value, list):
        return [text for item in value[:10] if not isinstance(item, list) for text in _texts(item)]
    return []


def _from_meta(page: Page, language: str | None) -> list[Evidence]:
    found: list[Evidence] = []
    for name, values in page.meta.items():
        weight = _META_PUBLISHED.get(name)
        if weight is None and name not in _META_MODIFIED:
            continue
        moment = read_stamp(values[0], language=language)
        if moment is not None and moment.year is not None:
            kind: Kind = "published" if weight else "modified"
            found.append(Evidence(moment, values[0], "meta", f"meta:{name}", kind, weight or 60))
    return found


def element_evidence(page: Page, *, language: str | None) -> list[Evidence]:
    """The times of `<time>` elements and microdata, in page order, at most 40."""
    found: list[Evidence] = []
    marked = _MARKED if b"itemprop" in page.markup else _MARKED[:1]
    for element in page.root.iter(*marked):
        itemprop = element.get("itemprop")
        if element.tag != "time" and (itemprop is None or "date" not in itemprop.lower()):
            continue
        value = element.get("datetime") or element.get("content") or element.get("title")
        if not value:
            value = "".join(element.itertext())[:80]
        moment = read_stamp(value, language=language)
        if moment is None or moment.year is None:
            continue
        marks = (
            f"{itemprop or ''} {element.get('class') or ''} {element.get('pubdate') or ''} {element.get('id') or ''}"
        )
        if "startdate" in marks.lower() or "enddate" in marks.lower():
            continue
        kind: Kind = "modified" if _CLASS_MODIFIED.search(marks) else "published"
        sure = element.get("pubdate") is not None or _CLASS_PUBLISHED.search(marks) is not None
        found.append(Evidence(moment, value.strip(), "meta", "time", kind, 64 if sure else 58, element=element))
        if len(found) == 40:
            break
    return found


def url_evidence(url: str | None) -> Evidence | None:
    """The day, or else the month, that the page's address holds."""
    if not url:
        return None
    parts = split_url(url)
    path = unquote(parts.path)[:400] + ("?" + parts.query[:200] if parts.query else "")
    for place, form in enumerate(_URL_FORMS):
        for match in form.finditer(path):
            groups = match.groupdict()
            if "mon" in groups or (groups["m"] or "").isalpha():
                day = _named_day(groups)
            else:
                year = int(groups["y"])
                day = make_date(year + 2000 if year < 100 else year, int(groups["m"]), int(groups["d"]))
            if day is None:
                continue
            moment = Moment(match.start(), match.end(), day.year, day.month, day.day)
            return Evidence(moment, match.group().strip("/"), "url", "url", "published", 60 if place < 5 else 48)
    if month := _URL_MONTH.search(path):
        moment = Moment(month.start(), month.end(), int(month["y"]), int(month["m"]), None)
        return Evidence(moment, month.group().strip("/"), "url", "url", "published", 46)
    return None


def _named_day(groups: dict[str, str | Any]) -> date | None:
    month = month_number(groups.get("mon") or groups["m"])
    year = int(groups["y"])
    return make_date(year + 2000 if year < 100 else year, month, int(groups["d"])) if month else None


def script_evidence(page: Page, *, language: str | None) -> list[Evidence]:
    """Times in script variables with well-known names. Dear, so for pages that say nothing elsewhere."""
    found: list[Evidence] = []
    left = _SCRIPT_LIMIT
    for element in page.stating:
        text = element.text
        if element.tag != "script" or not text or "ld+json" in (element.get("type") or ""):
            continue
        text = text[:left]
        left -= len(text)
        found.extend(_from_script(text, language))
        if left <= 0 or len(found) >= 12:
            break
    return found


def _from_script(text: str, language: str | None) -> list[Evidence]:
    found: list[Evidence] = []
    for key in (key for part, keys in _SCRIPT_KEYS.items() if part in text for key in keys):
        values = _script_values(text, key)
        moments = [moment for value in values if (moment := read_stamp(value, language=language))]
        if not moments or _are_several(moments):
            continue
        name = key.split()[-1]
        found.append(
            Evidence(moments[0], values[0].strip(), "script", f"script:{name}", "published", 56 if name == "ct" else 46)
        )
    if not found:
        plain = [match["value"].strip() for match in islice(_SCRIPT_CLOCK.finditer(text, 0, _CLOCK_LIMIT), 4)]
        moments = [moment for value in plain if (moment := read_stamp(value, language=language))]
        if moments and not _are_several(moments):
            found.append(Evidence(moments[0], plain[0], "script", "script:time", "published", 40))
    return found


def _are_several(moments: list[Moment]) -> bool:
    """Whether a name is given several times, as that of a list's items is; one moment may be told in two zones."""
    clocks: dict[bool, set[tuple[int | None, int | None]]] = {}
    for moment in moments:
        if moment.hour is not None:
            clocks.setdefault(moment.offset is None, set()).add((moment.hour, moment.minute))
    return len({moment.date() for moment in moments}) > 1 or any(len(told) > 1 for told in clocks.values())


def _script_values(text: str, key: str) -> list[str]:
    """The values of the first few places where a script names a key."""
    values: list[str] = []
    at = -1
    for _ in range(6):
        at = text.find(key, at + 1)
        if at < 0:
            break
        if match := _SCRIPT_VALUE.match(text, at + len(key), at + len(key) + 80):
            values.append(match["value"])
    return values
