"""Extraction: NAME FILE. The file lists pages, {"path", "url"} a line; said are text and title of each, and CPU."""

import gzip
import json
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
name, pages = sys.argv[1], [json.loads(line) for line in Path(sys.argv[2]).read_text().splitlines()]


def newsloom():
    from crawler.collector import relax_collector
    from spiders.parsing.article import NotAnArticleError, read_article

    relax_collector()

    def read(body, url):
        try:
            article = read_article(body, url=url).article
        except NotAnArticleError:
            return "", ""
        return article.text, article.title

    return read


def text_of(body):
    from w3lib.encoding import html_to_unicode

    return html_to_unicode(None, body, default_encoding="utf-8")[1]


def trafilatura():
    from trafilatura import bare_extraction

    def read(body, url):
        found = bare_extraction(body, url=url, with_metadata=True, include_comments=False)
        return (found.text or "", found.title or "") if found else ("", "")

    return read


def newspaper4k():
    from newspaper import Article

    def read(body, url):
        article = Article(url, fetch_images=False)
        article.download(input_html=text_of(body))
        article.parse()
        return article.text, article.title

    return read


def readability_lxml():
    from lxml import html
    from readability import Document

    def read(body, url):
        document = Document(text_of(body))
        tree = html.fromstring(document.summary())
        return "\n".join(t.strip() for t in tree.itertext() if t.strip()), document.short_title()

    return read


def news_please():
    from newsplease import NewsPlease

    def read(body, url):
        article = NewsPlease.from_html(text_of(body), url=url, fetch_images=False)
        return article.maintext or "", article.title or ""

    return read


read = globals()[name]()
said, failed = [], 0
bodies = [
    (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw) for raw in (Path(p["path"]).read_bytes() for p in pages)
]
read(bodies[0], pages[0]["url"])  # its tables and models are loaded now
cpu = time.process_time()
for page, body in zip(pages, bodies, strict=True):
    try:
        said.append(read(body, page["url"]))
    except Exception:  # whatever a peer raises, the page is not read
        failed += 1
        said.append(("", ""))
cpu = time.process_time() - cpu
print(json.dumps({"cpu": cpu, "failed": failed, "read": said}))
