"""Stories: copies are joined whatever was done to them, look-alikes are not, and one of the story is its original."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from sqlalchemy import func, select

from items.article import Published, Source
from items.run import Outcome
from pipelines.archive.articles import keep
from pipelines.archive.tables import articles, links, records, sketches, stories
from pipelines.stories import overrule
from pipelines.stories.tell import tell
from tests.removing import take_down

OPENED = (
    "The national finals of the textile skills contest opened in Nantong today with 170 weavers of 23 provinces.\n"
    "Over three days they compete on rapier looms lent by a local mill, watched by 40 judges from trade schools.\n"
    "The contest is held by the China National Textile and Apparel Council together with the union of its workers.\n"
    "Nantong's home textile mills sold goods worth 230 billion yuan last year, a fifth of the country's whole output.\n"
    "The council's vice president said at the opening that skilled hands decide what a modern loom can really do.\n"
    "Winners of the first eight places are named technical masters of the trade, and the first three get a medal."
)
CHINESE = (
    "全国纺织行业职业技能竞赛总决赛周四在南通开幕，来自23个省区市的170名选手参赛。\n"
    "比赛为期三天，选手在当地企业提供的剑杆织机上同场竞技，40名裁判来自行业院校。\n"
    "竞赛由中国纺织工业联合会和中国财贸轻纺烟草工会共同主办。\n"
    "南通家纺企业去年销售额达到2300亿元，约占全国总量的五分之一。\n"
    "联合会副会长在开幕式上表示，高技能人才决定了现代织机的水平。\n"
    "获得前八名的选手将被授予全国纺织行业技术能手称号，前三名获得奖牌。"
)
TRADITIONAL = str.maketrans("纺织业职竞总决赛国个区选为当剑机场员来院获将授术称号奖会联财贸轻烟共办额达约",
                            "紡織業職競總決賽國個區選為當劍機場員來院獲將授術稱號獎會聯財貿輕煙共辦額達約")  # fmt: skip


def day(number: int) -> Published:
    return Published(at=f"2024-11-{number:02}", precision="day", basis="visible")


@pytest.fixture
def kept(archive, article):
    """Keeps articles of sites a, b, c, … and returns the story of each, in the order in which they were kept."""
    seen: list[object] = []

    def call(*said: dict) -> list[object]:
        with archive.writing() as connection:
            for about in said:
                site = chr(ord("a") + len(seen))
                base = {"site": site, "url": f"http://{site}.example/1", "published": day(7)}
                seen.append(keep(connection, article(**base | about), names={"cfederation": "c"}).article)
            rows = dict(connection.execute(select(articles.c.id, articles.c.story)).all())
        return [rows[i] for i in seen]

    return call


FIRST = {"title": "National finals of textile skills contest open in Nantong", "text": OPENED}
ZH = {"title": "全国纺织职业技能竞赛总决赛在南通开幕", "text": CHINESE, "language": "zh"}
PARAGRAPHS = OPENED.split("\n")


@pytest.mark.parametrize(
    "copy",
    [
        FIRST,
        FIRST | {"title": "Weavers compete in Nantong"},
        FIRST | {"text": "\n".join(PARAGRAPHS[:4])},
        FIRST | {"text": "NANTONG, Nov 7 (Mill News) - " + OPENED + "\n(Reporting by Ann Lee; editing by Tom Hall)"},
        FIRST | {"text": OPENED + "\nSource: The Loom\nSign up for our newsletter.\n© The Loom. All rights reserved."},
        FIRST | {"text": "\n".join([*PARAGRAPHS[:3], "Rain is forecast for the weekend.", *PARAGRAPHS[3:]])},
        FIRST | {"title": "UPDATE 1-National finals of textile skills contest open in Nantong",
                 "text": OPENED + "\nA second hall was opened to visitors in the afternoon."},
        FIRST | {"text": OPENED.replace("held", "organised").replace("said", "stated").replace("whole", "total")},
        FIRST | {"text": OPENED.upper().replace("\n", "  "), "title": FIRST["title"].upper()},
    ],
    ids=["verbatim", "title", "tail cut", "agency lines", "boilerplate", "inserted", "update", "reworded", "capitals"],
)  # fmt: skip
def test_a_copy_is_joined_whatever_was_done_to_it(kept, copy) -> None:
    one, other = kept(FIRST, copy | {"published": day(8)})
    assert one == other


@pytest.mark.parametrize(
    "copy",
    [
        ZH,
        ZH | {"text": CHINESE.translate(TRADITIONAL), "title": ZH["title"].translate(TRADITIONAL)},
        ZH | {"text": CHINESE.translate(str.maketrans("0123456789，。", "０１２３４５６７８９,.")).replace("\n", "")},
        ZH | {"text": "本报讯（记者 李明）" + CHINESE + "\n来源：中国纺织报\n责任编辑：张伟"},
        ZH | {"title": "【关注】" + ZH["title"], "text": "\n".join(CHINESE.split("\n")[:5])},
    ],
    ids=["verbatim", "traditional", "full width", "agency lines", "tail cut"],
)
def test_a_chinese_copy_is_joined_whatever_was_done_to_it(kept, copy) -> None:
    one, other = kept(ZH, copy)
    assert one == other


@pytest.mark.parametrize(
    "other",
    [
        {"title": "National finals of textile skills contest end in Nantong",
         "text": OPENED.replace("opened", "ended").replace("opening", "closing")},
        {"title": "National finals of textile skills contest open in Wuxi",
         "text": OPENED.replace("Nantong", "Wuxi").replace("170", "152").replace("230", "85")},
        {"title": FIRST["title"], "published": day(14),
         "text": OPENED.replace("170", "181").replace("23 ", "19 ").replace("40", "36").replace("230", "255")},
        {"title": "News in brief", "published": day(8),
         "text": "Cotton fell for a third day in New York on a good harvest in Texas and weak orders from mills.\n"
                 "A dyeing works in Shaoxing was fined for waste water.\n" + "\n".join(PARAGRAPHS[:2]) +
                 "\nThe wool indicator rose nine cents in Sydney, where buyers from Italy were back.\n"
                 "Looms worth eleven million euros were ordered at the fair in Milan, its organisers say."},
        {"title": "Weaver from Wuxi wins gold at textile skills contest", "published": day(10),
         "text": "A 26-year-old weaver from Wuxi won the national textile skills contest on Sunday, ahead of two from "
                 "Shaoxing.\nShe mended a broken warp in under four minutes, faster than anyone before her.\n"
                 "Her mill will pay for her studies, its manager said.\n" + PARAGRAPHS[2]},
    ],
    ids=["next phase", "another place", "next week", "digest", "follow-up"],
)  # fmt: skip
def test_a_look_alike_stays_apart(kept, other) -> None:
    one, another = kept(FIRST, other)
    assert one != another


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace("开幕", "闭幕"),
        lambda s: s.replace("南通", "绍兴").replace("170", "152").replace("2300", "850"),
        lambda s: s.replace("170", "181").replace("23个", "19个").replace("40名", "36名").replace("2300", "2550"),
        lambda s: s.replace("总决赛", "半决赛"),
    ],
    ids=["next phase", "another place", "other numbers", "another stage"],
)
def test_a_chinese_look_alike_stays_apart(kept, change) -> None:
    one, other = kept(ZH, {"title": change(ZH["title"]), "text": change(CHINESE), "published": day(9)})
    assert one != other


def test_weekly_reports_of_one_template_stay_apart(kept) -> None:
    dice = random.Random(7)

    def week(number: int) -> dict:
        price, change = dice.randint(14000, 18000), dice.randint(10, 300)
        text = (
            f"11月{number}日当周，中国棉花价格指数均价为{price}元/吨，较前一周上涨{change}元/吨。\n"
            f"郑棉主力合约结算价{price - 900}元/吨，成交量{dice.randint(20, 90)}万手。\n"
            f"棉纱方面，C32S普梳均价{price + 6000}元/吨，下游织厂补库谨慎。\n"
            "分析认为，短期内棉价将以区间波动为主，后期需关注新疆天气、下游订单以及美棉出口情况。"
        )
        return {"title": "中国棉花价格指数周报", "text": text, "language": "zh", "published": day(number)}

    found = kept(*(week(n) for n in (1, 8, 15, 22, 29)))
    assert len(set(found)) == 5


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_makes_no_difference(kept, seed) -> None:
    said = [
        FIRST,
        FIRST | {"text": "\n".join(PARAGRAPHS[:4])},
        FIRST | {"text": "\n".join(PARAGRAPHS[2:]), "title": "Weavers compete"},
        FIRST
        | {"title": "Contest ends in Nantong", "text": OPENED.replace("opened", "ended").replace("opening", "closing")},
        ZH,
        ZH | {"text": CHINESE.translate(TRADITIONAL)},
    ]
    order = random.Random(seed).sample(range(6), 6)
    found = kept(*(said[k] for k in order))
    groups = {}
    for k, story in zip(order, found, strict=True):
        groups.setdefault(story, set()).add(k)
    assert sorted(map(sorted, groups.values())) == [[0, 1, 2], [3], [4, 5]]


def test_a_copy_is_held_against_every_reprint_of_what_it_resembles(kept) -> None:
    """A reprint of another day says less of a short version than the one of its own day does."""
    late, same_day, short = FIRST | {"published": day(27)}, FIRST, FIRST | {"text": "\n".join(PARAGRAPHS[:4])}
    assert len(set(kept(late, same_day, short))) == 1


def test_copies_are_found_after_the_first_of_them_was_taken_down(archive, kept) -> None:
    first, _ = kept(FIRST, FIRST)
    with archive.writing() as connection:
        take_down(connection, "http://a.example/1")
    assert kept(FIRST | {"text": "\n".join(PARAGRAPHS[:4])})[-1] == first


def test_what_joins_two_stories_makes_them_one_and_says_so(archive, kept) -> None:
    head, tail = "\n".join(PARAGRAPHS[:3]), "\n".join(PARAGRAPHS[3:])
    one, other = kept(FIRST | {"text": head}, FIRST | {"text": tail, "title": "Home textiles in Nantong"})
    assert one != other
    assert len(set(kept(FIRST))) == 1
    with archive.reading() as connection:
        merges = connection.execute(select(records.c.line).where(records.c.type == "merge")).scalars().all()
        assert connection.execute(select(func.count()).select_from(stories)).scalar() == 1
    assert len(orjson.loads(merges[-1])["articles"]) == 2, "the third says itself which story it is in"


def test_an_article_that_says_why_it_was_joined(archive, kept) -> None:
    kept(FIRST, FIRST | {"text": "\n".join(PARAGRAPHS[:5])})
    with archive.reading() as connection:
        (link,) = connection.execute(select(links)).all()
        told = tell(connection, link.article)
    assert (link.kind, link.certainty > 0.5) == ("copy", True)
    assert "100% of the shorter text is in the other" in link.reason
    assert [m.joined is not None for m in told.articles].count(True) == 1


def test_the_one_that_others_credit_is_the_original_even_if_it_came_last(archive, kept) -> None:
    source = Source(name="C Federation", raw="Source: C Federation")
    kept(FIRST | {"source": source}, FIRST | {"published": day(6)}, FIRST | {"published": day(8)})
    with archive.reading() as connection:
        story = connection.execute(select(stories)).one()
        original = connection.execute(select(articles.c.site).where(articles.c.id == story.original)).scalar()
    assert original == "c"
    assert "named as the source" in story.reason


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (("2024-11-08", "2024-11-07"), 1),
        (("2024-11-07T15:00:00+00:00", "2024-11-07T09:00:00+00:00"), 1),
        (("2024-11-07", "2024-11-07T09:00:00+00:00"), 0),
        ((None, "2024-11-07"), 1),
    ],
    ids=["earlier day", "earlier hour", "a day can't be held against an hour", "known against unknown"],
)
def test_who_published_first_is_the_original_as_precisely_as_that_is_known(archive, kept, times, first) -> None:
    def published(at: str | None) -> dict:
        precision = "day" if at and len(at) == 10 else "minute"
        return {"published": at and Published(at=at, precision=precision, basis="meta")}

    kept(*(FIRST | published(at) for at in times))
    with archive.reading() as connection:
        original = connection.execute(
            select(articles.c.site).join(stories, stories.c.original == articles.c.id)
        ).scalar()
    assert original == "ab"[first]


def test_a_better_original_leaves_the_story_its_id(archive, kept) -> None:
    (before,) = kept(FIRST | {"published": day(9)})
    after = kept(FIRST | {"published": day(7)})
    assert set(after) == {before}


def test_an_operator_joins_what_the_texts_keep_apart_and_it_lasts(archive, article, kept) -> None:
    kept(FIRST, ZH)
    with archive.writing() as connection:
        one, other = (overrule.find(connection, f"http://{s}.example/1") for s in "ab")
        story = overrule.join(connection, [one, other])
        keep(connection, article(site="b", url="http://b.example/1", **ZH | {"text": CHINESE + "\n详见明日报道。"}))
        assert set(connection.execute(select(articles.c.story)).scalars()) == {story}


def test_an_operator_parts_a_copy_and_it_lasts(archive, article, kept) -> None:
    kept(FIRST, FIRST, FIRST)
    with archive.writing() as connection:
        parted = overrule.find(connection, "http://b.example/1")
        story = overrule.part(connection, parted)
        keep(connection, article(site="b", url="http://b.example/1", **FIRST | {"title": "Weavers meet in Nantong"}))
        keep(connection, article(site="z", url="http://z.example/1", **FIRST))
        rows = dict(connection.execute(select(articles.c.site, articles.c.story)).all())
    assert rows["b"] == story
    assert rows["a"] == rows["c"] == rows["z"] != story


def test_an_article_whose_address_tells_something_else_now_leaves_the_story(archive, article, kept) -> None:
    kept(FIRST, FIRST)
    with archive.writing() as connection:
        again = article(
            site="b", url="http://b.example/1", title="Wool rose in Sydney", text="Wool rose nine cents. " * 9
        )
        assert keep(connection, again).outcome is Outcome.VERSION
        rows = dict(connection.execute(select(articles.c.site, articles.c.story)).all())
        counts = connection.execute(select(func.count()).select_from(stories)).scalar()
    assert rows["a"] != rows["b"]
    assert counts == 2


def test_a_removed_article_leaves_nothing_in_the_index(archive, article, kept) -> None:
    kept(FIRST)
    with archive.writing() as connection:
        assert connection.execute(select(func.count()).select_from(sketches)).scalar() > 0
        take_down(connection, "http://a.example/1")
        assert connection.execute(select(func.count()).select_from(sketches)).scalar() == 0


def test_a_house_style_fills_no_look_up(archive, article) -> None:
    style = "The editors of this paper thank all readers for their letters and wish them a peaceful year. " * 3
    with archive.writing() as connection:
        for number in range(60):
            about = f"Report {number} of {number * 37} bales from port {number * 91}."
            keep(
                connection,
                article(number, text=style + about),
                now=datetime(2024, 11, 7, tzinfo=UTC) + timedelta(number),
            )
        fullest = select(func.count().label("n")).select_from(sketches).group_by(sketches.c.key).subquery()
        assert connection.execute(select(func.max(fullest.c.n))).scalar() <= 30


def test_a_mobile_twin_of_an_address_is_the_same_article(archive, article) -> None:
    with archive.writing() as connection:
        first = keep(connection, article(1, url="https://www.loom.example/news/1.html"))
        twin = keep(connection, article(1, url="https://m.loom.example/news/1.html"))
        other = keep(connection, article(2, url="http://www.loom.example/news/1.html", title="Another thing"))
    assert (twin.outcome, twin.article) == (Outcome.UNCHANGED, first.article)
    assert other.article != first.article


def test_a_counter_that_went_on_is_no_new_version(archive, article) -> None:
    with archive.writing() as connection:
        keep(connection, article(text=OPENED + "\n阅读：1024次\nViews: 12"))
        again = keep(connection, article(text=OPENED + "\n阅读：2048次\nViews: 13"))
    assert again.outcome is Outcome.UNCHANGED
