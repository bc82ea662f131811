"""Pages that are served as if all were well: the question whether one is human, and error pages with status 200."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 60_000
"""Bytes; a challenge is short, and so is an error page. A news page may speak of either."""

_MOST_TEXT = 1200
"""Characters of visible text on such a page."""

_CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-datadome": "protected", "x-amzn-waf-action": "c"}
"""Headers with which a firewall says itself that this is no page of the site; compared by their beginning."""

_CHALLENGE_MARKUP = (
    *(b"/cdn-cgi/challenge-platform/", b"_cf_chl_opt", b"cf-browser-verification", b"cf-turnstile"),
    *(b"_incapsula_resource", b"sucuri_cloudproxy_js", b"geo.captcha-delivery.com", b"px-captcha", b"_pxappid"),
    *(b"/.well-known/ddos-guard", b"awswafintegration", b"awswafcookiedomainlist", b"sec-if-cpt-container"),
    *(b"/distil_r_", b"radware_captcha", b"anubis_challenge", b"bm-verify="),
    *(b"acw_sc__v2", b"acw_sc__v3", b"aliyun_waf_", b"punish?x5secdata", b"_____tmd_____", b"yunsuo_session"),
    *(b"__jsl_clearance", b"waf_text_verify", b"wzwschallenge", b"safedog"),
)
"""What the scripts of firewalls are known by, in lower case."""

_CHALLENGE_TITLES = re.compile(
    r"just a moment|attention required|checking your browser|access denied|are you (?:a )?(?:human|robot)"
    r"|ddos protection|security check|bot verification|human verification|verify you are human|pardon our interruption"
    r"|request rejected"
    r"|un instant|einen moment|un momento|请稍候|安全验证|人机验证|访问验证|滑动验证|验证码"
    r"|网站防火墙|访问被拦截|访问被阻断|请求被拦截|攻击拦截|安全狗|云盾|보안 확인|お待ちください",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\b|\b404\b.{0,20}(?:not found|error|页|頁)"
    r"|(?:page|article|file|document|content|story|news).{0,30}"
    r"(?:not found|can(?:no|')t be found|could(?: not|n't) be found|does(?: not|n't) exist|no longer exists)"
    r"|^\W*not found\W*$|nothing (?:was )?found"
    r"|(?:页面|网页|文章|内容|信息|新闻|文件|访问的.{0,10}).{0,8}(?:不存在|未找到|找不到|已(?:经)?(?:被)?删除|没有找到|走丢)"
    r"|(?:頁面|網頁|文章|內容).{0,8}(?:不存在|找不到|已刪除)|抱歉.{0,12}(?:找不到|不存在)|无法找到该页"
    r"|page (?:introuvable|non trouvée)|seite (?:nicht gefunden|existiert nicht)|p[áa]gina no (?:encontrada|existe)"
    r"|p[áa]gina n[ãa]o encontrada|pagina non trovata|pagina niet gevonden|sayfa bulunamadı|страница не найдена"
    r"|ページ.{0,6}(?:見つかりません|存在しません)|페이지를 찾을 수 없",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HEADLINE = re.compile(r"<h[12][^>]*>(.*?)</h[12]", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_FRONT = re.compile(r"/(?:index|default|home|main)?(?:\.\w{2,5})?", re.IGNORECASE)


def challenge_of(body: bytes, headers: Mapping[str, str]) -> str | None:
    """What shows that a page asks whether one is human, in a few words; None for any other page.

    Args:
        body: decompressed.
        headers: of the answer, names in lower case.
    """
    for name, value in _CHALLENGE_HEADERS.items():
        if headers.get(name, "").lower().startswith(value):
            return f"a challenge instead of the page ({name})"
    if len(body) > _LONGEST:
        return None
    lower, text = body.lower(), _decoded(body)
    sign = next((mark.decode() for mark in _CHALLENGE_MARKUP if mark in lower), None) or _sign_in_title(text)
    if sign is None or len(visible_text(text)) > _MOST_TEXT:
        return None
    return f"a challenge instead of the page ({sign})"


def soft_404_of(body: bytes, asked: str, got: str) -> str | None:
    """What shows that a page is not there though its status says it is; None for any other page.

    Args:
        body: decompressed.
        asked: the URL as it was listed.
        got: the URL that answered, after redirects.
    """
    if _is_front(got) and not _is_front(asked):
        return "leads to the home page: not there"
    if len(body) > _LONGEST:
        return None
    text = _decoded(body)
    for pattern in (_TITLE, _HEADLINE):
        if (found := _first(pattern, text)) and _NOT_FOUND.search(found):
            return None if len(visible_text(text)) > _MOST_TEXT else f"an error page with status 200 ({found[:60]!r})"
    return None


def visible_text(text: str) -> str:
    """The words of a page that a reader sees, roughly: enough to count them."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _sign_in_title(text: str) -> str | None:
    title = _first(_TITLE, text)
    if not title and len(text) < _MOST_TEXT:
        title = visible_text(text)[:200]
    found = _CHALLENGE_TITLES.search(title)
    return repr(found[0]) if found else None


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return visible_text(found[1]) if found else ""


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path or "/") is not None


def _decoded(body: bytes) -> str:
    """A page's text, well enough to find words in it: as UTF-8, or else as what Chinese pages are written in."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
