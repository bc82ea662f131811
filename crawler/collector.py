"""Python's garbage collector, set for work that makes many small objects and few cycles."""

import gc


def relax_collector() -> None:
    """Look for cycles less often, and never again among what is loaded by now: a tenth of the time of reading pages.

    Seldom, but not so seldom that a long run grows: what a few hundred pages leave behind is some megabytes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
