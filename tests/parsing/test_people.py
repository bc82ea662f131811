"""Names of people: told from outlets, places and headings, split and cleaned."""

from __future__ import annotations

import pytest

from spiders.parsing.credits.people import is_desk, is_person, is_place, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张伟", ["张伟"]),
        ("张伟、李娜", ["张伟", "李娜"]),
        ("张伟 李娜", ["张伟", "李娜"]),
        ("张伟，李娜；王芳", ["张伟", "李娜", "王芳"]),
        ("张伟/李娜", ["张伟", "李娜"]),
        ("张伟&李娜", ["张伟", "李娜"]),
        ("方 敏", ["方敏"]),
        ("王乐天 方 敏", ["王乐天", "方敏"]),
        ("欧阳明华", ["欧阳明华"]),
        ("买买提·艾力", ["买买提·艾力"]),
        ("本报记者 张伟", ["张伟"]),
        ("记者张伟 通讯员李娜", ["张伟", "李娜"]),
        ("张伟（实习）", ["张伟"]),
        ("张伟 PX118", ["张伟 PX118"]),
        ("张伟_NB2021", ["张伟_NB2021"]),
        ("中国纺织报记者 张伟", ["张伟"]),
        ("中国社会科学院研究员张伟", ["张伟"]),
        ("高级经济学家、中国某某研究院院长张伟", ["张伟"]),
        ("张伟、张伟", ["张伟"]),
        ("瑞达期货", ["瑞达期货"]),
        ("林徽音 陳美玲", ["林徽音", "陳美玲"]),
        ("山田太郎", ["山田太郎"]),
        ("大渡 美咲", ["大渡 美咲"]),
        ("김민수 기자", ["김민수"]),
        ("김민수·이영희 기자", ["김민수", "이영희"]),
        ("Ana Silva", ["Ana Silva"]),
        ("Ana Silva, Tom Baker and Li Wei", ["Ana Silva", "Tom Baker", "Li Wei"]),
        ("Ana Silva & Tom Baker", ["Ana Silva", "Tom Baker"]),
        ("Sabine Müller und Peter Schmidt", ["Sabine Müller", "Peter Schmidt"]),
        ("Jeanne Martin et Luc Petit", ["Jeanne Martin", "Luc Petit"]),
        ("Ana Silva, News Editor", ["Ana Silva"]),
        ("Dr. Ana Silva", ["Ana Silva"]),
        ("Silva, Ana", ["Ana Silva"]),
        ("Ana de la Cruz", ["Ana de la Cruz"]),
        ("Marna van der Merwe", ["Marna van der Merwe"]),
        ("Timothy H.J. Nerozzi", ["Timothy H.J. Nerozzi"]),
        ("Ana Silva ana@example.com", ["Ana Silva"]),
        ("Jaclyn CosgroveStaff Writer", ["Jaclyn Cosgrove"]),
        ("Nguyễn Thị Lan", ["Nguyễn Thị Lan"]),
        ("Demi Xia", ["Demi Xia"]),
        ("biaoffeng", ["biaoffeng"]),
        ("", []),
        ("  、 ", []),
    ],
)
def test_a_credit_is_split_into_people(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize("text", ["biaoffeng", "瑞达期货", "Ana", "news@example.com"])
def test_without_a_label_only_whole_names_count(text: str) -> None:
    assert split_names(text, labelled=False) == []


@pytest.mark.parametrize(
    "text",
    ["张伟", "李晓明", "欧阳娜娜", "陈方安生", "阿卜杜拉·买买提", "张伟 PX118", "김민수", "Ana Silva", "ANA SILVA"],
)
def test_names_of_people(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "时尚", "金融", "成都", "安徽", "中国网", "华商报", "东方网", "東方日報", "原创",
        "记者", "文化", "健康·生活", "新闻", "易车网",
        "马来西亚", "北京市", "Economy", "News Desk", "The Citizen", "Palma", "Textile Today", "Read More",
        "Fact Check", "New York", "Show Caption", "5 Minuten",
    ],
)  # fmt: skip
def test_words_that_are_no_people(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize("text", ["Fibre2Fashion News Desk", "Staff Reporter", "MM-Redaktion", "Web Desk"])
def test_desks_are_told_from_people(text: str) -> None:
    assert is_desk(text)
    assert not is_person(text)


def test_places_that_platforms_print_beside_an_account() -> None:
    assert is_place("北京")
    assert is_place("浙江省")
    assert is_place("内蒙古自治区")
    assert not is_place("北京日报")
