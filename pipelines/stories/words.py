"""What was found between two texts, in a few words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.stories.compare import Difference

_MOST = 3
_LONGEST = 60


def in_words(difference: Difference) -> str:
    """Such as `92 % of the shorter text in order; other numbers: 66 → 67; turned: opens → closes`."""
    said = [f"{difference.contained:.0%} of the shorter text is in the other"]
    said += _pairs("other numbers", difference.numbers)
    said += _pairs("other names", difference.names)
    said += _pairs("turned", [(a, b) for _, a, b in difference.turns])
    if difference.days:
        said.append(f"{difference.days} days apart" if difference.days > 1 else "a day apart")
    return "; ".join(said)


def _pairs(what: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    told = list(dict.fromkeys(f"{a[:_LONGEST]} → {b[:_LONGEST]}" for a, b in pairs))
    if not told:
        return []
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return [f"{what}: {', '.join(told[:_MOST])}{more}"]
