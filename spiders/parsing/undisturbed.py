"""Python's garbage collector at rest while a page is read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for no cycles meanwhile.

    A page makes ten thousand small objects and no cycles among them: they go when the last of them is done with. To
    look for cycles again and again until then is work for nothing, most of it on pages with much text.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
