"""When an article was published: pages in the small, each with one thing to tell apart."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from spiders.parsing.blocks import blocks_of
from spiders.parsing.body.body import Body
from spiders.parsing.page import open_page
from spiders.parsing.times.published import Times, read_times

FETCHED = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
ENGLISH = (
    "Exports of yarn rose in the first quarter while the mills of the region kept their output, the federation said."
)
CHINESE = "今年一季度全国纱线出口保持增长，各地纺织企业生产平稳，行业协会表示全年运行有望延续恢复态势，企业信心增强。"
GERMAN = (
    "Die Ausfuhr von Garnen ist im ersten Quartal gestiegen, und die Betriebe der Region haben ihre Erzeugung gehalten."
)


def read(
    meta_line: str = "",
    *,
    head: str = "",
    lang: str = "en",
    url: str = "https://example.org/news/yarn",
    title: str = "Yarn exports rise",
    above: str = "",
    below: str = "",
    first: str = "",
    kept: str | None = None,
    fetched: datetime | None = FETCHED,
    zone: timezone | None = None,
    listing_date: str | None = None,
) -> Times:
    words = {"zh": CHINESE, "de": GERMAN}.get(lang, ENGLISH)
    html = (
        f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{above}<h1>{title}</h1>{meta_line}'
        f"<article><p>{first}{words}</p><p>{words}</p><p>{words}</p></article>{below}</body></html>"
    )
    page = open_page(html.encode(), url=url)
    blocks = blocks_of(page)
    body = Body([block.index for block in blocks if words in block.text or block.text == kept])
    return read_times(page, blocks, body=body, title=title, fetched=fetched, zone=zone, listing_date=listing_date)


def at(times: Times) -> str | None:
    return times.published.at if times.published else None


def json_ld(**facts: str) -> str:
    pairs = ",".join(f'"{key}":"{value}"' for key, value in facts.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


@pytest.mark.parametrize(
    ("line", "lang", "expected"),
    [
        ("<div>发布时间：2024-05-12 10:30</div>", "zh", "2024-05-12T10:30:00+08:00"),
        (
            "<div><span>2024</span> <span><em>05</em>/<em>09</em></span> <span>22:27:02</span></div>",
            "zh",
            "2024-05-09T22:27:02+08:00",
        ),
        ("<div>2024</div><div>05/09</div><div>22:27:02</div>", "zh", "2024-05-09T22:27:02+08:00"),
        ("<div>发布时间</div><div>2024-05-12</div>", "zh", "2024-05-12"),
        ("<div>时间:01-19人气:16</div>", "zh", "2024-01-19"),
        ("<div><span>发布时间：01-14</span><span>17:58</span></div>", "zh", "2024-01-14T17:58:00+08:00"),
        ("<div>昨天 14:20</div>", "zh", "2024-05-31T14:20:00+08:00"),
        ("<p>Posted: May 23, 2024</p>", "en", "2024-05-23"),
        ("<p>By Ann Weaver | 23 May 2024 4:55 PM MYT</p>", "en", "2024-05-23T16:55:00+08:00"),
        ("<p>23.05.2024, 16:55 Uhr</p>", "de", "2024-05-23T16:55:00+02:00"),
        ("<p>23.01.2024, 16:55 Uhr</p>", "de", "2024-01-23T16:55:00+01:00"),
    ],
)
def test_the_line_under_the_title_is_read(line: str, lang: str, expected: str) -> None:
    assert at(read(line, lang=lang)) == expected


def test_a_printed_time_keeps_its_words_and_says_where_it_stood() -> None:
    times = read("<p>Posted: May 23, 2024</p>")
    assert times.published is not None
    assert (times.published.raw, times.published.basis, times.published_rule) == ("May 23, 2024", "visible", "label")


def test_structured_data_is_read() -> None:
    times = read(head=json_ld(datePublished="2024-05-23T16:55:10+05:30", dateModified="2024-05-24T09:00:00+05:30"))
    assert at(times) == "2024-05-23T16:55:10+05:30"
    assert times.modified is not None
    assert times.modified.at == "2024-05-24T09:00:00+05:30"
    assert times.published_rule == "json-ld"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("article:published_time", "2024-05-23T16:55:10+05:30"),
        ("pubdate", "2024-05-23 16:55:10"),
        ("publishdate", "2024-05-23"),
        ("_pubtime", "2024/5/23 16:55:10"),
        ("dc.date", "2024-05-23"),
        ("date", "Thu, 23 May 2024 16:55:10 +0530"),
    ],
)
def test_meta_elements_of_many_names_are_read(name: str, value: str) -> None:
    times = read(head=f'<meta name="{name}" content="{value}">')
    assert (at(times) or "")[:10] == "2024-05-23"
    assert times.published_rule == f"meta:{name}"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/xw/202405/t20240523_3923789.html",
        "https://example.org/Articles/2024-5-23/483843.html",
        "https://example.org/2024/05/23/yarn-exports",
        "https://example.org/a/24/0523/08/X1.html",
        "https://example.org/2024/may/23/yarn",
        "https://example.org/news/20240523123456789.shtml",
    ],
)
def test_the_address_gives_the_day_where_the_page_says_nothing(url: str) -> None:
    times = read(url=url)
    assert at(times) == "2024-05-23"
    assert times.published_rule == "url"


def test_a_script_variable_gives_the_moment_where_nothing_else_does() -> None:
    times = read(head='<script>var ct = "1581517074";</script>', lang="zh")
    assert at(times) == "2020-02-12T22:17:54+08:00"
    assert times.published_rule == "script:ct"


@pytest.mark.parametrize("other", ["2024-04-01 11:00", "2024-05-01 11:00"])
def test_a_scripts_list_of_other_articles_is_not_believed(other) -> None:
    script = f'<script>[{{"publishTime":"2024-05-01 10:00"}},{{"publishTime":"{other}"}}]</script>'
    assert at(read(head=script, lang="zh")) is None


def test_a_scripts_one_moment_in_two_zones_is_believed() -> None:
    script = '<script>[{"publishTime":"2024-05-01 10:00"},{"publishTime":"2024-05-01T02:00:00Z"}]</script>'
    assert at(read(head=script, lang="zh")) == "2024-05-01T10:00:00+08:00"


def test_the_listings_date_is_better_than_none() -> None:
    times = read(listing_date="2024-05-23")
    assert (at(times), times.published_rule) == ("2024-05-23", "listing")


def test_the_title_of_a_market_report_holds_its_day() -> None:
    assert at(read(title="Market watch 24 April, 2024")) == "2024-04-24"


@pytest.mark.parametrize(
    ("first", "lang", "expected"),
    [
        ("HOUSTON — May 23, 2024 — ", "en", "2024-05-23"),
        ("Brussels, 15 May 2024 – ", "en", "2024-05-15"),
        ("中新社北京5月23日电 ", "zh", "2024-05-23"),
    ],
)
def test_a_dateline_is_read_and_stays_in_the_text(first: str, lang: str, expected: str) -> None:
    times = read(first=first, lang=lang)
    assert at(times) == expected
    assert times.claimed == {}


def test_an_event_in_the_first_sentence_is_no_publication() -> None:
    assert at(read(first="On May 26, 2024 the fair opens its doors in Milan, and ")) is None


@pytest.mark.parametrize(
    ("line", "lang", "event"),
    [
        ("<p>12 February 2024</p>", "en", "The fair opens on 3 March at 10:30."),
        ("<p>12 February 2024</p>", "en", "The fair opens on 3 March 2024 at 10:30."),
        ("<p>12 February 2024</p>", "en", "Opening of the fair: 3 March, 10:30"),
        ("<p>12 February 2024</p>", "en", "Save the date: 3 March at 10:30"),
        ("<p>12.02.2024</p>", "de", "Am 3. März um 10:30 Uhr öffnet die Messe ihre Tore."),
        ("<div>2024-02-12</div>", "zh", "3月3日10:30，展会将在上海开幕。"),
        ("<div>2024-02-12</div>", "zh", "展会将于3月3日上午10:30在上海国家会展中心开幕"),
        ("<div>2024-02-12</div>", "zh", "3月3日 10:30"),
    ],
)
def test_the_headers_day_wins_over_a_clock_in_the_text_which_keeps_its_words(line: str, lang: str, event: str) -> None:
    for first in (f"{event}</p><p>", f"</p><p>{event}</p><p>"):
        times = read(line, lang=lang, first=first, kept=event)
        assert at(times) == "2024-02-12"
        assert set(times.claimed) <= {1}


@pytest.mark.parametrize(
    ("lang", "event"), [("en", "The fair opens on 3 March 2024 at 10:30."), ("zh", "3月3日10:30，展会将在上海开幕。")]
)
def test_a_sentences_clock_is_no_publication_where_the_page_gives_no_other(lang: str, event: str) -> None:
    times = read(lang=lang, first=f"{event}</p><p>", kept=event)
    assert (at(times), times.claimed) == (None, {})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Weaver of the press office, 3 March 2024, 10:30 a.m.", "2024-03-03T10:30:00"),
        ("This report first appeared on 3 March 2024 at 10:30.", "2024-03-03T10:30:00"),
    ],
)
def test_a_sentence_about_the_article_itself_dates_it(line: str, expected: str) -> None:
    assert at(read(f"<p>{line}</p>")) == expected


def test_the_headers_today_is_no_publication() -> None:
    assert at(read(above="<div>Today, Tuesday, 21/05/2024</div>")) is None


def test_a_day_above_the_title_that_is_the_day_of_the_fetch_is_todays() -> None:
    assert at(read(above="<div>Saturday, June 1, 2024</div>")) is None


def test_a_dated_line_above_the_title_is_the_articles() -> None:
    assert at(read(above="<div>15/05/2024 – Economy</div>")) == "2024-05-15"


@pytest.mark.parametrize("fetched", [FETCHED, None])
def test_a_time_told_from_now_may_hold_the_moment_in_an_attribute(fetched: datetime | None) -> None:
    line = '<div>发表于 <span title="2024-5-12 10:30:22">3 天前</span></div>'
    assert at(read(line, lang="zh", fetched=fetched)) == "2024-05-12T10:30:22+08:00"


def test_without_a_fetch_time_ago_is_not_guessed() -> None:
    assert at(read("<div>3 天前</div>", lang="zh", fetched=None)) is None


def test_an_address_with_a_month_only_gives_the_month() -> None:
    times = read(url="https://example.org/2024/05/yarn-exports")
    assert times.published is not None
    assert (times.published.at, times.published.precision) == ("2024-05", "month")


def test_a_related_items_date_is_no_publication() -> None:
    below = '<ul><li><a href="/a">Cotton prices ease again in May 2024-05-20</a></li></ul>'
    assert at(read(below=below)) is None


TEASERS = (
    ("Energy costs still weigh on dyers and finishers", "2024-05-20", "20 May 2024"),
    ("Four more regions join the wool collection network", "2024-05-21", "21 May 2024"),
)
LISTED = {
    "list items": '<li><a href="/{day}">{words}</a> <time datetime="{day}">{print}</time></li>',
    "cards": '<div><h3><a href="/{day}">{words}</a></h3><time class="entry-date" datetime="{day}">{print}</time></div>',
    "links": '<a href="/{day}"><span>{words}</span><time datetime="{day}">{print}</time></a>',
    "articles": '<article><time datetime="{day}">{print}</time><h4>{words}</h4></article>',
}


def teasers(form: str, count: int) -> str:
    items = [LISTED[form].format(words=words, day=day, print=print_) for words, day, print_ in TEASERS[:count]]
    return f"<aside><h2>Recent posts</h2><div>{''.join(items)}</div></aside>"


@pytest.mark.parametrize("form", LISTED)
@pytest.mark.parametrize("place", ["above", "below", "meta_line"])
def test_the_times_of_a_list_of_other_articles_are_theirs(form: str, place: str) -> None:
    listed = teasers(form, 2)
    assert at(read(**{place: listed})) is None
    assert at(read(**{place: listed}, url="https://example.org/2024/04/30/yarn")) == "2024-04-30"


@pytest.mark.parametrize("form", ["list items", "cards", "links"])
def test_one_teaser_alone_below_the_article_has_its_own_time(form: str) -> None:
    assert at(read(below="<p>All rights reserved</p>" * 6 + teasers(form, 1))) is None


def test_the_times_of_comments_are_theirs() -> None:
    comment = "<li><b>Ann</b> <time pubdate datetime='2024-05-{}T10:00'>May</time><p>{}</p></li>"
    comments = "".join(comment.format(day, "Our mill has felt it in its order book as well. " * 3) for day in (21, 22))
    assert at(read(below=f"<p>Two readers wrote to us about it</p><ol>{comments}</ol>")) is None


@pytest.mark.parametrize(
    "line",
    [
        '<p><time datetime="2024-05-12T10:30">12 May</time></p>',
        '<p>By <a href="/ann">Ann Weaver-Hargreaves</a>, <time datetime="2024-05-12T10:30">12 May</time></p>',
        '<ul><li><a href="/t">Textile machinery and parts</a><li><time datetime="2024-05-12T10:30">12 May</time></ul>',
        '<a href="/yarn"><time datetime="2024-05-12T10:30">12 May 2024, 10:30</time></a>',
    ],
)
def test_a_time_beside_the_title_is_the_articles_whatever_is_listed_elsewhere(line: str) -> None:
    assert at(read(line, below=teasers("list items", 2))) == "2024-05-12T10:30:00"


def test_a_time_in_the_articles_footer_is_the_articles() -> None:
    footer = "</p><footer>Filed by the press office, <time datetime='2024-05-12'>12 May 2024</time></footer><p>"
    assert at(read(first="</p>" + f"<p>{ENGLISH}</p>" * 20 + "<p>", below=footer + teasers("cards", 2))) == "2024-05-12"


def test_a_caption_is_no_publication() -> None:
    figure = "<figure><img src='/a.jpg'><figcaption>A mill in Izmir, 3 April 2024</figcaption></figure>"
    times = read(figure, head='<meta name="pubdate" content="2024-05-23">')
    assert at(times) == "2024-05-23"


def test_the_future_is_not_believed() -> None:
    assert at(read("<p>Posted: May 23, 2025</p>")) is None


def test_a_publishers_clock_may_run_ahead_a_little() -> None:
    assert at(read("<p>Posted: June 2, 2024</p>")) == "2024-06-02"


def test_an_update_is_not_a_publication() -> None:
    times = read("<p>Last Updated : Apr 08, 2024 05:08 PM IST</p>")
    assert times.published is None
    assert times.modified is not None
    assert times.modified.at == "2024-04-08T17:08:00+05:30"


def test_first_published_beside_last_updated() -> None:
    times = read("<p>Last Updated: Apr 08, 2024 05:08 PM IST</p><p>First Published: Apr 07, 2024 04:25 pm IST</p>")
    assert at(times) == "2024-04-07T16:25:00+05:30"
    assert times.modified is not None
    assert times.modified.at == "2024-04-08T17:08:00+05:30"


def test_a_chinese_page_that_only_says_updated_was_published_then_with_a_doubt() -> None:
    times = read("<div>更新时间：2024-05-12 10:30</div>", lang="zh")
    assert at(times) == "2024-05-12T10:30:00+08:00"
    assert times.doubts


def test_an_unlabelled_line_that_states_the_machines_update_is_the_update() -> None:
    head = json_ld(datePublished="2024-05-01T10:00:00+02:00", dateModified="2024-05-03T12:30:00+02:00")
    times = read("<p>03.05.2024, 12:30 Uhr</p>", head=head, lang="de")
    assert (at(times) or "")[:10] == "2024-05-01"


def test_print_older_than_the_machines_date_is_right() -> None:
    times = read("<p>26 April 2023</p>", head=json_ld(datePublished="May 21, 2024"))
    assert at(times) == "2023-04-26"
    assert times.published is not None
    assert [conflict.at for conflict in times.published.conflicts] == ["2024-05-21"]


def test_a_midnight_that_nothing_confirms_is_a_day() -> None:
    times = read(head=json_ld(datePublished="2024-05-23T00:00:00+02:00"))
    assert times.published is not None
    assert (times.published.at, times.published.precision) == ("2024-05-23", "day")


def test_a_midnight_in_the_zone_of_the_language_is_a_day_too() -> None:
    assert at(read(head=json_ld(datePublished="2024-05-22T22:00:00Z"), lang="de")) == "2024-05-23"


def test_print_and_machine_in_different_zones_agree_and_give_the_offset() -> None:
    times = read("<p>23 May 2024 18:55</p>", head=json_ld(datePublished="2024-05-23T13:25:40Z"))
    assert at(times) == "2024-05-23T18:55:40+05:30"
    assert times.published is not None
    assert times.published.zone == "page"
    assert times.published.conflicts == []


def test_local_time_marked_as_utc_loses_its_offset_with_a_doubt() -> None:
    times = read("<p>23.05.2024, 16:55 Uhr</p>", head=json_ld(datePublished="2024-05-23T16:55:00+00:00"), lang="de")
    assert (at(times) or "")[:16] == "2024-05-23T16:55"
    assert "+" not in (at(times) or "")
    assert times.doubts


def test_another_time_of_the_same_day_is_kept_as_a_conflict() -> None:
    head = '<meta property="article:published_time" content="2024-05-23T06:52:51+08:00">'
    times = read("<div>2024年05月23日 04:04</div>", head=head, lang="zh")
    assert at(times) == "2024-05-23T04:04:00+08:00"
    assert times.published is not None
    assert [conflict.raw for conflict in times.published.conflicts] == ["2024-05-23T06:52:51+08:00"]


def test_the_sites_zone_is_used_where_none_is_printed() -> None:
    times = read("<p>Posted: May 23, 2024 10:30</p>", zone=timezone(timedelta(hours=7)))
    assert at(times) == "2024-05-23T10:30:00+07:00"
    assert times.published is not None
    assert times.published.zone == "site"


def test_english_implies_no_zone() -> None:
    times = read("<p>Posted: May 23, 2024 10:30</p>")
    assert at(times) == "2024-05-23T10:30:00"
    assert times.published is not None
    assert times.published.zone == "unknown"


def test_slashes_follow_the_pages_other_evidence() -> None:
    assert at(read("<p>03/05/2024</p>")) == "2024-05-03"
    assert at(read("<p>03/05/2024</p>", url="https://example.org/2024/03/05/yarn")) == "2024-03-05"
    assert at(read("<p>03/05/2024</p>", below="<p>04/28/2024</p>")) == "2024-03-05"
    assert at(read("<p>03/05/2024</p>", head='<meta property="og:locale" content="en_US">')) == "2024-03-05"


def test_a_year_is_taken_from_the_address() -> None:
    times = read("<div>发布时间：05-12 10:30</div>", lang="zh", url="https://example.org/2019/0512/1.html")
    assert at(times) == "2019-05-12T10:30:00+08:00"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("<p>来源：纺织周刊 发布时间：2024-05-12</p>", "来源：纺织周刊"),
        ("<p>发布时间：2024-05-12 点击：123</p>", None),
        ("<p>星期日 2024-05-12 10:30</p>", None),
    ],
)
def test_the_date_lines_words_are_claimed(line: str, left: str | None) -> None:
    assert read(line, lang="zh").claimed == {1: left}


def test_dates_in_the_articles_own_lines_stay_there() -> None:
    times = read("<p>Posted: May 23, 2024</p>", first="</p><p>12 April 2024: the mill opens its doors</p><p>")
    assert times.claimed == {1: None}


def test_a_page_without_any_time_says_so() -> None:
    times = read()
    assert (times.published, times.modified) == (None, None)


def test_an_empty_page_has_no_times() -> None:
    page = open_page(b"")
    assert read_times(page, [], body=Body([])).published is None


def test_a_page_of_many_dates_is_read_in_linear_time() -> None:
    lines = "".join(f"<p>{day % 28 + 1}/0{day % 9 + 1}/2024 10:30</p>" for day in range(5000))
    start = time.process_time()
    read(lines, below=lines)
    assert time.process_time() - start < 3
