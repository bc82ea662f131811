"""Which encoding a page's bytes are in: what the bytes show wins over what the page says."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from items.article import Charset
from spiders.parsing.encoding.encodings import CODECS, encoding_named, read
from spiders.parsing.encoding.plausible import DETECTED, MULTIBYTE, plausibility

Basis = Literal["bom", "utf-8", "header", "meta", "detected", "site", "default"]

MAX_BYTES = 8_000_000
"""Bytes of a page that are decoded."""
SAMPLE = 20_000
"""Bytes that a guess is made from; only stretches with non-ASCII bytes are taken."""

BORNE_OUT = 0.9
"""Plausibility from which a declared encoding is believed without a look at others."""
TRUST = 0.06
"""How much more plausible another encoding must be than a declared one."""

HEAD = 50_000
"""Bytes of a page whose encoding is plain in which its meta element is looked for."""
PIECE = 1 << 14
"""Bytes that are looked at in one go."""
MAX_LABELS = 8
"""Labels of one page that are looked at."""
RARER = 0.003
"""What each place down the list of likely encodings takes from a guess."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:+-]{1,40})", re.IGNORECASE)
_TAG_EDGE = re.compile(rb"[<>]")
_JIS_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(I")

# UTF-8 read as Windows-1252 and written anew, the same as GBK, and the remains of U+FFFD read as GBK
_MOJIBAKE_SIGNS = ("Ã", "Â", "锟", "鈥", "銆", "锛", "â€", "ï¿")
_MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ˜“”¦¢š]|ï¿½|ï»¿"
    "|锟斤拷|鈥[淇檚攢渂滄潃]|銆[併傚婁嬨嶃庯]|锛[屻堚夛氛]"
)


def decode(body: bytes, *, content_type: str | None = None, encoding: str | None = None) -> tuple[str, Charset]:
    """A page's text, and how it was read. Takes what `as_utf8` takes, and never raises either."""
    known, charset = as_utf8(body, content_type=content_type, encoding=encoding)
    return known.decode("utf-8", "ignore"), charset


def as_utf8(body: bytes, *, content_type: str | None = None, encoding: str | None = None) -> tuple[bytes, Charset]:
    """A page in UTF-8, and how it was read. Never raises.

    A byte order mark decides, then a pinned encoding, then bytes that are valid UTF-8. A header or meta element is
    believed if the bytes bear it out: few unreadable and the text plausible. Else the most plausible encoding is taken.

    Args:
        body: the response body.
        content_type: the HTTP Content-Type header.
        encoding: the encoding that a site file pins.
    """
    body = body[:MAX_BYTES]
    header = _HEADER.search(content_type[:500]) if content_type else None
    labels: list[tuple[Basis, str]] = [("header", header.group(1))] if header else []
    mark, name = next(((mark, name) for mark, name in _BOMS if body.startswith(mark)), (b"", ""))
    name = name or encoding_named(encoding) or _wide(body) or ("iso-2022-jp" if _is_jis(body) else "")
    if not name and (signs := _signs_of_utf8(body)) is not None:
        # the bytes have decided: what the page declares is for the record alone
        labels += [("meta", label) for label in _meta_labels(body[:HEAD], most=1)] if not labels else []
        return body, _charset(labels, "utf-8", "utf-8" if body else "default", *signs)
    labels += [("meta", label) for label in _meta_labels(body[:HEAD] if name else body)]
    if name:
        detected: Basis = "detected"
        declared = next((basis for basis, label in labels if encoding_named(label) == name), detected)
        basis: Basis = "bom" if mark else "site" if encoding_named(encoding) else declared
    else:
        name, basis = _most_plausible(body, labels)
    text = read(body[len(mark) :], name)
    return text.encode("utf-8", "replace"), _charset(labels, name, basis, text.count("\ufffd"), _mojibake(text))


def _charset(labels: list[tuple[Basis, str]], name: str, basis: Basis, replaced: int, mojibake: int) -> Charset:
    declared = labels[0][1] if labels else None
    return Charset.model_construct(declared=declared, used=name, basis=basis, replaced=replaced, mojibake=mojibake)


def _most_plausible(body: bytes, labels: list[tuple[Basis, str]]) -> tuple[str, Basis]:
    sample = _sample(body)
    declared: dict[str, Basis] = {}
    for basis, label in labels:
        name = encoding_named(label)
        # a page that can name its encoding in ASCII is not in UTF-16
        if name is not None and not name.startswith("utf-16"):
            declared.setdefault(name, basis)
    scores: dict[str, float] = {}
    for name, basis in declared.items():
        score = _score(sample, name)
        if score >= BORNE_OUT:
            return name, basis
        scores[name] = score + TRUST
    for rank, name in enumerate(("utf-8", *DETECTED)):
        if name not in scores:
            scores[name] = _score(sample, name) - rank * RARER
        if scores[name] >= BORNE_OUT and name in MULTIBYTE:
            break
    best = max(scores, key=scores.__getitem__)
    return best, declared.get(best, "detected")


def _score(sample: bytes, name: str) -> float:
    # the exact reading is dear where much is unreadable, and only EUC-JP's is ordinary text
    text = read(sample, name) if name == "euc-jp" else sample.decode(CODECS[name], "replace")
    if name == "utf-8":
        # sequences of UTF-8 do not come about by chance: each right one says more than a wrong one
        right = sum(not char.isascii() for char in text) - text.count("\ufffd")
        wrong = text.count("\ufffd")
        return right / (right + 2 * wrong) if right else 0.0
    return plausibility(text, name)


def _sample(body: bytes) -> bytes:
    taken: list[bytes] = []
    size = 0
    for piece in _TAG_EDGE.split(body):
        if not piece.isascii():
            taken.append(piece)
            size += len(piece)
            if size > SAMPLE:
                break
    return b"\n".join(taken)[: 2 * SAMPLE]


def _signs_of_utf8(body: bytes) -> tuple[int, int] | None:
    """How many U+FFFD and how much mojibake the bytes hold, a last character that was cut apart not counted.

    None if they are not UTF-8. They are read piece by piece: the whole text, which nobody needs, may take four times
    the room of the page.
    """
    view = memoryview(body)
    start = replaced = mojibake = 0
    while start < len(body):
        try:
            text, size = codecs.utf_8_decode(view[start : start + PIECE])
        except UnicodeDecodeError:
            return None
        if not text.isascii():
            replaced += text.count("\ufffd") if "\ufffd" in text else 0
            # the first bytes of what mojibake is made of
            if any(body.find(byte, start, start + size) >= 0 for byte in (b"\xc3", b"\xe9")):
                mojibake += _mojibake(text)
        start += size
        if not size:
            break
    return replaced, mojibake


def _wide(body: bytes) -> str:
    """UTF-16 without a mark shows in its NULs: every other byte of markup is one."""
    head = body[:4000]
    if b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 5 < len(head) or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16le" if odd > even else "utf-16be"


def _is_jis(body: bytes) -> bool:
    return b"\x1b" in body and body.isascii() and any(escape in body for escape in _JIS_ESCAPES)


def _meta_labels(body: bytes, most: int = MAX_LABELS) -> list[str]:
    """Every encoding label of the page's markup, wherever it stands, in order and once; so many at most."""
    found: dict[str, None] = {}
    if (declaration := _XML.match(body[:400])) is not None:
        found[declaration.group(1).decode("ascii", "replace")] = None
    for word in (b"charset", b"CHARSET", b"Charset"):
        at = body.find(word) if len(found) < most else -1
        while at >= 0 and len(found) < most:
            start = body.rfind(b"<", max(0, at - 400), at)
            if start >= 0 and (match := _META.match(body, start, at + 60)) is not None:
                found[match.group(1).decode("ascii", "replace")] = None
            at = body.find(word, at + 7)
    return list(found)


def _mojibake(text: str) -> int:
    # sought letter by letter: Python finds one letter seven times faster than two
    if text.isascii() or not any(all(letter in text for letter in sign) for sign in _MOJIBAKE_SIGNS):
        return 0
    return len(_MOJIBAKE.findall(text))
