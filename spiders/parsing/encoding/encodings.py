"""The labels by which pages name their encoding, and how each is read, as the WHATWG encoding standard has it."""

from __future__ import annotations

import codecs
import re

# WHATWG name: (Python codec that reads its superset, labels beside the name itself)
_TABLE = {
    "utf-8": ("utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8 utf-8-sig utf8mb4"),
    "utf-16le": ("utf-16-le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16"),
    "utf-16be": ("utf-16-be", "unicodefffe"),
    "gb18030": (
        "gb18030",
        "chinese cp936 csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 ms936 windows-936 x-gbk",
    ),
    "big5": ("big5hkscs", "big5-hkscs cn-big5 csbig5 x-x-big5 big5hkscs cp950 windows-950 x-big5"),
    "shift_jis": ("cp932", "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932 shiftjis"),
    "euc-jp": ("euc_jp", "cseucpkdfmtjapanese x-euc-jp eucjp ujis"),
    "iso-2022-jp": ("iso2022_jp_ext", "csiso2022jp jis"),
    "euc-kr": (
        "cp949",
        (
            "cp949 cseuckr csksc56011987 euckr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
            "windows-949"
        ),
    ),
    "windows-1252": (
        "cp1252",
        (
            "ansi ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
            "iso_8859-1 iso_8859-1:1987 l1 latin-1 latin1 us-ascii x-cp1252"
        ),
    ),
    "iso-8859-15": ("iso8859-15", "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 latin9"),
    "windows-1250": ("cp1250", "cp1250 x-cp1250"),
    "iso-8859-2": ("iso8859-2", "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"),
    "windows-1251": ("cp1251", "cp1251 x-cp1251 win-1251 windows1251 1251"),
    "koi8-u": ("koi8-u", "koi8-ru"),
    "koi8-r": ("koi8-r", "cskoi8r koi koi8 koi8_r"),
    "iso-8859-5": ("iso8859-5", "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"),
    "ibm866": ("cp866", "866 cp866 csibm866"),
    "x-mac-cyrillic": ("mac-cyrillic", "x-mac-ukrainian"),
    "windows-1253": ("cp1253", "cp1253 x-cp1253"),
    "iso-8859-7": (
        "iso8859-7",
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7",
    ),
    "windows-1254": (
        "cp1254",
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254",
    ),
    "windows-1255": ("cp1255", "cp1255 x-cp1255"),
    "iso-8859-8": ("iso8859-8", "csisolatinhebrew hebrew iso-8859-8-e iso-8859-8-i iso8859-8 iso88598 logical visual"),
    "windows-1256": ("cp1256", "cp1256 x-cp1256"),
    "iso-8859-6": ("iso8859-6", "arabic asmo-708 csisolatinarabic ecma-114 iso-ir-127 iso8859-6 iso88596 iso_8859-6"),
    "windows-1257": ("cp1257", "cp1257 x-cp1257"),
    "iso-8859-4": ("iso8859-4", "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4"),
    "iso-8859-13": ("iso8859-13", "iso8859-13 iso885913"),
    "iso-8859-3": ("iso8859-3", "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3"),
    "iso-8859-10": ("iso8859-10", "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6"),
    "iso-8859-14": ("iso8859-14", "iso8859-14 iso885914"),
    "iso-8859-16": ("iso8859-16", ""),
    "windows-1258": ("cp1258", "cp1258 x-cp1258"),
    "windows-874": ("cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 cp874"),
    "macintosh": ("mac-roman", "csmacintosh mac x-mac-roman"),
}

CODECS = {name: codec for name, (codec, _) in _TABLE.items()}
"""The Python codec that reads a WHATWG encoding, by its name."""

_NAMES = {label: name for name, (_, labels) in _TABLE.items() for label in [name, *labels.split()]}

_ROW_13 = re.compile(rb"[\xa1-\xfe]{2}")


def encoding_named(label: str | None) -> str | None:
    """The WHATWG name of the encoding that a label means, its superset where it has one; None for an unknown label."""
    return _NAMES.get((label or "").strip().strip("\"'").lower()) if label else None


def read(body: bytes, name: str) -> str:
    """The bytes as text; what the encoding has no character for becomes U+FFFD.

    Args:
        body: any bytes.
        name: a name that `encoding_named` gave.
    """
    return body.decode(CODECS[name], "newsloom-whatwg")


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read what the WHATWG tables have and Python's codecs lack; the rest is U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    body, start = error.object, error.start
    if error.encoding in ("euc_jp", "iso2022_jp_ext"):
        pair = bytes(byte | 0x80 for byte in body[start : start + 2])
        if _ROW_13.fullmatch(pair):
            try:
                return pair.decode("euc_jis_2004"), start + 2
            except UnicodeDecodeError:
                pass
    elif error.encoding == "gb18030" and body[start] == 0x80:
        return "€", start + 1
    elif error.encoding == "charmap" and body[start] < 0xA0:
        return chr(body[start]), start + 1
    return "\ufffd", error.end


codecs.register_error("newsloom-whatwg", _mend)
