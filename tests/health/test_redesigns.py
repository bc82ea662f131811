"""A site of pages that is redesigned in many ways: each is told with its field, and the field is learned anew."""

from __future__ import annotations

import pytest

from tests.health.mutations import MUTATIONS
from tests.health.page_sites import sites_of_pages
from tests.health.redesigns import Watched


@pytest.fixture(scope="module")
def watched() -> Watched:
    (pages,) = sites_of_pages(11, ["apparelwire"])
    return Watched(pages, ruled=True)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_redesign_is_told_on_the_first_run_after_and_its_field_is_learned_anew(watched, name) -> None:
    mutation = MUTATIONS[name]
    changed = watched.mutated(mutation)
    if changed is None:
        assert name in ("in gbk", "behind a wall") or "related" in name or "lists" in name, (
            "others apply to these pages"
        )
        return
    told, said = watched.told(mutation, changed)
    assert told, said
    if mutation.stays:
        restored, wrong = watched.restored(mutation.stays, changed)
        assert restored, wrong
