# ruff: noqa: E501 (a sentence reads best on one line)
"""The language of a text: a sentence or two in each."""

from __future__ import annotations

import pytest

from spiders.parsing.language import declared_language, language_of, read_language
from spiders.parsing.page import Page, open_page

TEXTS = [
    ("zh", "今年以来，全国纺织行业运行总体平稳，企业信心有所恢复，出口保持增长。"),
    ("zh-Hant", "今年以來，全國紡織業運行總體平穩，企業信心有所恢復，出口保持增長。"),
    ("ja", "繊維業界の団体は、今年の輸出が前年を上回ったと発表した。各社は新しい素材に力を入れている。"),
    ("ko", "섬유업계는 올해 수출이 지난해보다 늘었다고 밝혔다."),
    (
        "en",
        "The federation said that exports of yarn have risen since the start of the year and that it expects more of the same.",
    ),
    (
        "de",
        "Der Verband teilte mit, dass die Ausfuhr von Garnen seit dem Beginn des Jahres gestiegen ist und weiter steigen wird.",
    ),
    (
        "fr",
        "La fédération a annoncé que les exportations de fils ont augmenté depuis le début de l'année et que la hausse est durable.",
    ),
    (
        "es",
        "La federación anunció que las exportaciones de hilo han aumentado desde el comienzo del año y que lo mismo se espera para el resto.",
    ),
    (
        "pt",
        "A federação anunciou que as exportações de fios não pararam de crescer desde o começo do ano e que isso é uma boa notícia.",
    ),
    (
        "it",
        "La federazione ha annunciato che le esportazioni di filati sono aumentate dall'inizio dell'anno e che la crescita è più forte.",
    ),
    (
        "nl",
        "De federatie heeft gezegd dat de uitvoer van garens sinds het begin van het jaar is gestegen en dat het zo zal blijven.",
    ),
    (
        "tr",
        "Federasyon, iplik ihracatının yılın başından bu yana arttığını ve bunun daha da süreceğini açıkladı, ancak fiyatlar için bir şey demedi.",
    ),
    (
        "pl",
        "Federacja podała, że eksport przędzy od początku roku wzrósł i że jest to dla branży dobra wiadomość, ale nie koniec.",
    ),
    (
        "cs",
        "Svaz uvedl, že vývoz příze od začátku roku vzrostl a že je to pro odvětví dobrá zpráva, ale podle něj by se to mohlo změnit.",
    ),
    (
        "sv",
        "Förbundet meddelade att exporten av garn har ökat sedan början av året och att det är en god nyhet för branschen.",
    ),
    (
        "fi",
        "Liitto kertoi, että langan vienti on kasvanut vuoden alusta ja että se on alalle hyvä uutinen, mutta ei vielä riitä.",
    ),
    (
        "hu",
        "A szövetség közölte, hogy a fonal kivitele az év eleje óta nőtt, és ez az ágazat számára jó hír, de még nem elég.",
    ),
    (
        "id",
        "Federasi itu mengatakan bahwa ekspor benang telah naik sejak awal tahun dan hal ini adalah kabar baik untuk industri tersebut.",
    ),
    (
        "vi",
        "Hiệp hội cho biết xuất khẩu sợi đã tăng từ đầu năm và đây là một tin tốt của ngành trong khi các nước khác không được như vậy.",
    ),
    (
        "ru",
        "Федерация сообщила, что экспорт пряжи с начала года вырос и что это хорошая новость для отрасли, но не для всех.",
    ),
    (
        "uk",
        "Федерація повідомила, що експорт пряжі з початку року зріс і це є добра новина для галузі, але не для всіх.",
    ),
    ("ar", "وقال الاتحاد إن صادرات الغزل زادت منذ بداية العام في جميع الدول التي شملها التقرير."),
    ("fa", "اتحادیه اعلام کرد که صادرات نخ از آغاز سال افزایش یافته است و این برای صنعت خبر خوبی است."),
    ("hi", "संघ ने कहा कि साल की शुरुआत से धागे का निर्यात बढ़ा है और यह उद्योग के लिए अच्छी खबर है।"),
    ("th", "สมาพันธ์กล่าวว่าการส่งออกเส้นด้ายเพิ่มขึ้นตั้งแต่ต้นปี"),
    ("el", "Η ομοσπονδία ανακοίνωσε ότι οι εξαγωγές νημάτων αυξήθηκαν από την αρχή του έτους."),
    ("he", "הפדרציה הודיעה כי יצוא החוטים גדל מתחילת השנה."),
    ("bn", "ফেডারেশন জানিয়েছে, বছরের শুরু থেকে সুতার রপ্তানি বেড়েছে।"),
]


@pytest.mark.parametrize(("language", "text"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_text_tells_its_language(language: str, text: str) -> None:
    found = language_of(text)
    assert found is not None
    assert found[0] == language


def page(lang: str = "", head: str = "") -> Page:
    return open_page(f'<html lang="{lang}"><head>{head}</head><body><p>x</p></body></html>'.encode())


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hans", "zh"),
        ("en-US", "en"),
        ("no", "nb"),
        ("cn", "zh"),
        ("??", None),
    ],
)
def test_what_a_page_calls_its_language_is_shortened(said: str, language: str | None) -> None:
    assert declared_language(page(said)) == language


def test_the_locale_of_a_shared_link_counts_where_the_root_says_nothing() -> None:
    assert declared_language(page("", '<meta property="og:locale" content="pt_BR">')) == "pt"


def test_the_text_wins_over_a_template_that_calls_every_page_english() -> None:
    found = read_language(page("en"), TEXTS[0][1])
    assert found is not None
    assert (found.value, found.rule) == ("zh", "text")
    assert found.doubts


def test_a_page_without_text_is_what_it_says() -> None:
    found = read_language(page("tr"), "")
    assert found is not None
    assert (found.value, found.rule) == ("tr", "html-lang")


def test_nothing_said_and_nothing_written_is_unknown() -> None:
    assert read_language(page(), "2024") is None
