"""Quality is a test: no score of the stored floors may drop. `python -m tests.scores --raise` stores better ones."""

import json

import pytest

from tests.scores import FILE, measure

FLOORS = json.loads(FILE.read_text())


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    return measure()


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, fields in FLOORS.items() for field in fields])
def test_no_score_falls_below_its_floor(measured, name, field) -> None:
    assert measured[name][field] >= FLOORS[name][field], f"{field} of {name}"


def test_every_measure_has_a_floor(measured) -> None:
    assert {name: set(fields) for name, fields in measured.items()} == {n: set(f) for n, f in FLOORS.items()}
