"""The encoding of a page: what its bytes show wins over what it declares."""

from __future__ import annotations

import pytest

from spiders.parsing.encoding.charset import decode
from spiders.parsing.encoding.encodings import encoding_named

CHINESE = "纺织工业联合会近日发布消息，今年上半年全国纱产量同比增长百分之五，企业积极开拓新的市场并更新设备。"
TAIWANESE = "紡織產業公會近日發布消息，今年上半年全國紗線產量較去年同期成長百分之五，企業積極開拓新的市場。"
JAPANESE = "繊維産業連盟は、今年上半期の綿糸の生産が前年より五パーセント増えたと発表した。"
KOREAN = "섬유산업연합회는 올해 상반기 면사 생산이 지난해보다 다섯 퍼센트 늘었다고 밝혔다."
GERMAN = "Die Hersteller melden für das erste Halbjahr fünf Prozent mehr Garn; größere Märkte müssen folgen."
TURKISH = "İhracatçılar Birliği, bu yılın ilk yarısında ihracatın yüzde beş arttığını açıkladı; şirketler büyüdü."
RUSSIAN = "Производители тканей сообщили, что в первом полугодии выпуск пряжи вырос на пять процентов."
CZECH = "Výrobci textilu uvedli, že v prvním pololetí vzrostla výroba příze o pět procent, říká šéf přádelny."
GREEK = "Οι παραγωγοί υφασμάτων ανακοίνωσαν ότι η παραγωγή νημάτων αυξήθηκε κατά πέντε τοις εκατό."

WRITTEN = [
    (CHINESE, "utf-8", "utf-8"),
    (CHINESE, "gb2312", "gb18030"),
    (CHINESE, "gbk", "gb18030"),
    (CHINESE, "gb18030", "gb18030"),
    (TAIWANESE, "big5", "big5"),
    (TAIWANESE, "big5hkscs", "big5"),
    (JAPANESE, "shift_jis", "shift_jis"),
    (JAPANESE, "euc_jp", "euc-jp"),
    (JAPANESE, "iso2022_jp", "iso-2022-jp"),
    (KOREAN, "euc_kr", "euc-kr"),
    (GERMAN, "cp1252", "windows-1252"),
    (TURKISH, "cp1254", "windows-1254"),
    (RUSSIAN, "cp1251", "windows-1251"),
    (RUSSIAN, "koi8_r", "koi8-r"),
    (CZECH, "cp1250", "windows-1250"),
    (GREEK, "cp1253", "windows-1253"),
]
LABELS = {
    "gb2312": "gb2312", "gbk": "GBK", "big5hkscs": "big5-hkscs", "euc_jp": "x-euc-jp", "iso2022_jp": "iso-2022-jp",
    "euc_kr": "ks_c_5601-1987", "cp1252": "iso-8859-1", "cp1254": "iso-8859-9", "cp1251": "windows-1251",
    "koi8_r": "koi8-r", "cp1250": "windows-1250", "cp1253": "windows-1253",
}  # fmt: skip
"""By Python's name, the label that pages declare it with."""

WRONG = ["utf-8", "gb2312", "big5", "shift_jis", "euc-kr", "iso-8859-1", "windows-1251"]


def page(text: str, codec: str, declared: str | None = None, *, before: int = 0) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    filling = f"<!-- {'x' * before} -->" if before else ""
    return f"<html><head>{filling}{meta}</head><body class='a'><p>{text}</p></body></html>".encode(codec)


@pytest.mark.parametrize(("text", "codec", "name"), WRITTEN)
def test_a_right_header_is_believed(text, codec, name) -> None:
    label = LABELS.get(codec, codec)
    read, charset = decode(page(text, codec), content_type=f"text/html; charset={label}")
    assert text in read
    assert (charset.declared, charset.used) == (label, name)
    assert charset.basis == ("utf-8" if name == "utf-8" else "header")


@pytest.mark.parametrize(("text", "codec", "name"), WRITTEN)
@pytest.mark.parametrize("before", [0, 5000])
def test_a_right_meta_element_is_believed_however_late_it_comes(text, codec, name, before) -> None:
    label = LABELS.get(codec, codec)
    read, charset = decode(page(text, codec, label, before=before))
    assert text in read
    assert (charset.declared, charset.used) == (label, name)
    assert charset.basis == ("utf-8" if name == "utf-8" else "meta")


@pytest.mark.parametrize(("text", "codec", "name"), WRITTEN)
def test_without_declaration_the_bytes_show_it(text, codec, name) -> None:
    read, charset = decode(page(text, codec))
    assert text in read
    assert charset.used == name
    assert charset.basis in ("utf-8", "detected")
    assert charset.declared is None


@pytest.mark.parametrize(
    ("text", "codec", "name", "wrong"),
    [(*written, wrong) for written in WRITTEN for wrong in WRONG if encoding_named(wrong) != written[2]],
)
def test_a_wrong_declaration_is_found_out(text, codec, name, wrong) -> None:
    for read, charset in (
        decode(page(text, codec, wrong)),
        decode(page(text, codec), content_type=f"text/html; charset={wrong}"),
        decode(page(text, codec, LABELS.get(codec, codec)), content_type=f"text/html; charset={wrong}"),
    ):
        assert text in read
        assert charset.used == name
        assert charset.replaced == 0


@pytest.mark.parametrize("header", ["text/html; charset=windows-1252", "text/html; charset=utf-8", None])
@pytest.mark.parametrize(
    "text", ["It’s the mill’s “last” loom", "Wool – and cotton – fell…", "‘Yes,’ she said", "« Oui »\xa0: la laine"]
)
def test_quotes_and_dashes_alone_are_those_of_windows(text, header) -> None:
    body = f"<html><body>{f'<p>{text}</p>' * 9}</body></html>"
    read, charset = decode(body.encode("windows-1252"), content_type=header)
    assert (read, charset.used) == (body, "windows-1252")


def test_a_byte_order_mark_decides() -> None:
    for codec, name in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16le")):
        read, charset = decode(page(CHINESE, codec, "gbk"), content_type="text/html; charset=big5", encoding="gbk")
        assert CHINESE in read
        assert not read.startswith("\ufeff")
        assert (charset.used, charset.basis) == (name, "bom")


def test_utf_16_without_a_mark_shows_in_its_zeros() -> None:
    assert CHINESE in decode(page(CHINESE, "utf-16-le"))[0]
    assert GERMAN in decode(page(GERMAN, "utf-16-be"), content_type="text/html; charset=utf-8")[0]


def test_a_pinned_encoding_wins_over_everything_but_a_mark() -> None:
    read, charset = decode(page(CHINESE, "gbk", "utf-8"), content_type="text/html; charset=big5", encoding="gb2312")
    assert CHINESE in read
    assert charset.basis == "site"


def test_an_unknown_label_is_passed_over() -> None:
    read, charset = decode(page(CHINESE, "gbk", "chinese-simplified"), encoding="no-such-encoding")
    assert CHINESE in read
    assert (charset.declared, charset.used) == ("chinese-simplified", "gb18030")


def test_a_page_cut_inside_a_character_is_still_utf_8() -> None:
    read, charset = decode(CHINESE.encode()[:-1])
    assert (charset.used, charset.replaced) == ("utf-8", 0)
    assert read == CHINESE[:-1]


def test_what_cannot_be_read_is_counted() -> None:
    body = page(CHINESE * 20, "utf-8").replace(b"<p>", b"<p>\xff\xfe\xff")
    read, charset = decode(body, content_type="text/html; charset=utf-8")
    assert charset.used == "utf-8"
    assert charset.replaced == 3 == read.count("\ufffd")


def test_text_decoded_twice_is_counted() -> None:
    assert decode(GERMAN.encode())[1].mojibake == 0
    assert decode(GERMAN.encode().decode("cp1252").encode())[1].mojibake == 6
    assert decode("锟斤拷锟斤拷".encode())[1].mojibake == 2


def test_circled_numbers_of_japanese_makers_are_read() -> None:
    assert "①" in decode("日本語①".encode("euc_jis_2004") + "です。これは".encode("euc_jp"))[0]


@pytest.mark.parametrize("body", [b"", b"\xff", b"\x80\x81" * 1000, bytes(range(256)) * 50])
def test_hopeless_bytes_give_some_text(body) -> None:
    read, charset = decode(body)
    assert isinstance(read, str)
    assert charset.used


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GB2312", "gb18030"), (" gbk ", "gb18030"), ("latin1", "windows-1252"), ("us-ascii", "windows-1252"),
        ("tis-620", "windows-874"), ("x-sjis", "shift_jis"), ("utf8", "utf-8"), ("'utf-8'", "utf-8"), ("klingon", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_labels_mean_what_browsers_take_them_for(label, name) -> None:
    assert encoding_named(label) == name
