"""Health: what is usual on a site is learned, a shift is noticed within a run, and each site gets one verdict."""
