"""What a reader of a field returns: the value, the rule that filled it, and what it is unsure of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Found(Generic[T]):
    """A field's value with its provenance.

    Attributes:
        value: what was read.
        rule: the rule that read it, as `provenance` of the record names it.
        doubts: short sentences for a person: what spoke against this reading.
    """

    value: T
    rule: str
    doubts: list[str] = field(default_factory=list)
