"""Broken, huge and hostile pages: no exception, no reader that failed, none that takes more than two seconds."""

import pytest

from tests.mutations import SECONDS, WHOLE, mutated, read


@pytest.mark.parametrize("name", WHOLE)
def test_a_hostile_page_is_read_in_bounded_time(name) -> None:
    assert read(WHOLE[name]) < SECONDS


@pytest.mark.parametrize("seed", range(6))
def test_no_broken_page_breaks_a_reader(seed) -> None:
    for name, page in mutated(60, seed):
        assert read(page) < SECONDS, name
