"""A server that wishes us ill: each of its answers has its own end, nothing is asked for where it must not be."""

from __future__ import annotations

import gzip
import time
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from backports import zstd

from tests.loopback import Loopback, listing_page, news_page, site_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

STORY = ("The mill opened on Monday and spins cotton yarn for export to eleven countries. " * 2, "It employs hundreds.")
CHINESE = news_page(
    "棉纺企业开工率回升",
    "中国棉纺织行业协会日前发布的数据显示,本月纺纱企业开工率比上月提高三个百分点,订单有所增加。" * 3,
)
BOMB = bytes(24 << 20)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML_BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><{{0}}><item><link>&l9;</link></item></{{0}}>'


def raw(*parts: bytes, pause: float = 0, forever: bytes = b"") -> Callable[[BaseHTTPRequestHandler], None]:
    """Writes to the connection what no honest server would."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        try:
            for part in parts:
                handler.wfile.write(part)
            while forever:
                handler.wfile.write(forever)
                time.sleep(pause)
        except OSError:
            pass  # the client has had enough

    return answer


def head(*lines: str, status: str = "200 OK") -> bytes:
    return ("\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", *lines]) + "\r\n\r\n").encode()


def packed(coding: str, body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return raw(head(f"Content-Encoding: {coding}", f"Content-Length: {len(body)}"), body)


def redirect(to: str) -> tuple[int, dict[str, str], bytes]:
    return 302, {"Location": to}, b""


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    return {
        "gzip": gzip.compress(BOMB),
        "deflate": zlib.compress(BOMB),
        "br": brotli.compress(BOMB, quality=4),
        "zstd": zstd.compress(BOMB),
        "gzip, gzip": gzip.compress(gzip.compress(BOMB)),
    }


def test_each_hostile_answer_has_its_end_and_the_other_sites_are_crawled(web, crawl, bombs) -> None:
    with Loopback() as inner, Loopback() as honest, Loopback() as talker:
        port = inner.home.rstrip("/").rsplit(":", 1)[1]
        chunked, megabyte = head("Transfer-Encoding: chunked"), b"100000\r\n" + bytes(1 << 20) + b"\r\n"
        pages: dict[str, object] = {
            "slow": raw(head(), forever=b"<", pause=0.2),
            "endless": raw(chunked, forever=megabyte),
            "endless-headers": raw(b"HTTP/1.1 200 OK\r\n", forever=b"X-Again: and again\r\n" * 1000),
            "claims-more": raw(head("Content-Length: 100000"), b"<html><h1>Half"),
            "claims-less": raw(head("Content-Length: 14"), news_page("A mill", *STORY).encode()),
            "claims-a-terabyte": raw(head("Content-Length: 1000000000000"), forever=bytes(1 << 16)),
            "broken-chunks": raw(chunked, b"5\r\nhello\r\nZZZZ\r\nworld"),
            "no-http": raw(b"SSH-2.0-OpenSSH_9.2\r\n" * 3),
            "charset": (200, {"Content-Type": "text/html; charset=utf-8"}, CHINESE.encode("gbk")),
            "picture": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
            "not-gzip": packed("gzip", b"this is no gzip at all"),
            "not-deflate": packed("deflate", b"this is no deflate at all"),
            "not-br": packed("br", b"this is no brotli at all"),
            "not-zstd": packed("zstd", b"this is no zstd at all"),
            "to-loopback": redirect(f"http://127.0.0.1:{port}/"),
            "to-mapped": redirect(f"http://[::ffff:127.0.0.1]:{port}/"),
            "to-hex": redirect(f"http://0x7f000001:{port}/"),
            "to-number": redirect(f"http://2130706433:{port}/"),
            "to-localhost": redirect(f"http://localhost:{port}/"),
            "to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
            "to-name": redirect(f"http://inward.example:{port}/"),
            "to-mixed-name": redirect(f"http://mapped.example:{port}/"),
            "to-file": redirect("file:///etc/passwd"),
            "to-gopher": redirect(f"gopher://127.0.0.1:{port}/"),
            "round/0": redirect("/news/round/1"),
            "challenge": (
                503,
                {"Content-Type": "text/html", "cf-mitigated": "challenge"},
                b"<title>Just a moment</title>",
            ),
            "soft-404": (200, {"Content-Type": "text/html"}, "<title>404 页面不存在</title><p>返回首页".encode()),
            "to-home": redirect("/"),
        }
        for number in range(1, 20):
            pages[f"round/{number}"] = redirect(f"/news/round/{number + 1}")
        pages |= {f"bomb-{coding}": packed(coding, body) for coding, body in bombs.items()}
        names = [name for name in pages if not name.startswith("round/") or name == "round/0"]
        web.pages |= {f"/news/{name.replace(', ', '+')}": page for name, page in pages.items()}
        web.html("/", listing_page(*(f"/news/{name.replace(', ', '+')}" for name in names)))
        for path, root in (("/feed", "rss"), ("/map", "urlset")):
            web.html(path, XML_BOMB.format(root), content_type="application/xml")
        ways = f'[[feeds]]\nurl = "{web.home}feed"\n[[sitemaps]]\nurl = "{web.home}map"\n'
        honest.html("/", listing_page("/news/1"))
        honest.html(
            "/news/1", news_page("Wool prices rise", "Wool prices rose at the auction in Sydney by a tenth. " * 3)
        )
        rules = b"User-agent: *\nDisallow: /news/private\n" + b"# and so on\n" * 10_000
        on_and_on = raw(head("Content-Length: 100000000"), rules, forever=b"# and so on, and on\n" * 5000)
        talker.pages["/robots.txt"] = on_and_on
        talker.html("/", listing_page("/news/1", "/news/private"))
        talker.html("/news/1", news_page("Fair ends", "The fair for hosiery in Datang closed with more visitors. " * 3))
        ended = crawl(
            config='retries = 0\ntimeout = 3\nallow_hosts = ["talker.example"]\n',
            names={
                "inward.example": ["127.0.0.1"],
                "talker.example": ["127.0.0.1"],
                "mapped.example": ["::ffff:127.0.0.1"],
            },
            inward=site_file("inward", f"http://inward.example:{port}/"),
            talker=site_file("talker", talker.home.replace("127.0.0.1", "talker.example")),
            hostile=site_file("hostile", web.home).replace("[politeness]", ways + "[politeness]"),
            honest=site_file("honest", honest.home),
        )
        assert inner.asked == []
        assert "/news/private" not in talker.asked
    assert ended.ledger("inward") == {"/": ("failed", "address")}
    talked = {"/": ("read", None), "/news/1": ("kept", None), "/news/private": ("skipped", "robots")}
    assert ended.ledger("talker") == talked
    assert ended.ledger("honest")["/news/1"] == ("kept", None)
    got = {path.removeprefix("/news/"): end for path, end in ended.ledger("hostile").items()}
    assert got == {
        "/": ("read", None),
        "/feed": ("failed", "too-large"),
        "/map": ("failed", "too-large"),
        "slow": ("failed", "timed-out"),
        "endless": ("failed", "too-large"),
        "endless-headers": ("failed", "connection"),
        "claims-more": ("failed", "broken"),
        "claims-less": ("rejected", "no-article"),
        "claims-a-terabyte": ("failed", "too-large"),
        "broken-chunks": ("failed", "broken"),
        "no-http": ("failed", "connection"),
        "charset": ("kept", None),
        "picture": ("failed", "wrong-type"),
        "not-gzip": ("failed", "broken"),
        **dict.fromkeys(("not-deflate", "not-br", "not-zstd"), ("failed", "broken")),
        **dict.fromkeys(("to-loopback", "to-mapped", "to-hex", "to-number", "to-localhost"), ("failed", "address")),
        **dict.fromkeys(("to-metadata", "to-name", "to-mixed-name"), ("failed", "address")),
        **dict.fromkeys(("to-file", "to-gopher"), ("failed", "status")),
        "round/0": ("failed", "redirects"),
        "challenge": ("failed", "challenge"),
        "soft-404": ("failed", "soft-404"),
        "to-home": ("failed", "soft-404"),
        **{f"bomb-{coding.replace(', ', '+')}": ("failed", "too-large") for coding in bombs},
    }
    assert sum(path.startswith("/news/round/") for path in web.asked) <= 10
    assert ended.megabytes < 400
