"""Pages that are served as if all were well, and the news pages that only look like them."""

from __future__ import annotations

import pytest

from spiders.disguise import challenge_of, soft_404_of

LONG = "<p>The mill opened on Monday and spins cotton yarn for export to eleven countries.</p>" * 40
URL = "http://mill.example/news/1"

CHALLENGES = {
    "cloudflare": "<title>Just a moment...</title><script>window._cf_chl_opt={}</script><noscript>Enable JavaScript",
    "incapsula": '<html><script src="/_Incapsula_Resource?SWJIYLWA=719"></script></html>',
    "sucuri": "<script>sucuri_cloudproxy_js='';</script>",
    "datadome": '<script src="https://geo.captcha-delivery.com/captcha/"></script><p>Please enable JS</p>',
    "aliyun": "<html><script>var arg1='4A6F';var _0x=['acw_sc__v2'];</script></html>",
    "akamai": "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this page.",
    "yunsuo": '<script>document.cookie="srcurl="; "yunsuo_session_verify"</script>',
    "chinese": "<title>安全验证</title><p>请完成下方验证后继续访问</p>",
    "bare words": "Checking your browser before accessing mill.example",
}
ERROR_PAGES = {
    "english": "<title>404 - Page not found</title><h1>Oops</h1>",
    "headline": "<title>Mills</title><h1>The page you requested could not be found</h1>",
    "chinese": "<title>提示信息</title><h2>您访问的页面不存在或已删除</h2>",
    "german": "<title>Seite nicht gefunden | Verband</title>",
    "french": "<title>Page introuvable</title>",
    "spanish": "<title>Página no encontrada</title>",
    "japanese": "<title>ページが見つかりません</title>",
    "korean": "<title>페이지를 찾을 수 없습니다</title>",
    "gbk": "<title>文章不存在</title>",
}
NEWS = {
    "about captchas": f"<title>Captcha makers attack mills: just a moment of silence</title>{LONG}",
    "about access": f"<title>Access denied: mills kept out of talks</title>{LONG}",
    "about a 404": f"<title>404 looms sold at fair, nothing found wanting</title>{LONG}",
    "behind cloudflare": f"<title>Mill opens</title><script src='/cdn-cgi/challenge-platform/x.js'></script>{LONG}",
    "short": "<title>Mill opens</title><h1>Mill opens</h1><p>The mill opened.</p>",
    "chinese": "<title>纺织企业开工率回升</title><p>中国棉纺织行业协会日前发布的数据显示。</p>",
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_recognised(name) -> None:
    assert challenge_of(CHALLENGES[name].encode(), {}) is not None


def test_a_firewall_that_says_so_in_its_headers_is_believed() -> None:
    assert challenge_of(b"", {"cf-mitigated": "challenge"}) is not None


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_with_status_200_is_recognised(name) -> None:
    body = ERROR_PAGES[name].encode("gbk" if name == "gbk" else "utf-8")
    assert soft_404_of(body, URL, URL) is not None


def test_an_article_that_leads_to_the_home_page_is_not_there() -> None:
    assert soft_404_of(LONG.encode(), URL, "http://mill.example/") is not None
    assert soft_404_of(LONG.encode(), URL, "http://mill.example/index.html") is not None
    assert soft_404_of(LONG.encode(), "http://mill.example/", "http://www.mill.example/") is None


@pytest.mark.parametrize("name", NEWS)
def test_a_news_page_is_a_news_page(name) -> None:
    body = NEWS[name].encode()
    assert challenge_of(body, {}) is None
    assert soft_404_of(body, URL, URL) is None
