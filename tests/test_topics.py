"""Topics: the same of a Chinese and of an English article."""

import pytest

from items.topics import Terms, vocabulary


@pytest.mark.parametrize(
    ("topic", "chinese", "english"),
    [
        ("cotton", "国内棉花价格小幅上涨", "Cotton prices rise slightly"),
        ("silk", "河池茧丝绸产业发展", "Hechi's cocoon and silk industry"),
        ("machinery", "国产纺机走向海外", "Textile machinery makers look abroad"),
        ("apparel", "服装出口保持增长", "Apparel exports keep growing"),
        ("home-textiles", "家纺展在上海开幕", "Home textiles on show in Shanghai"),
        ("trade-policy", "美国对华纺织品加征关税", "New tariffs on Chinese textiles"),
        ("prices", "涤纶长丝价格下跌", "Polyester filament prices fall"),
        ("sustainability", "废旧纺织品循环利用", "Recycling of used textiles"),
        ("fairs", "柯桥纺织品博览会", "Keqiao textile exhibition"),
        ("yarns", "纱线市场行情", "Yarn market"),
        ("technology", "人工智能赋能纺织", "Artificial intelligence in the mill"),
    ],
)
def test_a_topic_is_found_in_chinese_and_in_english(topic, chinese, english) -> None:
    assert topic in vocabulary().topics_of(chinese, None)
    assert topic in vocabulary().topics_of(english, None)


def test_one_word_in_passing_makes_no_topic_of_a_text() -> None:
    assert vocabulary().topics_of("The mayor speaks", "He wore a wool coat. The town has a new bridge.") == []


def test_width_case_and_accents_make_no_difference() -> None:
    assert vocabulary().topics_of("ＣＯＴＴＯＮ", None) == vocabulary().topics_of("cotton", None) == ["cotton"]
    assert "cotton" in vocabulary().topics_of("El algodo\u0301n sube", None)


def test_every_topic_has_a_name_in_english_and_chinese_and_terms_in_both() -> None:
    assert all({"en", "zh"} <= names.keys() for names in vocabulary().names.values())


def test_a_term_ends_where_its_word_ends_unless_it_says_otherwise() -> None:
    terms = Terms()
    for term in ("fair", "spin*", "home textile*"):
        terms.add(term, term)
    assert terms.found_in("A fairly spinning home textiles show").keys() == {"spin*", "home textile*"}
