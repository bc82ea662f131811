"""Across languages: a Chinese article and its English translation are linked, and nothing else is.

The labelled set is written by hand as reports in both languages with gaps; each is filled four times. A report and its own
translation make a pair that is right, and each trap is a pair that a careless comparison would link: the other week of
the same series, the other place, the other phase, the same report weeks later.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from items.article import Published
from pipelines.archive.articles import keep
from pipelines.archive.tables import articles, links
from pipelines.stories.translation import CERTAIN, agreement, facts_of

REPORTS = [
    ("全国纺织技能竞赛决赛在{zp}{zo}", "{m}月{d}日，全国纺织技能竞赛决赛在{zp}{zo}，来自{a}家企业的{b}名选手参赛。\n{zp}家纺企业去年销售额{c}亿元，同比增长{e}%。",
     "National finals of textile skills contest {eo} in {ep}", "The finals of the contest {eo} in {ep} on {en} {d}, with {b} weavers from {a} mills.\nMills in {ep} sold goods worth {c10} billion yuan last year, up {e} percent."),
    ("{zp}纺织品出口{c}亿元", "据{zp}海关{m}月{d}日发布，今年以来{zp}纺织品出口{c}亿元，增长{e}%，其中服装占{f}%。\n出口企业{b}家。",
     "{ep}'s textile exports reach {c10} billion yuan", "Customs in {ep} said on {en} {d} that textile exports came to {c10} billion yuan so far this year, up {e}%. Clothing made up {f}%, from {b} companies."),
    ("{zp}面料博览会{zo}", "{m}月{d}日，{zp}国际面料博览会{zo}，{b}家展商参展，展览面积{g}万平方米。\n主办方称专业观众超过{h}人次。",
     "Fabric fair {eo} in {ep}", "The international fabric fair {eo} in {ep} on {en} {d}. There are {b} exhibitors on {g0} square metres, and the organisers count {h} trade visitors."),
    ("{zp}茧丝绸产业座谈会{zo}", "中国纺织工业联合会流通分会{m}月{d}日赴{zp}开展茧丝绸产业调研，座谈会{zo}。\n{zp}桑园面积{g}万亩，蚕农{b}户，鲜茧产量增长{e}%，均价每公斤{f}元。",
     "Forum on {ep}'s cocoon and silk industry {eo}", "The circulation branch of the national textile council went to {ep} on {en} {d}, where a forum on cocoon and silk {eo}. Mulberry covers {g0} mu and feeds {b} households; cocoon output rose {e} percent at {f} yuan a kilo."),
    ("{zp}印染园区投产", "位于{zp}的印染园区{m}月{d}日投产，总投资{c}亿元，年产能{g}万米，节水{e}%。\n园区共有员工{b}名。",
     "Dyeing park in {ep} goes into production", "A dyeing park in {ep} went into production on {en} {d}. It cost {c10} billion yuan, makes {g0} metres a year and saves {e} percent of the water. It employs {b} people."),
    ("{zp}棉花收购进度", "截至{m}月{d}日，{zp}累计收购籽棉{g}万吨，收购均价每公斤{f}元，同比下跌{e}%，{b}家轧花厂开工。",
     "Cotton purchases in {ep}", "By {en} {d}, {ep} had bought {g0} tonnes of seed cotton at {f} yuan a kilo on average, {e}% less than a year before. {b} ginneries are at work."),
    ("{zp}化纤企业营收增长{e}%", "{zp}一化纤企业{m}月{d}日公布业绩，营收{c}亿元，增长{e}%，净利率{f}%，新建{b}条生产线。",
     "Fibre maker in {ep} grows {e} percent", "A fibre maker in {ep} reported on {en} {d} sales of {c10} billion yuan, up {e} percent, with a margin of {f} percent. It builds {b} new lines."),
    ("{zp}服装周{zo}", "{m}月{d}日，{zp}服装周{zo}，{a}个品牌带来{b}场发布，签约金额{c}亿元，较上届增长{e}%。",
     "Fashion week {eo} in {ep}", "Fashion week {eo} in {ep} on {en} {d}: {a} brands with {b} shows, and contracts worth {c10} billion yuan, {e} percent more than last time."),
]  # fmt: skip
FILLINGS = [
    {"zp": "南通", "ep": "Nantong", "m": 11, "en": "November", "d": 7, "a": 23, "b": 170, "c": 2300, "e": 7.5, "f": 38.2, "g": 27, "h": 71300},
    {"zp": "绍兴", "ep": "Shaoxing", "m": 3, "en": "March", "d": 19, "a": 41, "b": 214, "c": 1860, "e": 3.1, "f": 52.7, "g": 18, "h": 42800},
    {"zp": "河池", "ep": "Hechi", "m": 12, "en": "December", "d": 20, "a": 36, "b": 325, "c": 940, "e": 12.4, "f": 56.3, "g": 92, "h": 18650},
    {"zp": "青岛", "ep": "Qingdao", "m": 6, "en": "June", "d": 4, "a": 58, "b": 487, "c": 3170, "e": 5.9, "f": 41.6, "g": 33, "h": 96400},
]  # fmt: skip
OPEN, END = {"zo": "开幕", "eo": "opened"}, {"zo": "闭幕", "eo": "closed"}
DAY = date(2024, 11, 7)


def filled(filling: dict, phase: dict) -> dict:
    return filling | phase | {"c10": f"{filling['c'] / 10:g}", "g0": f"{filling['g'] * 10_000:,}"}


def chinese(report: tuple, said: dict, day: date = DAY):
    return facts_of(report[0].format(**said), report[1].format(**said), day)


def english(report: tuple, said: dict, day: date = DAY):
    return facts_of(report[2].format(**said), report[3].format(**said), day)


def labelled() -> list[tuple[object, object, bool]]:
    """The set: 32 translations and 64 traps."""
    pairs = []
    for report in REPORTS:
        for k, filling in enumerate(FILLINGS):
            other = FILLINGS[(k + 1) % len(FILLINGS)]
            elsewhere = filling | {"zp": other["zp"], "ep": other["ep"], "b": other["b"], "e": other["e"]}
            one = chinese(report, filled(filling, OPEN))
            pairs.append((one, english(report, filled(filling, OPEN), DAY + timedelta(1)), True))
            trap = [
                english(report, filled(other, OPEN)),
                english(report, filled(elsewhere, OPEN)),
                english(report, filled(filling, OPEN), DAY + timedelta(30)),
                english(report, filled(filling, END)),
            ][k]
            if k == 3 and "{zo}" not in report[0]:
                trap = english(report, filled(other | {"zp": filling["zp"], "ep": filling["ep"]}, OPEN))
            pairs.append((one, trap, False))
            # another report of that day and place, which shares some of the numbers
            beside = filling | {name: other[name] for name in ("b", "e", "f", "g")}
            pairs.append(
                (one, english(REPORTS[(REPORTS.index(report) + 1) % len(REPORTS)], filled(beside, OPEN)), False)
            )
    return pairs


def test_on_the_labelled_set_links_are_right() -> None:
    pairs = labelled()
    linked = [(agreement(one, other)[0] >= CERTAIN, right) for one, other, right in pairs]
    true = sum(said and right for said, right in linked)
    false = sum(said and not right for said, right in linked)
    translations = sum(right for *_, right in pairs)
    assert (translations, len(pairs) - translations) == (32, 64)
    assert true / (true + false) >= 0.95, f"{false} of {true + false} links are wrong"
    assert true / translations >= 0.8, f"{true} of {translations} translations are linked"


@pytest.mark.parametrize("first", ["zh", "en"])
def test_a_translation_is_linked_and_not_merged_whichever_came_first(archive, article, first) -> None:
    said = filled(FILLINGS[2], OPEN)
    report = REPORTS[3]
    day = Published(at="2024-12-23", precision="day", basis="visible")
    both = {
        "zh": {"title": report[0].format(**said), "text": report[1].format(**said)},
        "en": {"title": report[2].format(**said), "text": report[3].format(**said)},
    }
    with archive.writing() as connection:
        for language in sorted(both, key=lambda name: name != first):
            url = f"http://{language}.example/1"
            keep(connection, article(site=language, url=url, language=language, published=day, **both[language]))
        assert len(set(connection.execute(select(articles.c.story)).scalars())) == 2
        (link,) = connection.execute(select(links)).all()
    assert link.kind == "translation"
    assert "the same places: Hechi" in link.reason
