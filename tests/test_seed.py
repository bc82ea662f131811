"""The page that newsloom began with, and what its readers met first: two phases, two lists, two languages."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from items.article import Published, Source
from items.run import Outcome
from pipelines.archive.articles import keep
from pipelines.archive.tables import articles, links, related
from spiders.parsing.article import read_article
from tests.shared import SHARED, needs_shared

URL = "http://www.portal.example/news/202412/1200100.html"
OPENED = (
    "The National Finals Of The 2024 Skills Competition For The Tailoring Profession In The Textile Industry Opened"
)
ENDED = "The Final Of The 2024 Competition For Professional Skills Of Tailors In The Textile Industry Ended"
FINALS = (
    "On December {day}, the national finals of the 2024 skills competition for the tailoring profession in the textile "
    "industry {did} in Shengze, Suzhou. The competition is sponsored by the China Textile Industry Federation.\n"
    "{number} contestants from 21 provinces took part in the finals, which have a theory and a practical part.\n"
    "The leaders of the federation, of the local government and of the enterprises attended the {which} ceremony and "
    "said that skilled craftsmen are what the textile industry stands on.\n{more}"
)
BEGINS = {"day": 18, "did": "opened", "number": 170, "which": "opening", "more": "It will last for three days."}
IS_OVER = {"day": 20, "did": "ended", "number": 170, "which": "closing", "more": "Eight of them were given awards."}
CHINESE = (
    "12月20日，中国纺联流通分会赴河池市开展“纺织之光流通专项基金爱心惠农活动”暨茧丝绸产业调研座谈会，"
    "围绕河池茧丝绸产业优化升级与乡村振兴深入交流。来自常熟、西柳、济南、青岛、杭州等地重点市场的代表参加。\n"
    "茧丝绸产业是河池重点发展的产业。河池高新区管委会副主任介绍，高新区桑园面积96万亩，年产鲜茧20.48万吨，"
    "茧丝绸企业20家，缫丝企业15家，全产业链总值及贸易出口共计102.47亿元，正着力打造千亿元茧丝绸产业。\n"
    "广州红棉国际时装城分享了经验，广州中大门瞄准纺织服装4.0产业综合体。中国纺联流通分会会长指出，"
    "河池茧丝绸产业已形成具有辨识度的IP。\n"
    "河池约有130万农户从事种桑养蚕。夏令敏建议推动AI技术在生产管理和营销渠道深度应用，"
    "广西特别是河池茧丝绸产业要抓住粤桂合作和东盟市场机遇，深化与深圳纺织服装企业合作。"
)


def day(number: int) -> Published:
    return Published(at=f"2024-12-{number}", precision="day", basis="visible")


def test_the_finals_that_opened_and_the_finals_that_ended_are_two_stories(archive, article) -> None:
    with archive.writing() as connection:
        first = article(1, title=OPENED, text=FINALS.format(**BEGINS), published=day(18))
        second = article(2, title=ENDED, text=FINALS.format(**IS_OVER), published=day(20), site="othersite")
        again = article(3, title=OPENED, text=FINALS.format(**BEGINS), published=day(19), site="thirdsite")
        assert keep(connection, first).outcome is Outcome.KEPT
        assert keep(connection, second).outcome is Outcome.KEPT
        assert keep(connection, again).outcome is Outcome.COPY
        assert connection.execute(select(func.count(articles.c.story.distinct()))).scalar_one() == 2


@pytest.fixture
def seed():
    """The page as it is read."""
    return read_article((SHARED / "seed" / "page.html").read_bytes(), url=URL).article


@needs_shared
def test_a_title_that_stands_in_two_lists_is_one_link(archive, seed) -> None:
    assert [link.title for link in seed.related].count(OPENED) == 1
    with archive.writing() as connection:
        kept = keep(connection, seed.model_copy(update={"site": "portal"}))
        edges = connection.execute(select(related.c.url).where(related.c.article == kept.article)).scalars().all()
        assert len(edges) == len(set(edges)) == len({link.url for link in seed.related})
        assert connection.execute(select(func.count(articles.c.story.distinct()))).scalar_one() == 1


@needs_shared
@pytest.mark.parametrize("chinese_first", [True, False])
def test_the_chinese_original_and_its_machine_translation_are_linked_and_not_merged(
    archive, article, seed, chinese_first
) -> None:
    english = seed.model_copy(update={"site": "portal"})
    title = "凝聚行业力量助推广西河池茧丝绸产业振兴"
    credit = Source(name="中国纺联流通分会", raw="（来源：中国纺联流通分会）")
    chinese = article(1, title=title, text=CHINESE, language="zh", published=day(23), source=credit, site="zhsite")
    with archive.writing() as connection:
        for one in (chinese, english) if chinese_first else (english, chinese):
            assert keep(connection, one).outcome is Outcome.KEPT
        (link,) = connection.execute(select(links)).all()
        assert link.kind == "translation"
        assert connection.execute(select(func.count(articles.c.story.distinct()))).scalar_one() == 2
