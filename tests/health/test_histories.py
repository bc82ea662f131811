"""Health over whole histories of sites: every fault is told with verdict and field, and nothing without one."""

from __future__ import annotations

import pytest

from tests.health.faults import FAULTS
from tests.health.histories import alarm, false_alarms
from tests.health.made_sites import LAYOUTS

NAMES = list(FAULTS)


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_told_on_the_first_run_after_five_pages(name) -> None:
    layouts = FAULTS[name].layouts
    told, said = alarm(layouts[NAMES.index(name) % len(layouts)], 11, name)
    assert told, f"{said.verdict}: {[(each.what, each.says) for each in said.evidence]}"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", [101, 102])
def test_a_site_that_nothing_befalls_is_never_called_troubled(layout, seed) -> None:
    assert false_alarms(layout, seed) == []
