"""Noticing a shift: how soon, and what is no shift."""

from __future__ import annotations

import random

import pytest

from crawler.health.shift import UNSEEN, Watch


def watch(*seen: str, sound: str | None = None) -> Watch:
    found = Watch(sound=sound)
    for number, category in enumerate(seen):
        found.see(category, f"page {number}")
    return found


USUAL = ["rule"] * 30


@pytest.mark.parametrize("pages", [4, 5])
def test_a_field_that_was_always_filled_alarms_after_four_pages_without_it(pages) -> None:
    found = watch(*USUAL, *["–"] * pages)
    assert found.alarm
    assert (found.alarm.before, found.alarm.now) == ("rule", "–")
    assert found.alarm.began == "page 30"


@pytest.mark.parametrize("odd", [["–"], ["–", "–"], ["–", "rule", "rule", "–", "rule", "rule", "rule", "–"]])
def test_single_odd_pages_and_two_in_a_row_are_no_shift(odd) -> None:
    assert watch(*USUAL, *odd, *USUAL[:5]).alarm is None


def test_a_field_that_is_filled_every_second_time_takes_longer_to_be_missed() -> None:
    dice = random.Random(1)
    usual = [dice.choice(("rule", "–")) for _ in range(60)]
    assert watch(*usual, *["–"] * 5).alarm is None
    assert watch(*usual, *["–"] * 25).alarm


def test_before_enough_is_known_nothing_alarms() -> None:
    assert watch(*["rule"] * 7, *["–"] * 6).alarm is None


def test_a_shift_does_not_teach_its_own_normality() -> None:
    found = watch(*USUAL, *["–", "–", "rule", "–", "–", "–", "–"])
    assert found.alarm


def test_an_alarm_ends_after_three_usual_pages_and_not_after_one() -> None:
    lost = [*USUAL, *["–"] * 6]
    assert watch(*lost, "rule").alarm
    assert watch(*lost, "rule", "rule", "rule").alarm is None


def test_a_shift_towards_what_is_sound_is_no_alarm() -> None:
    assert watch(*["shared"] * 30, *["its own"] * 10, sound="its own").alarm is None
    assert watch(*["its own"] * 30, *["shared"] * 10, sound="its own").alarm


def test_a_change_that_loses_nothing_becomes_usual_in_the_end_and_a_loss_never_does() -> None:
    changed, lost = Watch(), Watch()
    for _ in range(30):
        changed.see("old", "p")
        lost.see("old", "p")
    for _ in range(80):
        changed.see("new", "p", harmless=True)
        lost.see("–", "p", harmless=False)
    assert (changed.alarm, changed.usual()) == (None, "new")
    assert lost.alarm


def test_what_an_operator_accepts_is_usual_at_once() -> None:
    found = watch(*USUAL, *["–"] * 6)
    found.accept()
    assert found.alarm is None
    assert found.usual() == "–"


def test_many_different_things_make_a_new_one_no_surprise() -> None:
    names = [f"author {number}" for number in range(40)]
    assert watch(*names, *[f"new {number}" for number in range(20)]).alarm is None


def test_its_memory_survives_being_kept_as_json() -> None:
    found = watch(*USUAL, *["–"] * 3)
    again = Watch.model_validate_json(found.model_dump_json())
    again.see("–", "last")
    assert again.alarm
    assert again.alarm.category == UNSEEN
