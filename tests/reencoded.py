"""Real pages in other encodings, declared rightly, wrongly, late or not at all.

`python -m tests.reencoded [EACH]` takes so many pages of the shared data for each encoding (20 unless told), declares
each in eleven ways, and prints how many were decoded to the character, and which were not.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from spiders.parsing.encoding.charset import decode
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN, _KANA, _HANGUL = "[\u4e00-\u9fff]", "[\u3040-\u30ff]", "[\uac00-\ud7af]"
_LATIN, _CYRILLIC, _GREEK = "[\u00c0-\u024f]", "[\u0400-\u04ff]", "[\u0370-\u03ff]"
_HEBREW, _ARABIC = "[\u0590-\u05ff]", "[\u0600-\u06ff]"
ENCODINGS = {
    "utf-8": ("utf-8", "."),
    "gb2312": ("gb2312", _HAN),
    "gbk": ("gbk", _HAN),
    "gb18030": ("gb18030", _HAN),
    "big5": ("big5", _HAN),
    "shift_jis": ("cp932", _KANA),
    "euc-jp": ("euc_jp", _KANA),
    "iso-2022-jp": ("iso2022_jp", _KANA),
    "euc-kr": ("cp949", _HANGUL),
    "windows-1252": ("cp1252", _LATIN),
    "iso-8859-1": ("latin-1", _LATIN),
    "iso-8859-15": ("iso8859-15", _LATIN),
    "windows-1250": ("cp1250", _LATIN),
    "iso-8859-2": ("iso8859-2", _LATIN),
    "windows-1254": ("cp1254", _LATIN),
    "windows-1257": ("cp1257", _LATIN),
    "windows-1251": ("cp1251", _CYRILLIC),
    "koi8-r": ("koi8-r", _CYRILLIC),
    "windows-1253": ("cp1253", _GREEK),
    "windows-1255": ("cp1255", _HEBREW),
    "windows-1256": ("cp1256", _ARABIC),
}
"""Names that pages give, the codecs that write them, and what the pages' signs beyond ASCII are that are written so."""

LEAST, MOSTLY, SCRIPT = 60, 0.97, 0.4
"""Signs beyond ASCII that a page must have for its bytes to decide; the share of them that the encoding must know, and
that must be of its script."""

_META = re.compile(r"<meta[^>]{0,300}charset[^>]{0,300}>|<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def pages() -> Iterator[str]:
    """The shared pages that are UTF-8, without what they declare."""
    for folder in ("news-pages", "article-text", "article-text-en"):
        for path in sorted((SHARED / "data" / folder).glob("*.html.gz")):
            try:
                text = gzip.decompress(path.read_bytes()).decode()
            except UnicodeDecodeError:
                continue
            if _HEAD.search(text):
                yield _META.sub("", text.removeprefix("\ufeff"))


def suits(text: str, codec: str, script: str) -> bool:
    """Whether a page could well be written in an encoding."""
    beyond = re.sub(r"[\x00-\x7f]+", "", text)
    of_script = len(re.findall(script, beyond))
    if len(beyond) < LEAST or of_script < SCRIPT * len(beyond):
        return False
    known = beyond.encode("gb2312" if codec in ("gbk", "gb18030") else codec, "ignore")
    return len(known.decode(codec, "ignore")) >= MOSTLY * len(beyond)


def ways(name: str) -> Iterator[tuple[str, str | None, str, bool]]:
    """What declares a page: in words, the header's name, the meta element's, and whether that stands late."""
    wrong = "iso-8859-1" if name in ("utf-8", "gb2312", "gbk", "gb18030", "big5") else "utf-8"
    other = "gb2312" if name not in ("gb2312", "gbk", "gb18030") else "big5"
    yield "nothing", None, "", False
    yield "header", name, "", False
    yield "meta", None, name, False
    yield "both", name, name, False
    yield "meta late", None, name, True
    yield "header wrong", wrong, "", False
    yield "meta wrong", None, wrong, False
    yield "both wrong", wrong, other, False
    yield "header right, meta wrong", name, wrong, False
    yield "header wrong, meta right", wrong, name, False
    yield "header wrong, meta right and late", wrong, name, True


def written(text: str, codec: str, declared: str, *, late: bool) -> bytes:
    """A page in an encoding; what that has no sign for is written as a reference."""
    if declared:
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        before = "<!-- " + "a skin of the site " * 250 + "-->" if late else ""
        text = _HEAD.sub(lambda head: head[0] + before + meta, text, count=1)
    return text.encode(codec, "xmlcharrefreplace")


def main(each: int) -> None:
    right, of = Counter[str](), Counter[str]()
    every = [*pages()]
    for name, (codec, script) in ENCODINGS.items():
        for number, text in enumerate(islice((page for page in every if suits(page, codec, script)), each)):
            for words, header, meta, late in ways(name):
                body = written(text, codec, meta, late=late)
                said = decode(body, content_type=f"text/html; charset={header}" if header else "text/html")
                of[name] += 1
                if said[0] == body.decode(codec):
                    right[name] += 1
                else:
                    print(f"{name}, page {number}, {words}: read as {said[1].used}")
    print(", ".join(f"{name} {right[name]}/{of[name]}" for name in ENCODINGS))
    print(f"{right.total()} of {of.total()} decoded to the character")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
