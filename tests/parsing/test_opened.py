"""Opening a page with its blocks, and mending markup that swallows it."""

import gc

import pytest

from spiders.parsing.opened import open_with_blocks
from spiders.parsing.undisturbed import undisturbed

STORY = "".join(
    f"<p>Mill number {n} spins cotton yarn for export to many countries of the world.</p>" for n in range(40)
)


@pytest.mark.parametrize(
    "broken",
    [
        f'<html><body><div class="text>{STORY}</div></body></html>',
        f"<html><head><title>A mill opens</head><body>{STORY}</body></html>",
        f"<html><head><style>p {{ color: red }}</head><body></style>{STORY}</body></html>",
    ],
    ids=["a quote that is never closed", "a title that is never closed", "a style that closes late"],
)
def test_text_that_broken_markup_swallows_is_read(broken) -> None:
    text = " ".join(block.text for block in open_with_blocks(broken.encode()).blocks)
    assert "Mill number 39" in text


def test_a_good_page_is_opened_once_and_keeps_its_charset() -> None:
    page = f"<meta charset=gb2312><body>{STORY}<p>江南的丝绸在十二月运往广西河池</p>"
    opened = open_with_blocks(page.encode("gb18030"))
    assert opened.page.charset.used == "gb18030"
    assert opened.blocks[-1].text == "江南的丝绸在十二月运往广西河池"


def test_a_page_that_has_next_to_no_text_is_left_as_it_is() -> None:
    shell = "<html><body><div id=app></div><script>" + "x();" * 1000 + "</script></body></html>"
    assert open_with_blocks(shell.encode()).blocks == []


def test_the_collector_rests_while_a_page_is_read_and_works_again_after_it() -> None:
    with pytest.raises(ZeroDivisionError), undisturbed():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_a_collector_that_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        open_with_blocks(STORY.encode())
        assert not gc.isenabled()
    finally:
        gc.enable()
