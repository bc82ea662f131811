"""Dates in print: one row a form, written as the world's pages write them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from spiders.parsing.times.moments import Moment, find_moments

DAYS = [
    # language, text, day
    ("zh", "2018年08月06日", "2018-08-06"),
    ("zh", "2019.09.02", "2019-09-02"),
    ("zh", "２０２４年５月１２日", "2024-05-12"),
    ("zh", "日期：2024/5/1 点击：123", "2024-05-01"),
    ("zh", "二〇二四年十二月二十三日", "2024-12-23"),
    ("zh", "二〇二四年十月十日", "2024-10-10"),
    ("zh", "[日期:09-09-29]", "2009-09-29"),
    ("zh", "更新于2025-07-213", "2025-07-21"),
    ("zh", "25 2025-12", "2025-12-25"),
    ("zh", "2025-12 25", "2025-12-25"),
    ("zh", "编号20251226", "2025-12-26"),
    ("zh-Hant", "民國113年5月1日", "2024-05-01"),
    ("zh-Hant", "113-05-01", "2024-05-01"),
    ("ja", "令和6年5月1日", "2024-05-01"),
    ("ja", "令和元年5月1日", "2019-05-01"),
    ("ja", "平成31年4月30日", "2019-04-30"),
    ("ja", "業界紙,〔15・9・8(2)〕", "2015-09-08"),
    ("ko", "2024년 5월 15일", "2024-05-15"),
    ("ko", "2024. 5. 15.", "2024-05-15"),
    ("en", "3rd March 2024", "2024-03-03"),
    ("en", "March 3, 2024", "2024-03-03"),
    ("en", "Sept. 5, 2024", "2024-09-05"),
    ("en", "24 Apr '12", "2012-04-24"),
    ("en", "15-Nov-18", "2018-11-15"),
    ("en", "12May2024", "2024-05-12"),
    ("en", "31/12/2024", "2024-12-31"),
    ("de", "12. März 2024", "2024-03-12"),
    ("de", "12. MÄRZ 2024", "2024-03-12"),
    ("de", "15.04.25", "2025-04-15"),
    ("de", "1. Jänner 2024", "2024-01-01"),
    ("fr", "1er janvier 2024", "2024-01-01"),
    ("ar", "نشر في ١٤ رمضان ١٤٤٥ هـ - ٢٤ مارس ٢٠٢٤ م", "2024-03-24"),
    ("fr", "12 mai 2024 · 3 h de lecture", "2024-05-12"),
    ("fr", "3 août 2024", "2024-08-03"),
    ("it", "3 Ago 2024", "2024-08-03"),
    ("es", "3 de agosto de 2024", "2024-08-03"),
    ("es", "agosto 3, 2024", "2024-08-03"),
    ("pt", "03 de março de 2024", "2024-03-03"),
    ("ca", "3 d'agost de 2024", "2024-08-03"),
    ("nl", "3 augustus 2024", "2024-08-03"),
    ("tr", "3 Ağustos 2024", "2024-08-03"),
    ("tr", "12 KASIM 2024", "2024-11-12"),
    ("az", "12 sentyabr 2024", "2024-09-12"),
    ("pl", "3 sierpnia 2024", "2024-08-03"),
    ("ru", "3 августа 2024 г.", "2024-08-03"),
    ("uk", "3 серпня 2024", "2024-08-03"),
    ("bg", "3 август 2024", "2024-08-03"),
    ("cs", "3. srpna 2024", "2024-08-03"),
    ("sk", "3. augusta 2024", "2024-08-03"),
    ("hu", "2024. augusztus 3.", "2024-08-03"),
    ("ro", "3 iulie 2024", "2024-07-03"),
    ("hr", "3. listopada 2024.", "2024-10-03"),
    ("pl", "3 listopada 2024", "2024-11-03"),
    ("sl", "3. avgust 2024", "2024-08-03"),
    ("lt", "2024 m. rugpjūčio 3 d.", "2024-08-03"),
    ("lv", "2024. gada 3. augusts", "2024-08-03"),
    ("et", "3. märts 2024", "2024-03-03"),
    ("fi", "3. elokuuta 2024", "2024-08-03"),
    ("sv", "3 maj 2024", "2024-05-03"),
    ("da", "3. oktober 2024", "2024-10-03"),
    ("is", "3. ágúst 2024", "2024-08-03"),
    ("el", "3 Αυγούστου 2024", "2024-08-03"),
    ("el", "3 ΑΥΓΟΥΣΤΟΥ 2024", "2024-08-03"),
    ("vi", "Ngày 12 tháng 5 năm 2024", "2024-05-12"),
    ("vi", "Thứ tư, 22/10/2025", "2025-10-22"),
    ("id", "12 Agustus 2024", "2024-08-12"),
    ("ms", "12 Ogos 2024", "2024-08-12"),
    ("ar", "١٢ أغسطس ٢٠٢٤", "2024-08-12"),
    ("ar", "12 كانون الثاني 2024", "2024-01-12"),
    ("ar", "12 ربيع الأول 1446", "2024-09-15"),
    ("fa", "۱۲ مرداد ۱۴۰۳", "2024-08-02"),
    ("fa", "۱۴۰۳/۰۵/۱۲", "2024-08-02"),
    ("he", "12 באוגוסט 2024", "2024-08-12"),
    ("th", "12 สิงหาคม 2567", "2024-08-12"),
    ("th", "12 ส.ค. 67", "2024-08-12"),
    ("hi", "१२ अगस्त २०२४", "2024-08-12"),
    ("bn", "১২ আগস্ট ২০২৪", "2024-08-12"),
    ("ta", "12 ஆகஸ்ட் 2024", "2024-08-12"),
    ("sw", "12 Agosti 2024", "2024-08-12"),
]


@pytest.mark.parametrize(("language", "text", "day"), DAYS, ids=[f"{row[0]}: {row[1]}" for row in DAYS])
def test_a_day_is_read_in_its_language(language: str, text: str, day: str) -> None:
    (moment,) = find_moments(text, language=language)
    assert moment.date() == date.fromisoformat(day)
    assert moment.precision == "day"


def clock(moment: Moment) -> str:
    assert moment.hour is not None
    text = f"{moment.date()} {moment.hour:02}:{moment.minute:02}"
    return text + (f":{moment.second:02}" if moment.second is not None else "")


CLOCKS = [
    ("zh", "2019-09-07 13:43:45 来源: 中国纺织报", "2019-09-07 13:43:45"),
    ("zh", "2019年06月15日08:18", "2019-06-15 08:18"),
    ("zh", "2024-05-15（星期三） 14:05:33", "2024-05-15 14:05:33"),
    ("zh", "2024年5月15日 星期三 14:05", "2024-05-15 14:05"),
    ("zh", "2024-05-15 下午2:05", "2024-05-15 14:05"),
    ("zh", "2024-05-15 上午12:05", "2024-05-15 00:05"),
    ("zh", "2024年5月15日14时05分", "2024-05-15 14:05"),
    ("zh", "纺织日报 2005.08.2605:39", "2005-08-26 05:39"),
    ("zh", "发布时间：18-03-0823:16", "2018-03-08 23:16"),
    ("zh", "2021-01-20 04:29:4439棉网", "2021-01-20 04:29:44"),
    ("zh", "2024 05/09 22:27:02", "2024-05-09 22:27:02"),
    ("ja", "令和6年5月1日 午後2時5分", "2024-05-01 14:05"),
    ("ko", "입력 2024.05.15 오후 2:05", "2024-05-15 14:05"),
    ("en", "24 November, 2021, 08:05 pm", "2021-11-24 20:05"),
    ("en", "March 3, 2024, 2:05 p.m.", "2024-03-03 14:05"),
    ("en", "10:30 AM, 12 May 2024", "2024-05-12 10:30"),
    ("en", "Sept. 5, 2024 10 a.m.", "2024-09-05 10:00"),
    ("de", "12. März 2024 um 14:05 Uhr", "2024-03-12 14:05"),
    ("es", "Actualizado a 07/09/23 18:02h.", "2023-09-07 18:02"),
    ("ar", "٢٤ مارس ٢٠٢٤ م، ١٠:٣٠", "2024-03-24 10:30"),
    ("fr", "le 3 févr. 2024 à 8h", "2024-02-03 08:00"),
    ("de", "15.04.2025, 17:59Lesezeit: 5 Min.", "2025-04-15 17:59"),
    ("de", "12.03.24, 14.05 Uhr", "2024-03-12 14:05"),
    ("fr", "le 3 août 2024 à 14h05", "2024-08-03 14:05"),
    ("it", "3 agosto 2024 alle ore 14:05", "2024-08-03 14:05"),
    ("es", "3 de agosto de 2024 a las 14:05", "2024-08-03 14:05"),
    ("tr", "3 Ağustos 2024 Cumartesi 14:05", "2024-08-03 14:05"),
    ("pl", "03.08.2024, godz. 14:05", "2024-08-03 14:05"),
    ("ru", "3 августа 2024 г. в 14:05", "2024-08-03 14:05"),
    ("hu", "2024. augusztus 3. 14:05", "2024-08-03 14:05"),
    ("fi", "3.8.2024 klo 14.05", "2024-08-03 14:05"),
    ("sv", "3 augusti 2024 14.05", "2024-08-03 14:05"),
    ("vi", "19:25 22/10/2025", "2025-10-22 19:25"),
    ("th", "12 ส.ค. 2567 เวลา 14.05", "2024-08-12 14:05"),
    ("en", "Mon Dec 23 10:30:00 CST 2024", "2024-12-23 10:30:00"),
]


@pytest.mark.parametrize(("language", "text", "expected"), CLOCKS, ids=[row[1] for row in CLOCKS])
def test_a_time_of_day_is_read_with_its_date(language: str, text: str, expected: str) -> None:
    (moment,) = find_moments(text, language=language)
    assert clock(moment) == expected


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "2024-12-23T02:31:07.123Z", 0),
        ("en", "2024-12-23T02:31:07+0100", 60),
        ("en", "Mon, 23 Dec 2024 10:30:00 +0800", 480),
        ("en", "Apr 08, 2020 05:08 PM IST", 330),
        ("en", "22 Nov 2024 4:55 PM MYT", 480),
        ("vi", "22/10/2025, 19:25 (GMT+7)", 420),
        ("en", "2024/05/12 10:30:22 (GMT+08:00)", 480),
        ("en", "March 3, 2024, 2:05 p.m. ET", -300),
        ("en", "July 3, 2024, 2:05 p.m. ET", -240),
        ("zh", "2012年12月10日, 格林尼治标准时间10:41", 0),
        ("zh", "2024-5-15 北京时间 14:05", 480),
        ("zh", "Fri Sep 27 10:00:00 CST 2019", 480),
        ("en", "Fri Sep 27 10:00:00 CST 2019", -360),
        ("ru", "3 августа 2024, 14:05 МСК", 180),
        ("id", "12 Agustus 2024 | 14:05 WIB", 420),
        ("en", "12 May 2024 10:30", None),
    ],
)
def test_an_offset_is_read_only_where_a_zone_is_printed(language: str, text: str, minutes: int | None) -> None:
    (moment,) = find_moments(text, language=language)
    assert moment.offset == minutes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("发布时间：2024-05-12", "published"),
        ("Θ添加时间: 2018-12-07", "published"),
        ("Posted on May 23, 2025", "published"),
        ("Veröffentlicht am 12. März 2024", "published"),
        ("Publié le 3 août 2024", "published"),
        ("Yayınlanma Tarihi: 03.08.2024", "published"),
        ("기사입력 2024-05-12", "published"),
        ("2024-05-12 公開", "published"),
        ("最后更新：2024-05-12", "modified"),
        ("Last Updated : Apr 08, 2020", "modified"),
        ("Aktualisiert am 12.03.2024", "modified"),
        ("Mis à jour le 03/08/2024", "modified"),
        ("Güncelleme: 03.08.2024", "modified"),
        ("2024-05-12 更新", "modified"),
        ("Today, Tuesday, 21/05/2024", "other"),
        ("截止日期：2024-05-12", "other"),
        ("会议时间：2024年5月12日", "other"),
        ("in Milan, 12 May 2024", None),
        ("2024-05-12 发布会", None),
    ],
)
def test_the_words_before_or_behind_say_what_it_is_the_time_of(text: str, label: str | None) -> None:
    (moment,) = find_moments(text)
    assert moment.label == label


def test_a_label_belongs_to_the_date_behind_it_only() -> None:
    first, second = find_moments("Published 12 May 2024 | Updated 14 May 2024")
    assert (first.label, second.label) == ("published", "modified")


@pytest.mark.parametrize(
    ("text", "latest", "day"),
    [
        ("时间:01-19人气:16", "2024-05-01", "2024-01-19"),
        ("发布时间：10-0812:00", "2024-05-01", "2023-10-08"),
        ("5月15日", "2024-05-20", "2024-05-15"),
        ("5月15日", "2024-05-14", "2023-05-15"),
        ("（路透社羅馬19日電）", "2024-05-20", "2024-05-19"),
        ("（路透社羅馬19日電）", "2024-05-10", "2024-04-19"),
        ("MILAN, November 13 (Reuters)", "2024-05-10", "2023-11-13"),
        ("2月29日", "2027-01-01", "2024-02-29"),
    ],
)
def test_a_missing_year_or_month_is_the_latest_past(text: str, latest: str, day: str) -> None:
    (moment,) = find_moments(text, language="zh" if not text.isascii() else "en")
    assert moment.year is None
    filled = moment.near(date.fromisoformat(latest))
    assert filled is not None
    assert filled.date() == date.fromisoformat(day)


def test_slashed_dates_are_day_first_but_in_the_united_states() -> None:
    (european,) = find_moments("05/06/2024", language="en")
    (american,) = find_moments("05/06/2024", language="en", month_first=True)
    assert (european.date(), european.swapped) == (date(2024, 6, 5), date(2024, 5, 6))
    assert american.date() == date(2024, 5, 6)


def test_a_number_above_twelve_settles_the_order() -> None:
    (moment,) = find_moments("06/16/2021", language="en")
    assert moment.date() == date(2021, 6, 16)
    assert moment.swapped is None


@pytest.mark.parametrize("text", ["9月12日~14日", "2024年5月12日至14日", "12-14 May 2024", "May 12-14, 2024"])
def test_the_ends_of_a_range_are_marked_as_an_event(text: str) -> None:
    assert all(moment.span for moment in find_moments(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date at all",
        "2020 census 12 people",
        "32.13.2024",
        "2024-13-45",
        "tel. 010-62345678",
        "10:30",
        "50% of 2,300",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_moments(text, language="en") == []


def test_a_time_in_another_field_of_the_line_is_not_the_dates() -> None:
    (moment,) = find_moments("Date: 2024-05-12 Views: 22:10", language="en")
    assert moment.hour is None


def test_the_span_of_a_moment_is_its_place_in_the_string() -> None:
    text = "来源：纺织周刊 发布时间：２０２４-05-12 10:30 点击"
    (moment,) = find_moments(text)
    assert text[moment.start : moment.end] == "２０２４-05-12 10:30"
    assert text[moment.label_start : moment.start] == "发布时间："


def test_a_month_alone_is_a_month() -> None:
    (moment,) = find_moments("May 2024", language="en")
    assert (moment.precision, moment.year, moment.month, moment.day) == ("month", 2024, 5, None)


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "1.", "12 May ", "2024-05-12 10:30", "published on ", "(", "ก.", "12 a ", "1月"]
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    find_moments(text, language="en", limit=1_000_000)
    assert time.process_time() - start < 3
