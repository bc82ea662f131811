"""The shared data sets, which lie beside the project and are not part of it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared data sets are not here: they lie in ../shared, beside the project"
)
