"""The HTTP conformance list, held against `newsloom serve`, and nginx and Caddy with the snippets in deploy/."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

from crawler.server.answer import CONTENT_SECURITY
from pipelines.publish.files import PublicFolder
from tests.serving import CADDY, NGINX, ROOT, caddy_serving, nginx_serving, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serving import Server

FEED = b'<?xml version="1.0"?><feed>' + b"".join(b"<entry>%d</entry>\n" % n for n in range(3000)) + b"</feed>"
PARTITION = gzip.compress(b'{"a": 1}\n' * 5000, mtime=0)
LARGE = b"0123456789abcdef" * 200_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder, and beside it what must never be served."""
    home = tmp_path_factory.mktemp("serve", numbered=True)
    (home / "secret.txt").write_text("secret")
    root = home / "public"
    public = PublicFolder(root)
    public.write("feeds/all.atom", FEED, packed=True)
    public.write("feeds/all.rss", FEED)
    public.write("feeds/all.json", b'{"version": "https://jsonfeed.org/version/1.1"}' + b" " * 600)
    public.write("feeds.opml", b"<opml/>")
    public.write("index.html", b"<!doctype html><title>x</title>" + b"<p>news</p>" * 100, packed=True)
    public.write("health/index.html", b"<!doctype html><title>health</title>")
    public.write("404.html", b"<!doctype html><title>nothing here</title>")
    public.write("archive/index.json", b"{}")
    public.write("archive/SHA256SUMS", b"x")
    public.write("archive/articles/2024/12/articles-2024-12-23.jsonl.gz", PARTITION)
    public.write("archive/articles/2024/12/articles-2024-12-24.open.jsonl.gz", PARTITION)
    public.write("assets/style.0123456789.css", b"p { color: red }" * 50)
    public.write("large.bin", LARGE)
    public.write("empty/only.txt", b"text")
    public.write(".hidden/file.txt", b"hidden")
    (root / "link.txt").symlink_to(home / "secret.txt")
    (root / "linked").symlink_to(home)
    for directory in (home, *home.parents):
        if directory.stat().st_uid == os.getuid() and directory != Path("/tmp"):
            directory.chmod(directory.stat().st_mode | 0o055)
    return root


@pytest.fixture(scope="module", params=["newsloom", "nginx", "caddy"])
def server(request: pytest.FixtureRequest, folder: Path) -> Iterator[Server]:
    start = {"newsloom": serving, "nginx": nginx_serving, "caddy": caddy_serving}[request.param]
    if {"nginx": NGINX, "caddy": CADDY}.get(request.param, "ours") is None:
        pytest.skip(f"no {request.param} here, and `make test` could not install it: apt-get install {request.param}")
    with start(folder) as started:
        yield started


@pytest.fixture(scope="module")
def ours(folder: Path) -> Iterator[Server]:
    with serving(folder) as started:
        yield started


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(server: Server, path: str, method: str = "GET", **fields: str) -> Answer:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=20)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in fields.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def raw(server: Server, request: bytes) -> bytes:
    """Everything that is answered to some bytes, until the server hangs up."""
    with socket.create_connection((server.host, server.port), 20) as wire:
        wire.sendall(request)
        answer = b""
        while part := wire.recv(65536):
            answer += part
    return answer


def test_a_feed_has_a_strong_tag_a_date_a_lifetime_and_no_cookie(server) -> None:
    answer = ask(server, "/feeds/all.atom")
    assert (answer.status, answer.body) == (200, FEED)
    assert re.fullmatch(r'"[^"]+"', answer.headers["ETag"])
    assert answer.headers["Last-Modified"].endswith(" GMT")
    assert answer.headers["Cache-Control"] == "public, max-age=3600, stale-if-error=86400"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/all.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/all.json", "application/feed+json; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/archive/index.json", "application/json; charset=utf-8"),
        ("/archive/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/archive/articles/2024/12/articles-2024-12-23.jsonl.gz", "application/gzip"),
        ("/assets/style.0123456789.css", "text/css; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/large.bin", "application/octet-stream"),
    ],
)
def test_a_file_has_its_type_and_nobody_may_guess_another(server, path, type_) -> None:
    answer = ask(server, path)
    assert answer.headers["Content-Type"] == type_
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_answer_forbids_a_page_to_run_what_is_not_ours(server) -> None:
    for path in ("/", "/nowhere", "/feeds/all.atom"):
        assert ask(server, path).headers["Content-Security-Policy"] == CONTENT_SECURITY
    assert "unsafe" not in CONTENT_SECURITY


@pytest.mark.parametrize("form", ["{}", '"other", {}', "W/{}", "*"])
def test_a_reader_that_has_the_file_gets_304_with_what_it_needs_to_keep_it(server, form) -> None:
    first = ask(server, "/feeds/all.atom")
    answer = ask(server, "/feeds/all.atom", If_None_Match=form.format(first.headers["ETag"]))
    assert (answer.status, answer.body) == (304, b"")
    for name in ("ETag", "Cache-Control"):
        assert answer.headers[name] == first.headers[name]
    if server.program != "caddy":  # which leaves out what the tag makes needless
        assert answer.headers["Last-Modified"] == first.headers["Last-Modified"]


def test_if_none_match_goes_before_if_modified_since(server) -> None:
    first = ask(server, "/feeds/all.atom")
    since = first.headers["Last-Modified"]
    assert ask(server, "/feeds/all.atom", If_Modified_Since=since).status == 304
    assert ask(server, "/feeds/all.atom", If_None_Match='"other"', If_Modified_Since=since).status == 200
    assert ask(server, "/feeds/all.atom", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert ask(server, "/feeds/all.atom", If_Modified_Since="yesterday").status == 200


def test_a_reader_that_insists_on_another_state_gets_412(server) -> None:
    assert ask(server, "/feeds/all.atom", If_Match='"other"').status == 412
    assert ask(server, "/feeds/all.atom", If_Unmodified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 412
    etag = ask(server, "/feeds/all.atom").headers["ETag"]
    assert ask(server, "/feeds/all.atom", If_Match=etag).status == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("gzip;q=0", None),
        ("deflate", None),
    ],
)
def test_a_feed_is_sent_as_the_reader_can_unpack_it(server, accepted, coding) -> None:
    if server.program == "nginx" and coding == "br":
        coding = "gzip"  # see deploy/nginx.conf
    answer = ask(server, "/feeds/all.atom", Accept_Encoding=accepted)
    assert answer.headers["Content-Encoding"] == coding
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding]
    assert unpack(answer.body) == FEED
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_each_form_of_a_file_has_a_tag_of_its_own(server) -> None:
    tags = [ask(server, "/feeds/all.atom", Accept_Encoding=coding).headers["ETag"] for coding in ("identity", "gzip")]
    assert len(set(tags)) == 2
    assert ask(server, "/feeds/all.atom", Accept_Encoding="gzip", If_None_Match=tags[1]).status == 304
    assert ask(server, "/feeds/all.atom", Accept_Encoding="gzip", If_None_Match=tags[0]).status == 200


def test_what_is_packed_already_is_sent_as_it_is(server) -> None:
    answer = ask(server, "/archive/articles/2024/12/articles-2024-12-23.jsonl.gz", Accept_Encoding="gzip, br")
    assert "Content-Encoding" not in answer.headers
    assert answer.body == PARTITION


def test_what_never_changes_may_be_kept_for_ever_and_what_grows_may_not(server) -> None:
    for path in ("/archive/articles/2024/12/articles-2024-12-23.jsonl.gz", "/assets/style.0123456789.css"):
        assert ask(server, path).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/archive/articles/2024/12/articles-2024-12-24.open.jsonl.gz", "/", "/archive/index.json"):
        assert ask(server, path).headers["Cache-Control"] == "public, max-age=60, stale-if-error=86400"


def test_head_says_what_get_would(server) -> None:
    for path in ("/feeds/all.atom", "/large.bin", "/nowhere", "/"):
        whole, head = ask(server, path), ask(server, path, "HEAD")
        assert head.body == b""
        assert head.status == whole.status
        for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
            assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", ["/feeds/all.atom", "/large.bin"])
@pytest.mark.parametrize(
    ("range_", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=500-", slice(500, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=5-5", slice(5, 6)),
    ],
)
def test_a_part_of_a_file_is_sent(server, path, range_, part) -> None:
    content = FEED if path == "/feeds/all.atom" else LARGE
    answer = ask(server, path, Range=range_, Accept_Encoding="identity")
    assert (answer.status, answer.body) == (206, content[part])
    first, last, size = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", answer.headers["Content-Range"]).groups())
    assert (content[first : last + 1], size) == (content[part], len(content))


def test_several_parts_come_in_one_answer(server) -> None:
    answer = ask(server, "/large.bin", Range="bytes=0-4,100-104")
    assert answer.status == 206
    boundary = re.fullmatch(r"multipart/byteranges; boundary=(\S+)", answer.headers["Content-Type"])[1]
    parts = answer.body.split(f"--{boundary}".encode())[1:-1]
    assert [part.rsplit(b"\r\n\r\n", 1)[1].strip() for part in parts] == [LARGE[0:5], LARGE[100:105]]
    assert f"Content-Range: bytes 100-104/{len(LARGE)}".encode() in parts[1]


def test_a_part_beyond_the_end_is_refused_and_the_size_is_told(server) -> None:
    answer = ask(server, "/large.bin", Range="bytes=9999999999-")
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(LARGE)}"


@pytest.mark.parametrize("path", ["/feeds/all.atom", "/large.bin"])
def test_a_part_of_a_file_that_changed_is_answered_with_the_whole(server, path) -> None:
    now = ask(server, path)
    for known in (now.headers["ETag"], now.headers["Last-Modified"]):
        assert ask(server, path, Range="bytes=0-9", If_Range=known).status == 206
    for stale in ('"other"', "Thu, 01 Jan 1970 00:00:00 GMT"):
        answer = ask(server, path, Range="bytes=0-9", If_Range=stale)
        assert (answer.status, answer.body) == (200, now.body)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/feeds/../../secret.txt",
            "/feeds/%2e%2e/%2e%2e/secret.txt",
        ),
        *("//etc/passwd", "/linked/secret.txt", "/link.txt", "/.hidden/file.txt", "/%00", "/feeds/all.atom%00.html"),
        *("/....//secret.txt", "/..\\secret.txt", "/%5c..%5csecret.txt", "/%c0%ae%c0%ae/secret.txt", "/" + "a" * 300),
    ],
)
def test_nothing_outside_the_folder_is_served(server, path) -> None:
    if server.program == "caddy" and path.startswith("/link"):
        pytest.skip("Caddy follows symbolic links: see deploy/Caddyfile")
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert int(answer.split()[1]) in (400, 403, 404)
    assert b"secret" not in answer.split(b"\r\n\r\n", 1)[1]
    assert b"root:" not in answer


def test_no_folder_is_listed(server) -> None:
    answer = ask(server, "/empty/")
    assert answer.status in (403, 404)
    assert b"only.txt" not in answer.body


def test_a_folder_without_its_slash_is_redirected_within_the_site(server) -> None:
    answer = ask(server, "/health")
    assert answer.status in (301, 308)
    assert re.fullmatch(r"(\.|http://[^/]+)?/?health/", answer.headers["Location"])


def test_what_is_missing_gets_the_page_for_people_and_nobody_keeps_that(server) -> None:
    answer = ask(server, "/nowhere", Accept="text/html")
    assert answer.status == 404
    assert b"nothing here" in answer.body
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_reading_is_offered(server) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(server, "/feeds/all.atom", method, Content_Length="0").status == 405


@pytest.mark.parametrize(
    "request_",
    [
        *(b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        *(
            b"GET  HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01",
        ),
        *(b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n"),
    ],
)
def test_what_is_no_request_is_refused_and_hung_up_on(server, request_) -> None:
    answer = raw(
        server,
        request_ if request_.startswith(b"\x16") else request_.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"),
    )
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 505 ", b"<html>")), answer[:60]
    assert ask(server, "/").status == 200


def test_a_head_too_large_is_refused(server) -> None:
    answer = raw(server, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-Fill: " + b"a" * 65536)
    assert re.match(rb"HTTP/1.1 (400|414|431|494) ", answer)
    long = raw(server, b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert re.match(rb"HTTP/1.1 (400|414|431|494) ", long)


def test_requests_sent_ahead_are_answered_in_order(server) -> None:
    paths = [b"/feeds/all.json", b"/nowhere", b"/large.bin", b"/feeds.opml"]
    ahead = b"".join(b"HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n" % path for path in paths[:-1])
    answer = raw(server, ahead + b"GET /feeds.opml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"404", b"200", b"200"]
    assert answer.endswith(b"<opml/>")


def test_old_clients_are_answered_and_hung_up_on(server) -> None:
    answer = raw(server, b"GET /feeds.opml HTTP/1.0\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n<opml/>")


def test_the_snippets_say_the_same_policy_as_the_server() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        assert CONTENT_SECURITY in (ROOT / "deploy" / name).read_text()


# What only our own server promises


def test_the_tag_is_of_the_content_not_of_the_files_date(ours, folder) -> None:
    before = ask(ours, "/feeds/all.rss").headers["ETag"]
    os.utime(folder / "feeds" / "all.rss", (1, 1))
    after = ask(ours, "/feeds/all.rss")
    assert after.headers["ETag"] == before
    assert after.headers["Last-Modified"] == "Thu, 01 Jan 1970 00:00:01 GMT"


def test_a_file_that_is_replaced_is_served_anew_at_once(ours, folder) -> None:
    public = PublicFolder(folder)
    for number in range(3):
        public.write("changing.txt", b"state %d" % number)
        assert ask(ours, "/changing.txt").body == b"state %d" % number
    public.remove("changing.txt")
    assert ask(ours, "/changing.txt").status == 404


def test_a_compressed_form_of_another_state_is_never_served(ours, folder) -> None:
    content = b"<feed>new</feed>" * 100
    (folder / "feeds" / "stale.atom").write_bytes(content)
    (folder / "feeds" / "stale.atom.gz").write_bytes(gzip.compress(b"<feed>old</feed>" * 100))
    answer = ask(ours, "/feeds/stale.atom", Accept_Encoding="gzip")
    assert gzip.decompress(answer.body) == content


def test_scripts_of_other_sites_may_ask_conditionally(ours) -> None:
    answer = ask(ours, "/feeds/all.json", "OPTIONS", Origin="http://reader.example")
    assert answer.status == 204
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_metrics_count_the_answers(ours) -> None:
    def count() -> int:
        said = ask(ours, "/metrics").body.decode()
        found = re.search(r'newsloom_http_requests_total\{method="GET",status="404"\} (\d+)', said)
        return int(found[1]) if found else 0

    before = count()
    ask(ours, "/nowhere")
    assert count() == before + 1


def test_metrics_tell_what_the_last_run_measured(folder, tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "newsloom.prom").write_text("newsloom_run_finished_seconds 1\n")
    (tmp_path / "newsloom.toml").write_text("")
    with serving(folder, "--config", str(tmp_path / "newsloom.toml")) as server:
        assert b"\nnewsloom_run_finished_seconds 1\n" in ask(server, "/metrics").body


def test_the_access_log_can_not_be_forged(folder) -> None:
    with serving(folder) as server:
        ask(server, "/feeds.opml", User_Agent='evil" 200 1 "x\\ \xe9')
        server.process.terminate()
        server.process.wait(20)
        (line,) = server.log.read_text().splitlines()
    assert re.fullmatch(
        r'127\.0\.0\.1 - - \[.{26}\] "GET /feeds\.opml HTTP/1\.1" 200 7 "-" "evil\\x22 200 1 \\x22x\\x5C \\xE9"', line
    )
