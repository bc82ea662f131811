"""Which encoding a page's bytes are in."""
